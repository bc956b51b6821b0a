//! The order of guides for a question: all parts wanted, near each other, in a row at best.
//!
//! In: a question and an index. Out: guides with scores and places, best first, and what none
//! has.

use std::collections::BTreeMap;

use super::pairs::{Placed, cover_of, pairs, pairs_of};
use super::postings::Postings;
use super::question::{Kind, Part, Question, question};
use super::synonyms::{Instead, synonyms};
use super::units::{even, slice};
use super::weigh::{Adding, Found, Scores, Step, follow, is_whole, position_of};
use super::words::{Asked, word};
use crate::search::ReadError;

/// How much another word of a table counts, and how well it meets what was asked.
const SYNONYM: f64 = 0.7;
const MEANT: f64 = 0.9;
/// What it is worth to have all parts, and how strongly guides are measured by how many they have.
const COMPLETE: f64 = 1.2;
const ALL: f64 = 1.5;
/// What it is worth that neighbouring parts stand near each other, and how near that is.
const NEAR: f64 = 1.5;
const REACH: f64 = 40.0;
/// What it is worth that a stretch, or the whole question, stands in a row.
const ROW: f64 = 0.8;
const MUCH: f64 = 10.0;
/// From how much said in a row the kana between are compared too.
const LONG: f64 = 3.0;
/// How many further tiers of a common token are loaded at most.
const TIERS: usize = 1;
/// How much is said by a sentence.
const SENTENCE: f64 = 9.0;
/// How much two words written as one count.
const JOINED: f64 = 0.95;
const WHOLE: f64 = 0.5;

/// How far a part is taken to be met by a guide of which that is not known.
const UNKNOWN: f64 = 0.5;

/// What it is worth that the title has all.
const ENTITLED: f64 = 3.0;

/// A guide that answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    pub(super) guide: u32,
    pub(super) score: f64,
    /// By part of the question: where it stands, if it does; places that `hit` packs.
    pub(super) at: Vec<Vec<i64>>,
    /// The parts that it surely does not have.
    pub(super) lacks: Vec<usize>,
    /// Whether its title has all.
    pub(super) entitled: bool,
}

/// The guides that answer a question.
#[derive(Debug)]
pub(super) struct Ranking {
    pub(super) question: Question,
    pub(super) guides: Vec<Ranked>,
    /// The question with its likely mistakes set right, when there are any.
    pub(super) instead: Option<String>,
}

/// How closely a row is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// What is telling.
    Telling,
    /// Also where its parts meet.
    Meetings,
    /// Every pair of it.
    Whole,
}

/// The pair where two parts meet: it is often rare where both parts are common.
fn meeting(part: &Part, next: Option<&Part>) -> Option<Placed> {
    let next = next.filter(|next| {
        part.kind == Kind::Pairs
            && next.kind == Kind::Pairs
            && part.to == next.from
            && part.pieces.len() == part.long
    })?;
    let token = format!("{}{}", part.pieces.last()?, next.pieces.first()?);
    Some(Placed { token, at: part.long - 1 })
}

/// The tokens of parts in a row, with their distances.
fn row_of(parts: &[Part], close: Closeness) -> Vec<Placed> {
    let start = parts.first().map_or(0, |part| part.at);
    let placed = |(i, part): (usize, &Part)| -> Vec<Placed> {
        let close_enough = close >= Closeness::Meetings;
        let meets = if close_enough { meeting(part, parts.get(i + 1)) } else { None };
        let word = |(at, token): (usize, &String)| Placed { token: token.clone(), at };
        let own = match part.kind {
            _ if part.soft && close < Closeness::Whole => Vec::new(),
            Kind::Word => return part.pieces.iter().enumerate().map(word).collect(),
            Kind::Pairs if close == Closeness::Whole => pairs_of(&part.pieces),
            Kind::Pairs => cover_of(&part.pieces),
        };
        own.into_iter().chain(meets).collect()
    };
    let mut row = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let placed = placed((i, part)).into_iter();
        row.extend(placed.map(|Placed { token, at }| Placed { token, at: part.at - start + at }));
    }
    row
}

/// A token of a row with what the index has of it.
#[derive(Debug, Clone)]
struct Looked {
    token: String,
    step: Step,
}

fn followed(looked: &[Looked]) -> Postings {
    follow(&looked.iter().map(|one| one.step.clone()).collect::<Vec<_>>())
}

/// The same steps with more of the two least common tokens that are not wholly known.
fn deepened(asked: &Asked<'_>, mut steps: Vec<Looked>) -> Result<Vec<Looked>, ReadError> {
    let mut common: Vec<usize> =
        (0..steps.len()).filter(|at| !is_whole(&steps[*at].step.postings)).collect();
    common.sort_by_key(|at| (steps[*at].step.postings.count, steps[*at].step.at));
    for at in common.into_iter().take(2) {
        steps[at].step.postings = asked.tokens.more(&steps[at].token, TIERS)?;
    }
    Ok(steps)
}

