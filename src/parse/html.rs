//! Raw HTML among Markdown: tags open and close frames on the same stack, so that
//! `<details>`, a blank line, Markdown and `</details>` nest as the writer sees them.
//!
//! In: the parser's HTML blocks and inline tags. Out: [`crate::document::Element`]s as the
//! policy leaves them, pictures and links like any other. A tag without its partner never
//! takes text with it: it is reported, and shown where it was probably meant as a word.

use std::collections::BTreeMap;
use std::ops::Range;

use super::build::{Builder, FrameKind};
use super::mapped::Mapped;
use super::prepare;
use crate::diagnostic::code;
use crate::document::{BlockKind, InlineKind};

mod close;
mod elements;
mod open;
mod policy;
mod style;
mod tokens;

pub(super) use close::{close_unfinished, closed, end_tag};
pub(super) use elements::is_block;
use tokens::Token;

impl Builder<'_, '_> {
    /// A line of an HTML block.
    pub(super) fn push_html(&mut self, text: &str, range: Range<usize>) {
        let prepared = self.prepared;
        let mut at = range.start;
        let linear = text.len() == range.len();
        for piece in text.split_inclusive(['\r']) {
            let kept = piece.trim_end_matches('\r');
            let end = if linear { at + kept.len() } else { range.end };
            prepared.pieces(kept, at..end, &mut |text, bytes| self.html.push(text, bytes));
            at += if linear { piece.len() } else { 0 };
        }
    }

    /// The end of an HTML block.
    pub(super) fn end_html_block(&mut self) {
        let html = std::mem::take(&mut self.html);
        if let Some(stand_in) = self.prepared.line_stand_in(&html.text) {
            return self.line_mark(stand_in);
        }
        self.close_plain();
        self.tags(&html);
    }

    /// A tag within a line.
    pub(super) fn inline_html(&mut self, text: &str, range: Range<usize>) {
        if text.starts_with("<?") || text.starts_with("<!") && !text.starts_with("<!--") {
            return self.text(text, range);
        }
        let mut html = Mapped::default();
        self.prepared.pieces(text, range, &mut |text, bytes| html.push(text, bytes));
        self.tags(&html);
    }

