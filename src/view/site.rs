//! What every page of a locale shows, and the pages of sections, tags and the front.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::LocaleId;
use crate::paths::UrlPath;
use crate::render::context::{
    HrefContext, LinkContext, PageContext, SearchContext, SearchPageContext, SectionCardContext,
    SectionContext, SiteContext, TagContext, TagCountContext, TagsContext,
};
use crate::resolve::{SettingTarget, Tag, setting_target};
use crate::search::index::Index;

use super::View;

/// How many of the top sections every page may name: pages do not grow with the site.
const SECTIONS: usize = 30;

/// How many sections, and how many tags, a search can be narrowed to by a choice.
const FILTERS: usize = 100;

/// The asset of a theme that searches; with it every locale has a page of search.
pub const SEARCH_ENGINE: &str = "search-engine.js";

impl View<'_> {
    /// What every page of a locale shows; `engine` is the published path of the theme's
    /// [`SEARCH_ENGINE`].
    pub fn site(&self, locale: LocaleId, engine: Option<&str>) -> SiteContext {
        let tag = self.config.locale(locale);
        let fixed = |name: &str| self.path(&self.fixed(name, locale));
        let based = self.config.base_url.is_some();
        let root = &self.map.sections[""];
        SiteContext {
            title: self.site_title(locale),
            description: self.config.description.get(tag).unwrap_or_default().to_owned(),
            locale: tag.as_str().to_owned(),
            dir: tag.direction().to_owned(),
            home_path: self.path(&root.urls[usize::from(locale.0)]),
            all_path: Some(fixed("all/")),
            tags_path: (!self.tags(locale).is_empty()).then(|| fixed("tags/")),
            glossary_path: self.map.has_glossary(locale).then(|| fixed("glossary/")),
            archives_path: self.config.archives.then(|| fixed("archives/")),
            feed_path: based.then(|| fixed("atom.xml")),
            base_url: self.config.base_url.as_ref().map(|base| base.value.clone()),
            contact: self.config.contact.get(tag).map(str::to_owned),
            search: engine.map(|engine| SearchContext {
                path: fixed("search/"),
                engine: engine.to_owned(),
                index: Index::folder(tag.as_str()),
            }),
            footer_links: self.footer(locale),
            sections: self.top_sections(SECTIONS, locale),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// The first `limit` top sections as links.
    fn top_sections(&self, limit: usize, locale: LocaleId) -> Vec<LinkContext> {
        let paths = self.map.sections[""].sections.iter().take(limit);
        paths.map(|path| self.section_link(path, locale)).collect()
    }

    /// A page that is always there, in a locale.
    pub fn fixed(&self, name: &str, locale: LocaleId) -> UrlPath {
        let root = self.map.sections[""].urls[usize::from(locale.0)].as_str();
        UrlPath::new(&format!("{root}{name}")).expect("fixed names hold no `..`")
    }

    fn footer(&self, locale: LocaleId) -> Vec<HrefContext> {
        let link = |link: &crate::config::FooterLink| {
            let title = link.text.get(self.config.locale(locale))?.to_owned();
            self.setting_link(&link.url.value, Some(title), locale)
        };
        self.config.footer_links.iter().filter_map(link).collect()
    }

    /// What the settings name at `written`, as a link; without a title of its own it is
    /// called what it leads to.
    pub(super) fn setting_link(
        &self,
        written: &str,
        title: Option<String>,
        locale: LocaleId,
    ) -> Option<HrefContext> {
        Some(match setting_target(self.map, written)? {
            SettingTarget::Guide(at, suffix) => {
                let entry = &self.map.entries[at];
                let title = title.unwrap_or_else(|| entry.card(locale).title_text.clone());
                let path = self.path(entry.url(locale)) + &suffix;
                HrefContext { title, path: Some(path), href: None }
            }
            SettingTarget::Elsewhere(href) => {
                let title = title.unwrap_or_else(|| href.clone());
                HrefContext { title, path: None, href: Some(href) }
            }
        })
    }

    /// A page that is no guide and stands in every locale.
    pub fn plain_page(
        &self,
        kind: &str,
        title: &str,
        urls: &[UrlPath],
        locale: LocaleId,
    ) -> PageContext {
        let borrowed: Vec<&UrlPath> = urls.iter().collect();
        PageContext {
            kind: kind.to_owned(),
            title: title.to_owned(),
            title_html: self.plain_html(title, locale),
            canonical: self.absolute(&urls[usize::from(locale.0)]),
            alternates: self.alternates(&borrowed, |_| true),
            languages: self.languages(&borrowed, locale, |_| true),
            path: self.path(&urls[usize::from(locale.0)]),
            ..PageContext::default()
        }
    }

    /// The addresses of a page that is always there, by locale.
    pub fn fixed_urls(&self, name: &str) -> Vec<UrlPath> {
        self.config.locale_ids().map(|(locale, _)| self.fixed(name, locale)).collect()
    }

    /// The page of a section without a text of its own.
    pub fn section_page(&self, path: &str, locale: LocaleId) -> PageContext {
        let link = self.section_link(path, locale);
        let kind = if path.is_empty() { "front" } else { "section" };
        let outer = path.rsplit_once('/').map(|(outer, _)| outer);
        let description = self.section_description(path, locale);
        PageContext {
            breadcrumb: outer.map(|outer| self.section_link(outer, locale)).into_iter().collect(),
            description_html: self.plain_html(&description, locale),
            description,
            ..self.plain_page(kind, &link.title, &self.map.sections[path].urls, locale)
        }
    }

    /// What a section without a text is about: of the root, what the site is about.
    fn section_description(&self, path: &str, locale: LocaleId) -> String {
        let site = self.config.description.get(self.config.locale(locale));
        site.filter(|_| path.is_empty()).unwrap_or_default().to_owned()
    }

    /// What a section's page lists.
    pub fn section(&self, path: &str, locale: LocaleId) -> SectionContext {
        let section = &self.map.sections[path];
        SectionContext {
            guides: section.guides.iter().map(|at| self.entry(*at, locale)).collect(),
            sections: section.sections.iter().map(|path| self.card(path, locale)).collect(),
        }
    }

    pub(super) fn card(&self, path: &str, locale: LocaleId) -> SectionCardContext {
        let section = &self.map.sections[path];
        let LinkContext { title, title_html, path: address, lang } =
            self.section_link(path, locale);
        SectionCardContext {
            title,
            title_html,
            description: section
                .own
                .map(|at| self.map.entries[at].card(locale).summary.clone())
                .unwrap_or_default(),
            description_html: section
                .own
                .map(|at| self.line(at, locale).description.clone())
                .unwrap_or_default(),
            path: address,
            lang,
            guides: section.guides.iter().take(3).map(|at| self.entry(*at, locale)).collect(),
            count: u32::try_from(section.count).unwrap_or(u32::MAX),
        }
    }

    /// The tags of a locale.
    fn tags(&self, locale: LocaleId) -> &BTreeMap<String, Tag> {
        &self.map.tags[usize::from(locale.0)]
    }

    /// The language of a tag where it is not the page's.
    fn tag_lang(&self, tag: &Tag, locale: LocaleId) -> Option<String> {
        (tag.lang != locale).then(|| self.config.locale(tag.lang).as_str().to_owned())
    }

    /// A tag as a link.
    pub fn tag_link(&self, tag: &Tag, locale: LocaleId) -> LinkContext {
        LinkContext {
            title: tag.name.clone(),
            title_html: self.plain_html(&tag.name, tag.lang),
            path: self.path(&tag.url),
            lang: self.tag_lang(tag, locale),
        }
    }

    /// All tags.
    pub fn all_tags(&self, locale: LocaleId) -> TagsContext {
        let count = |tag: &Tag| TagCountContext {
            title: tag.name.clone(),
            path: self.path(&tag.url),
            lang: self.tag_lang(tag, locale),
            count: u32::try_from(tag.guides.len()).unwrap_or(u32::MAX),
        };
        TagsContext { tags: self.tags(locale).values().map(count).collect() }
    }

    /// What the page of search can be narrowed to.
    pub fn search(&self, locale: LocaleId) -> SearchPageContext {
        let mut tags = self.all_tags(locale).tags;
        if tags.len() > FILTERS {
            // Those that many guides carry, by name again.
            let mut places: Vec<usize> = (0..tags.len()).collect();
            places.sort_by_key(|at| (Reverse(tags[*at].count), *at));
            let kept: BTreeSet<usize> = places.into_iter().take(FILTERS).collect();
            let mut at = 0..;
            tags.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
        }
        SearchPageContext { sections: self.top_sections(FILTERS, locale), tags }
    }

    /// The page of search. Search engines need no page of ours to search.
    pub fn search_page(&self, title: &str, locale: LocaleId) -> PageContext {
        let page = self.plain_page("search", title, &self.fixed_urls("search/"), locale);
        PageContext { noindex: true, ..page }
    }

    /// One tag.
    pub fn tag(&self, tag: &Tag, locale: LocaleId) -> TagContext {
        TagContext {
            title: tag.name.clone(),
            lang: self.tag_lang(tag, locale),
            guides: tag.guides.iter().map(|at| self.entry(*at, locale)).collect(),
        }
    }

    /// The page of a tag. In locales that do not have the tag the switch leads to all tags.
    pub fn tag_page(&self, key: &str, locale: LocaleId) -> PageContext {
        let held = |locale: LocaleId| self.tags(locale).get(key);
        let url = |(locale, _)| match held(locale) {
            Some(tag) => tag.url.clone(),
            None => self.fixed("tags/", locale),
        };
        let urls: Vec<UrlPath> = self.config.locale_ids().map(url).collect();
        let borrowed: Vec<&UrlPath> = urls.iter().collect();
        let name = held(locale).map_or("", |tag| &tag.name);
        PageContext {
            alternates: self.alternates(&borrowed, |locale| held(locale).is_some()),
            languages: self.languages(&borrowed, locale, |locale| held(locale).is_some()),
            ..self.plain_page("tag", name, &urls, locale)
        }
    }
}
