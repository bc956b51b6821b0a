//! Other words for what was asked: of the site's tables and of its terms.
//!
//! In: the parts of a question, and the dictionary. Out: for stretches of parts, what else to
//! look for.

use super::question::{Kind, Part};
use super::store::Store;
use crate::search::ReadError;

/// Parts that a table names, and its other words for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Instead {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) words: Vec<String>,
}

/// How many parts a word of a table may span.
const SPAN: usize = 4;

/// Kana of one row: verbs change within it, `消す` and `消した`, `作る` and `作り`.
const ROWS: [&str; 10] = [
    "カキクケコイッ",
    "ガギグゲゴイ",
    "サシスセソ",
    "タチツテトッ",
    "ナニヌネノン",
    "バビブベボン",
    "マミムメモン",
    "ラリルレロッ",
    "アイウエオワッ",
    "イクカケ",
];

fn is_kana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c)
}

/// Whether `asked` is a form of the word `known`, which ends in kana that change: `止メル`,
/// `止メタ`.
fn inflected(known: &str, asked: &str) -> bool {
    let mut base = known.chars();
    let Some(last) = base.next_back().filter(|last| is_kana(*last)) else { return false };
    let base = base.as_str();
    let Some(rest) = asked.strip_prefix(base).filter(|_| !base.is_empty()) else { return false };
    if base.chars().next_back().is_some_and(is_kana) {
        return !base.starts_with(is_kana);
    }
    let row = |next: char| ROWS.iter().any(|row| row.contains(last) && row.contains(next));
    rest.chars().next().is_some_and(row)
}

/// Parts as a key of the table: words apart, kana and kanji together.
fn key_of(parts: &[Part]) -> String {
    let mut key = String::new();
    let mut word = false;
    for part in parts {
        let is_word = part.kind == Kind::Word;
        if is_word && word {
            key.push(' ');
        }
        let long = if is_word { part.pieces.len() } else { part.long.min(part.pieces.len()) };
        key.extend(part.pieces[..long].iter().map(String::as_str));
        word = is_word;
    }
    key
}

fn listed(value: &str) -> impl Iterator<Item = String> {
    value.split('|').map(str::to_owned)
}

/// Words for parts from `from` on; the longest stretch that a table names wins.
fn at(store: &Store<'_>, parts: &[Part], from: usize) -> Result<Option<Instead>, ReadError> {
    let first = &parts[from];
    let begin = key_of(&parts[from..=from]);
    let few = if first.kind == Kind::Word { 8 } else { 1 };
    let begin: String = begin.chars().take(few).collect();
    let entries = store.range(&format!("s{begin}"), 2)?;
    for to in (from + 1..=parts.len().min(from + SPAN)).rev() {
        let key = format!("s{}", key_of(&parts[from..to]));
        if let Some((_, found)) = entries.iter().rev().find(|(known, _)| *known == key) {
            return Ok(Some(Instead { from, to, words: listed(found).collect() }));
        }
    }
    if first.kind != Kind::Pairs {
        return Ok(None);
    }
    let asked = key_of(&parts[from..parts.len().min(from + 2)]);
    let forms = entries
        .iter()
        .filter(|(key, _)| key.strip_prefix('s').is_some_and(|key| inflected(key, &asked)));
    let words: Vec<String> = forms.flat_map(|(_, value)| listed(value)).collect();
    Ok((!words.is_empty()).then_some(Instead { from, to: from + 1, words }))
}

/// Everything that the tables have for a question.
pub(super) fn synonyms(store: &Store<'_>, parts: &[Part]) -> Result<Vec<Instead>, ReadError> {
    let mut found = Vec::new();
    for (from, part) in parts.iter().enumerate() {
        if part.weight >= 1.0 {
            found.extend(at(store, parts, from)?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs_are_known_by_their_kana() {
        for (known, asked) in
            [("消ス", "消シタイ"), ("作ル", "作リカタ"), ("止メル", "止メタイ"), ("書ク", "書イタ")]
        {
            assert!(inflected(known, asked), "{known} {asked}");
        }
        for (known, asked) in
            [("消ス", "消灯"), ("メル", "メタ"), ("消", "消ス"), ("ル", "ラ"), ("vpn", "vpn")]
        {
            assert!(!inflected(known, asked), "{known} {asked}");
        }
    }

    #[test]
    fn keys_are_those_of_the_tables() {
        for text in ["Wi-Fi ルーター", "two-factor Authentication", "VPN接続", "仮想マシン"]
        {
            let parts = crate::search::query::question::question(text).parts;
            assert_eq!(key_of(&parts), crate::search::synonyms::key(text), "{text}");
        }
    }
}
