//! All cards → the map of the site: addresses, sections, order, tags, neighbours.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, code};
use crate::discover::{Asset, GuideId};
use crate::document::LocaleId;
use crate::parse::FrontMatter;
use crate::paths::UrlPath;
use crate::text::{FileId, Span};

use super::address::{self, Addresses};
use super::anchor::{Anchors, aligned, anchors};
use super::card::Card;
use super::owners::Owners;
use super::tags;

/// A guide with all its texts, and where it is.
#[derive(Debug)]
pub struct Entry {
    /// Its identity.
    pub id: GuideId,
    /// Its source text, from outside.
    pub source: Arc<Card>,
    /// Its translations, from outside.
    pub translations: BTreeMap<LocaleId, Arc<Card>>,
    /// For each locale the one whose text its readers get: itself, or one that stands in.
    pub shown: Vec<LocaleId>,
    /// Its address by locale.
    pub urls: Vec<UrlPath>,
    /// The keys of its tags, by locale, in the order written.
    pub tags: Vec<Vec<String>>,
    /// The anchors of its texts.
    pub anchored: Arc<Anchored>,
}

/// The anchors of a guide's texts.
#[derive(Debug, Clone, Default)]
pub struct Anchored {
    /// Those of the source text.
    pub source: Anchors,
    /// Those of translations.
    translations: BTreeMap<LocaleId, Anchors>,
    /// What is wrong with them.
    pub faults: Vec<Diagnostic>,
}

impl Entry {
    /// The text that a reader of `locale` gets.
    pub fn card(&self, locale: LocaleId) -> &Card {
        self.translations.get(&self.shown_in(locale)).unwrap_or(&self.source)
    }

    /// The locale whose text a reader of `locale` gets.
    pub fn shown_in(&self, locale: LocaleId) -> LocaleId {
        self.shown.get(usize::from(locale.0)).copied().unwrap_or_default()
    }

    /// Whether `locale` has a text of its own.
    pub fn is_written_in(&self, locale: LocaleId) -> bool {
        locale == LocaleId::default() || self.translations.contains_key(&locale)
    }

    /// The anchors on the page of `locale`.
    pub fn anchors(&self, locale: LocaleId) -> &Anchors {
        self.anchored.translations.get(&self.shown_in(locale)).unwrap_or(&self.anchored.source)
    }

    /// Its address in `locale`.
    pub fn url(&self, locale: LocaleId) -> &UrlPath {
        &self.urls[usize::from(locale.0)]
    }

    /// Makes the anchors of its texts anew, and notes what is wrong with them.
    pub fn give_anchors(&mut self, config: &Config) {
        let texts: Vec<_> = self.source.headings.iter().map(|h| h.text.clone()).collect();
        let extra = config.markdown.extra_anchors;
        let mut own = anchors(&texts, &self.source.html_ids, extra);
        own.titled = self.source.titled;
        let mut faults = ids_given_twice(&self.source);
        faults.extend(self.translations.values().flat_map(|card| ids_given_twice(card)));
        let translated = self.translations.iter().map(|(locale, card)| {
            (*locale, translated_anchors(&self.source, &own, card, config, &mut faults))
        });
        let translations = translated.collect();
        self.anchored = Arc::new(Anchored { source: own, translations, faults });
    }

    /// Whether it has the very texts of another.
    fn has_texts_of(&self, other: &Self) -> bool {
        let same = |a: &Arc<Card>, b: &Arc<Card>| Arc::ptr_eq(a, b);
        let (own, others) = (&self.translations, &other.translations);
        same(&self.source, &other.source)
            && own.len() == others.len()
            && own.iter().zip(others).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
    }
}

/// A folder of guides.
#[derive(Debug, Default)]
pub struct Section {
    /// The entry of its own text.
    pub own: Option<usize>,
    /// Its guides, in order.
    pub guides: Vec<usize>,
    /// The sections in it, in order, as paths.
    pub sections: Vec<String>,
    /// Its address by locale.
    pub urls: Vec<UrlPath>,
    /// How many guides are in it and below it.
    pub count: usize,
}

