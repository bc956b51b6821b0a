//! A catalogue brought up to its guide: each text of the guide has a message, each message
//! says which text it is for, and no translation is lost.
//!
//! In: the texts of a guide, the text of its catalogue and of the file of what has become
//! obsolete. Out: the two files anew. Messages find their texts by [`super::align`]; an id
//! never changes once it is given.

use std::collections::{BTreeMap, BTreeSet};

use super::Text;
use super::align::{Line, align_anywhere, align_but, equal};
use super::matching::{heard, id};
use super::slots::Kind;
use super::write::{Sheet, Told, parts};
use crate::messages::{Block, Entry, Piece, catalogue, written};
use crate::text::FileId;

/// The files of a guide's translation in one locale; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// The catalogue.
    pub catalogue: String,
    /// Translations whose texts are gone.
    pub obsolete: String,
}

/// What became of the messages of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Texts that had no message.
    pub new: u64,
    /// Texts that came back with their translation.
    pub revived: u64,
    /// Texts that are not what they were.
    pub changed: u64,
    /// Texts that are what they were.
    pub kept: u64,
    /// Messages whose text is gone.
    pub obsolete: u64,
}

/// The ids that texts of a guide have in its other catalogues, so that it is the same one in
/// all of them.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    by_text: BTreeMap<(Kind, String), Vec<String>>,
    by_id: BTreeMap<String, String>,
}

impl Ids {
    /// The ids of a catalogue, behind those already known.
    pub fn learn(&mut self, text: &str) {
        let sheet = Sheet::read(text);
        let mut own: BTreeMap<(Kind, String), Vec<String>> = BTreeMap::new();
        for entry in heard(&sheet.blocks) {
            if let (Some(kind), Some(source)) = (Kind::of_id(&entry.id), entry.source()) {
                own.entry((kind, source.to_owned())).or_default().push(entry.id.clone());
            }
        }
        for (line, ids) in own {
            self.by_text.entry(line).or_insert(ids);
        }
    }

    /// The texts of a reference file as they were: what messages without a comment are for.
    pub fn refer(&mut self, reference: &str) {
        let read = catalogue(FileId(0), reference).value;
        for entry in heard(&read) {
            if let Some(translation) = &entry.translation {
                let pieces: Vec<Piece> =
                    translation.pieces.iter().map(|(piece, _)| piece.clone()).collect();
                self.by_id.insert(entry.id.clone(), written(&pieces));
            }
        }
    }

    fn of(&self, kind: Kind, source: &str, twin: usize) -> Option<&String> {
        self.by_text.get(&(kind, source.to_owned()))?.get(twin)
    }
}

/// Brings the files of a guide's translation up to its texts.
pub fn extract(texts: &[Text], files: &Files, ids: &Ids) -> (Files, Changes) {
    let sources: Vec<String> = texts.iter().map(|text| text.wording.text()).collect();
    let mut work = Work::new(texts, &sources, files, ids);
    work.find();
    work.keep();
    work.add();
    work.put_aside();
    let Work { sheet, aside, changes, .. } = work;
    let mut catalogue = sheet.written();
    if files.catalogue.is_empty()
        && let Some(first) = sources.first().filter(|_| texts[0].kind == Kind::Title)
    {
        catalogue = format!("### {first}\n\n{catalogue}");
    }
    (Files { catalogue, obsolete: aside.written() }, changes)
}

/// Where the message of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the catalogue, by its place among the messages that count.
    Held(usize),
    /// Among what was put aside.
    Aside(usize),
}

/// A message with the text that it is for.
#[derive(Debug, Clone)]
struct Known {
    /// The place of its block.
    block: usize,
    kind: Kind,
    source: String,
}

struct Work<'a> {
    texts: &'a [Text],
    sources: &'a [String],
    ids: &'a Ids,
    sheet: Sheet,
    aside: Sheet,
    held: Vec<Known>,
    put: Vec<Known>,
    /// For each text its message.
    made: Vec<Option<Place>>,
    /// The blocks whose translations stand under another id now.
    moved: BTreeSet<usize>,
    taken: BTreeSet<String>,
    changes: Changes,
}

