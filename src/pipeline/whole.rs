//! All pages of a site, each drawn, handed to the sink, and let go.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::emit::{Output, Sink};
use crate::memo::Counters;
use crate::paths::UrlPath;
use crate::render::RenderedPage;
use crate::search::index::Collector;

use super::pages::{self, What};
use super::searching::{self, Drafts};
use super::site::Site;

/// How many guides are drawn before what they give to the search is put in order.
const PART: usize = 1_024;

/// Works out the answers to all references.
pub(super) fn answers(site: &Site, counters: &Counters) {
    let entries: Vec<usize> = (0..site.map.entries.len()).collect();
    counters.map("resolve", &entries, |at| {
        site.config.locale_ids().for_each(|(locale, _)| {
            site.answers(*at, locale);
        });
    });
}

/// Draws every page of the site, and says how many there are.
pub(super) fn all(
    site: &Site,
    sink: &dyn Sink,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) -> u64 {
    let guides = guides(site, sink, counters, faults);
    guides + lists(site, sink, counters, faults)
}

/// Draws the pages of guides, and of sections by their own texts, in every locale.
fn guides(site: &Site, sink: &dyn Sink, counters: &Counters, faults: &mut Vec<Diagnostic>) -> u64 {
    let entries: Vec<usize> = (0..site.map.entries.len()).collect();
    let collector =
        site.map.search.then(|| Collector::new(site.config.locales.len(), entries.len()));
    let mut indexes = searching::indexes(site);
    let numbers = site.config.locales.len() + 1;
    let draw = |at: &usize| {
        let mut faults = Vec::new();
        let mut drafts = Drafts::new();
        let mut source = None;
        for (number, (card, locales)) in (numbers * *at..).zip(pages::texts(site, *at)) {
            let tree = pages::tree(site, card, source.as_ref());
            source = source.or_else(|| Some(Arc::clone(&tree)));
            let number = u32::try_from(number).expect("texts are counted in 32 bits");
            let collector = collector.as_ref().map(|collector| (collector, number));
            drafts
                .extend(collector.and_then(|all| searching::read(site, all, *at, &locales, &tree)));
            for locale in locales {
                let decision = pages::guide(site, *at, locale);
                let page = pages::draw_guide(site, *at, decision, &tree);
                faults.extend(page.diagnostics);
                write(sink, site.map.entries[*at].url(locale), page.value);
            }
        }
        (faults, drafts)
    };
    let view = site.view();
    counters.map_parts("render", (&entries, PART), draw, |drawn| {
        let (found, drafts): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
        faults.extend(found.into_iter().flatten());
        let drafts: Drafts = drafts.into_iter().flatten().collect();
        searching::settle(&view, &drafts, &mut indexes, sink);
    });
    if let Some(collector) = collector {
        let texts = entries.len();
        counters.time("search", texts, || searching::finish(site, &collector, indexes, sink));
    }
    (site.map.entries.len() * site.config.locales.len()) as u64
}

fn write(sink: &dyn Sink, url: &UrlPath, page: RenderedPage) {
    sink.put(&url.output(), Output::Write(page.html));
    if let Some((path, css)) = page.style {
        sink.put(&path, Output::Write(css.into_bytes()));
    }
}

/// Draws all pages that are no guides.
fn lists(site: &Site, sink: &dyn Sink, counters: &Counters, faults: &mut Vec<Diagnostic>) -> u64 {
    let listings = pages::listings(site);
    let drawn = counters.map("lists", &listings, |listing| {
        let page = listing.draw(site);
        write(sink, &listing.url, page.value);
        page.diagnostics
    });
    faults.extend(drawn.into_iter().flatten());
    let pages = listings.iter().filter(|listing| !matches!(listing.what, What::Redirect(_)));
    pages.count() as u64
}
