//! A question answered: guides in order, their sections, excerpts, and what else could be
//! asked.
//!
//! In: an index and a question. Out: what a search shows. It touches no disk.

use std::collections::BTreeSet;
use std::rc::Rc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::postings::Tokens;
use super::question::Question;
use super::rank::{Ranked, Ranking, rank};
use super::sections::{
    Answering, Fragment, HEADINGS, Piece, Start, Texts, answering, excerpt, starts_of,
};
use super::store::{Load, Read, Store, is_name, name_at};
use super::weigh::Scale;
use super::words::Asked;
use crate::search::ReadError;
use crate::search::index::{BLOCK, block_key};
use crate::search::numbers;

/// How many tiers a token may have.
const TIERS: usize = 35;
/// How many guides are shown, and how many sections of the first ones besides their best.
const GUIDES: usize = 10;
const FURTHER: [usize; 3] = [2, 1, 1];
/// How much less than the best section of a guide a further one may be worth.
const WORTH: f64 = 0.6;
/// More leaves than the names of sections or tags fill.
const LEAVES: usize = 1 << 20;

/// What `encodeURIComponent` changes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

type Fallible<T> = std::result::Result<T, ReadError>;

/// A section that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    /// The title of its guide.
    pub title: String,
    /// Its address from the published root, encoded, with its anchor.
    pub href: String,
    /// The title of the section of the site that the guide is in; empty where it is in none.
    pub section: String,
    /// Its heading; empty for what precedes all headings.
    pub heading: String,
    /// The language of the guide, if it is not that of the index; else empty.
    pub lang: String,
    /// The tags of the guide.
    pub tags: Vec<String>,
    /// A piece of its text.
    pub excerpt: Vec<Piece>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// How many guides answer, and further sections of the first ones.
    pub total: usize,
    /// Sections in order, those of a guide together.
    pub results: Vec<Result>,
    /// The words that the best guide does not have.
    pub missing: Vec<String>,
    /// Questions that may be meant.
    pub near: Vec<String>,
}

/// What the answers are narrowed to, and how many are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The path of a section of the site, as [`Index::sections`] gives it.
    pub section: Option<String>,
    /// The title of a tag, as [`Index::tags`] gives it.
    pub tag: Option<String>,
    /// At most so many results; all without it.
    pub limit: Option<usize>,
}

/// An opened index.
pub struct Index<'a> {
    asked: Asked<'a>,
}

impl std::fmt::Debug for Index<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("read", &self.read()).finish_non_exhaustive()
    }
}

impl<'a> Index<'a> {
    /// Opens an index; `load` gives the text of a file by its name without `.js`.
    ///
    /// # Errors
    /// When its first file is missing, damaged or of another version.
    pub fn open(load: Load<'a>) -> Fallible<Self> {
        let store = Store::open(load)?;
        let scale = Scale::new(&store.head);
        Ok(Self { asked: Asked { tokens: Tokens::new(store), scale } })
    }

