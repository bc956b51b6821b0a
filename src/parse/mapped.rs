//! A text made of pieces of a source, with the way back to the source's bytes.
//!
//! Text reaches us in pieces: escapes, entities, quote markers and stand-ins lie between
//! them. Bare addresses, tags and titles are looked for in the whole, and reported where
//! they were written.

use std::ops::Range;

/// A piece of a text and the bytes of the file that it was written as.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: usize,
    length: usize,
    from: usize,
    to: usize,
}

impl Piece {
    /// Whether each byte stands for itself (an entity's does not).
    fn is_linear(self) -> bool {
        self.length == self.to - self.from
    }
}

/// A text with the source bytes of its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapped {
    /// The text.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

impl Mapped {
    /// Appends `text`, written as the bytes `source`.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        let at = self.text.len();
        self.text.push_str(text);
        let piece = Piece { at, length: text.len(), from: source.start, to: source.end };
        match self.pieces.last_mut() {
            Some(last) if last.to == piece.from && last.is_linear() && piece.is_linear() => {
                last.length += piece.length;
                last.to = piece.to;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// The text; what is left is empty and can be used again.
    pub(super) fn take(&mut self) -> String {
        self.pieces.clear();
        std::mem::take(&mut self.text)
    }

    /// The bytes of the source for `part` of the text.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        let from = self.piece(part.start).map_or(0, |piece| start_in(piece, part.start));
        let last = self.piece(part.end.saturating_sub(1).max(part.start));
        let to = last.map_or(from, |piece| end_in(piece, part.end));
        from..to.max(from)
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(next.saturating_sub(1)).copied()
    }
}

fn start_in(piece: Piece, at: usize) -> usize {
    let inside = at.saturating_sub(piece.at);
    if piece.is_linear() { (piece.from + inside).min(piece.to) } else { piece.from }
}

fn end_in(piece: Piece, at: usize) -> usize {
    let inside = at.saturating_sub(piece.at);
    if piece.is_linear() { (piece.from + inside).min(piece.to) } else { piece.to }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_across_escapes_and_entities() {
        // source: a\*b&amp;日
        let mut mapped = Mapped::default();
        mapped.push("a", 0..1);
        mapped.push("*b", 2..4);
        mapped.push("&", 4..9);
        mapped.push("日", 9..12);
        assert_eq!(mapped.text, "a*b&日");
        assert_eq!(mapped.source(0..2), 0..3);
        assert_eq!(mapped.source(3..4), 4..9);
        assert_eq!(mapped.source(2..7), 3..12);
        assert_eq!(mapped.source(4..7), 9..12);
    }
}
