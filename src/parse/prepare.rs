//! One scan over a text before the Markdown parser sees it.
//!
//! What is ours and not Markdown's (`:::` lines, `{$name}`, Hexo tags, callout markers) is
//! replaced by stand-ins: sequences of noncharacters that the parser carries along as
//! ordinary letters, or as an HTML block where a line of its own is meant. What the parser
//! would misread (emphasis beside Japanese punctuation, `<SERVER>`) gets an insertion.
//! Whether the place is code or text is not asked here: where a stand-in surfaces in code,
//! an address or HTML, [`Prepared::restored`] gives the writer's characters back.
//! Offsets of the prepared text are mapped back to the source by binary search.

use std::borrow::Cow;
use std::ops::Range;

use super::ParseOptions;

mod angles;
mod attributes;
mod braces;
mod brackets;
mod colons;
mod emphasis;
mod prose;
mod scan;
mod tags;

pub(super) use angles::is_known_element;
pub(super) use attributes::RawAttribute;
pub(super) use braces::values;
pub(super) use brackets::{CalloutHead, is_sentence};
pub(super) use colons::{Component, Opening};
pub(super) use prose::prose;
use scan::{Scanner, scan};
pub(super) use tags::Tag;

/// Put beside a character so that the parser takes its neighbour for a letter; taken out
/// of everything that comes back.
const LETTER: char = '\u{fdd0}';
/// Begins a stand-in; its number follows in [`DIGITS`], then [`END`].
const BEGIN: char = '\u{fdd1}';
const END: char = '\u{fdd2}';
/// The digit 0 of a stand-in's number, base 16.
const DIGITS: u32 = 0xfde0;
/// What all of the above begin with in UTF-8.
const LEAD: [u8; 2] = [0xef, 0xb7];
/// Punctuation nobody writes, for the one place of the emphasis rule that needs one.
const PUNCTUATION: [char; 4] = ['\u{1091f}', '\u{1039f}', '\u{103d0}', '\u{10a7f}'];

/// What a stand-in stands for.
#[derive(Debug, Clone)]
pub(super) enum StandInKind {
    /// `{-name}`.
    Term { name: String, arguments: Vec<(String, String)> },
    /// `{$name}`.
    Variable { name: String },
    /// `{#id}` at the end of a line.
    HeadingId { id: String },
    /// `:kbd[…]`.
    Component(Component),
    /// A line `:::name`.
    Opening(Opening),
    /// A line `:::`.
    Closing { colons: usize },
    /// `[!NOTE]` at the head of a quotation.
    Callout(CalloutHead),
    /// `{% … %}`.
    Tag(Tag),
    /// A blank in an address that Markdown would end there.
    Blank,
}

/// Something of the source that the parser does not see.
#[derive(Debug, Clone)]
pub(super) struct StandIn {
    /// What it is.
    pub(super) kind: StandInKind,
    /// Its bytes in the source.
    pub(super) source: Range<usize>,
    /// Whether it is a line of its own, dressed as an HTML block.
    pub(super) line: bool,
}

/// Where the prepared text differs from the source.
#[derive(Debug, Clone, Copy)]
struct Edit {
    at: usize,
    length: usize,
    from: usize,
    to: usize,
}

/// A part of a text that the parser gave back.
#[derive(Debug)]
pub(super) enum Segment<'p, 't> {
    /// The writer's text.
    Text(&'t str, Range<usize>),
    /// A stand-in.
    StandIn(&'p StandIn),
}

/// A text as the Markdown parser gets it, and the way back.
#[derive(Debug)]
pub(super) struct Prepared<'s> {
    /// The source: a whole file.
    pub(super) source: &'s str,
    /// What the parser reads.
    pub(super) text: Cow<'s, str>,
    /// Control characters that were replaced.
    pub(super) controls: Vec<Range<usize>>,
    /// The labels of lines that look like definitions of links, code not left out.
    pub(super) definitions: Vec<Range<usize>>,
    base: usize,
    edits: Vec<Edit>,
    stand_ins: Vec<StandIn>,
    punctuation: Option<char>,
}

/// Prepares the bytes `range` of `source`.
pub(super) fn prepared<'s>(
    source: &'s str,
    range: Range<usize>,
    options: &ParseOptions,
) -> Prepared<'s> {
    scan(Scanner::new(source, range, options))
}

