//! Headings of a guide: which one is its title, how deep they stand, their list.
//!
//! The page has one level-1 heading, its title. A first heading equal to it is dropped,
//! and remembered so that its anchor stays; one that holds a link, a picture or an id of
//! its own is kept, since a title cannot hold those.
//! If further level-1 headings remain, every heading goes one level deeper (6 stays 6), so
//! that the chapters stand below the title and keep their order among each other.

use super::HeadingFact;
use crate::document::{
    Block, BlockKind, Heading, HtmlAttribute, HtmlValue, Inline, InlineKind, plain_text,
};
use crate::text::{Span, Spanned};

/// The text of the first heading, as a title: what only a body can hold is left out.
pub(super) fn first_heading(blocks: &[Block]) -> Option<Vec<Inline>> {
    let mut first = None;
    crate::document::visit_blocks(blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind
            && first.is_none()
        {
            first = Some(as_title(&heading.text));
        }
    });
    first
}

/// The inlines with links as their text, pictures as their text alternative, and without
/// elements around them and marks of footnotes: these would stand on the page twice.
fn as_title(text: &[Inline]) -> Vec<Inline> {
    let mut title = Vec::new();
    for inline in text {
        let within = |make: fn(Vec<Inline>) -> InlineKind, list: &[Inline]| make(as_title(list));
        let kind = match &inline.kind {
            InlineKind::Link(link) => {
                title.extend(as_title(&link.text));
                continue;
            }
            InlineKind::Image(image) => {
                title.extend(as_title(&image.alt));
                continue;
            }
            InlineKind::Element(element) if !is_plain(inline) => {
                title.extend(as_title(&element.children));
                continue;
            }
            InlineKind::FootnoteReference(_) => continue,
            InlineKind::Emphasis(list) => within(InlineKind::Emphasis, list),
            InlineKind::Strong(list) => within(InlineKind::Strong, list),
            InlineKind::Strikethrough(list) => within(InlineKind::Strikethrough, list),
            InlineKind::Element(_)
            | InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Term { .. }
            | InlineKind::Variable { .. }
            | InlineKind::Component(_)
            | InlineKind::Task { .. }
            | InlineKind::Math(_) => inline.kind.clone(),
        };
        title.push(Inline::new(kind, inline.origin));
    }
    title
}

/// Takes out the first heading if it is a level-1 heading that says what the title says
/// and nothing more, and gives what others may know of it; `ids` are those that headings
/// were given.
pub(super) fn drop_title(
    blocks: &mut Vec<Block>,
    title: &[Inline],
    ids: &[Spanned<String>],
) -> Option<HeadingFact> {
    let at = blocks.iter().position(|block| matches!(block.kind, BlockKind::Heading(_)))?;
    let BlockKind::Heading(heading) = &blocks[at].kind else { return None };
    let repeats = heading.level == 1
        && folded(&heading.text) == folded(title)
        && heading.text.iter().all(is_plain);
    if !repeats {
        return None;
    }
    let span = blocks[at].origin.span();
    let BlockKind::Heading(heading) = blocks.remove(at).kind else { return None };
    let id = heading.id.and_then(|id| ids.iter().find(|written| written.value == id).cloned());
    Some(HeadingFact { level: 1, text: heading.text, id, span })
}

/// Whether a title shows all of `inline`: no link, picture, footnote or id is in it.
fn is_plain(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak
        | InlineKind::Term { .. }
        | InlineKind::Variable { .. }
        | InlineKind::Task { .. }
        | InlineKind::Math(_) => true,
        InlineKind::Emphasis(list) | InlineKind::Strong(list) | InlineKind::Strikethrough(list) => {
            list.iter().all(is_plain)
        }
        InlineKind::Component(component) => component.label.iter().flatten().all(is_plain),
        InlineKind::Element(element) => {
            let plain = |attribute: &HtmlAttribute| {
                !matches!(attribute.name.as_str(), "id" | "name")
                    && !matches!(attribute.value, HtmlValue::Reference(_))
            };
            element.attributes.iter().all(plain) && element.children.iter().all(is_plain)
        }
        InlineKind::Link(_) | InlineKind::Image(_) | InlineKind::FootnoteReference(_) => false,
    }
}

/// The text with runs of white space as one space.
fn folded(text: &[Inline]) -> String {
    plain_text(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Settles levels and places of all headings and lists them; `ids` are those that they
/// were given, in order.
pub(super) fn settle(blocks: &mut [Block], ids: &[Spanned<String>]) -> Vec<HeadingFact> {
    let mut ids = ids.iter();
    let mut has_first = false;
    each_heading(blocks, &mut |heading, _| has_first |= heading.level == 1);
    let mut facts = Vec::new();
    each_heading(blocks, &mut |heading, span| {
        heading.level = (heading.level + u8::from(has_first)).min(6);
        heading.index = u32::try_from(facts.len()).expect("a text below 4 GiB has fewer headings");
        facts.push(HeadingFact {
            level: heading.level,
            text: heading.text.clone(),
            id: heading
                .id
                .as_ref()
                .and_then(|id| ids.find(|written| written.value == *id).cloned()),
            span,
        });
    });
    facts
}

/// Calls `each` for every heading in reading order.
fn each_heading(blocks: &mut [Block], each: &mut impl FnMut(&mut Heading, Span)) {
    for block in blocks {
        let span = block.origin.span();
        match &mut block.kind {
            BlockKind::Heading(heading) => each(heading, span),
            BlockKind::Quote(body) | BlockKind::Footnote { body, .. } => each_heading(body, each),
            BlockKind::Callout(callout) => each_heading(&mut callout.body, each),
            BlockKind::Directive(directive) => each_heading(&mut directive.body, each),
            BlockKind::Element(element) => each_heading(&mut element.children, each),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    each_heading(&mut item.body, each);
                }
            }
            BlockKind::Definitions(definitions) => {
                for details in definitions.iter_mut().flat_map(|definition| &mut definition.details)
                {
                    each_heading(details, each);
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Plain(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Screenshot(_)
            | BlockKind::Rule
            | BlockKind::More
            | BlockKind::Math(_) => {}
        }
    }
}