/// A word that guides are found by.
#[derive(Debug)]
pub struct Tag {
    /// The tag as it is shown.
    pub name: String,
    /// Its address.
    pub url: UrlPath,
    /// The language of the text that has it: where a guide is not translated, another's.
    pub lang: LocaleId,
    /// The guides that carry it, newest first.
    pub guides: Vec<usize>,
}

/// Everything site-wide that pages ask about.
#[derive(Debug, Default)]
pub struct SiteMap {
    /// All shown guides, by identity.
    pub entries: Vec<Entry>,
    /// Where a guide stands in `entries`.
    pub index: BTreeMap<GuideId, usize>,
    /// Which guide a file is a text of.
    pub files: BTreeMap<FileId, usize>,
    /// Sections by path; the root is the empty one.
    pub sections: BTreeMap<String, Section>,
    /// Tags by locale, by folded name: a translation may name its own.
    pub tags: Vec<BTreeMap<String, Tag>>,
    /// Guides that are hidden, by folded path: they must not be told from missing ones in pages,
    /// and links to them are faults.
    pub hidden: BTreeSet<String>,
    /// Files of the content folder by path.
    pub assets: BTreeMap<String, Asset>,
    /// Assets by folded path, to find those that differ by case.
    pub folded_assets: BTreeMap<String, String>,
    /// Guides by folded path, to find those that differ by case.
    pub folded_guides: BTreeMap<String, usize>,
    /// Guides by the last part of their path in lower case, to find those that have moved.
    names: BTreeMap<String, Vec<usize>>,
    /// Pages by decoded address.
    pub pages: BTreeMap<String, PageOwner>,
    /// Files copied to the root, by address.
    pub statics: BTreeMap<String, FileId>,
    /// Whether there is a page of search in every locale.
    pub search: bool,
    /// Whether there is a glossary, by locale.
    pub glossary: Vec<bool>,
    /// Who has which file of the published folder.
    pub owners: Owners,
    /// All guides but sections' own texts, newest first.
    pub newest: Vec<usize>,
    /// Where a guide stands among `newest`.
    pub(super) ranks: Vec<usize>,
    /// Where a guide stands in its section.
    places: Vec<usize>,
}

/// What a page of the site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageOwner {
    /// A guide, or a section by its own text.
    Guide(usize, LocaleId),
    /// A section without a text.
    Section(String, LocaleId),
    /// A tag.
    Tag(String, LocaleId),
    /// A page or file that is always there, by its name: `all/`.
    Fixed(String, LocaleId),
    /// An old address that leads to a guide.
    Alias(usize, LocaleId),
}

/// A path as file systems that ignore letter case and Unicode form see it.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfkc().flat_map(char::to_lowercase).collect()
}

/// What the map is made from.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Cards of all shown texts, a guide's source first.
    pub cards: Vec<Arc<Card>>,
    /// Guides that are hidden.
    pub hidden: BTreeSet<GuideId>,
    /// Files of the content folder that are no guides.
    pub assets: BTreeMap<String, Asset>,
    /// Files copied to the root, by address.
    pub statics: BTreeMap<String, FileId>,
    /// Whether the theme brings what a page of search needs.
    pub search: bool,
    /// Whether the words have a glossary, by locale.
    pub glossary: Vec<bool>,
    /// A map that was made with the same settings: what it has of the same texts is used
    /// again.
    pub former: Option<&'a SiteMap>,
}

/// Gives anchors to the texts; those that a former map has are as they were.
fn give_anchors(map: &mut SiteMap, former: Option<&SiteMap>, config: &Config) {
    for entry in &mut map.entries {
        let known = former.and_then(|map| Some(&map.entries[*map.index.get(&entry.id)?]));
        match known.filter(|known| entry.has_texts_of(known)) {
            Some(known) => entry.anchored = Arc::clone(&known.anchored),
            None => entry.give_anchors(config),
        }
    }
}

