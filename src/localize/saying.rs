//! What a message says, as inlines: its Markdown read, its parts put where it has them.
//!
//! In: a message of a catalogue and the wording of the text that it is for. Out: inlines at
//! the message's own bytes, the source's parts among them, and what is wrong with the parts.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::document::{Inline, InlineKind, LocaleId, Origin, Reference};
use crate::messages::{Entry, Piece};
use crate::parse::{self, InlineText, ParseOptions};
use crate::text::{ByteSpan, Span, Spanned};

use super::matching::Catalogue;
use super::wording::Wording;

mod markdown;
mod parts;

use markdown::Markdown;
use parts::{Found, link, made_up};

/// The component that stands for a raw element around words while a message is read.
const PART: &str = "part";
/// What begins the address of a link while a message is read.
const ADDRESS: &str = "part:";

/// Reads messages.
#[derive(Debug)]
pub(super) struct Saying {
    options: ParseOptions,
}

impl Saying {
    pub(super) fn new(options: &ParseOptions) -> Self {
        let mut options = options.clone();
        options.components.insert(PART.to_owned());
        Self { options }
    }

    /// What a message says for the text of that wording, which stands at `source`.
    pub(super) fn say(
        &self,
        catalogue: &Catalogue<'_>,
        entry: &Entry,
        (wording, source): (&Wording, Option<Span>),
        prose: bool,
    ) -> Checked<Vec<Inline>> {
        let translation = entry.translation.as_ref().expect("only what is translated is said");
        let origin =
            Origin { file: catalogue.file, bytes: span(&translation.bytes), lang: catalogue.lang };
        if let [(Piece::Text(text), bytes)] = &translation.pieces[..]
            && wording.parts.is_empty()
            && is_plain(text)
        {
            let origin = Origin { bytes: span(bytes), ..origin };
            let value = vec![Inline::new(InlineKind::Text(text.clone()), origin)];
            return Checked { value, diagnostics: Vec::new() };
        }
        let mut found = Found { parts: &wording.parts, used: BTreeMap::new(), faults: Vec::new() };
        let mut markdown = Markdown::default();
        for (piece, bytes) in &translation.pieces {
            markdown.piece(piece, bytes, origin, &mut found);
        }
        markdown.close(origin, &mut found);
        let mut inlines = self.read(&markdown, origin, prose, &mut found);
        let mut told = Vec::new();
        found.put(&mut inlines, &mut told);
        found.faults.extend(told.into_iter().map(|bytes| made_up(origin, bytes)));
        found.dropped(origin, entry);
        let beside = |fault: Diagnostic| match source {
            Some(source) => fault.related(source, "the source text"),
            None => fault,
        };
        let diagnostics = found.faults.into_iter().map(beside).collect();
        Checked { value: inlines, diagnostics }
    }

    fn read(
        &self,
        markdown: &Markdown,
        origin: Origin,
        prose: bool,
        found: &mut Found<'_>,
    ) -> Vec<Inline> {
        if prose {
            let text = Spanned { value: markdown.text.clone(), span: origin.span() };
            return parse::prose(&text, origin.lang, &self.options);
        }
        let mut references: Vec<Reference> = Vec::new();
        let text =
            InlineText { file: origin.file, offset: 0, lang: origin.lang, text: &markdown.text };
        let read = parse::inline(text, &self.options, &mut references);
        let mut inlines = read.value;
        place(&mut inlines, &|bytes| markdown.written(bytes));
        link(&mut inlines, &references, found);
        found.faults.extend(read.diagnostics.into_iter().map(|mut fault| {
            if let Place::At(at) = fault.place {
                fault.place = Span { bytes: markdown.written(at.bytes), ..at }.into();
            }
            fault
        }));
        inlines
    }
}

/// Whether a text is what it looks like: nothing of it is Markdown's.
fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| {
        matches!(c, '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '\\' | '~' | '{' | '}' | ':')
            || matches!(c, '$' | '!' | '|' | '#' | '@' | '/' | '\n' | '\r' | '\t')
    }) && !text.contains("www.")
        && text.trim() == text
}

fn span(bytes: &Range<usize>) -> ByteSpan {
    Span::new(crate::text::FileId(0), bytes.clone()).bytes
}

fn at(origin: Origin, bytes: &Range<usize>) -> Span {
    Span { file: origin.file, bytes: span(bytes) }
}

/// Gives inlines the bytes that `written` says.
fn place(inlines: &mut [Inline], written: &impl Fn(ByteSpan) -> ByteSpan) {
    for inline in inlines {
        inline.origin.bytes = written(inline.origin.bytes);
        match &mut inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner) => place(inner, written),
            InlineKind::Link(link) => place(&mut link.text, written),
            InlineKind::Component(component) => {
                let at = component.name_span.bytes;
                component.name_span.bytes = written(at);
                for attribute in &mut component.attributes {
                    attribute.span.bytes = written(attribute.span.bytes);
                }
                place(component.label.as_deref_mut().unwrap_or_default(), written);
            }
            InlineKind::Element(element) => place(&mut element.children, written),
            _ => {}
        }
    }
}

/// Makes inlines texts of a language: their words are the same in it.
pub(super) fn speak(inlines: &mut [Inline], lang: LocaleId) {
    for inline in inlines {
        // A picture's words are texts of their own.
        if !matches!(inline.kind, InlineKind::Image(_)) {
            inline.origin.lang = lang;
        }
        match &mut inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner) => speak(inner, lang),
            InlineKind::Link(link) => speak(&mut link.text, lang),
            InlineKind::Component(component) => {
                speak(component.label.as_deref_mut().unwrap_or_default(), lang);
            }
            InlineKind::Element(element) => speak(&mut element.children, lang),
            _ => {}
        }
    }
}
