//! What a guide shows of itself as a result: its sections that answer, and a piece of their
//! text.
//!
//! In: the fragment of a guide, and where the question was met. Out: sections, excerpts with
//! the words that were met. It knows no page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::units::{even, slice};
use super::weigh::{long_of, position_of};
use crate::search::numbers;
use crate::search::tokenizer::scan;

/// A guide as the index tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Fragment {
    /// Its address below the published root.
    pub(super) u: String,
    /// Its title.
    pub(super) t: String,
    /// The title of the section that it is in.
    pub(super) s: String,
    /// Its language, if it is not the page's.
    pub(super) l: Option<String>,
    /// Its tags.
    pub(super) g: Vec<String>,
    /// By section: how much later than the one before it begins, and how many positions its
    /// heading takes.
    pub(super) n: String,
    /// By section: heading, anchor. The first section is what precedes all headings.
    pub(super) h: Option<Vec<String>>,
    /// Of a long guide: the files that have those, [`HEADINGS`] sections each.
    pub(super) b: Option<String>,
    /// The texts of the sections.
    pub(super) x: Option<Vec<Texts>>,
    /// The files that have them: name, first section, how many.
    pub(super) p: Option<Vec<(String, usize, usize)>>,
}

/// How many sections share a file of headings.
pub(super) const HEADINGS: usize = 32;

/// Where a section begins, and how many positions its heading takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: i64,
    pub(super) heading: i64,
}

/// The beginnings of a guide's sections; nothing where that is no such text.
pub(super) fn starts_of(fragment: &Fragment) -> Option<Vec<Start>> {
    let mut rest = fragment.n.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while !rest.is_empty() {
        at += i64::from(numbers::take(&mut rest)?);
        found.push(Start { at, heading: i64::from(numbers::take(&mut rest)?) });
    }
    Some(found)
}

/// The blocks of a section: position, text, position, text.
pub(super) type Texts = Vec<Item>;

/// One of those.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Item {
    Position(u32),
    Text(String),
}

/// A section that answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Answering {
    pub(super) section: usize,
    pub(super) score: f64,
    pub(super) hits: Vec<i64>,
}

/// What it is worth that a heading has a part, and that parts stand near each other.
const HEADED: f64 = 1.5;
const REACH: f64 = 40.0;

fn section_at(starts: &[Start], position: i64) -> usize {
    let mut at = starts.len().saturating_sub(1);
    while at > 0 && starts[at].at > position {
        at -= 1;
    }
    at
}

/// The sections of a guide that answer, best first. `at`: places by part of the question.
pub(super) fn answering(starts: &[Start], at: &[Vec<i64>], weights: &[f64]) -> Vec<Answering> {
    let begin = starts.first().map_or(0, |start| start.at);
    let mut found: BTreeMap<usize, (Answering, BTreeMap<usize, f64>)> = BTreeMap::new();
    for (part, places) in at.iter().enumerate() {
        for place in places {
            let position = position_of(*place);
            if position < begin {
                continue;
            }
            let section = section_at(starts, position);
            let Some(start) = starts.get(section) else { continue };
            let (known, parts) = found.entry(section).or_default();
            known.section = section;
            known.hits.push(*place);
            let headed = position < start.at + start.heading;
            let worth = if headed { 1.0 + HEADED } else { 1.0 };
            let own = parts.entry(part).or_default();
            *own = own.max(worth * weights[part]);
        }
    }
    let counted = |(mut one, parts): (Answering, BTreeMap<usize, f64>)| {
        one.hits.sort_unstable();
        for worth in parts.values() {
            one.score += worth;
        }
        let many = even((one.hits.len() as f64).ln_1p());
        one.score += closeness(&one.hits) * parts.len() as f64 + many / 10.0;
        one
    };
    let mut found: Vec<Answering> = found.into_values().map(counted).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.section.cmp(&b.section)));
    found
}

/// How dense the hits stand: 1 when all that are near each other touch.
fn closeness(hits: &[i64]) -> f64 {
    let mut best = REACH;
    for both in hits.windows(2) {
        let gap = position_of(both[1]) - position_of(both[0]);
        if gap > 0 {
            best = best.min(gap as f64);
        }
    }
    1.0 - best / REACH
}

/// A piece of text, and whether it was met.
pub type Piece = (String, bool);

/// How long an excerpt is in UTF-16 units, and how much of it comes before its first hit.
const LENGTH: usize = 110;
const WIDE: usize = 220;
const BEFORE: usize = 24;

/// The places of a block that were met, as stretches of its UTF-16 units.
fn stretches(text: &str, start: i64, hits: &[i64]) -> Vec<(usize, usize)> {
    let mut marked: Vec<(usize, usize)> = Vec::new();
    let mut position = start;
    let met = |from: i64| {
        let over =
            |hit: &i64| position_of(*hit) < from + 1 && position_of(*hit) + long_of(*hit) > from;
        hits.iter().any(over)
    };
    let mut mark = |from: usize, to: usize| {
        let to = to + usize::from(slice(text, to, to + 1) == "ー");
        match marked.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => marked.push((from, to)),
        }
    };
    let scan = scan(text, false);
    for run in scan.runs() {
        let glyphs = scan.glyphs(run);
        let place = |at: usize| glyphs.get(at).map_or(run.end, |glyph| glyph.at) as usize;
        // Kana and kanji are met one by one, words by their parts.
        let cuts: Vec<usize> = if run.cjk {
            (0..glyphs.len()).collect()
        } else {
            scan.parts(run).iter().map(|part| *part as usize).collect()
        };
        for (i, from) in cuts.iter().enumerate() {
            if met(position) {
                mark(place(*from), place(cuts.get(i + 1).copied().unwrap_or(glyphs.len())));
            }
            position += 1;
        }
    }
    marked
}