    fn store(&self) -> &Store<'a> {
        &self.asked.tokens.store
    }

    /// How many guides it has.
    pub fn guides(&self) -> u32 {
        self.store().head.guides
    }

    /// What was read of it so far.
    pub fn read(&self) -> Read {
        self.store().read()
    }

    /// The paths of the sections that answers can be narrowed to: addresses from the published
    /// root, encoded.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn sections(&self) -> Fallible<Vec<String>> {
        self.filters("fs")
    }

    /// The titles of the tags that answers can be narrowed to.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn tags(&self) -> Fallible<Vec<String>> {
        self.filters("ft")
    }

    fn filters(&self, kind: &str) -> Fallible<Vec<String>> {
        let entries = self.store().range(kind, LEAVES)?.into_iter();
        Ok(entries.map(|(key, _)| key[kind.len()..].to_owned()).collect())
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub fn answer(&self, typed: &str, wanted: &Wanted) -> Fallible<Answer> {
        let only = self.filter(wanted)?;
        self.asked.tokens.deepen(if only.is_some() { TIERS } else { 0 });
        let ranking = rank(&self.asked, typed)?;
        self.shown(&ranking, only.as_ref(), wanted.limit)
    }

    /// The guides of a section and with a tag, when they are asked for.
    fn filter(&self, wanted: &Wanted) -> Fallible<Option<BTreeSet<u32>>> {
        let given = |text: &&String| !text.is_empty();
        let section = wanted.section.as_ref().filter(given).map(|path| format!("fs{path}"));
        let tag = wanted.tag.as_ref().filter(given).map(|title| format!("ft{title}"));
        let mut only: Option<BTreeSet<u32>> = None;
        for key in section.into_iter().chain(tag) {
            let value = self.store().get(&key)?.unwrap_or_default();
            let guides = all_rising(&value).ok_or_else(|| self.store().broken(&key))?;
            only = Some(match only {
                None => guides,
                Some(known) => known.intersection(&guides).copied().collect(),
            });
        }
        Ok(only)
    }

    fn shown(
        &self,
        ranking: &Ranking,
        only: Option<&BTreeSet<u32>>,
        limit: Option<usize>,
    ) -> Fallible<Answer> {
        let inside = |one: &&Ranked| only.is_none_or(|only| only.contains(&one.guide));
        let guides: Vec<&Ranked> = ranking.guides.iter().filter(inside).collect();
        let limit = limit.unwrap_or(usize::MAX);
        let first = limit.min(GUIDES.max(limit.saturating_sub(FURTHER.len())));
        let mut rows = Vec::new();
        for (at, one) in guides.iter().take(first).enumerate() {
            let further = FURTHER.get(at).copied().unwrap_or(0);
            rows.push(self.best(one, &ranking.question, further)?);
        }
        let total = guides.len() + rows.iter().map(|row| row.len() - 1).sum::<usize>();
        let mut results = Vec::new();
        for (mut result, later) in rows.into_iter().flatten().take(limit) {
            result.excerpt = self.excerpt(&later)?;
            results.push(result);
        }
        let (missing, near) = told(ranking, &guides);
        Ok(Answer { total, results, missing, near })
    }

    /// The fragment of a guide, and the name of its file.
    fn fragment(&self, guide: u32) -> Fallible<(String, Fragment)> {
        let (block, place) = (guide as usize / BLOCK, guide as usize % BLOCK);
        let key = block_key(block);
        let names = self.store().get(&key)?.unwrap_or_default();
        let name = name_at(&names, place).ok_or_else(|| self.store().broken(&key))?;
        Ok((name.to_owned(), self.store().load(name)?))
    }

    /// The best section of a guide, and up to `further` others.
    fn best(
        &self,
        one: &Ranked,
        question: &Question,
        further: usize,
    ) -> Fallible<Vec<(Result, Later)>> {
        let (name, fragment) = self.fragment(one.guide)?;
        let own = Rc::new((name, fragment));
        let (name, fragment) = &*own;
        let weights: Vec<f64> =
            question.parts.iter().map(|part| if part.soft { 0.0 } else { part.weight }).collect();
        let starts = starts_of(fragment).ok_or_else(|| ReadError::Broken(name.clone()))?;
        let all = answering(&starts, &one.at, &weights);
        let top = top(&all, one.entitled, weights.len());
        let rest = all
            .iter()
            .filter(|other| other.section != top.section && other.score >= WORTH * top.score);
        let all = std::iter::once(&top).chain(rest.take(further));
        all.map(|section| self.result(&own, &starts, section)).collect()
    }

    /// The heading and the anchor of a section.
    fn heading(
        &self,
        own: &str,
        fragment: &Fragment,
        section: usize,
    ) -> Fallible<(String, String)> {
        let broken = || ReadError::Broken(own.to_owned());
        let (all, at) = match (&fragment.h, &fragment.b) {
            (Some(all), _) => (all.clone(), section),
            (None, names) => {
                let names = names.as_deref().unwrap_or_default();
                let name = name_at(names, section / HEADINGS).ok_or_else(broken)?;
                (self.store().load::<Vec<String>>(name)?, section % HEADINGS)
            }
        };
        let text = |at: usize| all.get(at).cloned().unwrap_or_default();
        Ok((text(2 * at), text(2 * at + 1)))
    }

    fn result(
        &self,
        own: &Rc<(String, Fragment)>,
        starts: &[Start],
        answering: &Answering,
    ) -> Fallible<(Result, Later)> {
        let (name, fragment) = &**own;
        let Answering { section, hits, .. } = answering;
        let (heading, anchor) = self.heading(name, fragment, *section)?;
        let start = starts.get(*section).map_or(0, |start| start.at);
        let mut href = fragment.u.clone();
        if !anchor.is_empty() {
            href.extend(["#", &utf8_percent_encode(&anchor, COMPONENT).to_string()]);
        }
        let made = Result {
            title: fragment.t.clone(),
            href,
            section: fragment.s.clone(),
            heading,
            lang: fragment.l.clone().unwrap_or_default(),
            tags: fragment.g.clone(),
            excerpt: Vec::new(),
        };
        let own = Rc::clone(own);
        Ok((made, Later { own, section: *section, start, hits: hits.clone() }))
    }

    fn excerpt(&self, later: &Later) -> Fallible<Vec<Piece>> {
        let Later { own, section, start, hits } = later;
        let (own, fragment) = &**own;
        let made = |name: &str, texts: Option<&Texts>| {
            let pieces =
                texts.map_or_else(|| Some(Vec::new()), |texts| excerpt(texts, *start, hits));
            pieces.ok_or_else(|| ReadError::Broken(name.to_owned()))
        };
        if let Some(texts) = &fragment.x {
            return made(own, texts.get(*section));
        }
        let holds = |(_, first, count): &&(String, usize, usize)| {
            section.checked_sub(*first).is_some_and(|at| at < *count)
        };
        let Some((name, first, _)) = fragment.p.iter().flatten().find(holds) else {
            return Ok(Vec::new());
        };
        if !is_name(name) {
            return Err(ReadError::Broken(own.to_owned()));
        }
        let texts: Vec<Texts> = self.store().load(name)?;
        made(name, texts.get(section - first))
    }
}

