//! Who owns which address, and what happens when two things want one.
//!
//! In: the map with its guides, sections, tags and files. Out: the table of pages by
//! address. How addresses are compared is the business of `owners`.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::LocaleId;
use crate::paths::UrlPath;

use super::address::prefixed;
use super::owners::Owners;
use super::site_map::{PageOwner, SiteMap, Tag};

/// Pages and files that every site has, or may have one day: nobody else may have them.
pub(super) const FIXED: [&str; 9] = [
    "404.html",
    "atom.xml",
    "sitemap.xml",
    "robots.txt",
    "search/",
    "tags/",
    "all/",
    "glossary/",
    "assets/",
];

/// An address with what owns it and where that was written.
struct Claim {
    url: String,
    owner: PageOwner,
    place: Place,
    what: String,
}

/// Registers every page of the map under its address and reports who comes second.
pub(super) fn claim(map: &mut SiteMap, config: &Config, faults: &mut Vec<Diagnostic>) {
    let mut owners = Owners::default();
    for (path, file) in &map.statics {
        let what = format!("the file `{path}` of `static`");
        let url = UrlPath::new(path).expect("paths of files hold no `..`");
        faults.extend(owners.claim(&url, (*file).into(), &what).err());
    }
    let mut claims = fixed(map, config);
    claims.extend(guides(map));
    claims.extend(sections(map));
    claims.extend(tags(map));
    claims.extend(aliases(map, config, faults));
    for claim in claims {
        if map.pages.get(&claim.url).is_some_and(|owner| same_alias(owner, &claim.owner)) {
            continue;
        }
        let url = UrlPath::new(&claim.url).expect("addresses are made of good paths");
        match owners.claim(&url, claim.place, &claim.what) {
            Ok(()) if answers(map, config, &claim.owner) => {
                map.pages.insert(claim.url, claim.owner);
            }
            Ok(()) => {}
            Err(fault) => faults.push(fault),
        }
    }
    map.owners = owners;
}

/// Whether one guide gives the same old address twice, in two spellings.
fn same_alias(known: &PageOwner, new: &PageOwner) -> bool {
    matches!(new, PageOwner::Alias(..)) && known == new
}

/// Whether a page is really there: names that are only kept free lead nowhere.
fn answers(map: &SiteMap, config: &Config, owner: &PageOwner) -> bool {
    let PageOwner::Fixed(name, locale) = owner else { return true };
    match name.as_str() {
        "all/" | "404.html" | "archives/" | "robots.txt" => true,
        "search/" => map.search,
        "glossary/" => map.has_glossary(*locale),
        "tags/" => !map.tags[usize::from(locale.0)].is_empty(),
        "atom.xml" | "sitemap.xml" => config.base_url.is_some(),
        _ => false,
    }
}

fn fixed(map: &SiteMap, config: &Config) -> Vec<Claim> {
    // A site may bring these two as files of its own.
    let own =
        |name: &&str| ["404.html", "robots.txt"].contains(name) && map.statics.contains_key(*name);
    let mut names: Vec<&str> = FIXED.iter().copied().filter(|name| !own(name)).collect();
    if config.archives {
        names.push("archives/");
    }
    let claims = config.locale_ids().flat_map(|(locale, _)| {
        names.iter().map(move |name| Claim {
            url: prefixed(name, locale, config).as_str().to_owned(),
            owner: PageOwner::Fixed((*name).to_owned(), locale),
            place: Place::Site,
            what: "a page or file that every site has".to_owned(),
        })
    });
    // One folder for all locales: who would have a file in it finds it taken as a file.
    let index = Claim {
        url: crate::search::FOLDER.to_owned(),
        owner: PageOwner::Fixed(crate::search::FOLDER.to_owned(), LocaleId::default()),
        place: Place::Site,
        what: "the index of the search".to_owned(),
    };
    claims.chain([index]).collect()
}

