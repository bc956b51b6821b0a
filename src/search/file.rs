//! The files of an index: their names, and the line that each of them is.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::memo::Fingerprint;

/// How many characters a file's name has.
pub(super) const NAME: usize = 7;

/// The folder of all indexes, below the published root.
pub const FOLDER: &str = "search-index";

/// A value as JSON that can stand in a script, and in HTML too.
pub(super) fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("plain data is JSON");
    // The two line separators begin with this byte, which is rare in most texts.
    if memchr::memchr2(b'<', 0xe2, text.as_bytes()).is_none() {
        return text;
    }
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
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
