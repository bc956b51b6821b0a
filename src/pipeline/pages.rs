//! The half of pages: each is drawn, handed to the sink, and let go.

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Diagnostic};
use crate::document::LocaleId;
use crate::emit::{Output, Sink};
use crate::memo::Counters;
use crate::messages::DateStyle;
use crate::parse;
use crate::paths::UrlPath;
use crate::render::context::{PageContext, PageData};
use crate::render::{self, Page, RenderedPage, SiteView, Text};
use crate::resolve::PageOwner;
use crate::search::index::Collector;
use crate::theme::Value;
use crate::view::{SEARCH_ENGINE, View, archives, lines};

use super::once::{self, Drawn};
use super::searching::{self, Drafts};
use super::site::{Site, SourceFiles, guide_text};

/// How many guides are drawn before what they give to the search is put in order.
const PART: usize = 1_024;

/// What all pages share: by locale, and by part of a section.
struct Shared<'a> {
    view: View<'a>,
    locales: Vec<SiteView<'a>>,
    navigation: BTreeMap<(String, usize, LocaleId), Value>,
}

/// Calls `work` with what all pages share.
fn shared<R>(site: &Site<'_>, work: impl FnOnce(&Shared<'_>) -> R) -> R {
    let lines = lines(&site.map, &site.render_options);
    let files = SourceFiles(site.inputs);
    let view = View {
        map: &site.map,
        config: site.config,
        options: &site.render_options,
        lines: &lines,
        today: site.options.show.today,
        files: &files,
    };
    let words = (&site.theme, &site.messages);
    let engine = site.theme.asset(SEARCH_ENGINE);
    let locale = |(locale, _)| {
        SiteView::new(words, &site.render_options, locale, &view.site(locale, engine))
    };
    let locales = site.config.locale_ids().map(locale).collect();
    work(&Shared { view, locales, navigation: navigation(&view, site) })
}

/// The guides beside a guide, made once for each part of a section and locale.
fn navigation(view: &View<'_>, site: &Site<'_>) -> BTreeMap<(String, usize, LocaleId), Value> {
    let mut made = BTreeMap::new();
    for at in 0..site.map.entries.len() {
        let (section, part) = view.navigation_part(at);
        for (locale, _) in site.config.locale_ids() {
            made.entry((section.clone(), part, locale))
                .or_insert_with(|| Value::of(&view.navigation(&section, part, locale)));
        }
    }
    made
}

/// Draws every page of the site, and says how many there are.
pub(super) fn all(
    site: &Site<'_>,
    sink: &dyn Sink,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) -> u64 {
    shared(site, |shared| {
        let guides = guides(site, shared, sink, counters, faults);
        guides + lists(site, shared, sink, counters, faults)
    })
}

/// Draws the pages of guides, and of sections by their own texts, in every locale.
fn guides(
    site: &Site<'_>,
    shared: &Shared<'_>,
    sink: &dyn Sink,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) -> u64 {
    let entries: Vec<usize> = (0..site.map.entries.len()).collect();
    let collector =
        site.map.search.then(|| Collector::new(site.config.locales.len(), entries.len()));
    let mut indexes = searching::indexes(site);
    let draw = |at: &usize| {
        let mut faults = Vec::new();
        let mut drafts = Drafts::new();
        for (locales, guide) in texts(site, *at) {
            let collector = collector.as_ref();
            drafts.extend(
                collector.and_then(|all| searching::read(site, all, *at, &locales, &guide)),
            );
            for shown in locales {
                let page = guide_page(site, shared, *at, shown, &guide);
                let entry = &site.map.entries[*at];
                let (url, guide) = (entry.url(shown), Some(entry.card(shown).file));
                faults.extend(once::named(page.diagnostics, Drawn { url, guide }));
                write(sink, url, page.value);
            }
        }
        (faults, drafts)
    };
    counters.map_parts("render", (&entries, PART), draw, |drawn| {
        let (found, drafts): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
        faults.extend(found.into_iter().flatten());
        let drafts: Drafts = drafts.into_iter().flatten().collect();
        searching::settle(&shared.view, &drafts, &mut indexes, sink);
    });
    if let Some(collector) = collector {
        let texts = entries.len();
        counters.time("search", texts, || searching::finish(site, collector, indexes, sink));
    }
    (site.map.entries.len() * site.config.locales.len()) as u64
}

