//! The words that guides are filled with, and what a guide heard of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::avoid::Avoided;
use crate::document::LocaleId;
use crate::messages::{Messages, Told};

/// The terms and variables of a site, with the words that it does without.
#[derive(Debug)]
pub struct Words {
    pub(super) messages: Arc<Messages>,
    /// By locale.
    pub(super) avoided: Vec<Arc<Avoided>>,
}

impl Words {
    /// The words that `messages` hold.
    pub fn new(messages: Arc<Messages>) -> Self {
        let locales = (0u16..).map(LocaleId).take(messages.locales());
        let avoided = locales.map(|locale| Arc::new(Avoided::of(messages.terms(locale)))).collect();
        Self { messages, avoided }
    }
}

/// A term with what it is told.
type Term = (LocaleId, String, Vec<(String, String)>);

/// A variable's value, else the nearest name.
type Value = Result<Arc<str>, Option<String>>;

/// What a guide asked for, and what it was told: it is the same guide while it would be told
/// the same.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    pub(super) terms: BTreeMap<Term, Arc<Told>>,
    pub(super) variables: BTreeMap<(LocaleId, String), Value>,
    pub(super) avoided: BTreeMap<LocaleId, Arc<Avoided>>,
}

impl Heard {
    /// Whether `words` still say the same.
    pub fn holds(&self, words: &Words) -> bool {
        let term = |((locale, name, arguments), told): (&Term, &Arc<Told>)| {
            let now = words.messages.term(*locale, name, arguments);
            Arc::ptr_eq(&now, told) || now == *told
        };
        let variable = |(key, told): (&(LocaleId, String), &Value)| {
            words.messages.variable(key.0, &key.1) == *told
        };
        let avoided = |(locale, then): (&LocaleId, &Arc<Avoided>)| {
            words.avoided.get(usize::from(locale.0)).is_some_and(|now| now.is(then))
        };
        self.terms.iter().all(term)
            && self.variables.iter().all(variable)
            && self.avoided.iter().all(avoided)
    }
}
