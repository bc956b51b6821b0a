//! A site under edit: the site-wide half is held and follows the files, pages are drawn
//! when they are asked for, and all of them when there is time.
//!
//! In: the files once, then what became of some of them. Out: files of the published site
//! by path, and everything that is wrong, both as a clean build of the same files would
//! give them. Whoever asks is answered from one state of the site; a state that may not be
//! shown leaves the one before it in place.
//!
//! An edit of a guide's text alone, as seen from other pages the same, is put into the
//! state that is there (`amend`); any other makes a new one, for which only what has other
//! arguments is run again (`memory`, and the keys of pages).

mod amend;
mod index;
mod pages;
mod state;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::config::yaml::Source;
use crate::config::{self, Config};
use crate::diagnostic::{Checked, Diagnostic};
use crate::emit::Output;
use crate::input::{Contents, InputFile, Inputs, Layer};
use crate::memo::Counters;
use crate::paths::{OutputPath, SitePath};
use crate::resolve::CardHeading;
use crate::text::FileId;

use super::memory::Memory;
use super::pages::{self as pages_of, PageRef};
use super::site::{self, Parts};
use super::{Options, leveled, once, overridden};
use index::Search;
use pages::Drawings;
use state::State;
pub use survey::{Survey, SurveyedGuide, SurveyedPicture};

/// The file of the settings.
const SETTINGS: &str = "shirube.yaml";

/// The folder of the indexes of the search.
const INDEX: &str = "search-index/";

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Which, relative to the site.
    pub path: SitePath,
    /// What it holds now; `None` when it is gone.
    pub contents: Option<Contents>,
}

/// What an edit did to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The files are what they were.
    Same,
    /// Texts of these guides changed, and nothing that other pages show: their addresses in
    /// the source locale.
    Amended(Vec<String>),
    /// The site was put together anew.
    Remade,
}

/// What the program is asked for, which may hang on the settings.
pub type Asked = Box<dyn Fn(&Config) -> Options + Send + Sync>;

/// A site under edit.
pub struct Session {
    counters: Counters,
    asked: Asked,
    /// Held by whoever changes the site: one at a time.
    memory: Mutex<Held>,
    states: RwLock<States>,
    drawings: Drawings,
    search: Search,
}

/// What only edits need.
#[derive(Debug)]
struct Held {
    memory: Memory,
    /// The number of every file that the session has seen.
    ids: BTreeMap<SitePath, FileId>,
    /// The settings' file as it was read, and what it says.
    settings: Option<Contents>,
    /// What they say; while they cannot be read, what they said before, and then `unread`
    /// says why.
    config: Checked<Config>,
    unread: Vec<Diagnostic>,
    options: Options,
}

/// The newest state of the site, and the one that is shown in its place where it may not be.
#[derive(Debug)]
struct States {
    newest: State,
    good: Option<State>,
    /// Why the settings are those of before.
    unread: Vec<Diagnostic>,
}

impl States {
    /// The state that is shown; `None` where there never was a good one.
    fn shown(&self) -> Option<&State> {
        if self.newest.is_blocked() { self.good.as_ref() } else { Some(&self.newest) }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("states", &self.states).finish_non_exhaustive()
    }
}

impl Session {
    /// The session of the site that `inputs` are.
    pub fn new(inputs: Inputs, asked: Asked, counters: Counters) -> Self {
        let ids = inputs.files.iter().filter(|file| file.layer == Layer::Site);
        let ids = ids.map(|file| (file.path.clone(), file.id)).collect();
        let mut memory = Memory::default();
        let (settings, config) = settings(&inputs);
        let options = asked(&config.value);
        let parts = Parts {
            inputs: Arc::new(inputs),
            config: overridden(config.clone(), &options),
            options: Arc::new(options.clone()),
            former: None,
        };
        let newest = State::new(site::site(parts, &mut memory, &counters));
        Self {
            counters,
            asked,
            memory: Mutex::new(Held { memory, ids, settings, config, unread: Vec::new(), options }),
            states: RwLock::new(States { newest, good: None, unread: Vec::new() }),
            drawings: Drawings::default(),
            search: Search::default(),
        }
    }

