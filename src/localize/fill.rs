//! Says the terms and variables of a guide, each in the language of its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::faults;
use super::words::{Heard, Words};
use crate::config::link_is_safe;
use crate::diagnostic::{Checked, Diagnostic, Edit};
use crate::document::{
    Block, BlockKind, Image, Inline, InlineKind, LocaleId, Origin, Reference, ReferenceId,
    ReferenceKind, SaidTerm, plain_text, visit_inlines,
};
use crate::messages::Told;
use crate::parse::{FrontMatter, Guide, words_of};
use crate::text::{FileId, Span, Spanned};

/// Says every term and variable of `guide`, whose file and language are given; what it
/// heard decides whether it would be the same with other words.
pub fn fill(guide: &mut Guide, (file, lang): (FileId, LocaleId), words: &Words) -> Checked<Heard> {
    let mut filler = Filler::new(words);
    filler.bare(&mut guide.title);
    filler.bare(&mut guide.description);
    for heading in guide.title_heading.iter_mut().chain(&mut guide.headings) {
        filler.bare(&mut heading.text);
    }
    filler.references = std::mem::take(&mut guide.document.references);
    filler.blocks(&mut guide.document.blocks);
    guide.document.references = std::mem::take(&mut filler.references);
    filler.front(&mut guide.head.front, (file, lang));
    filler.avoid(&guide.title);
    filler.avoid(&guide.description);
    visit_inlines(&guide.document.blocks, &mut |inline| filler.avoid_in(inline));
    // A heading is a fact and a block, and its faults are one.
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for fault in filler.diagnostics {
        if !diagnostics.contains(&fault) {
            diagnostics.push(fault);
        }
    }
    Checked { value: filler.heard, diagnostics }
}

/// The state of filling one guide.
struct Filler<'a> {
    words: &'a Words,
    heard: Heard,
    diagnostics: Vec<Diagnostic>,
    references: Vec<Reference>,
    /// The terms that lead somewhere already.
    linked: BTreeSet<String>,
    /// The terms since the last heading that say what they mean.
    tipped: BTreeSet<String>,
    /// Inside something that holds no link and no tip: a heading, a link, a label.
    is_bare: bool,
}