impl SiteMap {
    /// Whether `locale` has a page of its glossary.
    pub fn has_glossary(&self, locale: LocaleId) -> bool {
        self.glossary.get(usize::from(locale.0)).copied().unwrap_or_default()
    }
}

/// Joins the cards of all shown texts into the map.
pub fn assemble(parts: Parts<'_>, config: &Config) -> Checked<SiteMap> {
    let mut faults = Vec::new();
    let mut map = SiteMap {
        hidden: parts.hidden.iter().map(|id| folded(id.as_str())).collect(),
        folded_assets: parts.assets.keys().map(|path| (folded(path), path.clone())).collect(),
        assets: parts.assets,
        statics: parts.statics,
        search: parts.search,
        glossary: parts.glossary,
        ..SiteMap::default()
    };
    collect_entries(&mut map, parts.cards);
    choose_shown(&mut map, config);
    give_addresses(&mut map, config, &mut faults);
    give_anchors(&mut map, parts.former, config);
    collect_sections(&mut map);
    tags::collect(&mut map, config, &mut faults);
    rank(&mut map);
    super::collision::claim(&mut map, config, &mut faults);
    Checked { value: map, diagnostics: faults }
}

fn collect_entries(map: &mut SiteMap, cards: Vec<Arc<Card>>) {
    for card in cards {
        let known = map.index.get(&card.guide).copied();
        let at = known.unwrap_or(map.entries.len());
        map.files.insert(card.file, at);
        if known.is_some() {
            map.entries[at].translations.insert(card.lang, card);
            continue;
        }
        map.index.insert(card.guide.clone(), at);
        map.names.entry(card.guide.name().to_ascii_lowercase()).or_default().push(at);
        map.folded_guides.insert(folded(card.guide.as_str()), at);
        map.entries.push(Entry {
            id: card.guide.clone(),
            source: card,
            translations: BTreeMap::new(),
            shown: Vec::new(),
            urls: Vec::new(),
            tags: Vec::new(),
            anchored: Arc::default(),
        });
    }
}

/// Decides which text the readers of each locale get: the first of its chain that there is.
fn choose_shown(map: &mut SiteMap, config: &Config) {
    let chains: Vec<_> = config.locale_ids().map(|(locale, _)| config.chain(locale)).collect();
    for entry in &mut map.entries {
        let has = |locale: &&LocaleId| entry.translations.contains_key(locale);
        let first = |chain: &Vec<LocaleId>| chain.iter().find(has).copied().unwrap_or_default();
        entry.shown = chains.iter().map(first).collect();
    }
}

/// The slug that a text asks for, when it can be one.
fn slug(front: &FrontMatter) -> Option<&str> {
    let slug = front.slug.as_ref()?;
    address::check_slug(&slug.value, slug.span).is_none().then_some(slug.value.as_str())
}

fn give_addresses(map: &mut SiteMap, config: &Config, faults: &mut Vec<Diagnostic>) {
    let cards =
        map.entries.iter().flat_map(|e| std::iter::once(&e.source).chain(e.translations.values()));
    let slugs = cards.filter_map(|card| card.front.slug.as_ref());
    faults.extend(slugs.filter_map(|slug| address::check_slug(&slug.value, slug.span)));
    let sections = map.entries.iter().filter(|entry| entry.id.is_section());
    let slugs = sections.flat_map(|entry| {
        config.locale_ids().filter_map(|(locale, _)| {
            let own = slug(&entry.card(locale).front).or(slug(&entry.source.front))?;
            Some(((entry.id.section().to_owned(), locale), own.to_owned()))
        })
    });
    let addresses = Addresses { config, slugs: slugs.collect() };
    for entry in &mut map.entries {
        let date = entry.source.front.date.as_ref().map(|date| date.value);
        let urls = config.locale_ids().map(|(locale, _)| {
            let own = slug(&entry.card(locale).front).or(slug(&entry.source.front));
            addresses.guide(&entry.id, locale, own, date)
        });
        entry.urls = urls.collect();
    }
    for path in section_paths(map) {
        let urls = config.locale_ids().map(|(locale, _)| addresses.section(&path, locale));
        let section = Section { urls: urls.collect(), ..Section::default() };
        map.sections.insert(path, section);
    }
}

