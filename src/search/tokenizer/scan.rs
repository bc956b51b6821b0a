//! The walk over a text: characters are folded, runs are opened and closed.
//!
//! In: a text. Out: [`Scan`], whose vectors are kept for the next text, since a site has many
//! short ones.

use super::Token;
use super::table::{Become, Case, Folded, Kind, Script, TABLE, Table};

/// A folded character of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// The folded character.
    pub c: char,
    /// Where it begins in the text, in UTF-16 units.
    pub at: u32,
    /// How it was written, in a run of kana and kanji.
    pub script: Script,
    case: Case,
}

/// A stretch of one kind: kana and kanji, or one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Whether it is of kana and kanji.
    pub cjk: bool,
    /// Whether a hyphen, a dot or a low line joins this word to the one before.
    pub joined: bool,
    /// Whether nothing but space stands between this word and the one before.
    pub spaced: bool,
    /// Where it ends in the text, in UTF-16 units.
    pub end: u32,
    glyphs: (u32, u32),
    parts: (u32, u32),
}

/// A character of the text, folded.
#[derive(Debug, Clone, Copy)]
struct Unit {
    folded: Folded,
    from: u32,
    to: u32,
}

/// The runs of a text.
#[derive(Debug, Default)]
pub struct Scan {
    runs: Vec<Run>,
    glyphs: Vec<Glyph>,
    /// Where parts of words begin, counted in glyphs from the word's first.
    parts: Vec<u32>,
    word: String,
}

