//! `[label]: address` lines: those that define a label a second time, which Markdown leaves
//! out in silence, and labels that nothing defines.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Builder;
use crate::diagnostic::code;

/// Lines that look like definitions, without those that turn out to be text or code.
pub(super) struct Definitions<'t> {
    labels: &'t [Range<usize>],
    is_shown: Vec<bool>,
}

impl<'t> Definitions<'t> {
    /// The lines with these labels, in order.
    pub(super) fn new(labels: &'t [Range<usize>]) -> Self {
        Self { labels, is_shown: vec![false; labels.len()] }
    }

    /// Leaves out the lines that `event` shows; `bytes` are those of the event.
    pub(super) fn see(&mut self, event: &Event<'_>, bytes: impl Fn() -> Range<usize>) {
        let shows = match event {
            Event::Start(_) | Event::End(_) => false,
            Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => true,
        };
        if self.labels.is_empty() || !shows {
            return;
        }
        let bytes = bytes();
        let from = self.labels.partition_point(|label| label.end < bytes.start);
        let to = self.labels.partition_point(|label| label.start <= bytes.end);
        self.is_shown[from..to.max(from)].fill(true);
    }

    /// The labels of the lines that nothing showed.
    pub(super) fn left(&self) -> Vec<Range<usize>> {
        let left = self.labels.iter().zip(&self.is_shown).filter(|(_, is_shown)| !**is_shown);
        left.map(|(label, _)| label.clone()).collect()
    }
}

impl Builder<'_, '_> {
    /// Reports the definition of `label` unless it is the `first`, which links use.
    pub(super) fn report_second_definition(&mut self, label: Range<usize>, first: Range<usize>) {
        if first.contains(&label.start) {
            return;
        }
        let name = self.prepared.source[label.clone()].to_owned();
        let first = self.prepared.line_at(first.start);
        let first = self.span(first.start..first.start + self.written_length(first));
        let fault = self
            .fault(
                code::DUPLICATE_DEFINITION,
                label,
                "the label `{label}` is defined already; this line is left out",
            )
            .with("label", name)
            .related(first, "links lead where this line says")
            .help("give one of the two another label, or delete it");
        self.report(fault);
    }

    fn written_length(&self, line: Range<usize>) -> usize {
        self.prepared.source[line].trim_end().len()
    }

    /// Reports a link `[text][label]` at `span` of the prepared text, whose label nothing
    /// defines. `cells[0][1]` is no link.
    pub(super) fn report_undefined(&mut self, span: Range<usize>) {
        let bytes = self.prepared.range(span);
        let source = self.prepared.source;
        let index = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ']' | ')');
        let Some(open) = source[bytes.clone()].rfind("][") else {
            return;
        };
        if source[..bytes.start].ends_with(index) {
            return;
        }
        let label = bytes.start + open + 2..bytes.end - 1;
        let name = source[label.clone()].to_owned();
        let fault = self
            .fault(
                code::MALFORMED_LINK,
                label,
                "the label `{label}` has no definition; the link is shown as text",
            )
            .with("label", &name)
            .help("add a line `[{label}]: address`; brackets that are text are written `\\[`");
        self.report(fault);
    }
}
