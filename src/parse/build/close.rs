//! Frames close and become nodes.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::Builder;
use super::frame::{Frame, FrameKind};
use crate::diagnostic::code;
use crate::document::{
    Block, BlockKind, Definition, Element, Heading, HtmlAttribute, HtmlValue, Inline, InlineKind,
    List, ListItem, Table,
};
use crate::parse::{code_info, html, pictures};
use crate::text::Spanned;

impl Builder<'_, '_> {
    /// A construct of the Markdown parser's ends.
    pub(super) fn end(&mut self, tag: &TagEnd, range: Range<usize>) {
        if matches!(tag, TagEnd::HtmlBlock) {
            self.has_frame.pop();
            return self.end_html_block();
        }
        let bytes = self.prepared.range(range.clone());
        let written = self.prepared.source[bytes.clone()].trim_end_matches(['\n', '\r']).len();
        let bytes = bytes.start..bytes.start + written;
        if self.has_frame.pop() != Some(true) {
            return self.close_plain();
        }
        while !self.top().markdown {
            self.close_unfinished(bytes.end);
        }
        self.close_with(bytes.end, range);
    }

    /// Closes a run of inlines among blocks, if one is open, and raw HTML in it.
    pub(in crate::parse) fn close_plain(&mut self) {
        self.flush();
        let open = self.stack.iter().rposition(|frame| frame.markdown).unwrap_or(0);
        let plain = |frame: &Frame| matches!(frame.kind, FrameKind::Plain);
        let Some(index) = self.stack[open..].iter().position(plain).map(|at| open + at) else {
            return;
        };
        let end = self.stack[index].inlines.last().map_or(self.stack[index].start, |last| {
            last.origin.bytes.end as usize - self.source.shift
        });
        while self.stack.len() > index + 1 {
            self.close_unfinished(end);
        }
        self.close_top(end);
    }

    /// Closes the top frame although nothing in the text does.
    pub(in crate::parse) fn close_unfinished(&mut self, end: usize) {
        self.flush();
        let frame = self.top();
        match &frame.kind {
            FrameKind::Container(_) => {
                let frame = self.stack.pop().expect("it was looked at");
                if let FrameKind::Container(container) = frame.kind {
                    self.report_unclosed(&container);
                    let kind = self.closed_container(container, frame.blocks);
                    self.block(kind, frame.start..end);
                }
            }
            FrameKind::Element(_) => html::close_unfinished(self, end),
            _ => self.close_top(end),
        }
    }

    /// Closes the top frame at byte `end` of the source.
    pub(in crate::parse) fn close_top(&mut self, end: usize) {
        self.close_with(end, 0..0);
    }

