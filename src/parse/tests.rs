//! Tests of whole texts: Markdown in, a compact tree and diagnostics out.

use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Place;
use crate::document::plain_text;
use crate::text::LineIndex;

mod printer;

mod blocks;
mod headings;
mod inlines;
mod marks;
mod properties;
mod raw_html;

/// Files that can be included, by path.
struct Files(BTreeMap<&'static str, (FileId, &'static str)>);

impl Includes for Files {
    fn find(&self, _from: FileId, path: &str) -> Option<(FileId, &str)> {
        self.0.get(path).copied()
    }
}

fn files(list: &[(&'static str, &'static str)]) -> Files {
    let numbered = list.iter().zip(1u32..);
    Files(numbered.map(|((path, text), id)| (*path, (FileId(id), *text))).collect())
}

fn options() -> ParseOptions {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    ParseOptions {
        callouts: names(&["note", "tip", "important", "warning", "caution", "danger", "success"]),
        components: names(&[
            "steps", "tabs", "tab", "details", "cards", "kbd", "menu", "badge", "mark",
        ]),
        html: HtmlPolicy::Sanitize,
        math: false,
        timezone: Zone::new("Asia/Tokyo").expect("Tokyo has a zone"),
        declared: BTreeMap::new(),
        audiences: Vec::new(),
        lacks_names: false,
    }
}

fn with(change: impl FnOnce(&mut ParseOptions)) -> ParseOptions {
    let mut options = options();
    change(&mut options);
    options
}

fn parsed_with(text: &str, options: &ParseOptions, includes: &Files) -> Checked<Guide> {
    let text = GuideText { file: FileId(0), lang: LocaleId(0), text };
    let mut diagnostics = Vec::new();
    let head = head(text, options).take(&mut diagnostics);
    let value = guide(text, &head, options, includes).take(&mut diagnostics);
    Checked { value, diagnostics }
}

fn parsed(text: &str) -> Checked<Guide> {
    parsed_with(text, &options(), &files(&[]))
}

/// Tree of a text's body, and its faults but for a missing title.
#[track_caller]
fn check(text: &str, tree: &str, faults: &[&str]) {
    check_with(text, &options(), tree, faults);
}

#[track_caller]
fn check_with(text: &str, options: &ParseOptions, tree: &str, faults: &[&str]) {
    let found = parsed_with(text, options, &files(&[]));
    let shown = printer::blocks(&found.value.document.blocks, &found.value.document.references);
    assert_eq!(
        (shown.as_str(), shown_faults(text, &found)),
        (tree, faults.iter().map(|f| (*f).to_owned()).collect()),
        "{text}"
    );
}

/// `line:column code text-that-the-arrow-is-under` for each fault.
fn shown_faults(text: &str, found: &Checked<Guide>) -> Vec<String> {
    let index = LineIndex::new(text);
    let mut faults: Vec<_> = found
        .diagnostics
        .iter()
        .filter(|fault| fault.code != code::MISSING_TITLE)
        .map(|fault| match fault.place {
            Place::At(span) if span.file == FileId(0) => {
                let at = index.position(text, span.bytes.start as usize);
                let under = &text[span.bytes.range()];
                (
                    (at.line, at.column),
                    format!("{}:{} {} {under}", at.line, at.column, fault.code.name()),
                )
            }
            place => ((0, 0), format!("{place:?} {}", fault.code.name())),
        })
        .collect();
    faults.sort();
    faults.into_iter().map(|(_, fault)| fault).collect()
}

/// The only fault's text and help.
#[track_caller]
fn said(text: &str) -> String {
    let found = parsed(text);
    let faults: Vec<_> =
        found.diagnostics.iter().filter(|fault| fault.code != code::MISSING_TITLE).collect();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    format!("{}\n{}", faults[0].text(), faults[0].help_texts().join("\n"))
}
