//! Folds a text: each character goes to the walk as what the tables say it becomes.

use super::walk::{Unit, Walk};
use super::{Scan, place};
use crate::search::tokenizer::table::{Become, Folded, Table};

/// Reads a text into an empty scan.
pub(super) fn read(scan: &mut Scan, text: &str, apart: bool) {
    Fold { walk: Walk::new(scan, apart), held: None }.read(text);
}

/// Folds the characters of a text and hands them on, each when the next one is known: a mark
/// may voice it, and signs of words look ahead.
struct Fold<'a> {
    walk: Walk<'a>,
    held: Option<Unit>,
}

impl Fold<'_> {
    fn read(mut self, text: &str) {
        let (mut from, mut rest) = (0, text);
        while let Some(first) = rest.bytes().next() {
            let (bytes, units) = if first.is_ascii_alphanumeric() {
                self.hand_on(None);
                let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric());
                let end = end.unwrap_or(rest.len());
                self.walk.plain(&rest[..end], from);
                (end, place(end))
            } else if first.is_ascii() && !matches!(first, b'+' | b'#') {
                // Nothing voices it, and it asks for nothing behind it.
                self.hand_on(None);
                self.walk.pass(self.walk.table.row(u32::from(first)));
                (1, 1)
            } else {
                match self.kana(rest.as_bytes(), from) {
                    0 => {
                        let c = rest.chars().next().expect("there is a byte");
                        let units = if u32::from(c) < 0x1_0000 { 1 } else { 2 };
                        self.fold(c, from, from + units);
                        (c.len_utf8(), units)
                    }
                    units => (units as usize * 3, units),
                }
            };
            from += units;
            rest = &rest[bytes..];
        }
        self.hand_on(None);
        self.walk.close();
    }

    /// Goes over kana and kanji at the head of a text that need no look at what is around
    /// them; gives how many.
    fn kana(&mut self, mut rest: &[u8], from: u32) -> u32 {
        let table = self.walk.table;
        let Some(mut folded) = row(table, rest).filter(|folded| folded.is_plain_cjk()) else {
            return 0;
        };
        self.hand_on(None);
        if self.walk.was_vu {
            return 0;
        }
        let mut at = from;
        loop {
            rest = &rest[3..];
            let next = row(table, rest);
            // What is behind it may voice it.
            let stays = match (next, rest.first()) {
                (Some(next), _) => !next.is_mark(),
                (None, byte) => byte.is_none_or(u8::is_ascii),
            };
            if !stays {
                break;
            }
            if at == from {
                self.walk.begin();
            }
            self.walk.plain_cjk(folded, at);
            at += 1;
            match next.filter(|next| next.is_plain_cjk()) {
                Some(next) => folded = next,
                None => break,
            }
        }
        at - from
    }

    #[inline]
    fn fold(&mut self, c: char, from: u32, to: u32) {
        match self.walk.table.of(c) {
            Become::One(folded) => self.hand_on(Some(Unit { folded, from, to })),
            Become::Many(many) => {
                for folded in many {
                    self.hand_on(Some(Unit { folded: *folded, from, to }));
                }
            }
            Become::Voice => self.voice(false, to),
            Become::HalfVoice => self.voice(true, to),
        }
    }

    /// A mark that voices what stands before; nothing where it cannot.
    fn voice(&mut self, half: bool, to: u32) {
        let table = self.walk.table;
        let Some(last) = &mut self.held else { return };
        if let Some(sound) = table.voiced(half, last.folded) {
            last.folded = sound;
            last.to = to;
        }
    }

    #[inline]
    fn hand_on(&mut self, next: Option<Unit>) {
        if let Some(unit) = std::mem::replace(&mut self.held, next) {
            self.walk.unit(&unit, next.as_ref());
        }
    }
}

/// What the character of three bytes at the head of a text becomes.
#[inline]
fn row(table: &Table, text: &[u8]) -> Option<Folded> {
    let [first @ 0xe0..=0xef, second, third, ..] = text else { return None };
    let low = u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
    Some(table.row(u32::from(first & 0xf) << 12 | low))
}
