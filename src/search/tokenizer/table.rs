//! What each character becomes: the tables of `tokenizer.json` as one flat array.
//!
//! In: a character. Out: its folded form with signs that say what the rules need to know of
//! it, in one number. The array holds the basic plane; what is rare is looked up elsewhere.

mod making;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Glyph;

/// The text of the specification, whose hash is part of every index.
pub const SPEC: &str = include_str!("../tokenizer.json");

/// Variant forms of kanji, and the usual ones.
const VARIANTS: &str = include_str!("../variants.json");

/// What a character is for a text that is cut into runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Kana, kanji, and other scripts without spaces.
    Cjk,
    /// Letters and digits.
    Word,
    /// Space of any width.
    Space,
    /// Punctuation, signs, pictures.
    Other,
}

/// How a character of kana and kanji was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Hiragana.
    Hiragana,
    /// Katakana, and what is neither of the others.
    Katakana,
    /// Kanji.
    Kanji,
}

/// The case of a character, in its ordinary width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
    Digit,
    None,
}

/// A folded character with what it was, and which rules name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) c: char,
    signs: u16,
}

// The low six bits of signs are places in these lists.
const KINDS: [Kind; 4] = [Kind::Cjk, Kind::Word, Kind::Space, Kind::Other];
const SCRIPTS: [Script; 4] = [Script::Hiragana, Script::Katakana, Script::Kanji, Script::Katakana];
const CASES: [Case; 4] = [Case::Upper, Case::Lower, Case::Digit, Case::None];

/// It makes the sound before longer.
pub(super) const LONG: u16 = 1 << 6;
/// It makes a sound of the row of `エ` longer.
pub(super) const E_NEXT: u16 = 1 << 7;
/// A sound of the row of `エ`.
pub(super) const E_ROW: u16 = 1 << 8;
/// A rarer rule of kana and kanji names it.
pub(super) const NAMED: u16 = 1 << 9;
/// Kana and kanji go on over it.
pub(super) const THROUGH: u16 = 1 << 10;
/// It ties two words.
pub(super) const JOINS: u16 = 1 << 11;
/// It is nothing inside a word.
pub(super) const DROPS: u16 = 1 << 12;
/// The character becomes none, or several.
const MANY: u16 = 1 << 13;
/// It is a mark that voices the sound before.
const VOICE: u16 = 1 << 14;
/// It is a mark that half-voices it.
const HALF_VOICE: u16 = 1 << 15;

impl Folded {
    #[inline]
    fn unpacked(row: u32) -> Self {
        let c = char::from_u32(row & 0xffff).unwrap_or('\u{fffd}');
        Self { c, signs: (row >> 16) as u16 }
    }

    #[inline]
    pub(super) fn kind(self) -> Kind {
        KINDS[usize::from(self.signs & 3)]
    }

    #[inline]
    pub(super) fn script(self) -> Script {
        SCRIPTS[usize::from(self.signs >> 2 & 3)]
    }

    #[inline]
    pub(super) fn case(self) -> Case {
        CASES[usize::from(self.signs >> 4 & 3)]
    }

    /// Whether it has one of these signs.
    #[inline]
    pub(super) fn has(self, signs: u16) -> bool {
        self.signs & signs != 0
    }

    /// Whether it is of kana and kanji, and no rule names it that looks further than at the
    /// character before.
    #[inline]
    pub(super) fn is_plain_cjk(self) -> bool {
        // The kind of kana and kanji is the first of the list.
        self.signs & (3 | NAMED | MANY | VOICE | HALF_VOICE) == 0
    }

    /// Whether it may change the character before.
    #[inline]
    pub(super) fn is_mark(self) -> bool {
        self.has(MANY | VOICE | HALF_VOICE)
    }
}

/// A character of the basic plane with its signs.
fn packed(folded: Folded) -> Option<u32> {
    let code = u32::from(folded.c);
    (code < 0x1_0000).then_some(code | u32::from(folded.signs) << 16)
}

/// What a character of a text becomes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Become<'a> {
    One(Folded),
    /// None, or several.
    Many(&'a [Folded]),
    /// A mark that voices the character before.
    Voice,
    /// A mark that half-voices it.
    HalfVoice,
}

