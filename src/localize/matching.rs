//! Which message of a catalogue is for which text of a guide.
//!
//! In: the texts as they are met, and a catalogue as it was read. Out: the message whose
//! source, as its comment says, is the very text; of twins the first is the first's. Nothing
//! is guessed: likeness is the business of [`super::extract`].

use std::collections::{BTreeMap, BTreeSet};

use crate::document::LocaleId;
use crate::messages::{Block, Entry, digits};
use crate::text::FileId;

use super::slots::Kind;

/// A catalogue as it was read.
#[derive(Debug, Clone)]
pub struct Catalogue<'a> {
    /// Its file.
    pub file: FileId,
    /// Its language.
    pub lang: LocaleId,
    /// The text of its file.
    pub text: &'a str,
    /// What is in it.
    pub blocks: &'a [Block],
}

/// How far a text is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The translation is of the text as it is.
    Current,
    /// The translation is of another text that stood in its place.
    Stale,
    /// There is no translation.
    Missing,
}

/// The messages of a catalogue by the texts that they are for.
#[derive(Debug)]
pub struct Matching<'a> {
    catalogue: &'a Catalogue<'a>,
    by_source: BTreeMap<(Kind, &'a str), Vec<&'a Entry>>,
    by_id: BTreeMap<&'a str, &'a Entry>,
    met: BTreeMap<(Kind, String), usize>,
}

impl<'a> Matching<'a> {
    /// The messages of a catalogue.
    pub fn new(catalogue: &'a Catalogue<'a>) -> Self {
        let mut new = Self {
            catalogue,
            by_source: BTreeMap::new(),
            by_id: BTreeMap::new(),
            met: BTreeMap::new(),
        };
        for entry in heard(catalogue.blocks) {
            let Some(kind) = Kind::of_id(&entry.id) else { continue };
            match entry.source() {
                Some(source) => new.by_source.entry((kind, source)).or_default().push(entry),
                None => drop(new.by_id.insert(&entry.id, entry)),
            }
        }
        new
    }

    /// The message for the next text of that kind and wording.
    pub fn next(&mut self, kind: Kind, text: &str) -> Option<&'a Entry> {
        let met = self.met.entry((kind, text.to_owned())).or_default();
        let at = *met;
        *met += 1;
        let by_source = self.by_source.get(&(kind, text)).and_then(|all| all.get(at));
        by_source.copied().or_else(|| self.by_id.get(id(kind, text, at).as_str()).copied())
    }

    /// How far a message translates the text that it is for.
    pub fn state(&self, entry: Option<&Entry>) -> State {
        match entry.filter(|entry| entry.translation.is_some()) {
            None => State::Missing,
            Some(entry) if entry.is_stale(self.catalogue.text) => State::Stale,
            Some(_) => State::Current,
        }
    }
}

/// The messages that count: of two with one id the first, but a written one before a place.
pub(super) fn heard(blocks: &[Block]) -> impl Iterator<Item = &Entry> {
    let entries = || {
        blocks.iter().filter_map(|block| match block {
            Block::Entry(entry) => Some(entry),
            Block::Other(_) => None,
        })
    };
    let written = |entry: &&Entry| entry.translation.is_some();
    let known: BTreeSet<&str> = entries().filter(written).map(|own| own.id.as_str()).collect();
    let mut met = BTreeSet::new();
    entries().filter(move |entry| {
        let counts = entry.translation.is_some() || !known.contains(entry.id.as_str());
        counts && met.insert(entry.id.as_str())
    })
}

/// The id that a text gets when it is seen first; `twin` counts those of its kind and wording
/// before it.
///
/// ```
/// use shirube::localize::{Kind, id};
/// assert_eq!(id(Kind::Paragraph, "設定を開きます。", 0).len(), "p-3fa91c".len());
/// assert!(id(Kind::Paragraph, "設定を開きます。", 1).ends_with("-2"));
/// ```
pub fn id(kind: Kind, text: &str, twin: usize) -> String {
    let begin = format!("{}-{}", kind.name(), digits(text));
    if twin == 0 { begin } else { format!("{begin}-{}", twin + 1) }
}

/// Eight hex digits that stand for everything that is translated of a guide.
pub fn fingerprint(texts: &[super::Text]) -> String {
    let all: Vec<(&str, String)> =
        texts.iter().map(|text| (text.kind.name(), text.wording.text())).collect();
    crate::memo::Fingerprint::of(&all).hex()[..8].to_owned()
}
