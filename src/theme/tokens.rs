//! Design tokens: what the theme's sheet defines, and what themes and the site lay over it.
//!
//! A token has the type of the value that the sheet gives it; an override of another type
//! is left out and told at its own bytes, so that one slip cannot break the whole sheet.

use std::collections::BTreeMap;

use super::colour::{Colour, Scheme, Texts, call, colour, light_dark};
use super::css;
use crate::config::{Token, TokenValue};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::text::{FileId, Span, Spanned};

/// What a token's value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Colour,
    Length,
    Number,
    Fonts,
    /// Anything that CSS takes.
    Other,
}

/// A value with the bytes of the override; the built-in theme's own have none.
#[derive(Debug, Clone)]
struct Value {
    text: String,
    place: Option<Span>,
}

#[derive(Debug, Clone)]
struct Known {
    kind: Kind,
    /// By scheme, light first; the same in both for all that is no colour.
    values: [Value; 2],
    changed: bool,
}

/// Every token of a theme with its value in both schemes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    known: BTreeMap<String, Known>,
}

impl Tokens {
    /// The tokens that `sheet` defines. `file` is a site's own sheet, whose values are at
    /// fault themselves; the built-in one has none.
    pub(super) fn of(sheet: &str, file: Option<FileId>) -> Self {
        let mut tokens = Self::default();
        for declared in css::declarations(sheet) {
            let (light, dark) =
                light_dark(declared.value).unwrap_or((declared.value, declared.value));
            let place = file.map(|file| Span::new(file, declared.range.clone()));
            let values = [light, dark].map(|text| Value { text: text.to_owned(), place });
            let known = Known { kind: Kind::Other, values, changed: false };
            // Later rules are for other media; the first one is what a token is.
            tokens.known.entry(declared.name.to_owned()).or_insert(known);
        }
        let names: Vec<String> = tokens.known.keys().cloned().collect();
        for name in names {
            tokens.settle(&name);
        }
        tokens
    }

    /// Lays `written` over the tokens; `is_new` says of a name that the sheet does not know
    /// whether a theme brings it along.
    pub(super) fn lay(
        &mut self,
        written: &[Token],
        is_new: &dyn Fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut laid = Vec::new();
        for token in written {
            match self.refusal(token, is_new) {
                Some(fault) => diagnostics.push(fault),
                None => laid.push((token, self.insert(token))),
            }
        }
        // Values may refer to tokens that are written below them, so they are all laid
        // before any is looked at.
        for (token, before) in laid {
            let name = &token.name.value;
            if before.is_none() {
                self.settle(name);
            }
            if let Some(fault) = self.misfit(token) {
                diagnostics.push(fault);
                match before {
                    Some(before) => self.known.insert(name.clone(), before),
                    None => self.known.remove(name),
                };
            }
        }
    }

    /// Whether `name` is a token.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// A rule that sets the overridden tokens; it follows the theme's own and so wins.
    pub(super) fn css(&self) -> String {
        let changed = self.known.iter().filter(|(_, known)| known.changed);
        let rules: String =
            changed.map(|(name, known)| format!("--{name}:{};", known.written())).collect();
        if rules.is_empty() { rules } else { format!("\n:root{{{rules}}}\n") }
    }

    /// The names of all tokens that are colours.
    #[cfg(test)]
    pub(super) fn colours(&self) -> impl Iterator<Item = &str> {
        let colours = self.known.iter().filter(|(_, known)| known.kind == Kind::Colour);
        colours.map(|(name, _)| name.as_str())
    }

    /// The colour of a token in a scheme.
    pub(super) fn colour(&self, name: &str, scheme: Scheme) -> Option<Colour> {
        colour(self.text(name, scheme)?, scheme, self)
    }

    /// Where a token was overridden in a scheme.
    pub(super) fn place(&self, name: &str, scheme: Scheme) -> Option<Span> {
        self.known.get(name)?.values[scheme as usize].place
    }

    /// The tokens as they would be with `text` for `name` in `scheme`.
    pub(super) fn with(&self, name: &str, scheme: Scheme, text: String) -> Self {
        let mut tokens = self.clone();
        if let Some(known) = tokens.known.get_mut(name) {
            known.values[scheme as usize].text = text;
        }
        tokens
    }

    /// Finds out the type of a token by its value.
    fn settle(&mut self, name: &str) {
        let kinds = [Kind::Colour, Kind::Length, Kind::Number, Kind::Fonts];
        let text = |scheme| self.text(name, scheme).unwrap_or_default();
        let fits =
            |kind: &Kind| Scheme::ALL.iter().all(|scheme| self.fits(*kind, text(*scheme), *scheme));
        let kind = kinds.into_iter().find(fits).unwrap_or(Kind::Other);
        if let Some(known) = self.known.get_mut(name) {
            known.kind = kind;
        }
    }

