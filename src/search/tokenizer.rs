//! Cuts text into the tokens of the index: pairs of kana and kanji, words of everything else.
//!
//! In: text, and the specification `tokenizer.json`, which holds every table. Out: runs, with
//! the places in the text that they came from (UTF-16 units, as browsers count), and tokens
//! with positions. Its twin is `client/tokenize.ts`; `tests/search` holds both to the same
//! answers. Knows no locale: all texts are cut alike.

mod scan;
mod table;

pub use scan::{Glyph, Run, Scan};
pub use table::{SPEC, Script};

use table::TABLE;

/// A token as the index meets it: no text is made for kana and kanji.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// Two neighbours.
    Pair(char, char),
    /// A character alone in its run, or a kanji at the end of one.
    Single(char),
    /// A word, a part of one, or words written as one.
    Word(&'a str),
}

impl Token<'_> {
    /// The word, where it is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            Token::Pair(..) | Token::Single(_) => None,
        }
    }

    /// The token as text.
    pub fn text(self) -> String {
        match self {
            Token::Pair(a, b) => [a, b].iter().collect(),
            Token::Single(c) => c.to_string(),
            Token::Word(word) => word.to_owned(),
        }
    }
}

/// The version of the specification.
pub fn version() -> u32 {
    TABLE.version
}

/// How many UTF-16 units of a question are read, and after how many parts no more are taken.
pub(super) fn question_limits() -> (usize, usize) {
    (TABLE.limits.query, TABLE.limits.chunks)
}

/// Whether a character is a kanji.
pub(super) fn is_han(c: char) -> bool {
    TABLE.is_han(c)
}

/// Variant forms of kanji with the usual ones, in the order of their table.
pub fn variants() -> &'static [(char, char)] {
    &TABLE.variants
}

/// The runs of a text. With `apart`, spaces part kana and kanji, as in a query.
pub fn scan(text: &str, apart: bool) -> Scan {
    let mut scan = Scan::default();
    scan.read(text, apart);
    scan
}

/// The tokens of a text with their positions. A pair stands at its first character; a kanji
/// at the end of a run also alone.
///
/// ```
/// use shirube::search::tokenizer::tokens;
/// let found = tokens("仮想マシンの Cosmos DB", false);
/// let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
/// assert_eq!(texts, ["仮想", "想マ", "マシ", "シン", "ンノ", "cosmos", "db"]);
/// assert_eq!(found[6].1, 7);
/// ```
pub fn tokens(text: &str, apart: bool) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    scan(text, apart).tokens(|token, at| found.push((token.text(), at)));
    found
}
