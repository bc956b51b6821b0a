//! Puts the index of a locale together.
//!
//! In: guides in the order of the site, and what a [`Collector`] has of their tokens. Out:
//! the files of the index. Nothing depends on which thread read which guide.

mod tokens;

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::dictionary::{Leaves, Node, root, target};
use super::file::{FOLDER, NAME, Names, json, line};
use super::fragment::{Head, Texts, piece, texts};
use super::numbers;
use super::postings::{
    ALT, Averages, BODY, CODE, Extent, HEADING, KEYWORD, Lengths, TITLE, Worker,
};
use super::record::Record;
use super::synonyms::{self, Table};
use super::tokenizer::{SPEC, version};
use crate::memo::Fingerprint;

use tokens::Tokens;

/// The version of the files' format.
pub const FORMAT: u32 = 1;

/// In place of a document: a guide that was read and is not in the index.
pub(super) const NONE: u32 = u32::MAX;

/// How many guides' fragments stand in one entry.
pub(super) const BLOCK: usize = 64;
/// Postings of titles stand in the first file where their JSON has at most so many bytes.
const TITLES: usize = 12_000;

/// Collects the tokens of all locales, from any thread.
#[derive(Debug)]
pub struct Collector {
    locales: usize,
    /// How many characters fill a piece of a guide's text.
    piece: usize,
    workers: Mutex<Vec<Worker>>,
}

/// A guide's text, ready to be put to indexes.
#[derive(Debug)]
pub struct Draft {
    extent: Extent,
    texts: Texts,
}

impl Collector {
    /// A collector for so many locales, of a site of about so many guides.
    pub fn new(locales: usize, guides: usize) -> Self {
        Self { locales, piece: piece(guides), workers: Mutex::default() }
    }

    /// Reads a guide that shows in `locales`; `guide` is its number there and everywhere. One
    /// that is read again gets another number: what was read stays, and is in no index.
    pub fn read(&self, record: &Record, guide: u32, locales: &[usize]) -> Draft {
        let mut worker = self.idle().pop().unwrap_or_else(|| Worker::new(self.locales));
        let extent = worker.add(record, guide, locales);
        self.idle().push(worker);
        let texts = texts(record, &extent, self.piece);
        Draft { extent, texts }
    }

    /// Whether it would cut the texts of a site of about so many guides in the same way.
    pub fn suits(&self, guides: usize) -> bool {
        self.piece == piece(guides)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.workers.lock().expect("no reader panics while it holds the lock")
    }
}

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the published root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// By what results can be narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// The paths of the sections that a guide is in.
    pub sections: Vec<String>,
    /// The titles of its tags.
    pub tags: Vec<String>,
}

/// The index of one locale.
#[derive(Debug)]
pub struct Index {
    locale: String,
    names: Names,
    /// By document.
    lengths: Vec<Lengths>,
    fragments: Vec<String>,
    /// By the guide's number: its document, or [`NONE`].
    docs: Vec<u32>,
    /// Documents by the key of a filter.
    filters: BTreeMap<String, Vec<u32>>,
}

/// The first file of an index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct First {
    pub(super) format: u32,
    pub(super) tokenizer: u32,
    pub(super) spec: String,
    /// Variant forms of kanji, and the usual ones, of those that the index has.
    pub(super) variants: [String; 2],
    pub(super) locale: String,
    pub(super) guides: u32,
    pub(super) average: [f64; 6],
    pub(super) root: Node,
    pub(super) titles: Option<Vec<String>>,
}

/// The hash of the tokenizer's specification.
pub(super) fn spec_hash() -> String {
    Fingerprint::of_bytes(SPEC.as_bytes()).base36(NAME)
}

impl Index {
    /// The index of a locale, empty.
    pub fn new(locale: &str) -> Self {
        Self {
            locale: locale.to_owned(),
            names: Names::default(),
            lengths: Vec::new(),
            fragments: Vec::new(),
            docs: Vec::new(),
            filters: BTreeMap::new(),
        }
    }

    /// The folder of a locale's index, below the published root.
    pub fn folder(locale: &str) -> String {
        format!("{FOLDER}/{locale}/")
    }

    /// Adds the next guide, under the number with which it was read; gives its files.
    pub fn add(&mut self, guide: u32, head: &Head, filters: &Filters, draft: &Draft) -> Vec<File> {
        let doc = u32::try_from(self.lengths.len()).expect("guides are counted in 32 bits");
        let guide = guide as usize;
        self.docs.resize(self.docs.len().max(guide + 1), NONE);
        self.docs[guide] = doc;
        self.lengths.push(draft.extent.lengths);
        let sections = filters.sections.iter().map(|path| format!("fs{path}"));
        for key in sections.chain(filters.tags.iter().map(|tag| format!("ft{tag}"))) {
            let docs = self.filters.entry(key).or_default();
            if docs.last() != Some(&doc) {
                docs.push(doc);
            }
        }
        let mut made = Vec::new();
        self.fragments.push(draft.texts.put(head, &mut self.names, &mut made));
        made.into_iter().map(|(name, json)| self.file(&name, &json)).collect()
    }

    fn file(&self, name: &str, json: &str) -> File {
        let path = format!("{}{name}.js", Self::folder(&self.locale));
        File { path, text: line(name, json) }
    }

