//! Tags: which guides carry them, and which guides are related by them.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::document::LocaleId;
use crate::text::Span;

use super::address;
use super::site_map::{SiteMap, Tag, folded};

/// Collects the tags of each locale: a translation may name its own.
pub(super) fn collect(map: &mut SiteMap, config: &Config, faults: &mut Vec<Diagnostic>) {
    for (locale, _) in config.locale_ids() {
        let mut tags = BTreeMap::new();
        let mut first_spans = BTreeMap::new();
        for (at, entry) in map.entries.iter_mut().enumerate() {
            let card = entry.card(locale);
            let (lang, own) = match &card.front.tags {
                Some(own) => (card.lang, Some(own)),
                None => (LocaleId::default(), entry.source.front.tags.as_ref()),
            };
            let mut keys: Vec<String> = Vec::new();
            for written in own.into_iter().flatten() {
                let key = folded(&address::tag_slug(&written.value));
                let tag = tags.entry(key.clone()).or_insert_with(|| Tag {
                    url: address::tag(&written.value, locale, config),
                    name: written.value.clone(),
                    lang,
                    guides: Vec::new(),
                });
                let first = *first_spans.entry(key.clone()).or_insert(written.span);
                if tag.name != written.value {
                    faults.push(variant(&tag.name, &written.value, written.span, first));
                }
                if !keys.contains(&key) {
                    tag.guides.push(at);
                    keys.push(key);
                }
            }
            entry.tags.push(keys);
        }
        map.tags.push(tags);
    }
}

fn variant(known: &str, written: &str, span: Span, first: Span) -> Diagnostic {
    let fault = |message| {
        Diagnostic::new(code::TAG_VARIANTS, span, message)
            .with("written", written)
            .with("known", known)
            .related(first, "first written here")
    };
    if folded(known) == folded(written) {
        return fault("the tag `{written}` is `{known}` elsewhere; both have one page")
            .help("write `{known}`");
    }
    fault("the tags `{written}` and `{known}` have one address, and so one page")
        .help("give one of them a name that differs in letters or digits")
}

impl SiteMap {
    /// Up to `limit` guides that share tags with a guide: the more and the rarer the tags,
    /// the nearer. Looks only at a tag's guides around it in time, so that its cost does
    /// not grow with the site.
    pub fn related(&self, at: usize, limit: usize) -> Vec<usize> {
        const AROUND: usize = 24;
        let rank = self.ranks[at];
        let mut shared: Vec<(usize, u64)> = Vec::new();
        for key in &self.entries[at].tags[0] {
            let guides = &self.tags[0][key].guides;
            let weight = 1_000_000 / (guides.len() as u64 + 1) + 1;
            let place = guides.partition_point(|other| self.ranks[*other] < rank);
            let around = place.saturating_sub(AROUND)..(place + AROUND).min(guides.len());
            let others = guides[around]
                .iter()
                .filter(|other| **other != at && !self.entries[**other].id.is_section());
            shared.extend(others.map(|other| (self.ranks[*other], weight)));
        }
        shared.sort_unstable();
        shared.dedup_by(|(rank, weight), (kept, sum)| {
            let same = rank == kept;
            *sum += if same { *weight } else { 0 };
            same
        });
        shared.sort_by_key(|(rank, weight)| (std::cmp::Reverse(*weight), *rank));
        shared.into_iter().take(limit).map(|(rank, _)| self.newest[rank]).collect()
    }

    /// The tags of a guide in a locale, in the order in which its text has them.
    pub fn tags_of(&self, at: usize, locale: LocaleId) -> impl Iterator<Item = &Tag> {
        let locale = usize::from(locale.0);
        self.entries[at].tags[locale].iter().map(move |key| &self.tags[locale][key])
    }
}
