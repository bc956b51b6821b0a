//! What the front page lists: sections, what is new, and what the settings ask for.

use std::cmp::Reverse;

use crate::config::{Announcement, Localized};
use crate::document::LocaleId;
use crate::paths::encoded_value;
use crate::render::context::{AnnouncementContext, EntryContext, FrontContext, HrefContext};
use crate::resolve::setting_guide;

use super::View;

/// How many guides the front page names as the latest.
const LATEST: usize = 8;

/// How many sections it shows; the page of all guides leads on.
const SECTIONS: usize = 60;

/// How many guides of the root it names.
const GUIDES: usize = 50;

impl View<'_> {
    /// What the front page lists.
    pub fn front(&self, locale: LocaleId) -> FrontContext {
        let root = &self.map.sections[""];
        let sections = root.sections.iter().take(SECTIONS);
        FrontContext {
            sections: sections.map(|path| self.card(path, locale)).collect(),
            guides: root.guides.iter().take(GUIDES).map(|at| self.entry(*at, locale)).collect(),
            latest: self.latest(locale),
            searches: self.searches(locale),
            important: self.important(locale),
            notices: self.announcements(locale),
        }
    }

    /// The guides that changed last, newest first.
    fn latest(&self, locale: LocaleId) -> Vec<EntryContext> {
        let mut dated: Vec<(i64, usize)> = self
            .map
            .newest
            .iter()
            .filter_map(|at| {
                let front = &self.map.entries[*at].source.front;
                let moment = front.updated.as_ref().or(front.date.as_ref())?;
                Some((moment.value.seconds, *at))
            })
            .collect();
        dated.sort_by_key(|(seconds, at)| (Reverse(*seconds), *at));
        dated.into_iter().take(LATEST).map(|(_, at)| self.entry(at, locale)).collect()
    }

    /// The example queries of a locale; none where a site has no page of search.
    fn searches(&self, locale: LocaleId) -> Vec<HrefContext> {
        if !self.map.search {
            return Vec::new();
        }
        let tag = self.config.locale(locale).as_str();
        let page = self.path(&self.fixed("search/", locale));
        let queries = self.config.front.searches.get(tag).into_iter().flatten();
        let link = |query: &String| HrefContext {
            title: query.clone(),
            path: Some(format!("{page}?q={}", encoded_value(query))),
            href: None,
        };
        queries.map(link).collect()
    }

    /// The guides that the settings name; those that are not shown were told as faults.
    fn important(&self, locale: LocaleId) -> Vec<EntryContext> {
        let guides = self.config.front.guides.iter();
        let shown = guides.filter_map(|path| setting_guide(self.map, &path.value));
        let entry = |(at, suffix): (usize, String)| {
            let entry = self.entry(at, locale);
            EntryContext { path: entry.path + &suffix, ..entry }
        };
        shown.map(entry).collect()
    }

    fn announcements(&self, locale: LocaleId) -> Vec<AnnouncementContext> {
        let notices = &self.config.front.notices;
        let today = notices.iter().filter(|notice| notice.is_shown_on(self.today));
        today.filter_map(|notice| self.announcement(notice, locale)).collect()
    }

    /// What is said in `locale`, else in the first locale that says it: what everybody should
    /// know is told in another language rather than not at all.
    fn words<'a>(&self, text: &'a Localized, locale: LocaleId) -> Option<(&'a str, LocaleId)> {
        let others = self.config.locale_ids().map(|(other, _)| other);
        std::iter::once(locale)
            .chain(others)
            .find_map(|lang| Some((text.own(self.config.locale(lang))?, lang)))
    }

    fn announcement(&self, notice: &Announcement, locale: LocaleId) -> Option<AnnouncementContext> {
        let (text, lang) = self.words(&notice.text, locale)?;
        let link = notice.url.as_ref();
        Some(AnnouncementContext {
            tone: notice.tone.to_owned(),
            text_html: self.plain_html(text, lang),
            lang: (lang != locale).then(|| self.config.locale(lang).as_str().to_owned()),
            link: link.and_then(|url| self.setting_link(&url.value, None, locale)),
        })
    }
}
