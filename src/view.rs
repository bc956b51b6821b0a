//! What pages show of the site around them: from the map of the site to the structs that
//! templates see.
//!
//! In: the [`SiteMap`], the settings, the day. Out: contexts of `render`. Decides which
//! language's text answers for a guide, in which order lists stand, what a notice says.
//! Must not know the template engine or the disk.

mod front;
mod glossary;
mod guide;
mod lines;
mod list;
mod site;

use crate::config::{Config, Links};
use crate::dates::{Day, Moment};
use crate::document::LocaleId;
use crate::paths::{UrlPath, encoded};
use crate::render::RenderOptions;
use crate::render::context::{EntryContext, LinkContext};
use crate::resolve::{Card, Entry, SiteMap};
use crate::text::FileId;
use crate::theme::Html;

pub use lines::Lines;
pub use list::{Archive, archives};
pub use site::SEARCH_ENGINE;

/// The site as pages ask about it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The map of the site.
    pub map: &'a SiteMap,
    /// The settings.
    pub config: &'a Config,
    /// How inlines are drawn.
    pub options: &'a RenderOptions,
    /// Titles, descriptions and names as HTML.
    pub lines: &'a Lines,
    /// The day of the build.
    pub today: Day,
    /// What is known of source files.
    pub files: &'a dyn Files,
}

/// What pages say about the files they come from.
pub trait Files: Sync + std::fmt::Debug {
    /// The day of the last commit that touched a file.
    fn changed(&self, file: FileId) -> Option<Day>;

    /// Its path, relative to the site.
    fn path(&self, file: FileId) -> Option<&str>;
}

impl View<'_> {
    /// The path of an address from the published root, encoded, as `links` wants it.
    pub fn path(&self, url: &UrlPath) -> String {
        let mut path = encoded(url.as_str());
        if self.config.links == Links::Portable && url.is_page() {
            path.push_str("index.html");
        }
        path
    }

    /// The absolute address of a page, where the site has a `base_url`.
    pub fn absolute(&self, url: &UrlPath) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        Some(format!("{}{}", base.value, encoded(url.as_str())))
    }

    /// Plain text of a language as HTML.
    fn plain_html(&self, text: &str, lang: LocaleId) -> Html {
        let known = self.name(text, lang).cloned();
        known.unwrap_or_else(|| lines::plain_html(text, lang, self.options))
    }

    /// The tag of a text's language where it is not the page's.
    fn lang(&self, card: &Card, locale: LocaleId) -> Option<String> {
        let lang = card.title_lang;
        (lang != locale).then(|| self.config.locale(lang).as_str().to_owned())
    }

    /// A guide as a link on a page of `locale`.
    pub fn link(&self, at: usize, locale: LocaleId) -> LinkContext {
        let entry = &self.map.entries[at];
        let card = entry.card(locale);
        LinkContext {
            title: card.title_text.clone(),
            title_html: self.line(at, locale).title.clone(),
            path: self.path(entry.url(locale)),
            lang: self.lang(card, locale),
        }
    }

    /// A section as a link on a page of `locale`: by its own text, else by its folder.
    pub fn section_link(&self, path: &str, locale: LocaleId) -> LinkContext {
        let section = &self.map.sections[path];
        if let Some(own) = section.own {
            return self.link(own, locale);
        }
        let title = match path.rsplit('/').next() {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => self.site_title(locale),
        };
        LinkContext {
            title_html: self.plain_html(&title, locale),
            title,
            path: self.path(&section.urls[usize::from(locale.0)]),
            lang: None,
        }
    }

    /// The site's name in a locale.
    pub fn site_title(&self, locale: LocaleId) -> String {
        self.map.site_title(self.config, locale)
    }

    /// A guide in a list on a page of `locale`.
    pub fn entry(&self, at: usize, locale: LocaleId) -> EntryContext {
        let entry = &self.map.entries[at];
        let card = entry.card(locale);
        let section = entry.id.section();
        EntryContext {
            title: card.title_text.clone(),
            title_html: self.line(at, locale).title.clone(),
            description: card.summary.clone(),
            description_html: self.line(at, locale).description.clone(),
            path: self.path(entry.url(locale)),
            lang: self.lang(card, locale),
            date: self.updated(entry, card).or_else(|| written(entry)),
            section: (!section.is_empty()).then(|| self.section_link(section, locale)),
        }
    }

    /// When a text was changed: front matter's, else git's.
    fn updated(&self, entry: &Entry, card: &Card) -> Option<String> {
        let own = card.front.updated.as_ref().or(entry.source.front.updated.as_ref());
        own.map(|updated| moment_text(&updated.value))
            .or_else(|| self.files.changed(card.file).map(|day| day.to_string()))
    }
}

/// When a guide was written, as text.
fn written(entry: &Entry) -> Option<String> {
    entry.source.front.date.as_ref().map(|date| moment_text(&date.value))
}

/// A moment as templates get it: a day, or RFC 3339 where a time was written.
fn moment_text(moment: &Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day.to_string() }
}
