//! The line above a code block: language, title, marked lines, numbers.
//!
//! ` ```lang title="x" {2,4-5} ins={3} del={6} numbers=10 `, and Hexo's ` ```lang title `.
//! ` ```lang:title ` is read as well.
//! `showLineNumbers` and `numbers` alone begin at 1. The language is kept as written.

use std::ops::Range;

use super::prepare::visible;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::document::Code;
use crate::text::{FileId, Span, Spanned};

/// The settings that have names.
const NAMES: [&str; 6] = ["title", "ins", "del", "mark", "numbers", "showLineNumbers"];
/// No line number is larger.
const LAST_LINE: u32 = 100_000;

/// The code block with that text; `info` is the line behind its fence and where it begins.
pub(super) fn code(
    info: Option<(String, usize)>,
    text: String,
    file: FileId,
) -> (Code, Vec<Diagnostic>) {
    let mut code = Code {
        language: None,
        title: None,
        text,
        marked: Vec::new(),
        first_number: None,
        added: Vec::new(),
        removed: Vec::new(),
    };
    let mut faults = Vec::new();
    if let Some((info, start)) = info {
        read(&info, start, file, &mut code, &mut faults);
        code.title = code.title.map(|title| visible(&title).into_owned());
    }
    (code, faults)
}

fn read(info: &str, start: usize, file: FileId, code: &mut Code, faults: &mut Vec<Diagnostic>) {
    let mut loose: Vec<String> = Vec::new();
    for (number, range) in words(info).into_iter().enumerate() {
        let word = &info[range.clone()];
        let span = Span::new(file, start + range.start..start + range.end);
        if number == 0 && !word.starts_with('{') && !word.contains('=') {
            let lines = word.strip_suffix('}').and_then(|word| word.split_once('{'));
            let language = lines.map_or(word, |(language, _)| language);
            // `powershell:script.ps1`, as Qiita and Zenn write it.
            let part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
            let named = language.split_once(':').filter(|(language, title)| {
                !language.is_empty()
                    && language.chars().all(part)
                    && !title.is_empty()
                    && !title.starts_with('/')
            });
            loose.extend(named.map(|(_, title)| title.to_owned()));
            let language = named.map_or(language, |(language, _)| language);
            let end = start + range.start + language.len();
            code.language = Some(Spanned::new(
                visible(language).into_owned(),
                Span::new(file, start + range.start..end),
            ));
            if let Some((_, lines)) = lines {
                set_lines(&mut code.marked, lines, span, faults);
            }
            continue;
        }
        if !setting(word, span, code, faults) {
            loose.push(word.to_owned());
        }
    }
    if code.title.is_none() && !loose.is_empty() {
        code.title = Some(loose.join(" "));
    }
}

/// Takes `word` as a setting; `false` when it is none, and so a word of Hexo's title.
fn setting(word: &str, span: Span, code: &mut Code, faults: &mut Vec<Diagnostic>) -> bool {
    if let Some(lines) = word.strip_prefix('{') {
        set_lines(&mut code.marked, lines.trim_end_matches('}'), span, faults);
        return true;
    }
    let Some((name, value)) = word.split_once('=') else {
        let numbered = matches!(word, "numbers" | "showLineNumbers");
        if numbered {
            code.first_number = Some(1);
        }
        return numbered;
    };
    let value = value.trim_matches(['"', '\'']);
    let lines = value.trim_start_matches('{').trim_end_matches('}');
    match name {
        "title" => code.title = Some(value.to_owned()),
        "mark" => set_lines(&mut code.marked, lines, span, faults),
        "ins" => set_lines(&mut code.added, lines, span, faults),
        "del" => set_lines(&mut code.removed, lines, span, faults),
        "numbers" | "showLineNumbers" => {
            match value.parse::<u32>().ok().filter(|first| *first <= LAST_LINE) {
                Some(first) => code.first_number = Some(first),
                None if value == "true" => code.first_number = Some(1),
                None if value == "false" => code.first_number = None,
                None => faults.push(fault(span, "`{value}` is no line number", value)),
            }
        }
        _ if name.bytes().all(|b| b.is_ascii_alphabetic()) && !name.is_empty() => {
            let fault = fault(span, "code blocks have no setting `{value}`", name);
            faults.push(
                fault
                    .nearest(nearest(name, NAMES))
                    .help("a title with `=` in it is written `title=\"…\"`"),
            );
            return false;
        }
        _ => return false,
    }
    true
}

fn fault(span: Span, message: &'static str, value: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_CODE_INFO, span, message).with("value", value)
}

/// Reads `2,4-5` into `lines`, in order.
fn set_lines(lines: &mut Vec<u32>, written: &str, span: Span, faults: &mut Vec<Diagnostic>) {
    for part in written.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number =
            |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=LAST_LINE).contains(n));
        match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => lines.extend(first..=last),
            _ => faults.push(
                fault(span, "`{value}` names no lines", part).help("name lines as `{2,4-5}`"),
            ),
        }
    }
    lines.sort_unstable();
    lines.dedup();
}

/// The words of the line; quotation marks and braces hold several together.
fn words(info: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut until = None;
    for (at, c) in info.char_indices() {
        match (until, c) {
            (Some(end), c) if c == end => until = None,
            (Some(_), _) => {}
            (None, '"') => until = Some('"'),
            (None, '{') => until = Some('}'),
            (None, c) if c.is_whitespace() => {
                words.extend(start.take().map(|start| start..at));
                continue;
            }
            (None, _) => {}
        }
        start = start.or(Some(at));
    }
    words.extend(start.map(|start| start..info.len()));
    words
}