    fn close_with(&mut self, end: usize, range: Range<usize>) {
        self.flush();
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        if let Some(parent) = self.stack.last_mut() {
            parent.inner_end = parent.inner_end.max(frame.inner_end);
        }
        let bytes = frame.start..end.max(frame.start);
        let inlines = std::mem::take(&mut frame.inlines);
        let blocks = std::mem::take(&mut frame.blocks);
        match frame.kind {
            FrameKind::Root => {
                self.stack.push(Frame { blocks, ..frame });
            }
            FrameKind::Paragraph => {
                let inlines = self.split_first_line(inlines);
                self.paragraph(inlines, bytes, true);
                self.close_waiting(frame.waiting);
            }
            FrameKind::Plain => {
                self.paragraph(inlines, bytes, false);
                self.close_waiting(frame.waiting);
            }
            FrameKind::Heading { level, id, underline } => {
                self.heading(level, id, underline, inlines, bytes);
            }
            FrameKind::Quote(head) => {
                let kind = self.closed_quote(head, blocks);
                self.block(kind, bytes);
            }
            FrameKind::List { start, loose, items } => {
                self.block(BlockKind::List(List { start, tight: !loose, items }), bytes);
            }
            FrameKind::Item { loose: item_is_loose } => {
                let item = ListItem { origin: self.origin(bytes), body: blocks };
                if let FrameKind::List { loose, items, .. } = &mut self.top().kind {
                    *loose |= item_is_loose;
                    items.push(item);
                }
            }
            FrameKind::Footnote(label) => {
                self.footnote(label, blocks, bytes);
            }
            FrameKind::Definitions(list) => self.block(BlockKind::Definitions(list), bytes),
            FrameKind::Term => {
                if let FrameKind::Definitions(list) = &mut self.top().kind {
                    list.push(Definition { term: inlines, details: Vec::new() });
                }
            }
            FrameKind::Details => {
                if let FrameKind::Definitions(list) = &mut self.top().kind
                    && let Some(last) = list.last_mut()
                {
                    last.details.push(blocks);
                }
            }
            FrameKind::Code { info, start, text } => self.code(info, start, &text, bytes),
            FrameKind::Table { alignments, head, rows } => {
                self.block(BlockKind::Table(Table { alignments, head, rows }), bytes);
            }
            FrameKind::Row(mut cells) => {
                self.extra_cells(&mut cells, &range, frame.inner_end);
                if let FrameKind::Table { head, rows, .. } = &mut self.top().kind {
                    if head.is_empty() { *head = cells } else { rows.push(cells) }
                }
            }
            FrameKind::Cell => {
                if let FrameKind::Row(cells) = &mut self.top().kind {
                    cells.push(inlines);
                }
            }
            FrameKind::Emphasis => self.inline(InlineKind::Emphasis(inlines), bytes),
            FrameKind::Strong => self.inline(InlineKind::Strong(inlines), bytes),
            FrameKind::Strikethrough { single: false } => {
                self.inline(InlineKind::Strikethrough(inlines), bytes);
            }
            FrameKind::Strikethrough { single: true } => self.tildes(inlines, bytes),
            kind @ (FrameKind::Link { .. } | FrameKind::Image { .. }) => {
                let range = if range.is_empty() { frame.inner_end..frame.inner_end } else { range };
                let kind = self.closed_link(kind, inlines, &range, frame.inner_end);
                self.inline(kind, bytes);
            }
            FrameKind::Element(element) => html::closed(self, element, blocks, inlines, bytes),
            FrameKind::Container(container) => {
                let kind = self.closed_container(container, blocks);
                self.block(kind, bytes);
            }
        }
    }

    /// A footnote, or the text of a second one with its label: as text, so that it is not
    /// lost.
    fn footnote(&mut self, label: String, body: Vec<Block>, bytes: Range<usize>) {
        if self.shared.footnotes.insert(label.clone()) {
            return self.block(BlockKind::Footnote { label, body }, bytes);
        }
        let mark = self.prepared.source[bytes.clone()].find("]:").map_or(bytes.len(), |at| at + 1);
        let fault = self
            .fault(
                code::DUPLICATE_FOOTNOTE,
                bytes.start..bytes.start + mark,
                "the footnote `{label}` is defined already; this one is shown as text",
            )
            .with("label", label)
            .help("give one of the two another label");
        self.report(fault);
        self.blocks(body);
    }

    /// What stands behind the last cell of a row that has more than its head: Markdown
    /// leaves it out; here it goes to the last cell.
    fn extra_cells(&mut self, cells: &mut [Vec<Inline>], range: &Range<usize>, inner_end: usize) {
        let Some(rest) = self.prepared.text.get(inner_end..range.end) else {
            return;
        };
        let wall = |c: char| c == '|' || c.is_whitespace();
        let start = inner_end + rest.len() - rest.trim_start_matches(wall).len();
        let end = inner_end + rest.trim_end_matches(wall).len();
        let Some(last) = cells.last_mut().filter(|_| start < end) else {
            return;
        };
        let bytes = self.prepared.range(start..end);
        let fault = self
            .fault(
                code::EXTRA_CELL,
                bytes.clone(),
                "this row has more cells than the head of its table",
            )
            .help("add cells to the head; a `|` that is text is written `\\|`");
        self.report(fault);
        let wall =
            Inline::new(InlineKind::Text(" | ".to_owned()), self.origin(bytes.start..bytes.start));
        last.push(wall);
        last.extend(self.label(bytes));
    }

    /// `~x~` is no strikethrough: `10~20 個`.
    fn tildes(&mut self, inlines: Vec<Inline>, bytes: Range<usize>) {
        let end = bytes.end;
        self.words("~", bytes.start..bytes.start + 1);
        for inline in inlines {
            self.push_inline(inline);
        }
        self.words("~", end - 1..end);
    }

