//! The walk over folded characters: runs are opened and closed.

use super::{Glyph, Run, Scan, place};
use crate::search::tokenizer::table::{
    Case, DROPS, E_NEXT, E_ROW, Folded, JOINS, Kind, LONG, NAMED, TABLE, THROUGH, Table,
};

/// A character of the text, folded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) folded: Folded,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// What stands between the open run and the next character.
#[derive(Debug, Clone, Copy)]
struct Between {
    count: u32,
    first: Option<Folded>,
    /// Whether all of it is space.
    space: bool,
    /// Whether kana and kanji go on over it.
    through: bool,
}

impl Default for Between {
    fn default() -> Self {
        Self { count: 0, first: None, space: true, through: true }
    }
}

/// Collects runs; it knows the run that is open and what came since its last character.
pub(super) struct Walk<'a> {
    scan: &'a mut Scan,
    pub(super) table: &'static Table,
    apart: bool,
    /// What the open run is of; `None` where none is.
    open: Option<Kind>,
    /// Its first character.
    first: usize,
    /// Where it ends in the text.
    end: u32,
    /// Whether it may have parts: it has capitals or digits.
    mixed: bool,
    pub(super) was_vu: bool,
    between: Between,
    /// Whether the character before is a sound of the row of `エ`.
    e_row: bool,
}

impl<'a> Walk<'a> {
    /// At the beginning of a text.
    pub(super) fn new(scan: &'a mut Scan, apart: bool) -> Self {
        Self {
            scan,
            table: &TABLE,
            apart,
            open: None,
            first: 0,
            end: 0,
            mixed: false,
            was_vu: false,
            between: Between::default(),
            e_row: false,
        }
    }

    /// The characters of the open run.
    #[inline]
    fn held(&self) -> &[Glyph] {
        if self.open.is_some() { &self.scan.glyphs[self.first..] } else { &[] }
    }

    fn start(&mut self, kind: Kind, joined: bool) {
        let beside = kind == Kind::Word && self.open == Some(Kind::Word);
        let spaced = beside && self.between.count > 0 && self.between.space;
        self.close();
        self.first = self.scan.glyphs.len();
        let (glyphs, parts) = (place(self.first), place(self.scan.parts.len()));
        let letters = place(self.scan.letters.len());
        self.scan.runs.push(Run {
            cjk: kind == Kind::Cjk,
            joined,
            spaced,
            end: 0,
            glyphs: (glyphs, glyphs),
            parts: (parts, parts),
            letters: (letters, letters),
        });
        self.open = Some(kind);
    }

    pub(super) fn close(&mut self) {
        if self.open.is_some()
            && let Some(run) = self.scan.runs.last_mut()
        {
            run.end = self.end;
            run.glyphs.1 = place(self.scan.glyphs.len());
            if !run.cjk {
                self.scan.parts.push(0);
                if self.mixed {
                    let word = &self.scan.glyphs[self.first..];
                    let cuts = (1..word.len()).filter(|at| is_cut(word, *at)).map(place);
                    self.scan.parts.extend(cuts);
                }
                run.parts.1 = place(self.scan.parts.len());
                run.letters.1 = place(self.scan.letters.len());
            }
        }
        self.open = None;
        self.mixed = false;
        self.was_vu = false;
        self.between = Between::default();
    }

    #[inline]
    fn append(&mut self, unit: &Unit, c: char) {
        let (script, case) = (unit.folded.script(), unit.folded.case());
        if self.open == Some(Kind::Word) {
            self.mixed |= matches!(case, Case::Upper | Case::Digit);
            self.scan.letters.push(c);
        }
        self.scan.glyphs.push(Glyph { c, at: unit.from, script, case });
        self.end = unit.to;
        self.between = Between::default();
    }

    /// Goes over a character that is in no run.
    #[inline]
    pub(super) fn pass(&mut self, folded: Folded) {
        let space = folded.kind() == Kind::Space;
        let between = &mut self.between;
        if between.count == 0 {
            between.first = Some(folded);
        }
        between.count += 1;
        between.space &= space;
        between.through &= (space && !self.apart) || folded.has(THROUGH);
    }

    /// Goes over a character; `next` is the one behind it.
    #[inline]
    pub(super) fn unit(&mut self, unit: &Unit, next: Option<&Unit>) {
        match unit.folded.kind() {
            Kind::Cjk => self.cjk(unit),
            Kind::Word => self.word(unit),
            Kind::Space | Kind::Other => {
                if !self.sign(unit, next) {
                    self.pass(unit.folded);
                }
            }
        }
    }

