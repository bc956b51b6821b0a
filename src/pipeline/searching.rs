//! The index of the search, made in the same run as the pages and from the same trees.
//!
//! Guides are read as their pages are drawn, on any thread; what they give is put to the
//! indexes in the order of the site. Nothing is made where the theme does not search.

use std::sync::Arc;

use crate::config::{Config, Locale, yaml};
use crate::diagnostic::Diagnostic;
use crate::document::LocaleId;
use crate::emit::{Output, Sink};
use crate::input::{Inputs, Layer};
use crate::memo::{self, Fingerprint};
use crate::messages::TermWords;
use crate::parse;
use crate::paths::{OutputPath, encoded};
use crate::resolve::Card;
use crate::search::index::{self, Collector, Draft, File, Filters, Index};
use crate::search::synonyms::{self, Group, Table};
use crate::search::{Head, record};
use crate::view::View;

use super::site::Site;

/// What one guide gives to the indexes.
pub(super) type Drafts = Vec<Drafted>;

/// One text of a guide, with the locales that show it.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) at: usize,
    /// The number under which it was read.
    pub(super) number: u32,
    pub(super) locales: Vec<LocaleId>,
    pub(super) draft: Arc<Draft>,
}

/// The fingerprint of everything that reading a text depends on.
pub(super) fn key(site: &Site, at: usize, locales: &[LocaleId]) -> Option<Fingerprint> {
    let entry = &site.map.entries[at];
    let shown = *locales.first()?;
    let card = entry.card(shown);
    let tags: Vec<&str> = site.map.tags_of(at, shown).map(|tag| tag.name.as_str()).collect();
    let found = is_found(card, &entry.source).then_some(entry.id.is_section());
    let text = (site.serials[&card.file], &card.title_text, card.described, &card.summary);
    let words = (&card.front.keywords, tags, entry.anchors(shown).below_title());
    Some(Fingerprint::of(&(found, text, words, locales)))
}

/// Reads the text of entry `at` that `locales` show, as `number`; `None` where search does
/// not find it.
pub(super) fn read(
    site: &Site,
    (collector, number): (&Collector, u32),
    at: usize,
    locales: &[LocaleId],
    guide: &parse::Guide,
) -> Option<Drafted> {
    let entry = &site.map.entries[at];
    let shown = *locales.first()?;
    let card = entry.card(shown);
    if !is_found(card, &entry.source) {
        return None;
    }
    let words = card.front.keywords.iter().map(String::as_str);
    let tags = site.map.tags_of(at, shown).map(|tag| tag.name.as_str());
    let anchors = entry.anchors(shown).below_title();
    let source = record::Source {
        title: &card.title_text,
        keywords: words.chain(tags).collect(),
        description: if card.described { &card.summary } else { "" },
        blocks: &guide.document.blocks,
        anchors: anchors.iter().map(|anchors| anchors.id.as_str()).collect(),
    };
    let record = record::record(&source);
    if entry.id.is_section() && !record.has_text() {
        return None;
    }
    let places: Vec<usize> = locales.iter().map(|locale| usize::from(locale.0)).collect();
    let draft = Arc::new(collector.read(&record, number, &places));
    Some(Drafted { at, number, locales: locales.to_vec(), draft })
}

/// Whether front matter lets search find a guide: a translation says it for itself.
fn is_found(card: &Card, source: &Card) -> bool {
    card.front.search.or(source.front.search).unwrap_or(true)
}

/// The indexes of all locales, empty.
pub(super) fn indexes(site: &Site) -> Vec<Index> {
    site.config.locales.iter().map(|locale| Index::new(locale.as_str())).collect()
}

/// Puts what guides gave to the indexes, and their files to the sink.
pub(super) fn settle(view: &View<'_>, drafts: &[Drafted], indexes: &mut [Index], sink: &dyn Sink) {
    let mut files = Vec::new();
    for drafted in drafts {
        for locale in &drafted.locales {
            let (head, filters) = head(view, drafted.at, *locale);
            let index = &mut indexes[usize::from(locale.0)];
            files.extend(index.add(drafted.number, &head, &filters, &drafted.draft));
        }
    }
    put(sink, files);
}

fn put(sink: &dyn Sink, files: Vec<File>) {
    memo::each(files, |file| {
        let path = OutputPath::new(&file.path).expect("names of files are letters and digits");
        sink.put(&path, Output::Write(file.text.into_bytes()));
    });
}

/// What results show of a guide, and by what they are narrowed.
fn head(view: &View<'_>, at: usize, locale: LocaleId) -> (Head, Filters) {
    let entry = &view.map.entries[at];
    let card = entry.card(locale);
    let outer = |path: &str| path.rsplit_once('/').map_or("", |(outer, _)| outer).to_owned();
    let mut section = entry.id.section().to_owned();
    let mut sections = Vec::new();
    let mut around = section.clone();
    while !around.is_empty() {
        sections.push(view.section_link(&around, locale).path);
        around = outer(&around);
    }
    if entry.id.is_section() {
        section = outer(&section);
    }
    let title = (!section.is_empty()).then(|| view.section_link(&section, locale).title);
    let tags: Vec<String> = view.map.tags_of(at, locale).map(|tag| tag.name.clone()).collect();
    let head = Head {
        url: encoded(entry.url(locale).as_str()),
        title: card.title_text.clone(),
        section: title.unwrap_or_default(),
        lang: (card.lang != locale).then(|| view.config.locale(card.lang).as_str().to_owned()),
        tags: tags.clone(),
    };
    (head, Filters { sections, tags })
}

/// Writes what is left of the indexes.
pub(super) fn finish(site: &Site, collector: &Collector, indexes: Vec<Index>, sink: &dyn Sink) {
    let table = |(locale, tag): (LocaleId, &Locale)| {
        let written = own(&site.inputs, tag).map(|source| synonyms::groups(source).value);
        let mut own = written.unwrap_or_default();
        own.extend(site.messages().terms(locale).values().filter_map(spoken));
        Table { own, shipped: synonyms::shipped(tag.as_str()) }
    };
    let tables: Vec<Table> = site.config.locale_ids().map(table).collect();
    index::finish(collector, indexes, &tables, &|files| put(sink, files));
}

/// The words for which a term stands: what it says, how that is read, and its synonyms.
fn spoken(term: &TermWords) -> Option<Group> {
    let said = term.told.said.as_ref().filter(|_| term.own)?;
    let others = term.yomi.iter().chain(&term.synonyms).cloned();
    let group: Group = std::iter::once(said.text.to_string()).chain(others).collect();
    (group.len() > 1).then_some(group)
}

/// What is wrong with the site's own synonyms.
pub(super) fn faults(inputs: &Inputs, config: &Config) -> Vec<Diagnostic> {
    let sources = config.locales.iter().filter_map(|locale| own(inputs, locale));
    sources.flat_map(|source| synonyms::groups(source).diagnostics).collect()
}

/// The site's own synonyms of a locale.
fn own<'a>(inputs: &'a Inputs, locale: &Locale) -> Option<yaml::Source<'a>> {
    let path = format!("locales/{}/synonyms.yaml", locale.as_str());
    let mut files = inputs.files.iter();
    let file = files.find(|file| file.layer == Layer::Site && file.path.as_str() == path)?;
    let text = inputs.text(file.id)?;
    Some(yaml::Source::whole(file.id, text))
}
