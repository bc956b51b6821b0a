//! Collects the tokens of guides compactly: numbers for tokens, bytes for postings.
//!
//! In: records, from any thread and in any order. Out: for every token of a locale its
//! postings. Each thread borrows a [`Worker`] for a guide, so that none waits for another;
//! what they hold is put in order at the end.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::{ALT, BODY, CODE, HEADING, KEYWORD, Lengths, TITLE, write};
use crate::search::record::{Field, Record};
use crate::search::tokenizer::{Scan, Token};

/// How far positions of blocks lie apart, so that no phrase goes over their ends.
const GAP: u32 = 8;
/// How many positions of a guide are indexed.
const MOST: u32 = 60_000;

/// Where the parts of a guide begin, and how long they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::search) struct Extent {
    pub(in crate::search) lengths: Lengths,
    /// The first position of each section, and how many positions its heading takes.
    pub(in crate::search) starts: Vec<(u32, u32)>,
    /// The first position of each block, counted from its section's.
    pub(in crate::search) blocks: Vec<u32>,
}

/// The number of a token in a worker, by its packed form or by its text.
#[derive(Debug, Default)]
struct Numbers {
    packed: HashMap<u64, u32, BuildHasherDefault<Quick>>,
    long: HashMap<Arc<str>, u32, BuildHasherDefault<Quick>>,
    names: Vec<Name>,
}

/// A token in little space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Name {
    /// One or two characters, or a word of up to seven bytes.
    Packed(u64),
    /// A longer word.
    Long(Arc<str>),
}

/// The mark of a packed word.
const WORD: u64 = 1 << 63;

impl Name {
    /// The token as text.
    pub(in crate::search) fn text(&self) -> String {
        let mut text = String::new();
        self.each(|_, c| text.push(c));
        text
    }

    /// Calls `visit` with each character and its place.
    pub(in crate::search) fn each(&self, mut visit: impl FnMut(usize, char)) {
        let mut all = |text: &str| text.chars().enumerate().for_each(|(at, c)| visit(at, c));
        match self {
            Name::Long(word) => all(word),
            Name::Packed(packed) if packed & WORD != 0 => {
                let bytes = (packed & !WORD).to_le_bytes();
                all(std::str::from_utf8(&bytes).unwrap_or_default().trim_end_matches('\0'));
            }
            Name::Packed(packed) => {
                let c = |code: u64| char::from_u32(u32::try_from(code).ok()?);
                let first = c(packed >> 21).filter(|c| *c != '\0');
                first
                    .into_iter()
                    .chain(c(packed & 0x1f_ffff))
                    .enumerate()
                    .for_each(|(at, c)| visit(at, c));
            }
        }
    }

    /// Whether it is a word, and not of kana and kanji.
    pub(in crate::search) fn is_word(&self) -> bool {
        match self {
            Name::Packed(packed) => packed & WORD != 0,
            Name::Long(_) => true,
        }
    }
}

impl Numbers {
    fn of(&mut self, token: Token<'_>) -> u32 {
        let packed = match token {
            Token::Pair(a, b) => u64::from(u32::from(a)) << 21 | u64::from(u32::from(b)),
            Token::Single(c) => u64::from(u32::from(c)),
            Token::Word(word) if word.len() <= 7 => {
                let mut bytes = [0; 8];
                bytes[..word.len()].copy_from_slice(word.as_bytes());
                u64::from_le_bytes(bytes) | WORD
            }
            Token::Word(word) => return self.long(word),
        };
        if let Some(number) = self.packed.get(&packed) {
            return *number;
        }
        self.names.push(Name::Packed(packed));
        let number = last(&self.names);
        self.packed.insert(packed, number);
        number
    }

    fn long(&mut self, word: &str) -> u32 {
        if let Some(number) = self.long.get(word) {
            return *number;
        }
        let word: Arc<str> = word.into();
        self.names.push(Name::Long(Arc::clone(&word)));
        let number = last(&self.names);
        self.long.insert(word, number);
        number
    }
}

fn last(names: &[Name]) -> u32 {
    u32::try_from(names.len() - 1).expect("tokens are counted in 32 bits")
}

/// The postings of a token in one locale, behind each guide's number and their length.
#[derive(Debug, Default, Clone)]
struct List {
    bytes: Vec<u8>,
    count: u32,
}

/// Collects the tokens of the guides that one thread reads.
#[derive(Debug, Default)]
pub(in crate::search) struct Worker {
    scan: Scan,
    numbers: Numbers,
    /// By token: which guide held it last, and where that guide counts it.
    seen: Vec<(u32, u32)>,
    guide: u32,
    /// The tokens of the guide that is read.
    own: Vec<u32>,
    /// Its places: which of `own`, and position and field in one number.
    places: Vec<(u32, u32)>,
    /// By locale, by token.
    lists: Vec<Vec<List>>,
}

impl Worker {
    /// A worker for so many locales.
    pub(in crate::search) fn new(locales: usize) -> Self {
        Self { lists: vec![Vec::new(); locales], ..Self::default() }
    }

    /// Adds a guide's text to `locales`, under its number there.
    pub(in crate::search) fn add(
        &mut self,
        record: &Record,
        guide: u32,
        locales: &[usize],
    ) -> Extent {
        self.guide += 1;
        self.own.clear();
        self.places.clear();
        let extent = self.read(record);
        self.store(&extent.lengths, guide, locales);
        extent
    }

