//! Terms and variables: shared words as a locale says them, with what their attributes tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent::resolver::ResolverError;
use fluent::resolver::errors::ReferenceKind;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast;

use super::format::DateStyle;
use super::{Chain, Messages, Tongue, load, speaks};
use crate::config::{DateForm, Variable, VariableKind};
use crate::diagnostic::nearest;
use crate::document::{LocaleId, SaidTerm};
use crate::text::{FileId, Span};

/// Where a term is written.
pub(super) struct Written {
    resource: Arc<FluentResource>,
    entry: usize,
    span: Span,
    /// The arguments that its value and its attributes ask for.
    wants: BTreeSet<String>,
}

/// A variable as a locale shows it.
pub(super) struct Shown {
    text: Arc<str>,
    number: Option<f64>,
}

/// What a term says, and what was wrong with asking for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it says; `None` where it is unknown.
    pub said: Option<Arc<SaidTerm>>,
    /// What was wrong.
    pub faults: Vec<TermFault>,
}

/// What can be wrong with a term or variable that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermFault {
    /// No locale of the chain has it.
    Missing {
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// It was told something that it does not ask for.
    Unasked {
        /// The argument.
        name: String,
        /// The nearest that it asks for.
        nearest: Option<String>,
    },
    /// It shows something that it was not told.
    Untold {
        /// The argument, without `$`.
        name: String,
        /// Where the term is written.
        defined: Span,
    },
    /// It refers to something that does not exist.
    Reference {
        /// What it refers to, as Fluent names it.
        target: String,
        /// Where the term is written.
        defined: Span,
    },
}

/// Everything that a term of a locale says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermWords {
    /// What it says without arguments.
    pub told: Arc<Told>,
    /// Whether it is in the locale's own language, and no other stood in.
    pub own: bool,
    /// `.yomi`: how it is read.
    pub yomi: Option<String>,
    /// `.synonyms`: other words for it.
    pub synonyms: Vec<String>,
    /// `.avoid`: words that it is written in place of.
    pub avoid: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// The terms of a file, in order.
pub(super) fn written(
    resource: &Arc<FluentResource>,
    file: FileId,
) -> impl Iterator<Item = (String, Written)> {
    let entries = resource.entries().enumerate();
    entries.filter_map(move |(entry, written)| {
        let ast::Entry::Term(term) = written else { return None };
        let start = term.id.name.as_ptr() as usize - resource.source().as_ptr() as usize;
        let span = Span::new(file, start..start + term.id.name.len());
        let mut wants = load::wants(&term.value);
        for attribute in &term.attributes {
            wants.extend(load::wants(&attribute.value));
        }
        Some((
            term.id.name.to_owned(),
            Written { resource: Arc::clone(resource), entry, span, wants },
        ))
    })
}

impl Written {
    fn term(&self) -> &ast::Term<&str> {
        match self.resource.get_entry(self.entry) {
            Some(ast::Entry::Term(term)) => term,
            _ => unreachable!("the entry was a term when it was found"),
        }
    }
}

impl Messages {
    /// What the term `name` says in `locale` when it is told `arguments`.
    pub fn term(&self, locale: LocaleId, name: &str, arguments: &[(String, String)]) -> Arc<Told> {
        let chain = &self.chains[usize::from(locale.0)];
        match chain.terms.get(name) {
            Some(words) if arguments.is_empty() => Arc::clone(&words.told),
            Some(_) => Arc::new(self.told(chain, name, arguments)),
            None => {
                let near = nearest(name, chain.terms.keys().map(String::as_str));
                let fault = TermFault::Missing { nearest: near.map(str::to_owned) };
                Arc::new(Told { said: None, faults: vec![fault] })
            }
        }
    }

    /// The value of the variable `name` as `locale` shows it, else the nearest name.
    pub fn variable(&self, locale: LocaleId, name: &str) -> Result<Arc<str>, Option<String>> {
        let variables = &self.chains[usize::from(locale.0)].variables;
        match variables.get(name) {
            Some(shown) => Ok(Arc::clone(&shown.text)),
            None => Err(nearest(name, variables.keys().map(String::as_str)).map(str::to_owned)),
        }
    }

    /// The terms of `locale` by their names.
    pub fn terms(&self, locale: LocaleId) -> &BTreeMap<String, TermWords> {
        &self.chains[usize::from(locale.0)].terms
    }

    /// How many locales the site has.
    pub fn locales(&self) -> usize {
        self.chains.len()
    }

    /// Lets a chain know the variables, and with them the terms.
    pub(super) fn learn(&self, chain: &mut Chain, variables: &BTreeMap<String, Variable>) {
        chain.variables = variables
            .iter()
            .filter_map(|(name, variable)| Some((name.clone(), shown(chain, variable)?)))
            .collect();
        let tongues = chain.tongues.iter().map(|index| &self.tongues[*index]);
        let names: BTreeSet<&String> = tongues.flat_map(|tongue| tongue.terms.keys()).collect();
        let words = names.into_iter().map(|name| (name.clone(), self.words(chain, name)));
        chain.terms = words.collect();
    }

