//! YAML as a tree whose every key and value knows its bytes.
//!
//! In: a YAML text and where it stands in its file. Out: a [`Yaml`] tree and diagnostics.
//! `shirube.yaml`, `theme.yaml`, front matter and sidecars are all read through here, so
//! that one text means one thing everywhere: only `true` and `false` are booleans, `0755`
//! and `1_000` are text, a key that stands twice is a fault, and a number keeps the digits
//! it was written with (`title: 404` is the text "404").
//!
//! The only module that names serde-saphyr. Its place is taken through serde, with a type
//! that accepts anything (`tree`), so its own conversions decide what a plain word means.

mod fault;
mod fields;
mod tree;
mod unquoted;

use crate::diagnostic::{Checked, Diagnostic};
use crate::text::{FileId, Span, Spanned};

pub use fields::{Fields, unknown_key, wrong};
pub use unquoted::quoted;

/// A YAML text inside a file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file.
    pub file: FileId,
    /// The YAML alone, without fences.
    pub text: &'a str,
    /// The byte of the file at which `text` begins.
    pub offset: usize,
}

impl<'a> Source<'a> {
    /// The whole of a file; a byte order mark is left out.
    pub fn whole(file: FileId, text: &'a str) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { file, text: body, offset: text.len() - body.len() }
    }

    /// The place of bytes `range` of the text.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // The reader of YAML counts some faults into the middle of a character.
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end.max(start));
        Span::new(self.file, start + self.offset..end + self.offset)
    }
}

/// Top-level keys whose values are prose, which people write without the quotes that YAML
/// wants: `title: [A] の話`, `title: 対処法: まとめ`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prose<'a> {
    /// Keys that hold one text. Even what YAML would read as a list, an alias or a tag is
    /// text here.
    pub texts: &'a [&'a str],
    /// Keys that hold lists of texts.
    pub lists: &'a [&'a str],
}

/// A value of a YAML text.
#[derive(Debug, Clone, PartialEq)]
pub struct Yaml {
    /// What it is.
    pub node: Node,
    /// Where it is; an alias's value is where the alias is.
    pub span: Span,
}

/// The three kinds of YAML value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A single value.
    Scalar(Scalar),
    /// A list.
    List(Vec<Yaml>),
    /// Keys with values, in the order of the text, each key once.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text, whatever it would be as a value.
    pub key: Spanned<String>,
    /// The value.
    pub value: Yaml,
}

/// A single value: what YAML takes it for, and the text it was written as.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// What YAML takes it for.
    pub kind: ScalarKind,
    /// Its text: digits as written, quotes and escapes undone; empty for nothing.
    pub text: String,
}

/// What YAML takes a single value for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScalarKind {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Decimal(f64),
    /// Text.
    Text,
}

impl Yaml {
    /// The single value, if it is one.
    pub fn scalar(&self) -> Option<&Scalar> {
        match &self.node {
            Node::Scalar(scalar) => Some(scalar),
            Node::List(_) | Node::Map(_) => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        self.scalar().is_some_and(|scalar| scalar.kind == ScalarKind::Null)
    }

    /// The value as text: numbers and booleans as written; `None` for nothing, lists, maps.
    pub fn text(&self) -> Option<&str> {
        let scalar = self.scalar()?;
        (scalar.kind != ScalarKind::Null).then_some(scalar.text.as_str())
    }

    /// The value as text with its place.
    pub fn spanned_text(&self) -> Option<Spanned<String>> {
        self.text().map(|text| Spanned::new(text.to_owned(), self.span))
    }

    /// The value as JSON, for templates.
    pub fn json(&self) -> serde_json::Value {
        match &self.node {
            Node::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => serde_json::Value::Null,
                ScalarKind::Boolean(value) => value.into(),
                ScalarKind::Integer(value) => value.into(),
                ScalarKind::Decimal(value) => value.into(),
                ScalarKind::Text => scalar.text.clone().into(),
            },
            Node::List(items) => items.iter().map(Yaml::json).collect(),
            Node::Map(entries) => entries
                .iter()
                .map(|entry| (entry.key.value.clone(), entry.value.json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// A short name of what it is, or its own text, for messages.
    pub fn shown(&self) -> String {
        match &self.node {
            Node::Scalar(scalar) if scalar.kind == ScalarKind::Null => "nothing".to_owned(),
            Node::Scalar(scalar) => format!("`{}`", scalar.text),
            Node::List(_) => "a list".to_owned(),
            Node::Map(_) => "keys with values".to_owned(),
        }
    }
}

/// Reads a YAML text. `None` when it cannot be read at all, which is an error then.
/// Duplicate keys are errors; the first one counts.
pub fn read(source: Source<'_>, prose: Prose<'_>) -> Checked<Option<Yaml>> {
    let mut suspects = unquoted::misread(source.text, prose);
    let mut outcome = tree::read(source, &suspects);
    if outcome.as_ref().is_err_and(|refused| refused.syntax) {
        let broken = unquoted::broken(source.text, prose);
        if !broken.is_empty() {
            suspects = unquoted::merged(suspects, broken);
            outcome = tree::read(source, &suspects);
        }
    }
    let mut diagnostics: Vec<Diagnostic> =
        suspects.iter().map(|suspect| suspect.warning(source)).collect();
    let value = match outcome {
        Ok(checked) => Some(checked.take(&mut diagnostics)),
        Err(refused) => {
            diagnostics.push(*refused.fault);
            None
        }
    };
    Checked { value, diagnostics }
}

#[cfg(test)]
mod tests;
