//! The tokens of a locale in the order of their keys, from all workers.

use std::cmp::Ordering;

use crate::memo;
use crate::search::dictionary::{order, unit_order};
use crate::search::numbers;
use crate::search::postings::{
    Averages, HEADING, Lengths, Name, TITLE, Worker, decoded, mask, tier_key, tiers,
};
use crate::search::tokenizer::variants;

/// How many lists are made at a time, before they are written and let go.
const WAVE: usize = 16_384;
/// How long the words of the vocabulary are, in characters.
const WORDS: std::ops::RangeInclusive<usize> = 2..=40;

/// The tokens of a locale.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    workers: &'a [Worker],
    locale: usize,
    /// By a guide's number: its document, where the index has it.
    docs: &'a [u32],
    /// In the order of their texts, those of one text beside each other.
    held: Vec<Held<'a>>,
    /// Where the tokens of each text begin in `held`, and the end.
    starts: Vec<usize>,
}

/// A token in one worker.
#[derive(Debug, Clone, Copy)]
struct Held<'a> {
    /// Its first characters, so that most are told apart by a number.
    head: u128,
    name: &'a Name,
    worker: usize,
    number: u32,
}

impl Held<'_> {
    fn order(&self, other: &Self) -> Ordering {
        let by_text = || match (self.name == other.name, self.is_whole() && other.is_whole()) {
            (true, _) | (_, true) => Ordering::Equal,
            _ => order(&self.name.text(), &other.name.text()),
        };
        self.head.cmp(&other.head).then_with(by_text).then(self.worker.cmp(&other.worker))
    }

    /// Whether `head` is all of it.
    fn is_whole(&self) -> bool {
        self.head & 0x1f_ffff == 0
    }
}

/// The first six characters, so that they compare as the whole does.
fn head(name: &Name) -> u128 {
    let mut codes = [0; 6];
    name.each(|at, c| {
        if let Some(code) = codes.get_mut(at) {
            *code = u128::from(unit_order(c));
        }
    });
    codes.into_iter().fold(0, |head, code| head << 21 | code)
}

impl<'a> Tokens<'a> {
    /// The tokens that `workers` have for a locale, of the guides that have a document.
    pub(super) fn new(workers: &'a [Worker], locale: usize, docs: &'a [u32]) -> Self {
        let mut held = Vec::new();
        for (at, worker) in workers.iter().enumerate() {
            let found = worker.tokens(locale).filter(|(_, number)| {
                let mut postings = worker.postings(locale, *number);
                postings.any(|(guide, _)| document(docs, guide).is_some())
            });
            held.extend(found.map(|(name, number)| Held {
                head: head(name),
                name,
                worker: at,
                number,
            }));
        }
        held.sort_unstable_by(Held::order);
        let mut starts: Vec<usize> =
            (0..held.len()).filter(|at| *at == 0 || held[*at].name != held[*at - 1].name).collect();
        starts.push(held.len());
        Self { workers, locale, docs, held, starts }
    }

    fn groups(&self) -> impl Iterator<Item = &[Held<'a>]> {
        self.starts.windows(2).map(|ends| &self.held[ends[0]..ends[1]])
    }

    /// How much guides are about a token: a title counts most, then headings; 0 where none
    /// holds it.
    pub(super) fn weight(&self, token: &str) -> u32 {
        let starts = &self.starts[..self.starts.len() - 1];
        let text = |at: &usize| self.held[*at].name.text();
        let Ok(at) = starts.binary_search_by(|at| order(&text(at), token)) else { return 0 };
        let group = &self.held[self.starts[at]..self.starts[at + 1]];
        let postings = group.iter().flat_map(|held| self.own(held));
        let each = postings.map(|(_, posting)| {
            let mask = mask(posting);
            1 + if mask & 1 << TITLE != 0 { 30 } else { 0 }
                + if mask & 1 << HEADING != 0 { 10 } else { 0 }
        });
        each.fold(0, u32::saturating_add)
    }

    /// The variant forms of kanji, and the usual ones, of those that tokens have.
    pub(super) fn variants(&self) -> [String; 2] {
        let mut held = vec![false; 0x11_0000];
        for group in self.groups() {
            group[0].name.each(|_, c| held[c as usize] = true);
        }
        let own = variants().iter().filter(|(_, usual)| held[*usual as usize]);
        let (from, to): (String, String) = own.copied().unzip();
        [from, to]
    }