    fn insert(&mut self, token: &Token) -> Option<Known> {
        let before = self.known.get(&token.name.value).cloned();
        let (light, dark) = halves(&token.value);
        let value = |half: &Option<Spanned<String>>, other: &Option<Spanned<String>>, at: usize| {
            let own = match (half, &before) {
                (Some(half), _) => half,
                (None, Some(before)) => return before.values[at].clone(),
                (None, None) => other.as_ref().expect("one of the two schemes is written"),
            };
            Value { text: own.value.trim().to_owned(), place: Some(own.span) }
        };
        let values = [value(&light, &dark, 0), value(&dark, &light, 1)];
        let kind = before.as_ref().map_or(Kind::Other, |before| before.kind);
        self.known.insert(token.name.value.clone(), Known { kind, values, changed: true });
        before
    }

    /// Why a token cannot be laid over at all.
    fn refusal(&self, token: &Token, is_new: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
        let name = &token.name.value;
        let (light, dark) = halves(&token.value);
        let unsafe_one = light.into_iter().chain(dark).find(|value| !css::is_value(&value.value));
        if let Some(value) = unsafe_one {
            return Some(unusable(name, &value));
        }
        let known = self.known.contains_key(name);
        (!css::is_name(name) || !known && !is_new(name)).then(|| self.unknown(&token.name))
    }

    fn unknown(&self, name: &Spanned<String>) -> Diagnostic {
        let names = self.known.keys().map(String::as_str);
        Diagnostic::new(code::INVALID_TOKEN, name.span, "the theme has no token `{name}`")
            .with("name", &name.value)
            .nearest(nearest(&name.value, names))
            .help("the tokens are those of the theme's `assets/tokens.css`, without `--`")
    }

    /// Why the value of a token that was laid does not fit it.
    fn misfit(&self, token: &Token) -> Option<Diagnostic> {
        let name = &token.name.value;
        let kind = self.known.get(name)?.kind;
        if let TokenValue::Schemes { light, dark } = &token.value
            && kind != Kind::Colour
        {
            let place = light.as_ref().or(dark.as_ref())?.span;
            let message = "only colours differ by scheme, and the token `{name}` is none";
            let fault = Diagnostic::new(code::INVALID_TOKEN, place, message).with("name", name);
            return Some(fault.help("write one value for both"));
        }
        let (light, dark) = halves(&token.value);
        let written = [(light, Scheme::Light), (dark, Scheme::Dark)];
        let wrong = written.into_iter().find_map(|(value, scheme)| {
            value.filter(|value| !self.fits(kind, value.value.trim(), scheme))
        });
        wrong.map(|value| kind.misfit(name, &value))
    }

    fn fits(&self, kind: Kind, text: &str, scheme: Scheme) -> bool {
        if kind != Kind::Colour
            && let Some(name) = call(text, "var")
        {
            let name = name.trim().trim_start_matches("--");
            return self.known.get(name).is_some_and(|known| known.kind == kind);
        }
        match kind {
            Kind::Colour => colour(text, scheme, self).is_some(),
            Kind::Length => css::is_length(text),
            Kind::Number => css::is_number(text),
            Kind::Fonts => css::is_font_list(text),
            Kind::Other => true,
        }
    }
}

impl Texts for Tokens {
    fn text(&self, name: &str, scheme: Scheme) -> Option<&str> {
        Some(&self.known.get(name)?.values[scheme as usize].text)
    }
}

impl Known {
    fn written(&self) -> String {
        let [light, dark] = &self.values;
        if light.text == dark.text {
            light.text.clone()
        } else {
            format!("light-dark({}, {})", light.text, dark.text)
        }
    }
}

impl Kind {
    fn misfit(self, name: &str, value: &Spanned<String>) -> Diagnostic {
        let (wanted, example) = match self {
            Kind::Colour => ("a colour", "\"#1f5f4a\"` or `\"light-dark(#1f5f4a, #8fd0b5)\""),
            Kind::Length => ("a length with its unit", "8px` or `0.5rem"),
            Kind::Number => ("a number without a unit", "1.6"),
            Kind::Fonts => ("names of fonts", "'\"BIZ UDPGothic\", Meiryo, sans-serif'"),
            Kind::Other => ("a CSS value", "…"),
        };
        let message = "the token `{name}` wants {wanted}, not `{value}`";
        Diagnostic::new(code::INVALID_TOKEN, value.span, message)
            .with("name", name)
            .with("wanted", wanted)
            .with("value", &value.value)
            .with("example", example)
            .help("for example `{example}`")
    }
}

/// What is written for the light and for the dark scheme.
fn halves(value: &TokenValue) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
    match value {
        TokenValue::Schemes { light, dark } => (light.clone(), dark.clone()),
        TokenValue::One(text) => {
            let (light, dark) = light_dark(&text.value).unwrap_or((&text.value, &text.value));
            let half = |part: &str| Some(Spanned::new(part.to_owned(), text.span));
            (half(light), half(dark))
        }
    }
}

fn unusable(name: &str, value: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::INVALID_TOKEN, value.span, "the token `{name}` cannot be `{value}`")
        .with("name", name)
        .with("value", &value.value)
        .help("a token is one CSS value, without `;`, `{`, `}`, `<` or a comment")
}

#[cfg(test)]
mod tests;
