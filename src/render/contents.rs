//! The contents of a page: its headings as a tree.

use super::context::ContentsContext;
use super::escape::push_attribute;
use super::line::line_html;
use super::phrase::phrased;
use super::{RenderOptions, Text};
use crate::document::LocaleId;
use crate::paths::encoded;
use crate::theme::Html;

/// The headings that have an id, each under the nearest higher one before it.
pub(super) fn contents(text: &Text<'_>, options: &RenderOptions) -> Vec<ContentsContext> {
    let mut entries: Vec<ContentsContext> = Vec::new();
    for (heading, anchors) in text.guide.headings.iter().zip(text.anchors) {
        let lang = heading.text.first().map_or(text.lang, |first| first.origin.lang);
        let line = phrased(line_html(&heading.text, options), lang, options);
        let entry = ContentsContext {
            level: u32::from(heading.level.max(2)),
            text_html: if lang == text.lang { line } else { spoken(&line, lang, options) },
            href: format!("#{}", encoded(&anchors.id)),
            children: Vec::new(),
        };
        place(&mut entries, entry);
    }
    entries
}

/// A line in another language than what is around it.
fn spoken(line: &Html, lang: LocaleId, options: &RenderOptions) -> Html {
    let tag = options.locales.get(usize::from(lang.0)).map_or("", |locale| locale.as_str());
    let mut html = String::from("<span lang=\"");
    push_attribute(&mut html, tag);
    Html(format!("{html}\">{}</span>", line.0))
}

fn place(entries: &mut Vec<ContentsContext>, entry: ContentsContext) {
    match entries.last_mut() {
        Some(last) if last.level < entry.level => place(&mut last.children, entry),
        _ => entries.push(entry),
    }
}
