//! How far a guide is translated: what is done, what is behind, and how much that matters.
//!
//! In: the texts of a guide as they are, and its catalogue, or the texts that its translation
//! by file was made from. Out: a [`Standing`]. Nothing is guessed of a catalogue, as a build
//! guesses nothing; texts of a translation by file are aligned. Must not know files.

use std::collections::{BTreeMap, BTreeSet};

use super::align::align;
use super::changes::tokens;
use super::compose::Text;
use super::matching::{Catalogue, Matching, State};
use super::slots::Kind;
use super::wording::Wording;
use crate::messages::{Block, Entry, Piece};
use crate::text::Span;

/// How a guide is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Not at all.
    None,
    /// By messages.
    Messages,
    /// By a file.
    File,
}

/// How much a change of the source matters to those who read the translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Other words.
    Words,
    /// A number, code, a link, a picture, or something in a warning.
    Grave,
}

/// What is behind about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// Its translation is of another text.
    Stale,
    /// It has no translation.
    Missing,
    /// The source does not have it any more, and the translation by file may.
    Gone,
}

/// A text that is behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// In what way.
    pub lack: Lack,
    /// What the text is.
    pub kind: Kind,
    /// Its message, where it is translated by one.
    pub id: Option<String>,
    /// The text that the translation was made from.
    pub old: Option<String>,
    /// The text as it is.
    pub new: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// Where the text stands in the source.
    pub span: Option<Span>,
    /// The bytes of the message's id in the catalogue.
    pub place: Option<std::ops::Range<usize>>,
}

/// A guide's state at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Nothing is behind.
    Complete,
    /// Texts lack a translation.
    Partly,
    /// Texts have changed since they were translated.
    Stale,
    /// Nothing is translated.
    Missing,
}

/// How far a guide is translated into a locale.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// How.
    pub form: Form,
    /// How many texts it has.
    pub texts: usize,
    /// How many of them have a translation of the text as it is.
    pub translated: usize,
    /// Whether it is known what the translation was made from.
    pub tracked: bool,
    /// Whether the source has changed since the catalogue was written.
    pub unextracted: bool,
    /// What is behind, in reading order.
    pub behind: Vec<Behind>,
}

impl Standing {
    /// How many texts are behind in that way.
    pub fn count(&self, lack: Lack) -> usize {
        // Of what a translation by file was made from, nothing but a fingerprint may be known.
        if lack == Lack::Stale && self.behind.is_empty() {
            return self.texts - self.translated;
        }
        self.behind.iter().filter(|own| own.lack == lack).count()
    }

    /// Its state at a glance.
    pub fn progress(&self) -> Progress {
        let changed = self.count(Lack::Stale) + self.count(Lack::Gone);
        if changed > 0 {
            Progress::Stale
        } else if self.translated == self.texts {
            Progress::Complete
        } else if self.translated == 0 {
            Progress::Missing
        } else {
            Progress::Partly
        }
    }

    /// The share that is translated, in whole percent, rounded down.
    pub fn percent(&self) -> usize {
        (self.translated * 100).checked_div(self.texts).unwrap_or(100)
    }
}

/// A guide that nobody has begun to translate.
pub fn untranslated(texts: &[Text]) -> Standing {
    let behind = texts.iter().map(|text| missing(text, None)).collect();
    let form = Form::None;
    Standing { form, texts: texts.len(), translated: 0, tracked: true, unextracted: false, behind }
}

/// A guide that is translated by messages.
pub fn by_messages(texts: &[Text], catalogue: &Catalogue<'_>) -> Standing {
    let mut matching = Matching::new(catalogue);
    let mut standing = Standing { form: Form::Messages, ..untranslated(&[]) };
    let mut met = BTreeSet::new();
    for text in texts {
        let entry = matching.next(text.kind, &text.wording.text());
        standing.texts += 1;
        standing.unextracted |= entry.is_none();
        met.extend(entry.map(|entry| entry.id.as_str()));
        match matching.state(entry) {
            State::Current => standing.translated += 1,
            State::Missing => standing.behind.push(missing(text, entry)),
            State::Stale => standing.behind.extend(entry.map(|entry| stale(text, entry))),
        }
    }
    standing.unextracted |= catalogue.blocks.iter().any(|block| match block {
        Block::Entry(entry) => Kind::of_id(&entry.id).is_some() && !met.contains(entry.id.as_str()),
        Block::Other(_) => false,
    });
    standing
}

