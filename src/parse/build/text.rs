//! Text, and what is found in it: bare addresses, marks of missing footnotes, stand-ins.

use std::ops::Range;

use super::frame::{FrameKind, Head};
use super::{Builder, tables};
use crate::diagnostic::code;
use crate::document::{Directive, InlineKind, Link, ReferenceKind};
use crate::parse::mapped::Mapped;
use crate::parse::prepare::{
    self, CalloutHead, Component, RawAttribute, Segment, StandIn, StandInKind,
};
use crate::parse::urls;
use crate::text::Spanned;

/// The inline for a term or variable, written as `written`.
pub(super) fn value(kind: StandInKind, written: String) -> Option<InlineKind> {
    match kind {
        StandInKind::Term { name, arguments } => {
            Some(InlineKind::Term { name, arguments, written, said: None, link: None, tip: false })
        }
        StandInKind::Variable { name } => Some(InlineKind::Variable { name, written, value: None }),
        StandInKind::HeadingId { .. }
        | StandInKind::Component(_)
        | StandInKind::Opening(_)
        | StandInKind::Closing { .. }
        | StandInKind::Callout(_)
        | StandInKind::Tag(_)
        | StandInKind::Blank => None,
    }
}

impl Builder<'_, '_> {
    /// Text from the Markdown parser.
    pub(super) fn text_event(&mut self, text: &str, range: Range<usize>) {
        self.top().inner_end = range.end;
        if let FrameKind::Code { text: code, .. } =
            &mut self.stack.last_mut().expect("the root is open").kind
        {
            code.push_str(&self.prepared.restored(text));
            return;
        }
        let entity =
            self.prepared.text[range.clone()].starts_with('&') && text.len() != range.len();
        if entity {
            // An entity may spell a character of ours; no stand-in is meant by it.
            let bytes = self.prepared.range(range);
            return self.run.push(&prepare::visible(text), bytes);
        }
        self.text(text, range);
    }

    /// Text of the prepared text, with stand-ins in it.
    pub(in crate::parse) fn text(&mut self, text: &str, range: Range<usize>) {
        let prepared = self.prepared;
        prepared.segments(text, range, &mut |segment| match segment {
            Segment::Text(text, bytes) => self.run.push(text, bytes),
            Segment::StandIn(stand_in) => self.stand_in(stand_in),
        });
    }

    /// A stand-in in running text.
    pub(in crate::parse) fn stand_in(&mut self, stand_in: &StandIn) {
        let bytes = stand_in.source.clone();
        match &stand_in.kind {
            StandInKind::Term { .. } | StandInKind::Variable { .. } => {
                self.flush();
                let written = self.prepared.written(stand_in).into_owned();
                let kind = value(stand_in.kind.clone(), written).expect("it is a term or variable");
                self.inline(kind, bytes);
            }
            StandInKind::Component(component) => self.component(component, bytes),
            StandInKind::HeadingId { id } if self.is_in_heading() => {
                self.flush();
                let id = Spanned::new(id.clone(), self.span(bytes));
                if let FrameKind::Heading { id: place, .. } = &mut self.top().kind {
                    *place = Some(id);
                }
            }
            StandInKind::Callout(head) => self.callout_mark(head, stand_in),
            StandInKind::Tag(tag) => self.inline_tag(tag, stand_in),
            StandInKind::HeadingId { .. }
            | StandInKind::Opening(_)
            | StandInKind::Closing { .. }
            | StandInKind::Blank => self.as_written(stand_in),
        }
    }

    /// What the writer wrote, as text.
    pub(super) fn as_written(&mut self, stand_in: &StandIn) {
        let written = self.prepared.written(stand_in);
        self.run.push(&written, stand_in.source.clone());
    }

    fn is_in_heading(&self) -> bool {
        self.stack.last().is_some_and(|frame| matches!(frame.kind, FrameKind::Heading { .. }))
    }

    fn component(&mut self, component: &Component, bytes: Range<usize>) {
        self.flush();
        let label = Some(self.label(component.label.clone()));
        let attributes = self.attributes(&component.attributes);
        let name_span = self.span(component.name_range.clone());
        let name = component.name.clone();
        let directive = Directive { name, name_span, label, attributes, body: () };
        self.inline(InlineKind::Component(directive), bytes);
    }

