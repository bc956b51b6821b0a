//! Links and pictures: their addresses, and where those were written.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::Builder;
use super::frame::FrameKind;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Image, Inline, InlineKind, Link, ReferenceId, ReferenceKind};
use crate::parse::prepare;

/// The label by which a link names its definition.
pub(super) fn label<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
            let by_label =
                matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
            by_label.then_some(&**id)
        }
        _ => None,
    }
}

impl Builder<'_, '_> {
    /// The frame of a link or picture; its address is in the table from here on.
    pub(super) fn link_frame(
        &mut self,
        tag: Tag<'_>,
        range: &Range<usize>,
        definition: Option<Range<usize>>,
    ) -> FrameKind {
        let (is_image, link_type, address, title) = match tag {
            Tag::Link { link_type, dest_url, title, .. } => (false, link_type, dest_url, title),
            Tag::Image { link_type, dest_url, title, .. } => (true, link_type, dest_url, title),
            _ => unreachable!("only links and pictures come here"),
        };
        let bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let (written, malformed) = self.address(&address, link_type);
        let bytes = match definition {
            Some(definition) => self.defined(definition),
            None if bare => self.prepared.range(range.start + 1..range.end - 1),
            None => self.prepared.range(range.clone()),
        };
        let title =
            Some(self.prepared.restored(&title).into_owned()).filter(|title| !title.is_empty());
        if is_image {
            let source = self.reference(ReferenceKind::Image, written, bytes);
            return FrameKind::Image { source, title, malformed };
        }
        let target = self.reference(ReferenceKind::Link, written, bytes);
        FrameKind::Link { target, title, bare, malformed }
    }

    /// The address as it was meant, and what is wrong with it.
    fn address(&self, address: &CowStr<'_>, link_type: LinkType) -> (String, Option<&'static str>) {
        let restored = self.prepared.restored(address);
        let written = prepare::visible(&restored).into_owned();
        let written: String =
            written.chars().map(|c| if prepare::is_hidden(c) { '\u{fffd}' } else { c }).collect();
        if matches!(link_type, LinkType::Email) {
            return (format!("mailto:{written}"), None);
        }
        if let Some(inner) = written.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            return (
                inner.to_owned(),
                Some("the address `{address}` is read without its parentheses"),
            );
        }
        let malformed =
            address.contains('\u{fdd1}') && written.contains([' ', '\t']) && !address.contains(' ');
        (written, malformed.then_some("the address `{address}` holds a blank"))
    }

    /// The bytes of the address in a definition `[label]: address`.
    fn defined(&self, definition: Range<usize>) -> Range<usize> {
        let text = &self.prepared.text[definition.clone()];
        let start = text.find("]:").map_or(0, |at| at + 2);
        let start = start + (text[start..].len() - text[start..].trim_start().len());
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |at| start + at);
        let (start, end) = if text[start..].starts_with('<') {
            (start + 1, end.max(start + 2) - 1)
        } else {
            (start, end)
        };
        self.prepared.range(definition.start + start..definition.start + end)
    }

    /// The bytes of the address in `[…](address "title")`, in the prepared text.
    fn destination(&self, range: &Range<usize>, inner_end: usize) -> Option<Range<usize>> {
        let text = self.prepared.text.get(inner_end..range.end)?;
        let open = text.find("](")? + 2;
        let start = open + (text[open..].len() - text[open..].trim_start().len());
        if text[start..].starts_with('<') {
            let length = text[start..].find('>')?;
            return Some(inner_end + start + 1..inner_end + start + length);
        }
        let mut depth = 0usize;
        let mut escaped = false;
        for (at, b) in text.bytes().enumerate().skip(start) {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                b')' | b' ' | b'\t' | b'\n' | b'\r' => {
                    return Some(inner_end + start..inner_end + at);
                }
                _ => {}
            }
        }
        None
    }

    /// Points the reference at its address, and reports what is wrong with that.
    fn settle(
        &mut self,
        id: ReferenceId,
        range: &Range<usize>,
        inner_end: usize,
        malformed: Option<&'static str>,
    ) {
        let whole = self.span(self.prepared.range(range.clone())).bytes;
        let found = self.destination(range, inner_end);
        let reference = &mut self.shared.references[id.0 as usize];
        if reference.origin.bytes == whole
            && let Some(found) = found
        {
            let shift = self.source.shift;
            let bytes = self.prepared.range(found);
            reference.origin.bytes = (bytes.start + shift..bytes.end + shift).into();
        }
        let (address, span) = (reference.written.clone(), reference.origin.span());
        if let Some(message) = malformed {
            let fault =
                Diagnostic::new(code::MALFORMED_LINK, span, message).with("address", address);
            let help = if message.contains("blank") {
                "write it between `<` and `>`, or without blanks"
            } else {
                "write one pair of parentheses around an address"
            };
            self.report(fault.help(help));
        }
    }

    /// The link whose frame was closed.
    pub(super) fn closed_link(
        &mut self,
        kind: FrameKind,
        text: Vec<Inline>,
        range: &Range<usize>,
        inner_end: usize,
    ) -> InlineKind {
        self.links -= 1;
        match kind {
            FrameKind::Link { target, title, bare, malformed } => {
                self.settle(target, range, inner_end, malformed);
                let text = if text.is_empty() { self.address_as_text(target) } else { text };
                InlineKind::Link(Link { target, title, text, bare })
            }
            FrameKind::Image { source, title, malformed } => {
                self.settle(source, range, inner_end, malformed);
                let title = title.map(|title| self.caption(&title, range, inner_end));
                InlineKind::Image(Image {
                    source,
                    alt: text,
                    title,
                    size: (None, None),
                    link: None,
                })
            }
            _ => unreachable!("only links and pictures come here"),
        }
    }

    /// What a link without text shows.
    fn address_as_text(&mut self, target: ReferenceId) -> Vec<Inline> {
        let reference = &self.shared.references[target.0 as usize];
        let (address, origin) = (reference.written.clone(), reference.origin);
        let fault = Diagnostic::new(code::MALFORMED_LINK, origin.span(), "this link has no text");
        self.report(fault.help("write its text between the brackets; now the address is shown"));
        vec![Inline::new(InlineKind::Text(address), origin)]
    }

    /// A picture's title as inlines, read where it was written.
    fn caption(&mut self, title: &str, range: &Range<usize>, inner_end: usize) -> Vec<Inline> {
        let bytes = self.prepared.range(inner_end..range.end);
        let source = &self.prepared.source[bytes.clone()];
        match source.rfind(title).filter(|_| !title.contains(['\n', '\r'])) {
            Some(at) => {
                let start = bytes.start + at;
                self.label(start..start + title.len())
            }
            None => {
                let origin = self.origin(bytes);
                vec![Inline::new(InlineKind::Text(prepare::visible(title).into_owned()), origin)]
            }
        }
    }
}
