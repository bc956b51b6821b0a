//! Inlines as one line: HTML without links for titles, plain text for attributes.

use super::RenderOptions;
use super::escape::push_text;
use crate::config::SoftBreaks;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind};
use crate::text::is_joined;
use crate::theme::Html;

/// `inlines` as HTML of one line: emphasis and code stay, links become their text, pictures
/// their text alternative.
pub fn line_html(inlines: &[Inline], options: &RenderOptions) -> Html {
    let mut line = Line { options, html: true, out: String::new(), last: None };
    line.inlines(inlines, None);
    Html(line.out)
}

/// Plain text as HTML.
pub fn text_html(text: &str) -> Html {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    Html(html)
}

/// `inlines` as plain text of one line.
pub fn line_text(inlines: &[Inline], options: &RenderOptions) -> String {
    let mut line = Line { options, html: false, out: String::new(), last: None };
    line.inlines(inlines, None);
    line.out.trim().to_owned()
}

/// The beginning of a text as plain text, for descriptions and feeds: what stands before
/// `<!-- more -->`, else the first paragraphs; at most about `limit` characters, cut at a
/// sentence or with an ellipsis.
pub fn excerpt(document: &Document, options: &RenderOptions, limit: usize) -> String {
    let more = document.blocks.iter().position(|block| matches!(block.kind, BlockKind::More));
    let blocks = &document.blocks[..more.unwrap_or(document.blocks.len())];
    let mut text = String::new();
    for block in blocks {
        push_paragraph(block, options, &mut text);
        if text.chars().count() >= limit {
            break;
        }
    }
    shortened(text.trim(), limit)
}

fn push_paragraph(block: &Block, options: &RenderOptions, text: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
            let line = line_text(inlines, options);
            let joined = text.chars().next_back().is_some_and(is_joined);
            if !text.is_empty() && !line.is_empty() && !joined {
                text.push(' ');
            }
            text.push_str(&line);
        }
        BlockKind::Element(element) => {
            for block in &element.children {
                push_paragraph(block, options, text);
            }
        }
        BlockKind::Heading(_)
        | BlockKind::List(_)
        | BlockKind::Definitions(_)
        | BlockKind::Quote(_)
        | BlockKind::Callout(_)
        | BlockKind::Directive(_)
        | BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Screenshot(_)
        | BlockKind::Rule
        | BlockKind::Footnote { .. }
        | BlockKind::More
        | BlockKind::Math(_) => {}
    }
}

fn shortened(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let sentence = head.char_indices().rev().find(|(at, c)| {
        matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?') && head[at + 1..].starts_with(' '))
    });
    match sentence {
        Some((at, c)) if at * 2 > end => head[..at + c.len_utf8()].to_owned(),
        _ => format!("{}…", head.trim_end()),
    }
}

struct Line<'a> {
    options: &'a RenderOptions,
    html: bool,
    out: String,
    last: Option<char>,
}

impl Line<'_> {
    fn inlines(&mut self, inlines: &[Inline], after: Option<char>) {
        for (index, inline) in inlines.iter().enumerate() {
            let next = first_char(&inlines[index + 1..]).or(after);
            self.inline(inline, next);
        }
    }

    fn inline(&mut self, inline: &Inline, after: Option<char>) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::Code(text) => self.wrapped("code", |line| line.text(text)),
            InlineKind::Emphasis(inner) => self.wrapped("em", |line| line.inlines(inner, after)),
            InlineKind::Strong(inner) => self.wrapped("strong", |line| line.inlines(inner, after)),
            InlineKind::Strikethrough(inner) => {
                self.wrapped("del", |line| line.inlines(inner, after));
            }
            InlineKind::Link(link) => self.inlines(&link.text, after),
            InlineKind::Image(image) => self.inlines(&image.alt, after),
            InlineKind::Component(component) => {
                self.inlines(component.label.as_deref().unwrap_or_default(), after);
            }
            InlineKind::Element(element) => self.inlines(&element.children, after),
            InlineKind::SoftBreak => {
                if !joins(self.options.soft_breaks, self.last, after) {
                    self.text(" ");
                }
            }
            InlineKind::HardBreak => self.text(" "),
            InlineKind::Variable { .. } | InlineKind::Term { .. } => {
                self.text(inline.kind.spoken().unwrap_or_default());
            }
            InlineKind::Math(written) => self.text(written),
            InlineKind::FootnoteReference(_) | InlineKind::Task { .. } => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.html {
            push_text(&mut self.out, text);
        } else {
            self.out.push_str(text);
        }
        self.last = text.chars().next_back().or(self.last);
    }

    fn wrapped(&mut self, tag: &str, inner: impl FnOnce(&mut Self)) {
        if self.html {
            self.out.extend(["<", tag, ">"]);
        }
        inner(self);
        if self.html {
            self.out.extend(["</", tag, ">"]);
        }
    }
}

/// Whether nothing stands for a line end between those characters.
pub(super) fn joins(breaks: SoftBreaks, before: Option<char>, after: Option<char>) -> bool {
    breaks == SoftBreaks::Join && before.is_some_and(is_joined) && after.is_some_and(is_joined)
}

/// The first character that the inlines show.
pub(super) fn first_char(inlines: &[Inline]) -> Option<char> {
    inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math(text) => {
            text.chars().next()
        }
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Strikethrough(inner) => first_char(inner),
        InlineKind::Link(link) => first_char(&link.text),
        InlineKind::Component(component) => {
            first_char(component.label.as_deref().unwrap_or_default())
        }
        InlineKind::Element(element) => first_char(&element.children),
        // What a picture or a break shows is no Japanese character for sure.
        InlineKind::Image(_) | InlineKind::SoftBreak | InlineKind::HardBreak => Some(' '),
        InlineKind::Variable { .. } | InlineKind::Term { .. } => {
            inline.kind.spoken().and_then(|spoken| spoken.chars().next())
        }
        InlineKind::FootnoteReference(_) | InlineKind::Task { .. } => None,
    })
}
