//! Collects the tokens of guides compactly: numbers for tokens, bytes for postings.
//!
//! In: records, from any thread and in any order. Out: for every token of a locale its
//! postings. Each thread borrows a [`Worker`] for a guide, so that none waits for another;
//! what they hold is put in order at the end.

mod lists;
mod numbers;

use super::{ALT, BODY, CODE, HEADING, KEYWORD, Lengths, Shape, TITLE, packed, write};
use crate::search::record::{Field, Record};
use crate::search::tokenizer::{Scan, Token};

use lists::{List, framed, put};
pub(in crate::search) use numbers::Name;
use numbers::Numbers;

/// How far positions of blocks lie apart, so that no phrase goes over their ends.
const GAP: u32 = 8;
/// How many positions of a guide are indexed.
const MOST: u32 = 4_000_000;

/// Where the parts of a guide begin, and how long they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::search) struct Extent {
    pub(in crate::search) lengths: Lengths,
    /// The first position of each section, and how many positions its heading takes.
    pub(in crate::search) starts: Vec<(u32, u32)>,
    /// The first position of each block, counted from its section's.
    pub(in crate::search) blocks: Vec<u32>,
}

/// Collects the tokens of the guides that one thread reads.
#[derive(Debug, Default)]
pub(in crate::search) struct Worker {
    scan: Scan,
    numbers: Numbers,
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
        let Self { scan, numbers, guide, own, places, .. } = self;
        scan.read(text, false);
        let visit = |token: Token<'_>, at: u32| {
            let at = start + at;
            if at >= MOST {
                return;
            }
            let slot = numbers.of(token);
            if slot.guide != *guide {
                slot.guide = *guide;
                slot.own = u32::try_from(own.len()).expect("a guide's tokens are few");
                own.push(slot.number());
            }
            places.push((slot.own, packed(place, at)));
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
        for locale in locales {
            self.lists[*locale].resize(self.numbers.names.len(), List::default());
        }
        let shape = Shape::of(lengths);
        let (mut head, mut posting, mut frame) = (Vec::new(), Vec::new(), Vec::new());
        put(&mut head, guide);
        let mut from = 0;
        for (token, end) in self.own.iter().zip(ends) {
            posting.clear();
            write(&mut posting, &sorted[from..end], &shape);
            from = end;
            framed(&mut frame, &head, &posting);
            for locale in locales {
                self.lists[*locale][*token as usize].push(&frame);
            }
        }
    }

    /// The tokens of a locale, each with its number in this worker.
    pub(in crate::search) fn tokens(&self, locale: usize) -> impl Iterator<Item = (&Name, u32)> {
        let held = self.numbers.names.iter().zip(&self.lists[locale]).zip(0u32..);
        held.filter(|((_, list), _)| list.count > 0).map(|((name, _), number)| (name, number))
    }

    /// The postings of a token in a locale, each with the number of its guide.
    pub(in crate::search) fn postings(
        &self,
        locale: usize,
        token: u32,
    ) -> impl Iterator<Item = (u32, &[u8])> {
        self.lists[locale][token as usize].postings()
    }
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
