//! `:::` blocks and Hexo's: how they nest, and what closes them.
//!
//! A line of *n* colons closes the innermost open block that was opened with *n*, else
//! the innermost opened with fewer; blocks inside it that are still open are closed with
//! it and reported. A block never outlives the list item or quotation that it began in.

use std::ops::Range;

use super::Builder;
use super::frame::{Container, Frame, FrameKind};
use crate::diagnostic::code;
use crate::document::{Attribute, Block, BlockKind, Callout, Fold, Inline};
use crate::parse::pictures::as_paragraph;
use crate::text::Spanned;

/// A container with nothing in it.
pub(super) fn opened(name: Spanned<String>, bytes: Range<usize>) -> Container {
    Container { colons: 0, hexo: None, name, label: None, attributes: Vec::new(), opened: bytes }
}

impl Builder<'_, '_> {
    /// Opens a container where the text stands.
    pub(super) fn open_container(&mut self, container: Container) {
        self.close_plain();
        if self.stack.len() >= super::DEEPEST_BLOCK {
            return self.report_depth(container.opened);
        }
        let start = container.opened.start;
        self.stack.push(Frame::new(FrameKind::Container(container), start, false));
    }

    /// Closes the container that a line of `colons` means; `false` when there is none.
    pub(super) fn close_container(&mut self, colons: usize, bytes: Range<usize>) -> bool {
        let same = self.innermost(|container| container.colons == colons);
        let fewer =
            || self.innermost(|container| container.colons > 0 && container.colons < colons);
        let Some(index) = same.or_else(fewer) else {
            return false;
        };
        self.close_down_to(index, bytes);
        true
    }

    /// Closes the container that Hexo's `end…` means; `false` when there is none.
    pub(super) fn close_hexo(&mut self, opening: &str, bytes: Range<usize>) -> bool {
        let Some(index) = self.innermost(|container| container.hexo == Some(opening)) else {
            return false;
        };
        self.close_down_to(index, bytes);
        true
    }

    /// The innermost container that `fits`, among those the Markdown around them has not
    /// closed off.
    fn innermost(&self, fits: impl Fn(&Container) -> bool) -> Option<usize> {
        let open = self.stack.iter().rposition(|frame| frame.markdown)?;
        (open + 1..self.stack.len()).rev().find(|index| match &self.stack[*index].kind {
            FrameKind::Container(container) => fits(container),
            _ => false,
        })
    }

    fn close_down_to(&mut self, index: usize, bytes: Range<usize>) {
        while self.stack.len() > index + 1 {
            self.close_unfinished(bytes.start);
        }
        self.close_top(bytes.end);
    }

    /// Reports a container whose end is missing.
    pub(super) fn report_unclosed(&mut self, container: &Container) {
        let mark = match container.hexo {
            Some(name) => format!("{{% end{name} %}}"),
            None => ":".repeat(container.colons),
        };
        let fault = self
            .fault(code::UNCLOSED_DIRECTIVE, container.opened.clone(), "this block is not closed")
            .with("mark", mark)
            .help("write `{mark}` on a line of its own where it ends, at the same indentation");
        self.report(fault);
    }

    /// The block that a container becomes.
    ///
    /// Its text stands in paragraphs, even in a list whose items are set without space.
    pub(super) fn closed_container(&mut self, container: Container, body: Vec<Block>) -> BlockKind {
        let body = body.into_iter().map(as_paragraph).collect();
        let Container { name, label, attributes, hexo, opened, .. } = container;
        if hexo == Some("quote") {
            return BlockKind::Quote(self.with_source(body, label, opened));
        }
        if self.shared.options.callouts.contains(&name.value) {
            let fold = self.fold(&name.value, &attributes);
            let Spanned { value: kind, span: kind_span } = name;
            return BlockKind::Callout(Callout { kind, kind_span, title: label, fold, body });
        }
        Self::directive_kind(name, label, attributes, body)
    }

    fn with_source(
        &self,
        mut body: Vec<Block>,
        source: Option<Vec<Inline>>,
        opened: Range<usize>,
    ) -> Vec<Block> {
        body.extend(source.map(|text| Block::new(BlockKind::Paragraph(text), self.origin(opened))));
        body
    }

    fn fold(&mut self, kind: &str, attributes: &[Attribute]) -> Fold {
        let mut fold = Fold::None;
        for attribute in attributes {
            match attribute.name.as_str() {
                "open" => fold = Fold::Open,
                "closed" => fold = Fold::Closed,
                _ => {
                    let fault = crate::diagnostic::Diagnostic::new(
                        code::INVALID_ATTRIBUTE,
                        attribute.span,
                        "the callout `{kind}` has no attribute `{name}`",
                    );
                    let fault = fault.with("kind", kind).with("name", &attribute.name);
                    self.report(
                        fault.help("a callout takes `open` or `closed`, and a title in brackets"),
                    );
                }
            }
        }
        fold
    }
}
