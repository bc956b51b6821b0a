//! The blocks of a text as HTML.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::context::ContentsContext;
use super::escape::{push_attribute, push_text};
use super::inline::{is_media, source};
use super::phrase::phrase_tail;
use super::voice::PageVoice;
use super::{SiteView, Text, contents};
use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{
    Block, BlockKind, Element, Heading, Inline, InlineKind, LocaleId, Origin, is_block,
    visit_blocks, visit_inlines,
};
use crate::paths::UrlPath;
use crate::theme::{Html, Voice};

mod code;
mod component;
mod footnote;
mod list;
mod table;

pub(super) use footnote::{Notes, note_id};

/// A text as HTML, and what was learned on the way.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RenderedBody {
    /// The text.
    pub html: Html,
    /// Its headings.
    pub contents: Vec<ContentsContext>,
    /// The styles it uses, by class.
    pub styles: BTreeMap<String, String>,
    /// About how long reading it takes, in minutes; at least 1.
    pub minutes: u32,
}

/// Renders `text` for the page at `url`.
pub(super) fn body(
    text: &Text<'_>,
    url: &UrlPath,
    view: &SiteView<'_>,
    voice: &Rc<PageVoice>,
) -> Checked<RenderedBody> {
    let blocks = &text.guide.document.blocks;
    let mut body = Body {
        text,
        url,
        view,
        voice,
        lent: voice.clone(),
        out: String::with_capacity(16_384),
        lang: text.lang,
        last: None,
        in_link: false,
        raw: false,
        tips: 0,
        pictures: 0,
        tables: 0,
        procedures: 0,
        in_steps: false,
        in_step: false,
        scope: None,
        styles: BTreeMap::new(),
        diagnostics: Vec::new(),
        notes: Notes::default(),
        read: Read::default(),
    };
    visit_blocks(blocks, &mut |block| {
        if let BlockKind::Footnote { label, body: inner } = &block.kind {
            body.notes.bodies.entry(label).or_default().push(inner);
        }
    });
    body.blocks(blocks);
    body.footnotes();
    let rendered = RenderedBody {
        html: Html(body.out),
        contents: contents::contents(text, view.options),
        styles: body.styles,
        minutes: body.read.minutes(),
    };
    Checked { value: rendered, diagnostics: body.diagnostics }
}

/// The state of rendering one text.
pub(super) struct Body<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) url: &'a UrlPath,
    pub(super) view: &'a SiteView<'a>,
    pub(super) voice: &'a Rc<PageVoice>,
    lent: Rc<dyn Voice>,
    pub(super) out: String,
    /// The language of what is being written.
    pub(super) lang: LocaleId,
    /// The last character shown, for line ends between Japanese characters.
    pub(super) last: Option<char>,
    pub(super) in_link: bool,
    /// Inside `<script>` or `<style>`, where the site allows them.
    pub(super) raw: bool,
    /// How many terms say what they mean.
    pub(super) tips: u32,
    pub(super) pictures: u32,
    tables: u32,
    /// How many procedures there were.
    procedures: usize,
    /// Inside a directive that makes procedures of ordered lists.
    in_steps: bool,
    /// Inside a step of a procedure, or where none are counted.
    in_step: bool,
    /// What the head cells of the raw table's row name, where the row tells.
    pub(super) scope: Option<&'static str>,
    pub(super) styles: BTreeMap<String, String>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) notes: Notes<'a>,
    pub(super) read: Read,
}

/// How much there is to read.
#[derive(Default)]
pub(super) struct Read {
    joined: u32,
    words: u32,
}

impl Read {
    /// Counts `text` by its bytes: the first bytes of kana and Han characters, and spaces.
    pub(super) fn count(&mut self, text: &str) {
        for byte in text.bytes() {
            self.joined += u32::from(matches!(byte, 0xe3..=0xe9));
            self.words += u32::from(byte == b' ');
        }
        self.words += u32::from(text.is_ascii());
    }

    /// At 500 Japanese characters and 220 words a minute.
    fn minutes(&self) -> u32 {
        (self.joined * 60 / 500 + self.words * 60 / 220).div_ceil(60).max(1)
    }
}

impl<'a> Body<'a> {
    pub(super) fn block(&mut self, block: &'a Block) {
        let outer = self.lang;
        let origin = block.origin;
        self.last = None;
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.paragraph(origin, inlines),
            BlockKind::Plain(inlines) => self.inlines(inlines, None),
            BlockKind::Heading(heading) => self.heading(origin, heading),
            BlockKind::List(list) => self.list(origin, list, list::class(list), None),
            BlockKind::Definitions(definitions) => self.definitions(origin, definitions),
            BlockKind::Quote(inner) => {
                self.open("blockquote", origin);
                self.out.push('>');
                self.blocks(inner);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Callout(callout) => self.callout(origin, callout),
            BlockKind::Directive(directive) => self.directive(origin, directive),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Table(table) => self.table(origin, table),
            BlockKind::Screenshot(image) => self.screenshot(origin, image),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Element(element) => self.block_element(origin, element),
            // Both were taken up before: a note stands at the end, the excerpt elsewhere.
            BlockKind::Footnote { .. } | BlockKind::More => {}
            BlockKind::Math(formula) => {
                self.out.push_str("<p class=\"math\">");
                push_text(&mut self.out, formula);
                self.out.push_str("</p>\n");
            }
        }
        self.lang = outer;
    }

