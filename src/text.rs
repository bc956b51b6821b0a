//! Identity of files, byte spans in them, and the way from bytes to lines and columns.
//!
//! Everything that points into a source file does so with a [`Span`]: a [`FileId`] and a
//! [`ByteSpan`]. Lines and columns are computed only when something is shown.
//! This module must not know where texts come from or what they mean.

pub mod encoding;

use std::ops::Range;

/// Names one input file for the length of a session; never reused for another path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes of one file as it was read, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// When an offset exceeds 4 GiB: the host refuses such files.
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |n: usize| u32::try_from(n).expect("the host refuses files over 4 GiB");
        Self { start: fit(start), end: fit(end.max(start)) }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span, `offset` bytes further on.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }
}

impl From<Range<usize>> for ByteSpan {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Bytes of a certain file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub bytes: ByteSpan,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, bytes: range.into() }
    }
}

/// A value with the bytes of the source it was written at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Ties `value` to `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A place in a text as people count: lines and columns from 1, columns in Unicode
/// characters (not bytes, not UTF-16 units).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
}

/// Finds lines of a text by byte offset.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads the line starts of `text`; `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        Self { starts }
    }

    /// The position of byte `offset` of `text`, the text the index was made from.
    /// An offset inside a character or past the end counts as the nearest one before it.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let column = text[start..offset].chars().filter(|c| *c != '\u{feff}').count() + 1;
        Position { line, column }
    }

    /// The bytes of line `line` (from 1), its end of line included.
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        self.starts[line - 1]..end
    }
}

/// Whether `c` belongs to a script that writes words without space between them: kana, Han
/// characters and their punctuation. Korean is not among them.
pub fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}'
        | '\u{3000}'..='\u{30ff}'
        | '\u{31c0}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff9f}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_in_both_scripts() {
        let text = "a\r\n確認を b\rc\n";
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let position = index.position(text, text.find(needle).expect("the needle is there"));
            (position.line, position.column)
        };
        assert_eq!(at("認"), (2, 2));
        assert_eq!(at("b"), (2, 5));
        assert_eq!(at("c"), (3, 1));
        assert_eq!(index.position(text, 999).line, 4);
        assert_eq!(&text[index.line(text, 2)], "確認を b\r");
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        let text = "\u{feff}title";
        let position = LineIndex::new(text).position(text, 3);
        assert_eq!(position, Position { line: 1, column: 1 });
    }
}
