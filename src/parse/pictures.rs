//! Pictures that stand alone on a line become blocks of their own.
//!
//! A step and its screenshot are mostly one paragraph: the text, and on the next line the
//! picture. A line that holds nothing but a picture is taken out as a
//! [`BlockKind::Screenshot`]; what stands before and after it stays paragraphs. Several
//! pictures on one line, and pictures among words, stay in the line.

use crate::document::{Block, BlockKind, Image, Inline, InlineKind, Origin};
use crate::text::ByteSpan;

/// The blocks for the inlines of one paragraph; `figures` says whether a picture may
/// stand as a block here.
pub(super) fn blocks(
    inlines: Vec<Inline>,
    origin: Origin,
    is_paragraph: bool,
    figures: bool,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !figures || !inlines.iter().any(|inline| picture(inline).is_some()) {
        push_text(&mut blocks, inlines, origin, is_paragraph);
        return blocks;
    }
    let mut text = Vec::new();
    for line in lines(inlines) {
        match alone(&line) {
            Some(at) => {
                push_text(&mut blocks, std::mem::take(&mut text), origin, is_paragraph);
                let inline = line.into_iter().nth(at).expect("the picture is in the line");
                blocks.extend(screenshot(inline));
            }
            None => text.extend(line),
        }
    }
    push_text(&mut blocks, text, origin, is_paragraph);
    blocks
}

/// The lines of a paragraph; each but the last ends with its break.
fn lines(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines = vec![Vec::new()];
    for inline in inlines {
        let ends = is_break(&inline);
        lines.last_mut().expect("there is a line").push(inline);
        if ends {
            lines.push(Vec::new());
        }
    }
    lines
}

fn is_break(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak)
}

fn is_blank(inline: &Inline) -> bool {
    is_break(inline) || matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty())
}

/// The picture of an inline that is one, or a link around one.
fn picture(inline: &Inline) -> Option<&Image> {
    match &inline.kind {
        InlineKind::Image(image) => Some(image),
        InlineKind::Link(link) => match link.text.as_slice() {
            [Inline { kind: InlineKind::Image(image), .. }] => Some(image),
            _ => None,
        },
        _ => None,
    }
}

/// Where the picture of a line stands that holds nothing else.
fn alone(line: &[Inline]) -> Option<usize> {
    let mut found = None;
    for (at, inline) in line.iter().enumerate() {
        if is_blank(inline) {
            continue;
        }
        picture(inline)?;
        if found.replace(at).is_some() {
            return None;
        }
    }
    found
}

fn screenshot(inline: Inline) -> Option<Block> {
    let origin = inline.origin;
    let image = match inline.kind {
        InlineKind::Image(image) => image,
        InlineKind::Link(link) => match link.text.into_iter().next()?.kind {
            InlineKind::Image(image) => Image { link: Some(link.target), ..image },
            _ => return None,
        },
        _ => return None,
    };
    Some(Block::new(BlockKind::Screenshot(image), origin))
}

fn push_text(
    blocks: &mut Vec<Block>,
    mut inlines: Vec<Inline>,
    origin: Origin,
    is_paragraph: bool,
) {
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    let leading = inlines.iter().take_while(|inline| is_blank(inline)).count();
    inlines.drain(..leading);
    let (Some(first), Some(last)) = (inlines.first(), inlines.last()) else {
        return;
    };
    let bytes = ByteSpan {
        start: first.origin.bytes.start,
        end: last.origin.bytes.end.max(first.origin.bytes.start),
    };
    let origin = Origin { bytes, ..origin };
    let text = Block::new(BlockKind::Plain(inlines), origin);
    blocks.push(if is_paragraph { as_paragraph(text) } else { text });
}

/// Text without a paragraph as one, unless it holds a block of raw HTML, which would end
/// the paragraph in the browser; any other block as it is.
pub(super) fn as_paragraph(block: Block) -> Block {
    let flows = |inline: &Inline| match &inline.kind {
        InlineKind::Element(element) => super::html::is_block(&element.tag),
        _ => false,
    };
    match block.kind {
        BlockKind::Plain(inlines) if !inlines.iter().any(flows) => {
            Block::new(BlockKind::Paragraph(inlines), block.origin)
        }
        kind => Block::new(kind, block.origin),
    }
}