    /// What ran so far, by stage.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Takes edits in.
    pub fn edit(&self, edits: Vec<Edit>) -> Step {
        let mut held = self.memory.lock().expect("an edit that panics ends the session");
        let held = &mut *held;
        let edits = self.real(edits);
        let as_before = !edits.iter().any(|edit| edit.path.as_str() == SETTINGS)
            && (self.asked)(&held.config.value) == held.options;
        if edits.is_empty() && as_before {
            return Step::Same;
        }
        if as_before && let Some(amended) = self.amend(&edits, &mut held.memory) {
            return Step::Amended(amended);
        }
        let (alike, only_look) = (self.are_alike(&edits), edits.iter().all(is_of_look));
        let inputs = self.with_edits(edits, &mut held.ids);
        if !(as_before && alike && only_look && self.look_anew(&inputs, &mut held.memory)) {
            self.remake(inputs, alike, held);
        }
        Step::Remade
    }

    /// Shows the newest state with other files of its theme or words, where that is possible.
    fn look_anew(&self, inputs: &Inputs, memory: &mut Memory) -> bool {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        if states.newest.is_blocked() {
            return false;
        }
        let site = states.newest.site.with_look(inputs.clone(), memory, &self.counters);
        drop(states);
        site.map(|site| self.become_state(State::new(site))).is_some()
    }

    /// Whether edits change what is in files, and no file's kind.
    fn are_alike(&self, edits: &[Edit]) -> bool {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let inputs = &states.newest.site.inputs;
        let is_text = |contents: Option<&Contents>| matches!(contents, Some(Contents::Text(_)));
        edits
            .iter()
            .all(|edit| is_text(edit.contents.as_ref()) && is_text(contents_at(inputs, &edit.path)))
    }

    /// Puts the site together anew, with what is known of its repository.
    pub fn refresh(&self, changed: BTreeMap<SitePath, crate::dates::Day>, shallow: bool) -> Step {
        let mut held = self.memory.lock().expect("an edit that panics ends the session");
        let mut inputs = self.with_edits(Vec::new(), &mut held.ids);
        if inputs.changed == changed && inputs.shallow == shallow {
            return Step::Same;
        }
        (inputs.changed, inputs.shallow) = (changed, shallow);
        self.remake(inputs, true, &mut held);
        Step::Remade
    }

    /// Puts the site together anew; `alike` where only texts of files are others.
    fn remake(&self, inputs: Inputs, alike: bool, held: &mut Held) {
        let read = settings(&inputs);
        if read.0 != held.settings {
            held.settings = read.0;
            // A site that is put together with other settings would be another site.
            if super::blocks(read.1.diagnostics.clone(), &read.1.value) {
                held.unread = read.1.diagnostics;
            } else {
                (held.config, held.unread) = (read.1, Vec::new());
            }
        }
        held.options = (self.asked)(&held.config.value);
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let parts = Parts {
            inputs: Arc::new(inputs),
            config: overridden(held.config.clone(), &held.options),
            options: Arc::new(held.options.clone()),
            former: Some((&states.newest.site, alike)),
        };
        let site = site::site(parts, &mut held.memory, &self.counters);
        drop(states);
        self.become_state(State::new(site));
        let mut states = self.states.write().unwrap_or_else(PoisonError::into_inner);
        states.unread.clone_from(&held.unread);
    }

    fn become_state(&self, next: State) {
        let mut states = self.states.write().unwrap_or_else(PoisonError::into_inner);
        let former = std::mem::replace(&mut states.newest, next);
        // One of which not all was looked at may yet prove unfit to be seen.
        let unproven = former.is_blocked() || (states.good.is_some() && !former.is_done());
        let unused = if unproven { Some(former) } else { states.good.replace(former) };
        drop(states);
        // What a large state holds takes a while to be given back.
        std::thread::spawn(move || drop(unused));
    }

