//! What the YAML crate refuses, in words for writers, at the bytes to change.
//!
//! The parser often notices a slip one line late and names its own states. So the lines
//! around its place are searched for the slips that people make first.

use serde_saphyr::Error;

use super::Source;
use super::tree::{DEPTH, NODES, Refused};
use super::unquoted::quoted;
use crate::diagnostic::{Diagnostic, code};
use crate::text::{LineIndex, Span};

/// What is wrong according to `error`, found while reading `masked`, whose bytes stand at
/// the same places as those of `source`.
pub(super) fn refused(error: &Error, source: Source<'_>, masked: &str) -> Refused {
    let place = Place::of(error, masked);
    let reason = reason(error);
    let (fault, syntax) = match error.without_snippet() {
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasError { .. } => (too_much(source.span(place.start..place.end)), false),
        Error::MultipleDocuments { .. } => (second_document(source, &place), false),
        _ if reason.contains("recursion limit") => {
            (too_much(source.span(place.start..place.end)), false)
        }
        _ => (syntax(&reason, source, &place), true),
    };
    Refused { fault: Box::new(fault), syntax }
}

fn second_document(source: Source<'_>, place: &Place) -> Diagnostic {
    let before = &source.text[..place.start];
    let at = before.rfind("---").unwrap_or(place.start);
    let span = source.span(at..place.start.min(at + 3).max(at));
    Diagnostic::new(code::INVALID_YAML, span, "a second document begins here")
        .help("remove the line `---`: one file holds one set of keys")
}

fn too_much(span: Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_YAML, span, "this YAML is nested too deeply or repeats too much")
        .with("depth", DEPTH)
        .with("nodes", NODES)
        .help("at most {depth} levels and {nodes} values are read; write repeated values out")
}

/// The fault of a full-width space before a key.
pub(super) fn wide_indent(span: Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_YAML, span, "a full-width space cannot indent a key")
        .help("use ordinary spaces, or none at the top level")
}

/// The fault of a full-width colon after a key.
pub(super) fn wide_colon(span: Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_YAML, span, "a full-width colon does not end a key")
        .help("write `: `, an ASCII colon and a space")
}

/// Where the parser stopped.
struct Place {
    start: usize,
    end: usize,
    /// The line it is on, counted from 0.
    line: usize,
}

impl Place {
    fn of(error: &Error, text: &str) -> Self {
        let (line, column) = line_and_column(error);
        let index = LineIndex::new(text);
        let lines = text.lines().count().max(1);
        let range = index.line(text, line.clamp(1, lines));
        let content = text[range.clone()].trim_end();
        let within = content.char_indices().nth(column.saturating_sub(1));
        let (at, width) = within.map_or((content.len(), 0), |(at, c)| (at, c.len_utf8()));
        let start = range.start + at;
        Self { start, end: start + width, line: line.clamp(1, lines) - 1 }
    }
}

fn line_and_column(error: &Error) -> (usize, usize) {
    let fit = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    error.location().map_or((1, 1), |place| (fit(place.line()), fit(place.column())))
}

/// The parser's own words, without the place that it adds.
fn reason(error: &Error) -> String {
    let text = error.without_snippet().to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    text.replace('`', "'").trim().to_owned()
}

fn syntax(reason: &str, source: Source<'_>, place: &Place) -> Diagnostic {
    slip(source, place).unwrap_or_else(|| {
        let span = source.span(place.start..place.end);
        if reason.contains("unclosed quote") {
            return Diagnostic::new(code::INVALID_YAML, span, "this quote is not closed")
                .help("end the value with the same quote");
        }
        Diagnostic::new(code::INVALID_YAML, span, "this is no YAML: {reason}")
            .with("reason", reason)
            .help("each line is `key: value`; a value with special characters goes in quotes")
    })
}

/// The first slip known to people on the parser's line or the two before it.
fn slip(source: Source<'_>, place: &Place) -> Option<Diagnostic> {
    let mut start = 0;
    let lines: Vec<(usize, &str)> = source
        .text
        .split_inclusive('\n')
        .map(|line| {
            start += line.len();
            (start - line.len(), line.trim_end())
        })
        .collect();
    let end = (place.line + 1).min(lines.len());
    let near = &lines[end.saturating_sub(3)..end];
    near.iter().rev().find_map(|(at, line)| {
        indent_slip(source, *at, line)
            .or_else(|| colon_slip(source, *at, line))
            .or_else(|| value_slip(source, *at, line))
    })
}

fn indent_slip(source: Source<'_>, at: usize, line: &str) -> Option<Diagnostic> {
    let indent = &line[..line.len() - line.trim_start().len()];
    if let Some(tab) = indent.find('\t') {
        let span = source.span(at + tab..at + tab + 1);
        return Some(
            Diagnostic::new(code::INVALID_YAML, span, "a tab cannot indent a line")
                .help("use spaces"),
        );
    }
    let wide = indent.find('\u{3000}')?;
    Some(wide_indent(source.span(at + wide..at + wide + 3)))
}

fn colon_slip(source: Source<'_>, at: usize, line: &str) -> Option<Diagnostic> {
    let text = line.trim_start();
    let key = text.len() - text.trim_start_matches(is_key).len();
    let at = at + line.len() - text.len() + key;
    let rest = &text[key..];
    if key == 0 {
        return None;
    }
    if rest.starts_with('：') {
        return Some(wide_colon(source.span(at..at + '：'.len_utf8())));
    }
    let value = rest.strip_prefix(':')?;
    if value.is_empty() || value.starts_with([' ', '\t']) || value.starts_with("//") {
        return None;
    }
    Some(
        Diagnostic::new(code::INVALID_YAML, source.span(at..at + 1), "no space after the colon")
            .with("fixed", format!("{}: {value}", &text[..key]))
            .help("write `{fixed}`"),
    )
}

fn value_slip(source: Source<'_>, at: usize, line: &str) -> Option<Diagnostic> {
    let (key, rest) = line.split_once(": ")?;
    let value = rest.trim();
    let start = at + line.len() - rest.trim_start().len();
    let first = value.chars().next()?;
    let special = matches!(first, '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>')
        || matches!(first, '[' | '{') && !value.ends_with([']', '}', ','])
        || matches!(first, '"' | '\'') && value[1..].contains(first) && !value.ends_with(first);
    let pair = !matches!(first, '"' | '\'' | '[' | '{') && value.contains(": ");
    if !special && !pair || value == "|" || value == ">" {
        return None;
    }
    let span = source.span(start..start + value.len());
    Some(
        Diagnostic::new(code::INVALID_YAML, span, "this text must be in quotes")
            .with("fixed", format!("{}: {}", key.trim(), quoted(value)))
            .help("write `{fixed}`"),
    )
}

fn is_key(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
