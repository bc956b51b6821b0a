//! Where a token stands: by guide, by field, at which positions.
//!
//! In: values of the dictionary. Out: postings. It does not know how they are weighed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::store::Store;
use super::units::even;
use crate::search::ReadError;
use crate::search::postings::{self as written, MARKED, decoded, tier_key};

pub(super) use written::{BODY, HEADING, TITLE};

/// The fields of a guide, as the index numbers them.
pub(super) const FIELDS: usize = 6;

/// The places of a token, or of several in a row, in one guide.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Entry {
    /// Positions by field; a field without any is left out. A row may be taken to begin
    /// before its text does.
    pub(super) at: [Option<Vec<i64>>; FIELDS],
    /// Lengths of title, headings and body in positions, as far as the index told them.
    pub(super) long: [Option<f64>; FIELDS],
}

/// Where a token stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Postings {
    /// In how many guides.
    pub(super) count: u32,
    /// The guides that were loaded: all, or the ones where the token weighs most.
    pub(super) guides: BTreeMap<u32, Rc<Entry>>,
}

/// What a class of lengths stands for.
fn length_of(rank: u32) -> f64 {
    even(2f64.powf(f64::from(rank) / 2.0) - 1.0)
}

fn entry(posting: written::Posting) -> Entry {
    let mut made = Entry::default();
    let wide = |places: Vec<u32>| places.into_iter().map(i64::from).collect();
    if !posting.body.is_empty() {
        made.long[BODY] = Some(length_of(posting.body_class));
        made.at[BODY] = Some(wide(posting.body));
    }
    let others: [Vec<u32>; MARKED] = posting.others;
    for (field, places) in others.into_iter().enumerate() {
        if places.is_empty() {
            continue;
        }
        match field {
            TITLE => made.long[TITLE] = Some(f64::from(posting.title_length)),
            HEADING => made.long[HEADING] = Some(length_of(posting.heading_class)),
            _ => {}
        }
        made.at[field] = Some(wide(places));
    }
    made
}

/// Adds the guides of a tier; gives the number with which the first one begins.
fn into(guides: &mut BTreeMap<u32, Rc<Entry>>, value: &str, first: bool) -> Option<u32> {
    let (count, postings) = decoded(value, first)?;
    for posting in postings {
        guides.insert(posting.doc, Rc::new(entry(posting)));
    }
    Some(count)
}

/// Postings by token, kept while the index is open.
pub(super) struct Tokens<'a> {
    pub(super) store: Store<'a>,
    /// By how many further tiers are loaded, and by token.
    known: RefCell<BTreeMap<(usize, String), Rc<Postings>>>,
    most: Cell<usize>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(store: Store<'a>) -> Self {
        Self { store, known: RefCell::default(), most: Cell::new(0) }
    }

    /// Loads up to `most` further tiers at once: all of them where few guides are wanted.
    pub(super) fn deepen(&self, most: usize) {
        self.most.set(most);
    }

    /// The postings of a token: all of a rare one, the weightiest of a common one.
    pub(super) fn get(&self, token: &str) -> Result<Rc<Postings>, ReadError> {
        let own = (self.most.get(), token.to_owned());
        if let Some(known) = self.known.borrow().get(&own) {
            return Ok(Rc::clone(known));
        }
        let key = tier_key(token, 0);
        let mut made = Postings::default();
        if let Some(value) = self.store.get(&key)? {
            let count = into(&mut made.guides, &value, true);
            made.count = count.ok_or_else(|| self.store.broken(&key))?;
        }
        let made = Rc::new(self.further(token, made, own.0)?);
        self.known.borrow_mut().insert(own, Rc::clone(&made));
        Ok(made)
    }

    /// The postings of a token with up to `most` further tiers. What [`Tokens::get`] gives
    /// stays as it is.
    pub(super) fn more(&self, token: &str, most: usize) -> Result<Rc<Postings>, ReadError> {
        let first = self.get(token)?;
        Ok(Rc::new(self.further(token, Postings::clone(&first), most)?))
    }

    fn further(&self, token: &str, mut made: Postings, most: usize) -> Result<Postings, ReadError> {
        for tier in 1..=most {
            if made.guides.len() >= made.count as usize {
                break;
            }
            let key = tier_key(token, tier);
            let Some(value) = self.store.get(&key)? else { break };
            into(&mut made.guides, &value, false).ok_or_else(|| self.store.broken(&key))?;
        }
        Ok(made)
    }
}
