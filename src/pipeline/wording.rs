//! The words of a site by locale: what of its own messages and terms, and of the theme's
//! interface, a locale lacks or has too many of.
//!
//! In: the files of words. Out: [`WordFault`]s, in the order of the files. They are for
//! translators; a build says the words of another locale in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Locale};
use crate::diagnostic::{Place, code};
use crate::document::LocaleId;
use crate::input::Inputs;
use crate::messages::{Outline, PSEUDO, outline};
use crate::text::FileId;

use super::theming::{self, WordSource};

/// What is wrong with a locale's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordLack {
    /// The source's own words have this message, the locale's do not.
    Message(String),
    /// The source's own words have this term, the locale's do not.
    Term(String),
    /// The locale's term lacks attributes of the source's.
    Attributes(String, Vec<String>),
    /// The message asks for variables that the source's does not, or leaves some out.
    Variables {
        /// The message or term.
        id: String,
        /// Those that only the source's asks for.
        dropped: Vec<String>,
        /// Those that only the locale's asks for.
        invented: Vec<String>,
    },
    /// Nothing asks for this message of the locale's own.
    Unused(String),
    /// The theme's interface has these messages, and nobody says them in the locale.
    Interface(Vec<String>),
}

/// A fault of a locale's words, and where: in the locale's file; of what the locale does not
/// have, in the source's. The interface of a theme has no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFault {
    /// The locale.
    pub locale: LocaleId,
    /// What.
    pub lack: WordLack,
    /// The file and the byte.
    pub place: Option<(FileId, usize)>,
}

/// What is wrong with the words of all locales but the source's.
pub fn word_faults(inputs: &Inputs, config: &Config) -> Vec<WordFault> {
    let sources = theming::word_sources(inputs, config);
    let own = |tag: &Locale| -> Sheet {
        let of = sources.iter().filter(|own| own.of_site && own.locale == *tag);
        Sheet::of(of)
    };
    let source = own(config.source_locale());
    let unused = unused(inputs, config);
    let mut faults = Vec::new();
    for (locale, tag) in config.locale_ids().skip(1) {
        if tag.as_str() == PSEUDO {
            continue;
        }
        let mut held = own(tag);
        let mut push = |lack, place| faults.push(WordFault { locale, lack, place });
        for (id, (file, outline)) in &held.0 {
            let place = Some((*file, outline.bytes.start));
            if unused.contains(&(*file, outline.bytes.start)) {
                push(WordLack::Unused(id.clone()), place);
            }
            if let Some((_, from)) = source.0.get(id) {
                differing(from, outline).into_iter().for_each(|lack| push(lack, place));
            }
        }
        // What a parent says, as `fr` for `fr-CA`, is said.
        for parent in parents(tag) {
            held.0.extend(own(&parent).0);
        }
        for (id, (file, outline)) in &source.0 {
            let lack = match id.strip_prefix('-') {
                Some(name) => WordLack::Term(name.to_owned()),
                None => WordLack::Message(id.clone()),
            };
            let at = (*file, outline.bytes.start);
            if !held.0.contains_key(id) && !unused.contains(&at) {
                push(lack, Some(at));
            }
        }
        let silent = interface(&sources, tag);
        if !silent.is_empty() {
            push(WordLack::Interface(silent), None);
        }
    }
    faults
}

/// The words of some files by name; as when they are said, the last one counts.
struct Sheet(BTreeMap<String, (FileId, Outline)>);

impl Sheet {
    fn of<'a>(sources: impl Iterator<Item = &'a WordSource<'a>>) -> Self {
        let all = sources.flat_map(|source| {
            let one = |own: Outline| (own.id.clone(), (source.file, own));
            outline(source.text).into_iter().map(one)
        });
        Self(all.collect())
    }
}

/// In what a locale's message or term is not like the source's.
fn differing(source: &Outline, own: &Outline) -> Vec<WordLack> {
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        one.difference(other).cloned().collect()
    };
    let mut found = Vec::new();
    let (dropped, invented) =
        (only(&source.variables, &own.variables), only(&own.variables, &source.variables));
    // Terms are bent by what their own language needs.
    if let Some(name) = own.id.strip_prefix('-') {
        let mut lacking = only(&source.attributes, &own.attributes);
        // Which words to avoid, and how a word is read, is for each language to say.
        lacking.retain(|name| !["yomi", "avoid"].contains(&name.as_str()));
        if !lacking.is_empty() {
            found.push(WordLack::Attributes(name.to_owned(), lacking));
        }
    } else if !(dropped.is_empty() && invented.is_empty()) {
        found.push(WordLack::Variables { id: own.id.clone(), dropped, invented });
    }
    found
}

/// `fr-CA` has `fr`.
fn parents(tag: &Locale) -> Vec<Locale> {
    let mut found = Vec::new();
    let mut rest = tag.as_str();
    while let Some((parent, _)) = rest.rsplit_once('-') {
        found.extend(Locale::new(parent));
        rest = parent;
    }
    found
}

/// The messages of the theme that neither it nor the site says in a locale.
fn interface(sources: &[WordSource<'_>], tag: &Locale) -> Vec<String> {
    let parents = parents(tag);
    let speaks = |own: &Locale| own == tag || parents.contains(own);
    let (mut asked, mut held) = (BTreeSet::new(), BTreeSet::new());
    for source in sources {
        let ids = outline(source.text).into_iter().map(|own| own.id);
        if speaks(&source.locale) {
            held.extend(ids);
        } else if !source.of_site {
            asked.extend(ids.filter(|id| !id.starts_with('-')));
        }
    }
    asked.difference(&held).cloned().collect()
}

/// The places of messages that nothing asks for.
fn unused(inputs: &Inputs, config: &Config) -> BTreeSet<(FileId, usize)> {
    let theme = theming::load_theme(inputs, config).value;
    let messages = theming::load_messages(inputs, config).value;
    let noted = theming::leftovers(inputs, &theme, &messages, &BTreeSet::new());
    let of = noted.into_iter().filter(|fault| fault.code == code::UNUSED_MESSAGE);
    of.filter_map(|fault| match fault.place {
        Place::At(span) => Some((span.file, span.bytes.start as usize)),
        Place::Site | Place::File(_) => None,
    })
    .collect()
}