impl<'a> Work<'a> {
    fn new(texts: &'a [Text], sources: &'a [String], files: &Files, ids: &'a Ids) -> Self {
        let (sheet, aside) = (Sheet::read(&files.catalogue), Sheet::read(&files.obsolete));
        let all = sheet.blocks.iter().chain(&aside.blocks);
        let taken = all.filter_map(entry).map(|entry| entry.id.clone()).collect();
        let mut work = Self {
            texts,
            sources,
            ids,
            held: Vec::new(),
            put: Vec::new(),
            made: vec![None; texts.len()],
            moved: BTreeSet::new(),
            taken,
            changes: Changes::default(),
            sheet,
            aside,
        };
        work.held = work.known(&work.sheet);
        let put = work.known(&work.aside).into_iter();
        // Translations come back before what was only said of a text.
        let (translated, rest): (Vec<Known>, Vec<Known>) =
            put.partition(|known| work.was_translated(known));
        let told = |known: &Known| entry(&work.aside.blocks[known.block]).is_some_and(is_told_of);
        work.put = translated.into_iter().chain(rest.into_iter().filter(told)).collect();
        work
    }

    /// The messages of a sheet that are for a text.
    fn known(&self, sheet: &Sheet) -> Vec<Known> {
        let first = self.first_ids();
        let counting: BTreeSet<(usize, usize)> =
            heard(&sheet.blocks).map(|own| (own.bytes.start, own.bytes.end)).collect();
        let known = sheet.blocks.iter().enumerate().filter_map(|(block, own)| {
            let own = entry(own)?;
            let kind = Kind::of_id(&own.id)?;
            if !counting.contains(&(own.bytes.start, own.bytes.end)) {
                return None;
            }
            let source = own.source().or_else(|| self.ids.by_id.get(&own.id).map(String::as_str));
            let source = source.or_else(|| first.get(&own.id).copied())?.to_owned();
            Some(Known { block, kind, source })
        });
        known.collect()
    }

