//! What stands between the `---` lines of a guide, typed.
//!
//! In: a guide's whole text. Out: its [`FrontMatter`] and the byte at which the body
//! begins, with every fault at its own bytes. The fences are found in `fence`; YAML itself
//! is read by `config::yaml`. Must not look at the body: a title may come from its first
//! heading, but that is decided by the parser.

mod fence;

use super::{FrontMatter, GuideText, ParseOptions};
use crate::config::yaml::{self, Entry, Fields, Node, Prose, ScalarKind, Source, Yaml, wrong};
use crate::config::{GUIDE_KEYS, Moment, ValueType};
use crate::diagnostic::{Checked, Diagnostic, code, nearest};
use crate::text::{FileId, Span, Spanned};

use fence::Fence;

/// The front matter, and the byte at which the body begins.
pub(super) fn front_matter(
    text: GuideText<'_>,
    options: &ParseOptions,
) -> Checked<(FrontMatter, usize)> {
    let known = |key: &str| GUIDE_KEYS.contains(&key) || options.declared.contains_key(key);
    match fence::find(text.text, known) {
        Fence::None { body } => Checked::clean((FrontMatter::default(), body)),
        Fence::Closed { yaml, body } => {
            let mut read = between(text, yaml.clone(), options);
            // A `---` far below may be a rule of the body: the front matter was never
            // closed, and saying so helps more than what YAML makes of the prose.
            if let (None, Some(prose)) = (&read.value, fence::prose(&text.text[yaml.clone()])) {
                let prose = yaml.start + prose;
                return unclosed(text, yaml.start, prose, options);
            }
            let front = read.value.take().unwrap_or_default();
            Checked { value: (front, body), diagnostics: read.diagnostics }
        }
        Fence::Unclosed { start, body } => unclosed(text, start, body, options),
    }
}

/// The keys of a text's front matter with their values, whatever they are; none when there
/// is no front matter or it cannot be read.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let Fence::Closed { yaml, .. } = fence::find(text, |_| false) else { return Vec::new() };
    let source = Source { file: FileId(0), text: &text[yaml.clone()], offset: yaml.start };
    let prose = Prose { texts: &["title", "description"], lists: &["tags", "keywords"] };
    match yaml::read(source, prose).value.map(|yaml| yaml.node) {
        Some(Node::Map(entries)) => entries,
        Some(Node::Scalar(_) | Node::List(_)) | None => Vec::new(),
    }
}

fn unclosed(
    text: GuideText<'_>,
    start: usize,
    body: usize,
    options: &ParseOptions,
) -> Checked<(FrontMatter, usize)> {
    let open = text.text[..start].rfind("---").unwrap_or_default();
    let span = Span::new(text.file, open..open + 3);
    let mut fault =
        Diagnostic::new(code::UNCLOSED_FRONT_MATTER, span, "this front matter is not closed")
            .help("write a line `---` after its last key");
    if body < text.text.len() {
        let end = text.text[body..].find(['\r', '\n']).map_or(text.text.len(), |n| body + n);
        fault = fault.related(Span::new(text.file, body..end), "the text seems to begin here");
    }
    let read = between(text, start..body, options);
    let mut diagnostics = vec![fault];
    let front = read.take(&mut diagnostics).unwrap_or_default();
    Checked { value: (front, body), diagnostics }
}

/// Reads the YAML at `range`; `None` when it is none.
fn between(
    text: GuideText<'_>,
    range: std::ops::Range<usize>,
    options: &ParseOptions,
) -> Checked<Option<FrontMatter>> {
    let source = Source { file: text.file, text: &text.text[range.clone()], offset: range.start };
    let declared_texts = options.declared.iter().filter(|(_, kind)| **kind == ValueType::Text);
    let texts: Vec<&str> = ["title", "description", "owner"]
        .into_iter()
        .chain(declared_texts.map(|(key, _)| key.as_str()))
        .collect();
    let prose = Prose { texts: &texts, lists: &["tags", "keywords"] };
    let mut diagnostics = Vec::new();
    let yaml = yaml::read(source, prose).take(&mut diagnostics);
    let value = yaml.map(|yaml| {
        let mut fields = Fields::of(&yaml, "the front matter");
        let front = fill(&mut fields, options);
        diagnostics.extend(fields.finish_open());
        front
    });
    Checked { value, diagnostics }
}

fn fill(fields: &mut Fields<'_>, options: &ParseOptions) -> FrontMatter {
    let mut front = FrontMatter {
        title: fields.text("title").as_ref().map(trimmed),
        description: fields.text("description").as_ref().map(trimmed),
        date: date(fields, "date", options),
        updated: date(fields, "updated", options),
        tags: words(fields, "tags"),
        order: fields.integer("order"),
        draft: fields.boolean("draft"),
        publish: date(fields, "publish", options),
        expires: date(fields, "expires", options),
        review_by: date(fields, "review_by", options),
        owner: fields.text("owner").map(|owner| owner.value),
        audience: audience(fields, options),
        keywords: words(fields, "keywords")
            .unwrap_or_default()
            .into_iter()
            .map(|w| w.value)
            .collect(),
        aliases: words(fields, "aliases"),
        slug: slug(fields),
        toc: toc(fields),
        search: fields.boolean("search"),
        template: fields.text("template"),
        source: fields.text("source"),
        extra: extra(fields),
    };
    others(fields, options, &mut front);
    front
}

fn trimmed(text: &Spanned<String>) -> Spanned<String> {
    Spanned::new(text.value.trim().to_owned(), text.span)
}

