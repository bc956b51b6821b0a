//! The front matter of a translation by file: the line that says which source it was made
//! from, and the keys that no catalogue has.
//!
//! In: the text of a guide's file. Out: the same text with that line, everything else byte
//! for byte; or those keys.

use crate::config::yaml::{Entry, Node};
use crate::parse::front_matter_written;

/// The keys that a catalogue takes over.
const TAKEN: [&str; 3] = ["title", "description", "source"];
/// The keys that keep a translation from being published, or from some of its readers.
const HIDING: [&str; 4] = ["draft", "audience", "publish", "expires"];

/// What of a translation's front matter its catalogue cannot say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnKeys {
    /// Keys without which it would be shown to more people.
    pub hiding: Vec<String>,
    /// Its other keys.
    pub others: Vec<String>,
    /// The lines of all these, and comments.
    pub lines: Vec<String>,
}

/// The keys of a translation by file that no catalogue has; `None` when its front matter
/// cannot be read.
///
/// ```
/// use shirube::localize::own_keys;
/// let own = own_keys("---\ntitle: A\nslug: b\ndraft: true\n---\nC\n").expect("it is read");
/// assert_eq!((own.hiding, own.others), (vec!["draft".to_owned()], vec!["slug".to_owned()]));
/// assert_eq!(own.lines, ["slug: b", "draft: true"]);
/// assert_eq!(own_keys("---\ntitle: A\ndraft: true\n\nB\n"), None);
/// ```
pub fn own_keys(text: &str) -> Option<OwnKeys> {
    let Some((range, entries)) = front_matter_written(text) else {
        return Some(OwnKeys::default());
    };
    let entries = entries?;
    let is_taken = |entry: &Entry| TAKEN.contains(&entry.key.value.as_str());
    let mut own = OwnKeys::default();
    for entry in entries.iter().filter(|entry| !is_taken(entry)) {
        let key = entry.key.value.clone();
        if hides(entry) { own.hiding.push(key) } else { own.others.push(key) }
    }
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        at += line.len();
        let begun = entries.iter().filter(|entry| entry.key.span.bytes.range().start < at);
        let bare = line.trim_end();
        let stays =
            bare.trim_start().starts_with('#') || begun.last().is_some_and(|e| !is_taken(e));
        if stays && !bare.is_empty() {
            own.lines.push(bare.to_owned());
        }
    }
    Some(own)
}

/// Whether a key hides the text below it; what is no plain `false` may be meant to.
fn hides(entry: &Entry) -> bool {
    let shows = matches!(&entry.value.node, Node::Scalar(own) if own.text == "false");
    HIDING.contains(&entry.key.value.as_str()) && !(entry.key.value == "draft" && shows)
}

/// The text with `source: "…"` in its front matter.
///
/// ```
/// use shirube::localize::with_source;
/// let text = "---\r\ntitle: A\r\nsource: old # why\r\n---\r\nB\r\n";
/// let new = "---\r\ntitle: A\r\nsource: \"3fa91c22\"\r\n---\r\nB\r\n";
/// assert_eq!(with_source(text, "3fa91c22"), new);
/// assert_eq!(with_source("B\n", "3fa91c22"), "---\nsource: \"3fa91c22\"\n---\n\nB\n");
/// ```
pub fn with_source(text: &str, fingerprint: &str) -> String {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let own = ["source:", " ", "\"", fingerprint, "\""].concat();
    let Some(lines) = head_lines(text, start) else {
        let (mark, rest) = text.split_at(start);
        return format!("{mark}---{end}{own}{end}---{end}{end}{rest}");
    };
    let key = |line: &&std::ops::Range<usize>| {
        let line = &text[(*line).clone()];
        line.strip_prefix("source").is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let last = lines.last().cloned().unwrap_or(start..start);
    match lines.iter().find(key) {
        Some(line) => format!("{}{own}{}", &text[..line.start], &text[line.end..]),
        None => format!("{}{own}{end}{}", &text[..last.start], &text[last.start..]),
    }
}

/// Where a guide's text begins, behind its front matter.
pub fn body(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let last = head_lines(text, start).and_then(|lines| lines.last().cloned());
    last.map_or(start, |line| {
        let end = text[line.end..].find('\n').map_or(text.len(), |end| line.end + end + 1);
        end.min(text.len())
    })
}

/// The lines of front matter behind its first, the closing one last; without their ends.
fn head_lines(text: &str, start: usize) -> Option<Vec<std::ops::Range<usize>>> {
    let mut at = start;
    let mut lines = Vec::new();
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches(['\r', '\n']);
        let fence = bare.trim_end() == "---";
        match (number, fence) {
            (0, false) => return None,
            (0, true) => {}
            _ => lines.push(at..at + bare.len()),
        }
        if number > 0 && fence {
            return Some(lines);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, hiding: &[&str], others: &[&str], lines: &[&str]) {
        let own = own_keys(text).expect(text);
        assert_eq!(
            (own.hiding.join(" "), own.others.join(" ")),
            (hiding.join(" "), others.join(" "))
        );
        assert_eq!(own.lines, lines, "{text}");
    }

    #[test]
    fn keys_that_no_catalogue_has_are_told_with_their_lines() {
        check("# 題\n", &[], &[], &[]);
        check("---\n---\n# T\n", &[], &[], &[]);
        check("---\n\ntitle: 題 \nsource: \"3fa91c22\"\n---\n本文\n", &[], &[], &[]);
        check(
            "\u{feff}---\r\n# 確認済み\r\ntitle: T\r\n# why\r\ntags:\r\n  - 網\r\n\r\n  - vpn\r\ndescription: >\r\n  D\r\n  E\r\nslug: v\r\n---\r\nB\r\n",
            &[],
            &["tags", "slug"],
            &["# 確認済み", "# why", "tags:", "  - 網", "  - vpn", "slug: v"],
        );
    }

    #[test]
    fn keys_that_hide_a_translation_are_told_apart() {
        for key in [
            "draft: true",
            "draft: yes",
            "\"audience\": [社員]",
            "publish: 2030-01-01",
            "expires: x",
        ] {
            let own = own_keys(&format!("---\ntitle: 題\n{key}\n---\n本文\n")).expect(key);
            assert_eq!((own.hiding.len(), own.others.len()), (1, 0), "{key}");
            assert_eq!(own.lines, [key]);
        }
        check("---\n{draft: true, title: T}\n---\n", &["draft"], &[], &["{draft: true, title: T}"]);
        check("---\ndraft: false\n---\n", &[], &["draft"], &["draft: false"]);
    }

    #[test]
    fn front_matter_that_cannot_be_read_says_nothing() {
        for text in
            ["---\ntitle: 題\ndraft: true\n\n本文\n", "---\ntitle: [\ndraft: true\n---\nB\n"]
        {
            assert_eq!(own_keys(text), None, "{text}");
        }
    }
}
