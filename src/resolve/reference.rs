//! Each reference of a text → what it means on the page of one locale, or why nothing.
//!
//! Paths are looked for relative to the source file, then in the folder of the guide's
//! name, then relative to the published page: the three ways in which real articles
//! write them. An address of the site's own published root counts as a path from it.

mod elsewhere;
mod faults;
mod fragment;
mod lookup;

use super::answer::{Answer, Picture};
use super::site_map::{Entry, SiteMap};
use crate::config::Config;
use crate::diagnostic::{Checked, Code, Diagnostic, code};
use crate::discover::Asset;
use crate::document::{LocaleId, Reference, ReferenceKind};
use crate::paths::{UrlPath, decoded, encoded};
use crate::text::FileId;
use elsewhere::scheme;
pub(super) use fragment::anchor;

/// What references are resolved against.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The map of the site.
    pub map: &'a SiteMap,
    /// The settings.
    pub config: &'a Config,
    /// The path of a file below the content folder.
    pub content_path: &'a (dyn Fn(FileId) -> Option<&'a str> + Sync),
}

/// The answers to `references` on the page of guide `at` in `locale`, in their order.
pub fn answers<'a>(
    around: Surroundings<'a>,
    at: usize,
    locale: LocaleId,
    references: &'a [Reference],
) -> Checked<Vec<Answer>> {
    let mut faults = Vec::new();
    let entry = &around.map.entries[at];
    let answer =
        |reference: &'a Reference| Asked { around, entry, locale, reference }.answer(&mut faults);
    let value = references.iter().map(answer).collect();
    Checked { value, diagnostics: faults }
}

/// One reference on one page.
struct Asked<'a> {
    around: Surroundings<'a>,
    entry: &'a Entry,
    locale: LocaleId,
    reference: &'a Reference,
}

/// An address taken apart.
pub(super) struct Written {
    path: String,
    query: Option<String>,
    pub(super) fragment: Option<String>,
}

impl Written {
    /// Query and fragment with their signs.
    pub(super) fn suffix(&self) -> String {
        let query = self.query.as_ref().map_or(String::new(), |query| format!("?{query}"));
        let fragment = self.fragment.as_ref().map(|fragment| format!("#{}", encoded(fragment)));
        query + &fragment.unwrap_or_default()
    }
}

/// What a path led to.
enum Found<'a> {
    Guide(usize, LocaleId),
    Page(UrlPath, String),
    Asset(&'a Asset),
    Static(UrlPath),
    Hidden,
}

impl<'a> Asked<'a> {
    fn answer(&self, faults: &mut Vec<Diagnostic>) -> Answer {
        let written = self.reference.written.trim();
        if self.reference.kind == ReferenceKind::GuideName {
            return self.named_guide(written, faults);
        }
        if let Some(own) = self.own_address(written) {
            return self.local(&own, true, faults);
        }
        match scheme(written) {
            Some(scheme) => self.elsewhere(scheme, written, faults),
            None if written.starts_with("//") => self.remote(format!("https:{written}"), faults),
            None => self.local(written, written.starts_with('/'), faults),
        }
    }

    fn fault(&self, code: Code, message: &'static str) -> Diagnostic {
        Diagnostic::new(code, self.reference.origin.span(), message)
            .with("target", &self.reference.written)
    }

    fn missing(&self) -> Answer {
        Answer::Missing { written: self.reference.written.clone() }
    }

    fn local(&self, written: &str, absolute: bool, faults: &mut Vec<Diagnostic>) -> Answer {
        let parts = taken_apart(written);
        if parts.path.is_empty() && !absolute {
            if written.is_empty() {
                let message = "the address is empty";
                faults.push(self.fault(code::MALFORMED_LINK, message));
                return self.missing();
            }
            return self.on_this_page(parts, faults);
        }
        let candidates = self.candidates(&parts.path, absolute);
        if candidates.is_empty() {
            let message = "`{target}` leads out of the site";
            faults.push(self.fault(code::OUTSIDE_SITE, message));
            return self.missing();
        }
        let wants_file = self.reference.kind != ReferenceKind::Link;
        for exact in [true, false] {
            for path in &candidates {
                if let Some(found) = self.at(path, exact, wants_file) {
                    if !exact && !matches!(found, Found::Hidden) {
                        faults.push(self.wrong_case(path, &found));
                    }
                    return self.found(found, parts, faults);
                }
            }
        }
        faults.push(self.nothing_there(&candidates));
        self.missing()
    }

