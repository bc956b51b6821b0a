//! The line of a translation's front matter that says which source it was made from.
//!
//! In: the text of a guide's file. Out: the same text with that line; everything else stays
//! byte for byte.

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
