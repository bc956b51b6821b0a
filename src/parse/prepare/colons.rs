//! `:::name[label]{…}` lines, `:::` lines, and `:kbd[…]` in text.
//!
//! A line of colons becomes a stand-in that is an HTML block to the parser, so it comes
//! back at the nesting where it stands, inside list items and quotations too.

use std::ops::Range;

use super::StandInKind;
use super::attributes::{RawAttribute, attributes, name_length};
use super::emphasis::is_cjk;
use super::scan::{Scanner, only_markers};

/// The opening line of a directive. Ranges are bytes of the source.
#[derive(Debug, Clone)]
pub(in crate::parse) struct Opening {
    /// How many colons it has.
    pub(in crate::parse) colons: usize,
    /// Its name as written.
    pub(in crate::parse) name: String,
    /// The bytes of the name.
    pub(in crate::parse) name_range: Range<usize>,
    /// The bytes of the label.
    pub(in crate::parse) label: Option<Range<usize>>,
    /// What stands in braces.
    pub(in crate::parse) attributes: Vec<RawAttribute>,
}

/// A component within a line. Ranges are bytes of the source.
#[derive(Debug, Clone)]
pub(in crate::parse) struct Component {
    /// Its name.
    pub(in crate::parse) name: String,
    /// The bytes of the name.
    pub(in crate::parse) name_range: Range<usize>,
    /// The bytes of the label.
    pub(in crate::parse) label: Range<usize>,
    /// What stands in braces.
    pub(in crate::parse) attributes: Vec<RawAttribute>,
}

/// No component with its label and attributes is longer, in bytes.
const LONGEST: usize = 2000;

impl Scanner<'_, '_> {
    /// A `:` at `at`.
    pub(super) fn colon(&mut self, at: usize) -> usize {
        let rest = self.ahead(at, LONGEST);
        let colons = rest.len() - rest.trim_start_matches(':').len();
        let heads_line = !self.inline && only_markers(self.before(at));
        if colons >= 3 && heads_line {
            return self.directive(at, colons);
        }
        if colons == 1
            && let Some((component, length)) = self.component(at, rest)
        {
            return self.stand_in(at..at + length, StandInKind::Component(component), false);
        }
        // Behind a paragraph the parser takes any line that begins with a colon for a
        // definition; one is meant only where a blank follows.
        // `:-:|---` is a table's.
        let delimiters = rest.contains('|') && rest.bytes().all(|b| b":-| \t".contains(&b));
        let defines = matches!(rest.as_bytes().get(1), Some(b' ' | b'\t'));
        if heads_line && !defines && !delimiters {
            self.protect(at);
        }
        at + colons.max(1)
    }

    fn directive(&mut self, at: usize, colons: usize) -> usize {
        let line = self.rest_of_line(at);
        let kind = if line[colons..].trim().is_empty() {
            Some(StandInKind::Closing { colons })
        } else {
            self.opening(at, line, colons).map(StandInKind::Opening)
        };
        match kind {
            Some(kind) => self.stand_in(at..at + line.len(), kind, true),
            None => {
                self.protect(at);
                at + colons
            }
        }
    }

    fn opening(&self, at: usize, line: &str, colons: usize) -> Option<Opening> {
        let name_at = line.len() - line[colons..].trim_start().len();
        let name_end = name_at + name_length(&line[name_at..]);
        let name = line[name_at..name_end].to_owned();
        if name.is_empty() {
            return None;
        }
        let mut end = name_end;
        let mut label = None;
        if line[end..].starts_with('[') {
            let length = bracketed(&line[end..])?;
            label = Some(at + end + 1..at + end + length - 1);
            end += length;
        }
        let rest = line[end..].trim_start();
        end = line.len() - rest.len();
        let mut found = Vec::new();
        if rest.starts_with('{') {
            let (list, length) = attributes(rest)?;
            found = shifted(list, at + end);
            end += length;
        }
        let rest = line[end..].trim().trim_end_matches(':').trim_end();
        if !rest.is_empty() {
            // `::: warning 題名`, as other generators write it.
            let known = self.options.callouts.contains(&name.to_ascii_lowercase())
                || self.options.components.contains(&name);
            if !known || label.is_some() || !found.is_empty() {
                return None;
            }
            let start = at + line.len() - line[name_end..].trim_start().len();
            label = Some(start..start + rest.len());
        }
        let name_range = at + name_at..at + name_end;
        Some(Opening { colons, name, name_range, label, attributes: found })
    }

    fn component(&self, at: usize, rest: &str) -> Option<(Component, usize)> {
        let name_end = 1 + name_length(&rest[1..]);
        let name = &rest[1..name_end];
        let before = self.source[self.range.start..at].chars().next_back();
        let apart =
            before.is_none_or(|c| is_cjk(c) || !(c.is_alphanumeric() || matches!(c, '_' | ':')));
        let known = self.options.components.contains(name);
        if !known || !apart || !rest[name_end..].starts_with('[') || self.is_escaped(at) {
            return None;
        }
        let length = bracketed(&rest[name_end..])?;
        let label = at + name_end + 1..at + name_end + length - 1;
        let mut end = name_end + length;
        // An odd backtick is the end of a code span around the whole.
        if rest[..end].matches('`').count() % 2 == 1 {
            return None;
        }
        let mut found = Vec::new();
        if rest[end..].starts_with('{')
            && let Some((list, length)) = attributes(&rest[end..])
            && list.iter().all(|attribute| !attribute.name.is_empty())
        {
            found = shifted(list, at + end);
            end += length;
        }
        let name_range = at + 1..at + name_end;
        let name = name.to_owned();
        Some((Component { name, name_range, label, attributes: found }, end))
    }
}

fn shifted(list: Vec<RawAttribute>, offset: usize) -> Vec<RawAttribute> {
    let moved = |range: Range<usize>| range.start + offset..range.end + offset;
    list.into_iter().map(|raw| RawAttribute { range: moved(raw.range.clone()), ..raw }).collect()
}

/// The bytes of a balanced `[…]` at the start of `text`, brackets included.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
