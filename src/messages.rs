//! The words of the interface: Fluent messages, looked up along a locale's fallback chain.
//!
//! In: the `.ftl` texts of the theme's layers and of the site. Out: [`Messages`], shared by
//! all workers, which says a message in a locale and names what is wrong with it as
//! [`Fault`]s; whoever asks knows the place to blame. A message is never shown as its id.
//! The only module that names the Fluent and ICU crates. Must not know templates.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::resolver::ResolverError;
use fluent::resolver::errors::ReferenceKind;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};

use crate::config::{Locale, Variable};
use crate::diagnostic::Checked;
use crate::document::LocaleId;
use crate::text::{FileId, Span};

mod catalogue;
mod format;
mod glossary;
mod load;
mod outline;
mod pseudo;
mod terms;

pub use catalogue::{
    Block, Entry, Piece, PlacedPiece, Translation, catalogue, digits, is_ours, written,
};
pub use format::DateStyle;
pub use glossary::{GlossaryGroup, GlossaryTerm};
pub use outline::{Outline, outline};
pub use pseudo::{PSEUDO, accented, padding, pseudo_text};
pub use terms::{TermFault, TermWords, Told};

/// One `.ftl` file.
#[derive(Debug, Clone)]
pub struct MessageSource<'a> {
    /// Its file.
    pub file: FileId,
    /// The locale it is written in.
    pub locale: Locale,
    /// Its layer: a message of a higher layer takes the place of a lower one's in silence.
    pub layer: u8,
    /// Its text.
    pub text: &'a str,
}

/// A value of a message's argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// Text; a date is the text `2022-03-24`.
    Text(Cow<'a, str>),
    /// A number, which chooses plural forms.
    Number(f64),
}

/// What a message says, and what was wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The text, never empty because of a fault.
    pub text: Arc<str>,
    /// What was wrong.
    pub faults: Vec<Fault>,
}

/// What can be wrong with a message that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// No locale of the chain has it.
    Missing {
        /// The message.
        id: String,
        /// The locale it was asked for in.
        locale: String,
        /// The nearest id there is.
        nearest: Option<String>,
    },
    /// The locale does not have it, another one stood in.
    StoodIn {
        /// The message.
        id: String,
        /// The locale it was asked for in.
        locale: String,
        /// The locale that has it.
        found: String,
    },
    /// It uses an argument that was not given.
    Argument {
        /// The message.
        id: String,
        /// The argument, without `$`.
        name: String,
        /// Where the message is written.
        defined: Span,
    },
    /// It refers to something that does not exist.
    Reference {
        /// The message.
        id: String,
        /// What it refers to, as Fluent names it.
        target: String,
        /// Where the message is written.
        defined: Span,
    },
}

impl Fault {
    /// The message that was asked for.
    pub fn id(&self) -> &str {
        match self {
            Fault::Missing { id, .. }
            | Fault::StoodIn { id, .. }
            | Fault::Argument { id, .. }
            | Fault::Reference { id, .. } => id,
        }
    }
}

/// All messages of a site.
pub struct Messages {
    /// One a language, in the order of their tags.
    tongues: Vec<Tongue>,
    /// For each locale of the site, the tongues to ask, best first.
    chains: Vec<Chain>,
}

/// The messages of one language.
struct Tongue {
    tag: String,
    bundle: FluentBundle<Arc<FluentResource>>,
    definitions: BTreeMap<String, Definition>,
    /// The terms, without their hyphens.
    terms: BTreeMap<String, terms::Written>,
    /// The messages that other messages and terms use.
    referenced: BTreeSet<String>,
}

/// Where a message is written, and what it wants to be told.
struct Definition {
    span: Span,
    arguments: BTreeSet<String>,
    /// The messages and terms that it uses, terms with their hyphen.
    references: BTreeSet<String>,
}

impl Definition {
    fn at(span: Span) -> Self {
        Self { span, arguments: BTreeSet::new(), references: BTreeSet::new() }
    }
}

