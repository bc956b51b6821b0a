//! Where front matter begins and ends.
//!
//! It stands between a first line `---` and the next line `---` or `...`. Editors put byte
//! order marks and people put empty lines before it and spaces after the hyphens. A body
//! may begin with a rule `---` of its own, so what stands between must look like keys.

use std::ops::Range;

/// What was found at the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// No front matter; the body begins at that byte.
    None { body: usize },
    /// Keys between two fences.
    Closed { yaml: Range<usize>, body: usize },
    /// Keys after a fence that nothing closes; they begin at `start`, and the text seems to
    /// begin at `body`.
    Unclosed { start: usize, body: usize },
}

/// Looks at the beginning of `text`; `known` tells the keys that guides may have.
pub(super) fn find(text: &str, known: impl Fn(&str) -> bool) -> Fence {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let none = Fence::None { body: mark };
    let mut at = mark;
    let mut open = None;
    for line in text[mark..].split_inclusive('\n') {
        let content = line.trim_end();
        if let Some(start) = open {
            if is_fence(line) {
                let looks = looks_like_keys(&text[start..at]);
                let body = at + line.len();
                return if looks { Fence::Closed { yaml: start..at, body } } else { none };
            }
        } else if content == "---" {
            open = Some(at + line.len());
        } else if !content.is_empty() {
            return none;
        }
        at += line.len();
    }
    let Some(start) = open else { return none };
    let keys = keys_at_start(&text[start..]);
    if keys.iter().any(|key| known(key)) {
        Fence::Unclosed { start, body: start + end_of_keys(&text[start..]) }
    } else {
        none
    }
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// Whether YAML could stand here: nothing, comments, or keys in the first paragraph.
fn looks_like_keys(between: &str) -> bool {
    let mut lines = between.lines().filter(|line| !is_blank(line)).peekable();
    lines.peek().is_none() || !keys_at_start(between).is_empty()
}

/// The keys of the first paragraph.
fn keys_at_start(text: &str) -> Vec<&str> {
    let lines = text.lines().skip_while(|line| is_blank(line));
    lines.take_while(|line| !line.trim().is_empty()).filter_map(key).collect()
}

/// Where the first paragraph of keys ends.
fn end_of_keys(text: &str) -> usize {
    let mut end = 0;
    let mut seen = false;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if seen && blank || !blank && !belongs(line) {
            break;
        }
        seen |= !blank;
        end += line.len();
    }
    end
}

/// Where prose begins in what should be YAML: after an empty line, a line that is no key,
/// item, comment or continuation.
pub(super) fn prose(yaml: &str) -> Option<usize> {
    let mut at = 0;
    let mut after_blank = false;
    for line in yaml.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let heading = line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        if after_blank && !blank && (!belongs(line) || heading) {
            return Some(at);
        }
        after_blank = blank;
        at += line.len();
    }
    None
}

fn belongs(line: &str) -> bool {
    key(line).is_some() || line.starts_with([' ', '\t', '#', '-', ']', '}'])
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// The key that a line begins with; a full-width colon counts, as the slip that it is.
fn key(line: &str) -> Option<&str> {
    let end = line.find([':', '：'])?;
    let key = line[..end].trim_end_matches(' ').trim_matches(['"', '\'']);
    let address = line[end..].starts_with("://");
    let plain = !key.is_empty()
        && key.chars().count() <= 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{3000}'));
    (plain && !address).then_some(key)
}
