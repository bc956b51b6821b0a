//! The half of pages: what a page shows is decided, and then it is drawn.
//!
//! A decision holds all that the page depends on, and has a fingerprint: where that is what
//! it was, the page is, too.

mod lists;

use std::sync::Arc;

use crate::diagnostic::Checked;
use crate::document::LocaleId;
use crate::memo::Fingerprint;
use crate::parse;
use crate::paths::UrlPath;
use crate::render::context::{PageContext, PageData};
use crate::render::{self, Page, RenderedPage, SiteView, Text};
use crate::resolve::{Answer, Card, HeadingAnchors, PageOwner};
use crate::text::Spanned;

use super::memory;
use super::once::{self, Drawn};
use super::site::{Printed, Site};

pub(super) use lists::{Listing, What, listings};

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageRef {
    /// Of a guide, or of a section or the front page by its own text.
    Guide(usize, LocaleId),
    /// It may be one of [`listings`].
    List,
}

/// What a page shows, before it is drawn.
#[derive(Debug)]
pub(super) struct Decision<'a> {
    url: &'a UrlPath,
    root: Option<String>,
    locale: LocaleId,
    context: PageContext,
    data: PageData,
    text: Option<TextOf<'a>>,
    navigation: Option<Printed>,
    template: Option<&'a Spanned<String>>,
}

/// The text of a page, not parsed.
#[derive(Debug, Clone, Copy, Hash)]
struct TextOf<'a> {
    lang: LocaleId,
    serial: u64,
    answers: &'a [Answer],
    anchors: &'a [HeadingAnchors],
    /// Whether texts of the source stand in it.
    mixed: bool,
}

impl Decision<'_> {
    /// The fingerprint of everything that the page depends on.
    pub(super) fn key(&self, site: &Site) -> Fingerprint {
        let site_wide =
            (site.look.serial, &site.render_options, site.shown(self.locale).1, self.locale);
        let around = (self.navigation.as_ref().map(|(_, print)| *print), self.template);
        let own = (self.url, &self.root, &self.context, &self.data, &self.text);
        Fingerprint::of(&(site_wide, around, own))
    }
}

/// The texts of a guide, each with the locales that it answers for, in the order in which
/// their pages are drawn.
pub(super) fn texts(site: &Site, at: usize) -> Vec<(&Arc<Card>, Vec<LocaleId>)> {
    let entry = &site.map.entries[at];
    let shown_by = |own: LocaleId| {
        let locales = site.config.locale_ids().map(|(locale, _)| locale);
        locales.filter(|locale| entry.shown_in(*locale) == own).collect()
    };
    let source = (&entry.source, shown_by(LocaleId::default()));
    let translations = entry.translations.iter().map(|(own, card)| (card, shown_by(*own)));
    std::iter::once(source).chain(translations).collect()
}

/// The tree of a text; `source` is that of its guide's source, where it is at hand. What was
/// wrong in it was told when it was parsed for its card.
pub(super) fn tree(
    site: &Site,
    card: &Card,
    source: Option<&Arc<parse::Guide>>,
) -> Arc<parse::Guide> {
    let known = |card: &Card| site.trees.get((card.file, site.serials[&card.file]));
    known(card).unwrap_or_else(|| {
        let own = || known(&site.map.entries[*site.map.index.get(&card.guide)?].source);
        let source = source.cloned().or_else(own);
        Arc::new(memory::read_again(site.reader(), &site.text_of(card), source))
    })
}

/// What the page of a guide shows.
pub(super) fn guide(site: &Site, at: usize, locale: LocaleId) -> Decision<'_> {
    let entry = &site.map.entries[at];
    let (view, section) = (site.view(), entry.id.section());
    let data = match (entry.id.is_section(), section) {
        (false, _) => PageData::Guide(view.facts(at, locale)),
        (true, "") => PageData::Front(view.front(locale)),
        (true, section) => PageData::Section(view.section(section, locale)),
    };
    let card = entry.card(locale);
    Decision {
        url: entry.url(locale),
        root: None,
        locale,
        context: view.guide_page(at, locale, data.kind()),
        data,
        text: Some(TextOf {
            lang: card.lang,
            serial: site.serials[&card.file],
            answers: &site.answers(at, locale).value,
            anchors: entry.anchors(locale).below_title(),
            mixed: card.coverage.is_some_and(|coverage| !coverage.is_whole()),
        }),
        navigation: Some(site.navigation(at, locale)),
        template: card.front.template.as_ref().or(entry.source.front.template.as_ref()),
    }
}

/// Draws the page of guide `at` that `decision` is about, with the tree of its text.
pub(super) fn draw_guide(
    site: &Site,
    at: usize,
    decision: Decision<'_>,
    guide: &parse::Guide,
) -> Checked<RenderedPage> {
    let (locale, url) = (decision.locale, decision.url);
    let card = site.map.entries[at].card(locale);
    let drawn = draw(site, decision, Some(guide));
    let of = Drawn { url, guide: Some(card.file) };
    Checked { value: drawn.value, diagnostics: once::named(drawn.diagnostics, of) }
}

fn draw(
    site: &Site,
    decision: Decision<'_>,
    guide: Option<&parse::Guide>,
) -> Checked<RenderedPage> {
    let text = decision.text.zip(guide).map(|(text, guide)| Text {
        guide,
        answers: text.answers,
        anchors: text.anchors,
        lang: text.lang,
        mixed: text.mixed,
    });
    let page = Page {
        url: decision.url,
        root: decision.root.as_deref(),
        context: decision.context,
        data: decision.data,
        text,
        navigation: decision.navigation.as_ref().map(|(value, _)| value),
        template: decision.template,
    };
    render::page(&page, &words(site, decision.locale))
}

fn words(site: &Site, locale: LocaleId) -> SiteView<'_> {
    let shown = site.shown(locale).0.clone();
    SiteView::with((site.theme(), site.messages()), &site.render_options, locale, shown)
}

/// What the page at an address of the published site is; the address is decoded and without
/// `index.html`.
pub(super) fn page_at(site: &Site, url: &str) -> PageRef {
    match site.map.pages.get(url) {
        Some(PageOwner::Guide(at, locale)) => PageRef::Guide(*at, *locale),
        _ => PageRef::List,
    }
}
