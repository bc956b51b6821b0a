//! Start tags: what the policy leaves of them becomes a frame, or a node at once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::close::end_tag;
use super::elements::{is_block, is_ended_by, is_void};
use super::policy::{self, Judged, Value};
use super::tokens::StartTag;
use crate::diagnostic::code;
use crate::document::{BlockKind, Element as Node, HtmlAttribute, HtmlValue, Image, InlineKind};
use crate::parse::build::{self, Builder, Element, Fate, FrameKind};
use crate::parse::mapped::Mapped;
use crate::parse::prepare;
use crate::text::Spanned;

impl Builder<'_, '_> {
    pub(super) fn start_tag(&mut self, tag: &StartTag, html: &Mapped, closes: bool) {
        self.flush();
        let bytes = html.source(tag.range.clone());
        if !prepare::is_known_element(&tag.name) {
            let text = self.prepared.restored(&html.text[tag.range.clone()]).into_owned();
            return self.words(&text, bytes);
        }
        self.close_optional(&tag.name, bytes.start);
        let in_line = self.is_in_line();
        let judged = policy::judged(tag, self.shared.options.html);
        self.report_removed(&judged, html);
        if is_void(&tag.name) {
            return self.void(tag, judged, html, bytes, in_line);
        }
        let inline = in_line || (!is_block(&tag.name) && closes);
        if !in_line && !inline {
            self.close_plain();
        }
        if !self.has_room_for_element(bytes.clone()) {
            return;
        }
        if inline && !self.top().kind.takes_inlines() {
            self.push_frame(FrameKind::Plain, bytes.start);
        }
        // A link knows nothing of `id`, `download` or styles; with one it stays an element.
        let link =
            judged.attributes.iter().all(|(name, _, _)| matches!(name.as_str(), "href" | "title"));
        let bare = tag.attributes.is_empty();
        let fate = judged.fate;
        let tag_name = judged.tag.clone();
        let attributes = self.html_attributes(judged, html);
        let link = attributes.iter().find_map(|attribute| {
            match (&attribute.value, link && tag.name == "a") {
                (HtmlValue::Reference(id), true) => Some(*id),
                _ => None,
            }
        });
        self.links += usize::from(tag.name == "a");
        let element = Element {
            written: tag.name.clone(),
            tag: tag_name,
            attributes,
            link,
            fate,
            inline,
            opened: bytes.clone(),
            bare,
        };
        self.push_frame(FrameKind::Element(element), bytes.start);
        if tag.self_closing && matches!(tag.name.as_str(), "a" | "iframe") {
            end_tag(self, &tag.name, bytes);
        }
    }

    /// Whether the text stands in a line that Markdown opened, so that no block fits.
    fn is_in_line(&self) -> bool {
        self.frames().iter().rev().find(|frame| frame.markdown).is_some_and(|frame| {
            match frame.kind {
                FrameKind::Item { .. } | FrameKind::Details => false,
                _ => frame.kind.takes_inlines(),
            }
        })
    }

    /// Closes what the start of `next` ends in silence.
    fn close_optional(&mut self, next: &str, end: usize) {
        while let Some(index) = self.innermost_element(
            |tag| is_ended_by(tag, next),
            |tag| match next {
                "li" => matches!(tag, "ul" | "ol" | "menu" | "dir"),
                "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "colgroup" => tag == "table",
                "dt" | "dd" => tag == "dl",
                _ => tag != "p" && is_block(tag),
            },
        ) {
            self.close_to(index, end);
        }
    }

    /// Reports removed attributes; a removed element is reported as a whole.
    fn report_removed(&mut self, judged: &Judged, html: &Mapped) {
        if judged.fate != Fate::Keep {
            return;
        }
        for (name, range) in &judged.removed {
            let fault = self
                .fault(
                    code::REMOVED_HTML,
                    html.source(range.clone()),
                    "`{name}` was removed from this tag",
                )
                .with("name", name)
                .help("the site's `markdown.html` policy does not let it through");
            self.report(fault);
        }
    }

    pub(super) fn report_removed_element(&mut self, name: &str, bytes: Range<usize>, drops: bool) {
        let message = if drops {
            "`<{name}>` and what it holds was removed"
        } else {
            "`<{name}>` was removed; the text in it stays"
        };
        let fault = self
            .fault(code::REMOVED_HTML, bytes, message)
            .with("name", name)
            .help("the site's `markdown.html` policy does not let it through");
        self.report(fault);
    }

