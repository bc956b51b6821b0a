//! The end of an address: which anchor of a guide's page it means.

use super::super::site_map::Entry;
use crate::diagnostic::{Checked, Diagnostic, code};
use crate::document::{LocaleId, is_step};
use crate::text::Span;

/// The id that `fragment` means on the page of a guide; a dead one is told at `place`, where
/// `target` is written, and kept.
pub(in crate::resolve) fn anchor(
    entry: &Entry,
    locale: LocaleId,
    fragment: String,
    (target, place): (&str, Span),
) -> Checked<String> {
    let plain = fragment.split(":~:").next().unwrap_or_default();
    if plain.is_empty() || fragment == "top" {
        return Checked::clean(fragment);
    }
    let anchors = entry.anchors(locale);
    if let Some(id) = anchors.find(plain) {
        return Checked::clean(id.to_owned());
    }
    if is_step(plain, &entry.card(locale).steps) {
        return Checked::clean(fragment);
    }
    // The source locale's anchors are those that links are written with.
    if let Some(id) = entry.anchored.source.find(plain).filter(|id| anchors.has(id)) {
        return Checked::clean(id.to_owned());
    }
    let message = "`{page}` has no heading or anchor `#{anchor}`";
    let fault = Diagnostic::new(code::BROKEN_ANCHOR, place, message)
        .with("target", target)
        .with("page", format!("{}.md", entry.id.as_str()))
        .with("anchor", plain)
        .nearest(anchors.nearest(plain).map(|id| format!("#{id}")).as_deref());
    Checked { value: fragment, diagnostics: vec![fault] }
}
