//! One state of a site: its site-wide half, and which of its pages have been drawn.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::{Checked, Diagnostic};
use crate::document::LocaleId;
use crate::emit::{Output, Shelf};
use crate::memo::{self, Counters, Fingerprint};
use crate::paths::{OutputPath, UrlPath};
use crate::pipeline::pages::{self, Listing, PageRef, What};
use crate::pipeline::site::Site;
use crate::pipeline::{blocks, extras};
use crate::render::RenderedPage;

use super::index::{Files, Search};
use super::pages::{Drawings, Drawn};

/// How many guides are drawn before it is asked whether to go on.
const PART: usize = 8;

/// A page of this state, once it is known.
type Slot = Mutex<Option<Arc<Drawn>>>;

/// A state.
#[derive(Debug)]
pub(super) struct State {
    pub(super) site: Site,
    /// The index of its search, once a browser has asked for it.
    pub(super) index: Mutex<Option<Arc<Files>>>,
    /// By entry, by locale.
    guides: Vec<Slot>,
    lists: OnceLock<Lists>,
    extras: Mutex<Option<Arc<Extras>>>,
    /// The entries whose pages are to be looked at, the next one last.
    todo: Mutex<Vec<usize>>,
    lists_todo: AtomicBool,
    blocked: AtomicBool,
}

/// The pages that are no guides.
#[derive(Debug)]
struct Lists {
    pages: Vec<(Listing, Slot)>,
    by_url: BTreeMap<UrlPath, usize>,
}

/// Files that are no pages.
#[derive(Debug, Default)]
struct Extras {
    files: BTreeMap<OutputPath, Output>,
    faults: Vec<Diagnostic>,
}

impl State {
    /// The state of a site of which no page is drawn.
    pub(super) fn new(site: Site) -> Self {
        let entries = site.map.entries.len();
        let slots = entries * site.config.locales.len();
        let blocked = AtomicBool::new(site.is_blocked());
        Self {
            guides: std::iter::repeat_with(Slot::default).take(slots).collect(),
            lists: OnceLock::new(),
            extras: Mutex::default(),
            todo: Mutex::new((0..entries).rev().collect()),
            lists_todo: AtomicBool::new(true),
            blocked,
            index: Mutex::default(),
            site,
        }
    }