/// What JavaScript takes for space.
fn is_space(unit: u16) -> bool {
    matches!(
        unit,
        0x09..=0x0d
            | 0x20
            | 0xa0
            | 0x1680
            | 0x2000..=0x200a
            | 0x2028
            | 0x2029
            | 0x202f
            | 0x205f
            | 0x3000
            | 0xfeff
    )
}

fn clean(units: &[u16]) -> String {
    let runs = units.chunk_by(|a, b| is_space(*a) == is_space(*b));
    let one =
        |run: &[u16]| if is_space(run[0]) { " ".into() } else { String::from_utf16_lossy(run) };
    runs.map(one).collect()
}

/// Whether a character goes on at `at` that began before.
fn is_inside(text: &[u16], at: usize) -> bool {
    text.get(at).is_some_and(|unit| (0xdc00..=0xdfff).contains(unit))
}

/// Cuts `text` around its hits into pieces.
fn cut(text: &[u16], marked: &[(usize, usize)]) -> Vec<Piece> {
    let japanese = text.iter().any(|unit| (0x3040..=0x9fff).contains(unit));
    let wide = if japanese { LENGTH } else { WIDE };
    let first = marked.first().map_or(0, |(start, _)| *start);
    let from = if first > BEFORE * 2 && text.len() > wide { begin(text, first) } else { 0 };
    let to = text.len().min(from + wide);
    let to = if is_inside(text, to) { to - 1 } else { to };
    let mut pieces = Vec::new();
    let mut at = from;
    for (start, end) in marked {
        let (start, end) = (*start, (*end).min(to));
        if start >= to {
            break;
        }
        if start > at {
            pieces.push((clean(&text[at..start]), false));
        }
        pieces.push((clean(&text[start..end]), true));
        at = end;
    }
    if at < to {
        pieces.push((clean(&text[at..to]), false));
    }
    if from > 0 {
        pieces.insert(0, ("…".to_owned(), false));
    }
    if to < text.len() {
        pieces.push(("…".to_owned(), false));
    }
    pieces
}

/// A good place to begin an excerpt: after a sentence or a word, and never inside a character.
fn begin(text: &[u16], first: usize) -> usize {
    let near = &text[first - BEFORE * 2..first];
    let last = |end: &[u16]| near.windows(end.len()).rposition(|window| window == end);
    let stops = [last(&[0x3002]), last(&[0x0a]), last(&[0x2e, 0x20])];
    if let Some(stop) = stops.into_iter().flatten().max() {
        return first - near.len() + stop + 1;
    }
    let at = first - BEFORE;
    let space = text[at..first].iter().position(|unit| is_space(*unit) || *unit == 0x3001);
    match space {
        Some(space) => at + space + 1,
        None if is_inside(text, at) => at - 1,
        None => at,
    }
}

/// The excerpt of a section around its densest hits, or its beginning. `start`: the section's
/// position.
pub(super) fn excerpt(texts: &Texts, start: i64, hits: &[i64]) -> Option<Vec<Piece>> {
    let mut blocks = Vec::new();
    for block in texts.chunks(2) {
        let [Item::Position(at), Item::Text(text)] = block else { return None };
        blocks.push((start + i64::from(*at), text));
    }
    let mut best: Option<(usize, i64, &str, Vec<i64>)> = None;
    for (i, (from, text)) in blocks.iter().enumerate() {
        let to = blocks.get(i + 1).map_or(i64::MAX, |(to, _)| *to);
        let inside = |hit: &i64| (*from..to).contains(&position_of(*hit));
        let here: Vec<i64> = hits.iter().copied().filter(inside).collect();
        let count = here.iter().map(|hit| position_of(*hit)).collect::<BTreeSet<_>>().len();
        if best.as_ref().is_none_or(|(most, ..)| count > *most) {
            best = Some((count, *from, text, here));
        }
    }
    let Some((_, from, text, here)) = best.filter(|(_, _, text, _)| !text.is_empty()) else {
        return Some(Vec::new());
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    Some(cut(&units, &stretches(text, from, &here)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::weigh::hit;

    /// The excerpt with what was met in brackets.
    fn check(text: &str, hits: &[i64], wanted: &str) {
        let texts = vec![Item::Position(0), Item::Text(text.to_owned())];
        let pieces = excerpt(&texts, 100, hits).expect("blocks");
        let shown = |(text, met): &Piece| if *met { format!("[{text}]") } else { text.clone() };
        assert_eq!(pieces.iter().map(shown).collect::<String>(), wanted);
    }

    #[test]
    fn what_was_met_is_marked() {
        check("VPN に接続します。", &[hit(100, 1), hit(102, 2)], "[VPN] に[接続]します。");
        check("Connect to the VPN.", &[hit(103, 1)], "Connect to the [VPN].");
        check("LogicApps", &[hit(101, 1)], "Logic[Apps]");
        check("何も\n\nない", &[], "何も ない");
        check("", &[], "");
    }

    #[test]
    fn long_texts_are_cut_around_the_first_hit() {
        let text = format!("{}。ここで印刷します。{}", "あ".repeat(200), "い".repeat(200));
        let wanted = format!("…ここで[印刷]します。{}…", "い".repeat(101));
        check(&text, &[hit(303, 2)], &wanted);
        let text = format!("{}{}", "𠮷".repeat(54), "あ𠮷".repeat(20));
        check(&text, &[], &format!("{}あ…", "𠮷".repeat(54)));
    }
}