/// Every folder that holds a guide or lies around one.
fn section_paths(map: &SiteMap) -> BTreeSet<String> {
    let mut paths = BTreeSet::from([String::new()]);
    for entry in &map.entries {
        let mut path = entry.id.section();
        while !path.is_empty() && paths.insert(path.to_owned()) {
            path = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
    }
    paths
}

/// Ids that a text gives to two places: links can lead to one of them only.
fn ids_given_twice(card: &Card) -> Vec<Diagnostic> {
    let headings = card
        .headings
        .iter()
        .filter_map(|heading| Some((heading.text.id.as_deref()?, heading.span)));
    let given = card.html_ids.iter().map(|id| (id.value.as_str(), id.span)).chain(headings);
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut faults = Vec::new();
    for (id, span) in given {
        if let Some(first) = first.get(id) {
            faults.push(
                Diagnostic::new(code::DUPLICATE_ANCHOR, span, "the anchor `#{id}` is given twice")
                    .with("id", id)
                    .related(*first, "given here too")
                    .help("links lead to one of them only; give the other another id"),
            );
        } else {
            first.insert(id, span);
        }
    }
    faults
}

/// The anchors of a translation: the source's where a heading has a counterpart, its own
/// (as its language would make them) as further ids.
fn translated_anchors(
    source: &Card,
    source_anchors: &Anchors,
    card: &Card,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) -> Anchors {
    let levels = |card: &Card| card.headings.iter().map(|h| h.level).collect::<Vec<_>>();
    let pairs = aligned(&levels(source), &levels(card));
    let mut texts: Vec<_> = card.headings.iter().map(|heading| heading.text.clone()).collect();
    for (index, pair) in pairs.iter().enumerate() {
        match pair {
            Some(at) if texts[index].id.is_none() => {
                texts[index].id = Some(source_anchors.headings[*at].id.clone());
            }
            Some(_) => {}
            None if card.titled && index == 0 => {}
            None if texts[index].id.is_none() => faults.push(without_source(card, index)),
            None => {}
        }
    }
    let mut made = anchors(&texts, &card.html_ids, config.markdown.extra_anchors);
    made.titled = card.titled;
    for (index, pair) in pairs.iter().enumerate() {
        made.alias(index, super::anchor::host_slug(&card.headings[index].text.text));
        if let Some(at) = pair {
            made.alias(index, source_anchors.headings[*at].id.clone());
            for id in &source_anchors.headings[*at].extra {
                made.alias(index, id.clone());
            }
        }
    }
    made
}

fn without_source(card: &Card, index: usize) -> Diagnostic {
    let heading = &card.headings[index];
    Diagnostic::new(
        code::HEADING_WITHOUT_SOURCE,
        heading.span,
        "the heading `{heading}` has no counterpart in the source text",
    )
    .with("heading", &heading.text.text)
    .help("links to it work in this language only; give it an id: `{#name}`")
}

fn collect_sections(map: &mut SiteMap) {
    for (at, entry) in map.entries.iter().enumerate() {
        let section = map.sections.get_mut(entry.id.section()).expect("every folder is a section");
        if entry.id.is_section() {
            section.own = Some(at);
        } else {
            section.guides.push(at);
        }
    }
    let paths: Vec<String> = map.sections.keys().cloned().collect();
    // `a/b.md` speaks for the folder `a/b` that has no text of its own.
    for path in &paths {
        let guide = map.guide(path);
        let section = map.sections.get_mut(path).expect("listed");
        section.own = section.own.or(guide);
    }
    let mut places = vec![0; map.entries.len()];
    // The innermost come first, so that counts add up on the way out.
    for path in paths.iter().rev() {
        let mut guides = std::mem::take(&mut map.sections.get_mut(path).expect("listed").guides);
        guides.sort_by_cached_key(|at| order_key(&map.entries[*at]));
        let section = map.sections.get_mut(path).expect("listed");
        section.count += guides.len();
        for (place, at) in guides.iter().enumerate() {
            places[*at] = place;
        }
        section.guides = guides;
        let count = section.count;
        if !path.is_empty() {
            let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer).to_owned();
            let outer = map.sections.get_mut(&outer).expect("folders around are sections");
            outer.count += count;
            outer.sections.push(path.clone());
        }
    }
    for path in &paths {
        let mut inner = std::mem::take(&mut map.sections.get_mut(path).expect("listed").sections);
        inner.sort_by_cached_key(|path| {
            let own = map.sections[path].own.map(|at| &map.entries[at]);
            (own.and_then(|entry| entry.source.front.order).unwrap_or(i64::MAX), path.clone())
        });
        map.sections.get_mut(path).expect("listed").sections = inner;
    }
    map.places = places;
}

