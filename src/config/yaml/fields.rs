//! The keys of a map, read one by one; what nobody asked for is an unknown key.

use super::{Entry, Node, ScalarKind, Yaml, fault};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::text::{Span, Spanned};

/// Reads a map's keys by name and type, collecting what is wrong with them.
///
/// Every key that is asked for counts as known, so the last step is
/// [`finish`](Fields::finish). A key without a value counts as absent.
#[derive(Debug)]
pub struct Fields<'a> {
    entries: &'a [Entry],
    asked: Vec<&'static str>,
    diagnostics: Vec<Diagnostic>,
}

/// The fault of a value that its key does not take: what it wants, and an example.
pub fn wrong(key: &str, value: &Yaml, wanted: &str, example: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, value.span, "`{key}` wants {wanted}, not {found}")
        .with("key", key)
        .with("wanted", wanted)
        .with("found", value.shown())
        .with("example", example)
        .help("for example `{example}`")
}

impl<'a> Fields<'a> {
    /// The keys of `yaml`; none, with a fault, when it is no map. `what` names the whole
    /// in that fault: "the settings", "`markdown`".
    pub fn of(yaml: &'a Yaml, what: &str) -> Self {
        let mut fields = Self { entries: &[], asked: Vec::new(), diagnostics: Vec::new() };
        match &yaml.node {
            Node::Map(entries) => fields.entries = entries,
            Node::Scalar(scalar) if scalar.kind == ScalarKind::Null => {}
            Node::Scalar(_) | Node::List(_) => fields.diagnostics.push(no_map(yaml, what)),
        }
        fields
    }

    /// The value of `key`, if there is one.
    pub fn value(&mut self, key: &'static str) -> Option<&'a Yaml> {
        self.asked.push(key);
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        (!entry.value.is_null()).then_some(&entry.value)
    }

    /// All entries, for maps whose keys are the writer's own.
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }

    /// Adds a fault.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A text; numbers and booleans as written.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        let text = value.spanned_text();
        if text.is_none() {
            self.report(wrong(key, value, "a text", &format!("{key}: …")));
        }
        text
    }

    /// Where the value of `key` stands, if it has one.
    pub fn place(&self, key: &str) -> Option<Span> {
        let entry = self.entries.iter().find(|entry| entry.key.value == key)?;
        Some(entry.value.span)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        if let Some(ScalarKind::Boolean(flag)) = value.scalar().map(|scalar| scalar.kind) {
            return Some(flag);
        }
        self.report(wrong(key, value, "`true` or `false`", &format!("{key}: true")));
        None
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        if let Some(ScalarKind::Integer(number)) = value.scalar().map(|scalar| scalar.kind) {
            return Some(number);
        }
        self.report(wrong(key, value, "a whole number", &format!("{key}: 10")));
        None
    }

    /// A whole number of at least `least`.
    pub fn count(&mut self, key: &'static str, least: u32) -> Option<u64> {
        let value = self.value(key)?;
        let number = match value.scalar().map(|scalar| scalar.kind) {
            Some(ScalarKind::Integer(number)) => u64::try_from(number).ok(),
            _ => None,
        };
        let number = number.filter(|number| *number >= u64::from(least));
        if number.is_none() {
            let wanted = format!("a whole number from {least}");
            self.report(wrong(key, value, &wanted, &format!("{key}: {}", least.max(10))));
        }
        number
    }

    /// A list of texts; one text counts as a list of one, lists in it are flattened.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let value = self.value(key)?;
        Some(self.texts_of(key, value))
    }

    /// The texts of `value`, which is the value of `key`.
    pub fn texts_of(&mut self, key: &str, value: &Yaml) -> Vec<Spanned<String>> {
        match &value.node {
            Node::List(items) => items.iter().flat_map(|item| self.texts_of(key, item)).collect(),
            Node::Scalar(scalar) if scalar.kind == ScalarKind::Null => Vec::new(),
            Node::Scalar(_) => value.spanned_text().into_iter().collect(),
            Node::Map(_) => {
                let example = format!("{key}: [\"…\", \"…\"]");
                self.report(wrong(key, value, "texts", &example));
                Vec::new()
            }
        }
    }

    /// One of some words.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let value = self.value(key)?;
        let written = value.text().unwrap_or_default();
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == written) {
            return Some(*choice);
        }
        let names = || choices.iter().map(|(name, _)| *name);
        let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
        self.report(
            Diagnostic::new(code::INVALID_VALUE, value.span, "`{key}` cannot be {found}")
                .with("key", key)
                .with("found", value.shown())
                .with("all", all.join(", "))
                .nearest(nearest(written, names()))
                .help("choose one of {all}"),
        );
        None
    }

    /// The keys of the map that is the value of `key`.
    pub fn fields(&mut self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        Some(Fields::of(value, &format!("`{key}`")))
    }

    /// Takes over what another reader found, when it was all that was wanted of it.
    pub fn absorb(&mut self, inner: Fields<'_>) {
        self.diagnostics.extend(inner.finish());
    }

    /// Takes over what another reader found, whatever other keys it has.
    pub fn absorb_open(&mut self, inner: Fields<'_>) {
        self.diagnostics.extend(inner.diagnostics);
    }

    /// The entries that nobody asked for.
    pub fn rest(&self) -> impl Iterator<Item = &'a Entry> + use<'_, 'a> {
        self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.value.as_str()))
    }

    /// What was wrong; keys that nobody asked for are the caller's concern.
    pub fn finish_open(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// What was wrong; keys that nobody asked for are unknown.
    pub fn finish(self) -> Vec<Diagnostic> {
        let unknown: Vec<Diagnostic> =
            self.rest().map(|entry| unknown_key(&entry.key, self.asked.iter().copied())).collect();
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(unknown);
        diagnostics
    }
}

/// The warning for a key that means nothing, with the nearest of `known`.
pub fn unknown_key<'n>(
    key: &Spanned<String>,
    known: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_KEY, key.span, "unknown key `{key}`")
        .with("key", &key.value)
        .nearest(nearest(&key.value, known))
}

fn no_map(yaml: &Yaml, what: &str) -> Diagnostic {
    let text = yaml.text().unwrap_or_default();
    if let Some(at) = text.find('：') {
        let start = yaml.span.bytes.start as usize + at;
        // A text that goes over lines is folded: then only its whole is surely the place.
        let as_written = yaml.span.bytes.range().len() == text.len();
        let narrow = Span::new(yaml.span.file, start..start + '：'.len_utf8());
        return fault::wide_colon(if as_written { narrow } else { yaml.span });
    }
    Diagnostic::new(code::INVALID_YAML, yaml.span, "{what} must be keys with values, not {found}")
        .with("what", what)
        .with("found", yaml.shown())
        .help("write one `key: value` a line")
}
