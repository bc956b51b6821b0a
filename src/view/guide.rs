//! What is said of a guide around its text.

use crate::document::LocaleId;
use crate::localize::Coverage;
use crate::paths::UrlPath;
use crate::render::context::{
    AlternateContext, FeedbackContext, GuideFacts, LanguageContext, LinkContext, NavigationContext,
    NoticeContext, PageContext,
};
use crate::resolve::{Card, Entry, HeadingAnchors};
use crate::theme::Html;

use super::{View, moment_text, written};

/// How many guides of a section stand beside a guide; of a larger one, those around it.
const BESIDE: usize = 100;

impl View<'_> {
    /// The page of a guide, or of a section or the front page by its own text.
    pub fn guide_page(&self, at: usize, locale: LocaleId, kind: &str) -> PageContext {
        let entry = &self.map.entries[at];
        let card = entry.card(locale);
        let url = entry.url(locale);
        let shown = entry.shown_in(locale);
        let urls: Vec<&UrlPath> = entry.urls.iter().collect();
        PageContext {
            kind: kind.to_owned(),
            layout: None,
            title: card.title_text.clone(),
            title_html: self.line(at, locale).title.clone(),
            title_ids: entry.anchors(locale).title().into_iter().flat_map(ids).collect(),
            description: card.summary.clone(),
            description_html: self.lead(at, locale),
            lang: (card.lang != locale).then(|| self.config.locale(card.lang).as_str().to_owned()),
            title_lang: self.lang(card, locale),
            canonical: self.absolute(entry.url(shown)),
            alternates: self.alternates(&urls, |locale| entry.is_written_in(locale)),
            noindex: card.front.draft == Some(true) || entry.source.front.draft == Some(true),
            breadcrumb: self.breadcrumb(entry, locale),
            languages: self.languages(&urls, locale, |locale| entry.is_written_in(locale)),
            path: self.path(url),
            styles: Vec::new(),
        }
    }

    /// The description for the head of the page: not one that was taken from the text below.
    fn lead(&self, at: usize, locale: LocaleId) -> Html {
        let described = self.map.entries[at].card(locale).described;
        if described { self.line(at, locale).description.clone() } else { Html::default() }
    }

    /// What is said of a guide around its text.
    pub fn facts(&self, at: usize, locale: LocaleId) -> GuideFacts {
        let entry = &self.map.entries[at];
        let card = entry.card(locale);
        let (own, source) = (&card.front, &entry.source.front);
        let review = own.review_by.as_ref().or(source.review_by.as_ref()).map(|day| day.value);
        let overdue = review.is_some_and(|review| review.day < self.today);
        let (previous, next) = self.map.neighbours(at);
        let audience = own.audience.as_ref().or(source.audience.as_ref());
        GuideFacts {
            date: written(entry),
            updated: self.updated(entry, card),
            review_by: review.map(|review| review.day.to_string()),
            review_overdue: overdue,
            owner: own.owner.clone().or_else(|| source.owner.clone()),
            audience: audience.into_iter().flatten().map(|name| name.value.clone()).collect(),
            tags: self.map.tags_of(at, locale).map(|tag| self.tag_link(tag, locale)).collect(),
            notices: self.notices(entry, locale, overdue),
            previous: previous.map(|at| self.link(at, locale)),
            next: next.map(|at| self.link(at, locale)),
            related: self.map.related(at, 5).into_iter().map(|at| self.link(at, locale)).collect(),
            edit_href: self.edit_href(card),
            feedback: self.feedback(entry.url(locale)),
            toc: own.toc.or(source.toc).unwrap_or(true),
            extra: own.extra.clone(),
        }
    }

    fn notices(&self, entry: &Entry, locale: LocaleId, overdue: bool) -> Vec<NoticeContext> {
        let mut notices = Vec::new();
        let notice = |kind: &str, tone: &str| NoticeContext {
            kind: kind.to_owned(),
            tone: tone.to_owned(),
            ..NoticeContext::default()
        };
        let card = entry.card(locale);
        if card.front.draft == Some(true) || entry.source.front.draft == Some(true) {
            notices.push(notice("draft", "warn"));
        }
        if !entry.is_written_in(locale) {
            notices.push(NoticeContext {
                language: Some(language_name(self.config.locale(card.lang).as_str())),
                path: Some(self.path(entry.url(card.lang))),
                ..notice("untranslated", "info")
            });
        }
        notices.extend(self.behind(entry, locale));
        if overdue {
            let day = card.front.review_by.as_ref().or(entry.source.front.review_by.as_ref());
            notices.push(NoticeContext {
                date: day.map(|day| moment_text(&day.value)),
                ..notice("review_overdue", "warn")
            });
        }
        notices
    }

    /// That a translation does not say all that its source says now.
    fn behind(&self, entry: &Entry, locale: LocaleId) -> Option<NoticeContext> {
        let card = entry.card(locale);
        let kind = match card.coverage {
            Some(coverage) if !coverage.is_whole() => "partly",
            None if card.stale => "stale",
            _ => return None,
        };
        Some(NoticeContext {
            kind: kind.to_owned(),
            tone: "info".to_owned(),
            language: Some(language_name(self.config.source_locale().as_str())),
            path: Some(self.path(entry.url(LocaleId::default()))),
            percent: card.coverage.map(Coverage::percent),
            ..NoticeContext::default()
        })
    }

    fn edit_href(&self, card: &Card) -> Option<String> {
        let pattern = self.config.edit_url.as_ref()?;
        let path = self.files.path(card.file)?;
        Some(pattern.replace("{path}", &crate::paths::encoded(path)))
    }

    fn feedback(&self, url: &UrlPath) -> Option<FeedbackContext> {
        let feedback = &self.config.feedback;
        let page = crate::paths::encoded(url.as_str());
        let address = |answer: &str| {
            let pattern = feedback.url.as_ref()?;
            if pattern.contains("{page}") {
                let filled = pattern.replace("{page}", &page);
                return Some(filled.replace("{helpful}", answer));
            }
            let sign = if pattern.contains('?') { '&' } else { '?' };
            Some(format!("{pattern}{sign}page={page}&helpful={answer}"))
        };
        let mail = feedback.mail.as_ref().map(|mail| format!("mailto:{mail}?subject={page}"));
        (feedback.url.is_some() || mail.is_some()).then(|| FeedbackContext {
            yes_href: address("yes"),
            no_href: address("no"),
            mail_href: mail,
        })
    }

    /// The sections around a guide, the front page left out.
    fn breadcrumb(&self, entry: &Entry, locale: LocaleId) -> Vec<LinkContext> {
        let mut paths = Vec::new();
        let mut path = entry.id.section();
        if entry.id.is_section() {
            path = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
        while !path.is_empty() {
            paths.push(path);
            path = path.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
        paths.into_iter().rev().map(|path| self.section_link(path, locale)).collect()
    }

    /// The page in every language that truly has it, for `hreflang`.
    pub(super) fn alternates(
        &self,
        urls: &[&UrlPath],
        has: impl Fn(LocaleId) -> bool,
    ) -> Vec<AlternateContext> {
        let written: Vec<_> = self.config.locale_ids().filter(|(locale, _)| has(*locale)).collect();
        if written.len() < 2 || self.config.base_url.is_none() {
            return Vec::new();
        }
        let mut alternates: Vec<AlternateContext> = written
            .iter()
            .filter_map(|(locale, tag)| {
                let href = self.absolute(urls[usize::from(locale.0)])?;
                Some(AlternateContext { tag: tag.as_str().to_owned(), href })
            })
            .collect();
        let source = alternates[0].href.clone();
        alternates.push(AlternateContext { tag: "x-default".to_owned(), href: source });
        alternates
    }

    /// The page in every language of the site, for the switch.
    pub(super) fn languages(
        &self,
        urls: &[&UrlPath],
        current: LocaleId,
        has: impl Fn(LocaleId) -> bool,
    ) -> Vec<LanguageContext> {
        if self.config.locales.len() < 2 {
            return Vec::new();
        }
        let language = |(locale, tag): (LocaleId, &crate::config::Locale)| LanguageContext {
            tag: tag.as_str().to_owned(),
            name: language_name(tag.as_str()),
            path: self.path(urls[usize::from(locale.0)]),
            current: locale == current,
            translated: has(locale),
        };
        self.config.locale_ids().map(language).collect()
    }

    /// Which part of a section's guides stands beside a guide: pages of the same part
    /// share what is made for it.
    pub fn navigation_part(&self, at: usize) -> (String, usize) {
        let entry = &self.map.entries[at];
        if self.map.sections.contains_key(entry.id.as_str()) {
            // A guide that speaks for a folder shows what is in it.
            return (entry.id.as_str().to_owned(), 0);
        }
        let section = entry.id.section().to_owned();
        let part = if entry.id.is_section() { 0 } else { self.map.place(at) / BESIDE };
        (section, part)
    }

    /// The guides beside those of one part of a section.
    pub fn navigation(&self, section: &str, part: usize, locale: LocaleId) -> NavigationContext {
        let held = &self.map.sections[section];
        let guides = held.guides.iter().skip(part * BESIDE).take(BESIDE);
        NavigationContext {
            section: Some(self.section_link(section, locale)),
            guides: guides.map(|at| self.link(*at, locale)).collect(),
            sections: held
                .sections
                .iter()
                .take(BESIDE)
                .map(|path| self.section_link(path, locale))
                .collect(),
        }
    }
}

/// All ids of a heading, its own first.
fn ids(heading: &HeadingAnchors) -> impl Iterator<Item = String> {
    std::iter::once(&heading.id).chain(&heading.extra).cloned()
}

/// A language's name in itself; the tag where it is not known.
pub(super) fn language_name(tag: &str) -> String {
    const NAMES: [(&str, &str); 25] = [
        ("ja", "日本語"),
        ("en", "English"),
        ("zh-TW", "繁體中文"),
        ("zh-Hant", "繁體中文"),
        ("zh", "简体中文"),
        ("ko", "한국어"),
        ("fr", "Français"),
        ("de", "Deutsch"),
        ("es", "Español"),
        ("pt-BR", "Português (Brasil)"),
        ("pt", "Português"),
        ("it", "Italiano"),
        ("nl", "Nederlands"),
        ("pl", "Polski"),
        ("ru", "Русский"),
        ("uk", "Українська"),
        ("tr", "Türkçe"),
        ("vi", "Tiếng Việt"),
        ("th", "ไทย"),
        ("id", "Bahasa Indonesia"),
        ("hi", "हिन्दी"),
        ("zh-Hans", "简体中文"),
        ("ar", "العربية"),
        ("he", "עברית"),
        ("sv", "Svenska"),
    ];
    let language = tag.split('-').next().unwrap_or(tag);
    let find = |wanted: &str| NAMES.iter().find(|(known, _)| *known == wanted);
    let name = find(tag).or_else(|| find(language)).map_or(tag, |(_, name)| name);
    match (find(tag), tag.split_once('-')) {
        (None, Some((_, region))) if name != tag => format!("{name} ({region})"),
        _ => name.to_owned(),
    }
}