    /// The texts by the ids that they would get if they were new.
    fn first_ids(&self) -> BTreeMap<String, &'a str> {
        let mut met: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
        let lines = self.texts.iter().zip(self.sources);
        lines
            .map(|(text, source)| {
                let twin = met.entry((text.kind, source)).or_default();
                let own = id(text.kind, source, *twin);
                *twin += 1;
                (own, source.as_str())
            })
            .collect()
    }

    fn lines(&self) -> Vec<Line<'a>> {
        let sources = self.sources.iter().map(String::as_str);
        self.texts.iter().map(|text| text.kind).zip(sources).collect()
    }

    /// Finds the messages of all texts.
    fn find(&mut self) {
        let new = self.lines();
        let places: Vec<usize> = self.worthy();
        let old: Vec<Line<'_>> = places.iter().map(|at| line(&self.held[*at])).collect();
        let put: Vec<Line<'_>> = self.put.iter().map(line).collect();
        let same = equal(&old, &new);
        // What came back with its very words is not sought among what is like it.
        let rest: Vec<usize> = (0..new.len()).filter(|at| same[*at].is_none()).collect();
        let wanted: Vec<Line<'_>> = rest.iter().map(|at| new[*at]).collect();
        let mut back: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, found) in rest.iter().zip(equal(&put, &wanted)) {
            back.extend(found.map(|found| (*at, found)));
        }
        let found = align_but(&old, &new, &|at| back.contains_key(&at));
        let known = |at: usize| found[at].is_some() || back.contains_key(&at);
        let left: BTreeSet<usize> = back.values().copied().collect();
        // What was said of a text without translation is not for one that is only like it.
        let is_free = |at: &usize| !left.contains(at) && self.was_translated(&self.put[*at]);
        let free: Vec<usize> = (0..put.len()).filter(is_free).collect();
        let free_lines: Vec<Line<'_>> = free.iter().map(|at| put[*at]).collect();
        let like = align_anywhere(&free_lines, &new, &known);
        self.made = (0..new.len())
            .map(|at| {
                let held = found[at].map(|own| Place::Held(places[own]));
                let back = back.get(&at).map(|own| Place::Aside(*own));
                held.or(back).or_else(|| like[at].map(|own| Place::Aside(free[own])))
            })
            .collect();
    }

    /// The messages that may stand for a text: of more than there are equal texts, those
    /// without translation are too many.
    fn worthy(&self) -> Vec<usize> {
        let mut wanted: BTreeMap<Line<'_>, usize> = BTreeMap::new();
        for line in self.lines() {
            *wanted.entry(line).or_default() += 1;
        }
        let mut there: BTreeMap<Line<'_>, usize> = BTreeMap::new();
        for known in &self.held {
            *there.entry(line(known)).or_default() += 1;
        }
        let mut worthy: Vec<usize> = (0..self.held.len())
            .rev()
            .filter(|at| {
                let known = &self.held[*at];
                let (Some(wanted), Some(there)) =
                    (wanted.get(&line(known)), there.get_mut(&line(known)))
                else {
                    return true;
                };
                let surplus = *there > *wanted && !self.is_translated(known);
                *there -= usize::from(surplus);
                !surplus
            })
            .collect();
        worthy.reverse();
        worthy
    }

    fn entry(&self, known: &Known) -> &Entry {
        entry(&self.sheet.blocks[known.block]).expect("what is known is a message")
    }

    fn is_translated(&self, known: &Known) -> bool {
        is_translated(self.entry(known))
    }

    /// Whether a message that was put aside is a translation.
    fn was_translated(&self, known: &Known) -> bool {
        entry(&self.aside.blocks[known.block]).is_some_and(is_translated)
    }

    /// Brings the comments of the messages up to their texts.
    fn keep(&mut self) {
        for (at, place) in self.made.clone().into_iter().enumerate() {
            let Some(Place::Held(own)) = place else { continue };
            let known = self.held[own].clone();
            if known.source == self.sources[at] {
                self.changes.kept += 1;
            } else {
                self.changes.changed += 1;
            }
            let told = self.told(at, &self.sheet, self.entry(&known), &known.source);
            let new = told.rewritten(&self.sheet.text, self.entry(&known));
            self.sheet.changed[known.block] = new;
        }
    }

    /// What the comment of a text's message says, when its translation comes from `entry`,
    /// which was for `source`.
    fn told(&self, at: usize, sheet: &Sheet, entry: &Entry, source: &str) -> Told {
        let now = &self.sources[at];
        let mut told = Told::of(&self.texts[at], now);
        let stale = entry.is_stale(&sheet.text);
        let from = entry.was().filter(|_| stale).unwrap_or(source);
        if is_translated(entry) && from != now {
            told.was = Some((from.to_owned(), entry.print(&sheet.text)));
        }
        told
    }

    /// Makes messages for texts without, behind that of the text before.
    fn add(&mut self) {
        let mut behind = None;
        let mut met: BTreeMap<Line<'_>, usize> = BTreeMap::new();
        let lines = self.lines();
        for (at, place) in self.made.clone().into_iter().enumerate() {
            let twin = met.entry(lines[at]).or_default();
            let number = *twin;
            *twin += 1;
            if let Some(Place::Held(own)) = place {
                behind = Some(self.held[own].block);
                continue;
            }
            let new = match place {
                Some(Place::Aside(own)) => self.revived(at, own, number),
                _ => self.of_other_kind(at, number).unwrap_or_else(|| {
                    self.changes.new += 1;
                    let id = self.fresh(at, number);
                    Told::of(&self.texts[at], &self.sources[at]).place(&id)
                }),
            };
            match behind {
                Some(block) => self.sheet.behind[block].push(new),
                None => self.sheet.first.push(new),
            }
        }
    }

    /// A message that is no more among those put aside.
    fn revived(&mut self, at: usize, own: usize, twin: usize) -> String {
        self.changes.revived += 1;
        let known = self.put[own].clone();
        let entry = entry(&self.aside.blocks[known.block]).expect("what is put is a message");
        let told = self.told(at, &self.aside, entry, &known.source);
        let new = told.rewritten(&self.aside.text, entry);
        let (id, before) = (entry.id.clone(), self.aside.was(known.block).to_owned());
        let new = new.unwrap_or(before);
        self.aside.remove(known.block);
        let is_held = |block: &Block| self::entry(block).is_some_and(|entry| entry.id == id);
        if !self.sheet.blocks.iter().any(is_held) {
            return new;
        }
        let fresh = self.fresh(at, twin);
        renamed(&new, &id, &fresh)
    }

    /// A text whose words are there as those of another kind: a paragraph that became an
    /// item brings its translation along, under an id of its kind.
    fn of_other_kind(&mut self, at: usize, twin: usize) -> Option<String> {
        let used: BTreeSet<usize> = self
            .made
            .iter()
            .filter_map(|place| match place {
                Some(Place::Held(own)) => Some(*own),
                _ => None,
            })
            .collect();
        let own = (0..self.held.len()).find(|own| {
            let known = &self.held[*own];
            known.source == self.sources[at]
                && known.kind != self.texts[at].kind
                && !used.contains(own)
                && !self.moved.contains(&known.block)
                && self.is_translated(known)
        })?;
        let known = self.held[own].clone();
        let told = self.told(at, &self.sheet, self.entry(&known), &known.source);
        let entry = self.entry(&known);
        let new = told.rewritten(&self.sheet.text, entry);
        let id = entry.id.clone();
        let new = new.unwrap_or_else(|| self.sheet.was(known.block).to_owned());
        self.moved.insert(known.block);
        self.sheet.remove(known.block);
        self.changes.changed += 1;
        let fresh = self.fresh(at, twin);
        Some(renamed(&new, &id, &fresh))
    }

    /// An id that nothing has or had.
    fn fresh(&mut self, at: usize, twin: usize) -> String {
        let (kind, source) = (self.texts[at].kind, &self.sources[at]);
        let elsewhere = self.ids.of(kind, source, twin).cloned();
        let others = (twin..).chain(0..twin).map(|number| id(kind, source, number));
        let mut all = elsewhere.into_iter().chain(others);
        let fresh = all.find(|id| !self.taken.contains(id)).expect("numbers do not end");
        self.taken.insert(fresh.clone());
        fresh
    }

    /// Puts the translations aside whose texts are gone.
    fn put_aside(&mut self) {
        let used: BTreeSet<usize> = self
            .made
            .iter()
            .filter_map(|place| match place {
                Some(Place::Held(own)) => Some(self.held[*own].block),
                _ => None,
            })
            .collect();
        self.superseded().into_iter().for_each(|at| drop(self.sheet.remove(at)));
        for known in self.held.clone() {
            if used.contains(&known.block) || self.moved.contains(&known.block) {
                continue;
            }
            let (is_translated, is_told_of) =
                (self.is_translated(&known), is_told_of(self.entry(&known)));
            let was = self.gone(&known);
            self.sheet.remove(known.block);
            if is_translated || is_told_of {
                self.changes.obsolete += u64::from(is_translated);
                match self.aside.behind.last_mut() {
                    Some(last) => last.push(was),
                    None => self.aside.first.push(was),
                }
            }
        }
    }

    /// The places of messages that are written elsewhere in the file.
    fn superseded(&self) -> Vec<usize> {
        let all = self.sheet.blocks.iter().filter_map(entry);
        let written: BTreeSet<&str> =
            all.filter(|own| is_translated(own)).map(|own| own.id.as_str()).collect();
        let is_place = |block: &Block| {
            entry(block).is_some_and(|own| {
                !is_translated(own)
                    && written.contains(own.id.as_str())
                    && own.own_comment().next().is_none()
            })
        };
        (0..self.sheet.blocks.len()).filter(|at| is_place(&self.sheet.blocks[*at])).collect()
    }

    /// What is put aside of a message: all of it, and the text that it was for.
    fn gone(&self, known: &Known) -> String {
        let entry = self.entry(known);
        let was = self.sheet.was(known.block).to_owned();
        let was = match entry.source() {
            Some(_) => was,
            None => format!("# source: {}\n{was}", known.source),
        };
        let ids = self.aside.blocks.iter().filter_map(self::entry);
        let ids: BTreeSet<&str> = ids.map(|entry| entry.id.as_str()).collect();
        if !ids.contains(entry.id.as_str()) {
            return was;
        }
        // Two files were merged that had the same message: both live on.
        let other = (2..).map(|number| format!("{}-{number}", entry.id));
        let free = other.into_iter().find(|id| !self.taken.contains(id));
        renamed(&was, &entry.id, &free.expect("numbers do not end"))
    }
}

