//! Titles and descriptions in front matter: text in which only backticks, `*` and `_`
//! mean anything. `<x>`, `[x]`, `&amp;`, `C:\\temp` and `~~` are what they look like.

use std::ops::Range;

use super::braces::values;

/// `text` with a backslash before every character that the Markdown parser is not to see.
///
/// A backslash of the writer's before `` ` ``, `*`, `_` or `{` keeps its meaning.
pub(in crate::parse) fn prose(text: &str) -> String {
    let kept = kept(text);
    let mut kept = kept.iter().peekable();
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        while kept.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = kept.next_if(|range| range.start <= at) {
            escaped.push_str(&text[at..range.end]);
            at = range.end;
            continue;
        }
        if let Some(mark) = escape(&text[at..]) {
            escaped.push('\\');
            escaped.push(mark);
            at += 2;
            continue;
        }
        let is_text = c.is_ascii_punctuation() && !matches!(c, '*' | '_');
        escaped.extend(is_text.then_some('\\'));
        escaped.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        at += c.len_utf8();
    }
    escaped
}

/// The code spans of `text`, and the terms and variables outside them, in order.
fn kept(text: &str) -> Vec<Range<usize>> {
    let mut kept = code_spans(text);
    let free: Vec<_> = values(text)
        .into_iter()
        .map(|(range, _)| range)
        .filter(|range| kept.iter().all(|code| range.end <= code.start || code.end <= range.start))
        .collect();
    kept.extend(free);
    kept.sort_by_key(|range| range.start);
    kept
}

fn code_spans(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut spans = Vec::new();
    let mut next = 0;
    while let Some(open) = runs.get(next) {
        next += 1;
        let backslashes = text[..open.start].bytes().rev().take_while(|b| *b == b'\\').count();
        let close = runs[next..].iter().position(|run| run.len() == open.len());
        if let Some(close) = close.filter(|_| backslashes % 2 == 0) {
            spans.push(open.start..runs[next + close].end);
            next += close + 1;
        }
    }
    spans
}

/// The character that a backslash at the start of `text` escapes.
fn escape(text: &str) -> Option<char> {
    let mark = text.strip_prefix('\\')?.chars().next()?;
    let value = text[1..].starts_with("{$") || text[1..].starts_with("{-");
    (matches!(mark, '`' | '*' | '_') || value).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_and_emphasis_stay_markup() {
        assert_eq!(prose("a `b<c>` **d** <e> [f] &g;"), r"a `b<c>` **d** \<e\> \[f\] \&g\;");
        assert_eq!(prose(r"C:\temp \*x\* ` {$y} \{$z}"), r"C\:\\temp \*x\* \` {$y} \{\$z\}");
        assert_eq!(prose("``a`b`` `{$x}` 題 {-t}"), "``a`b`` `{$x}` 題 {-t}");
    }
}
