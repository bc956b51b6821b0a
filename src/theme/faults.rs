//! From the engine's errors to diagnostics at the template's bytes.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Error, ErrorKind, ReportError, Tera};

use super::templates::TemplateSource;
use super::{Template, links};
use crate::diagnostic::{Diagnostic, Place, code, nearest};
use crate::text::{FileId, LineIndex};

/// Compiles `templates` into `engine`; gives every fault that can be told apart.
///
/// The engine stops at the first template it cannot read, so that one is set aside and the
/// rest is tried again. With `unread` templates, what the others miss is not told.
pub(super) fn compile(
    engine: &mut Tera,
    templates: &[Template<'_>],
    unread: bool,
) -> Vec<Diagnostic> {
    let mut faults = links::faults(templates);
    if !faults.is_empty() {
        return faults;
    }
    let mut aside: BTreeSet<String> = BTreeSet::new();
    loop {
        let texts = templates
            .iter()
            .filter(|template| !aside.contains(&template.name))
            .map(|template| (template.name.as_str(), template.text));
        let Err(error) = engine.add_raw_templates(texts) else {
            return faults;
        };
        if let ErrorKind::SyntaxError(report) = &error.kind()
            && aside.insert(report.filename().to_owned())
        {
            faults.push(reported(report, templates));
            continue;
        }
        if !unread {
            let missed = missed(&aside, templates);
            let others = between(&error, templates);
            faults.extend(others.into_iter().filter(|fault| !names_any(fault, &missed)));
        }
        return faults;
    }
}

/// What others may miss of the templates set aside, which is no fault of theirs.
fn missed<'a>(aside: &'a BTreeSet<String>, templates: &'a [Template<'_>]) -> BTreeSet<&'a str> {
    let held = templates.iter().filter(|template| aside.contains(&template.name));
    let inner = held.flat_map(|template| {
        let defined = template.scan.definitions.iter().map(|definition| definition.name.name);
        defined.chain(template.scan.blocks.iter().map(|block| block.name))
    });
    inner.chain(aside.iter().map(String::as_str)).collect()
}

fn names_any(fault: &Diagnostic, names: &BTreeSet<&str>) -> bool {
    fault.text().split('`').skip(1).step_by(2).any(|name| names.contains(name))
}

/// The fault behind an error while a page was drawn.
pub(super) fn rendering(
    error: &Error,
    sources: &BTreeMap<String, TemplateSource>,
    template: &str,
) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let place = sources
                .get(report.filename())
                .map_or(Place::Site, |source| Place::At(source.span(report.span().range.clone())));
            template_error(place, report.message())
        }
        ErrorKind::TemplateNotFound(name) => {
            let near = nearest(name, sources.keys().map(String::as_str));
            Diagnostic::new(code::TEMPLATE_ERROR, Place::Site, "there is no template `{name}`")
                .with("name", name)
                .nearest(near)
        }
        _ => {
            let place =
                sources.get(template).map_or(Place::Site, |source| Place::File(source.file));
            template_error(place, &error.to_string())
        }
    }
}

fn template_error(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(code::TEMPLATE_ERROR, place, "{reason}").with("reason", lower_first(message))
}

fn reported(report: &ReportError, templates: &[Template<'_>]) -> Diagnostic {
    let place = find(templates, report.filename()).map_or(Place::Site, |template| {
        let range = report.span().range.clone();
        let end = range.end.min(template.text.len());
        Place::At(template.source().span(range.start.min(end)..end))
    });
    template_error(place, report.message())
}

/// Faults between templates: what one names and no other is.
fn between(error: &Error, templates: &[Template<'_>]) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let place = find(templates, current).map_or(Place::Site, |template| {
                let named = template.scan.extends.map(|named| template.span(named));
                named.map_or(Place::File(template.file), Place::At)
            });
            let names = templates.iter().map(|template| template.name.as_str());
            let fault =
                Diagnostic::new(code::TEMPLATE_ERROR, place, "there is no template `{name}`")
                    .with("name", parent)
                    .nearest(nearest(parent, names));
            vec![fault]
        }
        ErrorKind::SyntaxError(report) => vec![reported(report, templates)],
        _ => texts(&error.to_string(), templates),
    }
}