    fn count(&self, group: &[Held<'_>]) -> u32 {
        let own = |held: &Held<'_>| u32::try_from(self.own(held).count()).unwrap_or(u32::MAX);
        group.iter().map(own).sum()
    }

    /// The postings of a token in one worker, by document.
    fn own(&self, held: &Held<'_>) -> impl Iterator<Item = (u32, &'a [u8])> {
        let docs = self.docs;
        let own = self.workers[held.worker].postings(self.locale, held.number);
        own.filter_map(|(guide, posting)| Some((document(docs, guide)?, posting)))
    }

    /// The postings of a token by document, ascending.
    fn postings(&self, group: &[Held<'_>]) -> Vec<(u32, &'a [u8])> {
        let mut found: Vec<_> = group.iter().flat_map(|held| self.own(held)).collect();
        found.sort_unstable_by_key(|(doc, _)| *doc);
        found
    }

    /// The lists of all tokens as entries, in order; `take` gets some at a time.
    pub(super) fn lists(
        &self,
        lengths: &[Lengths],
        averages: &Averages,
        mut take: impl FnMut(Vec<(String, String)>),
    ) {
        let length = |doc: u32| &lengths[doc as usize];
        let groups: Vec<_> = self.groups().collect();
        for wave in groups.chunks(WAVE) {
            let entries = memo::map(wave, |group| {
                let token = group[0].name.text();
                let tiers = tiers(&self.postings(group), length, averages);
                let keyed = |(at, tier)| (tier_key(&token, at), tier);
                tiers.into_iter().enumerate().map(keyed).collect::<Vec<_>>()
            });
            take(entries.into_iter().flatten().collect());
        }
    }

    /// The vocabulary, as entries in order.
    pub(super) fn words(&self) -> impl Iterator<Item = (String, String)> {
        self.vocabulary().map(|(word, count)| (format!("v{word}"), count))
    }

    /// The vocabulary by its words' ends, as entries in order.
    pub(super) fn reversed(&self) -> Vec<(String, String)> {
        let turned = |(word, count): (String, String)| {
            (std::iter::once('r').chain(word.chars().rev()).collect::<String>(), count)
        };
        let mut entries: Vec<_> = self.vocabulary().map(turned).collect();
        entries.sort_by(|a, b| order(&a.0, &b.0));
        entries
    }

    fn vocabulary(&self) -> impl Iterator<Item = (String, String)> {
        self.groups().filter(|group| group[0].name.is_word()).filter_map(|group| {
            let word = group[0].name.text();
            let good = WORDS.contains(&word.chars().count()) && word.contains(char::is_alphabetic);
            let mut count = String::new();
            numbers::push(&mut count, self.count(group));
            good.then_some((word, count))
        })
    }

    /// The lists of tokens in titles, of titles alone, as keys and values by turns; `None`
    /// where they are longer than `most` bytes.
    pub(super) fn titles(&self, most: usize) -> Option<Vec<String>> {
        let mut found = Vec::new();
        let mut bytes = 0;
        for group in self.groups() {
            let mut last = 0;
            let (mut list, mut count) = (String::new(), 0);
            for (doc, posting) in self.postings(group) {
                let Some(title) = title(posting) else { continue };
                numbers::push(&mut list, doc - last);
                list.push_str(&title);
                (last, count) = (doc, count + 1);
            }
            if count > 0 {
                let mut value = String::new();
                numbers::push(&mut value, count);
                let entry = [format!("t{}", group[0].name.text()), value + &list];
                bytes += entry[0].len() + entry[1].len();
                found.extend(entry);
            }
            if bytes > most {
                return None;
            }
        }
        Some(found)
    }
}

/// The document of a guide; `None` where it was read and is not in the index.
fn document(docs: &[u32], guide: u32) -> Option<u32> {
    docs.get(guide as usize).copied().filter(|doc| *doc != super::NONE)
}

/// What a posting says of the title, as a posting.
fn title(posting: &[u8]) -> Option<String> {
    if mask(posting) & 1 << TITLE == 0 {
        return None;
    }
    let posting = std::str::from_utf8(posting).ok()?;
    let (_, read) = decoded(&format!("#{posting}"), false)?;
    let own = read.first().filter(|posting| !posting.others[TITLE].is_empty())?;
    let mut out = String::new();
    for head in [1, 1, own.title_length, u32::try_from(own.others[TITLE].len()).ok()?] {
        numbers::push(&mut out, head);
    }
    out.push_str(&super::rising(&own.others[TITLE]));
    Some(out)
}
