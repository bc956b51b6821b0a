//! The files of a theme that browsers load, under names that change with their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ThemeLayer;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::paths::OutputPath;
use crate::text::Spanned;

/// The file that tokens are appended to.
const TOKENS: &str = "tokens.css";

pub(super) struct Assets {
    pub(super) files: Vec<(OutputPath, Arc<[u8]>)>,
    /// `style.css` → `assets/style.3fa91c2b.css`.
    pub(super) names: BTreeMap<String, String>,
}

pub(super) fn published(
    layers: &[ThemeLayer<'_>],
    theme_tokens: &BTreeMap<String, String>,
    site_tokens: &BTreeMap<String, Spanned<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Assets {
    let mut contents: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if let Some(name) = file.path.strip_prefix("assets/") {
            contents.insert(name, file.bytes.to_vec());
        }
    }
    if let Some(sheet) = contents.get_mut(TOKENS) {
        let overrides = overrides(sheet, theme_tokens, site_tokens, diagnostics);
        sheet.extend_from_slice(overrides.as_bytes());
    }
    let mut assets = Assets { files: Vec::new(), names: BTreeMap::new() };
    for (name, bytes) in contents {
        let hashed = hashed_name(name, &fingerprint(&bytes));
        let Some(path) = OutputPath::new(&format!("assets/{hashed}")) else {
            continue;
        };
        assets.names.insert(name.to_owned(), crate::paths::encoded(path.as_str()));
        assets.files.push((path, bytes.into()));
    }
    assets
}

/// The pictures of `icons/`, by name without extension, as markup.
pub(super) fn icons(layers: &[ThemeLayer<'_>]) -> BTreeMap<String, String> {
    layers
        .iter()
        .flat_map(|layer| &layer.files)
        .filter_map(|file| {
            let name = file.path.strip_prefix("icons/")?.strip_suffix(".svg")?;
            let svg = std::str::from_utf8(file.bytes).ok()?;
            Some((name.to_owned(), svg.trim().to_owned()))
        })
        .collect()
}

/// Eight hexadecimal digits that stand for `bytes` in a file's name.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    crate::memo::Fingerprint::of_bytes(bytes).hex()[..8].to_owned()
}

fn hashed_name(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem}.{hash}.{extension}"),
        _ => format!("{name}.{hash}"),
    }
}

/// A rule that sets the overridden tokens; it follows the theme's own and so wins.
fn overrides(
    sheet: &[u8],
    theme_tokens: &BTreeMap<String, String>,
    site_tokens: &BTreeMap<String, Spanned<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let sheet = String::from_utf8_lossy(sheet);
    let known = defined(&sheet);
    let mut values: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, value) in theme_tokens {
        if usable(name, value) {
            values.insert(name, value);
        }
    }
    for (name, value) in site_tokens {
        let name = name.trim_start_matches("--");
        if !usable(name, &value.value) {
            diagnostics.push(
                Diagnostic::new(
                    code::CSS_SYNTAX,
                    value.span,
                    "the token `{name}` cannot be `{value}`",
                )
                .with("name", name)
                .with("value", &value.value)
                .help("a token is one CSS value, without `;`, `{`, `}`, `<` or a comment"),
            );
        } else if !known.contains(&name) && !theme_tokens.contains_key(name) {
            diagnostics.push(
                Diagnostic::new(code::CSS_SYNTAX, value.span, "the theme has no token `{name}`")
                    .with("name", name)
                    .nearest(nearest(name, known.iter().copied())),
            );
        } else {
            values.insert(name, &value.value);
        }
    }
    if values.is_empty() {
        return String::new();
    }
    let rules: String = values.iter().map(|(name, value)| format!("--{name}:{value};")).collect();
    format!("\n:root{{{rules}}}\n")
}

fn usable(name: &str, value: &str) -> bool {
    let name_good = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let value_good = !value.trim().is_empty()
        && !value.contains([';', '{', '}', '<', '\\', '@'])
        && !value.contains("/*")
        && !value.chars().any(char::is_control)
        && balanced(value);
    name_good && value_good
}

/// Whether brackets and quotes close: an open one would swallow the rules that follow.
fn balanced(value: &str) -> bool {
    let mut quote = None;
    let mut depth = 0i32;
    for c in value.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    quote.is_none() && depth == 0
}

/// The names of the custom properties that a style sheet defines.
fn defined(sheet: &str) -> Vec<&str> {
    sheet
        .match_indices("--")
        .filter_map(|(at, _)| {
            let rest = &sheet[at + 2..];
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
            rest[end..].trim_start().starts_with(':').then(|| &rest[..end])
        })
        .collect()
}