/// The texts of a guide, parsed, each with the locales that it answers for. What was wrong
/// in them was told when they were parsed for their cards.
fn texts(site: &Site<'_>, at: usize) -> Vec<(Vec<LocaleId>, parse::Guide)> {
    let entry = &site.map.entries[at];
    let mut texts: Vec<(Vec<LocaleId>, parse::Guide)> = Vec::new();
    let mut source = Vec::new();
    for (locale, _) in site.config.locale_ids() {
        if !entry.translations.contains_key(&locale) {
            source.push(locale);
        }
    }
    let read = |card: &crate::resolve::Card| {
        let text = guide_text(site.inputs, card.file, card.lang);
        parse::guide(text, &card.head(), &site.parse_options, &site.includes).value
    };
    texts.push((source, read(&entry.source)));
    texts.extend(entry.translations.iter().map(|(locale, card)| (vec![*locale], read(card))));
    texts
}

fn guide_page(
    site: &Site<'_>,
    shared: &Shared<'_>,
    at: usize,
    locale: LocaleId,
    guide: &parse::Guide,
) -> Checked<RenderedPage> {
    let entry = &site.map.entries[at];
    let (view, section) = (&shared.view, entry.id.section());
    let data = match (entry.id.is_section(), section) {
        (false, _) => PageData::Guide(view.facts(at, locale)),
        (true, "") => PageData::Front(view.front(locale)),
        (true, section) => PageData::Section(view.section(section, locale)),
    };
    let (section, part) = view.navigation_part(at);
    let card = entry.card(locale);
    let page = Page {
        url: entry.url(locale),
        root: None,
        context: view.guide_page(at, locale, data.kind()),
        data,
        text: Some(Text {
            guide,
            answers: site.answers(at, locale),
            anchors: entry.anchors(locale).below_title(),
            lang: card.lang,
        }),
        navigation: shared.navigation.get(&(section, part, locale)),
        template: card.front.template.as_ref().or(entry.source.front.template.as_ref()),
    };
    render::page(&page, &shared.locales[usize::from(locale.0)])
}

fn write(sink: &dyn Sink, url: &UrlPath, page: RenderedPage) {
    sink.put(&url.output(), Output::Write(page.html));
    if let Some((path, css)) = page.style {
        sink.put(&path, Output::Write(css.into_bytes()));
    }
}

/// A page that lists guides.
struct Listing {
    url: UrlPath,
    locale: LocaleId,
    what: What,
}

enum What {
    Section(String),
    Tags,
    Tag(String),
    All,
    Search,
    Archive(usize),
    NotFound,
    Redirect(usize),
}

/// Draws all pages that are no guides.
fn lists(
    site: &Site<'_>,
    shared: &Shared<'_>,
    sink: &dyn Sink,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) -> u64 {
    let archives = if site.config.archives { archives(&site.map) } else { Vec::new() };
    let listings = listings(site, shared, &archives);
    let drawn = counters.map("lists", &listings, |listing| {
        let page = draw(site, shared, listing, &archives);
        write(sink, &listing.url, page.value);
        once::named(page.diagnostics, Drawn { url: &listing.url, guide: None })
    });
    faults.extend(drawn.into_iter().flatten());
    let pages = listings.iter().filter(|listing| !matches!(listing.what, What::Redirect(_)));
    pages.count() as u64
}

