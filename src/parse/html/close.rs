//! End tags, and elements that have none.

use std::ops::Range;

use super::elements::{ends_by_itself, is_block, is_formatting, is_void};
use crate::diagnostic::code;
use crate::document::{
    Block, BlockKind, Element as Node, HtmlAttribute, HtmlValue, Inline, InlineKind, Link,
};
use crate::parse::build::{Builder, Element, Fate, Frame, FrameKind};
use crate::parse::pictures::as_paragraph;
use crate::parse::prepare;

impl Builder<'_, '_> {
    /// The innermost open element that `fits`, unless one that is a `wall`, a `:::` block or
    /// Markdown's own stands before it.
    pub(super) fn innermost_element(
        &self,
        fits: impl Fn(&str) -> bool,
        wall: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        for (index, frame) in self.frames().iter().enumerate().rev() {
            match &frame.kind {
                FrameKind::Element(element) if fits(&element.written) => return Some(index),
                FrameKind::Element(element) if wall(&element.written) => return None,
                FrameKind::Container(_) => return None,
                _ if frame.markdown => return None,
                _ => {}
            }
        }
        None
    }

    pub(super) fn close_to(&mut self, index: usize, end: usize) {
        while self.frames().len() > index + 1 {
            if let Some(FrameKind::Element(element)) = self.frames().last().map(|frame| &frame.kind)
                && is_formatting(&element.written)
            {
                self.report_unclosed_element(false);
                self.close_top(end);
            } else {
                self.close_unfinished(end);
            }
        }
        self.close_top(end);
    }

    /// Reports the element on top, whose end tag is missing.
    fn report_unclosed_element(&mut self, is_word: bool) {
        let Some(FrameKind::Element(element)) = self.frames().last().map(|frame| &frame.kind)
        else {
            return;
        };
        let (name, bytes) = (element.written.clone(), element.opened.clone());
        let message = if is_word {
            "`<{name}>` has no end tag; it is shown as text"
        } else {
            "`<{name}>` has no end tag"
        };
        let help = if is_word {
            "write `\\<{name}>` for text, or add `</{name}>`"
        } else {
            "add `</{name}>` where it ends"
        };
        let fault =
            self.fault(code::UNBALANCED_HTML, bytes, message).with("name", &name).help(help);
        self.report(fault);
    }
}

/// An end tag.
pub(in crate::parse) fn end_tag(builder: &mut Builder<'_, '_>, name: &str, bytes: Range<usize>) {
    if let Some(index) = builder.innermost_element(|tag| tag == name, |_| false) {
        return builder.close_to(index, bytes.end);
    }
    if name == "br" {
        return builder.inline(InlineKind::HardBreak, bytes);
    }
    if !prepare::is_known_element(name) {
        let text = builder.prepared.source[bytes.clone()].to_owned();
        return builder.words(&prepare::visible(&text), bytes);
    }
    // In a paragraph, the tag may end what began before it.
    if waits(builder, name) {
        let top = builder.frames().iter().rposition(|frame| frame.markdown).unwrap_or(0);
        return builder.wait(top, name.to_owned(), bytes);
    }
    if is_void(name) || name == "p" {
        return;
    }
    let fault = builder
        .fault(code::UNBALANCED_HTML, bytes, "`</{name}>` closes nothing; it is left out")
        .with("name", name)
        .help("an element that begins in a list item or quotation ends there");
    builder.report(fault);
}

/// Whether an element that `</name>` means is open around the paragraph at hand.
fn waits(builder: &Builder<'_, '_>, name: &str) -> bool {
    let frames = builder.frames();
    let Some(top) = frames.iter().rposition(|frame| frame.markdown) else {
        return false;
    };
    if !matches!(frames[top].kind, FrameKind::Paragraph) {
        return false;
    }
    frames[..top].iter().rev().take_while(|frame| !frame.markdown).any(|frame| match &frame.kind {
        FrameKind::Element(element) => element.written == name,
        _ => false,
    })
}

/// Closes the element on top although its end tag is missing.
pub(in crate::parse) fn close_unfinished(builder: &mut Builder<'_, '_>, end: usize) {
    let Some(FrameKind::Element(element)) = builder.frames().last().map(|frame| &frame.kind) else {
        return;
    };
    if ends_by_itself(&element.written) {
        return builder.close_top(end);
    }
    let is_word = element.bare && (element.inline || !is_block(&element.written));
    let is_anchor = element.written == "a" && element.link.is_none();
    builder.report_unclosed_element(is_word);
    if !is_word && !is_anchor {
        return builder.close_top(end);
    }
    builder.dissolve(is_word);
}

