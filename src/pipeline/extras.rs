//! What is published besides pages: pictures and downloads, the theme's files, feeds, the
//! sitemap.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Assets, Config};
use crate::diagnostic::{Diagnostic, Place};
use crate::discover::{self, Asset};
use crate::document::LocaleId;
use crate::emit::{self, Feed, FeedEntry, Output, Recipe, Sink, SitemapEntry};
use crate::memo::Counters;
use crate::paths::{OutputPath, UrlPath, encoded};
use crate::picture::PictureKind;
use crate::resolve::{Answer, Entry, Picture};

use super::site::Site;

/// Hands everything that is no page to the sink.
pub(super) fn files(
    site: &Site,
    sink: &dyn Sink,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) {
    for (path, bytes) in site.theme().assets() {
        sink.put(path, Output::Write(bytes.to_vec()));
    }
    let published = published(site, faults);
    counters.map("assets", &published, |(url, asset)| {
        sink.put(&url.output(), copied(site, asset));
    });
    for file in &site.sources.value.statics {
        if let Some(path) = OutputPath::new(&file.target) {
            sink.put(&path, Output::Copy(file.path.clone()));
        }
    }
    if let Some(base) = site.config.base_url.as_ref().map(|base| base.value.as_str()) {
        feeds(site, base, sink);
        put(sink, "sitemap.xml", emit::sitemap(&sitemap(site, base)));
    }
    if !site.map.statics.contains_key("robots.txt") {
        let sitemap =
            site.config.base_url.as_ref().map(|base| format!("{}sitemap.xml", base.value));
        put(sink, "robots.txt", emit::robots(sitemap.as_deref()));
    }
}

/// The file at `path` that is no page, where it is not known which pictures pages show.
pub(super) fn one(site: &Site, path: &OutputPath) -> Option<Output> {
    if let Some((_, bytes)) = site.theme().assets().iter().find(|(own, _)| own == path) {
        return Some(Output::Write(bytes.to_vec()));
    }
    if let Some(file) = site.sources.value.statics.iter().find(|file| file.target == path.as_str())
    {
        return Some(Output::Copy(file.path.clone()));
    }
    let open = site.map.assets.values().filter(|asset| !asset.companion);
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let mut named = open.filter(|asset| asset.path.ends_with(name));
    let asset = named.find(|asset| {
        !site.map.is_hidden_asset(&asset.path) && site.map.asset_url(&asset.path).output() == *path
    })?;
    Some(copied(site, asset))
}

fn copied(site: &Site, asset: &Asset) -> Output {
    let source = site.inputs.file(asset.file).expect("assets are inputs").path.clone();
    match asset.picture {
        Some((kind, _)) if kind != PictureKind::Svg => {
            Output::Derive { source, recipe: Recipe::Strip(kind) }
        }
        Some(_) | None => Output::Copy(source),
    }
}

fn put(sink: &dyn Sink, path: &str, text: String) {
    let path = OutputPath::new(path).expect("fixed names are good paths");
    sink.put(&path, Output::Write(text.into_bytes()));
}

/// The files of the content folder that are published, with their addresses.
fn published<'a>(site: &'a Site, faults: &mut Vec<Diagnostic>) -> Vec<(UrlPath, &'a Asset)> {
    let wanted = wanted(site);
    let mut owners = site.map.owners.clone();
    let mut found = Vec::new();
    for asset in site.map.assets.values().filter(|asset| !asset.companion) {
        let url = site.map.asset_url(&asset.path);
        let all = site.config.assets == Assets::All && !discover::is_private(&asset.path);
        if (!all && !wanted.contains(&url)) || site.map.is_hidden_asset(&asset.path) {
            continue;
        }
        match owners.claim(&url, Place::File(asset.file), &format!("the file `{}`", asset.path)) {
            Ok(()) => found.push((url, asset)),
            Err(fault) => faults.push(fault),
        }
    }
    found
}

/// The addresses of files that shown pages refer to.
fn wanted(site: &Site) -> BTreeSet<UrlPath> {
    let mut wanted = BTreeSet::new();
    let answered = site.answers.iter().filter_map(std::sync::OnceLock::get);
    for answer in answered.flat_map(|answers| &answers.value) {
        match answer {
            Answer::File { url, .. } => {
                wanted.insert(url.clone());
            }
            Answer::Picture(Picture { url, dark, .. }) => {
                wanted.insert(url.clone());
                wanted.extend(dark.clone());
            }
            Answer::Page { .. }
            | Answer::External(_)
            | Answer::RemotePicture(_)
            | Answer::Missing { .. } => {}
        }
    }
    wanted
}

