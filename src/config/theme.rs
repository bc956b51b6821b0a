//! `theme:`, and design tokens as settings and themes write them.
//!
//! What a token means, and whether a value fits it, is the theme's to say; here they are
//! only read, each with its bytes.

use super::yaml::{Fields, Node, Yaml, unknown_key, wrong};
use crate::diagnostic::{Diagnostic, code};
use crate::text::Spanned;

/// A design token with a value of its own: `accent: "#1f5f4a"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its name, without `--`.
    pub name: Spanned<String>,
    /// Its value.
    pub value: TokenValue,
}

/// What is written for a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenValue {
    /// One value; `light-dark(a, b)` holds two of them.
    One(Spanned<String>),
    /// `{ light: …, dark: … }`; a scheme that is not named keeps what it had.
    Schemes {
        /// In the light scheme.
        light: Option<Spanned<String>>,
        /// In the dark scheme.
        dark: Option<Spanned<String>>,
    },
}

/// `theme:` as a name or as `{ name, tokens }`.
pub(super) fn theme(fields: &mut Fields<'_>) -> (Option<Spanned<String>>, Vec<Token>) {
    refuse_old_place(fields);
    let Some(value) = fields.value("theme") else { return (None, Vec::new()) };
    if let Some(name) = value.spanned_text() {
        return (Some(name), Vec::new());
    }
    if matches!(value.node, Node::List(_)) {
        fields.report(wrong("theme", value, "a theme's name, or keys", "theme: ours"));
        return (None, Vec::new());
    }
    let mut inner = Fields::of(value, "`theme`");
    let name = inner.text("name");
    let tokens = tokens(&mut inner);
    fields.absorb(inner);
    (name, tokens)
}

/// Tokens stood at the top once.
fn refuse_old_place(fields: &mut Fields<'_>) {
    if fields.value("tokens").is_none() {
        return;
    }
    let entry = fields.entries().iter().find(|entry| entry.key.value == "tokens");
    let Some(entry) = entry else { return };
    fields.report(
        Diagnostic::new(code::UNKNOWN_KEY, entry.key.span, "`tokens` belongs under `theme`")
            .help("write `theme: { tokens: { … } }`, with the theme's `name` where there is one"),
    );
}

/// The value of `tokens`: names without `--`, in the order of the text.
pub fn tokens(fields: &mut Fields<'_>) -> Vec<Token> {
    let Some(mut inner) = fields.fields("tokens") else { return Vec::new() };
    let mut tokens = Vec::new();
    for entry in inner.entries() {
        let name = entry.key.value.trim_start_matches("--").to_owned();
        let name = Spanned::new(name, entry.key.span);
        let value = token_value(&mut inner, &name, &entry.value);
        tokens.extend(value.map(|value| Token { name, value }));
    }
    fields.absorb_open(inner);
    tokens
}

fn token_value(
    fields: &mut Fields<'_>,
    name: &Spanned<String>,
    value: &Yaml,
) -> Option<TokenValue> {
    if value.is_null() {
        fields.report(unquoted(name));
        return None;
    }
    if let Some(text) = value.spanned_text() {
        return Some(TokenValue::One(text));
    }
    if let Node::Map(entries) = &value.node
        && !entries.is_empty()
    {
        let [light, dark] = ["light", "dark"].map(|scheme| {
            let entry = entries.iter().find(|entry| entry.key.value == scheme)?;
            let text = entry.value.spanned_text();
            if text.is_none() {
                fields.report(unquoted(&entry.key));
            }
            text
        });
        let known = ["light", "dark"];
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.value.as_str())) {
            fields.report(unknown_key(&entry.key, known));
        }
        return (light.is_some() || dark.is_some()).then_some(TokenValue::Schemes { light, dark });
    }
    let example = format!("{}: \"…\"", name.value);
    fields.report(wrong(&name.value, value, "a CSS value", &example));
    None
}

/// A key without a value: most probably `#1f5f4a` without quotes, a comment to YAML.
fn unquoted(name: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, name.span, "`{name}` has no value")
        .with("name", &name.value)
        .help("YAML takes `#` for a comment: write a colour in quotes, `{name}: \"#1f5f4a\"`")
}