fn in_row(asked: &Asked<'_>, parts: &[Part]) -> Result<Postings, ReadError> {
    let look = |placed: Vec<Placed>| -> Result<Vec<Looked>, ReadError> {
        let looked = |Placed { token, at }| {
            let step = Step { postings: asked.tokens.get(&token)?, at };
            Ok(Looked { token, step })
        };
        placed.into_iter().map(looked).collect()
    };
    let wholly = |one: &Looked| is_whole(&one.step.postings);
    let mut steps = Vec::new();
    for close in [Closeness::Telling, Closeness::Meetings, Closeness::Whole] {
        steps = look(row_of(parts, close))?;
        let row = followed(&steps);
        let sure = match close {
            Closeness::Telling => steps.iter().all(wholly),
            Closeness::Meetings | Closeness::Whole => steps.iter().any(wholly),
        };
        // Few words say little in a row; and once wholly known tokens leave one guide or
        // none, that is it.
        if told(parts) < LONG || (row.count <= 1 && sure) {
            return Ok(row);
        }
    }
    Ok(followed(&deepened(asked, steps)?))
}

/// What a stretch of parts finds besides them, and how much that is worth to each.
#[derive(Debug)]
struct Besides {
    from: usize,
    to: usize,
    scores: Scores,
    worth: f64,
    met: f64,
}

/// `foot notes` for `footnotes`: two words that the index has as one.
fn joined(asked: &Asked<'_>, parts: &[Part]) -> Result<Vec<Besides>, ReadError> {
    let simple =
        |part: &Part| part.kind == Kind::Word && part.pieces.len() == 1 && part.weight == 1.0;
    let mut found = Vec::new();
    for (from, both) in parts.windows(2).enumerate() {
        if !both.iter().all(simple) {
            continue;
        }
        let mut scores = Scores::default();
        let word = format!("{}{}", both[0].pieces[0], both[1].pieces[0]);
        asked.scale.add(&mut scores, &*asked.tokens.get(&word)?, JOINED, Adding::default());
        found.push(Besides { from, to: from + 2, scores, worth: 1.0, met: 1.0 });
    }
    Ok(found)
}

fn nearness(a: &[i64], b: &[i64]) -> f64 {
    let mut best = REACH;
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (here, there) = (position_of(a[i]), position_of(b[j]));
        best = best.min((here - there).abs() as f64);
        if here < there {
            i += 1;
        } else {
            j += 1;
        }
    }
    1.0 - best / REACH
}

fn find(asked: &Asked<'_>, part: &Part) -> Result<Scores, ReadError> {
    match part.kind {
        _ if part.soft => Ok(Scores::default()),
        Kind::Word => word(asked, part, false),
        Kind::Pairs => pairs(asked, part, false),
    }
}

/// Guides that have another word of a table.
fn other(asked: &Asked<'_>, text: &str) -> Result<Scores, ReadError> {
    let Question { mut parts, .. } = question(text);
    if let [only] = &mut parts[..] {
        only.last = false;
        return match only.kind {
            Kind::Word => word(asked, only, true),
            Kind::Pairs => pairs(asked, only, true),
        };
    }
    let mut scores = Scores::default();
    let row = in_row(asked, &parts)?;
    if row.count > 0 {
        let long = parts.iter().map(|part| part.long).sum();
        asked.scale.add(&mut scores, &row, 1.0, Adding { long, ..Adding::default() });
    }
    Ok(scores)
}

/// What synonyms find.
fn replaced(asked: &Asked<'_>, parts: &[Part]) -> Result<Vec<Besides>, ReadError> {
    let mut found = Vec::new();
    // A long sentence is looked for as it is.
    if told(parts) >= SENTENCE {
        return Ok(found);
    }
    for Instead { from, to, words } in synonyms(&asked.tokens.store, parts)? {
        let worth = SYNONYM / ((to - from) as f64).sqrt();
        for text in &words {
            let scores = other(asked, text)?;
            found.push(Besides { from, to, scores, worth, met: MEANT });
        }
    }
    Ok(found)
}

/// Adds to a part what stands for it.
fn better(scores: &mut Scores, besides: &Besides) {
    let Besides { scores: more, worth, met: likely, .. } = besides;
    for (guide, Found { score, met, title, at }) in &more.guides {
        let (score, met, title) = (score * worth, met * likely, title * likely);
        match scores.guides.get_mut(guide) {
            None => {
                scores.guides.insert(*guide, Found { score, met, title, at: at.clone() });
            }
            Some(known) => {
                known.at.extend(at);
                known.score = known.score.max(score);
                known.met = known.met.max(met);
                known.title = known.title.max(title);
            }
        }
    }
}

