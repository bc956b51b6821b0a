//! A guide as the pseudo-locale says it: every text looks translated, and no part that must
//! not be changed is.
//!
//! In: the texts of a guide. Out: a catalogue in which all of them are translated so. What
//! letters become is [`crate::messages`]' business.

use std::collections::{BTreeMap, BTreeSet};

use crate::messages::{Piece, accented, padding, written};

use super::compose::Text;
use super::matching::id;

/// What a text is as the pseudo-locale says it: Latin letters accented, a text of other
/// letters in brackets and longer by a third.
pub fn pseudo(pieces: &[Piece]) -> Vec<Piece> {
    let mut made: Vec<Piece> = pieces.iter().map(piece).collect();
    let all: String = pieces.iter().filter_map(text).collect();
    let padding = padding(&all);
    if padding.is_empty() {
        return made;
    }
    let first = made.iter().position(|piece| !is_box(piece)).unwrap_or(0);
    match made.get_mut(first) {
        Some(Piece::Text(text)) => {
            let blank = text.len() - text.trim_start().len();
            text.insert(blank, '［');
        }
        _ => made.insert(first, Piece::Text("［".to_owned())),
    }
    let close = format!("{padding}］");
    match made.last_mut() {
        Some(Piece::Text(text)) => {
            let end = text.trim_end().len();
            text.insert_str(end, &close);
        }
        _ => made.push(Piece::Text(close)),
    }
    made
}

/// Every text of a guide as the pseudo-locale says it: the text of a catalogue.
pub fn catalogue(texts: &[Text]) -> String {
    let mut out = String::new();
    let mut twins: BTreeMap<(super::Kind, String), usize> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for Text { kind, wording, .. } in texts {
        let source = wording.text();
        let twin = twins.entry((*kind, source.clone())).or_default();
        let mut id = id(*kind, &source, *twin);
        *twin += 1;
        // Two texts may begin with the same digits; the comment says which is which.
        while !used.insert(id.clone()) {
            id.push('x');
        }
        let said = written(&pseudo(&wording.pieces));
        out.extend(["# source: ", &source, "\n", &id, " = ", &said, "\n\n"]);
    }
    out
}

fn text(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Text(text) => Some(text),
        Piece::Variable(_) | Piece::Term { .. } | Piece::Other(_) => None,
    }
}

fn is_box(piece: &Piece) -> bool {
    matches!(piece, Piece::Variable(name) if name.starts_with("box-"))
}

fn piece(piece: &Piece) -> Piece {
    match piece {
        Piece::Text(text) => Piece::Text(spoken(text)),
        Piece::Variable(_) | Piece::Term { .. } | Piece::Other(_) => piece.clone(),
    }
}

/// Text with its words accented; names of components and character references are no words.
fn spoken(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find([':', '&']) {
        let (before, from) = rest.split_at(at);
        out += &accented(before);
        let escaped = before.ends_with('\\');
        let kept = if escaped { 1 } else { kept(from) };
        out += &from[..kept];
        rest = &from[kept..];
    }
    out + &accented(rest)
}

/// How much of a text that begins with `:` or `&` is no words: `:menu[`, `&nbsp;`.
fn kept(text: &str) -> usize {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '#');
    let end = 1 + text[1..].find(|c| !name(c)).unwrap_or(text.len() - 1);
    let closed = if text.starts_with(':') { '[' } else { ';' };
    if end > 1 && text[end..].starts_with(closed) { end + 1 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::localize::tests::{composed, guide, options};
    use crate::localize::{Reading, texts};

    fn said(source: &str) -> Vec<String> {
        let options = options();
        let texts = texts(&guide(source), Reading { options: &options, breaks: false });
        texts.iter().map(|text| written(&pseudo(&text.wording.pieces))).collect()
    }

    #[test]
    fn letters_are_changed_and_parts_are_not() {
        assert_eq!(
            said(
                "# Set up\n\nRun `ipconfig` *now* [here](a.md \"t\").\n\n- [ ] :menu[File > Open]\n"
            ),
            [
                "Şḗḗŧ ŭŭƥ",
                "Řŭŭƞ { $code-1 } *ƞǿǿẇ* [ħḗḗřḗḗ]({ $link-1 }).",
                "{ $box-1 }:menu[Ƒīīŀḗḗ > Ǿǿƥḗḗƞ]",
            ]
        );
        assert_eq!(
            said("# 設定する\n\n{-vpn} を `a` で **開く**\n\n- [x] 次へ進む\n"),
            [
                "［設定する～～］",
                "［{ -vpn } を { $code-1 } で **開く**～～］",
                "{ $box-1 }［次へ進む～～］",
            ]
        );
    }

    #[test]
    fn every_text_of_a_guide_is_said_by_its_catalogue() {
        let source = "# 題 A\n\n同じ\n\n同じ\n\n| 表 | b |\n|--|--|\n| a\\|b | `c` |\n\n\
            > [!WARNING] 題\n> 本文 a_b_c C:\\temp 1\\*2\\*3 {-vpn} &lt;b> https://example.com\n\n\
            :::details[開く *x*]\n中 <u>下線</u> ![pic](p.png) :badge[新]{tone=\"info\"}\n:::\n";
        let options = options();
        let texts = texts(&guide(source), Reading { options: &options, breaks: false });
        let done = composed(source, &catalogue(&texts));
        assert_eq!(done.diagnostics, []);
        let coverage = done.value.1;
        assert!(coverage.is_whole() && coverage.texts == 11, "{coverage:?}");
    }
}