fn line(known: &Known) -> Line<'_> {
    (known.kind, &known.source)
}

fn entry(block: &Block) -> Option<&Entry> {
    match block {
        Block::Entry(entry) => Some(entry),
        Block::Other(_) => None,
    }
}

fn is_translated(entry: &Entry) -> bool {
    entry.translation.is_some()
}

/// Whether translators have said something of a text.
fn is_told_of(entry: &Entry) -> bool {
    entry.own_comment().any(|line| !line.trim().is_empty())
}

/// A message or the place of one, comment and all, under another id.
fn renamed(message: &str, id: &str, fresh: &str) -> String {
    fn own<'a>(line: &'a str, id: &str) -> Option<&'a str> {
        line.strip_prefix(id).filter(|rest| rest.trim_start().starts_with('='))
    }
    let sign = if message.lines().any(|line| own(line, id).is_some()) { "" } else { "# " };
    let mut out = String::new();
    let mut done = false;
    for line in message.split_inclusive('\n') {
        let own = line.strip_prefix(sign).and_then(|line| own(line, id));
        match own.filter(|_| !done) {
            Some(rest) => {
                done = true;
                out.extend([sign, fresh, rest]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Takes the marks of stale translations away: of those `named`, or of all. Gives the new
/// text, how many were stale, and the names that no message has.
pub fn accept(text: &str, named: &[String]) -> (String, u64, Vec<String>) {
    let mut sheet = Sheet::read(text);
    let mut accepted = 0;
    for at in 0..sheet.blocks.len() {
        let Some(entry) = entry(&sheet.blocks[at]) else { continue };
        if entry.was().is_none() || !(named.is_empty() || named.contains(&entry.id)) {
            continue;
        }
        let told = Told::without_marks(entry);
        let new = told.rewritten(&sheet.text, entry);
        accepted += 1;
        sheet.changed[at] = new;
    }
    let known: BTreeSet<&str> =
        sheet.blocks.iter().filter_map(entry).map(|entry| entry.id.as_str()).collect();
    let unknown = named.iter().filter(|id| !known.contains(id.as_str())).cloned().collect();
    (sheet.written(), accepted, unknown)
}

/// The reference file of a guide for programs that want the source as a translation of its
/// own: the same ids, the source texts as values. No build reads it.
pub fn reference(texts: &[Text], ids: &Ids) -> String {
    let mut out = String::new();
    let mut met: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for text in texts {
        let source = text.wording.text();
        let twin = met.entry((text.kind, source.clone())).or_default();
        let known = ids.of(text.kind, &source, *twin).cloned();
        let mut all = known.into_iter().chain((*twin..).map(|at| id(text.kind, &source, at)));
        let own = all.find(|id| !taken.contains(id)).expect("numbers do not end");
        *twin += 1;
        let comment = super::write::commented(&parts(text));
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{comment}{own} = {source}\n"));
        taken.insert(own);
    }
    out
}

/// How many of a catalogue's messages are for texts of a guide, and how many there are.
pub fn shared(catalogue: &str, texts: &[Text]) -> (usize, usize) {
    let sheet = Sheet::read(catalogue);
    let known: BTreeSet<String> = texts.iter().map(|text| text.wording.text()).collect();
    let sources: Vec<&str> = heard(&sheet.blocks).filter_map(Entry::source).collect();
    let same = sources.iter().filter(|source| known.contains(**source)).count();
    (same, sources.len())
}

#[cfg(test)]
mod tests;