    fn read(&mut self, record: &Record) -> Extent {
        let mut extent = Extent::default();
        let mut at = 0;
        at = self.field(Field::Title, &record.title, at, &mut extent.lengths);
        for words in &record.keywords {
            at = self.field(Field::Keyword, words, at, &mut extent.lengths);
        }
        at = self.field(Field::Body, &record.description, at, &mut extent.lengths);
        for section in &record.sections {
            let start = at;
            at = self.field(Field::Heading, &section.heading, at, &mut extent.lengths);
            extent.starts.push((start, (at - start).saturating_sub(GAP)));
            for (field, range) in &section.blocks {
                extent.blocks.push(at - start);
                at = self.field(*field, &section.text[range.clone()], at, &mut extent.lengths);
            }
        }
        extent
    }

    /// Reads a text from position `start`; gives where the next one begins.
    fn field(&mut self, field: Field, text: &str, start: u32, lengths: &mut Lengths) -> u32 {
        if text.is_empty() || start >= MOST {
            return start;
        }
        let place = place(field);
        let Self { scan, numbers, seen, guide, own, places, .. } = self;
        scan.read(text, false);
        let visit = |token: Token<'_>, at: u32| {
            let at = start + at;
            if at >= MOST {
                return;
            }
            let number = numbers.of(token) as usize;
            if seen.len() <= number {
                seen.resize(number + 1, (0, 0));
            }
            if seen[number].0 != *guide {
                seen[number] =
                    (*guide, u32::try_from(own.len()).expect("a guide's tokens are few"));
                own.push(u32::try_from(number).expect("it was one"));
            }
            places.push((seen[number].1, at << 3 | place));
        };
        let length = match field {
            Field::Title | Field::Heading => scan.tokens_joined(visit),
            Field::Keyword | Field::Body | Field::Code | Field::Alt => scan.tokens(visit),
        };
        let kept = length.min(MOST - start);
        lengths.fields[place as usize] += kept;
        start + length + GAP
    }

    /// Puts the places of the guide to the lists of its tokens.
    fn store(&mut self, lengths: &Lengths, guide: u32, locales: &[usize]) {
        let (ends, sorted) = by_token(&self.places, self.own.len());
        let mut from = 0;
        let (mut held, mut posting) = (Vec::new(), String::new());
        for (token, end) in self.own.iter().zip(ends) {
            held.clear();
            held.extend(
                sorted[from..end].iter().map(|packed| ((packed & 7) as usize, packed >> 3)),
            );
            from = end;
            posting.clear();
            write(&mut posting, &held, lengths);
            for locale in locales {
                let lists = &mut self.lists[*locale];
                let token = *token as usize;
                if lists.len() <= token {
                    lists.resize(token + 1, List::default());
                }
                lists[token].push(guide, &posting);
            }
        }
    }

    /// The tokens of a locale, each with its number in this worker.
    pub(in crate::search) fn tokens(&self, locale: usize) -> impl Iterator<Item = (&Name, u32)> {
        let held = self.numbers.names.iter().zip(&self.lists[locale]).zip(0u32..);
        held.filter(|((_, list), _)| list.count > 0).map(|((name, _), number)| (name, number))
    }

    /// How many guides of a locale hold a token.
    pub(in crate::search) fn count(&self, locale: usize, token: u32) -> u32 {
        self.lists[locale][token as usize].count
    }

    /// The postings of a token in a locale, each with the number of its guide.
    pub(in crate::search) fn postings(
        &self,
        locale: usize,
        token: u32,
    ) -> impl Iterator<Item = (u32, &str)> {
        let mut rest = &self.lists[locale][token as usize].bytes[..];
        std::iter::from_fn(move || {
            let guide = take(&mut rest)?;
            let length = take(&mut rest)? as usize;
            let (posting, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some((guide, std::str::from_utf8(posting).expect("postings are ASCII")))
        })
    }
}

impl List {
    fn push(&mut self, guide: u32, posting: &str) {
        put(&mut self.bytes, guide);
        put(&mut self.bytes, u32::try_from(posting.len()).expect("postings are short"));
        self.bytes.extend_from_slice(posting.as_bytes());
        self.count += 1;
    }
}

/// Seven bits a byte, the low ones first.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        number |= u32::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The places by token, each token's in their order, and where each token's end.
fn by_token(places: &[(u32, u32)], tokens: usize) -> (Vec<usize>, Vec<u32>) {
    let mut ends = vec![0usize; tokens + 1];
    for (token, _) in places {
        ends[*token as usize + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut sorted = vec![0u32; places.len()];
    for (token, place) in places {
        let next = &mut ends[*token as usize];
        sorted[*next] = *place;
        *next += 1;
    }
    ends.pop();
    (ends, sorted)
}

fn place(field: Field) -> u32 {
    let place = match field {
        Field::Title => TITLE,
        Field::Heading => HEADING,
        Field::Keyword => KEYWORD,
        Field::Code => CODE,
        Field::Alt => ALT,
        Field::Body => BODY,
    };
    u32::try_from(place).expect("there are six")
}

/// A hash for small keys that nobody chooses to do harm: the texts are the site's own.
#[derive(Debug, Default, Clone, Copy)]
struct Quick(u64);

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }
}
