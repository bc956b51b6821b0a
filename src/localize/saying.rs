//! What a message says, as inlines: its Markdown read, its parts put where it has them.
//!
//! In: a message of a catalogue and the wording of the text that it is for. Out: inlines at
//! the message's own bytes, the source's parts among them, and what is wrong with the parts.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic, Place, code, nearest};
use crate::document::{Directive, Element, Inline, InlineKind, LocaleId, Origin, Reference};
use crate::messages::{Entry, Piece};
use crate::parse::{self, InlineText, ParseOptions};
use crate::text::{ByteSpan, Span, Spanned, is_joined};

use super::matching::Catalogue;
use super::wording::{Kept, Part, Wording};

/// The component that stands for a raw element around words while a message is read.
const PART: &str = "part";
/// What begins the address of a link while a message is read.
const ADDRESS: &str = "part:";

/// Reads messages.
#[derive(Debug)]
pub(super) struct Saying {
    options: ParseOptions,
}

/// A message as Markdown, with the way back to its bytes.
#[derive(Debug, Default)]
struct Markdown {
    text: String,
    /// Where pieces of the text begin, and the bytes that they were written as.
    pieces: Vec<(usize, Range<usize>, bool)>,
    /// Whether a line ended since the last character.
    breaks: bool,
    /// Elements that are open, the innermost last.
    open: Vec<String>,
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

impl Markdown {
    fn push(&mut self, text: &str, bytes: Range<usize>) {
        self.pieces.push((self.text.len(), bytes.clone(), text.len() == bytes.len()));
        self.text.push_str(text);
    }

    fn piece(
        &mut self,
        piece: &Piece,
        bytes: &Range<usize>,
        origin: Origin,
        found: &mut Found<'_>,
    ) {
        match piece {
            Piece::Text(text) if text.len() == bytes.len() => self.lines(text, bytes.start),
            Piece::Text(text) => {
                self.settle(text.chars().next());
                self.push(text, bytes.clone());
            }
            Piece::Variable(name) => {
                self.settle(Some('{'));
                self.variable(name, bytes, found);
            }
            Piece::Term { .. } => {
                self.settle(Some('{'));
                let written = crate::messages::written(std::slice::from_ref(piece));
                let tight = written.replacen("{ ", "{", 1);
                let tight = tight.strip_suffix(" }").map(|term| format!("{term}}}"));
                self.push(&tight.unwrap_or(written), bytes.clone());
            }
            Piece::Other(written) => {
                found.faults.push(
                    Diagnostic::new(
                        code::TRANSLATION_PART,
                        at(origin, bytes),
                        "`{written}` means nothing in the text of a guide",
                    )
                    .with("written", written)
                    .help("write text, terms, variables of the site, and the parts of the source"),
                );
                self.settle(Some('{'));
                let shown = written.split_whitespace().collect::<Vec<_>>().join(" ");
                self.push(&shown.replace('{', "\\{"), bytes.clone());
            }
        }
    }

    /// Text that may have several lines: they are joined as a guide's are.
    fn lines(&mut self, text: &str, start: usize) {
        for part in text.split_inclusive('\n') {
            let at = start + (part.as_ptr() as usize - text.as_ptr() as usize);
            let line = part.trim_end_matches(['\n', '\r']);
            if !line.is_empty() {
                self.settle(line.chars().next());
                self.push(line, at..at + line.len());
            }
            self.breaks |= line.len() < part.len();
        }
    }

    /// Ends a line before the character that comes next.
    fn settle(&mut self, next: Option<char>) {
        let joined = |c: Option<char>| c.is_some_and(is_joined);
        if std::mem::take(&mut self.breaks)
            && !self.text.is_empty()
            && !(joined(self.text.chars().next_back()) && joined(next))
        {
            self.text.push(' ');
        }
    }

    fn variable(&mut self, name: &str, bytes: &Range<usize>, found: &mut Found<'_>) {
        let part = found.parts.iter().find(|part| part.name == name);
        let written = match part.map(|part| &part.kept) {
            Some(Kept::Link(_)) if self.text.ends_with("](") => {
                found.use_part(name);
                format!("{ADDRESS}{name}")
            }
            Some(Kept::Element(_)) => {
                found.use_part(name);
                self.open.push(name.to_owned());
                format!(":{PART}[")
            }
            Some(Kept::Attributes(_)) if self.text.ends_with(']') => {
                found.use_part(name);
                format!("{{{PART}=\"{name}\"}}")
            }
            _ => match self.open.last() {
                Some(open) if name.strip_suffix("-end") == Some(open) => {
                    let open = self.open.pop().expect("it was just seen");
                    format!("]{{name=\"{open}\"}}")
                }
                _ => format!("{{${name}}}"),
            },
        };
        self.push(&written, bytes.clone());
    }

