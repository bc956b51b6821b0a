//! Markdown constructs open.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Tag};

use super::frame::{Frame, FrameKind};
use super::{Builder, DEEPEST_BLOCK, DEEPEST_INLINE};
use crate::document::Alignment;

impl Builder<'_, '_> {
    /// A construct of the Markdown parser's begins.
    pub(super) fn start(
        &mut self,
        tag: Tag<'_>,
        range: Range<usize>,
        definition: Option<Range<usize>>,
    ) {
        let bytes = self.prepared.range(range.clone());
        if matches!(tag, Tag::HtmlBlock) {
            self.has_frame.push(false);
            return;
        }
        if !self.has_room(&tag) {
            self.has_frame.push(false);
            self.close_plain();
            return self.report_depth(bytes);
        }
        self.has_frame.push(true);
        let kind = match tag {
            Tag::Link { .. } | Tag::Image { .. } => self.link_frame(tag, &range, definition),
            tag => self.frame_kind(tag, &range),
        };
        if !kind.takes_inlines()
            || matches!(kind, FrameKind::Paragraph | FrameKind::Heading { .. } | FrameKind::Term)
        {
            self.close_plain();
        } else if !self.top().kind.takes_inlines() && !matches!(kind, FrameKind::Cell) {
            self.stack.push(Frame::new(FrameKind::Plain, bytes.start, false));
        }
        if matches!(kind, FrameKind::Paragraph)
            && let FrameKind::Item { loose } = &mut self.top().kind
        {
            *loose = true;
        }
        self.links += usize::from(matches!(kind, FrameKind::Link { .. } | FrameKind::Image { .. }));
        let mut frame = Frame::new(kind, bytes.start, true);
        frame.inner_end = range.start;
        self.stack.push(frame);
    }

    /// Whether a frame may be opened here. Parts of lists and tables follow the whole;
    /// what holds only text always has room.
    fn has_room(&self, tag: &Tag<'_>) -> bool {
        match tag {
            Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => self.has_frame.last().copied().unwrap_or(true),
            Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList => self.stack.len() < DEEPEST_BLOCK,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => self.stack.len() < DEEPEST_INLINE,
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::MetadataBlock(_) => true,
        }
    }

    fn frame_kind(&self, tag: Tag<'_>, range: &Range<usize>) -> FrameKind {
        match tag {
            Tag::Heading { level, .. } => {
                let level = level as u8;
                FrameKind::Heading { level, id: None, underline: self.underline(range, level) }
            }
            Tag::BlockQuote(_) => FrameKind::Quote(None),
            Tag::CodeBlock(kind) => self.code_frame(&kind, range),
            Tag::List(start) => FrameKind::List { start, loose: false, items: Vec::new() },
            Tag::Item => FrameKind::Item { loose: false },
            Tag::FootnoteDefinition(label) => {
                FrameKind::Footnote(self.prepared.restored(&label).into_owned())
            }
            Tag::DefinitionList => FrameKind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => FrameKind::Term,
            Tag::DefinitionListDefinition => FrameKind::Details,
            Tag::Table(alignments) => FrameKind::Table {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => FrameKind::Row(Vec::new()),
            Tag::TableCell => FrameKind::Cell,
            Tag::Emphasis => FrameKind::Emphasis,
            Tag::Strong => FrameKind::Strong,
            Tag::Strikethrough => {
                let single = !self.prepared.text[range.clone()].starts_with("~~");
                FrameKind::Strikethrough { single }
            }
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => FrameKind::Paragraph,
        }
    }

    /// The hyphens below a heading, where it is made by a line of them.
    fn underline(&self, range: &Range<usize>, level: u8) -> Option<Range<usize>> {
        let text = &self.prepared.text[range.clone()];
        if level != 2 || text.starts_with("##") {
            return None;
        }
        let text = text.trim_end();
        let start = text.rfind('\n').map_or(0, |end| end + 1);
        let hyphens = start + text[start..].find('-')?;
        Some(self.prepared.range(range.start + hyphens..range.start + text.len()))
    }

    fn code_frame(&self, kind: &CodeBlockKind<'_>, range: &Range<usize>) -> FrameKind {
        let text = String::new();
        match kind {
            CodeBlockKind::Indented => FrameKind::Code { info: None, start: range.start, text },
            CodeBlockKind::Fenced(_) => {
                // The line is read from the source: its words are reported there.
                let line = self.prepared.line_at(self.prepared.offset(range.start));
                let fence = self.prepared.source[line.clone()].trim_start();
                let marks = fence.len()
                    - fence.trim_start_matches(fence.chars().next().unwrap_or('`')).len();
                let info = fence[marks..].trim();
                let start = line.end - fence[marks..].trim_start().len();
                FrameKind::Code { info: Some(info.to_owned()), start, text }
            }
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