/// Prepares one line of inlines: nothing at its start is a block's marker.
pub(super) fn prepared_line<'s>(
    source: &'s str,
    range: Range<usize>,
    options: &ParseOptions,
) -> Prepared<'s> {
    let mut scanner = Scanner::new(source, range.clone(), options);
    scanner.inline = true;
    // Punctuation at the start leaves emphasis as it is at the start of a line.
    let guard = scanner.punctuation().unwrap_or(LETTER);
    scanner.insert(range.start, guard.encode_utf8(&mut [0; 4]));
    scan(scanner)
}

impl<'s> Prepared<'s> {
    /// The character at `offset` of the source.
    pub(super) fn character(&self, offset: usize) -> char {
        self.source[offset..].chars().next().unwrap_or_default()
    }

    /// The bytes of the source from `offset` to the end of its line.
    pub(super) fn line_at(&self, offset: usize) -> Range<usize> {
        let rest = &self.source[offset..];
        offset..offset + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    /// The line's text before `offset` of the source.
    pub(super) fn line_before(&self, offset: usize) -> &'s str {
        let before = &self.source[..offset];
        &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..]
    }

    /// The offset in the source of offset `at` in the prepared text.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.offset_before(self.edits.partition_point(|edit| edit.at <= at), at)
    }

    /// The same, where `next` is the first edit behind `at`.
    fn offset_before(&self, next: usize, at: usize) -> usize {
        match next.checked_sub(1).map(|last| self.edits[last]) {
            None => self.base + at,
            Some(edit) if at >= edit.at + edit.length => edit.to + (at - edit.at - edit.length),
            Some(edit) => edit.from,
        }
    }

    /// The bytes of the source for bytes of the prepared text.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let next = self.edits.partition_point(|edit| edit.at <= range.start);
        let start = self.offset_before(next, range.start);
        // Most ranges end before the next edit.
        let end = match self.edits.get(next) {
            Some(edit) if edit.at <= range.end => self.offset(range.end),
            _ => self.offset_before(next, range.end),
        };
        start..end.max(start)
    }

    /// Whether nothing was put into these bytes of the prepared text.
    fn is_untouched(&self, range: &Range<usize>) -> bool {
        let next = self.edits.partition_point(|edit| edit.at + edit.length <= range.start);
        self.edits.get(next).is_none_or(|edit| edit.at >= range.end)
    }

    /// Calls `each` for the parts of `text`, which the parser gave for `range`; insertions
    /// are left out.
    pub(super) fn segments<'p, 't>(
        &'p self,
        text: &'t str,
        range: Range<usize>,
        each: &mut impl FnMut(Segment<'p, 't>),
    ) {
        let linear = text.len() == range.len();
        let source = |part: Range<usize>| match linear {
            true => self.range(range.start + part.start..range.start + part.end),
            false => self.range(range.clone()),
        };
        let give = |part: Range<usize>, each: &mut dyn FnMut(Segment<'p, 't>)| {
            if !part.is_empty() {
                each(Segment::Text(&text[part.clone()], source(part)));
            }
        };
        if self.is_untouched(&range) {
            return give(0..text.len(), each);
        }
        let mut at = 0;
        let mut from = 0;
        while let Some((found, what)) = self.next_mark(text, from) {
            give(at..found.start.max(at), each);
            at = found.end;
            from = found.end;
            if let Some(stand_in) = what {
                each(Segment::StandIn(stand_in));
            }
        }
        give(at..text.len(), each);
    }

    /// Calls `each` for the parts of `text` as they are, marks included, with the bytes of
    /// the source that each stands for.
    pub(super) fn pieces(
        &self,
        text: &str,
        range: Range<usize>,
        each: &mut impl FnMut(&str, Range<usize>),
    ) {
        if self.is_untouched(&range) {
            return each(text, self.range(range));
        }
        let linear = text.len() == range.len();
        let mut at = 0;
        self.parts(text, &mut |part, _, _| {
            let here = match linear {
                true => self.range(range.start + at..range.start + at + part.len()),
                false => self.range(range.clone()),
            };
            at += part.len();
            each(part, here);
        });
    }

    /// Calls `each` for the parts of `text`, with whether a part is a mark of ours, and
    /// the stand-in that it is.
    pub(super) fn parts<'t>(
        &self,
        text: &'t str,
        each: &mut impl FnMut(&'t str, bool, Option<&StandIn>),
    ) {
        let mut at = 0;
        if !self.edits.is_empty() {
            while let Some((found, stand_in)) = self.next_mark(text, at) {
                if found.start > at {
                    each(&text[at..found.start], false, None);
                }
                each(&text[found.clone()], true, stand_in);
                at = found.end;
            }
        }
        if at < text.len() {
            each(&text[at..], false, None);
        }
    }

    /// The next insertion or stand-in at or after `from`, dress included.
    fn next_mark(&self, text: &str, from: usize) -> Option<(Range<usize>, Option<&StandIn>)> {
        let mut at = from;
        loop {
            let start = at + self.lead(&text[at..])?;
            let mark = text[start..].chars().next()?;
            let end = start + mark.len_utf8();
            if mark == LETTER || Some(mark) == self.punctuation {
                return Some((start..end, None));
            }
            if mark == BEGIN
                && let Some((number, length)) = number(&text[end..])
            {
                let stand_in = self.stand_ins.get(number)?;
                return Some((dressed(text, start..end + length, stand_in), Some(stand_in)));
            }
            at = end;
        }
    }

    fn lead(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let ours =
            memchr::memchr_iter(LEAD[0], bytes).find(|at| bytes.get(at + 1) == Some(&LEAD[1]));
        let before = &text[..ours.unwrap_or(text.len())];
        self.punctuation.and_then(|mark| before.find(mark)).or(ours)
    }

    /// `text` as the writer wrote it, control characters as U+FFFD.
    pub(super) fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.edits.is_empty() || self.next_mark(text, 0).is_none() {
            return Cow::Borrowed(text);
        }
        let mut whole = String::with_capacity(text.len());
        let mut at = 0;
        while let Some((mark, stand_in)) = self.next_mark(text, at) {
            whole.push_str(text.get(at..mark.start).unwrap_or_default());
            if let Some(stand_in) = stand_in {
                whole.push_str(&self.written(stand_in));
            }
            at = mark.end;
        }
        whole.push_str(&text[at..]);
        Cow::Owned(whole)
    }

    /// What the writer wrote for a stand-in.
    pub(super) fn written(&self, stand_in: &StandIn) -> Cow<'s, str> {
        visible(&self.source[stand_in.source.clone()])
    }

    /// The stand-in that `text` consists of, if it is one that is a line of its own.
    pub(super) fn line_stand_in(&self, text: &str) -> Option<&StandIn> {
        let (range, stand_in) = self.next_mark(text, 0)?;
        let alone = text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty();
        stand_in.filter(|stand_in| alone && stand_in.line)
    }
}

