//! The YAML crate's events, taken through serde, as a tree with byte spans.

use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Options, Spanned as Located};

use super::unquoted::{Suspect, masked};
use super::{Entry, Node, Scalar, ScalarKind, Source, Yaml, fault};
use crate::diagnostic::{Checked, Diagnostic, code};
use crate::text::{Span, Spanned};

/// How deep lists and maps may be nested.
pub(super) const DEPTH: usize = 32;
/// How many values one text may hold; a site's settings have some hundreds.
pub(super) const NODES: usize = 4000;
const ALIASES: usize = 64;
const SCALAR_BYTES: usize = 1 << 20;

/// A text that could not be read.
pub(super) struct Refused {
    pub(super) fault: Box<Diagnostic>,
    /// Whether it is a fault of syntax, which quotes may heal.
    pub(super) syntax: bool,
}

/// Reads `source` with the suspects' values taken as plain text.
pub(super) fn read(source: Source<'_>, suspects: &[Suspect]) -> Result<Checked<Yaml>, Refused> {
    let text = masked(source.text, suspects);
    match serde_saphyr::from_str_with_options::<Located<Raw>>(&text, options()) {
        Ok(raw) => {
            let mut builder = Builder { source, suspects, diagnostics: Vec::new() };
            let value = builder.yaml(raw);
            Ok(Checked { value, diagnostics: builder.diagnostics })
        }
        Err(error) => Err(fault::refused(&error, source, &text)),
    }
}

/// Whether the value of the only key of `text`, or its only item, is a single value;
/// `None` when `text` is no YAML.
pub(super) fn is_single(text: &str) -> Option<bool> {
    let scalar = |raw: &Located<Raw>| matches!(raw.value, Raw::Scalar(..));
    match serde_saphyr::from_str_with_options::<Located<Raw>>(text, options()).ok()?.value {
        Raw::Map(entries) => Some(entries.len() == 1 && scalar(&entries[0].1)),
        Raw::List(items) => Some(items.len() == 1 && scalar(&items[0])),
        Raw::Scalar(..) => Some(false),
    }
}

fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
        // Duplicates are found here, so that both places can be shown.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        budget: serde_saphyr::budget! {
            max_depth: DEPTH,
            flow_nesting_limit: DEPTH + 1,
            max_nodes: NODES,
            max_events: NODES * 3,
            max_aliases: ALIASES,
            max_anchors: ALIASES,
            max_recorded_anchor_events: NODES,
            max_total_scalar_bytes: SCALAR_BYTES,
            max_documents: 2,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: NODES / 2,
            max_replay_stack_depth: 8,
            max_alias_expansions_per_anchor: ALIASES,
        },
    }
}

