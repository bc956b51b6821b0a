//! Addresses of guides, sections and tags.
//!
//! `account/x.md` is at `account/x/`; other locales under `/<locale>/` with the same path.
//! A `slug` changes the last part, a site's `permalink` pattern the whole of a guide's.

use std::collections::BTreeMap;

use crate::config::{Config, Moment};
use crate::diagnostic::{Diagnostic, code};
use crate::discover::GuideId;
use crate::document::LocaleId;
use crate::paths::UrlPath;
use crate::text::Span;

use super::anchor::hexo_slug;

/// What addresses depend on besides a guide's own path.
#[derive(Debug)]
pub(super) struct Addresses<'a> {
    pub(super) config: &'a Config,
    /// Slugs of sections, by section and locale.
    pub(super) slugs: BTreeMap<(String, LocaleId), String>,
}

impl Addresses<'_> {
    /// The address of a section in a locale.
    pub(super) fn section(&self, section: &str, locale: LocaleId) -> UrlPath {
        self.page(&self.section_path(section, locale), locale)
    }

    /// The address of a guide in a locale. Its date is the source text's.
    pub(super) fn guide(
        &self,
        id: &GuideId,
        locale: LocaleId,
        slug: Option<&str>,
        date: Option<Moment>,
    ) -> UrlPath {
        if id.is_section() {
            return self.section(id.section(), locale);
        }
        let folder = self.section_path(id.section(), locale);
        let name = slug.unwrap_or(id.name());
        let title = format!("{folder}{name}");
        match &self.config.permalink {
            None => self.page(&format!("{title}/"), locale),
            Some(pattern) => {
                self.page(&filled(&pattern.value, &title, name, &folder, date), locale)
            }
        }
    }

    /// The path of a section with the slugs of the sections around it; ends in `/`.
    fn section_path(&self, section: &str, locale: LocaleId) -> String {
        let mut path = String::new();
        let mut end = 0;
        for part in section.split('/').filter(|part| !part.is_empty()) {
            end = if end == 0 { part.len() } else { end + 1 + part.len() };
            let slug = self.slugs.get(&(section[..end].to_owned(), locale));
            path.push_str(slug.map_or(part, String::as_str));
            path.push('/');
        }
        path
    }

    fn page(&self, path: &str, locale: LocaleId) -> UrlPath {
        let prefix = match locale {
            LocaleId(0) => String::new(),
            _ => format!("{}/", self.config.locale(locale).as_str()),
        };
        UrlPath::new(&format!("{prefix}{path}")).expect("guide paths and slugs hold no `..`")
    }
}

/// Fills a permalink pattern. Parts that need a date fall away where there is none.
fn filled(pattern: &str, title: &str, name: &str, folder: &str, date: Option<Moment>) -> String {
    let (year, month, day) = date.map_or((0, 0, 0), |d| (d.day.year, d.day.month, d.day.day));
    let (hour, minute, second) = date.map_or((0, 0, 0), |d| d.time);
    let dated = |text: String| if date.is_some() { text } else { String::new() };
    let values = [
        (":i_month", dated(month.to_string())),
        (":i_day", dated(day.to_string())),
        (":year", dated(format!("{year:04}"))),
        (":month", dated(format!("{month:02}"))),
        (":day", dated(format!("{day:02}"))),
        (":hour", dated(format!("{hour:02}"))),
        (":minute", dated(format!("{minute:02}"))),
        (":second", dated(format!("{second:02}"))),
        (":title", title.to_owned()),
        (":name", name.to_owned()),
        (":category", folder.trim_end_matches('/').to_owned()),
    ];
    let mut address = pattern.to_owned();
    for (key, value) in values {
        address = address.replace(key, &value);
    }
    match address.strip_suffix(".html") {
        Some(_) => address,
        None => format!("{}/", address.trim_end_matches('/')),
    }
}

/// The address of a tag's page in a locale.
pub(super) fn tag(name: &str, locale: LocaleId, config: &Config) -> UrlPath {
    prefixed(&format!("tags/{}/", tag_slug(name)), locale, config)
}

/// The last part of a tag's address: runs of spaces and ASCII punctuation become one
/// hyphen, letter case and Japanese stay.
pub(super) fn tag_slug(name: &str) -> String {
    let slug = hexo_slug(name);
    if slug.is_empty() { "tag".to_owned() } else { slug }
}

/// A page of the site that is no guide: `all/`, `tags/`.
pub(super) fn prefixed(path: &str, locale: LocaleId, config: &Config) -> UrlPath {
    let text = match locale {
        LocaleId(0) => path.to_owned(),
        _ => format!("{}/{path}", config.locale(locale).as_str()),
    };
    UrlPath::new(&text).expect("fixed names hold no `..`")
}

/// Reports a slug that cannot be one part of an address.
pub(super) fn check_slug(slug: &str, span: Span) -> Option<Diagnostic> {
    let bad = slug.is_empty()
        || slug == "."
        || slug == ".."
        || slug.contains(['/', '\\', '?', '#', ':', '"', '<', '>', '|', '*'])
        || slug.chars().any(char::is_control);
    bad.then(|| {
        Diagnostic::new(code::INVALID_VALUE, span, "`{slug}` cannot be the last part of an address")
            .with("slug", slug)
            .help("use letters, digits and hyphens, without slashes")
    })
}

/// The name of a file or folder that Windows reserves, if a part of `path` is one.
///
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
pub(super) fn reserved_name(path: &str) -> Option<&str> {
    const NAMES: [&str; 4] = ["con", "prn", "aux", "nul"];
    path.split('/').find(|part| {
        let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
        let numbered = |prefix: &str| {
            stem.strip_prefix(prefix)
                .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| (b'1'..=b'9').contains(&b)))
        };
        NAMES.contains(&stem.as_str())
            || numbered("com")
            || numbered("lpt")
            || (part.ends_with(['.', ' ']) && !part.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalinks_are_filled() {
        let at = Moment::read("2024-03-05", &crate::config::Zone::utc());
        let check = |pattern, want| {
            assert_eq!(filled(pattern, "a/b", "b", "a/", at), want);
        };
        check(":title/", "a/b/");
        check(":year/:month/:day/:title/", "2024/03/05/a/b/");
        check(":year/:i_month/:i_day/:name.html", "2024/3/5/b.html");
    }

    #[test]
    fn reserved_names_are_found() {
        assert_eq!(reserved_name("a/con/b"), Some("con"));
        assert_eq!(reserved_name("a/Com1.x/b"), Some("Com1.x"));
        assert_eq!(reserved_name("a/console/command/"), None);
    }
}