    fn html_attributes(&mut self, judged: Judged, html: &Mapped) -> Vec<HtmlAttribute> {
        let mut attributes = Vec::new();
        for (name, value, range) in judged.attributes {
            let bytes = html.source(range);
            let value = match value {
                Value::Text(text) => {
                    let text = self.prepared.restored(&text).into_owned();
                    if name == "id" || (name == "name" && judged.tag == "a") {
                        let place = self.within(&text, &bytes);
                        let id = Spanned::new(text.clone(), self.span(place));
                        self.shared.ids.push(id);
                    }
                    HtmlValue::Text(text)
                }
                Value::Style(style) => HtmlValue::Style(style),
                Value::Address(kind, address) => {
                    let address = self.prepared.restored(&address).into_owned();
                    let place = self.within(&address, &bytes);
                    HtmlValue::Reference(self.reference(kind, address, place))
                }
            };
            attributes.push(HtmlAttribute { name, value });
        }
        attributes
    }

    fn void(
        &mut self,
        tag: &StartTag,
        judged: Judged,
        html: &Mapped,
        bytes: Range<usize>,
        in_line: bool,
    ) {
        let among_blocks = is_block(&tag.name) && !in_line;
        if tag.attributes.is_empty()
            && !among_blocks
            && !matches!(tag.name.as_str(), "br" | "hr" | "wbr")
        {
            return self.void_as_word(&tag.name, bytes);
        }
        if judged.fate != Fate::Keep {
            return self.report_removed_element(&tag.name, bytes, true);
        }
        match tag.name.as_str() {
            "br" => self.inline(InlineKind::HardBreak, bytes),
            "hr" if !in_line => self.block(BlockKind::Rule, bytes),
            "img" => self.image(judged, html, bytes),
            _ => {
                let name = judged.tag.clone();
                let attributes = self.html_attributes(judged, html);
                if among_blocks {
                    let node = Node { tag: name, attributes, children: Vec::new() };
                    return self.block(BlockKind::Element(node), bytes);
                }
                let node = Node { tag: name, attributes, children: Vec::new() };
                self.inline(InlineKind::Element(node), bytes);
            }
        }
    }

    /// `<input>` in prose, without any attribute, is a word about it.
    fn void_as_word(&mut self, name: &str, bytes: Range<usize>) {
        let message = "`<{name}>` does nothing here; it is shown as text";
        let fault = self.fault(code::UNBALANCED_HTML, bytes.clone(), message).with("name", name);
        self.report(fault.help("write `\\<{name}>` for text"));
        let text = prepare::visible(&self.prepared.source[bytes.clone()]).into_owned();
        self.words(&text, bytes);
    }

    fn image(&mut self, judged: Judged, html: &Mapped, bytes: Range<usize>) {
        let attributes = self.html_attributes(judged, html);
        if attributes.iter().any(is_beyond_image) {
            let node = Node { tag: "img".to_owned(), attributes, children: Vec::new() };
            return self.inline(InlineKind::Element(node), bytes);
        }
        let mut source = None;
        let mut texts = BTreeMap::new();
        for HtmlAttribute { name, value } in attributes {
            match value {
                HtmlValue::Reference(id) => source = Some(id),
                HtmlValue::Text(text) => {
                    texts.insert(name, text);
                }
                HtmlValue::Style(style) => {
                    for (name, value) in style.split(';').filter_map(|part| part.split_once(':')) {
                        if matches!(name, "width" | "height") {
                            texts.entry(name.to_owned()).or_insert(value.to_owned());
                        }
                    }
                }
            }
        }
        let Some(source) = source else {
            return self.report_removed_element("img", bytes, true);
        };
        let words = |text: Option<String>| {
            let text =
                Spanned::new(text.filter(|text| !text.is_empty())?, self.span(bytes.clone()));
            Some(build::literal(&text, self.lang()))
        };
        let alt = words(texts.remove("alt")).unwrap_or_default();
        let title = words(texts.remove("title"));
        let size = (texts.remove("width"), texts.remove("height"));
        self.inline(InlineKind::Image(Image { source, alt, title, size, link: None }), bytes);
    }
}

/// Whether `<img>` has an attribute that [`Image`] knows nothing of: it stays an element.
fn is_beyond_image(attribute: &HtmlAttribute) -> bool {
    match &attribute.value {
        HtmlValue::Reference(_) => false,
        HtmlValue::Text(_) => {
            !matches!(attribute.name.as_str(), "alt" | "title" | "width" | "height")
        }
        HtmlValue::Style(style) => {
            style.split(';').any(|part| !matches!(part.split(':').next(), Some("width" | "height")))
        }
    }
}