    fn found(&self, found: Found<'_>, parts: Written, faults: &mut Vec<Diagnostic>) -> Answer {
        let query = parts.query.clone();
        match found {
            Found::Guide(at, locale) => self.guide(at, locale, parts, faults),
            Found::Page(url, title) => {
                Answer::Page { url: Some(url), fragment: parts.fragment, query, title }
            }
            Found::Static(url) => Answer::File { url, suffix: parts.suffix() },
            Found::Asset(asset) => self.asset(asset, &parts, faults),
            Found::Hidden => {
                let message = "`{target}` belongs to a guide that this build hides";
                faults.push(
                    self.fault(code::HIDDEN_TARGET, message)
                        .help("remove the link, or show both to the same audience"),
                );
                // Even its name is not for these readers.
                Answer::Missing { written: String::new() }
            }
        }
    }

    fn guide(
        &self,
        at: usize,
        locale: LocaleId,
        parts: Written,
        faults: &mut Vec<Diagnostic>,
    ) -> Answer {
        let entry = &self.around.map.entries[at];
        let fragment = parts.fragment.map(|fragment| self.anchor(entry, locale, fragment, faults));
        let own = std::ptr::eq(entry, self.entry) && locale == self.locale;
        Answer::Page {
            url: (!own || fragment.is_none()).then(|| entry.url(locale).clone()),
            fragment,
            query: parts.query,
            title: entry.card(locale).title_text.clone(),
        }
    }

    fn on_this_page(&self, parts: Written, faults: &mut Vec<Diagnostic>) -> Answer {
        let fragment =
            parts.fragment.map(|fragment| self.anchor(self.entry, self.locale, fragment, faults));
        let title = self.entry.card(self.locale).title_text.clone();
        Answer::Page { url: None, fragment, query: parts.query, title }
    }

    /// The id that a written fragment means; a dead one is reported and kept as written.
    fn anchor(
        &self,
        entry: &Entry,
        locale: LocaleId,
        fragment: String,
        faults: &mut Vec<Diagnostic>,
    ) -> String {
        let written = (self.reference.written.as_str(), self.reference.origin.span());
        anchor(entry, locale, fragment, written).take(faults)
    }

    fn asset(&self, asset: &Asset, parts: &Written, faults: &mut Vec<Diagnostic>) -> Answer {
        let map = self.around.map;
        let url = map.asset_url(&asset.path);
        match (self.reference.kind, asset.picture) {
            (ReferenceKind::Image, Some((kind, size))) => {
                faults.extend(self.picture_faults(asset, kind, size));
                if self.is_too_large(size) {
                    return // What is hidden must not be named on the page.
                Answer::Missing { written: String::new() };
                }
                let variant = map.locale_variant(&asset.path, self.locale, self.around.config);
                let shown = variant.unwrap_or(asset);
                let (kind, size) = shown.picture.unwrap_or((kind, size));
                let dark = map.variant(&shown.path, "dark").map(|dark| map.asset_url(&dark.path));
                Answer::Picture(Picture { url: map.asset_url(&shown.path), kind, size, dark })
            }
            (ReferenceKind::Image, None) => {
                let message = "`{target}` is not an image: its bytes are of no known kind";
                faults.push(
                    self.fault(code::NOT_AN_IMAGE, message)
                        .help("save it again as PNG, JPEG, GIF, WebP, AVIF or SVG"),
                );
                self.missing()
            }
            (ReferenceKind::Link | ReferenceKind::Media | ReferenceKind::GuideName, _) => {
                Answer::File { url, suffix: parts.suffix() }
            }
        }
    }

    fn named_guide(&self, name: &str, faults: &mut Vec<Diagnostic>) -> Answer {
        let map = self.around.map;
        let at = map.guide(name).or_else(|| {
            map.entries
                .iter()
                .position(|entry| entry.id.name() == name || entry.source.title_text == name)
        });
        if let Some(at) = at {
            let parts = Written { path: String::new(), query: None, fragment: None };
            return self.guide(at, self.locale, parts, faults);
        }
        let last = |id: &String| id.rsplit('/').next().is_some_and(|last| last == name);
        if map.is_hidden(name) || map.hidden.iter().any(last) {
            let parts = Written { path: String::new(), query: None, fragment: None };
            return self.found(Found::Hidden, parts, faults);
        }
        faults.push(self.nothing_there(&[name.to_owned()]));
        self.missing()
    }
}

/// Path, query and fragment, decoded; backslashes are what Windows users type for slashes.
pub(super) fn taken_apart(written: &str) -> Written {
    let (rest, fragment) = match written.split_once('#') {
        Some((rest, fragment)) => (rest, Some(decoded(fragment))),
        None => (written, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (rest, None),
    };
    Written { path: decoded(path).replace('\\', "/"), query, fragment }
}
