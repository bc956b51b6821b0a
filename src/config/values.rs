//! Values of settings that have a form of their own: addresses, folders, permalinks.

use super::yaml::{Fields, Yaml};
use crate::diagnostic::{Diagnostic, code};
use crate::paths::normalized;
use crate::text::Spanned;

/// An address to publish at, with a slash at its end; `None` when it is no web address or
/// has a query or fragment.
///
/// ```
/// use shirube::config::base_url;
/// assert_eq!(base_url("https://example.com/help").as_deref(), Some("https://example.com/help/"));
/// assert_eq!(base_url("example.com"), None);
/// ```
pub fn base_url(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('/');
    (is_web_address(text) && !text.contains(['?', '#'])).then(|| format!("{text}/"))
}

fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let host = ["https://", "http://"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme))
        .map(|scheme| &text[scheme.len()..]);
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\');
    host.is_some_and(|host| {
        !host.is_empty() && !host.starts_with(['/', '.']) && !host.contains(bad)
    })
}

pub(super) fn base_url_key(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let written = fields.text("base_url")?;
    let url = base_url(&written.value);
    if url.is_none() {
        fields.report(
            no_address("base_url", &written)
                .help("for example `base_url: https://help.example.com/`"),
        );
    }
    url.map(|url| Spanned::new(url, written.span))
}

/// An address that begins with `http`.
pub(super) fn web_address(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let written = fields.text(key)?;
    let good = is_web_address(&written.value);
    if !good {
        fields
            .report(no_address(key, &written).help("write it in full, beginning with `https://`"));
    }
    good.then_some(written.value)
}

fn no_address(key: &str, written: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, written.span, "`{key}`: `{url}` is no web address")
        .with("key", key)
        .with("url", &written.value)
}

pub(super) fn edit_url(fields: &mut Fields<'_>) -> Option<String> {
    let span = fields.place("edit_url");
    let url = web_address(fields, "edit_url")?;
    if !url.contains("{path}") {
        let fault = Diagnostic::new(
            code::INVALID_VALUE,
            span?,
            "`edit_url` does not say where the file's path goes",
        );
        fields.report(fault.help("for example `https://git.example.com/help/edit/main/{path}`"));
    }
    Some(url)
}

/// Whether a reader may safely follow an address that is of another site, of a mailbox, or
/// counted from the site's root.
pub fn link_is_safe(address: &str) -> bool {
    let is_inside = address.starts_with('/') && !address.starts_with("//");
    let mailbox = address.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("mailto:"));
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '<' | '>' | '"');
    (is_inside || mailbox || is_web_address(address)) && !address.contains(bad)
}

/// An address or a guide's path; only schemes that a reader may safely follow.
pub(super) fn link(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<String>> {
    let written = fields.text(key)?;
    // White space before or in a scheme is ignored by browsers, and so must not hide one.
    let bare: String =
        written.value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let foreign = bare.split_once(':').is_some_and(|(scheme, _)| {
        let known =
            ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str());
        !known && !scheme.contains(['/', '?', '#'])
    });
    if foreign {
        fields
            .report(no_address(key, &written).help(
                "write `https://…`, `mailto:…` or the path of a guide in the content folder",
            ));
        return None;
    }
    Some(written)
}

/// `content`, `output` and `static`.
pub(super) struct Paths {
    pub(super) content: String,
    pub(super) output: String,
    pub(super) statics: Vec<String>,
}

pub(super) fn paths(fields: &mut Fields<'_>) -> Paths {
    let content = folder(fields, "content").unwrap_or_else(|| "content".to_owned());
    let statics = match fields.value("static") {
        Some(value) => folders(fields, value),
        None => vec!["static".to_owned()],
    };
    let span = fields.place("output");
    let output = folder(fields, "output").unwrap_or_else(|| "public".to_owned());
    let sources = [content.as_str(), "themes", "locales"];
    let covered = sources
        .into_iter()
        .chain(statics.iter().map(String::as_str))
        .find(|source| overlap(source, &output));
    if let (Some(span), Some(source)) = (span, covered) {
        fields.report(
            Diagnostic::new(
                code::UNSAFE_OUTPUT,
                span,
                "the output folder `{output}` and the sources in `{source}` would cover each other",
            )
            .with("output", &output)
            .with("source", if source.is_empty() { "." } else { source })
            .help("write into a folder of its own, such as `public`"),
        );
    }
    Paths { content, output, statics }
}

/// Whether one folder is the other or holds it.
fn overlap(a: &str, b: &str) -> bool {
    let holds = |outer: &str, inner: &str| {
        outer.is_empty()
            || inner.strip_prefix(outer).is_some_and(|r| r.is_empty() || r.starts_with('/'))
    };
    holds(a, b) || holds(b, a)
}

fn folder(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let written = fields.text(key)?;
    inside(fields, key, &written)
}

fn folders(fields: &mut Fields<'_>, value: &Yaml) -> Vec<String> {
    let written = fields.texts_of("static", value);
    written.iter().filter_map(|folder| inside(fields, "static", folder)).collect()
}

/// The folder as a path below the site; a fault when it leads out.
fn inside(fields: &mut Fields<'_>, key: &str, written: &Spanned<String>) -> Option<String> {
    let path = written.value.replace('\\', "/");
    let absolute = path.starts_with('/') || path.starts_with('~') || path.contains(':');
    let clean = normalized(&path).filter(|_| !absolute);
    if clean.is_none() {
        fields.report(
            Diagnostic::new(
                code::INVALID_VALUE,
                written.span,
                "`{key}`: `{path}` is outside the site",
            )
            .with("key", key)
            .with("path", &written.value)
            .help("name a folder inside the one that holds `shirube.yaml`"),
        );
    }
    clean
}

/// What a permalink may hold besides plain text.
const PLACEHOLDERS: [&str; 11] = [
    "title", "name", "category", "year", "month", "i_month", "day", "i_day", "hour", "minute",
    "second",
];

pub(super) fn permalink(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let written = fields.text("permalink")?;
    let unknown = placeholders(&written.value).find(|name| !PLACEHOLDERS.contains(name));
    let fault = if let Some(name) = unknown {
        Diagnostic::new(code::INVALID_VALUE, written.span, "`permalink` cannot fill in `:{name}`")
            .with("name", name)
            .nearest(crate::diagnostic::nearest(name, PLACEHOLDERS))
    } else if !placeholders(&written.value).any(|name| matches!(name, "title" | "name")) {
        let message = "`permalink` gives every guide the same address";
        Diagnostic::new(code::INVALID_VALUE, written.span, message)
    } else if written.value.split('/').any(|part| part == "..") {
        Diagnostic::new(code::INVALID_VALUE, written.span, "`permalink` leads out of the site")
    } else {
        return Some(written);
    };
    fields
        .report(fault.help("for example `permalink: :title/` or `permalink: :year/:month/:name/`"));
    None
}

fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split(':').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '_'));
        &rest[..end.unwrap_or(rest.len())]
    })
}
