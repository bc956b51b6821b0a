//! Diagnostics as people and programs read them.
//!
//! In: diagnostics, and the paths and texts of the files they point into. Out: text for a
//! terminal, or one JSON object a line. Order and repetitions are settled here, once, for
//! both. English is what a diagnostic is written in; its Japanese is looked up here. The only
//! module that names annotate-snippets. Never prints.

mod japanese;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::words::{Lang, Words};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::text::{FileId, LineIndex, Position, Span};

/// Finds a file's path, relative to the site, and its text (empty when it has none).
pub type Files<'a> = &'a dyn Fn(FileId) -> Option<(&'a str, &'a str)>;

/// The diagnostics by file path, place and code, each once; those of the site as a whole
/// come last.
pub fn sorted<'a>(
    diagnostics: Vec<Diagnostic>,
    path_of: &dyn Fn(FileId) -> Option<&'a str>,
) -> Vec<Diagnostic> {
    let mut keyed: Vec<_> = diagnostics
        .into_iter()
        .map(|diagnostic| {
            let path = diagnostic.place.file().map(|file| path_of(file).unwrap_or_default());
            let span = match diagnostic.place {
                Place::At(span) => (span.bytes.start, span.bytes.end),
                Place::File(_) | Place::Site => (0, 0),
            };
            let code = diagnostic.code.name();
            ((path.is_none(), path, span.0, code, span.1, diagnostic.text()), diagnostic)
        })
        .collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.dedup_by(|(a, _), (b, _)| a == b);
    keyed.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// All diagnostics for a terminal, with the lines they point at, an empty line after each;
/// empty when there are none. A [`Tally`] goes below.
pub fn terminal(diagnostics: &[Diagnostic], files: Files<'_>, colour: bool, lang: Lang) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut places = Places::new(files);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let groups = groups(diagnostic, &mut places, lang);
        text.push_str(&renderer.render(&groups));
        text.push_str("\n\n");
    }
    text
}

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts them.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut tally = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => tally.notes += 1,
            }
        }
        tally
    }
}

impl Tally {
    /// `2 errors, 1 warning`, in the words of the program.
    pub(super) fn text(self, words: &Words) -> String {
        let counts = [
            (self.errors, "tally-errors"),
            (self.warnings, "tally-warnings"),
            (self.notes, "tally-notes"),
        ];
        let found = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> =
            found.map(|(count, id)| words.text(id, &[("count", count.into())])).collect();
        if parts.is_empty() {
            return words.text("tally-none", &[]);
        }
        parts.join(&words.text("tally-join", &[]))
    }
}

/// A diagnostic in somebody's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What is wrong.
    pub message: String,
    /// What to do, one line each.
    pub help: Vec<String>,
    /// What is said at the related places, in their order.
    pub related: Vec<String>,
}

/// What a diagnostic says in `lang`.
pub fn rendered(diagnostic: &Diagnostic, lang: Lang) -> Rendered {
    match lang {
        Lang::En => filled(diagnostic, diagnostic, |template| template),
        Lang::Ja => filled(diagnostic, &japanese::arguments(diagnostic), japanese::template),
    }
}

/// The templates of a diagnostic in some language, with the arguments of `spoken`.
fn filled(
    diagnostic: &Diagnostic,
    spoken: &Diagnostic,
    said: impl Fn(&'static str) -> &'static str,
) -> Rendered {
    let fill = |template| spoken.fill(said(template));
    Rendered {
        message: fill(diagnostic.message),
        help: diagnostic.help.iter().map(|template| fill(template)).collect(),
        related: diagnostic.related.iter().map(|place| fill(place.label)).collect(),
    }
}

/// A phrase of the system, or of a part of the program, in `lang` where it is known.
pub fn phrase(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => text.to_owned(),
        Lang::Ja => japanese::phrase(text),
    }
}

/// How bad a diagnostic is, in one word.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::En, _) => severity.name(),
        (Lang::Ja, Severity::Error) => "エラー",
        (Lang::Ja, Severity::Warning) => "警告",
        (Lang::Ja, Severity::Note) => "お知らせ",
    }
}

/// What a code is about, in one line.
pub fn summary(code: Code, lang: Lang) -> &'static str {
    match lang {
        Lang::En => code.summary(),
        Lang::Ja => japanese::template(code.summary()),
    }
}

/// One diagnostic as a JSON object on one line.
///
/// Fields: `code`, `severity`, `message`, `file` (null for the site), `line` and `column`
/// (from 1, in Unicode characters), `end_line`, `end_column` (exclusive), `start` and `end`
/// (bytes), all null where no bytes are pointed at, and `help` (lines; empty when there is
/// nothing to advise).
pub fn json_line(diagnostic: &Diagnostic, files: Files<'_>) -> String {
    object(diagnostic, &mut Places::new(files))
}

/// All diagnostics, one JSON object a line.
pub fn json_lines(diagnostics: &[Diagnostic], files: Files<'_>) -> String {
    let mut places = Places::new(files);
    diagnostics.iter().map(|diagnostic| object(diagnostic, &mut places) + "\n").collect()
}

