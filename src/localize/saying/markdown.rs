//! A message as Markdown, with the way back to its bytes.
//!
//! In: the pieces of a message. Out: one line of Markdown in which parts have stand-ins that
//! the parser lets through, and the bytes of the catalogue for each of its bytes.

use std::ops::Range;

use super::parts::Found;
use super::{ADDRESS, PART, at, span};
use crate::diagnostic::{Diagnostic, code};
use crate::document::Origin;
use crate::localize::wording::Kept;
use crate::messages::Piece;
use crate::text::{ByteSpan, is_joined};

/// A message as Markdown, with the way back to its bytes.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    pub(super) text: String,
    /// Where pieces of the text begin, and the bytes that they were written as.
    pieces: Vec<(usize, Range<usize>, bool)>,
    /// Whether a line ended since the last character.
    breaks: bool,
    /// Elements that are open, the innermost last.
    open: Vec<String>,
}

impl Markdown {
    fn push(&mut self, text: &str, bytes: Range<usize>) {
        self.pieces.push((self.text.len(), bytes.clone(), text.len() == bytes.len()));
        self.text.push_str(text);
    }

    pub(super) fn piece(
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
            Some(Kept::Link(_)) if self.text.ends_with("](") => format!("{ADDRESS}{name}"),
            Some(Kept::Element(_)) => {
                self.open.push(name.to_owned());
                format!(":{PART}[")
            }
            Some(Kept::Attributes(_)) if self.text.ends_with(']') => {
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

    /// Closes the elements that are still open; tells of them.
    pub(super) fn close(&mut self, origin: Origin, found: &mut Found<'_>) {
        while let Some(open) = self.open.pop() {
            let fault = Diagnostic::new(
                code::TRANSLATION_PART,
                origin.span(),
                "`${part}` is opened and not closed",
            );
            let end = [&open, "-end"].concat();
            let fault = fault.with("part", &open).with("end", end);
            found.faults.push(fault.help("write `${end}` where it ends, as the source does"));
            let bytes = origin.bytes.range();
            self.push(&["]{name=\"", &open, "\"}"].concat(), bytes.end..bytes.end);
        }
    }

    /// The bytes of the catalogue for some of the text.
    pub(super) fn written(&self, bytes: ByteSpan) -> ByteSpan {
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