impl<'a> Filler<'a> {
    fn new(words: &'a Words) -> Self {
        Self {
            words,
            heard: Heard::default(),
            diagnostics: Vec::new(),
            references: Vec::new(),
            linked: BTreeSet::new(),
            tipped: BTreeSet::new(),
            is_bare: false,
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading) => {
                self.tipped.clear();
                self.bare(&mut heading.text);
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    self.blocks(&mut item.body);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.bare(&mut definition.term);
                    for details in &mut definition.details {
                        self.blocks(details);
                    }
                }
            }
            BlockKind::Quote(body) | BlockKind::Footnote { body, .. } => self.blocks(body),
            BlockKind::Callout(callout) => {
                self.bare(callout.title.as_deref_mut().unwrap_or_default());
                self.blocks(&mut callout.body);
            }
            BlockKind::Directive(directive) => {
                self.bare(directive.label.as_deref_mut().unwrap_or_default());
                self.blocks(&mut directive.body);
            }
            BlockKind::Table(table) => {
                for cell in &mut table.head {
                    self.bare(cell);
                }
                for cell in table.rows.iter_mut().flatten() {
                    self.inlines(cell);
                }
            }
            BlockKind::Screenshot(image) => self.image(image),
            BlockKind::Element(element) => self.inside(&element.tag, |filler| {
                filler.blocks(&mut element.children);
            }),
            BlockKind::Code(_) | BlockKind::Rule | BlockKind::More | BlockKind::Math(_) => {}
        }
    }

    /// Inlines that hold neither links nor tips.
    fn bare(&mut self, inlines: &mut [Inline]) {
        let outer = std::mem::replace(&mut self.is_bare, true);
        self.inlines(inlines);
        self.is_bare = outer;
    }

    /// What an element holds.
    fn inside(&mut self, tag: &str, fill: impl FnOnce(&mut Self)) {
        let outer = self.is_bare;
        self.is_bare |= is_interactive(tag);
        fill(self);
        self.is_bare = outer;
    }

    fn image(&mut self, image: &mut Image) {
        self.bare(&mut image.alt);
        self.bare(image.title.as_deref_mut().unwrap_or_default());
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        let origin = inline.origin;
        match &mut inline.kind {
            InlineKind::Term { .. } => self.term(origin, &mut inline.kind),
            InlineKind::Variable { name, value, .. } => *value = self.variable(origin, name),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner) => self.inlines(inner),
            InlineKind::Link(link) => self.bare(&mut link.text),
            InlineKind::Image(image) => self.image(image),
            InlineKind::Component(component) => {
                self.bare(component.label.as_deref_mut().unwrap_or_default());
            }
            InlineKind::Element(element) => self.inside(&element.tag, |filler| {
                filler.inlines(&mut element.children);
            }),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::FootnoteReference(_)
            | InlineKind::Task { .. }
            | InlineKind::Math(_) => {}
        }
    }

    fn term(&mut self, origin: Origin, kind: &mut InlineKind) {
        let InlineKind::Term { name, arguments, said, link, tip, .. } = kind else { return };
        *said = self.told(origin, name, arguments).said.clone();
        let Some(said) = said.as_ref().filter(|_| !self.is_bare) else { return };
        *tip = said.definition.is_some() && self.tipped.insert(name.clone());
        *link = self.link(origin, name, said);
    }

    fn told(&mut self, origin: Origin, name: &str, arguments: &[(String, String)]) -> Arc<Told> {
        let told = self.words.messages.term(origin.lang, name, arguments);
        self.diagnostics.extend(told.faults.iter().map(|fault| faults::term(origin, name, fault)));
        let asked = (origin.lang, name.to_owned(), arguments.to_vec());
        self.heard.terms.insert(asked, Arc::clone(&told));
        told
    }

    /// Lets the first use of a term in a guide lead to its page.
    fn link(&mut self, origin: Origin, name: &str, said: &SaidTerm) -> Option<ReferenceId> {
        let url = said.url.as_ref()?;
        if !self.linked.insert(name.to_owned()) {
            return None;
        }
        if !link_is_safe(url) {
            self.diagnostics.push(faults::address(origin, name, url));
            return None;
        }
        let id = ReferenceId(u32::try_from(self.references.len()).ok()?);
        let written = url.to_string();
        self.references.push(Reference { kind: ReferenceKind::Link, written, origin });
        Some(id)
    }

    fn variable(&mut self, origin: Origin, name: &str) -> Option<Arc<str>> {
        let told = self.words.messages.variable(origin.lang, name);
        if let Err(near) = &told {
            self.diagnostics.push(faults::variable(origin, name, near.as_deref()));
        }
        self.heard.variables.insert((origin.lang, name.to_owned()), told.clone());
        told.ok()
    }

    /// Fills the words of front matter that are no prose: tags, keywords, who answers for it.
    fn front(&mut self, front: &mut Arc<FrontMatter>, (file, lang): (FileId, LocaleId)) {
        let holds = |text: &str| text.contains("{-") || text.contains("{$");
        let in_tags = front.tags.iter().flatten().any(|tag| holds(&tag.value));
        let in_words = front.keywords.iter().chain(&front.owner).any(|word| holds(word));
        if !in_tags && !in_words {
            return;
        }
        let mut filled = FrontMatter::clone(front);
        for tag in filled.tags.iter_mut().flatten() {
            tag.value = self.said(tag, lang);
        }
        for word in filled.keywords.iter_mut().chain(&mut filled.owner) {
            *word = self.said(&Spanned::new(word.clone(), Span::new(file, 0..0)), lang);
        }
        *front = Arc::new(filled);
    }

    fn said(&mut self, written: &Spanned<String>, lang: LocaleId) -> String {
        let mut inlines = words_of(written, lang);
        self.bare(&mut inlines);
        plain_text(&inlines)
    }

    fn avoid(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.avoid_in(inline);
            if let InlineKind::Emphasis(inner) | InlineKind::Strong(inner) = &inline.kind {
                self.avoid(inner);
            }
        }
    }

    /// Finds words in a text that the house does not write.
    fn avoid_in(&mut self, inline: &Inline) {
        let InlineKind::Text(text) = &inline.kind else { return };
        let origin = inline.origin;
        let Some(avoided) = self.words.avoided.get(usize::from(origin.lang.0)).cloned() else {
            return;
        };
        for (range, name) in avoided.found(text) {
            let told = self.words.messages.term(origin.lang, name, &[]);
            // Escapes and entities in between leave no way back to single bytes.
            let start = origin.bytes.range().start;
            let exact = (origin.bytes.range().len() == text.len())
                .then(|| Span::new(origin.file, start + range.start..start + range.end));
            let value = told.said.as_ref().map_or("", |said| &said.text);
            let mut fault =
                faults::avoided(exact.unwrap_or(origin.span()), &text[range], name, value);
            fault.edit =
                exact.map(|span| Box::new(Edit { span, replacement: format!("{{-{name}}}") }));
            self.diagnostics.push(fault);
            self.heard.terms.insert((origin.lang, name.to_owned(), Vec::new()), told);
        }
        self.heard.avoided.insert(origin.lang, avoided);
    }
}

/// Elements in which a link or a further stop would be one too many.
fn is_interactive(tag: &str) -> bool {
    ["a", "button", "summary", "label", "h1", "h2", "h3", "h4", "h5", "h6"].contains(&tag)
}