    /// The bytes of the catalogue for some of the text.
    fn written(&self, bytes: ByteSpan) -> ByteSpan {
        let range = bytes.range();
        let piece = |at: usize| {
            let next = self.pieces.partition_point(|(start, _, _)| *start <= at);
            self.pieces.get(next.saturating_sub(1))
        };
        let Some((first, from, linear)) = piece(range.start) else { return bytes };
        let inside = |start: usize, at: usize, own: &Range<usize>| {
            (own.start + at.saturating_sub(start)).min(own.end)
        };
        let start = if *linear { inside(*first, range.start, from) } else { from.start };
        let last = piece(range.end.saturating_sub(1).max(range.start));
        let end =
            last.map_or(
                start,
                |(first, own, linear)| {
                    if *linear { inside(*first, range.end, own) } else { own.end }
                },
            );
        span(&(start..end.max(start)))
    }
}

fn at(origin: Origin, bytes: &Range<usize>) -> Span {
    Span { file: origin.file, bytes: span(bytes) }
}

/// The parts of a text, and which of them a message has.
struct Found<'a> {
    parts: &'a [Part],
    used: BTreeMap<&'a str, ()>,
    faults: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    fn use_part(&mut self, name: &str) -> Option<&'a Part> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        self.used.insert(&part.name, ());
        Some(part)
    }

    /// Puts the parts where the message names them; notes the bytes of those it makes up.
    fn put(&mut self, inlines: &mut [Inline], made_up: &mut Vec<ByteSpan>) {
        for inline in inlines {
            let origin = inline.origin;
            match &mut inline.kind {
                InlineKind::Variable { name, .. } => {
                    let kept = self.use_part(name).map(|part| &part.kept);
                    if let Some(Kept::Inline(kept)) = kept {
                        *inline = kept.clone();
                        speak(std::slice::from_mut(inline), origin.lang);
                    } else if is_part_name(name) {
                        made_up.push(origin.bytes);
                        // It is no variable of the site either.
                        inline.kind = InlineKind::Text(["{ $", name, " }"].concat());
                    }
                }
                InlineKind::Code(_) | InlineKind::Image(_) => made_up.push(origin.bytes),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner) => self.put(inner, made_up),
                InlineKind::Link(link) => self.put(&mut link.text, made_up),
                InlineKind::Component(_) => self.put_component(inline, made_up),
                InlineKind::Element(element) => self.put(&mut element.children, made_up),
                _ => {}
            }
        }
    }

    fn put_component(&mut self, inline: &mut Inline, made_up: &mut Vec<ByteSpan>) {
        let InlineKind::Component(component) = &mut inline.kind else { return };
        let mut label = component.label.take().unwrap_or_default();
        self.put(&mut label, made_up);
        let named = component.attributes.first().map(|own| own.value.clone()).unwrap_or_default();
        let part = self.parts.iter().find(|part| part.name == named).map(|part| &part.kept);
        if component.name == PART
            && let Some(Kept::Element(kept)) = part
            && let InlineKind::Element(element) = &kept.kind
        {
            let element = Element { children: label, ..element.clone() };
            inline.kind = InlineKind::Element(element);
            return;
        }
        if let Some(Kept::Attributes(kept)) = part {
            component.attributes.clone_from(kept);
        }
        let Directive { label: own, .. } = component;
        *own = Some(label);
    }

    /// Tells of parts that the message does not have.
    fn dropped(&mut self, origin: Origin, entry: &Entry) {
        let dropped: Vec<&Part> =
            self.parts.iter().filter(|part| !self.used.contains_key(part.name.as_str())).collect();
        for part in dropped {
            let fault = Diagnostic::new(
                code::TRANSLATION_PART,
                at(origin, &entry.id_bytes),
                "the translation `{id}` leaves out `${part}` of the source: {meaning}",
            );
            self.faults.push(
                fault
                    .with("id", &entry.id)
                    .with("part", &part.name)
                    .with("meaning", &part.meaning)
                    .help("write it where it belongs in the sentence"),
            );
        }
    }
}

/// Whether a variable is named as parts are: `code-1`.
fn is_part_name(name: &str) -> bool {
    const KINDS: [&str; 13] = [
        "code", "link", "url", "picture", "mark", "key", "html", "break", "footnote", "math",
        "box", "set", "part",
    ];
    let name = name.strip_suffix("-end").unwrap_or(name);
    name.rsplit_once('-').is_some_and(|(kind, number)| {
        KINDS.contains(&kind) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}

fn made_up(origin: Origin, bytes: ByteSpan) -> Diagnostic {
    Diagnostic::new(
        code::TRANSLATION_PART,
        Span { file: origin.file, bytes },
        "the source text has no such code, link or picture",
    )
    .help("use the parts that the comment above the message lists, each as it is named there")
}

/// Gives links their targets; one that the source does not have becomes its text.
fn link(inlines: &mut Vec<Inline>, references: &[Reference], found: &mut Found<'_>) {
    let mut kept = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strikethrough(inner) => link(inner, references, found),
            InlineKind::Component(component) => {
                if let Some(label) = &mut component.label {
                    link(label, references, found);
                }
            }
            InlineKind::Element(element) => link(&mut element.children, references, found),
            InlineKind::Link(own) => {
                let written = &references[own.target.0 as usize].written;
                let name = written.strip_prefix(ADDRESS).unwrap_or_default();
                let part = found.parts.iter().find(|part| part.name == name);
                let mut text = std::mem::take(&mut own.text);
                match part.map(|part| &part.kept) {
                    Some(Kept::Link(source)) => {
                        let mut new = (**source).clone();
                        if let InlineKind::Link(link) = &mut new.kind {
                            link.text = text;
                        }
                        new.origin = inline.origin;
                        kept.push(new);
                    }
                    _ => {
                        let place = Span { file: inline.origin.file, bytes: inline.origin.bytes };
                        found.faults.push(unknown_link(place, found.parts));
                        kept.append(&mut text);
                    }
                }
                continue;
            }
            _ => {}
        }
        kept.push(inline);
    }
    *inlines = kept;
}

fn unknown_link(place: Span, parts: &[Part]) -> Diagnostic {
    let links = parts.iter().filter(|part| matches!(part.kept, Kept::Link(_)));
    let names = links.map(|part| part.name.as_str());
    Diagnostic::new(
        code::TRANSLATION_PART,
        place,
        "the source text has no such link; its words are shown without it",
    )
    .help("a link of the source is written `[words]` and its part, in braces, in round brackets")
    .nearest(nearest("link-1", names))
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
