//! The texts of a guide that a translation gives in other words, in reading order.
//!
//! In: a guide's tree. Out: each list of inlines that is one text, with its kind, so that a
//! reader sees them all and a translator's words can take their place. What the words are is
//! not known here.

use crate::document::{Block, BlockKind, Image, Inline, InlineKind};
use crate::parse::Guide;

/// What a text is; the first part of a message's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The guide's title.
    Title,
    /// The description of its front matter.
    Description,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// The text of a list's item.
    Item,
    /// A term of a definition list.
    Definition,
    /// A cell of a table's head.
    HeadCell,
    /// A cell of a table.
    Cell,
    /// A picture's text alternative.
    Alt,
    /// A picture's caption.
    Caption,
    /// The title of a callout.
    Callout,
    /// The label of a component: of a fold, a tab.
    Label,
}

/// All kinds, by the names that begin the ids of messages.
const NAMES: [(Kind, &str); 12] = [
    (Kind::Title, "title"),
    (Kind::Description, "description"),
    (Kind::Heading, "h"),
    (Kind::Paragraph, "p"),
    (Kind::Item, "li"),
    (Kind::Definition, "dt"),
    (Kind::HeadCell, "th"),
    (Kind::Cell, "td"),
    (Kind::Alt, "alt"),
    (Kind::Caption, "caption"),
    (Kind::Callout, "callout"),
    (Kind::Label, "label"),
];

impl Kind {
    /// The name that begins the ids of its messages: `p`.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).expect("every kind has a name").1
    }

    /// The kind that the id of a message names: of `p-3fa91c`, a paragraph.
    pub fn of_id(id: &str) -> Option<Self> {
        let name = id.split('-').next()?;
        NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// Calls `visit` with every text of a guide, in reading order; what it puts in their place
/// stands in the guide, its headings' facts too.
pub fn visit(guide: &mut Guide, visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    visit(Kind::Title, &mut guide.title);
    if let Some(heading) = &mut guide.title_heading {
        heading.text.clone_from(&guide.title);
    }
    if !guide.description.is_empty() {
        visit(Kind::Description, &mut guide.description);
    }
    for block in &mut guide.document.blocks {
        visit_block(block, Kind::Paragraph, visit);
    }
    let mut facts = std::mem::take(&mut guide.headings);
    each_heading(&guide.document.blocks, &mut |index, text| {
        if let Some(fact) = facts.get_mut(index) {
            fact.text = text.to_vec();
        }
    });
    guide.headings = facts;
}

/// A text of `kind`, the texts of its pictures first: they are parts of it.
fn visit_text(kind: Kind, text: &mut Vec<Inline>, visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    visit_pictures(text, visit);
    if !text.is_empty() {
        visit(kind, text);
    }
}

fn visit_pictures(inlines: &mut [Inline], visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Image(image) => visit_image(image, visit),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner) => visit_pictures(inner, visit),
            InlineKind::Link(link) => visit_pictures(&mut link.text, visit),
            InlineKind::Component(component) => {
                visit_pictures(component.label.as_deref_mut().unwrap_or_default(), visit);
            }
            InlineKind::Element(element) => visit_pictures(&mut element.children, visit),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::Term { .. }
            | InlineKind::Variable { .. }
            | InlineKind::FootnoteReference(_)
            | InlineKind::Task { .. }
            | InlineKind::Math(_) => {}
        }
    }
}

fn visit_image(image: &mut Image, visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    if !image.alt.is_empty() {
        visit(Kind::Alt, &mut image.alt);
    }
    if let Some(title) = image.title.as_mut().filter(|title| !title.is_empty()) {
        visit(Kind::Caption, title);
    }
}

fn visit_all(blocks: &mut [Block], first: Kind, visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    for (at, block) in blocks.iter_mut().enumerate() {
        visit_block(block, if at == 0 { first } else { Kind::Paragraph }, visit);
    }
}

/// `paragraph` is what a paragraph is called here.
fn visit_block(block: &mut Block, paragraph: Kind, visit: &mut impl FnMut(Kind, &mut Vec<Inline>)) {
    match &mut block.kind {
        BlockKind::Paragraph(text) | BlockKind::Plain(text) => visit_text(paragraph, text, visit),
        BlockKind::Heading(heading) => visit_text(Kind::Heading, &mut heading.text, visit),
        BlockKind::List(list) => {
            for item in &mut list.items {
                visit_all(&mut item.body, Kind::Item, visit);
            }
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                visit_text(Kind::Definition, &mut definition.term, visit);
                for details in &mut definition.details {
                    visit_all(details, Kind::Paragraph, visit);
                }
            }
        }
        BlockKind::Quote(body) | BlockKind::Footnote { body, .. } => {
            visit_all(body, Kind::Paragraph, visit);
        }
        BlockKind::Callout(callout) => {
            if let Some(title) = &mut callout.title {
                visit_text(Kind::Callout, title, visit);
            }
            visit_all(&mut callout.body, Kind::Paragraph, visit);
        }
        BlockKind::Directive(directive) => {
            if let Some(label) = &mut directive.label {
                visit_text(Kind::Label, label, visit);
            }
            visit_all(&mut directive.body, Kind::Paragraph, visit);
        }
        BlockKind::Table(table) => {
            for cell in &mut table.head {
                visit_text(Kind::HeadCell, cell, visit);
            }
            for cell in table.rows.iter_mut().flatten() {
                visit_text(Kind::Cell, cell, visit);
            }
        }
        BlockKind::Screenshot(image) => visit_image(image, visit),
        BlockKind::Element(element) => visit_all(&mut element.children, Kind::Paragraph, visit),
        BlockKind::Code(_) | BlockKind::Rule | BlockKind::More | BlockKind::Math(_) => {}
    }
}

/// Calls `visit` with every heading's place among the headings and its text.
fn each_heading(blocks: &[Block], visit: &mut impl FnMut(usize, &[Inline])) {
    crate::document::visit_blocks(blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            visit(heading.index as usize, &heading.text);
        }
    });
}