fn listings(
    site: &Site<'_>,
    shared: &Shared<'_>,
    archives: &[crate::view::Archive],
) -> Vec<Listing> {
    let mut found = Vec::new();
    for (locale, _) in site.config.locale_ids() {
        let mut add = |url: UrlPath, what: What| found.push(Listing { url, locale, what });
        let fixed = |name: &str| shared.view.fixed(name, locale);
        if !site.map.tags[usize::from(locale.0)].is_empty() {
            add(fixed("tags/"), What::Tags);
        }
        add(fixed("all/"), What::All);
        if site.map.search {
            add(fixed("search/"), What::Search);
        }
        if !site.map.statics.contains_key(fixed("404.html").as_str()) {
            add(fixed("404.html"), What::NotFound);
        }
        for (index, archive) in archives.iter().enumerate() {
            add(fixed(&archive.path), What::Archive(index));
        }
    }
    for (url, owner) in &site.map.pages {
        let url = UrlPath::new(url).expect("addresses of pages were made by resolve");
        let (locale, what) = match owner {
            PageOwner::Section(path, locale) => (*locale, What::Section(path.clone())),
            PageOwner::Tag(key, locale) => (*locale, What::Tag(key.clone())),
            PageOwner::Alias(at, locale) => (*locale, What::Redirect(*at)),
            PageOwner::Guide(..) | PageOwner::Fixed(..) => continue,
        };
        found.push(Listing { url, locale, what });
    }
    found
}

fn draw(
    site: &Site<'_>,
    shared: &Shared<'_>,
    listing: &Listing,
    archives: &[crate::view::Archive],
) -> Checked<RenderedPage> {
    let (view, locale) = (&shared.view, listing.locale);
    let words = &shared.locales[usize::from(locale.0)];
    if let What::Redirect(at) = listing.what {
        let target = site.map.entries[at].url(locale);
        let canonical = view.absolute(target);
        let drawn = render::redirect(&listing.url, target, canonical.as_deref(), words);
        let page = RenderedPage { html: drawn.value, style: None };
        return Checked { value: page, diagnostics: drawn.diagnostics };
    }
    let (context, data) = listed(site, view, listing, archives);
    let root = matches!(listing.what, What::NotFound).then(|| root_path(site));
    let page = Page {
        url: &listing.url,
        root: root.as_deref(),
        context,
        data,
        text: None,
        navigation: None,
        template: None,
    };
    render::page(&page, words)
}

fn listed(
    site: &Site<'_>,
    view: &View<'_>,
    listing: &Listing,
    archives: &[crate::view::Archive],
) -> (PageContext, PageData) {
    let locale = listing.locale;
    let word = |id: &str| site.messages.text(locale, id, &[]).text.to_string();
    let fixed = |name: &str, title: &str, data: PageData| {
        (view.plain_page(data.kind(), title, &view.fixed_urls(name), locale), data)
    };
    match &listing.what {
        What::Section(path) if path.is_empty() => {
            (view.section_page(path, locale), PageData::Front(view.front(locale)))
        }
        What::Section(path) => {
            (view.section_page(path, locale), PageData::Section(view.section(path, locale)))
        }
        What::Tags => fixed("tags/", &word("tags"), PageData::Tags(view.all_tags(locale))),
        What::All => fixed("all/", &word("all-guides"), PageData::All(view.all(locale))),
        What::Search => {
            let context = view.search_page(&word("search"), locale);
            (context, PageData::Search(view.search(locale)))
        }
        What::Tag(key) => {
            let tag = &site.map.tags[usize::from(locale.0)][key];
            let context = view.tag_page(key, locale);
            (context, PageData::Tag(view.tag(tag, locale)))
        }
        What::Archive(index) => {
            let archive = &archives[*index];
            let style = if archive.period.len() == 4 { DateStyle::Year } else { DateStyle::Month };
            let period = site.messages.date(locale, &archive.period, style);
            let title = period.unwrap_or_else(|| word("archives"));
            fixed(&archive.path, &title, PageData::Archive(view.archive(archive, archives, locale)))
        }
        What::NotFound | What::Redirect(_) => {
            let (mut context, data) =
                fixed("404.html", &word("not-found-title"), PageData::NotFound);
            context.noindex = true;
            context.canonical = None;
            context.alternates = Vec::new();
            (context, data)
        }
    }
}

/// The absolute path of the site's root on its host.
fn root_path(site: &Site<'_>) -> String {
    if let Some(root) = &site.options.root_path {
        return root.clone();
    }
    let base = site.config.base_url.as_ref().map_or("", |base| base.value.as_str());
    let path = base.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or("/").to_owned()
}