type Ranges = Vec<[u32; 2]>;

/// How long words may be.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Limits {
    /// Characters of a word that are kept.
    pub(super) word: usize,
    /// Characters of words written as one.
    pub(super) joined: usize,
    /// UTF-16 units of a question that are read.
    pub(super) query: usize,
    /// Parts of a question after which no more are taken.
    pub(super) chunks: usize,
}

/// The tables.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) version: u32,
    pub(super) limits: Limits,
    /// Variant forms of kanji with the usual ones, in the order of their table.
    pub(super) variants: Vec<(char, char)>,
    /// ASCII characters, folded, at no place.
    pub(super) ascii: [Glyph; 128],
    /// By code, for the basic plane.
    flat: Vec<u32>,
    /// Characters that become none or several, and those of other planes with a row.
    many: BTreeMap<char, Vec<Folded>>,
    voiced: BTreeMap<char, char>,
    half_voiced: BTreeMap<char, char>,
    merged: BTreeMap<char, char>,
    vu: BTreeMap<char, char>,
    /// `ヴ`, and what it stands for alone.
    pub(super) vu_from: char,
    pub(super) vu_to: char,
    pub(super) e_next: char,
    pub(super) long: char,
    pub(super) repeat: char,
    drop: Ranges,
    cjk: Ranges,
    han: Ranges,
    hiragana: Ranges,
    word: Ranges,
    space: Ranges,
    /// The signs of those that rules name, by code.
    named: Vec<u16>,
}

/// The tables, made when they are first needed.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(making::made);

impl Table {
    /// What `c` becomes.
    #[inline]
    pub(super) fn of(&self, c: char) -> Become<'_> {
        let Some(row) = self.flat.get(c as usize) else { return self.beyond(c) };
        let folded = Folded::unpacked(*row);
        if !folded.is_mark() {
            Become::One(folded)
        } else if folded.has(VOICE) {
            Become::Voice
        } else if folded.has(HALF_VOICE) {
            Become::HalfVoice
        } else {
            Become::Many(&self.many[&c])
        }
    }

    /// What the character of the basic plane with this code becomes, as far as a row says it.
    #[inline]
    pub(super) fn row(&self, code: u32) -> Folded {
        Folded::unpacked(self.flat.get(code as usize).copied().unwrap_or_default())
    }

    /// Characters of other planes.
    fn beyond(&self, c: char) -> Become<'_> {
        if let Some(many) = self.many.get(&c) {
            return Become::Many(many);
        }
        if inside(&self.drop, c) { Become::Many(&[]) } else { Become::One(self.folded(c, c)) }
    }

    /// A sound with the mark of its voice, written as `folded` was.
    pub(super) fn voiced(&self, half: bool, folded: Folded) -> Option<Folded> {
        let sounds = if half { &self.half_voiced } else { &self.voiced };
        let sound = *sounds.get(&folded.c)?;
        let signs = self.row(u32::from(sound)).signs;
        Some(Folded { c: sound, signs: signs & !0x3f | folded.signs & 0x3f })
    }

    /// The sound as which `c` counts.
    pub(super) fn merged(&self, c: char) -> char {
        self.merged.get(&c).copied().unwrap_or(c)
    }

    /// What `ヴ` and `c` are together.
    pub(super) fn after_vu(&self, c: char) -> Option<char> {
        self.vu.get(&c).copied()
    }

    /// Whether a sound is one that `イ` makes long.
    pub(super) fn is_e_row(&self, c: char) -> bool {
        self.row(u32::from(c)).has(E_ROW)
    }

    #[inline]
    pub(super) fn is_han(&self, c: char) -> bool {
        // Nearly all that are asked for.
        matches!(c, '\u{4e00}'..='\u{9fff}') || inside(&self.han, c)
    }
}

fn inside(ranges: &[[u32; 2]], c: char) -> bool {
    let code = u32::from(c);
    let at = ranges.partition_point(|range| range[1] < code);
    ranges.get(at).is_some_and(|range| range[0] <= code)
}
