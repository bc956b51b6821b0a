//! What an index holds, key by key: for those who look into one, and ask it nothing.

use std::fmt;

use super::store::{Load, Store, name_at};
use crate::search::ReadError;
use crate::search::index::{BLOCK, block_key};
use crate::search::numbers;
use crate::search::postings::{Posting, decoded, tier_key};

/// An index that is open.
pub struct Reader<'a> {
    store: Store<'a>,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("first", &self.store.head).finish_non_exhaustive()
    }
}

impl<'a> Reader<'a> {
    /// Opens an index; `load` gives the text of a file by its name without `.js`.
    ///
    /// # Errors
    /// When its first file is missing, damaged or of another version.
    pub fn open(load: Load<'a>) -> Result<Self, ReadError> {
        Store::open(load).map(|store| Self { store })
    }

    /// The locale of the index.
    pub fn locale(&self) -> &str {
        &self.store.head.locale
    }

    /// How many guides it has.
    pub fn guides(&self) -> u32 {
        self.store.head.guides
    }

    /// What a key holds.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn get(&self, key: &str) -> Result<Option<String>, ReadError> {
        self.store.get(key)
    }

    /// A tier of a token's postings with, for the first, the number of all guides that hold
    /// it; `None` where there is none.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn postings(
        &self,
        token: &str,
        tier: usize,
    ) -> Result<Option<(u32, Vec<Posting>)>, ReadError> {
        let key = tier_key(token, tier);
        let Some(value) = self.get(&key)? else { return Ok(None) };
        decoded(&value, tier == 0).map(Some).ok_or(ReadError::Broken(key))
    }

    /// The documents of a filter, `s` with a section's path or `t` with a tag.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn filter(&self, filter: &str) -> Result<Vec<u32>, ReadError> {
        let value = self.get(&format!("f{filter}"))?.unwrap_or_default();
        let mut rest = value.as_bytes();
        let mut doc = 0;
        let next = || {
            doc += numbers::take(&mut rest)?;
            Some(doc)
        };
        Ok(std::iter::from_fn(next).collect())
    }

    /// The fragment of a document, as JSON.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn fragment(&self, doc: u32) -> Result<Option<serde_json::Value>, ReadError> {
        let (block, place) = (doc as usize / BLOCK, doc as usize % BLOCK);
        let names = self.get(&block_key(block))?.unwrap_or_default();
        name_at(&names, place).map(|name| self.store.load(name)).transpose()
    }
}