    /// The averages of title, headings, body, code, alt and keywords, in tenths.
    fn averages(&self) -> [u64; 6] {
        let guides = (self.lengths.len() as u64).max(1);
        [TITLE, HEADING, BODY, CODE, ALT, KEYWORD].map(|field| {
            let sum: u64 = self.lengths.iter().map(|own| u64::from(own.fields[field])).sum();
            (sum * 10 + guides / 2) / guides
        })
    }

    fn finish(mut self, tokens: &Tokens<'_>, table: &Table, put: &dyn Fn(Vec<File>)) {
        let [title, heading, body, code, alt, keyword] =
            self.averages().map(|tenths| tenths as f64 / 10.0);
        let averages = Averages {
            guides: self.lengths.len(),
            fields: [title, heading, keyword, code, alt, body],
        };
        let mut leaves = Filling::new(target(self.lengths.len()));
        self.documents(&mut leaves);
        for (key, docs) in std::mem::take(&mut self.filters) {
            leaves.push(&key, &rising(&docs));
        }
        for (key, value) in tokens.reversed() {
            leaves.push(&key, &value);
        }
        let weight = |token: &str| tokens.weight(token);
        for (key, value) in synonyms::entries(table, &weight) {
            leaves.push(&key, &value);
        }
        let lengths = std::mem::take(&mut self.lengths);
        tokens.lists(&lengths, &averages, |entries| {
            entries.iter().for_each(|(key, value)| leaves.push(key, value));
            put(self.flush(&mut leaves));
        });
        for (key, value) in tokens.words() {
            leaves.push(&key, &value);
        }
        let titles = tokens.titles(TITLES);
        let titles = titles.filter(|titles| json(titles).len() <= TITLES);
        let root = self.close(leaves, put);
        let first = First {
            format: FORMAT,
            tokenizer: version(),
            spec: spec_hash(),
            variants: tokens.variants(),
            locale: self.locale.clone(),
            guides: u32::try_from(lengths.len()).expect("they are counted in 32 bits"),
            average: [title, heading, body, code, alt, keyword],
            root,
            titles,
        };
        put(vec![self.file("index", &json(&first))]);
    }

    /// The fragments of all documents.
    fn documents(&self, leaves: &mut Filling) {
        for (block, names) in self.fragments.chunks(BLOCK).enumerate() {
            leaves.push(&block_key(block), &names.concat());
        }
    }

    /// The files of the leaves that are full.
    fn flush(&mut self, leaves: &mut Filling) -> Vec<File> {
        let mut files = Vec::new();
        for json in std::mem::take(&mut leaves.full) {
            let (name, new) = self.names.give(&json);
            if new {
                files.push(self.file(&name, &json));
            }
            leaves.names.push(name);
        }
        files
    }

    /// Writes what is left of the dictionary; gives its root.
    fn close(&mut self, mut leaves: Filling, put: &dyn Fn(Vec<File>)) -> Node {
        let open = std::mem::replace(&mut leaves.leaves, Leaves::new(0));
        let keys = open.end(&mut leaves.full);
        put(self.flush(&mut leaves));
        let mut files = Vec::new();
        let children = keys.into_iter().zip(leaves.names).collect();
        let root = root(children, |node| {
            let json = json(node);
            let (name, new) = self.names.give(&json);
            if new {
                files.push(self.file(&name, &json));
            }
            name
        });
        put(files);
        root
    }
}

/// The leaves of a dictionary while it is filled.
#[derive(Debug)]
struct Filling {
    leaves: Leaves,
    full: Vec<String>,
    names: Vec<String>,
}

impl Filling {
    fn new(target: usize) -> Self {
        Self { leaves: Leaves::new(target), full: Vec::new(), names: Vec::new() }
    }

    fn push(&mut self, key: &str, value: &str) {
        self.leaves.push(key, value, &mut self.full);
    }
}

/// The key of a block of documents.
pub(super) fn block_key(block: usize) -> String {
    let digit = |power: usize| {
        let digit = u32::try_from(block / power % 36).expect("it is less than 36");
        char::from_digit(digit, 36).expect("it is a digit of base 36")
    };
    let mut key = String::from("d");
    key.extend([36 * 36 * 36, 36 * 36, 36, 1].map(digit));
    key
}

/// Ascending numbers by their distances, the first absolute.
pub(super) fn rising(ascending: &[u32]) -> String {
    let mut out = String::new();
    let mut last = 0;
    for at in ascending {
        numbers::push(&mut out, at - last);
        last = *at;
    }
    out
}

/// Finishes the indexes of all locales: `tables` are the synonyms of each. Files are handed
/// to `put` as they are made.
pub fn finish(
    collector: &Collector,
    indexes: Vec<Index>,
    tables: &[Table],
    put: &dyn Fn(Vec<File>),
) {
    let workers = collector.idle();
    for (locale, index) in indexes.into_iter().enumerate() {
        let docs = index.docs.clone();
        let tokens = Tokens::new(&workers, locale, &docs);
        index.finish(&tokens, tables.get(locale).unwrap_or(&Table::default()), put);
    }
}

#[cfg(test)]
mod tests;
