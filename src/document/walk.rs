//! Walks over the tree, for those who read it whole: search, counting, checks.

use super::{Block, BlockKind, Inline, InlineKind};
use crate::text::is_joined;

/// Calls `visit` for each block in reading order, outer ones first.
pub fn visit_blocks<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::Quote(body) | BlockKind::Footnote { body, .. } => visit_blocks(body, visit),
            BlockKind::Callout(callout) => visit_blocks(&callout.body, visit),
            BlockKind::Directive(directive) => visit_blocks(&directive.body, visit),
            BlockKind::Element(element) => visit_blocks(&element.children, visit),
            BlockKind::List(list) => {
                for item in &list.items {
                    visit_blocks(&item.body, visit);
                }
            }
            BlockKind::Definitions(definitions) => {
                for details in definitions.iter().flat_map(|definition| &definition.details) {
                    visit_blocks(details, visit);
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Plain(_)
            | BlockKind::Heading(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Screenshot(_)
            | BlockKind::Rule
            | BlockKind::More
            | BlockKind::Math(_) => {}
        }
    }
}

/// Calls `visit` for each inline of `blocks` in reading order, outer ones first.
pub fn visit_inlines<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Inline)) {
    visit_blocks(blocks, &mut |block| visit_own(block, visit));
}

/// The inlines that a block holds itself, its inner blocks left out.
fn visit_own<'a>(block: &'a Block, visit: &mut impl FnMut(&'a Inline)) {
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => visit_each(inlines, visit),
        BlockKind::Heading(heading) => visit_each(&heading.text, visit),
        BlockKind::Callout(callout) => {
            visit_each(callout.title.as_deref().unwrap_or_default(), visit);
        }
        BlockKind::Directive(directive) => {
            visit_each(directive.label.as_deref().unwrap_or_default(), visit);
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                visit_each(&definition.term, visit);
            }
        }
        BlockKind::Table(table) => {
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                visit_each(cell, visit);
            }
        }
        BlockKind::Screenshot(image) => {
            visit_each(&image.alt, visit);
            visit_each(image.title.as_deref().unwrap_or_default(), visit);
        }
        BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Code(_)
        | BlockKind::Rule
        | BlockKind::Element(_)
        | BlockKind::Footnote { .. }
        | BlockKind::More
        | BlockKind::Math(_) => {}
    }
}

fn visit_each<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        visit_each(children(inline), visit);
    }
}

fn children(inline: &Inline) -> &[Inline] {
    match &inline.kind {
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Strikethrough(inner) => inner,
        InlineKind::Link(link) => &link.text,
        InlineKind::Image(image) => &image.alt,
        InlineKind::Component(component) => component.label.as_deref().unwrap_or_default(),
        InlineKind::Element(element) => &element.children,
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak
        | InlineKind::Term { .. }
        | InlineKind::Variable { .. }
        | InlineKind::FootnoteReference(_)
        | InlineKind::Task { .. }
        | InlineKind::Math(_) => &[],
    }
}

/// The text of inlines without markup: what a title, an anchor or a text alternative
/// needs. Line ends are spaces, or nothing between Japanese characters; terms and variables
/// stand as they are said, else as written.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    if text.contains(LINE_END) { without_line_ends(&text) } else { text }
}

/// Stands for a soft break until its neighbours are known; no text holds it, since
/// noncharacters are taken out when a guide is read.
const LINE_END: char = '\u{fdd0}';

/// Line ends as spaces, and as nothing between characters of scripts without spaces.
fn without_line_ends(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, line) in text.split(LINE_END).enumerate() {
        let joined = plain.chars().next_back().is_some_and(is_joined)
            && line.chars().next().is_some_and(is_joined);
        if index > 0 && !joined {
            plain.push(' ');
        }
        plain.push_str(line);
    }
    plain
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
                out.push_str(text);
            }
            InlineKind::SoftBreak => out.push(LINE_END),
            InlineKind::HardBreak => out.push(' '),
            InlineKind::Term { .. } | InlineKind::Variable { .. } => {
                out.push_str(inline.kind.spoken().unwrap_or_default());
            }
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Link(_)
            | InlineKind::Image(_)
            | InlineKind::Component(_)
            | InlineKind::Element(_) => push_plain(children(inline), out),
            InlineKind::FootnoteReference(_) | InlineKind::Task { .. } => {}
        }
    }
}
