//! The tokens of runs.

use super::{Glyph, Run, Scan, TABLE};
use crate::search::tokenizer::Token;

impl Scan {
    /// Calls `visit` for each token with its position; gives the number of positions.
    pub fn tokens(&self, mut visit: impl FnMut(Token<'_>, u32)) -> u32 {
        self.each(false, &mut visit)
    }

    /// As [`Scan::tokens`], and two neighbouring words with a space between also as one, at
    /// the first's position: `Cosmos DB` is `cosmosdb` too.
    pub fn tokens_joined(&self, mut visit: impl FnMut(Token<'_>, u32)) -> u32 {
        self.each(true, &mut visit)
    }

    #[inline]
    fn each(&self, joined: bool, visit: &mut impl FnMut(Token<'_>, u32)) -> u32 {
        let mut at = 0;
        let mut start = 0;
        while let Some(run) = self.runs.get(start) {
            let end = self.group_end(start);
            if run.cjk {
                at += pairs(self.glyphs(run), at, visit);
            } else {
                let first = at;
                at = self.words(&self.runs[start..end], at, visit);
                if joined && self.runs.get(end).is_some_and(|next| next.spaced) {
                    self.neighbours(&self.runs[start..self.group_end(end)], first, visit);
                }
            }
            start = end;
        }
        at
    }

    fn group_end(&self, start: usize) -> usize {
        let joined = self.runs[start + 1..].iter().take_while(|run| run.joined).count();
        start + 1 + joined
    }

    #[inline]
    fn words(&self, group: &[Run], mut at: u32, visit: &mut impl FnMut(Token<'_>, u32)) -> u32 {
        if group.len() > 1 {
            self.neighbours(group, at, visit);
        }
        for run in group {
            visit(Token::Word(self.letters(run)), at);
            if run.parts.1 - run.parts.0 > 1 {
                self.each_part(run, |part| {
                    visit(Token::Word(part), at);
                    at += 1;
                });
            } else {
                at += 1;
            }
        }
        at
    }

    fn each_part<'a>(&'a self, run: &Run, mut visit: impl FnMut(&'a str)) {
        let (parts, mut rest) = (self.parts(run), self.letters(run));
        for ends in parts.windows(2) {
            let length = (ends[1] - ends[0]) as usize;
            let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
            let (part, behind) = rest.split_at(end);
            visit(part);
            rest = behind;
        }
        visit(rest);
    }

    /// The text of a word.
    #[inline]
    pub(super) fn letters(&self, run: &Run) -> &str {
        &self.letters[run.letters.0 as usize..run.letters.1 as usize]
    }

    /// Words written as one, when they are not too long.
    fn neighbours(&self, words: &[Run], at: u32, visit: &mut impl FnMut(Token<'_>, u32)) {
        let [first, .., last] = words else { return };
        if (last.glyphs.1 - first.glyphs.0) as usize <= TABLE.limits.joined {
            let letters = first.letters.0 as usize..last.letters.1 as usize;
            visit(Token::Word(&self.letters[letters]), at);
        }
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