/// What the excerpt of a result is made of.
struct Later {
    /// The name of the guide's file, and what it holds.
    own: Rc<(String, Fragment)>,
    section: usize,
    start: i64,
    hits: Vec<i64>,
}

/// The section that stands for a guide: its beginning, when the title says all and no other is
/// far ahead.
fn top(all: &[Answering], entitled: bool, parts: usize) -> Answering {
    match all {
        [] => Answering::default(),
        [best, others @ ..] if entitled && best.score < (others.len() + parts) as f64 => {
            let hits = if best.section == 0 { best.hits.clone() } else { Vec::new() };
            Answering { section: 0, score: best.score, hits }
        }
        [best, ..] => best.clone(),
    }
}

/// Ascending numbers, written as their differences.
fn all_rising(value: &str) -> Option<BTreeSet<u32>> {
    let mut rest = value.as_bytes();
    let mut found = BTreeSet::new();
    let mut last = 0u32;
    while !rest.is_empty() {
        last = last.checked_add(numbers::take(&mut rest)?)?;
        found.insert(last);
    }
    Some(found)
}

/// What no answer has, and what could be asked instead.
fn told(ranking: &Ranking, guides: &[&Ranked]) -> (Vec<String>, Vec<String>) {
    let parts = &ranking.question.parts;
    let mut missing: Vec<String> = Vec::new();
    let whole = guides.iter().take(GUIDES).any(|guide| guide.lacks.is_empty());
    let first = guides.first().filter(|_| !whole);
    for at in first.iter().flat_map(|first| &first.lacks) {
        if parts[*at].weight >= 1.0 && !missing.contains(&parts[*at].text) {
            missing.push(parts[*at].text.clone());
        }
    }
    (missing, ranking.instead.clone().into_iter().collect())
}