    fn paragraph(&mut self, inlines: Vec<Inline>, bytes: Range<usize>, is_paragraph: bool) {
        if let [Inline { kind: InlineKind::Math(formula), origin }] = inlines.as_slice()
            && self.prepared.source[bytes.clone()].starts_with("$$")
        {
            let block = Block::new(BlockKind::Math(formula.clone()), *origin);
            return self.top().blocks.push(block);
        }
        let figures = !self.is_line && html::takes_figures(self);
        let blocks = pictures::blocks(inlines, self.origin(bytes), is_paragraph, figures);
        self.top().blocks.extend(blocks);
    }

    fn close_waiting(&mut self, waiting: Vec<(String, Range<usize>)>) {
        for (tag, bytes) in waiting {
            html::end_tag(self, &tag, bytes);
        }
    }

    fn heading(
        &mut self,
        level: u8,
        id: Option<Spanned<String>>,
        underline: Option<Range<usize>>,
        mut text: Vec<Inline>,
        bytes: Range<usize>,
    ) {
        if let Some(underline) = underline {
            let fault = self
                .fault(
                    code::ACCIDENTAL_HEADING,
                    underline,
                    "this line makes the text above it a heading",
                )
                .help("for a rule, put an empty line before it; for a heading, write `## …`");
            self.report(fault);
        }
        if let Some(Inline { kind: InlineKind::Text(last), .. }) = text.last_mut() {
            last.truncate(last.trim_end().len());
            if last.is_empty() {
                text.pop();
            }
        }
        self.add_heading(level, id, text, bytes);
    }

    /// Adds a heading; of one without text, only what can be linked to is kept.
    pub(in crate::parse) fn add_heading(
        &mut self,
        level: u8,
        id: Option<Spanned<String>>,
        text: Vec<Inline>,
        bytes: Range<usize>,
    ) {
        if shows_something(&text) {
            self.shared.heading_ids.extend(id.clone());
            let id = id.map(|id| id.value);
            let heading = Heading { level, text, id, index: 0 };
            return self.block(BlockKind::Heading(heading), bytes);
        }
        let fault = self
            .fault(code::EMPTY_HEADING, bytes.clone(), "this heading has no text; it is left out")
            .help("write its text, or delete the line");
        self.report(fault);
        if !text.is_empty() {
            self.block(BlockKind::Plain(text), bytes.clone());
        }
        if let Some(id) = id {
            let name =
                HtmlAttribute { name: "id".to_owned(), value: HtmlValue::Text(id.value.clone()) };
            self.shared.ids.push(id);
            let anchor =
                Element { tag: "div".to_owned(), attributes: vec![name], children: Vec::new() };
            self.block(BlockKind::Element(anchor), bytes);
        }
    }

    fn code(&mut self, info: Option<String>, start: usize, text: &str, bytes: Range<usize>) {
        if info.is_none() && html::is_between_rows(self) {
            return html::indented(self, bytes);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let info = info.map(|info| (info, start + self.source.shift));
        let (code, faults) = code_info::code(info, text, self.source.file);
        self.shared.diagnostics.extend(faults);
        self.block(BlockKind::Code(code), bytes);
    }

    /// Adds blocks where the text stands.
    pub(in crate::parse) fn blocks(&mut self, blocks: Vec<Block>) {
        self.close_plain();
        self.top().blocks.extend(blocks);
    }
}

/// Whether a reader sees anything of `inlines`.
fn shows_something(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
            !text.trim().is_empty()
        }
        InlineKind::Emphasis(list) | InlineKind::Strong(list) | InlineKind::Strikethrough(list) => {
            shows_something(list)
        }
        InlineKind::Element(element) => {
            let media = |attribute: &HtmlAttribute| {
                matches!(attribute.value, HtmlValue::Reference(_)) && attribute.name != "href"
            };
            element.attributes.iter().any(media) || shows_something(&element.children)
        }
        InlineKind::SoftBreak | InlineKind::HardBreak => false,
        InlineKind::Link(_)
        | InlineKind::Image(_)
        | InlineKind::Term { .. }
        | InlineKind::Variable { .. }
        | InlineKind::Component(_)
        | InlineKind::FootnoteReference(_)
        | InlineKind::Task { .. } => true,
    })
}