/// How one locale of the site speaks.
struct Chain {
    tag: String,
    /// The tags of the languages to ask, best first, whether they have words or not.
    tags: Vec<String>,
    tongues: Vec<usize>,
    dates: format::Dates,
    /// The messages that need no argument, said once.
    plain: HashMap<String, Arc<str>>,
    /// The site's variables as the locale shows them.
    variables: BTreeMap<String, terms::Shown>,
    /// The terms, said once without arguments, by their names.
    terms: BTreeMap<String, TermWords>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tags: Vec<&str> = self.tongues.iter().map(|tongue| tongue.tag.as_str()).collect();
        f.debug_tuple("Messages").field(&tags).finish()
    }
}

impl Messages {
    /// Reads all `sources`, and prepares the fallback chain of each of the site's `locales`
    /// (the first is the source locale): `fr-CA → fr → en → source`.
    ///
    /// Every fault is reported; the other messages of a faulty file live.
    pub fn new(sources: &[MessageSource<'_>], locales: &[Locale]) -> Checked<Self> {
        Self::with(sources, locales, &BTreeMap::new())
    }

    /// The same, where terms may name `variables`.
    pub fn with(
        sources: &[MessageSource<'_>],
        locales: &[Locale],
        variables: &BTreeMap<String, Variable>,
    ) -> Checked<Self> {
        let mut diagnostics = Vec::new();
        let tongues = load::tongues(sources, locales, &mut diagnostics);
        let mut messages = Self { tongues, chains: Vec::new() };
        for locale in locales {
            let mut chain = messages.chain(locale, &locales[0]);
            messages.learn(&mut chain, variables);
            messages.chains.push(chain);
        }
        Checked { value: messages, diagnostics }
    }

    /// What the message `id` (or its attribute, `id.attribute`) says in `locale`.
    pub fn text(&self, locale: LocaleId, id: &str, arguments: &[(&str, Argument<'_>)]) -> Said {
        let chain = &self.chains[locale.0 as usize];
        if let Some(text) = chain.plain.get(id) {
            return Said { text: Arc::clone(text), faults: Vec::new() };
        }
        let args: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| ((*name).to_owned(), value.fluent())).collect();
        self.spoken(chain, id, &args)
    }

    /// The day at the head of `date` (`2022-03-24…`) as `locale` writes it; `None` when it
    /// is no date.
    pub fn date(&self, locale: LocaleId, date: &str, style: DateStyle) -> Option<String> {
        self.chains[locale.0 as usize].dates.text(date, style)
    }

    /// The ids of every message written in the language `tag`, in order.
    pub fn ids(&self, tag: &str) -> impl Iterator<Item = &str> {
        let tongue = self.tongues.iter().find(|tongue| tongue.tag == tag);
        tongue.into_iter().flat_map(|tongue| tongue.definitions.keys().map(String::as_str))
    }

    /// The messages of all languages that no other one uses, with the bytes of their names.
    pub fn unreferenced(&self) -> impl Iterator<Item = (&str, Span)> {
        self.tongues.iter().flat_map(|tongue| {
            let alone =
                tongue.definitions.iter().filter(|(id, _)| !tongue.referenced.contains(*id));
            alone.map(|(id, definition)| (id.as_str(), definition.span))
        })
    }

    /// What would be wrong with asking for `id` with arguments of those names in `locale`.
    pub fn faults(&self, locale: LocaleId, id: &str, names: &[&str]) -> Vec<Fault> {
        let chain = &self.chains[locale.0 as usize];
        let base = id.split('.').next().unwrap_or(id);
        let mut faults = self.lookup_fault(chain, id).into_iter().collect::<Vec<_>>();
        if let Some(tongue) = self.holder(chain, id)
            && let Some(definition) = tongue.definitions.get(base)
        {
            let missing =
                definition.arguments.iter().filter(|name| !names.contains(&name.as_str()));
            faults.extend(missing.map(|name| Fault::Argument {
                id: id.to_owned(),
                name: name.clone(),
                defined: definition.span,
            }));
        }
        faults
    }

    fn chain(&self, locale: &Locale, source: &Locale) -> Chain {
        let mut tags: Vec<&str> = Vec::new();
        for tag in [locale.as_str(), "en", source.as_str()] {
            let mut tag = Some(tag);
            while let Some(current) = tag {
                if !tags.contains(&current) {
                    tags.push(current);
                }
                tag = current.rsplit_once('-').map(|(parent, _)| parent);
            }
        }
        let position = |tag: &&str| self.tongues.iter().position(|tongue| tongue.tag == *tag);
        let speech = if locale.as_str() == PSEUDO { source } else { locale };
        let mut chain = Chain {
            tag: locale.as_str().to_owned(),
            tongues: tags.iter().filter_map(position).collect(),
            dates: format::Dates::new(speech.as_str()),
            plain: HashMap::new(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            variables: BTreeMap::new(),
            terms: BTreeMap::new(),
        };
        chain.plain = self.plain(&chain);
        chain
    }

    /// Says every message of the chain's own language that needs no argument.
    fn plain(&self, chain: &Chain) -> HashMap<String, Arc<str>> {
        let nothing = FluentArgs::new();
        let ids: BTreeSet<&String> = chain
            .tongues
            .iter()
            .flat_map(|index| &self.tongues[*index].definitions)
            .filter(|(_, definition)| definition.arguments.is_empty())
            .map(|(id, _)| id)
            .collect();
        ids.into_iter()
            .map(|id| (id, self.spoken(chain, id, &nothing)))
            .filter(|(_, said)| said.faults.is_empty())
            .map(|(id, said)| (id.clone(), said.text))
            .collect()
    }

    fn spoken(&self, chain: &Chain, id: &str, args: &FluentArgs<'_>) -> Said {
        let mut faults: Vec<Fault> = self.lookup_fault(chain, id).into_iter().collect();
        let Some(tongue) = self.holder(chain, id) else {
            return Said { text: humanised(id).into(), faults };
        };
        let Some(pattern) = tongue.pattern(id) else {
            return Said { text: humanised(id).into(), faults };
        };
        let mut errors = Vec::new();
        let text = tongue.bundle.format_pattern(pattern, Some(args), &mut errors);
        let base = id.split('.').next().unwrap_or(id);
        if let Some(definition) = tongue.definitions.get(base) {
            faults.extend(errors.into_iter().map(|error| fault_of(error, id, definition.span)));
        }
        Said { text: text.into(), faults }
    }

    /// The first language of the chain that has the message.
    fn holder(&self, chain: &Chain, id: &str) -> Option<&Tongue> {
        let tongues = chain.tongues.iter().map(|index| &self.tongues[*index]);
        tongues.into_iter().find(|tongue| tongue.pattern(id).is_some())
    }

    fn lookup_fault(&self, chain: &Chain, id: &str) -> Option<Fault> {
        let (id_text, locale) = (id.to_owned(), chain.tag.clone());
        match self.holder(chain, id) {
            None => {
                let names = chain
                    .tongues
                    .iter()
                    .flat_map(|index| self.tongues[*index].definitions.keys().map(String::as_str));
                let nearest = crate::diagnostic::nearest(id, names).map(str::to_owned);
                Some(Fault::Missing { id: id_text, locale, nearest })
            }
            Some(tongue) if !speaks(&tongue.tag, &chain.tag) => {
                Some(Fault::StoodIn { id: id_text, locale, found: tongue.tag.clone() })
            }
            Some(_) => None,
        }
    }
}

impl Chain {
    /// A number in the locale's way.
    fn number(&self, number: f64) -> String {
        format::plain_number(&self.tag, number)
    }
}

impl Tongue {
    fn pattern(&self, id: &str) -> Option<&fluent_syntax::ast::Pattern<&str>> {
        let (base, attribute) = match id.split_once('.') {
            Some((base, attribute)) => (base, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(base)?;
        match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        }
    }
}

impl Argument<'_> {
    fn fluent(&self) -> FluentValue<'_> {
        match self {
            Argument::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Argument::Number(number) => FluentValue::from(*number),
        }
    }
}

/// Whether words of `found` are words of `locale`: `fr` speaks for `fr-CA`.
fn speaks(found: &str, locale: &str) -> bool {
    found == locale || locale.strip_prefix(found).is_some_and(|rest| rest.starts_with('-'))
}

/// `search-placeholder` as words that can stand on a page.
fn humanised(id: &str) -> String {
    let words = id.replace(['-', '_', '.'], " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => words,
    }
}

fn fault_of(error: FluentError, id: &str, defined: Span) -> Fault {
    let id = id.to_owned();
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable {
            id: name,
        })) => Fault::Argument { id, name, defined },
        other => Fault::Reference { id, target: other.to_string(), defined },
    }
}

#[cfg(test)]
mod tests;
