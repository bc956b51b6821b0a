//! `[`: callout markers, link definitions that are none, addresses with blanks in them.

use std::ops::Range;

use super::StandInKind;
use super::colons::bracketed;
use super::scan::{Scanner, only_markers};

/// `[!NOTE]-` at the head of a quotation. Ranges are bytes of the source.
#[derive(Debug, Clone)]
pub(in crate::parse) struct CalloutHead {
    /// The kind as written.
    pub(in crate::parse) kind: String,
    /// The bytes of the kind.
    pub(in crate::parse) kind_range: Range<usize>,
    /// `+` or `-`.
    pub(in crate::parse) fold: Option<u8>,
    /// The bytes of the title, where the marker is a line of its own.
    pub(in crate::parse) title: Option<Range<usize>>,
}

/// The blank of Japanese text.
const WIDE_BLANK: char = '\u{3000}';
/// No marker, label or address is longer, in bytes.
const LONGEST: usize = 600;

impl Scanner<'_, '_> {
    /// A `[` at `at`.
    pub(super) fn bracket(&mut self, at: usize) -> usize {
        let before = self.before(at);
        if self.inline || !only_markers(before.trim_end_matches(WIDE_BLANK)) {
            return at + 1;
        }
        if self.bytes().get(at + 1) == Some(&b'!')
            && let Some(end) = self.callout(at, "")
        {
            return end;
        }
        if before.ends_with(WIDE_BLANK) {
            return at + 1;
        }
        match self.definition(at) {
            Some((_, false)) => {
                let chained = self.text_line == Some(self.line);
                self.protect(at);
                if chained || self.begins_block(at) {
                    self.text_line = Some(self.next_line(at));
                }
            }
            Some((label, true)) => {
                if self.text_line == Some(self.line) {
                    self.part_from_text(at);
                }
                self.definitions.push(label);
            }
            None => {}
        }
        at + 1
    }

    /// Where the line below that of `at` begins.
    fn next_line(&self, at: usize) -> usize {
        let end = at + self.rest_of_line(at).len();
        end + if self.source[end..].starts_with("\r\n") { 2 } else { 1 }
    }

    /// Whether what stands at `at` begins a block, and goes on with none.
    fn begins_block(&self, at: usize) -> bool {
        let before = &self.source[self.range.start..self.line];
        let above = before.strip_suffix('\n').unwrap_or(before);
        let above = &above[above.rfind('\n').map_or(0, |end| end + 1)..];
        let marker = self.before(at).contains(|c: char| !matches!(c, ' ' | '\t' | '>'));
        marker || above.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty()
    }

    /// An empty line before the definition at `at`: the line above is text, which it could
    /// not interrupt.
    fn part_from_text(&mut self, at: usize) {
        let before = self.before(at);
        if !before.contains(|c: char| !matches!(c, ' ' | '\t' | '>')) {
            self.insert(at, &format!("\n{before}"));
        }
    }

    /// `> **[!NOTE]**`, with a run of `*` or `_` at `at`.
    pub(super) fn marked_callout(&mut self, at: usize) -> Option<usize> {
        let rest = self.ahead(at, 8);
        let length = rest.find("[!")?;
        let marks = &rest[..length];
        let is_run = marks.len() <= 3 && marks.chars().all(|c| rest.starts_with(c));
        let heads_line = !self.inline && only_markers(self.before(at));
        if !is_run || !heads_line || self.before(at).trim_end().ends_with(['*', '_']) {
            return None;
        }
        self.callout(at + length, marks)
    }

    /// `> [!NOTE]`: where the quotation surely goes on, the marker's line becomes a line
    /// of its own; else the marker alone is replaced, so that a lazy line still belongs.
    /// `marks` is a run around the marker. Inside a quotation, a marker is none, but is
    /// taken for one here, so that it can be reported.
    fn callout(&mut self, at: usize, marks: &str) -> Option<usize> {
        let before = &self.source[self.line..at - marks.len()];
        let before = before.trim_end_matches(WIDE_BLANK);
        if !before.trim_end().ends_with('>') {
            return None;
        }
        let begin = self.line + before.len();
        let follows = self.follows_same_quote(before);
        let rest = self.ahead(at, LONGEST);
        let end = rest.find(']')?;
        let kind = &rest[2..end];
        let fit = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if kind.is_empty() || !kind.chars().all(fit) || rest[end + 1..].starts_with(['(', ':', '['])
        {
            return None;
        }
        let fold = rest.as_bytes().get(end + 1).copied().filter(|b| matches!(b, b'+' | b'-'));
        let behind = &rest[end + 1 + usize::from(fold.is_some())..];
        if !behind.starts_with(marks) {
            return None;
        }
        let mut after = at + rest.len() - behind.len() + marks.len();
        // A backslash makes a line end there, which the marker's line has anyway.
        if self.rest_of_line(after).trim_end() == "\\" {
            after += self.rest_of_line(after).len();
        }
        let line = self.rest_of_line(after);
        let text = line.trim();
        let known = self.options.callouts.contains(&kind.to_lowercase());
        if follows && !known {
            return None;
        }
        let own_line = known
            && !follows
            && self.quote_goes_on(before, after + line.len())
            && (text.is_empty() || fold.is_some() || !is_sentence(text));
        let start = after + line.len() - line.trim_start().len();
        let title = (own_line && !text.is_empty()).then(|| start..start + text.len());
        let part = begin..if own_line { after + line.len() } else { after };
        let kind_range = at + 2..at + end;
        let head = CalloutHead { kind: kind.to_owned(), kind_range, fold, title };
        Some(self.stand_in(part, StandInKind::Callout(head), own_line))
    }