    /// The attributes of a component; what is none is reported and left out.
    pub(in crate::parse) fn attributes(
        &mut self,
        raw: &[RawAttribute],
    ) -> Vec<crate::document::Attribute> {
        let mut kept: Vec<crate::document::Attribute> = Vec::new();
        for attribute in raw {
            let span = self.span(attribute.range.clone());
            let twice = kept.iter().any(|other| other.name == attribute.name);
            if attribute.name.is_empty() || twice {
                let message = if twice {
                    "the attribute `{name}` stands twice"
                } else {
                    "`{value}` is no attribute"
                };
                let fault = self
                    .fault(code::INVALID_ATTRIBUTE, attribute.range.clone(), message)
                    .with("name", &attribute.name)
                    .with("value", &attribute.value)
                    .help("write attributes as `{key=\"value\"}`, each once");
                self.report(fault);
                continue;
            }
            kept.push(crate::document::Attribute {
                name: attribute.name.clone(),
                value: attribute.value.clone(),
                span,
            });
        }
        kept
    }

    /// `[!NOTE]` in text: the head of a callout if it begins the first paragraph of a
    /// quotation.
    fn callout_mark(&mut self, head: &CalloutHead, stand_in: &StandIn) {
        let begins = self.run.text.trim().is_empty()
            && self.stack.last().is_some_and(|frame| frame.inlines.is_empty());
        let depth = self.stack.len();
        let first = depth >= 2
            && matches!(self.stack[depth - 1].kind, FrameKind::Paragraph)
            && matches!(self.stack[depth - 2].kind, FrameKind::Quote(None))
            && self.stack[depth - 2].blocks.is_empty();
        match self.head(head) {
            Some(mut head) if begins && first => {
                head.first_line = Some(Vec::new());
                self.stack[depth - 2].kind = FrameKind::Quote(Some(head));
            }
            Some(_) => {
                self.report_stray_callout(head);
                self.as_written(stand_in);
            }
            None => {
                if begins && first {
                    self.report_unknown_callout(head);
                }
                self.as_written(stand_in);
            }
        }
    }

    /// The head of a callout whose kind the theme knows.
    pub(super) fn head(&self, head: &CalloutHead) -> Option<Head> {
        let kind = head.kind.to_lowercase();
        let known = self.shared.options.callouts.contains(&kind);
        let kind = Spanned::new(kind, self.span(head.kind_range.clone()));
        known.then_some(Head { kind, fold: head.fold, title: None, first_line: None })
    }

    pub(super) fn report_stray_callout(&mut self, head: &CalloutHead) {
        let fault = self
            .fault(
                code::STRAY_CALLOUT,
                head.kind_range.clone(),
                "`[!{kind}]` does not begin this quotation; it is shown as text",
            )
            .with("kind", &head.kind)
            .help("for a callout of its own, put a line without `>` before it");
        self.report(fault);
    }

    fn report_unknown_callout(&mut self, head: &CalloutHead) {
        if self.shared.options.lacks_names {
            return;
        }
        let kind = head.kind.to_lowercase();
        let kinds = self.shared.options.callouts.iter().map(String::as_str);
        let nearest = crate::diagnostic::nearest(&kind, kinds).map(str::to_uppercase);
        let fault = self
            .fault(
                code::UNKNOWN_CALLOUT,
                head.kind_range.clone(),
                "`{kind}` is no kind of callout; this is shown as a quotation",
            )
            .with("kind", &head.kind)
            .nearest(nearest.as_deref());
        self.report(fault);
    }

    /// Ends the text that was gathered, and adds what it holds.
    pub(in crate::parse) fn flush(&mut self) {
        if self.run.text.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        self.report_broken(&run);
        let may_hold_url = self.links == 0 && memchr::memchr(b':', run.text.as_bytes()).is_some();
        let found = if may_hold_url { self.bare_urls(&run) } else { Vec::new() };
        if found.is_empty() {
            // Most texts hold no address: the text itself moves into the tree.
            let bytes = run.source(0..run.text.len());
            let text = run.take();
            self.run = run;
            return self.inline(InlineKind::Text(text), bytes);
        }
        let mut at = 0;
        for url in found {
            self.words(&run.text[at..url.range.start], run.source(at..url.range.start));
            at = url.range.end;
            self.bare_url(&run, &url);
        }
        self.words(&run.text[at..], run.source(at..run.text.len()));
    }

