//! The contents of a page: its headings as a tree.

use super::context::ContentsContext;
use super::line::line_html;
use super::phrase::phrased;
use super::{RenderOptions, Text};
use crate::paths::encoded;

/// The headings that have an id, each under the nearest higher one before it.
pub(super) fn contents(text: &Text<'_>, options: &RenderOptions) -> Vec<ContentsContext> {
    let mut entries: Vec<ContentsContext> = Vec::new();
    for (heading, anchors) in text.guide.headings.iter().zip(text.anchors) {
        let entry = ContentsContext {
            level: u32::from(heading.level.max(2)),
            text_html: phrased(line_html(&heading.text, options), text.lang, options),
            href: format!("#{}", encoded(&anchors.id)),
            children: Vec::new(),
        };
        place(&mut entries, entry);
    }
    entries
}

fn place(entries: &mut Vec<ContentsContext>, entry: ContentsContext) {
    match entries.last_mut() {
        Some(last) if last.level < entry.level => place(&mut last.children, entry),
        _ => entries.push(entry),
    }
}
