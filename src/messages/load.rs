//! Reads `.ftl` texts into one bundle a language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use fluent_syntax::parser::{ErrorKind, ParserError};

use super::format::{self, DateStyle, Dates};
use super::pseudo::{PSEUDO, pseudo_text};
use super::{Definition, MessageSource, Tongue, terms};
use crate::config::Locale;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::text::{FileId, Span};

/// One tongue for each language that has a source, in the order of tags.
pub(super) fn tongues(
    sources: &[MessageSource<'_>],
    locales: &[Locale],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Tongue> {
    let mut by_tag: BTreeMap<&str, Vec<&MessageSource<'_>>> = BTreeMap::new();
    for locale in locales {
        by_tag.entry(locale.as_str()).or_default();
    }
    for source in sources {
        by_tag.entry(source.locale.as_str()).or_default().push(source);
    }
    let source = locales.first().map(|locale| locale.as_str());
    if let (Some(source), true) = (source, by_tag.contains_key(PSEUDO)) {
        // The pseudo-locale speaks the source's words.
        let spoken = by_tag.get(source).cloned().unwrap_or_default();
        by_tag.insert(PSEUDO, spoken);
    }
    let speech = |tag| if tag == PSEUDO { source.unwrap_or(tag) } else { tag };
    let mut tongues = Vec::new();
    for (tag, sources) in by_tag {
        let mut faults = Vec::new();
        tongues.push(tongue((tag, speech(tag)), sources, &mut faults));
        // What is wrong with the source's words is told once.
        diagnostics.extend(faults.into_iter().filter(|_| tag != PSEUDO));
    }
    tongues
}

/// The words of the locale `tag`, in the language `speech`.
fn tongue(
    (tag, speech): (&str, &str),
    mut sources: Vec<&MessageSource<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Tongue {
    sources.sort_by_key(|source| source.layer);
    let language = speech.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks U+2068 and U+2069 would end up in titles, addresses and the search index.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(format::number_text));
    add_functions(&mut bundle, speech);
    if tag == PSEUDO {
        bundle.set_transform(Some(pseudo_text));
    }
    let mut definitions: BTreeMap<String, (u8, Definition)> = BTreeMap::new();
    let mut terms = BTreeMap::new();
    for source in sources {
        let resource = match FluentResource::try_new(unmarked(source.text)) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                diagnostics
                    .extend(errors.iter().map(|error| syntax(source.file, source.text, error)));
                resource
            }
        };
        for entry in resource.entries() {
            let Some((name, definition)) = definition(entry, resource.source(), source.file) else {
                continue;
            };
            let span = definition.span;
            let known = definitions.insert(name.clone(), (source.layer, definition));
            if let Some((layer, first)) = known
                && layer == source.layer
            {
                diagnostics.push(duplicate(&name, span, first.span));
            }
        }
        let resource = Arc::new(resource);
        terms.extend(terms::written(&resource, source.file));
        bundle.add_resource_overriding(resource);
    }
    diagnostics.extend(dangling(tag, &definitions));
    let uses = definitions.values().flat_map(|(_, found)| &found.references);
    let referenced = uses.cloned().collect();
    let definitions = definitions.into_iter().map(|(name, (_, found))| (name, found));
    Tongue {
        tag: tag.to_owned(),
        bundle,
        referenced,
        terms,
        // Terms (`-name`) are words of messages, not messages that a template can ask for.
        definitions: definitions.filter(|(name, _)| !name.starts_with('-')).collect(),
    }
}

/// The text with blank lines in place of a byte order mark, so that its bytes stay where
/// they are.
fn unmarked(text: &str) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => format!("\n\n\n{rest}"),
        None => text.to_owned(),
    }
}

/// References of messages to others that their language does not have. Fluent would show
/// them as they are written.
fn dangling(tag: &str, definitions: &BTreeMap<String, (u8, Definition)>) -> Vec<Diagnostic> {
    let fault = |(name, (_, definition)): (&String, &(u8, Definition))| {
        let missing =
            definition.references.iter().filter(|other| !definitions.contains_key(*other));
        let fault = |other: &String| {
            let message = "`{id}` uses `{other}`, which does not exist in `{locale}`";
            Diagnostic::new(code::MISSING_MESSAGE, definition.span, message)
                .with("id", name)
                .with("other", other)
                .with("locale", tag)
                .nearest(nearest(other, definitions.keys().map(String::as_str)))
        };
        missing.map(fault).collect::<Vec<_>>()
    };
    definitions.iter().flat_map(fault).collect()
}

