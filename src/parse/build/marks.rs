//! Lines of our own among the blocks: `:::`, callout markers, Hexo's block tags.

use std::ops::Range;

use super::Builder;
use super::containers::opened;
use super::frame::FrameKind;
use crate::diagnostic::{code, nearest};
use crate::document::{
    BlockKind, Code, Directive, Image, Inline, InlineKind, Link, ReferenceId, ReferenceKind,
};
use crate::parse::include;
use crate::parse::prepare::{self, Opening, StandIn, StandInKind, Tag};
use crate::text::Spanned;

impl Builder<'_, '_> {
    /// A stand-in that is a line of its own.
    pub(in crate::parse) fn line_mark(&mut self, stand_in: &StandIn) {
        self.flush();
        let bytes = stand_in.source.clone();
        match &stand_in.kind {
            StandInKind::Opening(opening) => self.opening(opening, bytes),
            StandInKind::Closing { colons } => self.closing(*colons, bytes),
            StandInKind::Callout(head) => {
                let depth = self.stack.len();
                let frame = &self.stack[depth - 1];
                let first = matches!(frame.kind, FrameKind::Quote(None)) && frame.blocks.is_empty();
                match self.head(head) {
                    Some(mut found) if first => {
                        found.title = head.title.clone().map(|title| self.label(title));
                        self.stack[depth - 1].kind = FrameKind::Quote(Some(found));
                    }
                    Some(_) => {
                        self.report_stray_callout(head);
                        self.line_as_written(stand_in);
                    }
                    None => self.line_as_written(stand_in),
                }
            }
            StandInKind::Tag(tag) => self.block_tag(tag, stand_in),
            StandInKind::Term { .. }
            | StandInKind::Variable { .. }
            | StandInKind::HeadingId { .. }
            | StandInKind::Component(_)
            | StandInKind::Blank => self.line_as_written(stand_in),
        }
    }

    /// The line as text of its own.
    pub(super) fn line_as_written(&mut self, stand_in: &StandIn) {
        let bytes = stand_in.source.clone();
        let text = self.prepared.written(stand_in).trim().to_owned();
        let inline = Inline::new(InlineKind::Text(text), self.origin(bytes.clone()));
        self.block(BlockKind::Paragraph(vec![inline]), bytes);
    }

    fn opening(&mut self, opening: &Opening, bytes: Range<usize>) {
        if opening.name == "include" {
            return include::include(self, opening, bytes);
        }
        let callout = self.shared.options.callouts.contains(&opening.name.to_lowercase());
        let known = callout || self.shared.options.components.contains(&opening.name);
        if !known && !self.shared.options.lacks_names {
            let near = nearest(&opening.name, self.directive_names());
            let fault = self
                .fault(
                    code::UNKNOWN_DIRECTIVE,
                    opening.name_range.clone(),
                    "there is no component `{name}`",
                )
                .with("name", &opening.name)
                .nearest(near);
            self.report(fault);
        }
        if opening.name == "tab" && !self.is_directly_in("tabs") {
            let fault = self
                .fault(
                    code::UNKNOWN_DIRECTIVE,
                    opening.name_range.clone(),
                    "`tab` means something in `tabs` only",
                )
                .help("put `::::tabs` before the first `:::tab` and `::::` behind the last");
            self.report(fault);
        }
        let name = if callout { opening.name.to_lowercase() } else { opening.name.clone() };
        let name = Spanned::new(name, self.span(opening.name_range.clone()));
        let label = opening.label.clone().map(|label| self.label(label));
        let attributes = self.attributes(&opening.attributes);
        let mut container = opened(name, bytes);
        container.colons = opening.colons;
        container.label = label;
        container.attributes = attributes;
        self.open_container(container);
    }

    /// Whether the innermost `:::` block that is open has that name.
    fn is_directly_in(&self, name: &str) -> bool {
        let mut open = self.frames().iter().rev().filter_map(|frame| match &frame.kind {
            FrameKind::Container(container) => Some(container.name.value.as_str()),
            _ => None,
        });
        open.next() == Some(name)
    }

    fn closing(&mut self, colons: usize, bytes: Range<usize>) {
        if self.close_container(colons, bytes.clone()) {
            return;
        }
        let fault = self
            .fault(code::STRAY_DIRECTIVE_END, bytes.clone(), "this line closes nothing")
            .help("delete it, or open a block with `:::name` before it; a block that begins in a list item ends in it");
        self.report(fault);
        let text = self.prepared.source[bytes.clone()].trim().to_owned();
        let inline = Inline::new(InlineKind::Text(text), self.origin(bytes.clone()));
        self.block(BlockKind::Paragraph(vec![inline]), bytes);
    }