    fn tags(&mut self, html: &Mapped) {
        let tokens = tokens::tokens(&html.text);
        let mut last_end = BTreeMap::new();
        for (index, token) in tokens.iter().enumerate() {
            if let Token::End { name, .. } = token {
                last_end.insert(name.as_str(), index);
            }
        }
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Start(tag) => {
                    let closes = is_block(&tag.name)
                        || last_end.get(tag.name.as_str()).is_some_and(|end| *end > index);
                    self.start_tag(tag, html, closes);
                }
                Token::End { name, range } => {
                    self.flush();
                    end_tag(self, name, html.source(range.clone()));
                }
                Token::Text { text, range } => self.html_text(text, html, range.clone()),
                Token::Comment { text, range } => self.comment(text, html, range.clone()),
                Token::Broken { range } => self.broken(html, range.clone()),
            }
        }
        self.flush();
    }

    fn broken(&mut self, html: &Mapped, range: Range<usize>) {
        let bytes = html.source(range.clone());
        let fault = self
            .fault(code::UNBALANCED_HTML, bytes.clone(), "this tag is not finished")
            .help("end it with `>`; a `<` that is text is written `\\<`");
        self.report(fault);
        let text = self.prepared.restored(&html.text[range]).into_owned();
        self.words(&text, bytes);
    }

    fn comment(&mut self, text: &str, html: &Mapped, range: Range<usize>) {
        let written = &html.text[range.clone()];
        if let Some(stand_in) = self.prepared.line_stand_in(written) {
            return self.line_mark(stand_in);
        }
        let bytes = html.source(range.clone());
        if !written.ends_with('>') {
            let rest = self.prepared.source.get(bytes.end..).unwrap_or_default();
            let message = if rest.trim().is_empty() {
                "this comment is not closed; nothing after it is shown"
            } else {
                "this comment is not closed where its block ends; what follows is shown"
            };
            let fault = self
                .fault(code::UNBALANCED_HTML, bytes.start..bytes.start + 4, message)
                .help("end it with `-->`, without an empty line before that");
            self.report(fault);
            return;
        }
        if text.trim().eq_ignore_ascii_case("more") && matches!(self.top().kind, FrameKind::Root) {
            self.block(BlockKind::More, bytes);
        }
    }

    /// Text between tags: no Markdown, but terms and variables.
    fn html_text(&mut self, text: &str, html: &Mapped, range: Range<usize>) {
        let bytes = html.source(range.clone());
        if self.is_inside("pre") {
            self.raw_text(text, bytes, &range, html);
            return;
        }
        let linear = text.len() == range.len();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let part = line.trim_end_matches('\n');
            let (start, end) = (range.start + at, range.start + at + part.len());
            let lead = part.len() - part.trim_start_matches([' ', '\t']).len();
            let lead = if at > 0 || !self.top().kind.takes_inlines() { lead } else { 0 };
            let (bytes, span) = match linear {
                true => (html.source(start + lead..end), start + lead..end),
                false => (bytes.clone(), range.clone()),
            };
            if !part[lead..].is_empty()
                && (self.top().kind.takes_inlines() || !part.trim().is_empty())
            {
                self.raw_text(&part[lead..], bytes.clone(), &span, html);
            }
            at += line.len();
            if line.ends_with('\n') && self.top().kind.takes_inlines() {
                self.flush();
                self.inline(InlineKind::SoftBreak, bytes.end..bytes.end);
            }
        }
    }

    /// Text with stand-ins in it, as part of the raw HTML `html`.
    fn raw_text(&mut self, text: &str, bytes: Range<usize>, range: &Range<usize>, html: &Mapped) {
        self.flush();
        self.links += 1;
        let linear = text.len() == range.len();
        let prepared = self.prepared;
        let mut at = 0;
        prepared.parts(text, &mut |part, is_mark, stand_in| {
            let here = if linear {
                html.source(range.start + at..range.start + at + part.len())
            } else {
                bytes.clone()
            };
            at += part.len();
            match stand_in {
                Some(stand_in) => self.stand_in(stand_in),
                None if is_mark => {}
                // An entity may spell a character of ours.
                None if !linear => self.push_text(&prepare::visible(part), here),
                None => self.push_text(part, here),
            }
        });
        self.flush();
        self.links -= 1;
    }

    fn is_inside(&self, tag: &str) -> bool {
        self.frames().iter().rev().take_while(|frame| !frame.markdown).any(|frame| {
            match &frame.kind {
                FrameKind::Element(element) => element.written == tag,
                _ => false,
            }
        })
    }
}

/// Whether a picture may stand as a block where a paragraph just closed.
pub(super) fn takes_figures(builder: &Builder<'_, '_>) -> bool {
    match builder.frames().last().map(|frame| &frame.kind) {
        Some(FrameKind::Element(element)) => {
            matches!(
                element.tag.as_str(),
                "div"
                    | "td"
                    | "th"
                    | "li"
                    | "details"
                    | "section"
                    | "article"
                    | "aside"
                    | "blockquote"
                    | "dd"
            )
        }
        Some(_) | None => true,
    }
}

/// Whether the innermost open element is one that holds only rows or items: text that
/// Markdown takes for code there is indented HTML.
pub(super) fn is_between_rows(builder: &Builder<'_, '_>) -> bool {
    match builder.frames().last().map(|frame| &frame.kind) {
        Some(FrameKind::Element(element)) => {
            matches!(
                element.tag.as_str(),
                "table" | "thead" | "tbody" | "tfoot" | "tr" | "ul" | "ol" | "dl" | "colgroup"
            )
        }
        Some(_) | None => false,
    }
}

/// Reads an indented block of code as the HTML that it is.
pub(super) fn indented(builder: &mut Builder<'_, '_>, bytes: Range<usize>) {
    let mut html = Mapped::default();
    html.push(&builder.prepared.source[bytes.clone()], bytes);
    builder.tags(&html);
}
