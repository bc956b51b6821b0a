//! Words of other scripts than kana and kanji: as typed, by root, unfinished, joined,
//! mistyped.
//!
//! In: a word of a question, and the index. Out: the guides that have it or something like
//! it. Words are of the basic plane alone, so that their characters are what browsers count.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::distance::distance;
use super::postings::{Postings, Tokens};
use super::question::Part;
use super::stem::stem;
use super::weigh::{Adding, Scale, Scores, Step, either, follow};
use crate::search::ReadError;
use crate::search::dictionary::order;

/// How much likenesses count, beside 1 for the word itself.
const ROOT: f64 = 0.8;
const APART: f64 = 0.95;
const UNFINISHED: f64 = 0.6;
const LIKELY: f64 = 0.85;
const MISTYPED: f64 = 0.5;

/// In how many guides a word must stand to be taken as finished.
const KNOWN: u32 = 4;

/// What an index is asked with.
pub(super) struct Asked<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) scale: Scale,
}

/// Which end of words is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

fn length(word: &str) -> usize {
    word.chars().count()
}

fn first(word: &str, count: usize) -> String {
    word.chars().take(count).collect()
}

/// Words of the index that begin (or end) with letters.
fn known(
    asked: &Asked<'_>,
    end: End,
    letters: &str,
    leaves: usize,
) -> Result<Vec<String>, ReadError> {
    let kind = if end == End::First { 'v' } else { 'r' };
    let entries = asked.tokens.store.range(&format!("{kind}{letters}"), leaves)?;
    let words = entries.iter().filter_map(|(key, _)| key.strip_prefix(kind));
    Ok(match end {
        End::First => words.map(str::to_owned).collect(),
        End::Last => words.map(|word| word.chars().rev().collect()).collect(),
    })
}

fn all<'w>(
    asked: &Asked<'_>,
    words: impl IntoIterator<Item = &'w String>,
) -> Result<Vec<Rc<Postings>>, ReadError> {
    words.into_iter().map(|word| asked.tokens.get(word)).collect()
}

/// Forms of the same root, and words that begin so; gives how many there are.
fn forms(
    asked: &Asked<'_>,
    word: &str,
    last: bool,
    scores: &mut Scores,
    exact: &Rc<Postings>,
) -> Result<usize, ReadError> {
    let root = stem(word);
    let shared = root.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let long = length(word);
    if long < 2 {
        return Ok(0);
    }
    let begin = first(word, shared.min(long).max(2));
    let vocabulary = known(asked, End::First, &begin, 3)?;
    let (mut same, mut longer) = (Vec::new(), Vec::new());
    for other in vocabulary.into_iter().filter(|other| other != word) {
        if stem(&other) == root {
            same.push(other);
        } else if other.starts_with(word) {
            longer.push(other);
        }
    }
    longer.sort_by(|a, b| length(a).cmp(&length(b)).then_with(|| order(a, b)));
    let most = match (exact.count >= KNOWN, last, long >= 4) {
        (true, ..) => 4,
        (_, true, _) => 24,
        (.., true) => 10,
        (.., false) => 0,
    };
    longer.truncate(most);
    let mut alike = all(asked, &same)?;
    if !alike.is_empty() {
        alike.insert(0, Rc::clone(exact));
        asked.scale.add(scores, &either(&alike), ROOT, Adding::default());
    }
    let begun = all(asked, &longer)?;
    let most = begun.iter().map(|postings| postings.count).fold(exact.count, u32::max);
    let rarity = Some(asked.scale.rarity(most));
    for (postings, ahead) in begun.iter().zip(&longer) {
        let share = long as f64 / length(ahead) as f64;
        let met = UNFINISHED * (0.5 + 0.5 * share) * if last { 1.3 } else { 1.0 };
        asked.scale.add(scores, postings, met, Adding { rarity, ..Adding::default() });
    }
    Ok(same.len() + longer.len())
}

/// `logicapps` for `Logic Apps`: two words of the index written as one.
fn apart(asked: &Asked<'_>, word: &str, scores: &mut Scores) -> Result<(), ReadError> {
    let begin: BTreeSet<String> =
        known(asked, End::First, &first(word, 2), 4)?.into_iter().collect();
    for (byte, _) in word.char_indices().skip(2).take(length(word).saturating_sub(3)) {
        let (one, other) = word.split_at(byte);
        if !begin.contains(one) {
            continue;
        }
        let steps = [
            Step { postings: asked.tokens.get(one)?, at: 0 },
            Step { postings: asked.tokens.get(other)?, at: 1 },
        ];
        let both = follow(&steps);
        if both.count > 0 {
            asked.scale.add(scores, &both, APART, Adding { long: 2, ..Adding::default() });
        }
    }
    Ok(())
}