/// Splits ready-made reports (`error: … --> file:line:column`), the only form in which the
/// engine gives unknown names, back into places. What cannot be told apart is kept whole.
fn texts(whole: &str, templates: &[Template<'_>]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    // The blocks that built-in templates fill and a theme's own template lacks.
    let mut lacking: BTreeMap<FileId, BTreeSet<&str>> = BTreeMap::new();
    for report in whole.split("\n\nerror: ") {
        let report = report.strip_prefix("error: ").unwrap_or(report);
        let place = report_place(report, templates).unwrap_or(Place::Site);
        let message = match place {
            Place::Site => report,
            Place::File(_) | Place::At(_) => report.lines().next().unwrap_or(report),
        };
        match own_base(place, templates).zip(block_of(message)) {
            Some((base, block)) => _ = lacking.entry(base).or_default().insert(block),
            None => faults.push(text(place, message, templates)),
        }
    }
    faults.extend(lacking.into_iter().map(|(base, blocks)| lacking_blocks(base, &blocks)));
    faults
}

fn text(place: Place, message: &str, templates: &[Template<'_>]) -> Diagnostic {
    let fault = template_error(place, message);
    let fault = fault.nearest(nearest_block(message, templates));
    match extended(place, message, templates) {
        Some(parent) => fault.related(parent, "the template that is extended"),
        None => fault,
    }
}

/// For a place in a built-in template, the theme's own template that it comes to extend: the
/// writer has that file, and the built-in one is as it should be.
fn own_base(place: Place, templates: &[Template<'_>]) -> Option<FileId> {
    let named = templates.iter().find(|template| Some(template.file) == place.file())?;
    if named.rank > 0 {
        return None;
    }
    let parent = |template: &&Template<'_>| find(templates, template.scan.extends?.name);
    let mut up = std::iter::successors(Some(named), parent);
    up.find(|template| template.rank > 0).map(|template| template.file)
}

fn lacking_blocks(base: FileId, blocks: &BTreeSet<&str>) -> Diagnostic {
    let names: Vec<&str> = blocks.iter().copied().collect();
    let message = "this template lacks the blocks `{blocks}`, which the built-in pages fill";
    Diagnostic::new(code::TEMPLATE_ERROR, base, message)
        .with("blocks", names.join("`, `"))
        .with("example", format!("{{% block {0} %}}{{% endblock {0} %}}", names[0]))
        .help("write each where it belongs, as in `{example}`, or begin with `shirube new template base.html`")
}

/// The block that a message says is not there.
fn block_of(message: &str) -> Option<&str> {
    message.strip_prefix("Block `").or_else(|| message.strip_prefix("block `"))?.split('`').next()
}

/// For a block that the extended template does not have, that template: where it is a
/// site's own in the place of a built-in one, it is the one that lacks something.
fn extended(place: Place, message: &str, templates: &[Template<'_>]) -> Option<FileId> {
    block_of(message)?;
    let own = templates.iter().find(|template| Some(template.file) == place.file())?;
    let parent = own.scan.extends?;
    find(templates, parent.name).map(|parent| parent.file)
}

/// For a block that the extended template does not have, the block that was meant.
fn nearest_block<'a>(message: &str, templates: &'a [Template<'_>]) -> Option<&'a str> {
    let name = block_of(message)?;
    let blocks = templates.iter().flat_map(|template| &template.scan.blocks);
    nearest(name, blocks.map(|block| block.name).filter(|other| *other != name))
}

fn report_place(report: &str, templates: &[Template<'_>]) -> Option<Place> {
    let mut lines = report.lines();
    let locus = lines.find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let (rest, column) = locus.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let template = find(templates, name)?;
    let index = LineIndex::new(template.text);
    let range = (line <= template.text.lines().count()).then(|| index.line(template.text, line))?;
    let text = &template.text[range.clone()];
    let offset = text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
    let carets = report.lines().rfind(|line| line.contains('^'));
    let width = carets.map_or(1, |line| line.matches('^').count());
    let length: usize = text[offset..].chars().take(width).map(char::len_utf8).sum();
    let start = range.start + offset;
    Some(Place::At(template.source().span(start..start + length)))
}

fn find<'a, 'b>(templates: &'a [Template<'b>], name: &str) -> Option<&'a Template<'b>> {
    templates.iter().find(|template| template.name == name)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
