//! How much a guide is worth for a part of a question: BM25F over the fields of the index.
//!
//! In: postings. Out: scores by guide, with the places that made them. It knows no query.
//!
//! The formula is BM25F's (Robertson, Zaragoza, Taylor 2004): occurrences are weighed by
//! field, each against the usual length of that field, and only their sum is saturated.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::postings::{BODY, Entry, FIELDS, HEADING, Postings, TITLE};
use super::units::even;
use crate::search::index::First;

/// By field: title, heading, keyword, code, alternative text, body.
const WEIGHT: [f64; FIELDS] = [15.0, 3.2, 5.0, 0.3, 0.7, 1.0];
const NORM: [f64; FIELDS] = [0.3, 0.5, 0.0, 0.0, 0.0, 0.6];
/// Shorter fields than this share of the usual length gain nothing by it.
const SHORT: f64 = 0.5;
const K1: f64 = 2.0;

/// What a guide has for a part of a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    pub(super) score: f64,
    /// How well the part is met: 1 as asked, less for likenesses.
    pub(super) met: f64,
    /// How well the title meets it.
    pub(super) title: f64,
    /// Where, in title, headings and text: places that [`hit`] packs.
    pub(super) at: Vec<i64>,
}

const SPAN: i64 = 32;

/// A position, and how many positions are met there, in one number that sorts by position.
pub(super) fn hit(position: i64, long: usize) -> i64 {
    position * SPAN + i64::try_from(long).unwrap_or(SPAN).min(SPAN - 1)
}

/// The position of a place.
pub(super) fn position_of(packed: i64) -> i64 {
    packed.div_euclid(SPAN)
}

/// How many positions are met at a place.
pub(super) fn long_of(packed: i64) -> i64 {
    packed % SPAN
}

/// What guides have for a part of a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Scores {
    pub(super) guides: BTreeMap<u32, Found>,
    /// Whether others may have it too: of a common token only the guides where it weighs most
    /// are known.
    pub(super) partial: bool,
}

/// How postings are added to scores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Adding {
    /// How telling they are, where that is not told by their number.
    pub(super) rarity: Option<f64>,
    pub(super) factor: f64,
    /// How many positions one covers.
    pub(super) long: usize,
}

impl Default for Adding {
    fn default() -> Self {
        Self { rarity: None, factor: 1.0, long: 1 }
    }
}

/// The arithmetic of one index.
#[derive(Debug)]
pub(super) struct Scale {
    guides: f64,
    usual: [f64; FIELDS],
}

impl Scale {
    pub(super) fn new(head: &First) -> Self {
        let or_one = |length: f64| if length == 0.0 { 1.0 } else { length };
        let mut usual = [1.0; FIELDS];
        for (at, field) in [TITLE, HEADING, BODY].into_iter().enumerate() {
            usual[field] = or_one(head.average[at]);
        }
        Self { guides: f64::from(head.guides), usual }
    }

    /// How telling it is that something stands in `count` guides.
    pub(super) fn rarity(&self, count: u32) -> f64 {
        let count = f64::from(count);
        even((1.0 + (self.guides - count + 0.5) / (count + 0.5)).ln())
    }

    /// The weighed number of occurrences.
    fn weight(&self, entry: &Entry) -> f64 {
        let mut sum = 0.0;
        for field in 0..FIELDS {
            let Some(at) = &entry.at[field] else { continue };
            let b = NORM[field];
            let usual = self.usual[field];
            let length = if b == 0.0 {
                1.0
            } else {
                1.0 - b + b * SHORT.max(entry.long[field].unwrap_or(usual) / usual)
            };
            sum += (WEIGHT[field] * at.len() as f64) / length;
        }
        sum
    }

    /// Adds what `postings` are worth to `scores`; of several kinds of match the best one
    /// counts.
    pub(super) fn add(&self, scores: &mut Scores, postings: &Postings, met: f64, how: Adding) {
        let Adding { rarity, factor, long } = how;
        let rarity = rarity.unwrap_or_else(|| self.rarity(postings.count));
        if !is_whole(postings) {
            scores.partial = true;
        }
        for (guide, entry) in &postings.guides {
            let weight = self.weight(entry);
            let score = (factor * met * rarity * weight * (K1 + 1.0)) / (weight + K1);
            let mut at = places(entry, long);
            let title = if entry.at[TITLE].is_some() { met } else { 0.0 };
            let Some(known) = scores.guides.get_mut(guide) else {
                scores.guides.insert(*guide, Found { score, met, title, at });
                continue;
            };
            if score > known.score {
                std::mem::swap(&mut known.at, &mut at);
            }
            known.at.extend(at);
            known.score = known.score.max(score);
            known.met = known.met.max(met);
            known.title = known.title.max(title);
        }
    }
}

const MOST: usize = 60;