    /// Whether the line before belongs to the quotation already: then this is its text.
    fn follows_same_quote(&self, before: &str) -> bool {
        let depth = before.matches('>').count();
        let own_item =
            before.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '*'));
        let bytes = &self.bytes()[self.range.start..self.line];
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let line = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
        let marks = bytes[line..]
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'>'))
            .filter(|b| **b == b'>')
            .count();
        !own_item && self.line > self.range.start && marks >= depth
    }

    /// Whether the line after the byte `end` is marked as part of the same quotation and
    /// holds something, or a further one does.
    fn quote_goes_on(&self, before: &str, end: usize) -> bool {
        let depth = before.matches('>').count();
        let mut lines = self.source[end..self.range.end].split('\n').skip(1).take(50);
        lines
            .by_ref()
            .map(|line| {
                let length =
                    line.find(|c: char| !matches!(c, ' ' | '\t' | '>')).unwrap_or(line.len());
                (line[..length].matches('>').count(), line[length..].trim().is_empty())
            })
            .take_while(|(marks, _)| *marks >= depth)
            .any(|(_, blank)| !blank)
    }

    /// The label of a `[label]: …` at the head of a line, and whether it defines a link;
    /// else it is text: `[方法の追加]: オン`. A definition vanishes from the page, so it
    /// must look like one.
    fn definition(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let rest = self.ahead(at, LONGEST);
        let length = bracketed(rest)?;
        let after = rest[length..].strip_prefix(':')?;
        if rest.starts_with("[^") || self.is_escaped(at) {
            return None;
        }
        let label = at + 1..at + length - 1;
        let target = after.trim();
        if !target.is_empty() {
            return Some((label, is_address(target)));
        }
        let next = self.rest_of_line(at).len() + at;
        let next = self.source[next..self.range.end].trim_start_matches(['\r', '\n']);
        Some((label, is_address(next.lines().next().unwrap_or_default().trim())))
    }

    /// `](` at `at`: Markdown ends `![](./a b.png)` at the blank; the blank is kept.
    pub(super) fn bracket_end(&mut self, at: usize) -> usize {
        if self.bytes().get(at + 1) != Some(&b'(') {
            return at + 1;
        }
        let start = at + 2;
        let rest = self.ahead(start, LONGEST);
        let Some(target) = blank_target(rest) else {
            return start;
        };
        let blanks = rest[..target].char_indices().filter(|(_, c)| matches!(c, ' ' | '\t'));
        for (blank, _) in blanks {
            self.stand_in(start + blank..start + blank + 1, StandInKind::Blank, false);
        }
        start + target
    }
}

/// Where the address at the start of `text`, behind `](`, ends, if it holds blanks, names
/// a file and nothing but a title follows it.
fn blank_target(text: &str) -> Option<usize> {
    let end = text.find(')')?;
    let inner = &text[..end];
    if text.starts_with(['<', ' ', '#']) || !inner.contains([' ', '\t']) {
        return None;
    }
    let title = [" \"", " '"].iter().filter_map(|open| inner.find(open)).min();
    let target = inner[..title.unwrap_or(inner.len())].trim_end();
    let (stem, extension) = target.rsplit_once('.')?;
    let named =
        (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    let plain = !stem.contains(['(', '<', '*', '`', '[', '{']);
    (named && plain && target.contains([' ', '\t'])).then_some(target.len())
}

/// Whether a text on the marker's line ends like a sentence, and so is no title.
pub(in crate::parse) fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '`' | ')' | '）' | '」' | '"')
    });
    text.ends_with(['。', '．', '.', '！', '!', '？', '?', '、', ',', '：', ':', ';'])
}

/// Whether `text` can be the address of a link definition.
fn is_address(text: &str) -> bool {
    if text.starts_with('<') {
        return true;
    }
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let address = &text[..end];
    let scheme = address.split_once(':').is_some_and(|(name, _)| {
        name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    });
    if scheme || address.starts_with(['/', '#', '?', '.']) {
        return true;
    }
    let named = address.rsplit_once('.').is_some_and(|(stem, extension)| {
        let extension = extension.split(['#', '?']).next().unwrap_or_default();
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|b| b.is_ascii_alphanumeric())
            && extension.bytes().any(|b| b.is_ascii_alphabetic())
    });
    named || (address.is_ascii() && address.contains('/'))
}
