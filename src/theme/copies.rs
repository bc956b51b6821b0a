//! Files of a theme that were copied from the one below: what they begin with, and whether
//! the original has changed since.

use super::{ThemeFile, ThemeLayer, fingerprint};
use crate::diagnostic::{Diagnostic, code};
use crate::text::Span;

/// A template or component of the layers below, ready to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The theme that holds it.
    pub layer: String,
    /// Its path below the theme's folder: `templates/parts/facts.html`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Original {
    /// The text of the copy: its first line says what it was copied from.
    pub fn copy(&self) -> String {
        let name = self.path.strip_prefix("templates/").unwrap_or(&self.path);
        let hash = fingerprint(self.text.as_bytes());
        format!("{{#- {WORDS}{}/{name} {hash} -#}}\n{}", self.layer, self.text)
    }
}

const WORDS: &str = "copied from ";

/// The template or component that `name` means in the highest of `layers` that has it:
/// `parts/facts.html`, `templates/guide.html`, `components/kbd.html`.
pub fn original(layers: &[ThemeLayer<'_>], name: &str) -> Option<Original> {
    let paths = [name.to_owned(), format!("templates/{name}"), format!("components/{name}")];
    let held = layers.iter().rev().find_map(|layer| {
        let named = |path: &String| layer.files.iter().find(|file| file.path == path);
        Some((layer, paths.iter().find_map(named).filter(|file| is_copied(file.path))?))
    });
    let (layer, file) = held?;
    let text = std::str::from_utf8(file.bytes).ok()?.to_owned();
    Some(Original { layer: layer.name.to_owned(), path: file.path.to_owned(), text })
}

/// What [`original`] can find, as templates are named.
pub fn originals<'a>(layers: &'a [ThemeLayer<'_>]) -> impl Iterator<Item = &'a str> {
    let files = layers.iter().flat_map(|layer| &layer.files).map(|file| file.path);
    files.filter(|path| is_copied(path)).map(|path| path.strip_prefix("templates/").unwrap_or(path))
}

fn is_copied(path: &str) -> bool {
    super::templates::template_name(path).is_some()
}

/// The faults of copies whose originals are no longer what was copied.
pub(super) fn outdated(layers: &[ThemeLayer<'_>]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (rank, layer) in layers.iter().enumerate() {
        let copies = layer.files.iter().filter_map(Copy::of);
        faults.extend(copies.filter_map(|copy| copy.fault(&layers[..rank])));
    }
    faults
}

/// What the first line of a copy says.
struct Copy<'a> {
    layer: &'a str,
    name: &'a str,
    hash: &'a str,
    span: Span,
}

impl<'a> Copy<'a> {
    fn of(file: &ThemeFile<'a>) -> Option<Self> {
        let text = std::str::from_utf8(file.bytes).ok().filter(|_| is_copied(file.path))?;
        let comment = text.trim_start_matches('\u{feff}').trim_start().strip_prefix("{#")?;
        let said = comment[..comment.find("#}")?].trim_matches(['-', ' ']);
        let (from, hash) = said.strip_prefix(WORDS)?.rsplit_once(' ')?;
        let (layer, name) = from.trim().split_once('/')?;
        let at = hash.as_ptr() as usize - text.as_ptr() as usize;
        Some(Copy { layer, name, hash, span: Span::new(file.file, at..at + hash.len()) })
    }

    fn fault(&self, below: &[ThemeLayer<'_>]) -> Option<Diagnostic> {
        let of_name: Vec<_> =
            below.iter().filter(|layer| layer.name == self.layer).cloned().collect();
        let fault = |message| {
            Diagnostic::new(code::OUTDATED_OVERRIDE, self.span, message)
                .with("name", self.name)
                .with("layer", self.layer)
        };
        let Some(original) = original(&of_name, self.name) else {
            return Some(
                fault("the theme `{layer}` no longer has `{name}`, from which this was copied")
                    .help("see whether this file is still of use, and remove its first line or the file"),
            );
        };
        let now = fingerprint(original.text.as_bytes());
        (now != self.hash).then(|| {
            fault("`{name}` of the theme `{layer}` has changed since this was copied from it")
                .with("now", now)
                .with("then", self.hash)
                .help("`shirube new template {name} --print` shows it as it is now: compare the two, take over what you want, then write `{now}` in place of `{then}`")
        })
    }
}