fn missing(text: &Text, entry: Option<&Entry>) -> Behind {
    let weighs = text.warns || !marks(&text.wording).is_empty();
    Behind {
        lack: Lack::Missing,
        kind: text.kind,
        id: entry.map(|entry| entry.id.clone()),
        old: None,
        new: Some(text.wording.text()),
        severity: severity(weighs),
        span: text.span,
        place: entry.map(|entry| entry.id_bytes.clone()),
    }
}

fn stale(text: &Text, entry: &Entry) -> Behind {
    let (old, new) = (entry.was().unwrap_or_default(), text.wording.text());
    let weighs = text.warns || written_marks(old) != written_marks(&new);
    Behind {
        lack: Lack::Stale,
        old: Some(old.to_owned()),
        severity: severity(weighs),
        ..missing(text, Some(entry))
    }
}

fn severity(weighs: bool) -> Severity {
    if weighs { Severity::Grave } else { Severity::Words }
}

/// What weighs in a text: its numbers, and its parts but for the ends of lines.
fn marks(wording: &Wording) -> Vec<String> {
    let mut found: Vec<String> = wording
        .parts
        .iter()
        .filter(|part| is_grave(&part.name))
        .map(|p| p.meaning.clone())
        .collect();
    for piece in &wording.pieces {
        if let Piece::Text(text) = piece {
            found.extend(numbers(text));
        }
    }
    found.sort();
    found
}

/// The same, of a text as a comment has it: what its parts are is not known.
fn written_marks(text: &str) -> Vec<String> {
    let part = |token: &str| {
        let name = token.strip_prefix("{ $")?.strip_suffix(" }")?;
        is_grave(name).then(|| name.to_owned())
    };
    let mut found: Vec<String> = tokens(text).into_iter().filter_map(part).collect();
    found.extend(numbers(text));
    found.sort();
    found
}

fn is_grave(name: &str) -> bool {
    let kind = name.split('-').next().unwrap_or_default();
    ["code", "link", "url", "picture", "key", "math"].contains(&kind)
}

/// The numbers of a text, full-width digits as the others.
fn numbers(text: &str) -> Vec<String> {
    let of = |token: &&str| !token.starts_with('{') && token.chars().any(char::is_numeric);
    let plain = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        c => c,
    };
    tokens(text).into_iter().filter(of).map(|token| token.chars().map(plain).collect()).collect()
}

/// A guide that is translated by a file. `kept` are the texts that it was made from, where a
/// copy is there; else `print` may tell whether they are the same as now.
pub fn by_file(texts: &[Text], kept: Option<&[Text]>, print: Option<bool>) -> Standing {
    let whole = Standing {
        form: Form::File,
        texts: texts.len(),
        translated: texts.len(),
        ..untranslated(&[])
    };
    match (kept, print) {
        (Some(kept), _) => since(whole, texts, kept),
        (None, Some(true)) => whole,
        (None, Some(false)) => Standing { translated: 0, ..whole },
        (None, None) => Standing { tracked: false, ..whole },
    }
}

/// What changed since a translation by file was made.
fn since(mut standing: Standing, texts: &[Text], kept: &[Text]) -> Standing {
    let said = |all: &[Text]| -> Vec<(Kind, String)> {
        all.iter().map(|text| (text.kind, text.wording.text())).collect()
    };
    let (olds, news) = (said(kept), said(texts));
    let fellows = align(&refs(&olds), &refs(&news));
    let mut left: BTreeMap<usize, &Text> = kept.iter().enumerate().collect();
    for (text, fellow) in texts.iter().zip(fellows) {
        let Some((fellow, old)) = fellow.and_then(|at| Some((at, left.remove(&at)?))) else {
            standing.behind.push(missing(text, None));
            continue;
        };
        let weighs = marks(&old.wording) != marks(&text.wording);
        if weighs || olds[fellow].1 != text.wording.text() {
            standing.behind.push(Behind {
                lack: Lack::Stale,
                old: Some(olds[fellow].1.clone()),
                severity: severity(weighs || text.warns || old.warns),
                ..missing(text, None)
            });
        }
    }
    standing.translated = standing.texts - standing.behind.len();
    let gone = |old: &Text| {
        let text = missing(old, None);
        Behind { lack: Lack::Gone, old: text.new.clone(), new: None, span: None, ..text }
    };
    standing.behind.extend(left.into_values().map(gone));
    standing
}

fn refs(all: &[(Kind, String)]) -> Vec<(Kind, &str)> {
    all.iter().map(|(kind, text)| (*kind, text.as_str())).collect()
}

#[cfg(test)]
mod tests;
