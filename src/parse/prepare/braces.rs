//! `{-term}`, `{$variable}` and `{#id}`: recognised before Markdown, so that their
//! characters are never emphasis or punctuation.

use std::ops::Range;

use super::StandInKind;
use super::attributes::{name_length, value};
use super::scan::Scanner;

/// No term with its arguments is longer, in bytes.
const LONGEST: usize = 600;

impl Scanner<'_, '_> {
    /// A `{` at `at`.
    pub(super) fn brace(&mut self, at: usize) -> usize {
        let in_raw = at < self.raw;
        let kind = match self.bytes().get(at + 1) {
            Some(b'%') if !in_raw => return self.tag(at),
            Some(b'#') => self.heading_id(at),
            Some(b'$' | b'-') if !in_raw && !self.is_after_brace(at) && !self.is_escaped(at) => {
                value_in_braces(self.ahead(at, LONGEST))
            }
            _ => None,
        };
        match kind {
            Some((kind, length)) => self.stand_in(at..at + length, kind, false),
            None => at + 1,
        }
    }

    /// `{{ $x }}` is some other tool's; it is text.
    fn is_after_brace(&self, at: usize) -> bool {
        at > self.line && self.bytes()[at - 1] == b'{'
    }

    /// `{#id}` where nothing but closing `#` follows on its line.
    fn heading_id(&self, at: usize) -> Option<(StandInKind, usize)> {
        let rest = self.ahead(at, 300);
        let end = rest.find('}')?;
        let id = &rest[2..end];
        let fit =
            !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || "{\"'<>`|".contains(c));
        let after = rest[end + 1..].trim_start_matches([' ', '\t', '#']);
        let alone = after.is_empty() && rest.len() < 300;
        (fit && alone && !self.is_escaped(at))
            .then(|| (StandInKind::HeadingId { id: id.to_owned() }, end + 1))
    }
}

/// The terms and variables of a text that is not Markdown, in order.
pub(in crate::parse) fn values(text: &str) -> Vec<(Range<usize>, StandInKind)> {
    let mut found: Vec<(Range<usize>, StandInKind)> = Vec::new();
    for (at, _) in text.match_indices(['{']) {
        let free = found.last().is_none_or(|(range, _)| range.end <= at);
        let begins = text[at..].starts_with("{$") || text[at..].starts_with("{-");
        let plain = !text[..at].ends_with(['{', '\\']);
        if free
            && begins
            && plain
            && let Some((kind, length)) = value_in_braces(&text[at..])
        {
            found.push((at..at + length, kind));
        }
    }
    found
}

/// The term or variable at the start of `text`, and its length.
fn value_in_braces(text: &str) -> Option<(StandInKind, usize)> {
    let length = name_length(&text[2..]);
    let name = text[2..2 + length].to_owned();
    let at = 2 + length;
    if length == 0 {
        return None;
    }
    if text[at..].starts_with('}') {
        let kind = match text.as_bytes()[1] {
            b'$' => StandInKind::Variable { name },
            _ => StandInKind::Term { name, arguments: Vec::new() },
        };
        return Some((kind, at + 1));
    }
    if !text.starts_with("{-") || !text[at..].starts_with('(') {
        return None;
    }
    let (arguments, end) = arguments(text, at + 1)?;
    let whole = text[end..].starts_with('}') && !text[..end].contains('`');
    whole.then_some((StandInKind::Term { name, arguments }, end + 1))
}

/// `key: "value", …)` from `at`, and where it ends.
fn arguments(text: &str, mut at: usize) -> Option<(Vec<(String, String)>, usize)> {
    let blanks = |at: usize| at + text[at..].len() - text[at..].trim_start().len();
    let mut found = Vec::new();
    loop {
        at = blanks(at);
        if text[at..].starts_with(')') {
            return Some((found, at + 1));
        }
        let length = name_length(&text[at..]);
        let name = text[at..at + length].to_owned();
        at = blanks(at + length);
        if length == 0 || !text[at..].starts_with(':') {
            return None;
        }
        at = blanks(at + 1);
        let (value, length) = argument(&text[at..])?;
        found.push((name, value));
        at = blanks(at + length);
        at += usize::from(text[at..].starts_with(','));
    }
}

/// A quoted text or a number, and its length.
fn argument(text: &str) -> Option<(String, usize)> {
    if text.starts_with('"') {
        return value(text);
    }
    let length = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))?;
    (length > 0).then(|| (text[..length].to_owned(), length))
}
