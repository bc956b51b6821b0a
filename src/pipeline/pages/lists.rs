//! Pages that are no guides: sections without a text, tags, all guides, archives, search,
//! the page for missing addresses, and old addresses that lead on.

use crate::diagnostic::Checked;
use crate::document::LocaleId;
use crate::memo::Fingerprint;
use crate::messages::DateStyle;
use crate::paths::UrlPath;
use crate::render::context::{PageContext, PageData};
use crate::render::{self, RenderedPage};
use crate::resolve::PageOwner;

use super::super::once::{self, Drawn};
use super::super::site::Site;
use super::Decision;

/// A page that lists guides, or leads on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::pipeline) struct Listing {
    pub(in crate::pipeline) url: UrlPath,
    pub(in crate::pipeline) locale: LocaleId,
    pub(in crate::pipeline) what: What,
}

/// What a page lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::pipeline) enum What {
    Section(String),
    Tags,
    Glossary,
    Tag(String),
    All,
    Search,
    Archive(usize),
    NotFound,
    Redirect(usize),
}

/// All pages that are no guides.
pub(in crate::pipeline) fn listings(site: &Site) -> Vec<Listing> {
    let mut found = fixed(site);
    for (url, owner) in &site.map.pages {
        found.extend(owned(url, owner));
    }
    found
}

/// Those that are always there.
fn fixed(site: &Site) -> Vec<Listing> {
    let mut found = Vec::new();
    let view = site.view();
    for (locale, _) in site.config.locale_ids() {
        let mut add = |url: UrlPath, what: What| found.push(Listing { url, locale, what });
        let fixed = |name: &str| view.fixed(name, locale);
        if !site.map.tags[usize::from(locale.0)].is_empty() {
            add(fixed("tags/"), What::Tags);
        }
        if site.map.has_glossary(locale) {
            add(fixed("glossary/"), What::Glossary);
        }
        add(fixed("all/"), What::All);
        if site.map.search {
            add(fixed("search/"), What::Search);
        }
        if !site.map.statics.contains_key(fixed("404.html").as_str()) {
            add(fixed("404.html"), What::NotFound);
        }
        for (index, archive) in site.archives().iter().enumerate() {
            add(fixed(&archive.path), What::Archive(index));
        }
    }
    found
}

fn owned(url: &str, owner: &PageOwner) -> Option<Listing> {
    let (locale, what) = match owner {
        PageOwner::Section(path, locale) => (*locale, What::Section(path.clone())),
        PageOwner::Tag(key, locale) => (*locale, What::Tag(key.clone())),
        PageOwner::Alias(at, locale) => (*locale, What::Redirect(*at)),
        PageOwner::Guide(..) | PageOwner::Fixed(..) => return None,
    };
    let url = UrlPath::new(url).expect("addresses of pages were made by resolve");
    Some(Listing { url, locale, what })
}

impl Listing {
    /// The fingerprint of everything that the page depends on.
    pub(in crate::pipeline) fn key(&self, site: &Site) -> Fingerprint {
        match self.what {
            What::Redirect(at) => {
                let target = site.map.entries[at].url(self.locale);
                let canonical = site.view().absolute(target);
                let options = &site.render_options;
                let site_wide = (site.look.serial, options, site.shown(self.locale).1);
                Fingerprint::of(&(site_wide, &self.url, self.locale, target, canonical))
            }
            _ => decision(site, self).key(site),
        }
    }

    /// Draws it.
    pub(in crate::pipeline) fn draw(&self, site: &Site) -> Checked<RenderedPage> {
        let drawn = match self.what {
            What::Redirect(at) => redirect(site, self, at),
            _ => super::draw(site, decision(site, self), None),
        };
        let of = Drawn { url: &self.url, guide: None };
        Checked { value: drawn.value, diagnostics: once::named(drawn.diagnostics, of) }
    }
}

fn redirect(site: &Site, listing: &Listing, at: usize) -> Checked<RenderedPage> {
    let target = site.map.entries[at].url(listing.locale);
    let canonical = site.view().absolute(target);
    let words = super::words(site, listing.locale);
    let drawn = render::redirect(&listing.url, target, canonical.as_deref(), &words);
    let page = RenderedPage { html: drawn.value, style: None };
    Checked { value: page, diagnostics: drawn.diagnostics }
}

fn decision<'a>(site: &'a Site, listing: &'a Listing) -> Decision<'a> {
    let (context, data) = listed(site, listing);
    Decision {
        url: &listing.url,
        root: matches!(listing.what, What::NotFound).then(|| root_path(site)),
        locale: listing.locale,
        context,
        data,
        text: None,
        navigation: None,
        template: None,
    }
}

fn listed(site: &Site, listing: &Listing) -> (PageContext, PageData) {
    let (view, locale, archives) = (site.view(), listing.locale, site.archives());
    let word = |id: &str| site.messages().text(locale, id, &[]).text.to_string();
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
        What::Glossary => {
            let data = view.glossary(&site.messages().glossary(locale), locale);
            (view.glossary_page(&word("glossary"), locale), PageData::Glossary(data))
        }
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
            let period = site.messages().date(locale, &archive.period, style);
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
fn root_path(site: &Site) -> String {
    if let Some(root) = &site.options.root_path {
        return root.clone();
    }
    let base = site.config.base_url.as_ref().map_or("", |base| base.value.as_str());
    let path = base.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or("/").to_owned()
}