/// The number at the start of `digits`, and the bytes it takes with its end.
fn number(digits: &str) -> Option<(usize, usize)> {
    let mut value = 0usize;
    for (at, c) in digits.char_indices() {
        if c == END {
            return (at > 0).then_some((value, at + END.len_utf8()));
        }
        let digit = (c as u32).checked_sub(DIGITS).filter(|digit| *digit < 16)?;
        value = value.checked_mul(16)?.checked_add(digit as usize)?;
    }
    None
}

/// The stand-in at `range` with what it was dressed in for the parser.
fn dressed(text: &str, range: Range<usize>, stand_in: &StandIn) -> Range<usize> {
    let (before, after) = dress(&stand_in.kind, stand_in.line);
    let start = range.start - if text[..range.start].ends_with(before) { before.len() } else { 0 };
    let end = range.end + if text[range.end..].starts_with(after) { after.len() } else { 0 };
    start..end
}

/// What a stand-in is dressed in: a line of its own is a processing instruction, which is
/// an HTML block that ends on its line and does not end a comment around it; an id is
/// kept off the emphasis before it.
fn dress(kind: &StandInKind, line: bool) -> (&'static str, &'static str) {
    match kind {
        _ if line => ("<?", "?>"),
        StandInKind::HeadingId { .. } => (" ", ""),
        StandInKind::Term { .. }
        | StandInKind::Variable { .. }
        | StandInKind::Component(_)
        | StandInKind::Opening(_)
        | StandInKind::Closing { .. }
        | StandInKind::Callout(_)
        | StandInKind::Tag(_)
        | StandInKind::Blank => ("", ""),
    }
}

/// `text` with control characters and noncharacters as U+FFFD, line ends as `\n`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| is_hidden(c) || c == '\r') {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect())
}

/// Whether `c` must not reach a page: control characters and noncharacters.
pub(super) fn is_hidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    control || matches!(c as u32, 0xfdd0..=0xfdef) || (c as u32 & 0xfffe) == 0xfffe
}
