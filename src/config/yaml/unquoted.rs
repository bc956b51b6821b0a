//! Values that writers leave without the quotes YAML wants: `title: [A] の話`.
//!
//! In: a YAML text. Out: the ranges of such values. They are read by masking: each is
//! overwritten with as many bytes of harmless letters, so that every other byte keeps its
//! place, and put back into the tree afterwards. Only lines at the top level are looked
//! at, where `key: value` cannot be anything else.

use std::borrow::Cow;
use std::ops::Range;

use super::{Prose, Source, tree};
use crate::diagnostic::{Diagnostic, code};

/// A value that is text although YAML reads it otherwise, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Its bytes in the YAML text.
    pub(super) range: Range<usize>,
    /// What stands before it: `title:` or `-`.
    lead: String,
}

impl Suspect {
    pub(super) fn warning(&self, source: Source<'_>) -> Diagnostic {
        let value = &source.text[self.range.clone()];
        let span = source.span(self.range.clone());
        Diagnostic::new(code::UNQUOTED_VALUE, span, "the text `{value}` should be in quotes")
            .with("value", value)
            .with("quoted", format!("{} {}", self.lead, quoted(value)))
            .help("write `{quoted}`")
    }
}

/// `text` in the quotes that make any YAML reader see it as it is.
///
/// ```
/// use shirube::config::yaml::quoted;
/// assert_eq!(quoted("対処法: まとめ"), "\"対処法: まとめ\"");
/// assert_eq!(quoted("\"A\" とは"), "'\"A\" とは'");
/// ```
pub fn quoted(text: &str) -> String {
    if text.chars().any(char::is_control) {
        let escaped: String = text.chars().flat_map(escaped).collect();
        return format!("\"{escaped}\"");
    }
    if text.contains(['"', '\\']) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    format!("\"{text}\"")
}

fn escaped(c: char) -> Vec<char> {
    match c {
        '"' | '\\' => vec!['\\', c],
        '\n' => vec!['\\', 'n'],
        '\t' => vec!['\\', 't'],
        c if c.is_control() => format!("\\x{:02X}", u32::from(c)).chars().collect(),
        c => vec![c],
    }
}

/// The text with every suspect overwritten, each by as many bytes.
pub(super) fn masked<'a>(text: &'a str, suspects: &[Suspect]) -> Cow<'a, str> {
    if suspects.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for suspect in suspects {
        masked.push_str(&text[end..suspect.range.start]);
        masked.extend(std::iter::repeat_n('x', suspect.range.len()));
        end = suspect.range.end;
    }
    masked.push_str(&text[end..]);
    Cow::Owned(masked)
}

/// Prose that YAML would accept as something else: a list, a map, an alias, a tag.
pub(super) fn misread(text: &str, prose: Prose<'_>) -> Vec<Suspect> {
    values(text)
        .filter(|value| match value.part {
            Part::Key(key) => {
                let strange = value.text.starts_with(['[', '{', '&', '*', '!']);
                prose.texts.contains(&key) && strange && !is_quoted_map(value.text)
            }
            Part::Item(key) => {
                let strange = value.text.starts_with(['{', '&', '*', '!']);
                prose.lists.contains(&key) && (strange || is_pair(value))
            }
        })
        .map(|value| value.suspect())
        .collect()
}

/// Values that are no YAML by themselves; to be asked for when the whole is none.
pub(super) fn broken(text: &str, prose: Prose<'_>) -> Vec<Suspect> {
    values(text)
        .filter(|value| match value.part {
            Part::Key(key) if prose.texts.contains(&key) => {
                !is_open_quote(value.text) && tree::is_single(&value.alone()) != Some(true)
            }
            Part::Key(_) | Part::Item(_) => {
                !is_open(value.text) && tree::is_single(&value.alone()).is_none()
            }
        })
        .map(|value| value.suspect())
        .collect()
}

