//! What a session remembers of the texts and the theme between two states of a site.
//!
//! A result is used again when every argument of its stage is what it was: texts are
//! compared themselves, settings by the fingerprint of what the stage takes of them, and
//! included texts by asking for them again. Its diagnostics come back with it.

mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::LocaleId;
use crate::input::{Contents, Inputs, Layer};
use crate::localize::{Heard, Words};
use crate::memo::{Counters, Fingerprint};
use crate::messages::Messages;
use crate::parse::{self, Guide, Head, ParseOptions};
use crate::resolve::{self, Card};
use crate::text::FileId;
use crate::theme::Theme;

use super::includes::SiteIncludes;
use super::site::guide_text;
use super::theming;
use super::trees::Trees;
use reading::Asked;
pub(super) use reading::{By, Reader, Text, against_source, file_behind, made_of};

/// What is remembered. An empty one is right for every site.
#[derive(Debug, Default)]
pub(super) struct Memory {
    look: Option<Look>,
    /// What heads and cards were made with.
    made_with: Option<Fingerprint>,
    heads: BTreeMap<FileId, HeadMade>,
    cards: BTreeMap<FileId, CardMade>,
    /// The number of the card that was made last.
    serial: u64,
    /// The parsed trees of the texts that were read last.
    pub(super) trees: Arc<Trees>,
}

/// The theme and the words, with what they were made from.
#[derive(Debug, Clone)]
pub(super) struct Look {
    made_from: (Fingerprint, Vec<(FileId, Contents)>),
    /// Counts the looks of a session: another look has another number.
    pub(super) serial: u64,
    pub(super) theme: Arc<Theme>,
    pub(super) theme_faults: Vec<Diagnostic>,
    pub(super) messages: Arc<Messages>,
    /// The words that guides are filled with.
    pub(super) words: Arc<Words>,
    pub(super) messages_faults: Vec<Diagnostic>,
}

#[derive(Debug)]
struct HeadMade {
    text: Arc<str>,
    lang: LocaleId,
    head: Checked<Head>,
}

/// A card, with what it was made from.
#[derive(Debug, Clone)]
pub(super) struct CardMade {
    text: Arc<str>,
    /// The texts of other files that it was read from.
    others: Vec<(FileId, Arc<str>)>,
    head: Head,
    asked: Vec<Asked>,
    heard: Heard,
    pub(super) card: Arc<Card>,
    pub(super) faults: Vec<Diagnostic>,
    /// Another card of a session has another number.
    pub(super) serial: u64,
}

impl Memory {
    /// The theme and the words of the site.
    pub(super) fn look(&mut self, inputs: &Inputs, config: &Config, counters: &Counters) -> Look {
        let made_from = (look_settings(config), look_files(inputs));
        if let Some(look) = &self.look
            && is_same(&look.made_from, &made_from)
        {
            counters.reused("theme", 1);
            counters.reused("messages", 1);
            return look.clone();
        }
        let theme = counters.time("theme", 1, || theming::load_theme(inputs, config));
        let messages = counters.time("messages", 1, || theming::load_messages(inputs, config));
        let messages_faults = messages.diagnostics;
        let messages = Arc::new(messages.value);
        let look = Look {
            made_from,
            serial: self.look.as_ref().map_or(0, |look| look.serial + 1),
            theme: Arc::new(theme.value),
            theme_faults: theme.diagnostics,
            words: Arc::new(Words::new(Arc::clone(&messages))),
            messages,
            messages_faults,
        };
        self.look = Some(look.clone());
        look
    }

    /// Forgets what was made with other settings.
    pub(super) fn made_with(&mut self, options: &ParseOptions, config: &Config) {
        let breaks = config.markdown.soft_breaks;
        let made_with = Fingerprint::of(&(options, &config.locales, breaks));
        if self.made_with.replace(made_with) != Some(made_with) {
            self.heads.clear();
            self.cards.clear();
        }
    }

