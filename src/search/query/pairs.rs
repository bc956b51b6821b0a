//! Stretches of kana and kanji: as typed, in part, and a single character.
//!
//! In: a part of a question, and the index. Out: the guides that have it or most of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::postings::Postings;
use super::question::Part;
use super::weigh::{Adding, Found, Scale, Scores, Step, either, follow};
use super::words::Asked;
use crate::search::ReadError;
use crate::search::tokenizer::is_han;

/// Up to which length all pairs of a stretch are looked up at once.
const ALL: usize = 3;
/// How much of a stretch must be there for it to count, and how much it counts then.
const LEAST: f64 = 0.4;
const IN_PART: f64 = 0.6;

/// A token of a part, and its distance from the part's beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: String,
    pub(super) at: usize,
}

/// The overlapping pairs of a stretch.
pub(super) fn pairs_of(pieces: &[String]) -> Vec<Placed> {
    let pair = |(at, pair): (usize, &[String])| Placed { token: pair.concat(), at };
    pieces.windows(2).enumerate().map(pair).collect()
}

/// Pairs that cover a stretch: all of a short one, every other one of a long one.
pub(super) fn cover_of(pieces: &[String]) -> Vec<Placed> {
    let mut pairs = pairs_of(pieces);
    pairs.retain(|Placed { at, .. }| {
        pieces.len() <= ALL || at.is_multiple_of(2) || at + 2 == pieces.len()
    });
    pairs
}

fn length_factor(length: usize) -> f64 {
    (0.7 + 0.15 * length as f64).min(2.0)
}

/// A character alone: itself at the end of a stretch, or the pairs that begin with it.
fn single(asked: &Asked<'_>, c: &str) -> Result<Scores, ReadError> {
    let mut scores = Scores::default();
    let alone = asked.tokens.get(c)?;
    if alone.count > 0 {
        asked.scale.add(&mut scores, &alone, 0.7, Adding::default());
    }
    let begun = asked.tokens.store.range(&format!("t{c}"), 3)?;
    let tokens = begun.iter().filter_map(|(key, _)| key.strip_prefix('t'));
    let tokens = tokens.filter(|token| token.chars().count() == 2);
    let postings: Vec<Rc<Postings>> =
        tokens.map(|token| asked.tokens.get(token)).collect::<Result<_, _>>()?;
    if !postings.is_empty() {
        let share = if c.chars().all(is_han) { 0.6 } else { 0.3 };
        asked.scale.add(&mut scores, &either(&postings), share, Adding::default());
    }
    Ok(scores)
}

/// What a guide has of a stretch.
#[derive(Debug, Default)]
struct Had {
    share: f64,
    title: f64,
    score: f64,
    at: Vec<i64>,
}

/// Guides that have some of the pairs, by how telling those are.
fn in_part(scale: &Scale, all: &[Rc<Postings>], factor: f64, scores: &mut Scores) {
    let rarities: Vec<f64> = all.iter().map(|postings| scale.rarity(postings.count)).collect();
    let whole = rarities.iter().fold(0.0, |a, b| a + b);
    let mut had: BTreeMap<u32, Had> = BTreeMap::new();
    for (postings, rarity) in all.iter().zip(&rarities) {
        let mut one = Scores::default();
        scale.add(&mut one, postings, 1.0, Adding { long: 2, ..Adding::default() });
        scores.partial |= one.partial;
        for (guide, found) in one.guides {
            let known = had.entry(guide).or_default();
            known.share += rarity / whole;
            known.title += found.title * (rarity / whole);
            known.score += found.score / all.len() as f64;
            known.at.extend(found.at.iter().take(20));
        }
    }
    for (guide, Had { share, title, score, at }) in had {
        if share < LEAST {
            continue;
        }
        let value = factor * IN_PART * score * share * share;
        let entitled = if title >= LEAST { title * title * 0.8 } else { 0.0 };
        match scores.guides.get_mut(&guide) {
            None => {
                let found = Found { score: value, met: share * share * 0.8, title: entitled, at };
                scores.guides.insert(guide, found);
            }
            Some(known) => {
                known.score = known.score.max(value);
                known.title = known.title.max(entitled);
            }
        }
    }
}

/// The guides that a stretch of kana and kanji finds; when `plain`, only the whole of it.
pub(super) fn pairs(asked: &Asked<'_>, part: &Part, plain: bool) -> Result<Scores, ReadError> {
    let pieces = &part.pieces[..];
    if let [only] = pieces {
        return single(asked, only);
    }
    let mut scores = Scores::default();
    let look = |placed: Vec<Placed>| -> Result<Vec<Step>, ReadError> {
        let step = |Placed { token, at }| Ok(Step { postings: asked.tokens.get(&token)?, at });
        placed.into_iter().map(step).collect()
    };
    let mut steps = look(cover_of(pieces))?;
    let row = follow(&steps);
    let factor = length_factor(pieces.len());
    if row.count > 0 {
        let how = Adding { factor, long: pieces.len(), ..Adding::default() };
        asked.scale.add(&mut scores, &row, 1.0, how);
    }
    if plain || steps.len() == 1 {
        return Ok(scores);
    }
    if row.count == 0 {
        steps = look(pairs_of(pieces))?;
    }
    let all: Vec<Rc<Postings>> = steps.into_iter().map(|step| step.postings).collect();
    in_part(&asked.scale, &all, factor, &mut scores);
    Ok(scores)
}
