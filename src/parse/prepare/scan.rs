//! The scan itself: stops at the bytes that may begin something of ours, and writes the
//! prepared text as it goes. Each construct is in a module of its own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{BEGIN, DIGITS, END, Edit, LETTER, Prepared, StandIn, StandInKind, dress, is_hidden};
use crate::parse::ParseOptions;

/// The state of one scan.
pub(super) struct Scanner<'s, 'o> {
    pub(super) source: &'s str,
    pub(super) options: &'o ParseOptions,
    pub(super) range: Range<usize>,
    /// How far the source is copied.
    copied: usize,
    /// Where the current line begins.
    pub(super) line: usize,
    pub(super) inline: bool,
    /// Up to where `{% raw %}` reaches.
    pub(super) raw: usize,
    /// Hexo's end tags that do not come any more.
    pub(super) missing: BTreeSet<&'static str>,
    text: String,
    edits: Vec<Edit>,
    stand_ins: Vec<StandIn>,
    controls: Vec<Range<usize>>,
    /// The labels of lines that look like definitions of links.
    pub(super) definitions: Vec<Range<usize>>,
    /// The start of the line below one that only looks like a definition.
    pub(super) text_line: Option<usize>,
    pub(super) punctuation: Option<char>,
}

impl<'s, 'o> Scanner<'s, 'o> {
    pub(super) fn new(source: &'s str, range: Range<usize>, options: &'o ParseOptions) -> Self {
        Self {
            source,
            options,
            copied: range.start,
            line: range.start,
            range,
            inline: false,
            raw: 0,
            missing: BTreeSet::new(),
            text: String::new(),
            edits: Vec::new(),
            stand_ins: Vec::new(),
            controls: Vec::new(),
            definitions: Vec::new(),
            text_line: None,
            punctuation: None,
        }
    }

    /// Puts `replacement` in place of the bytes `part`.
    pub(super) fn put(&mut self, part: Range<usize>, replacement: &str) {
        if self.edits.is_empty() {
            self.text.reserve(self.range.len() + 256);
        }
        self.text.push_str(&self.source[self.copied..part.start]);
        let (at, length) = (self.text.len(), replacement.len());
        self.edits.push(Edit { at, length, from: part.start, to: part.end });
        self.text.push_str(replacement);
        self.copied = part.end;
    }

    /// Puts `insertion` before the byte `at`.
    pub(super) fn insert(&mut self, at: usize, insertion: &str) {
        self.put(at..at, insertion);
    }

    /// Keeps the parser from taking what stands at `at` for markup.
    pub(super) fn protect(&mut self, at: usize) {
        self.insert(at, LETTER.encode_utf8(&mut [0; 4]));
    }

    /// Puts a stand-in in place of the bytes `part`; gives where to go on.
    pub(super) fn stand_in(&mut self, part: Range<usize>, kind: StandInKind, line: bool) -> usize {
        let (before, after) = dress(&kind, line);
        let mut number = String::from(before);
        number.push(BEGIN);
        for digit in format!("{:x}", self.stand_ins.len()).chars() {
            let digit = DIGITS + digit.to_digit(16).expect("the number was written in base 16");
            number.push(char::from_u32(digit).expect("U+FDE0 to U+FDEF are characters to Rust"));
        }
        number.push(END);
        number.push_str(after);
        self.put(part.clone(), &number);
        let end = part.end;
        self.stand_ins.push(StandIn { kind, source: part, line });
        end
    }

