//! Titles and descriptions as HTML of one line, made once for all pages that show them.
//!
//! In: the cards. Out: by entry the lines of each of its texts. Decides nothing.

use std::collections::BTreeMap;

use crate::document::LocaleId;
use crate::memo;
use crate::render::{RenderOptions, line_html, phrased, text_html};
use crate::resolve::{Card, Entry, SiteMap};
use crate::theme::Html;

/// The lines of a guide's texts.
#[derive(Debug)]
pub struct Lines {
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
    /// The lines of the text that a reader of `locale` gets.
    pub fn of(&self, locale: LocaleId) -> &Line {
        self.translations.get(&locale).unwrap_or(&self.source)
    }
}

/// The lines of all entries, in their order.
pub fn lines(map: &SiteMap, options: &RenderOptions) -> Vec<Lines> {
    let translated = |entry: &Entry| {
        let translations = entry.translations.iter();
        translations.map(|(locale, card)| (*locale, line(card, options))).collect()
    };
    memo::map(&map.entries, |entry| Lines {
        source: line(&entry.source, options),
        translations: translated(entry),
    })
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