fn guides(map: &SiteMap) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, entry) in map.entries.iter().enumerate() {
        for (index, url) in entry.urls.iter().enumerate() {
            let locale = LocaleId(u16::try_from(index).expect("few locales"));
            claims.push(Claim {
                url: url.as_str().to_owned(),
                owner: PageOwner::Guide(at, locale),
                place: entry.card(locale).file.into(),
                what: format!("the guide `{}`", entry.id.as_str()),
            });
        }
    }
    claims
}

fn sections(map: &SiteMap) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (path, section) in map.sections.iter().filter(|(_, section)| section.own.is_none()) {
        for (index, url) in section.urls.iter().enumerate() {
            let locale = LocaleId(u16::try_from(index).expect("few locales"));
            claims.push(Claim {
                url: url.as_str().to_owned(),
                owner: PageOwner::Section(path.clone(), locale),
                place: Place::Site,
                what: format!("the section `{path}`"),
            });
        }
    }
    claims
}

fn tags(map: &SiteMap) -> Vec<Claim> {
    let locales = (0u16..).map(LocaleId).zip(&map.tags);
    let claim = |locale: LocaleId, (key, tag): (&String, &Tag)| Claim {
        url: tag.url.as_str().to_owned(),
        owner: PageOwner::Tag(key.clone(), locale),
        place: Place::Site,
        what: format!("the tag `{}`", tag.name),
    };
    locales.flat_map(|(locale, tags)| tags.iter().map(move |tag| claim(locale, tag))).collect()
}

fn aliases(map: &SiteMap, config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, entry) in map.entries.iter().enumerate() {
        for (locale, tag) in config.locale_ids() {
            let own = entry.card(locale).front.aliases.as_ref();
            for alias in own.or(entry.source.front.aliases.as_ref()).into_iter().flatten() {
                if belongs_elsewhere(&alias.value, locale, config) {
                    continue;
                }
                let Some(url) = alias_url(&alias.value, locale, tag.as_str(), config) else {
                    faults.push(bad_alias(&alias.value, alias.span));
                    continue;
                };
                claims.push(Claim {
                    url: url.as_str().to_owned(),
                    owner: PageOwner::Alias(at, locale),
                    place: alias.span.into(),
                    what: format!("the alias of `{}`", entry.id.as_str()),
                });
            }
        }
    }
    claims
}

/// Whether an alias begins with the folder of another locale: then it is that one's.
fn belongs_elsewhere(written: &str, locale: LocaleId, config: &Config) -> bool {
    let path = written.trim_start_matches('/');
    let mut others = config.locale_ids().skip(1).filter(|(other, _)| *other != locale);
    others.any(|(_, tag)| path.strip_prefix(tag.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

/// The address of an alias: the site's own address and a leading slash fall away, a
/// locale's prefix is added where it is not written.
fn alias_url(written: &str, locale: LocaleId, tag: &str, config: &Config) -> Option<UrlPath> {
    let base = config.base_url.as_ref().map_or("", |base| base.value.as_str());
    let path = crate::paths::decoded(written.strip_prefix(base).unwrap_or(written));
    let path = path.trim_start_matches('/');
    if path.contains("://") || path.contains(['?', '#', '\\']) || path.is_empty() {
        return None;
    }
    let path = match path.strip_suffix("index.html").unwrap_or(path) {
        path if path.ends_with('/') || path.ends_with(".html") || path.ends_with(".htm") => {
            path.to_owned()
        }
        path => format!("{path}/"),
    };
    let prefix = format!("{tag}/");
    match locale {
        LocaleId(0) => UrlPath::new(&path),
        _ if path.starts_with(&prefix) => UrlPath::new(&path),
        _ => UrlPath::new(&format!("{prefix}{path}")),
    }
}

fn bad_alias(alias: &str, span: crate::text::Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span, "`{alias}` cannot be an old address of this site")
        .with("alias", alias)
        .help("write a path below the site's root: `old/guide/`")
}
