//! `variables`: values that guides and terms name, as texts, numbers and days.

use std::collections::BTreeMap;

use super::read::localized_value;
use super::yaml::{Entry, Fields, Node, Yaml, wrong};
use super::{DateForm, Locale, Localized, Variable, VariableKind};
use crate::dates::{Day, Zone};
use crate::diagnostic::{Diagnostic, code};
use crate::text::Spanned;

pub(super) fn variables(fields: &mut Fields<'_>, locales: &[Locale]) -> BTreeMap<String, Variable> {
    let Some(mut inner) = fields.fields("variables") else { return BTreeMap::new() };
    let mut variables = BTreeMap::new();
    for Entry { key, value } in inner.entries() {
        if is_identifier(&key.value) {
            let variable = variable(&mut inner, key, value, locales);
            variables.insert(key.value.clone(), variable);
        } else {
            inner.report(
                Diagnostic::new(code::INVALID_VALUE, key.span, "`{key}` cannot name a variable")
                    .with("key", &key.value)
                    .help("use ASCII letters, digits, `-` and `_`, such as `helpdesk-phone`"),
            );
        }
    }
    fields.absorb_open(inner);
    variables
}

/// Whether guides can write `{$name}`: the form of Fluent's identifiers.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn variable(
    fields: &mut Fields<'_>,
    key: &Spanned<String>,
    value: &Yaml,
    locales: &[Locale],
) -> Variable {
    let typed = match &value.node {
        Node::Map(entries) => entries.iter().find_map(|entry| Some((kind(entry)?, entry))),
        _ => None,
    };
    let Some((mut kind, held)) = typed else {
        let value = localized_value(fields, &key.value, value, locales);
        return Variable { kind: VariableKind::Text, value };
    };
    if let Node::Map(entries) = &value.node {
        for entry in entries.iter().filter(|entry| !std::ptr::eq(*entry, held)) {
            further(fields, entry, &mut kind);
        }
    }
    let values = localized_value(fields, &held.key.value, &held.value, locales);
    Variable { kind, value: checked(fields, kind, held, values) }
}

fn kind(entry: &Entry) -> Option<VariableKind> {
    Some(match entry.key.value.as_str() {
        "text" => VariableKind::Text,
        "number" => VariableKind::Number,
        "date" => VariableKind::Date(DateForm::default()),
        _ => return None,
    })
}

/// Takes in what stands beside a typed value: the style of a day.
fn further(fields: &mut Fields<'_>, entry: &Entry, kind: &mut VariableKind) {
    let is_style = entry.key.value == "style";
    match (kind, entry.value.text()) {
        (VariableKind::Date(form), Some(style)) if is_style => {
            *form = match style {
                "short" => DateForm::Short,
                "medium" => DateForm::Medium,
                "long" => DateForm::Long,
                _ => {
                    let example = "style: short";
                    let fault = wrong("style", &entry.value, "the style of a day", example);
                    return fields.report(fault);
                }
            };
        }
        _ => fields.report(
            Diagnostic::new(code::UNKNOWN_KEY, entry.key.span, "`{key}` says nothing here")
                .with("key", &entry.key.value)
                .help("a value is `text:`, `number:`, or `date:` with a `style:`"),
        ),
    }
}

/// The values that are of their kind; the others are faults.
fn checked(
    fields: &mut Fields<'_>,
    kind: VariableKind,
    held: &Entry,
    values: Localized,
) -> Localized {
    let (is_good, expected, example): (fn(&str) -> bool, _, _) = match kind {
        VariableKind::Text => return values,
        VariableKind::Number => (is_number, "a number", "number: 1200"),
        VariableKind::Date(_) => (is_day, "a day of the calendar", "date: 2026-04-01"),
    };
    let parts: Vec<&Yaml> = match &held.value.node {
        Node::Map(entries) => entries.iter().map(|entry| &entry.value).collect(),
        _ => vec![&held.value],
    };
    for part in parts {
        if part.text().is_some_and(|text| !is_good(text)) {
            fields.report(wrong(&held.key.value, part, expected, example));
        }
    }
    Localized {
        default: values.default.filter(|text| is_good(text)),
        by_locale: values.by_locale.into_iter().filter(|(_, text)| is_good(text)).collect(),
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_day(text: &str) -> bool {
    Day::read(text, &Zone::utc()).is_some()
}
