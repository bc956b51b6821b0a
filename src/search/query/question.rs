//! A question taken apart: words, and stretches of kana and kanji by script.
//!
//! In: what somebody typed. Out: the parts that a guide should have, and how much each one
//! counts. It knows nothing of an index.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::units;
use crate::search::tokenizer::{Run, Scan, Script, is_han, question_limits, scan};

/// What a part is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// Pairs of kana and kanji.
    Pairs,
}

/// A part of a question.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// As typed, to tell what was not found.
    pub(super) text: String,
    /// Of a word: its smallest parts. Of pairs: folded characters.
    pub(super) pieces: Vec<String>,
    /// Of a word: it and its forms written as one, `mt12hd0`.
    pub(super) wholes: Vec<String>,
    /// How much it counts, 1 as a rule.
    pub(super) weight: f64,
    /// Kana that only join the words of a question: `の`, `について`.
    pub(super) soft: bool,
    /// Whether it is still being typed: nothing comes after it.
    pub(super) last: bool,
    /// Where it begins among the characters and words of the question.
    pub(super) at: usize,
    /// How far it reaches there.
    pub(super) long: usize,
    /// The place of its first character in the question, in UTF-16 units.
    pub(super) from: usize,
    /// The place behind its last one.
    pub(super) to: usize,
    /// The word that is likely meant, when the index has none such; looking it up finds it.
    pub(super) instead: OnceCell<String>,
}

/// Parts without a space between: `ログイン|できない`, `Teams|会議`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A question.
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    pub(super) parts: Vec<Part>,
    pub(super) stretches: Vec<Stretch>,
}

fn folded(word: &str) -> String {
    let scan = scan(word, false);
    scan.runs().iter().map(|run| scan.text(run)).collect::<Vec<_>>().join(" ")
}

/// Words that say how one asks, not what about.
const ASKING_WORDS: &str = "方法 手順 やり方 仕方 しかた とは について 場合 とき 時 際 したい できない 出来ない ない ある する した して します しました できません ください 教えて \
     どう なぜ こと もの ため よう いる なる です ます から まで など が の を に は で と も へ や \
     a an the of to in on for and or how do does did is are was be i my me you your with what why when where which can it its this that at from by as if not no";

static ASKING: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| ASKING_WORDS.split(' ').map(folded).collect());

const HIRAGANA: f64 = 0.25;

/// Hiragana that begin a stretch, and are this many, may be a word written by sound.
const BY_SOUND: usize = 4;

/// Cuts a stretch of kana and kanji where the script changes: `登録|の|解除`.
fn segments(scripts: &[Script]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 1..=scripts.len() {
        if at < scripts.len() && scripts[at] == scripts[from] {
            continue;
        }
        found.push((from, at));
        from = at;
    }
    found
}

fn weight_of(text: &str, hiragana: bool, begins: bool, ends: bool) -> f64 {
    if ASKING.contains(text) {
        return HIRAGANA;
    }
    if !hiragana {
        return 1.0;
    }
    if begins && (ends || units::length(text) >= BY_SOUND) { 0.8 } else { HIRAGANA }
}

fn pairs_parts(scan: &Scan, run: &Run, start: usize, query: &str) -> Vec<Part> {
    let glyphs = scan.glyphs(run);
    let scripts: Vec<Script> = glyphs.iter().map(|glyph| glyph.script).collect();
    let cuts = segments(&scripts);
    let place = |at: usize| glyphs.get(at).map_or(run.end, |glyph| glyph.at) as usize;
    let part = |(i, (from, to)): (usize, &(usize, usize))| {
        let (from, to) = (*from, *to);
        let hiragana = scripts[from] == Script::Hiragana;
        // A kanji alone is told apart by the kana after it: `止|めたい`.
        let alone = to - from == 1 && is_han(glyphs[from].c) && to < glyphs.len();
        let end = if alone { to + 1 } else { to };
        let pieces = glyphs[from..end].iter().map(|glyph| glyph.c.to_string()).collect();
        let (begin, stop) = (place(from), place(to));
        let text: String = glyphs[from..to].iter().map(|glyph| glyph.c).collect();
        let weight = weight_of(&text, hiragana, i == 0, i + 1 == cuts.len());
        Part {
            kind: Kind::Pairs,
            text: units::slice(query, begin, stop).to_owned(),
            pieces,
            wholes: Vec::new(),
            weight,
            soft: hiragana && weight <= HIRAGANA,
            last: false,
            at: start + from,
            long: to - from,
            from: begin,
            to: stop,
            instead: OnceCell::new(),
        }
    };
    cuts.iter().enumerate().map(part).collect()
}