    fn block_tag(&mut self, tag: &Tag, stand_in: &StandIn) {
        let bytes = stand_in.source.clone();
        let span = self.span(bytes.clone());
        match tag {
            Tag::Raw => {}
            Tag::Note { class, title } => {
                let mut container =
                    opened(Spanned::new(self.note_kind(class), span), bytes.clone());
                container.hexo = Some("note");
                container.label = self.words_at(title, &bytes);
                self.open_container(container);
            }
            Tag::Details { title } => {
                let mut container = opened(Spanned::new("details".to_owned(), span), bytes.clone());
                container.hexo = Some("details");
                container.label = self.words_at(title, &bytes);
                self.open_container(container);
            }
            Tag::Quote { source } => {
                let mut container = opened(Spanned::new("quote".to_owned(), span), bytes.clone());
                container.hexo = Some("quote");
                container.label = self.words_at(source, &bytes);
                self.open_container(container);
            }
            Tag::End { opening } => {
                if !self.close_hexo(opening, bytes.clone()) {
                    self.report_unknown_tag(&format!("end{opening}"), bytes);
                    self.line_as_written(stand_in);
                }
            }
            Tag::Code { title, language, code } => {
                self.code_tag(title, language, code.clone(), bytes);
            }
            Tag::Picture { .. } | Tag::File { .. } | Tag::Guide { .. } | Tag::Unknown { .. } => {
                self.inline_tag(tag, stand_in);
                self.flush();
                self.close_plain();
            }
        }
    }

    /// The callout that stands for a class of Hexo's `note`.
    fn note_kind(&self, class: &str) -> String {
        let kind = if class.is_empty() { "note" } else { class };
        let known = self.shared.options.callouts.contains(kind);
        if known { kind.to_owned() } else { "note".to_owned() }
    }

    /// Words of a tag as a label, read where they were written.
    fn words_at(&mut self, words: &str, tag: &Range<usize>) -> Option<Vec<Inline>> {
        if words.is_empty() {
            return None;
        }
        match self.prepared.source[tag.clone()].find(words) {
            Some(at) => Some(self.label(tag.start + at..tag.start + at + words.len())),
            None => Some(vec![Inline::new(
                InlineKind::Text(words.to_owned()),
                self.origin(tag.clone()),
            )]),
        }
    }

    fn code_tag(&mut self, title: &str, language: &str, code: Range<usize>, bytes: Range<usize>) {
        let text = prepare::visible(&self.prepared.source[code.clone()]).into_owned();
        let text = text.strip_prefix('\n').unwrap_or(&text);
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let least =
            text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
        let outer = indent(self.prepared.line_before(bytes.start)).min(least);
        let text: String =
            text.split_inclusive('\n').map(|line| line.get(outer..).unwrap_or("\n")).collect();
        let span = self.span(bytes.clone());
        let language = (!language.is_empty()).then(|| Spanned::new(language.to_owned(), span));
        let title = (!title.is_empty()).then(|| title.to_owned());
        let code = Code {
            language,
            title,
            text: text.trim_end_matches([' ', '\t']).to_owned(),
            marked: Vec::new(),
            first_number: None,
            added: Vec::new(),
            removed: Vec::new(),
        };
        self.block(BlockKind::Code(code), bytes);
    }

    /// A tag within a line, or one that is not a block.
    pub(super) fn inline_tag(&mut self, tag: &Tag, stand_in: &StandIn) {
        let bytes = stand_in.source.clone();
        match tag {
            Tag::Raw => {}
            Tag::Picture { name, sizes, words } => {
                self.flush();
                let source =
                    self.reference(ReferenceKind::Image, name.clone(), self.within(name, &bytes));
                let title = words.first().and_then(|title| self.words_at(title, &bytes));
                let alt = words.get(1).and_then(|alt| self.words_at(alt, &bytes));
                let alt = alt.or_else(|| title.clone()).unwrap_or_default();
                let size = (sizes.first().cloned(), sizes.get(1).cloned());
                self.inline(
                    InlineKind::Image(Image { source, alt, title, size, link: None }),
                    bytes,
                );
            }
            Tag::File { name, text } => self.tag_link(ReferenceKind::Link, name, text, bytes),
            Tag::Guide { name, text } => self.tag_link(ReferenceKind::GuideName, name, text, bytes),
            Tag::Unknown { name } => {
                self.report_unknown_tag(name, bytes);
                self.as_written(stand_in);
            }
            Tag::Note { .. }
            | Tag::Details { .. }
            | Tag::Quote { .. }
            | Tag::End { .. }
            | Tag::Code { .. } => self.as_written(stand_in),
        }
    }

    fn tag_link(&mut self, kind: ReferenceKind, name: &str, text: &str, bytes: Range<usize>) {
        self.flush();
        let target: ReferenceId = self.reference(kind, name.to_owned(), self.within(name, &bytes));
        let text = self.words_at(text, &bytes).unwrap_or_default();
        let bare = text.is_empty();
        self.inline(InlineKind::Link(Link { target, title: None, text, bare }), bytes);
    }

    pub(in crate::parse) fn within(&self, part: &str, whole: &Range<usize>) -> Range<usize> {
        match self.prepared.source[whole.clone()].find(part) {
            Some(at) => whole.start + at..whole.start + at + part.len(),
            None => whole.clone(),
        }
    }

    fn report_unknown_tag(&mut self, name: &str, bytes: Range<usize>) {
        let fault = self
            .fault(
                code::UNKNOWN_TAG,
                bytes,
                "`{name}` is no tag that is understood here; it is shown as written",
            )
            .with("name", name)
            .help("to show such text without this message, write it as code: `` `{% … %}` ``");
        self.report(fault);
    }

    /// What a directive with that name becomes, as a node.
    pub(super) fn directive_kind(
        name: Spanned<String>,
        label: Option<Vec<Inline>>,
        attributes: Vec<crate::document::Attribute>,
        body: Vec<crate::document::Block>,
    ) -> BlockKind {
        BlockKind::Directive(Directive {
            name: name.value,
            name_span: name.span,
            label,
            attributes,
            body,
        })
    }
}