    /// Those of `edits` that change something.
    pub fn real(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let inputs = &states.newest.site.inputs;
        let is_new = |edit: &Edit| contents_at(inputs, &edit.path) != edit.contents.as_ref();
        edits.into_iter().filter(is_new).collect()
    }

    /// The newest files with edits.
    fn with_edits(&self, edits: Vec<Edit>, ids: &mut BTreeMap<SitePath, FileId>) -> Inputs {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let old = &states.newest.site.inputs;
        let own = old.files.partition_point(|file| file.layer == Layer::Site);
        let mut files = old.files[..own].to_vec();
        let builtin = &old.files[own..];
        let used = builtin.iter().map(|file| file.id.0).max();
        let mut next = ids.values().map(|id| id.0).max().max(used).map_or(0, |id| id + 1);
        for Edit { path, contents } in edits {
            match (files.binary_search_by(|file| file.path.cmp(&path)), contents) {
                (Ok(at), Some(contents)) => files[at].contents = contents,
                (Ok(at), None) => drop(files.remove(at)),
                (Err(_), None) => {}
                (Err(at), Some(contents)) => {
                    let id = *ids.entry(path.clone()).or_insert_with(|| {
                        next += 1;
                        FileId(next - 1)
                    });
                    files.insert(at, InputFile { id, path, layer: Layer::Site, contents });
                }
            }
        }
        files.extend_from_slice(builtin);
        let mut inputs = Inputs::new(files);
        (inputs.changed, inputs.shallow) = (old.changed.clone(), old.shallow);
        inputs
    }

    /// The file at a path of the published site, drawn if need be.
    pub fn file(&self, path: &OutputPath) -> Option<Output> {
        if path.as_str().starts_with(INDEX) {
            return self.index_file(path);
        }
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        if !states.newest.is_blocked() {
            let found = states.newest.file(path, &self.drawings, &self.counters);
            // Drawing may have shown that this state is not fit to be seen.
            if !states.newest.is_blocked() || states.good.is_none() {
                return found;
            }
        }
        match &states.good {
            Some(good) => good.file(path, &self.drawings, &self.counters),
            None => self.drawings.known().last(path),
        }
    }

    /// A file of the index of the search, which is of all texts.
    fn index_file(&self, path: &OutputPath) -> Option<Output> {
        self.work(&|| false);
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        self.search.file(states.shown()?, path)
    }

    /// Whether there are pages that may be shown.
    pub fn has_pages(&self) -> bool {
        self.states.read().unwrap_or_else(PoisonError::into_inner).shown().is_some()
    }

    /// Whether the settings cannot be read, so that those of before hold.
    pub fn has_old_settings(&self) -> bool {
        !self.states.read().unwrap_or_else(PoisonError::into_inner).unread.is_empty()
    }

    /// Whether the newest state may not be shown.
    pub fn is_blocked(&self) -> bool {
        self.states.read().unwrap_or_else(PoisonError::into_inner).newest.is_blocked()
    }

    /// Goes on with what is left to be drawn and checked, until all is done (`true`) or
    /// `stop` says so.
    pub fn work(&self, stop: &dyn Fn() -> bool) -> bool {
        loop {
            let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
            if states.newest.work(&self.drawings, &self.search, &self.counters) {
                let stale = states.good.is_some() && !states.newest.is_blocked();
                self.drawings.known().prune(states.newest.pages());
                drop(states);
                if stale {
                    self.states.write().unwrap_or_else(PoisonError::into_inner).good = None;
                }
                return true;
            }
            drop(states);
            if stop() {
                return false;
            }
        }
    }

