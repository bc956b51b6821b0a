//! Which guides hold a token, and where: how that is written and read.
//!
//! A *posting* is a token's places in one guide. A *list* is the postings of a token, cut
//! into *tiers*: the first holds the guides that are most about it, so that a common word
//! costs a query no more than a rare one.

mod collector;

use super::numbers;

pub(super) use collector::{Extent, Name, Worker};

/// How many places of a token in the body of a guide are kept.
pub(super) const MOST_BODY: usize = 60;
/// How many in each other field.
pub(super) const MOST_OTHER: usize = 20;
/// How long lists of places may be.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// A list of at most so many bytes is not cut.
    whole: usize,
    /// How many bytes the first tiers hold.
    tiers: [usize; 2],
    /// How many each later one holds.
    later: usize,
}

/// Of many guides fewer are in the first tier: a question loads many first tiers.
const fn room(guides: usize) -> Room {
    match guides {
        0..5_000 => Room { whole: 4_000, tiers: [3_000, 6_000], later: 12_000 },
        _ => Room { whole: 2_600, tiers: [2_000, 6_000], later: 16_000 },
    }
}

/// The digits of tiers after the first.
const DIGITS: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyz";

/// The fields that a posting names by bits, body left out: title, heading, keyword, code, alt.
pub(super) const MARKED: usize = 5;
pub(super) const TITLE: usize = 0;
pub(super) const HEADING: usize = 1;
pub(super) const KEYWORD: usize = 2;
pub(super) const CODE: usize = 3;
pub(super) const ALT: usize = 4;
/// The place of the body where all six fields are counted.
pub(super) const BODY: usize = 5;

/// The places of a token in one guide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posting {
    /// The number of the guide.
    pub doc: u32,
    /// Places in the text.
    pub body: Vec<u32>,
    /// The class of the text's length; 0 where `body` is empty.
    pub body_class: u32,
    /// Places in the title, the headings, the keywords, code and text alternatives.
    pub others: [Vec<u32>; MARKED],
    /// The length of the title in positions; 0 where it does not hold the token.
    pub title_length: u32,
    /// The class of all headings' length; 0 where none holds the token.
    pub heading_class: u32,
}

/// How long the fields of a guide are, in positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lengths {
    /// Title, heading, keyword, code, alt, body.
    pub(super) fields: [u32; 6],
}

/// The class of a length: twice its logarithm, rounded.
///
/// `round(2 · log2(1 + length))`, without floating point, which machines round differently.
pub(super) fn length_class(length: u32) -> u32 {
    (u128::from(length) + 1).pow(4).ilog2().div_ceil(2)
}

/// What postings say of a guide's lengths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    title: u32,
    heading_class: u32,
    body_class: u32,
}

impl Shape {
    /// Of these lengths.
    pub(super) fn of(lengths: &Lengths) -> Self {
        Self {
            title: lengths.fields[TITLE],
            heading_class: length_class(lengths.fields[HEADING]),
            body_class: length_class(lengths.fields[BODY]),
        }
    }
}

/// A position and its field in one number.
#[inline]
pub(super) fn packed(field: u32, at: u32) -> u32 {
    at << 3 | field
}

/// Writes a posting without its guide; `places` are those of one token in ascending order,
/// each [`packed`].
#[inline]
pub(super) fn write(out: &mut Vec<u8>, places: &[u32], shape: &Shape) {
    let field = |packed: u32| (packed & 7) as usize;
    if places.iter().all(|packed| field(*packed) == BODY) {
        let count = places.len().min(MOST_BODY);
        numbers::put(out, small(count) * 2);
        numbers::put(out, shape.body_class);
        deltas(out, places, BODY, count);
        return;
    }
    let mut counts = [0usize; 8];
    places.iter().for_each(|packed| counts[field(*packed)] += 1);
    let body = counts[BODY].min(MOST_BODY);
    numbers::put(out, small(body) * 2 + 1);
    if body > 0 {
        numbers::put(out, shape.body_class);
        deltas(out, places, BODY, body);
    }
    let mask = (0..MARKED).filter(|field| counts[*field] > 0).fold(0, |mask, at| mask | 1 << at);
    numbers::put(out, mask);
    for field in (0..MARKED).filter(|field| counts[*field] > 0) {
        match field {
            TITLE => numbers::put(out, shape.title),
            HEADING => numbers::put(out, shape.heading_class),
            _ => {}
        }
        let count = counts[field].min(MOST_OTHER);
        numbers::put(out, small(count));
        deltas(out, places, field, count);
    }
}

#[inline]
fn deltas(out: &mut Vec<u8>, places: &[u32], field: usize, count: usize) {
    let mut last = 0;
    for packed in places.iter().filter(|packed| (**packed & 7) as usize == field).take(count) {
        numbers::put(out, (packed >> 3) - last);
        last = packed >> 3;
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).expect("counts are capped")
}

/// Reads a posting behind its guide's number.
fn read(doc: u32, rest: &mut &[u8]) -> Option<Posting> {
    let mut posting = Posting { doc, ..Posting::default() };
    let head = numbers::take(rest)?;
    if head > 1 {
        posting.body_class = numbers::take(rest)?;
        posting.body = places(rest, head / 2)?;
    }
    if head % 2 == 0 {
        return Some(posting);
    }
    let mask = numbers::take(rest)?;
    for field in (0..MARKED).filter(|field| mask & 1 << field != 0) {
        match field {
            TITLE => posting.title_length = numbers::take(rest)?,
            HEADING => posting.heading_class = numbers::take(rest)?,
            _ => {}
        }
        let count = numbers::take(rest)?;
        posting.others[field] = places(rest, count)?;
    }
    Some(posting)
}

