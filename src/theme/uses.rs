//! Which messages a theme asks for, and where.

use super::Template;
use crate::text::Span;

/// A place that asks for a message by a written name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageUse {
    /// The message.
    pub id: String,
    /// The bytes of the name.
    pub span: Span,
    /// The arguments that are given.
    pub arguments: Vec<String>,
}

/// The calls `msg(id="…", …)` of a template. Names put together while drawing are not seen.
pub(super) fn of(template: &Template<'_>) -> Vec<MessageUse> {
    let text = template.text;
    text.match_indices("msg(").filter_map(|(at, call)| at_call(template, at + call.len())).collect()
}

fn at_call(template: &Template<'_>, start: usize) -> Option<MessageUse> {
    let arguments = arguments(&template.text[start..]);
    let id = arguments.iter().find(|argument| argument.name == "id")?;
    let literal = id.literal?;
    let at = literal.as_ptr() as usize - template.text.as_ptr() as usize;
    Some(MessageUse {
        id: literal.to_owned(),
        span: Span::new(template.file, at..at + literal.len()),
        arguments: arguments
            .iter()
            .filter(|argument| argument.name != "id")
            .map(|argument| argument.name.to_owned())
            .collect(),
    })
}

struct Given<'a> {
    name: &'a str,
    literal: Option<&'a str>,
}

/// The named arguments up to the call's closing bracket.
fn arguments(text: &str) -> Vec<Given<'_>> {
    let bytes = text.as_bytes();
    let mut given = Vec::new();
    let (mut depth, mut at, mut start) = (0usize, 0usize, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            b')' => {
                given.extend(one(&text[start..at]));
                return given;
            }
            b',' if depth == 0 => {
                given.extend(one(&text[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    given
}

fn one(text: &str) -> Option<Given<'_>> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim();
    let quoted = value.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    let literal = quoted.filter(|inner| !inner.contains(['"', '\'', '\\', '~']));
    Some(Given { name: name.trim(), literal })
}