    /// Markup in the text that was meant as something else.
    fn report_broken(&mut self, run: &Mapped) {
        // Most texts hold none of these, and one look tells it.
        if memchr::memchr3(b'[', b'<', b'|', run.text.as_bytes()).is_none() {
            return;
        }
        self.report_missing_footnotes(run);
        self.report_broken_brackets(run);
        self.report_open_comment(run);
        tables::report_broken(self, run);
    }

    fn bare_urls(&self, run: &Mapped) -> Vec<urls::BareUrl> {
        let end = run.source(0..run.text.len()).end;
        urls::bare_urls(&run.text, self.prepared.source.get(end..).unwrap_or_default())
    }

    fn bare_url(&mut self, run: &Mapped, url: &urls::BareUrl) {
        let written = run.text[url.range.clone()].to_owned();
        let bytes = run.source(url.range.clone());
        if url.truncated {
            let fault = self
                .fault(
                    code::TRUNCATED_URL,
                    bytes.clone(),
                    "this address ends before the Japanese text after it",
                )
                .help("write the whole address between `<` and `>`, or put a space behind it");
            self.report(fault);
        }
        let target = self.reference(ReferenceKind::Link, written.clone(), bytes.clone());
        let text = vec![crate::document::Inline::new(
            InlineKind::Text(written),
            self.origin(bytes.clone()),
        )];
        self.inline(InlineKind::Link(Link { target, title: None, text, bare: true }), bytes);
    }

    /// `[x](…` that stayed text was meant as a link.
    fn report_broken_brackets(&mut self, run: &Mapped) {
        let Some(first) = memchr::memchr(b'[', run.text.as_bytes()) else { return };
        for at in memchr::memchr_iter(b']', run.text.as_bytes()) {
            if at < first || !run.text[at..].starts_with("](") {
                continue;
            }
            let bytes = run.source(at..at + 2);
            let before = &self.prepared.source[..bytes.start];
            if &self.prepared.source[bytes.clone()] != "](" || before.ends_with('\\') {
                continue;
            }
            let fault = self
                .fault(code::MALFORMED_LINK, bytes, "this is no link; it is shown as text")
                .help("close its parenthesis; an address with blanks stands between `<` and `>`");
            self.report(fault);
            // One message a text: what follows is mostly of the same making.
            return;
        }
    }

    /// `<!--` that stayed text was meant as a comment.
    fn report_open_comment(&mut self, run: &Mapped) {
        let Some(at) = memchr::memmem::find(run.text.as_bytes(), b"<!--") else { return };
        let bytes = run.source(at..at + 4);
        let source = self.prepared.source;
        if &source[bytes.clone()] != "<!--" || source[..bytes.start].ends_with('\\') {
            return;
        }
        let fault = self
            .fault(
                code::UNBALANCED_HTML,
                bytes,
                "this comment does not end in its paragraph; it is shown as text",
            )
            .help("end it with `-->` before the next empty line; for text, write `\\<!--`");
        self.report(fault);
    }

    fn report_missing_footnotes(&mut self, run: &Mapped) {
        for start in memchr::memchr_iter(b'[', run.text.as_bytes()) {
            if !run.text[start..].starts_with("[^") {
                continue;
            }
            let from = start + 2;
            let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            let length: usize = run.text[from..]
                .chars()
                .take(60)
                .take_while(|c| part(*c))
                .map(char::len_utf8)
                .sum();
            let label = &run.text[from..from + length];
            if label.is_empty() || !run.text[from + length..].starts_with(']') {
                continue;
            }
            let fault = self
                .fault(
                    code::MISSING_FOOTNOTE,
                    run.source(start..from + length + 1),
                    "the footnote `{label}` is not defined",
                )
                .with("label", label)
                .help("add a line `[^{label}]: …` to this file");
            self.report(fault);
        }
    }
}