/// By `order`, then the newest first, then by path.
fn order_key(entry: &Entry) -> (i64, std::cmp::Reverse<Option<i64>>, GuideId) {
    let front = &entry.source.front;
    let date = front.date.as_ref().map(|date| date.value.seconds);
    (front.order.unwrap_or(i64::MAX), std::cmp::Reverse(date), entry.id.clone())
}

/// Orders all guides by date, newest first, then by identity; tags follow.
fn rank(map: &mut SiteMap) {
    let mut newest: Vec<usize> =
        (0..map.entries.len()).filter(|at| !map.entries[*at].id.is_section()).collect();
    let date = |at: &usize| map.entries[*at].source.front.date.as_ref().map(|d| d.value.seconds);
    newest.sort_by_key(|at| (std::cmp::Reverse(date(at)), *at));
    map.ranks = vec![usize::MAX; map.entries.len()];
    for (rank, at) in newest.iter().enumerate() {
        map.ranks[*at] = rank;
    }
    map.newest = newest;
    let ranks = &map.ranks;
    for tag in map.tags.iter_mut().flat_map(BTreeMap::values_mut) {
        tag.guides.sort_by_key(|at| ranks[*at]);
    }
}

impl SiteMap {
    /// Where a guide stands in its section, from 0.
    pub fn place(&self, at: usize) -> usize {
        self.places[at]
    }

    /// The guides before and after a guide in its section.
    pub fn neighbours(&self, at: usize) -> (Option<usize>, Option<usize>) {
        let guides = &self.sections[self.entries[at].id.section()].guides;
        let place = self.places[at];
        if guides.get(place) != Some(&at) {
            return (None, None);
        }
        (place.checked_sub(1).map(|place| guides[place]), guides.get(place + 1).copied())
    }

    /// The guides whose path ends with `name`, letter case aside, in order.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &GuideId> {
        let found = self.names.get(&name.to_ascii_lowercase());
        found.into_iter().flatten().map(|at| &self.entries[*at].id)
    }

    /// The guides whose paths would stand around `path` in a list: a misspelt one is
    /// mostly among them. A few hundred, so that dead links cost no more in a large site.
    pub(super) fn around(&self, path: &str) -> impl Iterator<Item = &GuideId> + Clone {
        const AROUND: usize = 250;
        let place = self.entries.partition_point(|entry| entry.id.as_str() < path);
        let end = (place + AROUND).min(self.entries.len());
        self.entries[place.saturating_sub(AROUND)..end].iter().map(|entry| &entry.id)
    }

    /// The site's name in a locale: its own, the front page's, else the program's.
    pub fn site_title(&self, config: &Config, locale: LocaleId) -> String {
        let named = config.title.get(config.locale(locale)).filter(|title| !title.is_empty());
        let front = || {
            let own = self.sections.get("")?.own?;
            Some(self.entries[own].card(locale).title_text.as_str())
        };
        let title = named.or_else(front).filter(|title| !title.is_empty());
        title.unwrap_or("Shirube").to_owned()
    }
}