fn add_functions(bundle: &mut FluentBundle<Arc<FluentResource>>, tag: &str) {
    let free = "the bundle is new, so the name is free";
    bundle
        .add_function("NUMBER", |positional, named| match positional.first() {
            Some(FluentValue::Number(number)) => {
                let mut number = number.clone();
                number.options.merge(named);
                FluentValue::Number(number)
            }
            _ => FluentValue::Error,
        })
        .expect(free);
    let dates = Dates::new(tag);
    bundle
        .add_function("DATETIME", move |positional, named| {
            let text = date_text(&dates, positional.first(), named);
            text.map_or(FluentValue::Error, |text| FluentValue::String(text.into()))
        })
        .expect(free);
}

fn date_text(
    dates: &Dates,
    date: Option<&FluentValue<'_>>,
    named: &FluentArgs<'_>,
) -> Option<String> {
    let style = match named.get("style") {
        Some(FluentValue::String(style)) => DateStyle::named(style)?,
        _ => DateStyle::Long,
    };
    match date {
        Some(FluentValue::String(date)) => dates.text(date, style),
        _ => None,
    }
}

/// The name of a message, or of a term with its hyphen, and what it wants to be told.
fn definition(
    entry: &ast::Entry<&str>,
    source: &str,
    file: FileId,
) -> Option<(String, Definition)> {
    let (id, prefix, value, attributes) = match entry {
        ast::Entry::Message(message) => {
            (message.id.name, "", message.value.as_ref(), &message.attributes)
        }
        ast::Entry::Term(term) => (term.id.name, "-", Some(&term.value), &term.attributes),
        ast::Entry::Comment(_)
        | ast::Entry::GroupComment(_)
        | ast::Entry::ResourceComment(_)
        | ast::Entry::Junk { .. } => return None,
    };
    let start = id.as_ptr() as usize - source.as_ptr() as usize;
    let span = Span::new(file, start..start + id.len());
    let mut definition = Definition::at(span);
    for pattern in value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value)) {
        pattern_uses(pattern, &mut definition);
    }
    Some((format!("{prefix}{id}"), definition))
}

/// What a term wants to be told, apart from its attributes.
pub(super) fn wants(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut uses = Definition::at(Span::new(FileId(0), 0..0));
    pattern_uses(pattern, &mut uses);
    uses.arguments
}

fn pattern_uses(pattern: &ast::Pattern<&str>, uses: &mut Definition) {
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { .. } => {}
            ast::PatternElement::Placeable { expression } => {
                expression_uses(expression, uses);
            }
        }
    }
}

fn expression_uses(expression: &ast::Expression<&str>, uses: &mut Definition) {
    match expression {
        ast::Expression::Inline(inline) => inline_uses(inline, uses),
        ast::Expression::Select { selector, variants } => {
            inline_uses(selector, uses);
            for variant in variants {
                pattern_uses(&variant.value, uses);
            }
        }
    }
}

fn inline_uses(inline: &ast::InlineExpression<&str>, uses: &mut Definition) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            uses.arguments.insert(id.name.to_owned());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_uses(argument, uses);
            }
        }
        ast::InlineExpression::Placeable { expression } => expression_uses(expression, uses),
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. } => {}
        ast::InlineExpression::MessageReference { id, .. } => {
            uses.references.insert(id.name.to_owned());
        }
        ast::InlineExpression::TermReference { id, .. } => {
            uses.references.insert(format!("-{}", id.name));
        }
    }
}

pub(super) fn syntax(file: FileId, text: &str, error: &ParserError) -> Diagnostic {
    // The parser's end may lie past the text or inside a character.
    let start = text.floor_char_boundary(error.pos.start.min(text.len()));
    let end = text.ceil_char_boundary(error.pos.end.min(text.len()).max(start));
    let fault = Diagnostic::new(
        code::FLUENT_SYNTAX,
        Span::new(file, start..end),
        "this message cannot be read: {reason}",
    )
    .with("reason", reason(&error.kind))
    .help("everything from here to the next message is left out");
    match &error.kind {
        ErrorKind::MissingDefaultVariant => {
            fault.help("mark the variant for all other values with `*`: `*[other]`")
        }
        ErrorKind::ExpectedMessageField { .. } => {
            fault.help("text that goes on in the next line is indented")
        }
        _ => fault,
    }
}

/// The parser's own words, as ours begin: in lower case.
fn reason(kind: &ErrorKind) -> String {
    let words = kind.to_string().replace('"', "`");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn duplicate(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_MESSAGE, span, "the message `{id}` is defined twice")
        .with("id", name)
        .related(first, "first defined here")
        .help("the later one is used; remove one of them")
}
