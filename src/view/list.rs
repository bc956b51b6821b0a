//! Guides by time: the page of all guides, and archives by year and month.

use std::collections::BTreeMap;

use crate::document::LocaleId;
use crate::render::context::{GroupContext, ListContext, PeriodContext};
use crate::resolve::SiteMap;

use super::View;

/// A page of archives: the time it is about and its guides, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// `2022` or `2022-03`; empty for the page of all.
    pub period: String,
    /// The end of its address: `archives/2022/03/`.
    pub path: String,
    /// Its guides.
    pub guides: Vec<usize>,
}

/// The pages of archives: all, each year, each month.
pub fn archives(map: &SiteMap) -> Vec<Archive> {
    let mut periods: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in &map.newest {
        let Some(date) = &map.entries[*at].source.front.date else { continue };
        let day = date.value.day;
        periods.entry(format!("{:04}", day.year)).or_default().push(*at);
        periods.entry(format!("{:04}-{:02}", day.year, day.month)).or_default().push(*at);
    }
    let dated = map.newest.iter().filter(|at| map.entries[**at].source.front.date.is_some());
    let all = Archive {
        period: String::new(),
        path: "archives/".to_owned(),
        guides: dated.copied().collect(),
    };
    let page = |(period, guides): (String, Vec<usize>)| Archive {
        path: format!("archives/{}/", period.replace('-', "/")),
        period,
        guides,
    };
    std::iter::once(all).chain(periods.into_iter().rev().map(page)).collect()
}

impl View<'_> {
    /// All guides by date.
    pub fn all(&self, locale: LocaleId) -> ListContext {
        ListContext {
            period: None,
            groups: self.groups(&self.map.newest, 4, locale),
            periods: Vec::new(),
        }
    }

    /// One page of archives among `all`.
    pub fn archive(&self, archive: &Archive, all: &[Archive], locale: LocaleId) -> ListContext {
        let others = all.iter().filter(|other| !other.period.is_empty());
        let period = |other: &Archive| PeriodContext {
            period: other.period.clone(),
            path: self.path(&self.fixed(&other.path, locale)),
            count: u32::try_from(other.guides.len()).unwrap_or(u32::MAX),
        };
        ListContext {
            period: (!archive.period.is_empty()).then(|| archive.period.clone()),
            groups: self.groups(&archive.guides, 7, locale),
            periods: others.map(period).collect(),
        }
    }

    /// Guides in groups whose dates share their first `length` characters: 4 for years, 7
    /// for months.
    fn groups(&self, guides: &[usize], length: usize, locale: LocaleId) -> Vec<GroupContext> {
        let mut groups: Vec<GroupContext> = Vec::new();
        for at in guides {
            let date = self.map.entries[*at].source.front.date.as_ref();
            let period = date.map(|date| date.value.day.to_string()[..length].to_owned());
            if groups.last().is_none_or(|group| group.period != period) {
                groups.push(GroupContext { period, guides: Vec::new() });
            }
            let group = groups.last_mut().expect("one was pushed");
            group.guides.push(self.entry(*at, locale));
        }
        groups
    }
}