    /// Writes `<tag` and, where the language changes here, its `lang`; the caller closes the
    /// tag, and [`Self::block`] goes back to the outer language.
    fn open(&mut self, tag: &str, origin: Origin) {
        self.out.push('<');
        self.out.push_str(tag);
        if origin.lang != self.lang {
            self.lang = origin.lang;
            let lang = self.tag(origin.lang);
            self.out.push_str(" lang=\"");
            push_attribute(&mut self.out, lang);
            self.out.push('"');
            self.mark_stand_in();
        }
    }

    /// Says of the tag that is open that its text stands in for one that is not translated.
    pub(super) fn mark_stand_in(&mut self) {
        if self.text.mixed && self.lang != self.text.lang {
            self.out.push_str(" class=\"stands-in\"");
            if self.direction(self.lang) != self.direction(self.text.lang) {
                self.attribute("dir", self.direction(self.lang));
            }
        }
    }

    fn direction(&self, lang: LocaleId) -> &'static str {
        let known = self.view.options.locales.get(usize::from(lang.0));
        known.map_or("ltr", |locale| locale.direction())
    }

    pub(super) fn tag(&self, lang: LocaleId) -> &'a str {
        self.view.options.locales.get(lang.0 as usize).map_or("", |locale| locale.as_str())
    }

    fn paragraph(&mut self, origin: Origin, inlines: &'a [Inline]) {
        // A block inside `<p>` would end it in every browser.
        let tag = if inlines.iter().any(holds_block) { "div" } else { "p" };
        self.open(tag, origin);
        self.out.push('>');
        self.inlines(inlines, None);
        self.out.extend(["</", tag, ">\n"]);
    }

    fn heading(&mut self, origin: Origin, heading: &'a Heading) {
        let index = heading.index as usize;
        let shown = self.text.guide.headings.get(index).map_or(heading.level, |fact| fact.level);
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(shown.clamp(1, 6)) - 1];
        let anchors = self.text.anchors.get(index);
        for extra in anchors.into_iter().flat_map(|anchors| &anchors.extra) {
            self.out.push_str("<span id=\"");
            push_attribute(&mut self.out, extra);
            self.out.push_str("\"></span>");
        }
        self.open(tag, origin);
        if let Some(anchors) = anchors.filter(|anchors| !anchors.id.is_empty()) {
            self.attribute("id", &anchors.id);
        }
        self.out.push('>');
        let start = self.out.len();
        self.inlines(&heading.text, None);
        phrase_tail(&mut self.out, start, self.lang, self.view.options);
        self.out.extend(["</", tag, ">\n"]);
    }

    fn block_element(&mut self, origin: Origin, element: &'a Element<Vec<Block>>) {
        let region = element.tag == "table";
        if region {
            self.open_region();
        }
        let foreign = origin.lang != self.lang;
        if foreign {
            self.open("div", origin);
            self.out.push('>');
        }
        let scope = if element.tag == "tr" { table::scope(element) } else { self.scope };
        let children = |body: &mut Self| {
            let outer = std::mem::replace(&mut body.scope, scope);
            body.blocks(&element.children);
            body.scope = outer;
        };
        if is_media(&element.tag) {
            let mut sources = Vec::new();
            visit_inlines(&element.children, &mut |inline| sources.extend(source(inline)));
            self.media(&element.tag, &element.attributes, &sources, children);
        } else {
            self.element(&element.tag, &element.attributes, children);
        }
        if foreign {
            self.out.push_str("</div>");
        }
        if region {
            self.out.push_str("</div>");
        }
        self.out.push('\n');
    }

    /// What `write` writes, taken out of the page.
    pub(super) fn captured(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let outer = std::mem::take(&mut self.out);
        let lang = self.lang;
        write(self);
        self.lang = lang;
        std::mem::replace(&mut self.out, outer)
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.extend([" ", name, "=\""]);
        push_attribute(&mut self.out, value);
        self.out.push('"');
    }
}

/// Whether an inline brings a block with it, as raw HTML can.
fn holds_block(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Element(element) => {
            is_block(&element.tag) || element.children.iter().any(holds_block)
        }
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Strikethrough(inner) => inner.iter().any(holds_block),
        InlineKind::Link(link) => link.text.iter().any(holds_block),
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::Image(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak
        | InlineKind::Term { .. }
        | InlineKind::Variable { .. }
        | InlineKind::Component(_)
        | InlineKind::FootnoteReference(_)
        | InlineKind::Task { .. }
        | InlineKind::Math(_) => false,
    }
}