/// Which fields besides the body a posting has, by bits.
pub(super) fn mask(posting: &[u8]) -> u32 {
    let mut rest = posting;
    let mut next = || numbers::take(&mut rest).expect("postings are written above");
    let head = next();
    // The class of the length stands before the places.
    let body = if head > 1 { head / 2 + 1 } else { 0 };
    (0..body).for_each(|_| _ = next());
    if head % 2 == 0 { 0 } else { next() }
}

fn places(rest: &mut &[u8], count: u32) -> Option<Vec<u32>> {
    let mut at = 0u32;
    let mut next = || {
        at = at.checked_add(numbers::take(rest)?)?;
        Some(at)
    };
    (0..count).map(|_| next()).collect()
}

/// Reads a tier; the first begins with the number of all guides, which is given too.
pub fn decoded(tier: &str, first: bool) -> Option<(u32, Vec<Posting>)> {
    let mut rest = tier.as_bytes();
    let all = if first { numbers::take(&mut rest)? } else { 0 };
    let mut doc = 0u32;
    let mut found = Vec::new();
    while !rest.is_empty() {
        doc = doc.checked_add(numbers::take(&mut rest)?)?;
        found.push(read(doc, &mut rest)?);
    }
    Some((all, found))
}

/// What ranking needs to know of all guides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Averages {
    /// How many there are.
    pub(super) guides: usize,
    /// Title, heading, keyword, code, alt, body.
    pub(super) fields: [f64; 6],
}

/// How much a guide is about a token.
fn impact(posting: &[u8], lengths: &Lengths, averages: &Averages) -> f64 {
    const WEIGHTS: [f64; 6] = [15.0, 3.2, 5.0, 0.3, 0.7, 1.0];
    const NORMS: [f64; 6] = [0.3, 0.5, 0.0, 0.0, 0.0, 0.6];
    let read = read(0, &mut &*posting).expect("postings are written above");
    let mut sum = 0.0;
    for field in 0..6 {
        let count = if field == BODY { read.body.len() } else { read.others[field].len() };
        let average = averages.fields[field];
        let share = if average > 0.0 { f64::from(lengths.fields[field]) / average } else { 1.0 };
        let norm = 1.0 - NORMS[field] + NORMS[field] * share;
        sum += WEIGHTS[field] * f64::from(small(count)) / norm;
    }
    sum
}

/// A list of postings as its tiers: `postings` by guide, ascending.
pub(super) fn tiers<'a>(
    postings: &[(u32, &[u8])],
    lengths: impl Fn(u32) -> &'a Lengths,
    averages: &Averages,
) -> Vec<String> {
    let room = room(averages.guides);
    let bytes: usize = postings.iter().map(|(_, posting)| posting.len() + 1).sum();
    if bytes <= room.whole {
        let whole = tier(postings, Some(postings.len()));
        if whole.len() <= room.whole {
            return vec![whole];
        }
    }
    let mut ranked: Vec<(f64, usize)> = postings
        .iter()
        .enumerate()
        .map(|(at, (doc, posting))| (impact(posting, lengths(*doc), averages), at))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut rest = &ranked[..];
    let mut found = Vec::new();
    while !rest.is_empty() {
        let count = filled(rest, postings, found.len(), room);
        let mut own: Vec<usize> = rest[..count].iter().map(|(_, at)| *at).collect();
        own.sort_unstable();
        let own: Vec<(u32, &[u8])> = own.into_iter().map(|at| postings[at]).collect();
        found.push(tier(&own, found.is_empty().then_some(postings.len())));
        rest = &rest[count..];
    }
    found
}

/// How many of the ranked postings tier `index` holds; the last one holds all.
fn filled(ranked: &[(f64, usize)], postings: &[(u32, &[u8])], index: usize, room: Room) -> usize {
    if index == DIGITS.len() {
        return ranked.len();
    }
    let room = room.tiers.get(index).copied().unwrap_or(room.later);
    let mut bytes = 0;
    let fits = ranked.iter().take_while(|(_, at)| {
        // A guide's number takes two symbols where guides are far apart.
        bytes += postings[*at].1.len() + 2;
        bytes <= room
    });
    fits.count().max(1)
}

fn tier(postings: &[(u32, &[u8])], all: Option<usize>) -> String {
    let bytes: usize = postings.iter().map(|(_, posting)| posting.len() + 2).sum();
    let mut out = Vec::with_capacity(bytes + 4);
    if let Some(all) = all {
        numbers::put(&mut out, u32::try_from(all).expect("guides are counted in 32 bits"));
    }
    let mut last = 0;
    for (doc, posting) in postings {
        numbers::put(&mut out, doc - last);
        out.extend_from_slice(posting);
        last = *doc;
    }
    String::from_utf8(out).expect("numbers are written in ASCII")
}

/// The key of a tier of a token; tier 0 is the token's own.
pub fn tier_key(token: &str, tier: usize) -> String {
    match tier.checked_sub(1).and_then(|at| DIGITS.get(at)) {
        Some(digit) => format!("t{token}\u{1}{}", char::from(*digit)),
        None => format!("t{token}"),
    }
}

#[cfg(test)]
mod tests;