fn places(entry: &Entry, long: usize) -> Vec<i64> {
    let fields = entry.at.iter().flatten();
    fields.flat_map(|at| at.iter().take(MOST).map(|position| hit(*position, long))).collect()
}

/// A token of a row, and its distance from the first one.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) postings: Rc<Postings>,
    pub(super) at: usize,
}

/// Whether all guides of a token were loaded.
pub(super) fn is_whole(postings: &Postings) -> bool {
    postings.guides.len() >= postings.count as usize
}

/// The starts of a row in one field, told by those tokens whose places are known.
fn starts(steps: &[&Step], guide: u32, field: usize) -> Vec<i64> {
    let mut kept: Option<Vec<i64>> = None;
    for Step { postings, at } in steps {
        let Some(entry) = postings.guides.get(&guide) else { continue };
        let Some(here) = &entry.at[field] else { return Vec::new() };
        let at = i64::try_from(*at).unwrap_or(i64::MAX);
        let left = match kept {
            None => here.iter().map(|place| place - at).collect(),
            Some(kept) => {
                let set: BTreeSet<i64> = here.iter().copied().collect();
                kept.into_iter().filter(|start| set.contains(&(start + at))).collect::<Vec<_>>()
            }
        };
        if left.is_empty() {
            return left;
        }
        kept = Some(left);
    }
    kept.unwrap_or_default()
}

/// Where tokens follow each other at their distances, in one field. Of a common token only
/// the guides where it weighs most are loaded: in the others it is taken to be where the row
/// wants it, when half of the row is known, or two of its tokens wholly.
pub(super) fn follow(steps: &[Step]) -> Postings {
    let mut made = Postings::default();
    let whole: Vec<&Step> = steps.iter().filter(|step| is_whole(&step.postings)).collect();
    // The first of the least ones.
    let least = whole.iter().min_by_key(|step| step.postings.guides.len());
    let pool: Vec<&Step> = least.map_or_else(|| steps.iter().collect(), |least| vec![*least]);
    let guides: BTreeSet<u32> =
        pool.iter().flat_map(|step| step.postings.guides.keys().copied()).collect();
    for guide in guides {
        let has = |step: &&Step| step.postings.guides.contains_key(&guide);
        if !whole.iter().all(has) {
            continue;
        }
        let known: Vec<&Step> = steps.iter().filter(has).collect();
        if known.len() * 2 < steps.len() && whole.len() < 2 {
            continue;
        }
        let mut entry = Entry::default();
        for field in 0..FIELDS {
            let found = starts(&known, guide, field);
            if !found.is_empty() {
                entry.at[field] = Some(found);
            }
        }
        if entry.at.iter().any(Option::is_some) {
            let first = known.first().and_then(|step| step.postings.guides.get(&guide));
            entry.long = first.map_or_else(Default::default, |first| first.long);
            made.guides.insert(guide, Rc::new(entry));
        }
    }
    let found = counted(&made);
    made.count = if whole.is_empty() { estimated(steps, found) } else { found };
    made
}

/// In how many guides a row of common tokens stands, from how many of the loaded ones have it.
fn estimated(steps: &[Step], found: u32) -> u32 {
    let least = steps.iter().min_by_key(|step| step.postings.count);
    let Some(Step { postings, .. }) = least.filter(|_| found > 0) else { return 0 };
    let loaded = postings.guides.len() as f64;
    let all = (f64::from(found) * f64::from(postings.count) / loaded + 0.5).floor();
    postings.count.min(found.max(all as u32))
}

fn counted(postings: &Postings) -> u32 {
    u32::try_from(postings.guides.len()).unwrap_or(u32::MAX)
}

/// Postings of any of several tokens.
pub(super) fn either(all: &[Rc<Postings>]) -> Rc<Postings> {
    if let [only] = all {
        return Rc::clone(only);
    }
    let mut made = Postings::default();
    for postings in all {
        for (guide, entry) in &postings.guides {
            let both = match made.guides.get(guide) {
                None => Rc::clone(entry),
                Some(known) => Rc::new(merged(known, entry)),
            };
            made.guides.insert(*guide, both);
        }
    }
    let counts = all.iter().map(|postings| postings.count);
    made.count = counts.fold(counted(&made), u32::max);
    Rc::new(made)
}

fn merged(a: &Entry, b: &Entry) -> Entry {
    let mut made = Entry::default();
    for field in 0..FIELDS {
        let both: BTreeSet<i64> =
            [&a.at[field], &b.at[field]].into_iter().flatten().flatten().copied().collect();
        if !both.is_empty() {
            made.at[field] = Some(both.into_iter().collect());
        }
    }
    // The one of which more lengths are told.
    let told = |entry: &Entry| entry.long.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    made.long = if told(a) >= told(b) { a.long } else { b.long };
    made
}
