//! The page of the glossary.

use crate::config::link_is_safe;
use crate::document::LocaleId;
use crate::messages::{GlossaryGroup, GlossaryTerm};
use crate::paths::UrlPath;
use crate::render::context::{
    GlossaryContext, GlossaryGroupContext, GlossaryTermContext, HrefContext, PageContext,
};

use super::View;

impl View<'_> {
    /// The page of the glossary. In locales without one the switch leads to the front.
    pub fn glossary_page(&self, title: &str, locale: LocaleId) -> PageContext {
        let held = |locale: LocaleId| self.map.has_glossary(locale);
        let name = |locale| if held(locale) { "glossary/" } else { "" };
        let locales = self.config.locale_ids();
        let urls: Vec<UrlPath> =
            locales.map(|(locale, _)| self.fixed(name(locale), locale)).collect();
        let borrowed: Vec<&UrlPath> = urls.iter().collect();
        PageContext {
            alternates: self.alternates(&borrowed, held),
            languages: self.languages(&borrowed, locale, held),
            ..self.plain_page("glossary", title, &urls, locale)
        }
    }

    /// What the glossary shows.
    pub fn glossary(&self, groups: &[GlossaryGroup], locale: LocaleId) -> GlossaryContext {
        let group = |(number, group): (usize, &GlossaryGroup)| GlossaryGroupContext {
            title: group.head.clone(),
            // Names of terms hold no colon.
            id: format!("group:{}", number + 1),
            terms: group.terms.iter().map(|term| self.term(term, locale)).collect(),
        };
        GlossaryContext { groups: groups.iter().enumerate().map(group).collect() }
    }

    fn term(&self, term: &GlossaryTerm, locale: LocaleId) -> GlossaryTermContext {
        GlossaryTermContext {
            id: term.name.clone(),
            title: term.word.clone(),
            reading: term.reading.clone(),
            definition: term.definition.clone(),
            synonyms: term.synonyms.clone(),
            link: term.url.as_ref().and_then(|url| self.more(url, locale)),
            lang: term.lang.clone(),
        }
    }

    /// Where a term's `.url` leads; nothing where that is no place for readers. What is wrong
    /// with it is told where a guide uses the term.
    fn more(&self, url: &str, locale: LocaleId) -> Option<HrefContext> {
        link_is_safe(url).then(|| self.setting_link(url, None, locale))?
    }
}