/// What it is worth that stretches of the question, and the whole of it, stand in a row.
fn rows(asked: &Asked<'_>, Question { parts, stretches }: &Question) -> Result<Scores, ReadError> {
    let several = stretches.iter().map(|one| &parts[one.from..one.to]);
    let mut wanted: Vec<(&[Part], f64)> =
        several.filter(|range| range.len() > 1).map(|range| (range, ROW)).collect();
    if parts.len() > 1 {
        wanted.push((parts, WHOLE));
    }
    let mut scores = Scores::default();
    for (range, worth) in wanted {
        let row = in_row(asked, range)?;
        asked.scale.add(&mut scores, &row, worth * told(range), Adding::default());
    }
    Ok(scores)
}

/// Asks an index.
pub(super) fn rank(asked: &Asked<'_>, typed: &str) -> Result<Ranking, ReadError> {
    let asking = question(typed);
    let parts = &asking.parts[..];
    let mut found: Vec<Scores> =
        parts.iter().map(|part| find(asked, part)).collect::<Result<_, _>>()?;
    let bonus = rows(asked, &asking)?;
    let besides = replaced(asked, parts)?.into_iter().chain(joined(asked, parts)?);
    for one in besides {
        for part in &mut found[one.from..one.to] {
            better(part, &one);
        }
    }
    let guides = combined(parts, found, &bonus);
    let instead = corrected(typed, parts);
    Ok(Ranking { question: asking, guides, instead })
}

/// The question with the words that it likely means; nothing when it has no mistake.
fn corrected(typed: &str, parts: &[Part]) -> Option<String> {
    let mut made = typed.to_owned();
    for part in parts.iter().rev() {
        if let Some(instead) = part.instead.get() {
            let (before, after) = (slice(&made, 0, part.from), slice(&made, part.to, usize::MAX));
            made = format!("{before}{instead}{after}");
        }
    }
    (made != typed).then_some(made)
}

/// How much is said by parts in a row: words count whole, characters half.
fn told(parts: &[Part]) -> f64 {
    let long = |part: &Part| match part.kind {
        Kind::Word => part.long as f64,
        Kind::Pairs => part.long as f64 / 2.0,
    };
    parts.iter().fold(-1.0, |sum, part| sum + long(part)).min(MUCH)
}

/// What a guide has of all parts.
#[derive(Debug, Default)]
struct Sum {
    sum: f64,
    met: f64,
    title: f64,
}

/// The guides that have some of the parts, best first.
fn combined(parts: &[Part], mut found: Vec<Scores>, bonus: &Scores) -> Vec<Ranked> {
    let weight = |part: &Part| if part.soft { 0.0 } else { part.weight };
    let whole = parts.iter().fold(0.0, |sum, part| sum + weight(part));
    let mut guides: BTreeMap<u32, Sum> = BTreeMap::new();
    for (scores, Part { weight, .. }) in found.iter().zip(parts) {
        for (guide, Found { score, met, title, .. }) in &scores.guides {
            let known = guides.entry(*guide).or_default();
            known.sum += weight * score;
            known.met += weight * if *met > 0.4 { 1.0 } else { met * 2.0 };
            known.title += weight * title;
        }
    }
    // Of common words alone a guide may have nothing that was loaded but the row.
    for guide in bonus.guides.keys() {
        guides.entry(*guide).or_default();
    }
    let mut ranked = Vec::new();
    for (guide, Sum { sum, met: sure, title }) in guides {
        let unknown = |all: f64, (scores, part): (&Scores, &Part)| {
            let open = scores.partial && !scores.guides.contains_key(&guide);
            all + if open { UNKNOWN * part.weight } else { 0.0 }
        };
        let met = found.iter().zip(parts).fold(sure, unknown);
        let row = bonus.guides.get(&guide);
        let own = |scores: &mut Scores| {
            let found = scores.guides.get_mut(&guide);
            let own = found.map(|found| std::mem::take(&mut found.at));
            let mut at = own.or_else(|| Some(row?.at.clone())).unwrap_or_default();
            at.sort_unstable();
            at
        };
        let at: Vec<Vec<i64>> = found.iter_mut().map(own).collect();
        let extra = row.map_or(0.0, |found| found.score);
        let lacking = |i: &usize| at[*i].is_empty() && !parts[*i].soft && !found[*i].partial;
        let lacks: Vec<usize> = (0..parts.len()).filter(lacking).collect();
        let complete = if lacks.is_empty() { COMPLETE } else { 1.0 };
        let mut score = complete
            * sum
            * even((met / whole).powf(ALL))
            * (1.0 + ENTITLED * even((title / whole).powf(2.0)))
            + extra;
        for i in 1..at.len() {
            score += NEAR * nearness(&at[i - 1], &at[i]) * parts[i].weight.min(parts[i - 1].weight);
        }
        ranked.push(Ranked { guide, score, at, lacks, entitled: title >= whole * 0.9 });
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.guide.cmp(&b.guide)));
    ranked
}
