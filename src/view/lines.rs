//! Titles and descriptions as HTML of one line, made once for all pages that show them.
//!
//! In: the cards, the tags and the sections. Out: by entry the lines of each of its texts,
//! and the names that stand on many pages. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::LocaleId;
use crate::memo;
use crate::render::{RenderOptions, line_html, phrased, text_html};
use crate::resolve::{Card, Entry, SiteMap};
use crate::theme::Html;

/// The lines of a site.
#[derive(Debug)]
pub struct Lines {
    entries: Vec<EntryLines>,
    /// By locale: tags, and folders that are sections without a text.
    names: Vec<BTreeMap<String, Html>>,
}

/// The lines of a guide's texts.
#[derive(Debug)]
struct EntryLines {
    source: Line,
    translations: BTreeMap<LocaleId, Line>,
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
    /// The lines of the text of entry `at` that a reader of `locale` gets.
    pub fn of(&self, at: usize, locale: LocaleId) -> &Line {
        let entry = &self.entries[at];
        entry.translations.get(&locale).unwrap_or(&entry.source)
    }

    /// A name in a language, where it is one that many pages show.
    pub(super) fn name(&self, name: &str, lang: LocaleId) -> Option<&Html> {
        self.names.get(usize::from(lang.0))?.get(name)
    }
}

/// The lines of all entries, tags and sections.
pub fn lines(map: &SiteMap, options: &RenderOptions) -> Lines {
    Lines { entries: entries(map, options), names: names(map, options) }
}

fn entries(map: &SiteMap, options: &RenderOptions) -> Vec<EntryLines> {
    let translated = |entry: &Entry| {
        let translations = entry.translations.iter();
        translations.map(|(locale, card)| (*locale, line(card, options))).collect()
    };
    memo::map(&map.entries, |entry| EntryLines {
        source: line(&entry.source, options),
        translations: translated(entry),
    })
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
        title: phrased(title, card.lang, options),
        description: plain_html(&card.summary, card.lang, options),
    }
}

/// Plain text of a language as HTML.
pub(super) fn plain_html(text: &str, lang: LocaleId, options: &RenderOptions) -> Html {
    phrased(text_html(text), lang, options)
}