    /// Whether something keeps it from being shown.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
    }

    /// Whether all its pages were looked at.
    pub(super) fn is_done(&self) -> bool {
        self.todo.lock().expect(UNPOISONED).is_empty() && !self.lists_todo.load(Ordering::Relaxed)
    }

    /// Notes whether faults of what was drawn keep it from being shown.
    fn heed(&self, faults: &[Diagnostic]) -> bool {
        let blocked = !faults.is_empty() && blocks(faults.to_vec(), &self.site.config);
        if blocked {
            self.blocked.store(true, Ordering::Relaxed);
        }
        blocked
    }

    /// Forgets the pages of an entry whose text has changed.
    pub(super) fn forget(&mut self, at: usize) {
        let locales = self.site.config.locales.len();
        let slots = &mut self.guides[at * locales..(at + 1) * locales];
        slots.fill_with(Slot::default);
        *self.index.get_mut().expect(UNPOISONED) = None;
        self.todo.get_mut().expect(UNPOISONED).push(at);
    }

    /// Draws the pages of an entry.
    pub(super) fn draw(&self, at: usize, drawings: &Drawings, counters: &Counters) {
        let by = By { drawings, counters, html: true };
        for (locale, _) in self.site.config.locale_ids() {
            self.guide(at, locale, &by);
        }
    }

    /// Nothing that was drawn keeps it from being shown any more.
    pub(super) fn unblock(&mut self) {
        *self.blocked.get_mut() = false;
    }

    /// Forgets all pages: words have changed that any of them may show.
    pub(super) fn forget_all(&mut self) {
        self.site.forget_words();
        self.guides.fill_with(Slot::default);
        *self.todo.get_mut().expect(UNPOISONED) = (0..self.site.map.entries.len()).rev().collect();
        self.forget_lists();
    }

    /// Forgets all pages that list guides, and the files that name them.
    pub(super) fn forget_lists(&mut self) {
        let sections: Vec<usize> = (0..self.site.map.entries.len())
            .filter(|at| self.site.map.entries[*at].id.is_section())
            .collect();
        sections.into_iter().for_each(|at| self.forget(at));
        self.lists = OnceLock::new();
        *self.lists_todo.get_mut() = true;
        self.forget_extras();
    }

    /// Forgets the files that are no pages.
    pub(super) fn forget_extras(&mut self) {
        *self.extras.get_mut().expect(UNPOISONED) = None;
    }

    fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| {
            let pages = pages::listings(&self.site);
            let by_url =
                pages.iter().enumerate().map(|(at, page)| (page.url.clone(), at)).collect();
            let pages = pages.into_iter().map(|page| (page, Slot::default())).collect();
            Lists { pages, by_url }
        })
    }

    /// The page of a guide, drawn if need be.
    fn guide(&self, at: usize, locale: LocaleId, by: &By<'_>) -> (Arc<Drawn>, Option<Arc<[u8]>>) {
        let site = &self.site;
        let slot = &self.guides[at * site.config.locales.len() + usize::from(locale.0)];
        let path = site.map.entries[at].url(locale).output();
        self.page(slot, &path, by, || {
            let decision = pages::guide(site, at, locale);
            (decision.key(site), move || {
                let tree = pages::tree(site, site.map.entries[at].card(locale), None);
                pages::draw_guide(site, at, decision, &tree)
            })
        })
    }

    fn list(
        &self,
        (listing, slot): &(Listing, Slot),
        by: &By<'_>,
    ) -> (Arc<Drawn>, Option<Arc<[u8]>>) {
        let path = listing.url.output();
        self.page(slot, &path, by, || (listing.key(&self.site), || listing.draw(&self.site)))
    }

    /// The page of a slot: as it is known, else drawn; with its HTML where that was asked for.
    fn page<D: FnOnce() -> Checked<RenderedPage>>(
        &self,
        slot: &Slot,
        path: &OutputPath,
        by: &By<'_>,
        decide: impl Fn() -> (Fingerprint, D),
    ) -> (Arc<Drawn>, Option<Arc<[u8]>>) {
        let mut slot = slot.lock().expect(UNPOISONED);
        let known = slot.clone().or_else(|| {
            let known = by.drawings.known().pages.get(path).cloned()?;
            (known.key == decide().0).then(|| {
                by.counters.reused("render", 1);
                known
            })
        });
        let kept = known.as_ref().and_then(|page| by.drawings.known().html(path, page.print));
        if let Some(page) = known
            && (kept.is_some() || !by.html)
        {
            // Its levels are the settings', which are not in its key.
            self.heed(&page.faults);
            *slot = Some(Arc::clone(&page));
            return (page, kept);
        }
        let (key, draw) = decide();
        let drawn = by.counters.time("render", 1, draw);
        let (page, html) = drawn_page(key, drawn);
        let blocked = self.heed(&page.faults);
        let mut known = by.drawings.known();
        known.note(path, &page);
        if !blocked && (by.html || known.is_looked_at(path)) {
            known.keep(path, page.print, Arc::clone(&html));
        }
        *slot = Some(Arc::clone(&page));
        (page, Some(html))
    }

    /// Goes on with what is left to do; `true` when nothing is.
    pub(super) fn work(&self, drawings: &Drawings, search: &Search, counters: &Counters) -> bool {
        // Nobody must take work that another has begun for work that is done.
        let _turn = search.turn();
        let by = By { drawings, counters, html: false };
        let part: Vec<usize> = {
            let mut todo = self.todo.lock().expect(UNPOISONED);
            let rest = todo.len().saturating_sub(PART);
            todo.split_off(rest)
        };
        if !part.is_empty() {
            let locales = || self.site.config.locale_ids().map(|(locale, _)| locale);
            memo::map(&part, |at| {
                locales().for_each(|locale| drop(self.guide(*at, locale, &by)));
                search.read(&self.site, *at);
            });
            return false;
        }
        if self.lists_todo.swap(false, Ordering::Relaxed) {
            let lists: Vec<_> = self.lists().pages.iter().collect();
            memo::map(&lists, |page| drop(self.list(page, &by)));
            return false;
        }
        self.extras();
        true
    }

    /// The files that are no pages.
    fn extras(&self) -> Arc<Extras> {
        let mut known = self.extras.lock().expect(UNPOISONED);
        let made = || {
            let shelf = Shelf::default();
            let mut faults = Vec::new();
            let counters = Counters::new(|| std::time::Duration::ZERO);
            // Which pictures are published hangs on all pages.
            for at in 0..self.site.map.entries.len() {
                for (locale, _) in self.site.config.locale_ids() {
                    self.site.answers(at, locale);
                }
            }
            extras::files(&self.site, &shelf, &counters, &mut faults);
            self.heed(&faults);
            Arc::new(Extras { files: shelf.into_files(), faults })
        };
        Arc::clone(known.get_or_insert_with(made))
    }

    /// How many pages it has.
    pub(super) fn pages(&self) -> usize {
        let lists = self.lists().pages.iter();
        self.guides.len()
            + lists.filter(|(page, _)| !matches!(page.what, What::Redirect(_))).count()
    }

    /// What is wrong with it, as far as it was looked at, in the order of a build.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut all = self.site.all_faults();
        let locales = self.site.config.locales.len();
        let mut take = |slot: &Slot| {
            let slot = slot.lock().expect(UNPOISONED);
            all.extend(slot.iter().flat_map(|page| page.faults.iter().cloned()));
        };
        for at in 0..self.site.map.entries.len() {
            // Most pages are without fault.
            let own = &self.guides[at * locales..(at + 1) * locales];
            if own.iter().any(has_faults) {
                let shown = pages::texts(&self.site, at).into_iter().flat_map(|(_, all)| all);
                shown.for_each(|locale| take(&own[usize::from(locale.0)]));
            }
        }
        let lists = self.lists.get().into_iter().flat_map(|lists| &lists.pages);
        lists.for_each(|(_, slot)| take(slot));
        let extras = self.extras.lock().expect(UNPOISONED);
        all.extend(extras.iter().flat_map(|extras| extras.faults.iter().cloned()));
        all
    }

    /// The file at a path.
    pub(super) fn file(
        &self,
        path: &OutputPath,
        drawings: &Drawings,
        counters: &Counters,
    ) -> Option<Output> {
        let by = By { drawings, counters, html: true };
        let text = path.as_str();
        let url =
            text.strip_suffix("index.html").filter(|url| url.is_empty() || url.ends_with('/'));
        let page = |url: &str| match pages::page_at(&self.site, url) {
            PageRef::Guide(at, locale) => Some(self.guide(at, locale, &by)),
            PageRef::List => {
                let lists = self.lists();
                let at = *lists.by_url.get(&UrlPath::new(url)?)?;
                Some(self.list(&lists.pages[at], &by))
            }
        };
        if let Some((_, html)) = page(url.unwrap_or(text)) {
            return html.map(|html| Output::Write(html.to_vec()));
        }
        if let Some(style) = drawings.known().styles.get(path) {
            return Some(Output::Write(style.as_bytes().to_vec()));
        }
        self.other(path)
    }

    /// The file at a path that is no page.
    fn other(&self, path: &OutputPath) -> Option<Output> {
        let known = self.extras.lock().expect(UNPOISONED).clone();
        if let Some(extras) = known {
            return extras.files.get(path).cloned();
        }
        // Not all pages have been looked at, so it is not known yet which pictures any of
        // them shows; a page that asks for one shows it.
        extras::one(&self.site, path)
    }

    /// All files. All pages must have been looked at.
    pub(super) fn all_files(
        &self,
        drawings: &Drawings,
        counters: &Counters,
    ) -> BTreeMap<OutputPath, Output> {
        let by = By { drawings, counters, html: true };
        let mut files = self.extras().files.clone();
        let mut put = |url: &UrlPath, (page, html): (Arc<Drawn>, Option<Arc<[u8]>>)| {
            let html = html.expect("it was asked for");
            files.insert(url.output(), Output::Write(html.to_vec()));
            let style = page.style.clone();
            files.extend(style.map(|(path, css)| (path, Output::Write(css.as_bytes().to_vec()))));
        };
        for (at, entry) in self.site.map.entries.iter().enumerate() {
            for (locale, _) in self.site.config.locale_ids() {
                put(entry.url(locale), self.guide(at, locale, &by));
            }
        }
        for page in &self.lists().pages {
            put(&page.0.url, self.list(page, &by));
        }
        files
    }
}

fn drawn_page(key: Fingerprint, drawn: Checked<RenderedPage>) -> (Arc<Drawn>, Arc<[u8]>) {
    let RenderedPage { html, style } = drawn.value;
    let page = Drawn {
        key,
        print: Fingerprint::of_bytes(&html),
        style: style.map(|(path, css)| (path, Arc::from(css))),
        faults: drawn.diagnostics,
    };
    (Arc::new(page), html.into())
}

fn has_faults(slot: &Slot) -> bool {
    slot.lock().expect(UNPOISONED).as_ref().is_some_and(|page| !page.faults.is_empty())
}

const UNPOISONED: &str = "nothing panics while it holds the lock";

/// With what pages are drawn, and whether their HTML is wanted.
struct By<'a> {
    drawings: &'a Drawings,
    counters: &'a Counters,
    html: bool,
}
