//! The runs of a text: what they hold, and the tokens that they give.
//!
//! In: a text. Out: [`Scan`], whose vectors are kept for the next text, since a site has many
//! short ones.

mod cutting;
mod fold;
mod walk;

use super::table::{Case, Script, TABLE};

/// A folded character of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// The folded character.
    pub c: char,
    /// Where it begins in the text, in UTF-16 units.
    pub at: u32,
    /// How it was written, in a run of kana and kanji.
    pub script: Script,
    pub(super) case: Case,
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
    /// Of a word: where its text is.
    letters: (u32, u32),
}

/// The runs of a text.
#[derive(Debug, Default)]
pub struct Scan {
    runs: Vec<Run>,
    glyphs: Vec<Glyph>,
    /// Where parts of words begin, counted in glyphs from the word's first.
    parts: Vec<u32>,
    /// The text of all words.
    letters: String,
}

impl Scan {
    /// Reads another text.
    pub fn read(&mut self, text: &str, apart: bool) {
        self.runs.clear();
        self.glyphs.clear();
        self.parts.clear();
        self.letters.clear();
        fold::read(self, text, apart);
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
}

#[inline]
fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
}
