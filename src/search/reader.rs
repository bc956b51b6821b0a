//! Reads an index: what a key holds, and which keys there are.
//!
//! In: a function that gives a file's text by its name. Out: entries of the dictionary,
//! postings, documents. Loads only what a look-up needs, as the browser does.

use std::fmt;

use super::dictionary::{Node, order};
use super::file::{NAME, opened};
use super::index::{BLOCK, FORMAT, First, block_key, spec_hash};
use super::numbers;
use super::postings::{Posting, decoded, tier_key};

/// An index that is open.
pub struct Reader<F> {
    file: F,
    first: First,
}

/// Why an index, or a part of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing(String),
    /// A file is not what it should be.
    Broken(String),
    /// The index was written in another format, or its words were cut by other rules.
    Other,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing(name) => write!(f, "the file `{name}.js` of the index is missing"),
            ReadError::Broken(name) => write!(f, "the file `{name}.js` of the index is damaged"),
            ReadError::Other => f.write_str("the index was written by another version"),
        }
    }
}

impl std::error::Error for ReadError {}

impl<F> fmt::Debug for Reader<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("first", &self.first).finish_non_exhaustive()
    }
}

impl<F: Fn(&str) -> Option<String>> Reader<F> {
    /// Opens an index; `file` gives the text of a file by its name without `.js`.
    ///
    /// # Errors
    /// When its first file is missing, damaged or of another version.
    pub fn open(file: F) -> Result<Self, ReadError> {
        let first: First = parsed(&file, "index")?;
        let known = first.format == FORMAT && first.spec == spec_hash();
        if known { Ok(Self { file, first }) } else { Err(ReadError::Other) }
    }

    /// The locale of the index.
    pub fn locale(&self) -> &str {
        &self.first.locale
    }

    /// How many guides it has.
    pub fn guides(&self) -> u32 {
        self.first.guides
    }

    /// The average lengths of title, headings, body, code, alt and keywords.
    pub fn averages(&self) -> [f64; 6] {
        self.first.average
    }

    /// What a key holds.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn get(&self, key: &str) -> Result<Option<String>, ReadError> {
        let end = format!("{key}\0");
        let found = self.range(key, Some(&end))?;
        Ok(found.into_iter().next().map(|(_, value)| value))
    }

    /// The entries from `from` up to `to`, which is left out; all later ones without it.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn range(&self, from: &str, to: Option<&str>) -> Result<Vec<(String, String)>, ReadError> {
        let mut found = Vec::new();
        self.walk(&self.first.root, from, to, &mut found)?;
        Ok(found)
    }

    fn walk(
        &self,
        node: &Node,
        from: &str,
        to: Option<&str>,
        found: &mut Vec<(String, String)>,
    ) -> Result<(), ReadError> {
        for name in node.children(from, to) {
            if node.d > 0 {
                let child: Node = parsed(&self.file, name)?;
                if child.d + 1 != node.d {
                    return Err(ReadError::Broken(name.to_owned()));
                }
                self.walk(&child, from, to, found)?;
                continue;
            }
            let leaf: Vec<String> = parsed(&self.file, name)?;
            let inside =
                |key: &str| order(key, from).is_ge() && to.is_none_or(|to| order(key, to).is_lt());
            let entries = leaf.chunks_exact(2).filter(|entry| inside(&entry[0]));
            found.extend(entries.map(|entry| (entry[0].clone(), entry[1].clone())));
        }
        Ok(())
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
        match names.get(place * NAME..(place + 1) * NAME) {
            Some(name) => parsed(&self.file, name).map(Some),
            None => Ok(None),
        }
    }

    /// The texts of a piece of a fragment, by its name.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn piece(&self, name: &str) -> Result<Vec<String>, ReadError> {
        parsed(&self.file, name)
    }
}

fn parsed<T: serde::de::DeserializeOwned>(
    file: &impl Fn(&str) -> Option<String>,
    name: &str,
) -> Result<T, ReadError> {
    let text = file(name).ok_or_else(|| ReadError::Missing(name.to_owned()))?;
    let broken = || ReadError::Broken(name.to_owned());
    let (own, json) = opened(&text).ok_or_else(broken)?;
    let value = serde_json::from_str(json).map_err(|_| broken())?;
    if own == name { Ok(value) } else { Err(broken()) }
}