impl Builder<'_, '_> {
    /// Takes the element on top out of the way of its text: shows its tag as text, or
    /// leaves it empty before the text.
    fn dissolve(&mut self, is_word: bool) {
        let Some(frame) = self.pop_frame() else {
            return;
        };
        let Frame { kind: FrameKind::Element(element), blocks, inlines, .. } = frame else {
            return;
        };
        let bytes = element.opened.clone();
        if is_word {
            self.links -= usize::from(element.written == "a");
            let text = prepare::visible(&self.prepared.source[bytes.clone()]).into_owned();
            if !element.inline {
                self.close_plain();
            }
            self.words(&text, bytes);
            if !element.inline {
                self.close_plain();
            }
        } else {
            closed(self, element, Vec::new(), Vec::new(), bytes);
        }
        for inline in inlines {
            self.push_inline(inline);
        }
        if !blocks.is_empty() {
            self.blocks(blocks);
        }
    }
}

/// Adds the node for an element whose frame was closed.
pub(in crate::parse) fn closed(
    builder: &mut Builder<'_, '_>,
    element: Element,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    bytes: Range<usize>,
) {
    builder.links -= usize::from(element.written == "a");
    if element.fate != Fate::Keep {
        builder.report_removed_element(
            &element.written,
            element.opened.clone(),
            element.fate == Fate::Drop,
        );
        if element.fate == Fate::Unwrap {
            if !inlines.is_empty() && !builder.top().kind.takes_inlines() {
                builder.push_frame(FrameKind::Plain, bytes.start);
            }
            for inline in inlines {
                builder.push_inline(inline);
            }
            if !blocks.is_empty() {
                builder.blocks(blocks);
            }
        }
        return;
    }
    let Element { tag, attributes, link, .. } = element;
    if element.inline {
        let kind = match link {
            Some(target) => {
                let title = attributes.into_iter().find_map(|attribute| match attribute.value {
                    HtmlValue::Text(text) if attribute.name == "title" => Some(text),
                    _ => None,
                });
                InlineKind::Link(Link { target, title, text: inlines, bare: false })
            }
            None => InlineKind::Element(Node { tag, attributes, children: inlines }),
        };
        return builder.inline(kind, bytes);
    }
    match heading_level(&tag) {
        Some(level) => heading(builder, level, &attributes, blocks, bytes),
        None if tag == "p" => paragraph(builder, attributes, blocks, bytes),
        None => {
            builder.block(BlockKind::Element(Node { tag, attributes, children: blocks }), bytes);
        }
    }
}

/// `<p>` holds text only: its first text stays in it, and what comes behind stands after
/// it. One with attributes, `align` or a style, becomes a `<div>` that holds all.
fn paragraph(
    builder: &mut Builder<'_, '_>,
    attributes: Vec<HtmlAttribute>,
    mut blocks: Vec<Block>,
    bytes: Range<usize>,
) {
    let plain = |block: &&Block| matches!(block.kind, BlockKind::Plain(_));
    let mut own = blocks.iter().take_while(plain).count();
    if own == 0
        && let Some(BlockKind::Paragraph(text)) = blocks.first_mut().map(|block| &mut block.kind)
    {
        blocks[0].kind = BlockKind::Plain(std::mem::take(text));
        own = 1;
    }
    let rest = blocks.split_off(own);
    if rest.is_empty() {
        let node = Node { tag: "p".to_owned(), attributes, children: blocks };
        return builder.block(BlockKind::Element(node), bytes);
    }
    if attributes.is_empty() {
        if !blocks.is_empty() {
            let node = Node { tag: "p".to_owned(), attributes, children: blocks };
            builder.block(BlockKind::Element(node), bytes);
        }
        return builder.blocks(rest);
    }
    let whole = blocks.into_iter().map(as_paragraph).chain(rest).collect();
    let node = Node { tag: "div".to_owned(), attributes, children: whole };
    builder.block(BlockKind::Element(node), bytes);
}

fn heading_level(tag: &str) -> Option<u8> {
    let level = tag.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// `<h2>` is a heading like any other.
fn heading(
    builder: &mut Builder<'_, '_>,
    level: u8,
    attributes: &[HtmlAttribute],
    blocks: Vec<Block>,
    bytes: Range<usize>,
) {
    let id = attributes.iter().find_map(|attribute| match &attribute.value {
        HtmlValue::Text(id) if attribute.name == "id" => Some(id.clone()),
        _ => None,
    });
    // The heading carries it, not an element.
    let ids = &mut builder.shared.ids;
    let place = ids.iter().rposition(|written| Some(&written.value) == id.as_ref());
    let id = place.map(|place| ids.remove(place));
    let mut text = Vec::new();
    let mut rest = Vec::new();
    for block in blocks {
        match block.kind {
            BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines) => text.extend(inlines),
            BlockKind::Screenshot(image) => {
                text.push(Inline::new(InlineKind::Image(image), block.origin));
            }
            _ => rest.push(block),
        }
    }
    builder.add_heading(level, id, text, bytes);
    builder.blocks(rest);
}