/// Texts without the empty ones and repetitions.
fn words(fields: &mut Fields<'_>, key: &'static str) -> Option<Vec<Spanned<String>>> {
    let mut words: Vec<Spanned<String>> = Vec::new();
    for word in fields.texts(key)?.iter().map(trimmed) {
        if !word.value.is_empty() && words.iter().all(|other| other.value != word.value) {
            words.push(word);
        }
    }
    Some(words)
}

fn date(
    fields: &mut Fields<'_>,
    key: &'static str,
    options: &ParseOptions,
) -> Option<Spanned<Moment>> {
    let value = fields.value(key)?;
    let moment = value.text().and_then(|text| Moment::read(text, &options.timezone));
    if moment.is_none() {
        fields.report(no_date(key, value));
    }
    Some(Spanned::new(moment?, value.span))
}

fn no_date(key: &str, value: &Yaml) -> Diagnostic {
    wrong(key, value, "a date of the calendar", &format!("{key}: 2022-03-24 12:00"))
}

fn audience(fields: &mut Fields<'_>, options: &ParseOptions) -> Option<Vec<Spanned<String>>> {
    let names = words(fields, "audience")?;
    for name in names.iter().filter(|name| !options.audiences.contains(&name.value)) {
        let known = options.audiences.iter().map(String::as_str);
        fields.report(
            Diagnostic::new(code::UNKNOWN_AUDIENCE, name.span, "unknown audience `{name}`")
                .with("name", &name.value)
                .nearest(nearest(&name.value, known))
                .help("audiences are declared under `audiences:` in `shirube.yaml`"),
        );
    }
    Some(names)
}

fn slug(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let slug = fields.text("slug").as_ref().map(trimmed)?;
    let part = !slug.value.is_empty()
        && !slug.value.contains(['/', '\\', '?', '#', '%'])
        && !matches!(slug.value.as_str(), "." | "..");
    if !part {
        fields.report(
            Diagnostic::new(
                code::INVALID_VALUE,
                slug.span,
                "`{slug}` is not one part of an address",
            )
            .with("slug", &slug.value)
            .help("for example `slug: move-authenticator`"),
        );
    }
    part.then_some(slug)
}

/// `toc: false`, or the settings that Hexo themes take: `toc: {enabled: true, …}`.
fn toc(fields: &mut Fields<'_>) -> Option<bool> {
    let value = fields.value("toc")?;
    if let Node::Map(_) = value.node {
        let mut inner = Fields::of(value, "`toc`");
        let enabled = inner.boolean("enabled").unwrap_or(true);
        fields.absorb_open(inner);
        return Some(enabled);
    }
    fields.boolean("toc")
}

fn extra(fields: &mut Fields<'_>) -> serde_json::Map<String, serde_json::Value> {
    match fields.value("extra").map(|value| (value, value.json())) {
        Some((_, serde_json::Value::Object(map))) => map,
        Some((value, _)) => {
            fields.report(wrong("extra", value, "keys with values", "extra: {cost: 100}"));
            serde_json::Map::new()
        }
        None => serde_json::Map::new(),
    }
}

/// The site's declared keys, and those that mean nothing.
fn others(fields: &mut Fields<'_>, options: &ParseOptions, front: &mut FrontMatter) {
    let rest: Vec<&Entry> = fields.rest().collect();
    for entry in rest {
        let Some(kind) = options.declared.get(&entry.key.value) else {
            let declared = options.declared.keys().map(String::as_str);
            let known = GUIDE_KEYS.iter().copied().chain(declared);
            fields.report(
                yaml::unknown_key(&entry.key, known)
                    .help("a key of your own goes under `extra:`, or is declared under `front_matter:` in `shirube.yaml`"),
            );
            continue;
        };
        if entry.value.is_null() {
            continue;
        }
        let key = &entry.key.value;
        match declared(fields, *kind, entry, options) {
            Ok(value) => {
                front.extra.insert(key.clone(), value);
            }
            Err(fault) => fields.report(*fault),
        }
    }
}

/// The value of a declared key, as its type wants it.
fn declared(
    fields: &mut Fields<'_>,
    kind: ValueType,
    entry: &Entry,
    options: &ParseOptions,
) -> Result<serde_json::Value, Box<Diagnostic>> {
    let Entry { key, value } = entry;
    let scalar = value.scalar().map(|scalar| scalar.kind);
    let refuse = |wanted: &str, example: &str| {
        Err(Box::new(wrong(&key.value, value, wanted, &format!("{}: {example}", key.value))))
    };
    match kind {
        ValueType::Any => Ok(value.json()),
        ValueType::Text => match value.text() {
            Some(text) => Ok(text.into()),
            None => refuse("a text", "…"),
        },
        ValueType::Number => match scalar {
            Some(ScalarKind::Integer(_) | ScalarKind::Decimal(_)) => Ok(value.json()),
            _ => refuse("a number", "10"),
        },
        ValueType::Boolean => match scalar {
            Some(ScalarKind::Boolean(flag)) => Ok(flag.into()),
            _ => refuse("`true` or `false`", "true"),
        },
        ValueType::Date => {
            match value.text().and_then(|text| Moment::read(text, &options.timezone)) {
                Some(moment) => Ok(moment.rfc3339().into()),
                None => Err(Box::new(no_date(&key.value, value))),
            }
        }
        ValueType::List => {
            let texts = fields.texts_of(&key.value, value);
            Ok(texts.into_iter().map(|text| serde_json::Value::from(text.value)).collect())
        }
    }
}

#[cfg(test)]
mod tests;
