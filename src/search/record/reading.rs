//! Reads the tree of a guide: blocks into sections, inlines into lines.

use super::{Field, Section, Source};
use crate::document::{
    Block, BlockKind, Callout, Element, HtmlValue, Image, Inline, InlineKind, Table,
};
use crate::text::is_joined;

/// The kind of callout whose text is found and not shown as a hit's text.
const KEYWORDS: &str = "keywords";

/// The state of reading one guide.
pub(super) struct Reader<'a> {
    source: &'a Source<'a>,
    pub(super) keywords: Vec<String>,
    pub(super) sections: Vec<Section>,
    /// The line that is being read.
    line: String,
    /// Whether a line end stands before what comes next.
    breaks: bool,
    /// Text alternatives inside the line, which stand behind it.
    alts: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            keywords: source.keywords.iter().map(|word| (*word).to_owned()).collect(),
            sections: vec![Section::default()],
            line: String::new(),
            breaks: false,
            alts: Vec::new(),
        }
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.body(inlines),
            BlockKind::Heading(heading) => {
                self.read(&heading.text);
                let index = heading.index as usize;
                let anchor = self.source.anchors.get(index).copied().unwrap_or_default();
                let heading = std::mem::take(&mut self.line).trim().to_owned();
                let anchor = anchor.to_owned();
                self.sections.push(Section { heading, anchor, ..Section::default() });
                self.flush_alts();
            }
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| self.blocks(&item.body));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.body(&definition.term);
                    definition.details.iter().for_each(|details| self.blocks(details));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Footnote { body: inner, .. } => self.blocks(inner),
            BlockKind::Callout(callout) => self.callout(callout),
            BlockKind::Directive(directive) => {
                self.body(directive.label.as_deref().unwrap_or_default());
                self.blocks(&directive.body);
            }
            BlockKind::Code(code) => {
                self.push(Field::Body, code.title.as_deref().unwrap_or_default());
                self.push(Field::Code, &code.text);
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Screenshot(image) => self.picture(image),
            BlockKind::Element(element) => self.element(element),
            BlockKind::Math(formula) => self.push(Field::Body, formula),
            BlockKind::Rule | BlockKind::More => {}
        }
    }

    fn callout(&mut self, callout: &'a Callout) {
        if callout.kind != KEYWORDS {
            self.body(callout.title.as_deref().unwrap_or_default());
            return self.blocks(&callout.body);
        }
        // Read as a text of its own, then taken for words.
        let outer = std::mem::replace(&mut self.sections, vec![Section::default()]);
        self.blocks(&callout.body);
        let own = std::mem::replace(&mut self.sections, outer);
        let words = own.into_iter().flat_map(|section| [section.heading, section.text]);
        self.keywords.extend(words.filter(|text| !text.is_empty()));
    }

    /// A row is a block; what stands between its cells ends words and runs.
    fn table(&mut self, table: &'a Table) {
        for row in std::iter::once(&table.head).chain(&table.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    self.line.push_str(" | ");
                }
                self.read(cell);
            }
            self.flush(Field::Body);
        }
    }

    fn picture(&mut self, image: &'a Image) {
        self.read(&image.alt);
        self.flush(Field::Alt);
        self.body(image.title.as_deref().unwrap_or_default());
    }

    fn element(&mut self, element: &'a Element<Vec<Block>>) {
        if is_silent(&element.tag) {
            return;
        }
        let alt = alt(&element.tag, &element.attributes);
        self.push(Field::Alt, alt.unwrap_or_default());
        if element.tag != "tr" {
            return self.blocks(&element.children);
        }
        let start = self.sections.len();
        let from = self.sections[start - 1].blocks.len();
        self.blocks(&element.children);
        if self.sections.len() == start {
            one_row(&mut self.sections[start - 1], from);
        }
    }

    fn body(&mut self, inlines: &'a [Inline]) {
        self.read(inlines);
        self.flush(Field::Body);
    }

    /// Takes the line as a block.
    fn flush(&mut self, field: Field) {
        let mut line = std::mem::take(&mut self.line);
        self.push(field, &line);
        line.clear();
        self.line = line;
        self.flush_alts();
    }

    fn flush_alts(&mut self) {
        self.breaks = false;
        for alt in std::mem::take(&mut self.alts) {
            self.push(Field::Alt, &alt);
        }
    }

    fn push(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let section = self.sections.last_mut().expect("there is always one");
        if !section.text.is_empty() {
            section.text.push('\n');
        }
        let start = section.text.len();
        section.text.push_str(text);
        section.blocks.push((field, start..section.text.len()));
    }

    /// Reads inlines into the line.
    fn read(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
                    self.write(text);
                }
                InlineKind::SoftBreak => self.breaks = true,
                InlineKind::HardBreak => self.write(" "),
                InlineKind::Term { .. } | InlineKind::Variable { .. } => {
                    self.write(inline.kind.spoken().unwrap_or_default());
                }
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner) => self.read(inner),
                InlineKind::Link(link) => self.read(&link.text),
                InlineKind::Image(image) => self.inline_picture(image),
                InlineKind::Component(component) => {
                    self.read(component.label.as_deref().unwrap_or_default());
                }
                InlineKind::Element(element) => self.inline_element(element),
                InlineKind::FootnoteReference(_) | InlineKind::Task { .. } => {}
            }
        }
    }

    fn inline_picture(&mut self, image: &'a Image) {
        let outer = std::mem::take(&mut self.line);
        self.read(&image.alt);
        let alt = std::mem::replace(&mut self.line, outer);
        self.alts.push(alt);
    }

    fn inline_element(&mut self, element: &'a Element<Vec<Inline>>) {
        if is_silent(&element.tag) {
            return;
        }
        self.alts.extend(alt(&element.tag, &element.attributes).map(str::to_owned));
        if element.tag == "br" {
            self.write(" ");
        }
        self.read(&element.children);
    }

    /// Adds text to the line; a line end before it is a space, or nothing between Japanese
    /// characters.
    fn write(&mut self, text: &str) {
        if std::mem::take(&mut self.breaks) {
            let before = self.line.chars().next_back();
            let after = text.chars().next();
            if !(before.is_some_and(is_joined) && after.is_some_and(is_joined)) {
                self.line.push(' ');
            }
        }
        self.line.push_str(text);
    }
}

/// Blocks of the section from the one at `from` become one block: the cells of a row.
fn one_row(section: &mut Section, from: usize) {
    let Some((_, first)) = section.blocks.get(from) else { return };
    if section.blocks[from..].iter().any(|(field, _)| *field != Field::Body) {
        return;
    }
    let start = first.start;
    let cells: Vec<&str> =
        section.blocks[from..].iter().map(|(_, range)| &section.text[range.clone()]).collect();
    let row = cells.join(" | ");
    section.text.truncate(start);
    section.text.push_str(&row);
    section.blocks.truncate(from);
    section.blocks.push((Field::Body, start..section.text.len()));
}

/// Elements whose text nobody sees.
fn is_silent(tag: &str) -> bool {
    ["script", "style", "template", "noscript"].contains(&tag)
}

/// The text alternative of an element that is a picture.
fn alt<'a>(tag: &str, attributes: &'a [crate::document::HtmlAttribute]) -> Option<&'a str> {
    let own = attributes.iter().find(|attribute| attribute.name == "alt");
    match &own.filter(|_| tag == "img")?.value {
        HtmlValue::Text(text) => Some(text),
        HtmlValue::Reference(_) | HtmlValue::Style(_) => None,
    }
}