    /// Everything that is wrong with the newest state, as far as it was looked at: all, when
    /// [`Session::work`] has come to its end.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let mut faults = states.newest.faults();
        faults.extend(states.unread.iter().cloned());
        leveled(once::once(faults), &states.newest.site.config)
    }

    /// Calls `work` with the newest files.
    pub fn inputs<R>(&self, work: impl FnOnce(&Inputs) -> R) -> R {
        work(&self.states.read().unwrap_or_else(PoisonError::into_inner).newest.site.inputs)
    }

    /// How many pages the newest state has.
    pub fn pages(&self) -> usize {
        self.states.read().unwrap_or_else(PoisonError::into_inner).newest.pages()
    }

    /// The paths of the newest state's own files.
    pub fn paths(&self) -> Vec<SitePath> {
        self.inputs(|inputs| {
            let own = inputs.files.iter().filter(|file| file.layer == Layer::Site);
            own.map(|file| file.path.clone()).collect()
        })
    }

    /// The files that the page at an address is made from: `account/x/`.
    pub fn sources_of(&self, url: &str) -> BTreeSet<String> {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let site = &states.newest.site;
        let PageRef::Guide(at, locale) = pages_of::page_at(site, url) else {
            return BTreeSet::new();
        };
        let card = site.map.entries[at].card(locale);
        let files = std::iter::once(&card.file).chain(&card.included);
        let paths = files.filter_map(|id| site.inputs.file(*id));
        paths.map(|file| file.path.as_str().to_owned()).collect()
    }

    /// The address of the page that the file at `path` is a text of, and the anchor before a
    /// byte of it.
    pub fn place_of(&self, path: &str, byte: usize) -> Option<(String, Option<String>)> {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let site = &states.shown()?.site;
        let file = site.inputs.files.iter().find(|file| file.path.as_str() == path)?.id;
        let entry = &site.map.entries[*site.map.files.get(&file)?];
        let cards = std::iter::once(&entry.source).chain(entry.translations.values());
        let card = cards.into_iter().find(|card| card.file == file)?;
        let anchors = &entry.anchors(card.lang).headings;
        let before = |heading: &CardHeading| {
            heading.span.file == file && heading.span.bytes.start as usize <= byte
        };
        let last = card.headings.iter().zip(anchors).take_while(|(heading, _)| before(heading));
        let anchor = last.last().map(|(_, anchor)| anchor.id.clone());
        Some((entry.url(card.lang).as_str().to_owned(), anchor))
    }

    /// The newest state at a glance.
    pub fn survey(&self) -> Survey {
        let held = self.memory.lock().expect("an edit that panics ends the session");
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        survey::survey(&states.newest.site, &held.memory)
    }

    /// How far the newest state's guides are translated. Reads all of them.
    pub fn standings(&self) -> Vec<super::GuideStanding> {
        let (inputs, config) = {
            let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
            let site = &states.newest.site;
            (Arc::clone(&site.inputs), Arc::clone(&site.config))
        };
        super::standings(&inputs, &config, &self.counters)
    }

    /// How many files the index of the search has, and how many bytes; none where nobody has
    /// asked for it.
    pub fn index_size(&self) -> (usize, u64) {
        self.search.size()
    }

    /// All files of the published site, as [`super::build`] would hand them to its sink.
    pub fn files(&self) -> BTreeMap<OutputPath, Output> {
        while !self.work(&|| false) {}
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = states.shown() else { return BTreeMap::new() };
        let mut files = state.all_files(&self.drawings, &self.counters);
        let index = self.search.files(state);
        files.extend(index.iter().map(|(path, output)| (path.clone(), output.clone())));
        files
    }
}

/// The file of the settings, and what it says.
fn settings(inputs: &Inputs) -> (Option<Contents>, Checked<Config>) {
    let file = inputs.files.iter().find(|file| file.path.as_str() == SETTINGS);
    let source = file.and_then(|file| Some(Source::whole(file.id, inputs.shared_text(file.id)?)));
    (file.map(|file| file.contents.clone()), config::read(source))
}

/// What a file of the site holds.
fn contents_at<'a>(inputs: &'a Inputs, path: &SitePath) -> Option<&'a Contents> {
    let own = inputs.files.partition_point(|file| file.layer == Layer::Site);
    let files = &inputs.files[..own];
    let at = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
    Some(&files[at].contents)
}

/// Whether an edit is of a theme or of words.
fn is_of_look(edit: &Edit) -> bool {
    let words = edit.path.below("locales");
    edit.path.below("themes").is_some() || words.is_some_and(super::memory::is_of_interface)
}
