//! The templates of a theme's layers on their way to the engine: which file is known under
//! which name, and what its text names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::ThemeLayer;
use super::scan::{self, Named, Scan};
use crate::text::{FileId, Span};

/// One template on its way to the engine.
pub(super) struct Template<'a> {
    pub(super) name: String,
    pub(super) file: FileId,
    /// Its text, without a byte order mark, which would end up in pages.
    pub(super) text: &'a str,
    /// The bytes of the mark.
    pub(super) marked: usize,
    /// How many layers are below its own.
    pub(super) rank: usize,
    pub(super) scan: Scan<'a>,
}

impl Template<'_> {
    /// The bytes of a name that stands in it.
    pub(super) fn span(&self, named: Named<'_>) -> Span {
        self.source().span(named.at..named.at + named.name.len())
    }

    /// Whether it extends or includes `other`, or calls a component of it.
    fn uses(&self, other: &Template<'_>) -> bool {
        let mut defined = other.scan.definitions.iter().map(|definition| definition.name.name);
        self.scan.templates().any(|named| named.name == other.name)
            || defined.any(|name| self.scan.components.contains(&name))
    }

    /// Where its text comes from.
    pub(super) fn source(&self) -> TemplateSource {
        TemplateSource { file: self.file, marked: self.marked }
    }
}

/// The file of a template, and what stands in it before the text that the engine has.
#[derive(Debug, Clone, Copy)]
pub(super) struct TemplateSource {
    pub(super) file: FileId,
    marked: usize,
}

impl TemplateSource {
    /// The bytes in the file of a range of the engine's text.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.marked..range.end + self.marked)
    }
}

/// All templates of `layers`; one that is hidden by a higher layer's is known as
/// `<theme>/<template>`.
pub(super) fn all<'a>(layers: &[ThemeLayer<'a>]) -> Vec<Template<'a>> {
    let mut by_name: BTreeMap<String, Template<'a>> = BTreeMap::new();
    let mut hidden = Vec::new();
    let mut holders: BTreeMap<String, &str> = BTreeMap::new();
    for (rank, layer) in layers.iter().enumerate() {
        for file in &layer.files {
            let Some(name) = template_name(file.path) else {
                continue;
            };
            let Ok(text) = std::str::from_utf8(file.bytes) else {
                // Told where files are taken in.
                continue;
            };
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            let template = Template {
                name: name.to_owned(),
                file: file.file,
                text,
                marked: file.bytes.len() - text.len(),
                rank,
                scan: scan::scan(text),
            };
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
        .filter_map(|template| Some((template.name.as_str(), template.scan.extends?.name)))
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

/// The templates whose pages lack their text, since neither they nor what they extend,
/// include or call names it.
pub(super) fn textless(templates: &[Template<'_>]) -> BTreeSet<String> {
    let lacks = |template: &&Template<'_>| {
        let mut reached = BTreeSet::new();
        let mut next = vec![*template];
        while let Some(template) = next.pop() {
            if template.scan.names_body {
                return false;
            }
            if reached.insert(template.name.as_str()) {
                next.extend(templates.iter().filter(|other| template.uses(other)));
            }
        }
        true
    };
    templates.iter().filter(lacks).map(|template| template.name.clone()).collect()
}

/// The source of each template, by name.
pub(super) fn sources(templates: Vec<Template<'_>>) -> BTreeMap<String, TemplateSource> {
    let of = |template: Template<'_>| {
        let source = template.source();
        (template.name, source)
    };
    templates.into_iter().map(of).collect()
}

/// Where each component's name stands in its file.
pub(super) fn definitions(templates: &[Template<'_>]) -> BTreeMap<String, Span> {
    let of = |template: &Template<'_>| {
        let names = template.scan.definitions.iter().map(|definition| definition.name);
        names.map(|name| (name.name.to_owned(), template.span(name))).collect::<Vec<_>>()
    };
    templates.iter().flat_map(of).collect()
}

/// `templates/guide.html` is known as `guide.html`; components keep their folder.
pub(super) fn template_name(path: &str) -> Option<&str> {
    if !path.ends_with(".html") {
        return None;
    }
    path.strip_prefix("templates/").or_else(|| path.starts_with("components/").then_some(path))
}