impl Scan {
    /// Reads another text.
    pub fn read(&mut self, text: &str, apart: bool) {
        self.runs.clear();
        self.glyphs.clear();
        self.parts.clear();
        let table = &*TABLE;
        let between = Between::default();
        let walk = Walk {
            scan: self,
            table,
            apart,
            open: None,
            first: 0,
            end: 0,
            mixed: false,
            was_vu: false,
            between,
        };
        Fold { walk, held: None }.read(text);
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Runs by what is written together: a word with those that are joined to it, or one run.
    pub fn groups(&self) -> impl Iterator<Item = &[Run]> {
        self.runs.chunk_by(|_, next| next.joined)
    }

    /// The folded characters of a run.
    pub fn glyphs(&self, run: &Run) -> &[Glyph] {
        &self.glyphs[run.glyphs.0 as usize..run.glyphs.1 as usize]
    }

    /// Where the parts of a word begin: 0, and at each change of case or to a number.
    pub fn parts(&self, run: &Run) -> &[u32] {
        &self.parts[run.parts.0 as usize..run.parts.1 as usize]
    }

    /// The text of a run.
    pub fn text(&self, run: &Run) -> String {
        self.glyphs(run).iter().map(|glyph| glyph.c).collect()
    }

    /// The parts of words, in order: `Logic` and `Apps`, `mt`, `12`, `hd0`.
    pub fn parts_of(&self, group: &[Run]) -> Vec<String> {
        let parts = |run| {
            let (glyphs, cuts) = (self.glyphs(run), self.parts(run));
            (0..cuts.len()).map(move |at| {
                let end = cuts.get(at + 1).map_or(glyphs.len(), |end| *end as usize);
                glyphs[cuts[at] as usize..end].iter().map(|glyph| glyph.c).collect()
            })
        };
        group.iter().flat_map(parts).collect()
    }

    /// A group of words written as one, when it has more than one and is not too long.
    pub fn whole_of(&self, group: &[Run]) -> Option<String> {
        let length: usize = group.iter().map(|run| self.glyphs(run).len()).sum();
        (group.len() > 1 && length <= TABLE.limits.joined)
            .then(|| group.iter().map(|run| self.text(run)).collect())
    }

    /// Calls `visit` for each token with its position; gives the number of positions.
    pub fn tokens(&mut self, mut visit: impl FnMut(Token<'_>, u32)) -> u32 {
        self.each(false, &mut visit)
    }

    /// As [`Scan::tokens`], and two neighbouring words with a space between also as one, at
    /// the first's position: `Cosmos DB` is `cosmosdb` too.
    pub fn tokens_joined(&mut self, mut visit: impl FnMut(Token<'_>, u32)) -> u32 {
        self.each(true, &mut visit)
    }

    fn each(&mut self, joined: bool, visit: &mut impl FnMut(Token<'_>, u32)) -> u32 {
        let mut word = std::mem::take(&mut self.word);
        let mut at = 0;
        let mut start = 0;
        while start < self.runs.len() {
            let end = self.group_end(start);
            if self.runs[start].cjk {
                at += pairs(self.glyphs(&self.runs[start]), at, visit);
            } else {
                let first = at;
                at = self.words(start..end, at, &mut word, visit);
                if joined && self.runs.get(end).is_some_and(|next| next.spaced) {
                    self.neighbours(start..self.group_end(end), first, &mut word, visit);
                }
            }
            start = end;
        }
        self.word = word;
        at
    }

    fn group_end(&self, start: usize) -> usize {
        let joined = self.runs[start + 1..].iter().take_while(|run| run.joined).count();
        start + 1 + joined
    }

    fn words(
        &self,
        group: std::ops::Range<usize>,
        start: u32,
        word: &mut String,
        visit: &mut impl FnMut(Token<'_>, u32),
    ) -> u32 {
        let mut at = start;
        if group.len() > 1 {
            self.neighbours(group.clone(), at, word, visit);
        }
        for run in &self.runs[group] {
            let (glyphs, parts) = (self.glyphs(run), self.parts(run));
            spell(word, glyphs);
            if parts.len() > 1 {
                visit(Token::Word(word), at);
                for (part, from) in parts.iter().enumerate() {
                    let end = parts.get(part + 1).map_or(glyphs.len(), |end| *end as usize);
                    spell(word, &glyphs[*from as usize..end]);
                    visit(Token::Word(word), at);
                    at += 1;
                }
            } else {
                visit(Token::Word(word), at);
                at += 1;
            }
        }
        at
    }

    /// Words written as one, when they are not too long.
    fn neighbours(
        &self,
        words: std::ops::Range<usize>,
        at: u32,
        word: &mut String,
        visit: &mut impl FnMut(Token<'_>, u32),
    ) {
        let (first, last) = (&self.runs[words.start], &self.runs[words.end - 1]);
        let glyphs = &self.glyphs[first.glyphs.0 as usize..last.glyphs.1 as usize];
        if glyphs.len() <= TABLE.limits.joined {
            spell(word, glyphs);
            visit(Token::Word(word), at);
        }
    }
}

/// Puts the text of `glyphs` into `word`.
fn spell(word: &mut String, glyphs: &[Glyph]) {
    word.clear();
    for glyph in glyphs {
        word.push(glyph.c);
    }
}

/// The pairs of a run; gives the number of positions.
fn pairs(glyphs: &[Glyph], at: u32, visit: &mut impl FnMut(Token<'_>, u32)) -> u32 {
    for (place, glyph) in (at..).zip(glyphs.windows(2)) {
        visit(Token::Pair(glyph[0].c, glyph[1].c), place);
    }
    let count = u32::try_from(glyphs.len()).expect("a text is shorter than 4 GiB");
    if let Some(last) = glyphs.last()
        && (count == 1 || TABLE.is_han(last.c))
    {
        visit(Token::Single(last.c), at + count - 1);
    }
    count
}

/// Folds the characters of a text and hands them on, each when the next one is known: a mark
/// may voice it, and signs of words look ahead.
struct Fold<'a> {
    walk: Walk<'a>,
    held: Option<Unit>,
}

impl Fold<'_> {
    fn read(mut self, text: &str) {
        let mut from = 0;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if plain > 1 {
                let (word, behind) = rest.split_at(plain);
                self.hand_on(None);
                self.walk.plain(word.as_bytes(), from);
                from += place(plain);
                rest = behind;
                continue;
            }
            let to = from + if u32::from(c) < 0x1_0000 { 1 } else { 2 };
            self.fold(c, from, to);
            from = to;
            rest = &rest[c.len_utf8()..];
        }
        self.hand_on(None);
        self.walk.close();
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
        if let Some(sound) = table.voiced(half, last.folded.c) {
            last.folded.c = sound;
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

/// What stands between the open run and the next character.
#[derive(Debug, Clone, Copy)]
struct Between {
    count: u32,
    first: char,
    /// Whether all of it is space.
    space: bool,
    /// Whether kana and kanji go on over it.
    through: bool,
}

impl Default for Between {
    fn default() -> Self {
        Self { count: 0, first: '\0', space: true, through: true }
    }
}

/// Collects runs; it knows the run that is open and what came since its last character.
struct Walk<'a> {
    scan: &'a mut Scan,
    table: &'static Table,
    apart: bool,
    /// What the open run is of; `None` where none is.
    open: Option<Kind>,
    /// Its first character.
    first: usize,
    /// Where it ends in the text.
    end: u32,
    /// Whether it may have parts: it has capitals or digits.
    mixed: bool,
    was_vu: bool,
    between: Between,
}

impl Walk<'_> {
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
        self.scan.runs.push(Run {
            cjk: kind == Kind::Cjk,
            joined,
            spaced,
            end: 0,
            glyphs: (glyphs, glyphs),
            parts: (parts, parts),
        });
        self.open = Some(kind);
    }

    fn close(&mut self) {
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
            }
        }
        self.open = None;
        self.mixed = false;
        self.was_vu = false;
        self.between = Between::default();
    }

    #[inline]
    fn append(&mut self, unit: &Unit, c: char) {
        let (script, case) = (unit.folded.script, unit.folded.case);
        self.mixed |= matches!(case, Case::Upper | Case::Digit);
        self.scan.glyphs.push(Glyph { c, at: unit.from, script, case });
        self.end = unit.to;
        self.between = Between::default();
    }

    /// Goes over a character that is in no run.
    fn pass(&mut self, unit: &Unit) {
        let (c, space) = (unit.folded.c, unit.folded.kind == Kind::Space);
        let between = &mut self.between;
        if between.count == 0 {
            between.first = c;
        }
        between.count += 1;
        between.space &= space;
        between.through &= (space && !self.apart) || self.table.goes_through(c);
    }

    /// Goes over a character; `next` is the one behind it.
    #[inline]
    fn unit(&mut self, unit: &Unit, next: Option<&Unit>) {
        match unit.folded.kind {
            Kind::Cjk => self.cjk(unit),
            Kind::Word => self.word(unit),
            Kind::Space | Kind::Other => {
                if !self.sign(unit, next) {
                    self.pass(unit);
                }
            }
        }
    }

    /// Goes over ASCII letters and digits, of which most words are, that begin at `from`.
    fn plain(&mut self, word: &[u8], from: u32) {
        let folded = self.table.ascii[usize::from(word[0])];
        self.word(&Unit { folded, from, to: from + 1 });
        let room = self.table.limits.word.saturating_sub(self.held().len());
        for (at, byte) in (from + 1..).zip(&word[1..]).take(room) {
            let Folded { c, script, case, .. } = self.table.ascii[usize::from(*byte)];
            self.mixed |= matches!(case, Case::Upper | Case::Digit);
            self.scan.glyphs.push(Glyph { c, at, script, case });
        }
        self.end = from + place(word.len());
    }

    fn cjk(&mut self, unit: &Unit) {
        let named = self.table.is_named(unit.folded.c);
        let mut c = if named { self.table.merged(unit.folded.c) } else { unit.folded.c };
        if c == self.table.long {
            return self.pass(unit);
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

    fn word(&mut self, unit: &Unit) {
        let alone = self.between.count == 1;
        let (open, first) = (self.open == Some(Kind::Word), self.between.first);
        let goes = open && (self.between.count == 0 || (alone && self.table.drops(first)));
        if !goes {
            self.start(Kind::Word, open && alone && self.table.joins(first));
        }
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

#[inline]
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
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
