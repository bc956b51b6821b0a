//! The files of an index: their names, and the line that each of them is.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::memo::Fingerprint;

/// How many characters a file's name has.
pub(super) const NAME: usize = 8;

/// The folder of all indexes, below the published root.
pub const FOLDER: &str = "search-index";

/// Why an index, or a part of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing(String),
    /// A file is not what it should be.
    Broken(String),
    /// The index was written in another format, or its words were cut by other rules.
    Other,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing(name) => write!(f, "the file `{name}.js` of the index is missing"),
            ReadError::Broken(name) => write!(f, "the file `{name}.js` of the index is damaged"),
            ReadError::Other => f.write_str("the index was written by another version"),
        }
    }
}

impl std::error::Error for ReadError {}

/// A value as JSON that can stand in a script, and in HTML too.
pub(super) fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("plain data is JSON");
    // The two line separators begin with this byte, which is rare in most texts.
    if memchr::memchr2(b'<', 0xe2, text.as_bytes()).is_none() {
        return text;
    }
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Appends a text as a JSON string that can stand in a script, and in HTML too.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\t') => out.push_str("\\t"),
            Some('\r') => out.push_str("\\r"),
            Some(c @ ('<' | '\u{2028}' | '\u{2029}' | '\0'..' ')) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.extend(c),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Where the first byte stands that may have to be escaped.
fn first_special(bytes: &[u8]) -> Option<usize> {
    // The two line separators begin with the last of these, which is rare in most texts.
    let special = |byte: u8| byte < 0x20 || matches!(byte, b'"' | b'\\' | b'<' | 0xe2);
    let mut at = 0;
    for part in bytes.chunks(32) {
        // All of a part are looked at, several at once.
        if part.iter().fold(false, |any, byte| any | special(*byte)) {
            return part.iter().position(|byte| special(*byte)).map(|inner| at + inner);
        }
        at += part.len();
    }
    None
}

/// The text of a file that holds `json`.
pub(super) fn line(name: &str, json: &str) -> String {
    let mut line = String::with_capacity(json.len() + name.len() + 20);
    line.extend(["shirubeIndex(\"", name, "\",", json, ")\n"]);
    line
}

/// The JSON of a file's text, and its name.
pub(super) fn opened(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("shirubeIndex(\"")?.strip_suffix(")\n")?.split_once("\",")
}

/// Whether a file below `name` holds what it was named after. The first file, `index`, is
/// named after nothing.
pub fn is_whole(name: &str, text: &str) -> bool {
    let Some((own, json)) = opened(text).filter(|(own, _)| *own == name) else { return false };
    let named = |name: String| name == own;
    own == "index"
        || named(Fingerprint::of_bytes(json.as_bytes()).base36(NAME))
        || (1u32..8).any(|count| named(Fingerprint::of(&(json, count)).base36(NAME)))
}

/// The names given in one folder, each with what its file holds.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, Fingerprint>);

impl Names {
    /// The name of a file that holds `json`, and whether it is new. Equal contents are one
    /// file; of different ones that hash to one name the later is hashed again.
    pub(super) fn give(&mut self, json: &str) -> (String, bool) {
        let held = Fingerprint::of_bytes(json.as_bytes());
        let mut name = held.base36(NAME);
        for count in 1u32.. {
            match self.0.get(&name) {
                None => {
                    self.0.insert(name.clone(), held);
                    return (name, true);
                }
                Some(known) if *known == held => return (name, false),
                Some(_) => name = Fingerprint::of(&(json, count)).base36(NAME),
            }
        }
        unreachable!("there are more names than files")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_contents_are_one_file() {
        let mut names = Names::default();
        let (first, new) = names.give("[1]");
        assert!(new && first.len() == NAME);
        assert_eq!(names.give("[1]"), (first.clone(), false));
        let (second, new) = names.give("[2]");
        assert!(new && second != first);
        assert_eq!(opened(&line(&first, "[1]")), Some((&*first, "[1]")));
    }

    proptest::proptest! {
        #[test]
        fn texts_are_written_as_json(text: String, long in "[a-z<\u{2028}漢–\"\\\\\n]{0,99}") {
            for text in [text, long] {
                let mut out = String::new();
                push_text(&mut out, &text);
                let bare = out.contains(['<', '\u{2028}', '\u{2029}']);
                proptest::prop_assert!(!bare, "{}", out);
                let read: String = serde_json::from_str(&out).expect("it is JSON");
                proptest::prop_assert_eq!(read, text);
            }
        }
    }
}