    fn words(&self, chain: &Chain, name: &str) -> TermWords {
        let (tongue, written) = self.keeper(chain, name).expect("the term is in the chain");
        let attribute = |id| attribute(tongue, written, id, &arguments_of(chain, &[]));
        let list = |id| attribute(id).map(|text| listed(&text)).unwrap_or_default();
        TermWords {
            told: Arc::new(self.told(chain, name, &[])),
            own: speaks(&tongue.tag, &chain.tag),
            yomi: attribute("yomi"),
            synonyms: list("synonyms"),
            avoid: list("avoid"),
            span: written.span,
        }
    }

    fn told(&self, chain: &Chain, name: &str, arguments: &[(String, String)]) -> Told {
        let (tongue, written) = self.keeper(chain, name).expect("the term is in the chain");
        let args = arguments_of(chain, arguments);
        let mut errors = Vec::new();
        let value = &written.term().value;
        let text = tongue.bundle.format_pattern(value, Some(&args), &mut errors);
        let unasked = arguments.iter().filter(|(name, _)| !written.wants.contains(name));
        let mut faults: Vec<TermFault> = unasked
            .map(|(name, _)| TermFault::Unasked {
                name: name.clone(),
                nearest: nearest(name, written.wants.iter().map(String::as_str)).map(str::to_owned),
            })
            .collect();
        let of = |error| fault_of(error, &text, written.span);
        faults.extend(errors.into_iter().filter_map(of));
        let attribute = |id| attribute(tongue, written, id, &args);
        let foreign = !speaks(&tongue.tag, &chain.tag);
        let said = SaidTerm {
            text: text.trim().into(),
            lang: foreign.then(|| tongue.tag.as_str().into()),
            definition: attribute("definition").map(Into::into),
            url: address(written).or_else(|| attribute("url")).map(Into::into),
        };
        Told { said: Some(Arc::new(said)), faults }
    }

    /// The first language of the chain that has the term.
    fn keeper(&self, chain: &Chain, name: &str) -> Option<(&Tongue, &Written)> {
        let tongues = chain.tongues.iter().map(|index| &self.tongues[*index]);
        tongues.into_iter().find_map(|tongue| Some((tongue, tongue.terms.get(name)?)))
    }
}

/// The variables of the site, and over them what a term is told.
fn arguments_of<'a>(chain: &'a Chain, told: &'a [(String, String)]) -> FluentArgs<'a> {
    let site = chain.variables.iter().map(|(name, shown)| {
        let value = match shown.number {
            Some(number) => FluentValue::from(number),
            None => FluentValue::from(&*shown.text),
        };
        (name.as_str(), value)
    });
    let told = told.iter().map(|(name, value)| (name.as_str(), FluentValue::try_number(value)));
    let mut args = FluentArgs::new();
    for (name, value) in site.chain(told) {
        args.set(name, value);
    }
    args
}

/// The `.url` of a term where it is plain: no words, which the pseudo-locale would change.
fn address(written: &Written) -> Option<String> {
    let own = written.term().attributes.iter().find(|own| own.id.name == "url")?;
    let text = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => Some((*value).to_owned()),
        ast::PatternElement::Placeable { .. } => None,
    };
    let parts: Option<Vec<String>> = own.value.elements.iter().map(text).collect();
    Some(parts?.concat().trim().to_owned())
}

/// What an attribute of a term says; nothing where it is blank.
fn attribute(
    tongue: &Tongue,
    written: &Written,
    id: &str,
    args: &FluentArgs<'_>,
) -> Option<String> {
    let attribute = written.term().attributes.iter().find(|attribute| attribute.id.name == id)?;
    let text = tongue.bundle.format_pattern(&attribute.value, Some(args), &mut Vec::new());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Words with `,` or `、` between them.
fn listed(text: &str) -> Vec<String> {
    let words = text.split([',', '、', '，']).map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A variant is chosen by what a term is told, and one may be told nothing: only what shows
/// is a fault.
fn fault_of(error: FluentError, text: &str, defined: Span) -> Option<TermFault> {
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
            let shows = text.contains(&format!("{{${id}}}"));
            shows.then_some(TermFault::Untold { name: id, defined })
        }
        other => Some(TermFault::Reference { target: other.to_string(), defined }),
    }
}

/// A variable in the locale's own way: its own value, else that of a language that stands in.
fn shown(chain: &Chain, variable: &Variable) -> Option<Shown> {
    let values = &variable.value;
    let own = chain.tags.iter().find_map(|tag| values.by_locale.get(tag));
    let first = || values.by_locale.values().next();
    let value = own.or(values.default.as_ref()).or_else(first)?;
    Some(match variable.kind {
        VariableKind::Text => Shown { text: value.as_str().into(), number: None },
        VariableKind::Number => {
            let number: f64 = value.parse().ok()?;
            Shown { text: chain.number(number).into(), number: Some(number) }
        }
        VariableKind::Date(form) => {
            let style = match form {
                DateForm::Short => DateStyle::Short,
                DateForm::Medium => DateStyle::Medium,
                DateForm::Long => DateStyle::Long,
            };
            Shown { text: chain.dates.text(value, style)?.into(), number: None }
        }
    })
}
