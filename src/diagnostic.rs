//! What went wrong, where, how bad it is, and what to do about it.
//!
//! A [`Diagnostic`] is data: a code, a message written beside the fault as an English
//! template with named arguments, places in the sources, and help. Its final text is made
//! at the edge, so that it can be rendered in another language by code.
//! Must not know terminals, JSON, or any stage.

mod codes;

use crate::text::{FileId, Span};

/// The table of diagnostic codes.
pub use codes::names as code;
pub use codes::{ALL, Code, Reach, by_name};

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the reader of the site will miss or that cannot be built.
    Error,
    /// Something that is probably not what the writer meant.
    Warning,
    /// Something good to know.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The site as a whole: an option, the output folder.
    Site,
    /// A file as a whole.
    File(FileId),
    /// Bytes of a file.
    At(Span),
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Place::At(span)
    }
}

impl From<FileId> for Place {
    fn from(file: FileId) -> Self {
        Place::File(file)
    }
}

impl Place {
    /// The file pointed into, if any.
    pub fn file(self) -> Option<FileId> {
        match self {
            Place::Site => None,
            Place::File(file) => Some(file),
            Place::At(span) => Some(span.file),
        }
    }
}

/// A second place that belongs to the fault: "first defined here".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// A template, filled with the diagnostic's arguments.
    pub label: &'static str,
}

/// What would put a fault right: the bytes of a source, and what to write in their place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The bytes.
    pub span: Span,
    /// What to write.
    pub replacement: String,
}

/// One fault of the site, as data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Which kind of fault.
    pub code: Code,
    /// How bad, after the site's own levels are applied.
    pub severity: Severity,
    /// What is wrong: one line, lower case, no full stop; `{name}` stands for an argument.
    pub message: &'static str,
    /// The values of the templates, by name.
    pub arguments: Vec<(&'static str, String)>,
    /// Where.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What to do: templates like `message`.
    pub help: Vec<&'static str>,
    /// The edit that would put it right, where one is known.
    pub edit: Option<Box<Edit>>,
}

impl Diagnostic {
    /// A diagnostic of `code` at its default severity.
    ///
    /// ```
    /// use shirube::diagnostic::{Diagnostic, Place, code};
    /// let fault = Diagnostic::new(code::UNKNOWN_KEY, Place::Site, "unknown key `{key}`")
    ///     .with("key", "titel")
    ///     .with("nearest", "title")
    ///     .help("did you mean `{nearest}`?");
    /// assert_eq!(fault.text(), "unknown key `titel`");
    /// assert_eq!(fault.help_texts(), ["did you mean `title`?"]);
    /// ```
    pub fn new(code: Code, place: impl Into<Place>, message: &'static str) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            arguments: Vec::new(),
            place: place.into(),
            related: Vec::new(),
            help: Vec::new(),
            edit: None,
        }
    }

    /// Sets the argument `name` of the templates.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand in numbers, names and texts alike"
    )]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn help(mut self, template: &'static str) -> Self {
        self.help.push(template);
        self
    }

    /// Adds "did you mean" when there is a near name.
    #[must_use]
    pub fn nearest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(name) => self.with("nearest", name).help("did you mean `{nearest}`?"),
            None => self,
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, label: &'static str) -> Self {
        self.related.push(Related { place: place.into(), label });
        self
    }

    /// Makes it as bad as `severity`.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The message in English.
    pub fn text(&self) -> String {
        self.fill(self.message)
    }

    /// The help lines in English.
    pub fn help_texts(&self) -> Vec<String> {
        self.help.iter().map(|template| self.fill(template)).collect()
    }

    /// Fills a template with the arguments; control characters in values are escaped, so
    /// that content can never write to a terminal.
    pub fn fill(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            let name = &rest[open + 1..open + length];
            text.push_str(&rest[..open]);
            match self.arguments.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => push_visible(&mut text, value),
                None => text.push_str(&rest[open..=open + length]),
            }
            rest = &rest[open + length + 1..];
        }
        text.push_str(rest);
        text
    }
}

/// Appends `value` with control characters spelled out, cut when it is very long.
fn push_visible(text: &mut String, value: &str) {
    const LIMIT: usize = 300;
    for (count, c) in value.chars().enumerate() {
        if count == LIMIT {
            text.push('…');
            break;
        }
        let bidi = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || bidi {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
}

/// A value, and what was noticed while making it. A stage always gives a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// What was noticed, in the order it was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Hands the diagnostics to `sink` and gives the value.
    pub fn take(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// The name among `names` that `written` most probably meant, if one is near enough:
/// at most a third of its letters differ, and no more than five, letter case aside.
///
/// ```
/// use shirube::diagnostic::nearest;
/// assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
/// assert_eq!(nearest("色", ["title", "tags"]), None);
/// ```
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = written.to_lowercase();
    let length = wanted.chars().count().max(1);
    let allowed = (length.max(3) / 3).min(5);
    // Most names are told apart by their length alone.
    let like = |name: &&str| name.chars().count().abs_diff(length) <= allowed;
    names
        .into_iter()
        .filter(like)
        .map(|name| (strsim::osa_distance(&wanted, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_write_control_characters() {
        let fault = Diagnostic::new(code::BROKEN_LINK, Place::Site, "no `{target}`")
            .with("target", "\u{1b}[31m\u{202e}x");
        assert_eq!(fault.text(), "no `\\u{1b}[31m\\u{202e}x`");
    }

    #[test]
    fn values_with_braces_are_not_filled_again() {
        let fault = Diagnostic::new(code::BROKEN_LINK, Place::Site, "{a} {b} {c}")
            .with("a", "{b}")
            .with("b", "日本");
        assert_eq!(fault.text(), "{b} 日本 {c}");
    }

    #[test]
    fn codes_are_unique_and_found_by_name() {
        for code in ALL {
            assert_eq!(by_name(code.name()), Some(*code));
        }
    }
}
