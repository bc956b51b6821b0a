//! The index of the search of a site under edit.
//!
//! Texts are read when their pages are looked at, and again when they change. The index
//! itself is put together when a browser asks for it: the writer of a guide mostly does
//! not search, and need not wait for it. What is the same in two indexes has the same name,
//! and files of the last one are still given to pages that were loaded with it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::document::LocaleId;
use crate::emit::{Output, Shelf};
use crate::memo::Fingerprint;
use crate::paths::OutputPath;
use crate::pipeline::searching::{self, Drafted};
use crate::pipeline::{pages, site::Site};
use crate::search::index::{Collector, Draft};
use crate::text::FileId;

use super::state::State;

/// How many indexes are kept.
const KEPT: usize = 4;

/// Files of an index, by path.
pub(super) type Files = BTreeMap<OutputPath, Output>;

/// What is known of the texts that are searched.
#[derive(Debug, Default)]
pub(super) struct Search {
    reading: Mutex<Reading>,
    /// Held by whoever has texts read, or puts an index together: an index lacks what is
    /// being read, and the threads that read must not wait for one that needs them.
    turn: Mutex<()>,
}

#[derive(Debug, Default)]
struct Reading {
    collector: Option<Arc<Collector>>,
    /// For how many locales and about how many guides it was made.
    made_for: (usize, usize),
    texts: BTreeMap<FileId, ReadText>,
    /// The number of the text that is read next.
    next: u32,
    /// The indexes that were made last, the newest last: pages that were loaded with one may
    /// ask for more of it.
    made: VecDeque<Arc<Files>>,
}

#[derive(Debug)]
struct ReadText {
    key: Fingerprint,
    number: u32,
    /// `None` where search does not find it.
    draft: Option<Arc<Draft>>,
}

impl Search {
    fn held(&self) -> MutexGuard<'_, Reading> {
        self.reading.lock().expect("nothing panics while it holds the lock")
    }

    /// Waits until nobody has texts read or puts an index together; whoever does holds this.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().expect("what panics with it ends the session")
    }

    /// Reads the texts of an entry that are not known as they are now.
    pub(super) fn read(&self, site: &Site, at: usize) {
        if !site.map.search {
            return;
        }
        for (card, locales) in pages::texts(site, at) {
            let Some(key) = searching::key(site, at, &locales) else { continue };
            let Some((collector, number)) = self.begin(site, card.file, key) else { continue };
            let tree = pages::tree(site, card, None);
            let read = searching::read(site, (&collector, number), at, &locales, &tree);
            let text = ReadText { key, number, draft: read.map(|read| read.draft) };
            let mut held = self.held();
            // Another site may have come in between.
            if held.collector.as_ref().is_some_and(|now| Arc::ptr_eq(now, &collector)) {
                held.texts.insert(card.file, text);
            }
        }
    }

    /// A number for a text that must be read.
    fn begin(&self, site: &Site, file: FileId, key: Fingerprint) -> Option<(Arc<Collector>, u32)> {
        let mut held = self.held();
        held.settle(site);
        if held.texts.get(&file).is_some_and(|text| text.key == key) {
            return None;
        }
        let number = held.next;
        held.next += 1;
        let collector = held.collector.as_ref().expect("it was settled");
        Some((Arc::clone(collector), number))
    }

    /// The file at a path of the index of a state, put together where that is not done.
    pub(super) fn file(&self, state: &State, path: &OutputPath) -> Option<Output> {
        // Only the first file has the same name in every index.
        if !path.as_str().ends_with("/index.js") {
            let held = self.held();
            let known = held.made.iter().rev().find_map(|files| files.get(path));
            if let Some(known) = known {
                return Some(known.clone());
            }
        }
        self.files(state).get(path).cloned()
    }

    /// How many files the last index has, and how many bytes.
    pub(super) fn size(&self) -> (usize, u64) {
        let held = self.held();
        let files = held.made.back().into_iter().flat_map(|files| files.values());
        let length = |output: &Output| match output {
            Output::Write(bytes) => bytes.len() as u64,
            _ => 0,
        };
        files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + length(file)))
    }

    /// The files of the index of a state.
    pub(super) fn files(&self, state: &State) -> Arc<Files> {
        let site = &state.site;
        if !site.map.search {
            return Arc::default();
        }
        let _turn = self.turn();
        let mut index = state.index.lock().expect("nothing panics while it holds the lock");
        if let Some(files) = &*index {
            return Arc::clone(files);
        }
        for at in 0..site.map.entries.len() {
            self.read(site, at);
        }
        let (drafts, collector) = {
            let held = self.held();
            (held.drafts(site), held.collector.clone())
        };
        let files = Arc::new(put_together(site, &drafts, collector));
        let mut held = self.held();
        held.made.push_back(Arc::clone(&files));
        if held.made.len() > KEPT {
            held.made.pop_front();
        }
        Arc::clone(index.insert(files))
    }
}

impl Reading {
    /// Begins anew where what was read is of no use: another number of locales, a size at
    /// which texts are cut otherwise, or more that is out of date than that is not.
    fn settle(&mut self, site: &Site) {
        let made_for = (site.config.locales.len(), site.map.entries.len());
        let fits = self
            .collector
            .as_ref()
            .is_some_and(|collector| self.made_for.0 == made_for.0 && collector.suits(made_for.1));
        let crowded = self.next as usize > 1_000 + 2 * self.texts.len();
        if fits && !crowded {
            return;
        }
        self.collector = Some(Arc::new(Collector::new(made_for.0, made_for.1)));
        (self.made_for, self.next) = (made_for, 0);
        self.texts.clear();
    }

    /// What the texts of a site gave, in its order.
    fn drafts(&self, site: &Site) -> Vec<Drafted> {
        let drafted = |(at, locales, file): (usize, Vec<LocaleId>, FileId)| {
            let ReadText { number, draft, .. } = self.texts.get(&file)?;
            Some(Drafted { at, number: *number, locales, draft: Arc::clone(draft.as_ref()?) })
        };
        let all = (0..site.map.entries.len()).flat_map(|at| {
            let texts = pages::texts(site, at).into_iter();
            texts.map(move |(card, locales)| (at, locales, card.file)).collect::<Vec<_>>()
        });
        all.filter_map(drafted).collect()
    }
}

fn put_together(site: &Site, drafts: &[Drafted], collector: Option<Arc<Collector>>) -> Files {
    let shelf = Shelf::default();
    let mut indexes = searching::indexes(site);
    searching::settle(&site.view(), drafts, &mut indexes, &shelf);
    let none = || Arc::new(Collector::new(site.config.locales.len(), 0));
    searching::finish(site, &collector.unwrap_or_else(none), indexes, &shelf);
    shelf.into_files()
}