/// How far a word of the index is from a word that is still typed, at most; nothing when that
/// is too far.
fn unfinished(word: &[char], other: &[char]) -> Option<f64> {
    let cut = |long: usize| distance(word, &other[..long.min(other.len())], 1);
    let far = cut(word.len()).min(cut(word.len() + 1)) as f64 + 0.7;
    (far <= 1.7).then_some(far)
}

/// Words that differ by a letter or two.
fn mistyped(
    asked: &Asked<'_>,
    part: &Part,
    word: &str,
    scores: &mut Scores,
) -> Result<(), ReadError> {
    let letters: Vec<char> = word.chars().collect();
    let most = if letters.len() >= 8 { 2 } else { 1 };
    let count = if letters.len() >= 6 { 3 } else { 2 };
    let end: String = letters.iter().rev().take(count).collect();
    let mut words = known(asked, End::First, &first(word, count), 6)?;
    words.extend(known(asked, End::Last, &end, 6)?);
    let words: BTreeSet<String> = words.into_iter().collect();
    let mut near: Vec<(String, f64, bool)> = Vec::new();
    for other in words {
        let spelt: Vec<char> = other.chars().collect();
        if other == word || spelt.len() < 3 {
            continue;
        }
        let far = distance(&letters, &spelt, most);
        if far > most && part.last && letters.len() >= 5 && spelt.len() > letters.len() {
            if let Some(far) = unfinished(&letters, &spelt) {
                near.push((other, far, false));
            }
        } else if far <= most {
            near.push((other, far as f64, true));
        }
    }
    near.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| order(&a.0, &b.0)));
    near.truncate(12);
    let found = all(asked, near.iter().map(|(other, ..)| other))?;
    let least = near.first().map(|(_, far, _)| *far);
    let nearest = found.iter().zip(&near).filter(|(_, (_, far, _))| Some(*far) == least);
    let best = nearest.map(|(postings, _)| postings.count).max();
    for (postings, (other, far, finished)) in found.iter().zip(&near) {
        let likely = Some(*far) == least && Some(postings.count) == best;
        if likely && *finished {
            part.instead.get_or_init(|| other.clone());
        }
        let met = match (likely, *far <= 1.0) {
            (true, _) => LIKELY,
            (false, true) => MISTYPED,
            (false, false) => MISTYPED * 0.75,
        };
        asked.scale.add(scores, postings, met, Adding::default());
    }
    Ok(())
}

/// The guides that a word of a question finds; when `plain`, only the word itself.
pub(super) fn word(asked: &Asked<'_>, part: &Part, plain: bool) -> Result<Scores, ReadError> {
    let mut scores = Scores::default();
    let Part { pieces, wholes, .. } = part;
    let names = if pieces.len() == 1 { pieces } else { wholes };
    let exact = match names.first() {
        Some(name) => asked.tokens.get(name)?,
        None => asked.tokens.get(&pieces.concat())?,
    };
    let how = Adding { long: pieces.len(), ..Adding::default() };
    if exact.count > 0 {
        asked.scale.add(&mut scores, &exact, 1.0, how);
    }
    if pieces.len() > 1 {
        let postings = all(asked, pieces)?;
        let step = |(at, postings)| Step { postings, at };
        let row = follow(&postings.into_iter().enumerate().map(step).collect::<Vec<_>>());
        if row.count > 0 {
            let met = if names.is_empty() { 1.0 } else { APART };
            asked.scale.add(&mut scores, &row, met, how);
        }
    }
    let Some(name) = names.first().filter(|_| !plain) else { return Ok(scores) };
    let like = forms(asked, name, part.last, &mut scores, &exact)?;
    let long = length(name);
    if pieces.len() == 1 && long >= 5 && exact.count < 1 {
        apart(asked, name, &mut scores)?;
    }
    let lettered = name.contains(|c: char| !c.is_ascii_digit());
    if long >= 4 && lettered && exact.count == 0 && (scores.guides.len() < 3 || like == 0) {
        mistyped(asked, part, name, &mut scores)?;
    }
    Ok(scores)
}
