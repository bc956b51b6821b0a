//! The parts of a text where its translation has them, and what is wrong with them there.
//!
//! In: inlines with stand-ins, as the parser gives them. Out: the same with the source's own
//! parts in their places; those that are dropped or made up are told.

use std::collections::BTreeMap;

use super::{ADDRESS, PART, at, speak};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::document::{
    Directive, Element, HtmlAttribute, HtmlValue, Inline, InlineKind, Origin, Reference, plain_text,
};
use crate::localize::wording::{Kept, Part};
use crate::messages::Entry;
use crate::text::{ByteSpan, Span};

/// The parts of a text, and which of them a message has.
pub(super) struct Found<'a> {
    pub(super) parts: &'a [Part],
    pub(super) used: BTreeMap<&'a str, ()>,
    pub(super) faults: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    pub(super) fn use_part(&mut self, name: &str) -> Option<&'a Part> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        self.used.insert(&part.name, ());
        Some(part)
    }

    /// Puts the parts where the message names them; notes the bytes of those it makes up.
    pub(super) fn put(&mut self, inlines: &mut [Inline], made_up: &mut Vec<ByteSpan>) {
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
                InlineKind::Text(text) if text.contains(ADDRESS) => {
                    // A link that is not closed is text, and the parts have their own names there.
                    for part in self.parts {
                        let stand_in = [ADDRESS, &part.name].concat();
                        *text = text.replace(&stand_in, &["{ $", &part.name, " }"].concat());
                    }
                }
                InlineKind::Code(_) => made_up.push(origin.bytes),
                InlineKind::Image(image) => {
                    made_up.push(origin.bytes);
                    inline.kind = InlineKind::Text(plain_text(&image.alt));
                }
                InlineKind::Element(element) if refers(element) => {
                    made_up.push(origin.bytes);
                    inline.kind = InlineKind::Text(plain_text(&element.children));
                }
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
        if matches!(part, Some(Kept::Element(_) | Kept::Attributes(_))) {
            self.use_part(&named);
        }
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
    pub(super) fn dropped(&mut self, origin: Origin, entry: &Entry) {
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

/// Whether an element refers to something: its message has no references of its own.
fn refers(element: &Element<Vec<Inline>>) -> bool {
    let is_reference = |own: &HtmlAttribute| matches!(own.value, HtmlValue::Reference(_));
    element.attributes.iter().any(is_reference)
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

pub(super) fn made_up(origin: Origin, bytes: ByteSpan) -> Diagnostic {
    Diagnostic::new(
        code::TRANSLATION_PART,
        Span { file: origin.file, bytes },
        "the source text has no such code, link or picture",
    )
    .help("use the parts that the comment above the message lists, each as it is named there")
}

/// Gives links their targets; one that the source does not have becomes its text.
pub(super) fn link(inlines: &mut Vec<Inline>, references: &[Reference], found: &mut Found<'_>) {
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
                        found.use_part(name);
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