/// What serde hands over, before the text is asked for what was written.
enum Raw {
    Scalar(ScalarKind, String),
    List(Vec<Located<Raw>>),
    Map(Vec<(Located<Raw>, Located<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Null, String::new()))
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Null, String::new()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Boolean(value), value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Integer(value), value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        let kind =
            i64::try_from(value).map_or(ScalarKind::Decimal(value as f64), ScalarKind::Integer);
        Ok(Raw::Scalar(kind, value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Decimal(value as f64), value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Decimal(value as f64), value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Decimal(value), value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Text, value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Scalar(ScalarKind::Text, value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// Turns the raw tree into ours, noticing keys that stand twice.
struct Builder<'a> {
    source: Source<'a>,
    suspects: &'a [Suspect],
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn yaml(&mut self, raw: Located<Raw>) -> Yaml {
        let start = offset(&raw.referenced);
        let end = start + length(&raw.referenced);
        match raw.value {
            Raw::Scalar(kind, text) => {
                let written = offset(&raw.defined)..offset(&raw.defined) + length(&raw.defined);
                let scalar = self.scalar(kind, text, written);
                Yaml { node: Node::Scalar(scalar), span: self.source.span(start..end) }
            }
            Raw::List(items) => {
                let items: Vec<Yaml> = items.into_iter().map(|item| self.yaml(item)).collect();
                let span = self.cover(start..end, items.iter().map(|item| item.span));
                Yaml { node: Node::List(items), span }
            }
            Raw::Map(entries) => {
                let entries = self.entries(entries);
                let ends = entries.iter().flat_map(|entry| [entry.key.span, entry.value.span]);
                let span = self.cover(start..end, ends);
                Yaml { node: Node::Map(entries), span }
            }
        }
    }

    fn scalar(&self, kind: ScalarKind, text: String, written: Range<usize>) -> Scalar {
        if let Some(suspect) = self.suspects.iter().find(|s| s.range.start == written.start) {
            // Lines that go on below the masked one were joined to it by YAML's rules.
            let rest = text.get(suspect.range.len()..).unwrap_or_default();
            let text = format!("{}{rest}", &self.source.text[suspect.range.clone()]);
            return Scalar { kind: ScalarKind::Text, text };
        }
        let text = match kind {
            ScalarKind::Text | ScalarKind::Null => text,
            ScalarKind::Boolean(_) | ScalarKind::Integer(_) | ScalarKind::Decimal(_) => {
                self.source.text.get(written).map_or(text, str::to_owned)
            }
        };
        Scalar { kind, text }
    }

    fn entries(&mut self, raw: Vec<(Located<Raw>, Located<Raw>)>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            let key = self.yaml(key);
            let value = self.yaml(value);
            let Some(scalar) = key.scalar() else {
                self.diagnostics.push(
                    Diagnostic::new(
                        code::INVALID_YAML,
                        key.span,
                        "a key must be a word, not {found}",
                    )
                    .with("found", key.shown()),
                );
                continue;
            };
            let key = Spanned::new(scalar.text.clone(), key.span);
            self.check_indent(&key);
            match entries.iter().find(|entry| entry.key.value == key.value) {
                Some(first) => self.diagnostics.push(duplicate(&key, first.key.span)),
                None => entries.push(Entry { key, value }),
            }
        }
        entries
    }

    /// A full-width space is no indent to YAML but a letter of the key.
    fn check_indent(&mut self, key: &Spanned<String>) {
        if key.value.starts_with('\u{3000}') {
            let width = key.value.len() - key.value.trim_start_matches('\u{3000}').len();
            let start = key.span.bytes.start as usize;
            let span = Span::new(key.span.file, start..start + width);
            self.diagnostics.push(fault::wide_indent(span));
        }
    }

    /// The crate gives containers no length: they end where their last part ends, or at
    /// the bracket after it.
    fn cover(&self, own: Range<usize>, parts: impl Iterator<Item = Span>) -> Span {
        let whole = self.source.span(own.clone());
        let inside = parts.filter(|part| part.bytes.start >= whole.bytes.start);
        let end = inside.map(|part| part.bytes.end).fold(whole.bytes.end, u32::max) as usize;
        let text = self.source.text;
        let close = match text.as_bytes().get(own.start) {
            Some(b'[') => ']',
            Some(b'{') => '}',
            _ => return Span::new(self.source.file, whole.bytes.start as usize..end),
        };
        let from = (end - self.source.offset).max(own.start + 1);
        let rest = text.get(from..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches([' ', ',', '\n', '\r']).len();
        let end = if rest[skipped..].starts_with(close) { from + skipped + 1 } else { from };
        self.source.span(own.start..end)
    }
}

fn duplicate(key: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_KEY, key.span, "the key `{key}` stands twice")
        .with("key", &key.value)
        .related(first, "it stands here first")
        .help("keep one of the two")
}

fn offset(location: &serde_saphyr::Location) -> usize {
    location.span().byte_offset().map_or(0, |n| usize::try_from(n).unwrap_or(0))
}

fn length(location: &serde_saphyr::Location) -> usize {
    location.span().byte_len().map_or(0, |n| usize::try_from(n).unwrap_or(0))
}