/// The feed of each locale: guides written in it, newest first.
fn feeds(site: &Site, base: &str, sink: &dyn Sink) {
    let today = format!("{}T00:00:00Z", site.options.show.today);
    for (locale, tag) in site.config.locale_ids() {
        let root = &site.map.sections[""].urls[usize::from(locale.0)];
        let home = format!("{base}{}", encoded(root.as_str()));
        let own = format!("{home}atom.xml");
        let entries = site
            .map
            .newest
            .iter()
            .map(|at| &site.map.entries[*at])
            .filter(|entry| entry.is_written_in(locale))
            .filter_map(|entry| feed_entry(entry, locale, base, &site.config))
            .take(site.config.feed_limit);
        let feed = Feed {
            title: &site.map.site_title(&site.config, locale),
            subtitle: site.config.description.get(tag).unwrap_or_default(),
            lang: tag.as_str(),
            home: &home,
            own: &own,
            today: &today,
            entries: entries.collect(),
        };
        put(sink, &format!("{root}atom.xml"), emit::feed(&feed));
    }
}

/// A guide without a date is in no feed: a feed tells what is new.
fn feed_entry(entry: &Entry, locale: LocaleId, base: &str, config: &Config) -> Option<FeedEntry> {
    let card = entry.card(locale);
    let published = &entry.source.front.date.as_ref()?.value;
    let updated = card.front.updated.as_ref().or(entry.source.front.updated.as_ref());
    let tags = card.front.tags.as_ref().or(entry.source.front.tags.as_ref());
    let tags = tags.into_iter().flatten().map(|tag| tag.value.clone());
    debug_assert!(config.base_url.is_some(), "feeds need an address");
    Some(FeedEntry {
        title: card.title_text.clone(),
        url: format!("{base}{}", encoded(entry.url(locale).as_str())),
        published: published.rfc3339(),
        updated: updated.map_or(published, |updated| &updated.value).rfc3339(),
        summary: card.summary.clone(),
        tags: tags.collect(),
    })
}

/// Every page that is written in its locale: guides, sections, tags.
fn sitemap(site: &Site, base: &str) -> Vec<SitemapEntry> {
    let absolute = |url: &UrlPath| format!("{base}{}", encoded(url.as_str()));
    let mut entries = Vec::new();
    for entry in &site.map.entries {
        if entry.source.front.draft == Some(true) {
            continue;
        }
        let written: Vec<_> =
            site.config.locale_ids().filter(|(locale, _)| entry.is_written_in(*locale)).collect();
        let alternates: Vec<_> = match written.len() {
            1 => Vec::new(),
            _ => written
                .iter()
                .map(|(locale, tag)| (tag.as_str().to_owned(), absolute(entry.url(*locale))))
                .collect(),
        };
        for (locale, _) in &written {
            let front = &entry.card(*locale).front;
            let updated = front.updated.as_ref().or(entry.source.front.updated.as_ref());
            let updated = updated.or(entry.source.front.date.as_ref());
            entries.push(SitemapEntry {
                url: absolute(entry.url(*locale)),
                updated: updated.map(|moment| moment.value.rfc3339()),
                alternates: alternates.clone(),
            });
        }
    }
    let sections = site.map.sections.values().filter(|section| section.own.is_none());
    let lists = sections.flat_map(|section| &section.urls);
    let tags = site.map.tags.iter().flat_map(BTreeMap::values).map(|tag| &tag.url);
    let locales = site.config.locale_ids().map(|(locale, _)| locale);
    let glossaries: Vec<UrlPath> = locales
        .filter(|locale| site.map.has_glossary(*locale))
        .map(|locale| site.view().fixed("glossary/", locale))
        .collect();
    for url in lists.chain(tags).chain(&glossaries) {
        entries.push(SitemapEntry { url: absolute(url), updated: None, alternates: Vec::new() });
    }
    entries.sort_by(|a, b| a.url.cmp(&b.url));
    entries
}