    /// Goes over ASCII letters and digits, of which most words are, that begin at `from`.
    pub(super) fn plain(&mut self, word: &str, from: u32) {
        self.open_word();
        let room = self.table.limits.word.saturating_sub(self.held().len());
        let kept = &word[..room.min(word.len())];
        let start = self.scan.letters.len();
        self.scan.letters.push_str(kept);
        self.scan.letters[start..].make_ascii_lowercase();
        let start = self.scan.glyphs.len();
        self.scan.glyphs.resize(start + kept.len(), self.table.ascii[0]);
        let glyphs = self.scan.glyphs[start..].iter_mut();
        for ((glyph, at), byte) in glyphs.zip(from..).zip(kept.bytes()) {
            *glyph = Glyph { at, ..self.table.ascii[usize::from(byte & 0x7f)] };
        }
        let small = kept.bytes().fold(true, |all, byte| all & byte.is_ascii_lowercase());
        self.mixed |= !small;
        self.end = from + place(word.len());
        self.between = Between::default();
    }

    /// Looks back before plain kana and kanji come.
    pub(super) fn begin(&mut self) {
        let beside = self.open == Some(Kind::Cjk) && self.between.count == 0;
        self.e_row = beside && self.held().last().is_some_and(|last| self.table.is_e_row(last.c));
    }

    /// Goes over kana and kanji of which only the character before matters.
    #[inline]
    pub(super) fn plain_cjk(&mut self, folded: Folded, at: u32) {
        if folded.has(LONG | E_NEXT) {
            if folded.has(LONG) {
                self.e_row = false;
                return self.pass(folded);
            }
            if self.e_row {
                self.end = at + 1;
                return;
            }
        }
        if self.open != Some(Kind::Cjk) || !self.between.through {
            self.start(Kind::Cjk, false);
        }
        let (script, case) = (folded.script(), folded.case());
        self.scan.glyphs.push(Glyph { c: folded.c, at, script, case });
        self.end = at + 1;
        self.between = Between::default();
        self.e_row = folded.has(E_ROW);
    }

    fn cjk(&mut self, unit: &Unit) {
        let named = self.was_vu || unit.folded.has(NAMED | LONG | E_NEXT);
        let mut c = if named { self.table.merged(unit.folded.c) } else { unit.folded.c };
        if c == self.table.long {
            return self.pass(unit.folded);
        }
        if !(self.open == Some(Kind::Cjk) && self.between.through) {
            self.start(Kind::Cjk, false);
        }
        let beside = self.between.count == 0;
        let last = self.held().last().map(|glyph| glyph.c).filter(|_| beside);
        if let Some(last) = last.filter(|_| named) {
            if c == self.table.e_next && self.table.is_e_row(last) {
                self.end = unit.to;
                return;
            }
            if let Some(sound) = self.table.after_vu(c).filter(|_| self.was_vu) {
                self.was_vu = false;
                self.scan.glyphs.last_mut().expect("a run has characters").c = sound;
                self.end = unit.to;
                return;
            }
            if c == self.table.repeat && self.table.is_han(last) {
                c = last;
            }
        }
        self.was_vu = c == self.table.vu_from;
        let c = if self.was_vu { self.table.vu_to } else { c };
        self.append(unit, c);
    }

    /// Opens a word, unless the open one goes on.
    fn open_word(&mut self) {
        let first = self.between.first.filter(|_| self.between.count == 1);
        let is = |sign: u16| first.is_some_and(|first| first.has(sign));
        let open = self.open == Some(Kind::Word);
        if !(open && (self.between.count == 0 || is(DROPS))) {
            self.start(Kind::Word, open && is(JOINS));
        }
    }

    fn word(&mut self, unit: &Unit) {
        self.open_word();
        if self.held().len() >= self.table.limits.word {
            self.end = unit.to;
            self.between = Between::default();
            return;
        }
        self.append(unit, unit.folded.c);
    }

    /// `C#`, `F#` and `C++` are words.
    fn sign(&mut self, unit: &Unit, next: Option<&Unit>) -> bool {
        let c = unit.folded.c;
        if !matches!(c, '#' | '+') || self.open != Some(Kind::Word) || self.between.count > 0 {
            return false;
        }
        let held = self.held();
        if held.len() > 2 {
            return false;
        }
        let first = held.len() == 1 && !held[0].c.is_ascii_digit();
        let plus = if first {
            next.is_some_and(|next| next.folded.c == '+')
        } else {
            held.get(1).is_some_and(|glyph| glyph.c == '+')
        };
        if !(first && c == '#' || c == '+' && plus) {
            return false;
        }
        self.append(unit, c);
        true
    }
}

/// Whether a part of a word begins at `at`: `Logic|Apps`, `JSON|Parser`, `KB|5071544`.
fn is_cut(word: &[Glyph], at: usize) -> bool {
    let case = |at: usize| word.get(at).map(|glyph| glyph.case);
    let (before, after) = (word[at - 1].case, case(at + 1));
    match word[at].case {
        Case::Upper => {
            before == Case::Lower || (before == Case::Upper && after == Some(Case::Lower))
        }
        Case::Digit => before != Case::Digit && after == Some(Case::Digit),
        Case::Lower | Case::None => {
            before == Case::Digit && at > 1 && word[at - 2].case == Case::Digit
        }
    }
}
