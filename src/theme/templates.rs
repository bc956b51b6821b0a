//! The templates of a theme's layers on their way to the engine: which file is known under
//! which name, and what its text names.

use std::collections::BTreeMap;

use super::ThemeLayer;
use super::scan::{self, Named, Scan};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::text::{FileId, Span};

/// One template on its way to the engine.
pub(super) struct Template<'a> {
    pub(super) name: String,
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// How many layers are below its own.
    pub(super) rank: usize,
    pub(super) scan: Scan<'a>,
}

impl Template<'_> {
    /// The bytes of a name that stands in it.
    pub(super) fn span(&self, named: Named<'_>) -> Span {
        Span::new(self.file, named.at..named.at + named.name.len())
    }
}

/// All templates of `layers`; one that is hidden by a higher layer's is known as
/// `<theme>/<template>`.
pub(super) fn all<'a>(
    layers: &[ThemeLayer<'a>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Template<'a>> {
    let mut by_name: BTreeMap<String, Template<'a>> = BTreeMap::new();
    let mut hidden = Vec::new();
    let mut holders: BTreeMap<String, &str> = BTreeMap::new();
    for (rank, layer) in layers.iter().enumerate() {
        for file in &layer.files {
            let Some(name) = template_name(file.path) else {
                continue;
            };
            let Ok(text) = std::str::from_utf8(file.bytes) else {
                diagnostics.push(Diagnostic::new(
                    code::WRONG_ENCODING,
                    Place::File(file.file),
                    "this template is not UTF-8",
                ));
                continue;
            };
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            let scan = scan::scan(text);
            let template = Template { name: name.to_owned(), file: file.file, text, rank, scan };
            let lower = by_name.insert(name.to_owned(), template);
            let holder = holders.insert(name.to_owned(), layer.name);
            // A component lives once: two definitions of a name would contradict.
            if let (Some(mut lower), Some(holder)) = (lower, holder)
                && !name.starts_with("components/")
            {
                lower.name = format!("{holder}/{name}");
                hidden.push(lower);
            }
        }
    }
    by_name.into_values().chain(hidden).collect()
}

/// The file of the last template on the way up from each that extends another.
pub(super) fn bases(templates: &[Template<'_>]) -> BTreeMap<String, FileId> {
    let parents: BTreeMap<&str, &str> = templates
        .iter()
        .filter_map(|template| Some((template.name.as_str(), extended(template.text)?)))
        .collect();
    let files: BTreeMap<&str, FileId> =
        templates.iter().map(|template| (template.name.as_str(), template.file)).collect();
    let base = |name: &&str| {
        // A circle was told as a fault; here it only must end.
        let up = std::iter::successors(Some(*name), |name| parents.get(name).copied());
        up.take(templates.len() + 1).last().and_then(|base| files.get(base).copied())
    };
    parents.keys().filter_map(|name| Some(((*name).to_owned(), base(name)?))).collect()
}

/// Where each component's name stands in its file.
pub(super) fn definitions(templates: &[Template<'_>]) -> BTreeMap<String, Span> {
    let of = |template: &Template<'_>| {
        let names = template.scan.definitions.iter().map(|definition| definition.name);
        names.map(|name| (name.name.to_owned(), template.span(name))).collect::<Vec<_>>()
    };
    templates.iter().flat_map(of).collect()
}

/// The template that `{% extends "…" %}` names.
fn extended(text: &str) -> Option<&str> {
    let tags = text.match_indices("{%").map(|(at, _)| text[at + 2..].trim_start_matches('-'));
    let name = tags.filter_map(|tag| tag.trim_start().strip_prefix("extends")).next()?;
    let name = name.trim_start();
    let quote = name.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    name[1..].split(quote).next()
}

/// `templates/guide.html` is known as `guide.html`; components keep their folder.
pub(super) fn template_name(path: &str) -> Option<&str> {
    if !path.ends_with(".html") {
        return None;
    }
    path.strip_prefix("templates/").or_else(|| path.starts_with("components/").then_some(path))
}