fn object(diagnostic: &Diagnostic, places: &mut Places<'_>) -> String {
    let path = diagnostic.place.file().and_then(|file| places.path(file));
    let (start, end) = match diagnostic.place {
        Place::At(span) => (
            places.position(span, span.bytes.start).map(|at| (at, span.bytes.start)),
            places.position(span, span.bytes.end).map(|at| (at, span.bytes.end)),
        ),
        Place::File(_) | Place::Site => (None, None),
    };
    let mut told = json!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.name(),
        "message": diagnostic.text(),
        "file": path,
        "line": start.map(|(at, _)| at.line),
        "column": start.map(|(at, _)| at.column),
        "end_line": end.map(|(at, _)| at.line),
        "end_column": end.map(|(at, _)| at.column),
        "start": start.map(|(_, byte)| byte),
        "end": end.map(|(_, byte)| byte),
        "help": diagnostic.help_texts().join("\n"),
    });
    if let Some(edit) = &diagnostic.edit {
        let (start, end) = (edit.span.bytes.start, edit.span.bytes.end);
        told["edit"] = json!({ "start": start, "end": end, "replacement": edit.replacement });
    }
    told.to_string()
}

/// Positions in files; the last file's lines and the last place are remembered, since
/// places come sorted: a line with a thousand faults is counted through once.
struct Places<'a> {
    files: Files<'a>,
    last: Option<(FileId, LineIndex)>,
    near: Option<(usize, Position)>,
}

impl<'a> Places<'a> {
    fn new(files: Files<'a>) -> Self {
        Self { files, last: None, near: None }
    }

    fn path(&self, file: FileId) -> Option<&'a str> {
        (self.files)(file).map(|(path, _)| path)
    }

    fn lines(&mut self, file: FileId, text: &str) -> &LineIndex {
        if self.last.as_ref().is_none_or(|(last, _)| *last != file) {
            self.last = None;
            self.near = None;
        }
        &self.last.get_or_insert_with(|| (file, LineIndex::new(text))).1
    }

    /// The position of a byte; `None` when the file has no text.
    fn position(&mut self, span: Span, byte: u32) -> Option<Position> {
        let (_, text) = (self.files)(span.file)?;
        if text.is_empty() && byte > 0 {
            return None;
        }
        let offset = text.floor_char_boundary((byte as usize).min(text.len()));
        // Another file forgets the place in the last one.
        self.lines(span.file, text);
        let position = match self.near.and_then(|near| moved(text, near, offset)) {
            Some(position) => position,
            None => self.lines(span.file, text).position(text, offset),
        };
        self.near = Some((offset, position));
        Some(position)
    }
}

/// The position of `offset`, counted from another one on the same line.
fn moved(text: &str, (from, at): (usize, Position), offset: usize) -> Option<Position> {
    let between = &text[from.min(offset)..from.max(offset)];
    if between.contains(['\n', '\r']) {
        return None;
    }
    let count = between.chars().filter(|c| *c != '\u{feff}').count();
    let column = if from <= offset { at.column + count } else { at.column - count };
    Some(Position { line: at.line, column })
}

/// How the lines beside a message begin: what to do, and another place.
fn beside(lang: Lang) -> (Level<'static>, Level<'static>) {
    match lang {
        Lang::En => (Level::HELP, Level::NOTE),
        Lang::Ja => (Level::HELP.with_name("対処"), Level::NOTE.with_name("関連")),
    }
}

fn groups<'a>(diagnostic: &Diagnostic, places: &mut Places<'a>, lang: Lang) -> Vec<Group<'a>> {
    let said = rendered(diagnostic, lang);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .with_name(severity(diagnostic.severity, lang))
        .primary_title(said.message)
        .id(diagnostic.code.name());
    let mut first = Group::with_title(title);
    if let Some(element) = excerpt(diagnostic.place, places) {
        first = first.element(element);
    }
    let (help, note) = beside(lang);
    let help = said.help.into_iter().map(|text| help.clone().message(text));
    let mut groups = vec![first.elements(help)];
    for (related, label) in diagnostic.related.iter().zip(said.related) {
        if let Some(element) = excerpt(related.place, places) {
            let title = note.clone().secondary_title(label);
            groups.push(Group::with_title(title).element(element));
        }
    }
    groups
}

/// Longer lines are named but not drawn: what stands around the place would not be seen.
const LONGEST_LINE: usize = 20_000;

fn excerpt<'a>(place: Place, places: &mut Places<'a>) -> Option<Element<'a>> {
    let (path, text) = (places.files)(place.file()?)?;
    let path = visible(path);
    let Place::At(span) = place else { return Some(Origin::path(path).into()) };
    let Some(position) = places.position(span, span.bytes.start) else {
        return Some(Origin::path(path).into());
    };
    let range = places.lines(span.file, text).line(text, position.line);
    let line = text[range.clone()].trim_end_matches(['\r', '\n']);
    if line.len() > LONGEST_LINE {
        let origin = Origin::path(path).line(position.line).char_column(position.column);
        return Some(origin.into());
    }
    // The mark takes no column, and would be drawn as one.
    let shown = line.strip_prefix('\u{feff}').unwrap_or(line);
    let skipped = range.start + line.len() - shown.len();
    let within = |byte: u32| (byte as usize).saturating_sub(skipped).min(shown.len());
    let start = shown.floor_char_boundary(within(span.bytes.start));
    let end = shown.ceil_char_boundary(within(span.bytes.end)).max(start);
    let snippet = Snippet::source(visible(shown))
        .path(path)
        .line_start(position.line)
        .annotation(AnnotationKind::Primary.span(start..end));
    Some(snippet.into())
}

/// The text without characters that command a terminal, byte for byte as long.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => c,
            '\u{0}'..='\u{1f}' | '\u{7f}' => '?',
            '\u{80}'..='\u{9f}' => '¿',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests;
