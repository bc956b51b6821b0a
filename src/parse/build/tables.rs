//! Lines that look like a table and are none: their delimiter row stayed text.

use super::Builder;
use super::frame::FrameKind;
use crate::diagnostic::code;
use crate::document::InlineKind;
use crate::parse::mapped::Mapped;
use crate::parse::prepare;

/// Reports `run` if it is a delimiter row below a line with a `|`.
pub(super) fn report_broken(builder: &mut Builder<'_, '_>, run: &Mapped) {
    let Some(cells) = delimiters(&run.text) else { return };
    let Some(frame) = builder.frames().last() else { return };
    let below = frame.inlines.last().is_some_and(|last| matches!(last.kind, InlineKind::SoftBreak));
    if !below || !matches!(frame.kind, FrameKind::Paragraph | FrameKind::Plain) {
        return;
    }
    let bytes = run.source(0..run.text.len());
    let source = builder.prepared.source;
    let before = &source[..bytes.start - builder.prepared.line_before(bytes.start).len()];
    let above = before.trim_end_matches(['\n', '\r']);
    let above = &above[above.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let head = cells_of(above.trim_start_matches(|c: char| c.is_whitespace() || c == '>'));
    if !above.contains('|') {
        return;
    }
    let (message, help) = if head == cells {
        ("this is no table; it is shown as text", "put an empty line before the head of the table")
    } else {
        (
            "this is no table, since its head has {head} cells and this row {cells}; it is shown as text",
            "give both rows the same number of cells",
        )
    };
    let fault = builder
        .fault(code::BROKEN_TABLE, bytes, message)
        .with("head", head)
        .with("cells", cells)
        .help(help);
    builder.report(fault);
}

/// How many cells a delimiter row `|---|:-:|` has.
fn delimiters(text: &str) -> Option<usize> {
    if !text.contains('|') || !text.contains('-') {
        return None;
    }
    let is_delimiter = |cell: &str| {
        let dashes = cell.trim();
        let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    inner(text).split('|').all(is_delimiter).then(|| cells_of(text))
}

/// How many cells a row has.
fn cells_of(row: &str) -> usize {
    let row = prepare::visible(row).replace("\\|", "");
    inner(&row).split('|').count()
}

/// A row without the walls at its ends.
fn inner(row: &str) -> &str {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row)
}