    /// Forgets the texts of files that are no more.
    pub(super) fn keep(&mut self, exists: impl Fn(FileId) -> bool) {
        self.heads.retain(|file, _| exists(*file));
        self.cards.retain(|file, _| exists(file_behind(*file)));
    }

    /// The heads of texts, in their order.
    pub(super) fn heads(
        &mut self,
        inputs: &Inputs,
        listed: &[(FileId, LocaleId)],
        options: &ParseOptions,
        counters: &Counters,
    ) -> Vec<Checked<Head>> {
        let is_known = |(file, lang): &&(FileId, LocaleId)| {
            let made = self.heads.get(file).filter(|made| made.lang == *lang);
            made.is_some_and(|made| inputs.shared_text(*file).is_some_and(|t| same(t, &made.text)))
        };
        let (known, new): (Vec<_>, Vec<_>) = listed.iter().partition(is_known);
        counters.reused("front matter", known.len());
        let made = counters.map("front matter", &new, |(file, lang)| {
            parse::head(guide_text(inputs, *file, *lang), options)
        });
        for ((file, lang), head) in new.into_iter().zip(made) {
            let text = inputs.shared_text(file).expect("guides are texts").clone();
            self.heads.insert(file, HeadMade { text, lang, head });
        }
        listed.iter().map(|(file, _)| self.heads[file].head.clone()).collect()
    }

    /// The language of a file that is a guide.
    pub(super) fn lang(&self, file: FileId) -> Option<LocaleId> {
        Some(self.heads.get(&file)?.lang)
    }

    /// What stands before a guide's text.
    pub(super) fn head(&self, file: FileId) -> Option<&Head> {
        Some(&self.heads.get(&file)?.head.value)
    }

    /// What is wrong with what stands before a guide's text.
    pub(super) fn head_faults(&self, file: FileId) -> Option<&[Diagnostic]> {
        Some(&self.heads.get(&file)?.head.diagnostics)
    }