fn word_part(scan: &Scan, group: &[Run], start: usize, query: &str) -> Part {
    let pieces = scan.parts_of(group);
    let several = group.iter().filter(|run| scan.parts(run).len() > 1);
    let wholes = several.map(|run| scan.text(run)).collect();
    let whole = scan.whole_of(group);
    let from = scan.glyphs(&group[0]).first().map_or(0, |glyph| glyph.at) as usize;
    let to = group.last().map_or(0, |run| run.end) as usize;
    let only = if let [run] = group { scan.text(run) } else { String::new() };
    let forms = if group.len() > 1 { whole.into_iter().collect() } else { wholes };
    Part {
        kind: Kind::Word,
        text: units::slice(query, from, to).to_owned(),
        long: pieces.len(),
        pieces,
        wholes: forms,
        weight: if ASKING.contains(&only) { HIRAGANA } else { 1.0 },
        soft: false,
        last: false,
        at: start,
        from,
        to,
        instead: OnceCell::new(),
    }
}

/// Takes a question apart; what is beyond the limits of the specification is left out.
pub(super) fn question(typed: &str) -> Question {
    let (longest, chunks) = question_limits();
    let query = units::slice(typed, 0, longest);
    let length = units::length(typed).min(longest);
    let mut made = Question::default();
    let mut at = 0;
    let mut end = None;
    let scan = scan(query, true);
    for group in scan.groups() {
        if made.parts.len() >= chunks {
            break;
        }
        let found = if group[0].cjk {
            pairs_parts(&scan, &group[0], at, query)
        } else {
            vec![word_part(&scan, group, at, query)]
        };
        if found.first().map(|part| part.from) != end {
            made.stretches.push(Stretch { from: made.parts.len(), to: made.parts.len() });
        }
        at += found.iter().map(|part| part.long).sum::<usize>();
        end = found.last().map(|part| part.to);
        made.parts.extend(found);
        if let Some(stretch) = made.stretches.last_mut() {
            stretch.to = made.parts.len();
        }
    }
    if let Some(last) = made.parts.last_mut()
        && last.to == length
    {
        last.last = true;
    }
    // A question of nothing but asking words means them.
    if made.parts.iter().all(|part| part.weight < 1.0 || part.soft) {
        for part in &mut made.parts {
            (part.weight, part.soft) = (1.0, false);
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts with what counts less in brackets, stretches apart.
    fn check(typed: &str, wanted: &str) {
        let Question { parts, stretches } = question(typed);
        let shown = |part: &Part| match (part.soft, part.weight < 1.0) {
            (true, _) => format!("({})", part.text),
            (false, true) => format!("[{}]", part.text),
            (false, false) => part.text.clone(),
        };
        let stretch =
            |one: &Stretch| parts[one.from..one.to].iter().map(shown).collect::<Vec<_>>().join("|");
        let found: Vec<String> = stretches.iter().map(stretch).collect();
        assert_eq!(found.join(" "), wanted);
    }

    #[test]
    fn questions_are_cut_by_script_and_space() {
        check("登録の解除", "登録|(の)|解除");
        check("Azureポータル", "Azure|ポータル");
        check("VPN つながらない", "VPN [つながらない]");
        check("how to print", "[how] [to] print");
        check("ＶＰＮ 接続", "ＶＰＮ 接続");
        check("の", "の");
        check("how to", "how to");
        check("!?、", "");
    }

    #[test]
    fn what_is_still_typed_is_known() {
        let last = |typed: &str| question(typed).parts.last().is_some_and(|part| part.last);
        assert!(last("pass") && last("パス"));
        assert!(!last("pass ") && !last("パス。"));
        let long = "あ".repeat(10_000);
        assert_eq!(question(&long).parts[0].pieces.len(), 200);
        let cut = format!("{}𠮷", "a ".repeat(99) + "a");
        assert!(!last(&cut), "half a character is behind the last word");
    }
}