    /// The line's text before the byte `at`.
    pub(super) fn before(&self, at: usize) -> &'s str {
        &self.source[self.line..at]
    }

    /// The bytes from `at` to the end of its line, the line end left out.
    pub(super) fn rest_of_line(&self, at: usize) -> &'s str {
        let rest = &self.source[at..self.range.end];
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        &rest[..end]
    }

    /// At most `limit` bytes of the line from `at`, so that no scan is quadratic.
    pub(super) fn ahead(&self, at: usize, limit: usize) -> &'s str {
        let end = self.source.floor_char_boundary((at + limit).min(self.range.end));
        let rest = &self.source[at..end.max(at)];
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Whether an odd number of backslashes stands before `at`.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let before = &self.source.as_bytes()[self.line..at];
        before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
    }

    pub(super) fn bytes(&self) -> &'s [u8] {
        &self.source.as_bytes()[..self.range.end]
    }

    /// A character that must not reach a page, or `at + 1`.
    pub(super) fn control(&mut self, at: usize) -> usize {
        let c = self.source[at..].chars().next().expect("the scan stops at characters");
        let end = at + c.len_utf8();
        if is_hidden(c) {
            self.controls.push(at..end);
            self.put(at..end, "\u{fffd}");
        }
        end
    }

    /// A carriage return: a lone one ends a line like any other.
    pub(super) fn carriage_return(&mut self, at: usize) -> usize {
        if self.bytes().get(at + 1) == Some(&b'\n') {
            self.line = at + 2;
            return at + 2;
        }
        self.put(at..at + 1, "\n");
        self.line = at + 1;
        at + 1
    }
}

/// The bytes at which the scan stops.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        stops[at] = at != b'\t' as usize;
        at += 1;
    }
    let marks = *b"*_~:{<[]\x7f\xc2\xef\xf0\xf1\xf2\xf3\xf4";
    let mut at = 0;
    while at < marks.len() {
        stops[marks[at] as usize] = true;
        at += 1;
    }
    stops
};

pub(super) fn scan<'s>(mut scanner: Scanner<'s, '_>) -> Prepared<'s> {
    let bytes = scanner.bytes();
    let mut at = scanner.range.start;
    while let Some(stop) = next_stop(bytes, at) {
        at = stop;
        at = match bytes[at] {
            b'\n' => {
                scanner.line = at + 1;
                at + 1
            }
            b'\r' => scanner.carriage_return(at),
            b'*' | b'_' => scanner.marked_callout(at).unwrap_or_else(|| scanner.emphasis(at)),
            b'~' => scanner.emphasis(at),
            b':' => scanner.colon(at),
            b'{' => scanner.brace(at),
            b'<' => scanner.angle(at),
            b'[' => scanner.bracket(at),
            b']' => scanner.bracket_end(at),
            // Most are ordinary characters of the same first byte, as `：` is.
            0xef if !matches!(bytes.get(at + 1), Some(0xb7 | 0xbf)) => at + 3,
            0xc2 if bytes.get(at + 1) >= Some(&0xa0) => at + 2,
            _ => scanner.control(at),
        };
    }
    let Scanner {
        source,
        range,
        copied,
        mut text,
        edits,
        stand_ins,
        controls,
        definitions,
        punctuation,
        ..
    } = scanner;
    let text = if edits.is_empty() {
        Cow::Borrowed(&source[range.clone()])
    } else {
        text.push_str(&source[copied..range.end]);
        Cow::Owned(text)
    };
    let base = range.start;
    Prepared { source, text, controls, definitions, base, edits, stand_ins, punctuation }
}

/// The first byte at or after `at` at which the scan stops. Eight bytes are asked about at
/// a time: most have none.
fn next_stop(bytes: &[u8], at: usize) -> Option<usize> {
    let is_stop = |byte: &u8| STOPS[usize::from(*byte)];
    let rest = bytes.get(at..)?;
    let calm = rest.chunks_exact(8).take_while(|eight| {
        // Without a branch for each byte.
        !eight.iter().fold(false, |any, byte| any | is_stop(byte))
    });
    let from = calm.count() * 8;
    Some(at + from + rest[from..].iter().position(is_stop)?)
}

/// Whether this start of a line holds nothing but the markers of quotations and lists.
pub(super) fn only_markers(line: &str) -> bool {
    let mut rest = line.as_bytes();
    loop {
        rest = match rest {
            [] => return true,
            [b' ' | b'\t' | b'>', rest @ ..] => rest,
            [b'-' | b'+' | b'*', b' ' | b'\t', rest @ ..] => rest,
            _ => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                match &rest[digits..] {
                    [b'.' | b')', b' ' | b'\t', rest @ ..] if digits > 0 => rest,
                    _ => return false,
                }
            }
        }
    }
}