    /// The cards of texts, in their order, those of one guide beside each other.
    pub(super) fn cards(
        &mut self,
        reader: Reader<'_>,
        texts: &[Text<'_>],
        counters: &Counters,
    ) -> Vec<CardMade> {
        let is_known = |text: &&Text<'_>| {
            let made = self.cards.get(&text.file);
            made.is_some_and(|made| {
                made.is_of(text, reader.inputs, reader.includes) && made.heard.holds(reader.words)
            })
        };
        let (known, new): (Vec<_>, Vec<_>) = texts.iter().partition(is_known);
        counters.reused("parse", known.len());
        let trees = &self.trees;
        let first = self.serial + 1;
        self.serial += new.len() as u64;
        let numbered: Vec<(u64, &Text<'_>)> = (first..).zip(new).collect();
        let guides: Vec<&[(u64, &Text<'_>)]> = numbered.chunk_by(|a, b| a.1.id == b.1.id).collect();
        let made = counters.time("parse", numbered.len(), || {
            crate::memo::map(&guides, |texts| made(reader, texts, trees))
        });
        for ((_, text), made) in numbered.iter().zip(made.into_iter().flatten()) {
            self.cards.insert(text.file, made);
        }
        texts.iter().map(|text| self.cards[&text.file].clone()).collect()
    }

    /// Whether the cards would be told the same by `words`.
    pub(super) fn hold(&self, words: &Words) -> bool {
        self.cards.values().all(|made| made.heard.holds(words))
    }

    /// The files whose texts bring in one of `files`.
    pub(super) fn includers(&self, files: &BTreeSet<FileId>) -> Vec<FileId> {
        let brings = |made: &CardMade| {
            made.asked
                .iter()
                .any(|asked| asked.got.as_ref().is_some_and(|got| files.contains(&got.0)))
        };
        self.cards.iter().filter(|(_, made)| brings(made)).map(|(file, _)| *file).collect()
    }
}

impl CardMade {
    fn is_of(&self, text: &Text<'_>, inputs: &Inputs, includes: &SiteIncludes) -> bool {
        let as_before =
            |asked: &Asked| match (&asked.got, includes.find(inputs, asked.from, &asked.path)) {
                (None, None) => true,
                (Some((file, text)), Some((now, new))) => *file == now && same(text, new),
                _ => false,
            };
        self.card.guide == *text.id
            && self.card.lang == text.lang
            && inputs.shared_text(file_behind(text.file)).is_some_and(|own| same(own, &self.text))
            && self.others.iter().map(|(file, _)| *file).eq(text.others())
            && self
                .others
                .iter()
                .all(|(file, text)| inputs.shared_text(*file).is_some_and(|own| same(own, text)))
            && self.head == text.head
            && self.asked.iter().all(as_before)
    }
}

/// The cards of texts of one guide.
fn made(reader: Reader<'_>, texts: &[(u64, &Text<'_>)], trees: &Trees) -> Vec<CardMade> {
    let mut source = None;
    let mut all = Vec::new();
    for (serial, text) in texts {
        let mut asked = Vec::new();
        let read = reader.read(text, &mut source, &mut asked);
        let mut card = resolve::card(text.id, text.file, text.lang, &read.guide);
        (card.coverage, card.stale) = (read.coverage, read.stale);
        if card.coverage.is_some() {
            // What the source's pictures lack is told of the source.
            card.unspoken.clear();
        }
        let own = reader.inputs.shared_text(file_behind(text.file));
        let own = own.expect("guides are texts").clone();
        let guide = trees.keep((text.file, *serial), own.len(), read.guide);
        if text.lang == LocaleId::default() {
            source = Some((guide, asked.clone()));
        }
        let other = |file| Some((file, reader.inputs.shared_text(file)?.clone()));
        all.push(CardMade {
            text: own,
            others: text.others().into_iter().filter_map(other).collect(),
            head: text.head.clone(),
            asked,
            heard: read.heard,
            card: Arc::new(card),
            faults: read.faults,
            serial: *serial,
        });
    }
    all
}

/// Whether two texts are the same; mostly they are one.
fn same(a: &Arc<str>, b: &Arc<str>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// What themes and words take of the settings.
fn look_settings(config: &Config) -> Fingerprint {
    Fingerprint::of(&(&config.theme, &config.tokens, &config.locales, &config.variables))
}

/// The files that themes and words are made from.
fn look_files(inputs: &Inputs) -> Vec<(FileId, Contents)> {
    let concerned = inputs.files.iter().filter(|file| {
        file.layer == Layer::Builtin
            || file.path.below("themes").is_some()
            || file.path.below("locales").is_some_and(is_of_interface)
    });
    concerned.map(|file| (file.id, file.contents.clone())).collect()
}

/// Whether a file of `locales/` holds words that any page may show, and no guide's own.
pub(super) fn is_of_interface(path: &str) -> bool {
    let name = path.split_once('/').map_or("", |(_, name)| name);
    !["guides/", "obsolete/"].iter().any(|folder| name.starts_with(folder))
}

type LookParts = (Fingerprint, Vec<(FileId, Contents)>);

fn is_same(a: &LookParts, b: &LookParts) -> bool {
    a.0 == b.0
        && a.1.len() == b.1.len()
        && a.1.iter().zip(&b.1).all(|(a, b)| a.0 == b.0 && a.1 == b.1)
}

/// The tree of a text for those who read it again; `source` is that of its guide's source,
/// where it is at hand.
pub(super) fn read_again(reader: Reader<'_>, text: &Text<'_>, source: Option<Arc<Guide>>) -> Guide {
    let mut source = source.map(|tree| (tree, Vec::new()));
    // Whether it is behind its source was told with its card.
    let by = match &text.by {
        By::File { .. } => By::File { against: None },
        other @ (By::Messages { .. } | By::Pseudo { .. }) => other.clone(),
    };
    reader.read(&Text { by, ..text.clone() }, &mut source, &mut Vec::new()).guide
}