/// Both lists in the order of the text, each value once.
pub(super) fn merged(mut first: Vec<Suspect>, second: Vec<Suspect>) -> Vec<Suspect> {
    first.extend(second);
    first.sort_by_key(|suspect| suspect.range.start);
    first.dedup_by_key(|suspect| suspect.range.start);
    first
}

#[derive(Clone, Copy)]
enum Part<'a> {
    /// The value of a top-level key.
    Key(&'a str),
    /// An item of the list below a top-level key.
    Item(&'a str),
}

struct Value<'a> {
    part: Part<'a>,
    text: &'a str,
    start: usize,
}

impl Value<'_> {
    fn suspect(&self) -> Suspect {
        let lead = match self.part {
            Part::Key(key) => format!("{key}:"),
            Part::Item(_) => "-".to_owned(),
        };
        Suspect { range: self.start..self.start + self.text.len(), lead }
    }

    fn alone(&self) -> String {
        match self.part {
            Part::Key(_) => format!("x: {}", self.text),
            Part::Item(_) => format!("- {}", self.text),
        }
    }
}

/// The values that stand on the lines of top-level keys and of the items below them.
fn values(text: &str) -> impl Iterator<Item = Value<'_>> {
    let mut owner = None;
    lines(text).filter_map(move |(start, line)| {
        if let Some((key, at)) = top_level_key(line) {
            let value = trimmed_value(&line[at..]);
            owner = value.is_none().then_some(key);
            let (skip, value) = value?;
            return Some(Value { part: Part::Key(key), text: value, start: start + at + skip });
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        let item = line[indent..].strip_prefix("- ")?;
        let (skip, value) = trimmed_value(item)?;
        Some(Value { part: Part::Item(owner?), text: value, start: start + indent + 2 + skip })
    })
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line)
    })
}

/// The key at the very start of a line, and where what follows its colon begins.
fn top_level_key(line: &str) -> Option<(&str, usize)> {
    let first = line.chars().next()?;
    if !(first.is_alphanumeric() || first == '_') {
        return None;
    }
    let colon = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len))?;
    let key = &line[..colon];
    let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    plain.then_some((key.trim_end(), colon + 1))
}

/// The value in the rest of a line, without white space and comment, and how many bytes
/// stand before it; `None` when it is empty or the head of a block.
fn trimmed_value(rest: &str) -> Option<(usize, &str)> {
    let value = rest.trim_start_matches([' ', '\t']);
    let skip = rest.len() - value.len();
    if value.starts_with('#') {
        return None;
    }
    let end = if value.starts_with(['"', '\'']) { None } else { value.find(" #") };
    let value = value[..end.unwrap_or(value.len())].trim_end();
    let block = value
        .strip_prefix(['|', '>'])
        .is_some_and(|head| head.chars().all(|c| matches!(c, '+' | '-') || c.is_ascii_digit()));
    (!value.is_empty() && !block).then_some((skip, value))
}

/// Whether an item is a `key: value` pair to YAML.
fn is_pair(value: &Value<'_>) -> bool {
    let pair = value.text.contains(": ") || value.text.ends_with(':');
    let quotes = value.text.starts_with(['"', '\'', '[']);
    pair && !quotes && tree::is_single(&value.alone()) != Some(true)
}

/// `{ja: 題名, en: "Title"}`: a text by locale, which some keys take.
fn is_quoted_map(text: &str) -> bool {
    text.starts_with('{') && text.ends_with('}') && text.contains(": ") && !text.starts_with("{{")
}

/// Whether a quote or bracket that the value begins with is not closed on its line, and may
/// well go on below; or whether the brackets hold aliases of other lines.
fn is_open(text: &str) -> bool {
    match text.chars().next() {
        Some('[') => !text.contains(']') || text.contains('*'),
        Some('{') => !text.contains('}') || text.contains('*'),
        _ => is_open_quote(text),
    }
}

fn is_open_quote(text: &str) -> bool {
    text.starts_with(['"', '\'']) && !text[1..].contains(&text[..1])
}
