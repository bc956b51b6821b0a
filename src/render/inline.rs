//! The inlines of a text as HTML: text, links, pictures, raw elements.

use super::body::{Body, note_id};
use super::escape::{is_harmless, push_text, shown};
use super::line::{first_char, joins, line_text};
use crate::config::SoftBreaks;
use crate::document::{Inline, InlineKind, Link, Origin, ReferenceId, SaidTerm};
use crate::paths::{UrlPath, encoded};
use crate::resolve::Answer;

mod element;
mod image;

pub(super) use element::{is_media, source};

impl<'a> Body<'a> {
    /// Writes `inlines`; `after` is the first character of what follows them.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline], after: Option<char>) {
        for (index, inline) in inlines.iter().enumerate() {
            match &inline.kind {
                InlineKind::Text(text) => self.foreign(inline.origin, |body| body.text_run(text)),
                // Only what can hold a line end needs to know what follows.
                InlineKind::SoftBreak
                | InlineKind::Emphasis(_)
                | InlineKind::Strong(_)
                | InlineKind::Strikethrough(_)
                | InlineKind::Link(_)
                | InlineKind::Component(_)
                | InlineKind::Element(_) => {
                    let next = first_char(&inlines[index + 1..]).or(after);
                    self.inline(inline, next);
                }
                InlineKind::Code(_)
                | InlineKind::Image(_)
                | InlineKind::HardBreak
                | InlineKind::Term { .. }
                | InlineKind::Variable { .. }
                | InlineKind::FootnoteReference(_)
                | InlineKind::Task { .. }
                | InlineKind::Math(_) => self.inline(inline, None),
            }
        }
    }

    fn inline(&mut self, inline: &'a Inline, after: Option<char>) {
        match &inline.kind {
            InlineKind::Text(text) => self.text_run(text),
            InlineKind::Code(text) => self.wrapped("code", |body| body.text_run(text)),
            InlineKind::Emphasis(inner) => self.wrapped("em", |body| body.inlines(inner, after)),
            InlineKind::Strong(inner) => self.wrapped("strong", |body| body.inlines(inner, after)),
            InlineKind::Strikethrough(inner) => {
                self.wrapped("del", |body| body.inlines(inner, after));
            }
            InlineKind::Link(link) => self.link(link, after),
            InlineKind::Image(image) => self.image(image),
            InlineKind::SoftBreak => self.soft_break(after),
            InlineKind::HardBreak => {
                self.out.push_str("<br>\n");
                self.last = None;
            }
            InlineKind::Term { .. } => self.term(inline),
            InlineKind::Variable { .. } => {
                let text = inline.kind.spoken().unwrap_or_default();
                self.foreign(inline.origin, |body| body.text_run(text));
            }
            InlineKind::Component(component) => self.component(component, after),
            InlineKind::FootnoteReference(label) => self.footnote_reference(label),
            InlineKind::Task { done } => self.task(*done),
            InlineKind::Element(element) => {
                let children = |body: &mut Self| body.inlines(&element.children, after);
                if is_media(&element.tag) {
                    let sources: Vec<_> = element.children.iter().filter_map(source).collect();
                    return self.media(&element.tag, &element.attributes, &sources, children);
                }
                self.element(&element.tag, &element.attributes, children);
            }
            InlineKind::Math(formula) => {
                self.out.push_str("<span class=\"math\">");
                self.text_run(formula);
                self.out.push_str("</span>");
            }
        }
    }

    fn text_run(&mut self, text: &str) {
        if self.raw {
            // What stands in `<script>` and `<style>` is no HTML text.
            self.out.push_str(text);
            return;
        }
        push_text(&mut self.out, text);
        self.read.count(text);
        self.last = text.chars().next_back().or(self.last);
    }

    /// Text of another language than what is around it says so.
    fn foreign(&mut self, origin: Origin, write: impl FnOnce(&mut Self)) {
        if origin.lang == self.lang {
            return write(self);
        }
        let (outer, tag) = (self.lang, self.tag(origin.lang));
        self.out.push_str("<span");
        self.attribute("lang", tag);
        self.lang = origin.lang;
        self.mark_stand_in();
        self.out.push('>');
        write(self);
        self.lang = outer;
        self.out.push_str("</span>");
    }

    fn wrapped(&mut self, tag: &str, write: impl FnOnce(&mut Self)) {
        self.out.extend(["<", tag, ">"]);
        write(self);
        self.out.extend(["</", tag, ">"]);
    }

    fn soft_break(&mut self, after: Option<char>) {
        let breaks = self.view.options.soft_breaks;
        if breaks == SoftBreaks::Break {
            self.out.push_str("<br>");
        }
        if !joins(breaks, self.last, after) {
            self.out.push('\n');
            self.last = Some(' ');
        }
    }

    fn term(&mut self, inline: &'a Inline) {
        let InlineKind::Term { said, link, tip, written, .. } = &inline.kind else { return };
        let Some(said) = said else {
            self.out.push_str("<span class=\"term\">");
            self.text_run(written);
            return self.out.push_str("</span>");
        };
        let leads = link.filter(|link| !self.in_link && !self.is_own_page(*link));
        let href = leads.and_then(|link| self.href(link));
        let tip = said.definition.as_ref().filter(|_| *tip && !self.in_link);
        if href.is_none() && tip.is_none() {
            return self.foreign(inline.origin, |body| body.said(said));
        }
        let id = format!("term-{}", self.tips + 1);
        self.out.push_str(if href.is_some() { "<a class=\"term\"" } else { "<dfn class=\"term\"" });
        match &href {
            Some(href) => self.attribute("href", href),
            // Whoever has no pointer comes to it by the keyboard, or touches it.
            None => self.out.push_str(" tabindex=\"0\""),
        }
        if tip.is_some() {
            self.attribute("aria-describedby", &id);
        }
        self.out.push('>');
        self.foreign(inline.origin, |body| body.said(said));
        self.out.push_str(if href.is_some() { "</a>" } else { "</dfn>" });
        if let Some(definition) = tip {
            self.tips += 1;
            self.out.push_str("<span class=\"tip\" role=\"tooltip\"");
            self.attribute("id", &id);
            let lang = said.lang.as_deref();
            if let Some(lang) =
                lang.or((inline.origin.lang != self.lang).then(|| self.tag(inline.origin.lang)))
            {
                self.attribute("lang", lang);
            }
            self.out.push('>');
            push_text(&mut self.out, definition);
            self.out.push_str("</span>");
        }
    }

    /// Whether a reference leads to the top of the page that it stands on.
    fn is_own_page(&self, reference: ReferenceId) -> bool {
        match self.text.answers.get(reference.0 as usize) {
            Some(Answer::Page { url, fragment: None, .. }) => {
                url.as_ref().is_none_or(|url| url == self.url)
            }
            _ => false,
        }
    }

    /// Writes what a term says, in its language.
    fn said(&mut self, said: &SaidTerm) {
        let Some(lang) = &said.lang else { return self.text_run(&said.text) };
        self.out.push_str("<span");
        self.attribute("lang", lang);
        self.out.push('>');
        self.text_run(&said.text);
        self.out.push_str("</span>");
    }

    fn footnote_reference(&mut self, label: &'a str) {
        if !self.notes.bodies.contains_key(label) {
            return self.text_run(&format!("[^{label}]"));
        }
        let index = self.notes.order.iter().position(|(known, _)| *known == label);
        let index = index.unwrap_or_else(|| {
            self.notes.order.push((label, 0));
            self.notes.order.len() - 1
        });
        self.notes.order[index].1 += 1;
        let number = (index + 1).to_string();
        let id = note_id(&number, self.notes.order[index].1);
        self.out.push_str("<sup class=\"note\"><a role=\"doc-noteref\"");
        self.attribute("id", &id);
        let target = encoded(&format!("fn:{number}"));
        self.out.extend([" href=\"#", &target, "\">", &number, "</a></sup>"]);
    }

    fn task(&mut self, done: bool) {
        let (class, id) = if done { ("done", "task-done") } else { ("open", "task-open") };
        let label = self.voice.say(id, &[]);
        self.out.extend(["<span class=\"task ", class, "\" role=\"img\""]);
        self.attribute("aria-label", &label);
        self.out.push_str("></span>");
    }

    fn link(&mut self, link: &'a Link, after: Option<char>) {
        // A link inside a link would end the outer one.
        let href = if self.in_link { None } else { self.href(link.target) };
        let answer = self.text.answers.get(link.target.0 as usize);
        let missing = match answer {
            Some(Answer::Missing { written }) => Some(shown(written)),
            _ => None,
        };
        match &href {
            Some(href) => {
                self.out.push_str("<a");
                self.attribute("href", href);
                if let Some(title) = &link.title {
                    self.attribute("title", title);
                }
                if matches!(answer, Some(Answer::External(_) | Answer::RemotePicture(_))) {
                    self.out.push_str(" rel=\"noopener\"");
                }
                self.out.push('>');
            }
            None => self.open_missing(missing, &link.text),
        }
        let outer = self.in_link;
        self.in_link |= href.is_some();
        match answer {
            Some(Answer::Page { title, .. }) if link.text.is_empty() => self.text_run(title),
            _ if link.text.is_empty() => {
                self.text_run(href.as_deref().or(missing).unwrap_or_default());
            }
            _ => self.inlines(&link.text, after),
        }
        self.in_link = outer;
        match (&href, missing) {
            (Some(_), _) => self.out.push_str("</a>"),
            (None, Some(_)) => self.out.push_str("</span>"),
            (None, None) => {}
        }
    }

    /// Begins the text of a link that leads nowhere; the address as written is there for
    /// whoever points at it, unless it is the text.
    fn open_missing(&mut self, written: Option<&str>, text: &[Inline]) {
        let Some(written) = written else { return };
        self.out.push_str("<span class=\"missing\"");
        if !(text.is_empty() || written.is_empty() || self.plain(text) == written) {
            self.attribute("title", written);
        }
        self.out.push('>');
    }

    /// Where a reference leads, for an `href`; `None` when it leads nowhere.
    pub(super) fn href(&self, reference: ReferenceId) -> Option<String> {
        match self.text.answers.get(reference.0 as usize)? {
            Answer::Page { url, fragment, query, title: _ } => {
                let mut href = match url {
                    Some(url) => self.relative(url),
                    None => String::new(),
                };
                if let Some(query) = query {
                    href.push('?');
                    href.push_str(query);
                }
                if let Some(fragment) = fragment {
                    href.push('#');
                    href.push_str(&encoded(fragment));
                }
                // An empty address is this page; `#` is its top.
                Some(if href.is_empty() { "#".to_owned() } else { href })
            }
            Answer::File { url, suffix } => Some(self.relative(url) + suffix),
            Answer::Picture(picture) => Some(self.relative(&picture.url)),
            Answer::External(address) | Answer::RemotePicture(address) => {
                is_harmless(address).then(|| address.clone())
            }
            Answer::Missing { .. } => None,
        }
    }

    fn relative(&self, url: &UrlPath) -> String {
        url.relative_to(self.url, self.view.options.index_links)
    }

    /// The plain text of a line.
    pub(super) fn plain(&self, inlines: &[Inline]) -> String {
        line_text(inlines, self.view.options)
    }
}
