//! Titles and descriptions as HTML of one line, made once for all pages that show them.
//!
//! In: the cards, the tags and the sections. Out: by entry the lines of each of its texts,
//! and the names that stand on many pages; each is made when it is first asked for.
//! Decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::document::LocaleId;
use crate::render::{RenderOptions, line_html, phrased, text_html};
use crate::resolve::{Card, SiteMap};
use crate::theme::Html;

use super::View;

/// The lines of a site.
#[derive(Debug, Default)]
pub struct Lines {
    locales: usize,
    /// By entry, by the language of its text.
    entries: Vec<OnceLock<Line>>,
    /// By locale: tags, and folders that are sections without a text.
    names: OnceLock<Vec<BTreeMap<String, Html>>>,
}

/// What others show of one text.
#[derive(Debug)]
pub struct Line {
    /// Its title.
    pub title: Html,
    /// One line about it; empty when there is none.
    pub description: Html,
}

impl Lines {
    /// The lines of a site of so many entries and locales, to be made.
    pub fn new(entries: usize, locales: usize) -> Self {
        let slots = std::iter::repeat_with(OnceLock::new).take(entries * locales);
        Self { locales, entries: slots.collect(), names: OnceLock::new() }
    }

    /// Forgets the lines of an entry, whose texts have changed.
    pub fn forget(&mut self, at: usize) {
        self.entries[at * self.locales..(at + 1) * self.locales].fill_with(OnceLock::new);
    }
}

impl View<'_> {
    /// The lines of the text of entry `at` that a reader of `locale` gets.
    pub fn line(&self, at: usize, locale: LocaleId) -> &Line {
        let card = self.map.entries[at].card(locale);
        let slot = at * self.lines.locales + usize::from(card.lang.0);
        self.lines.entries[slot].get_or_init(|| line(card, self.options))
    }

    /// A name in a language, where it is one that many pages show.
    pub(super) fn name(&self, name: &str, lang: LocaleId) -> Option<&Html> {
        let names = self.lines.names.get_or_init(|| names(self.map, self.options));
        names.get(usize::from(lang.0))?.get(name)
    }
}

/// The names of tags and of sections without a text, by their language.
fn names(map: &SiteMap, options: &RenderOptions) -> Vec<BTreeMap<String, Html>> {
    let untitled = map.sections.iter().filter(|(_, section)| section.own.is_none());
    let folders: Vec<&str> = untitled.filter_map(|(path, _)| path.rsplit('/').next()).collect();
    let tags = || map.tags.iter().flat_map(BTreeMap::values);
    let locales = (0u16..).zip(&map.tags).map(|(locale, _)| LocaleId(locale));
    let all = locales.map(|lang| {
        let tags = tags().filter(|tag| tag.lang == lang).map(|tag| tag.name.as_str());
        let all: BTreeSet<&str> = folders.iter().copied().chain(tags).collect();
        all.into_iter().map(|name| (name.to_owned(), plain_html(name, lang, options))).collect()
    });
    all.collect()
}

fn line(card: &Card, options: &RenderOptions) -> Line {
    let written = line_html(&card.title, options);
    let title = if written.is_empty() { text_html(&card.title_text) } else { written };
    Line {
        title: phrased(title, card.title_lang, options),
        description: plain_html(&card.summary, card.lang, options),
    }
}

/// Plain text of a language as HTML.
pub(super) fn plain_html(text: &str, lang: LocaleId, options: &RenderOptions) -> Html {
    phrased(text_html(text), lang, options)
}
