//! `:::include{file="…" part="…"}`: a part of another file, read in its own right.
//!
//! The included text has its own spans, definitions and footnotes; a `:::` block or a raw
//! HTML element never reaches across its edge. A part is what stands between
//! `<!-- part: name -->` and `<!-- /part -->` or the end of the file.

use std::ops::Range;

use super::build::{self, Builder, Source};
use super::prepare::Opening;
use super::{GuideText, front_matter};
use crate::diagnostic::{Diagnostic, code};
use crate::document::{BlockKind, Inline, InlineKind};
use crate::text::{FileId, Span};

/// A guide brings in no more files than this, so that files that include each other twice
/// over cannot grow without end.
const MOST: usize = 500;

/// Puts what `opening` names where the text stands; the fault, where there is one.
pub(super) fn include(builder: &mut Builder<'_, '_>, opening: &Opening, bytes: Range<usize>) {
    let attributes = builder.attributes(&opening.attributes);
    let value = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
    for attribute in
        attributes.iter().filter(|attribute| !matches!(attribute.name.as_str(), "file" | "part"))
    {
        let fault = Diagnostic::new(
            code::INVALID_ATTRIBUTE,
            attribute.span,
            "`include` has no attribute `{name}`",
        );
        let near = crate::diagnostic::nearest(&attribute.name, ["file", "part"]);
        builder.report(fault.with("name", &attribute.name).nearest(near));
    }
    let Some(file) = value("file") else {
        let fault = builder
            .fault(code::INVALID_ATTRIBUTE, opening.name_range.clone(), "`include` needs a `file`")
            .help("write `:::include{file=\"name.md\"}`");
        builder.report(fault);
        return show(builder, bytes);
    };
    let part = value("part").map(|part| (part.value.as_str(), part.span));
    match found(builder, &file.value, file.span, part) {
        Some(blocks) => builder.blocks(blocks),
        None => show(builder, bytes),
    }
}

/// The fault itself, visible where the text would be.
fn show(builder: &mut Builder<'_, '_>, bytes: Range<usize>) {
    let text = builder.prepared.source[bytes.clone()].trim().to_owned();
    let inline = Inline::new(InlineKind::Text(text), builder.origin(bytes.clone()));
    builder.block(BlockKind::Paragraph(vec![inline]), bytes);
}

fn found(
    builder: &mut Builder<'_, '_>,
    path: &str,
    span: Span,
    part: Option<(&str, Span)>,
) -> Option<Vec<crate::document::Block>> {
    let lang = builder.lang();
    let shared = &mut *builder.shared;
    let includes = shared.includes?;
    let Some((file, text)) = includes.find(span.file, path) else {
        let fault =
            Diagnostic::new(code::INCLUDE_MISSING, span, "there is no file `{path}` to include");
        shared
            .diagnostics
            .push(fault.with("path", path).help("the path counts from this file's folder"));
        return None;
    };
    if shared.open_files.contains(&file) || shared.included.len() >= MOST {
        let fault = Diagnostic::new(code::INCLUDE_CYCLE, span, "`{path}` includes itself");
        shared.diagnostics.push(fault.with("path", path).help("take one of the includes out"));
        return None;
    }
    shared.included.push(file);
    let guide = GuideText { file, lang, text };
    let start = front_matter::front_matter(guide, shared.options).value.1;
    let range = match part {
        None => start..text.len(),
        Some((name, part_span)) => match region(text, start, name) {
            Some(range) => range,
            None => {
                shared.diagnostics.push(missing_part(part_span, file, path, name));
                return None;
            }
        },
    };
    let source = Source { file, lang, text, range, shift: 0 };
    Some(build::blocks(&source, shared))
}

fn missing_part(span: Span, file: FileId, path: &str, name: &str) -> Diagnostic {
    Diagnostic::new(code::INCLUDE_MISSING, span, "`{path}` has no part `{name}`")
        .with("path", path)
        .with("name", name)
        .related(file, "the included file")
        .help("put `<!-- part: {name} -->` and `<!-- /part -->` around it there")
}

/// The bytes of the part `name`, from the line after its mark.
fn region(text: &str, start: usize, name: &str) -> Option<Range<usize>> {
    let mut from = None;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let mark = line
            .trim()
            .strip_prefix("<!--")
            .and_then(|mark| mark.strip_suffix("-->"))
            .map(str::trim);
        match (mark, from) {
            (Some("/part"), Some(from)) => return Some(from..at),
            (Some(mark), None)
                if mark.strip_prefix("part:").is_some_and(|part| part.trim() == name) =>
            {
                from = Some(at + line.len());
            }
            _ => {}
        }
        at += line.len();
    }
    from.map(|from| from..text.len())
}
