//! The part of a guide that the rest of the site may see.

use std::sync::Arc;

use crate::config::Moment;
use crate::discover::GuideId;
use crate::document::{
    BlockKind, HtmlValue, Image, Inline, InlineKind, LocaleId, Numbers, Reference, plain_text,
    step_numbers, visit_blocks, visit_inlines,
};
use crate::localize::Coverage;
use crate::parse::{FrontMatter, Guide, Head};
use crate::text::{FileId, Span, Spanned};

use super::anchor::HeadingText;

/// One text of a guide, seen from outside: everything but its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The guide it is a text of.
    pub guide: GuideId,
    /// The file.
    pub file: FileId,
    /// Its language.
    pub lang: LocaleId,
    /// The language of its title: another one where the source's stands in for it.
    pub title_lang: LocaleId,
    /// How much of it is translated, where it is put together from messages.
    pub coverage: Option<Coverage>,
    /// Whether its source is another now than when it was translated as a file.
    pub stale: bool,
    /// The title.
    pub title: Vec<Inline>,
    /// The title without markup, variables filled in.
    pub title_text: String,
    /// One line about it: front matter's, else what stands before `<!-- more -->`, else
    /// the first paragraph, without markup.
    pub summary: String,
    /// Whether `summary` is what the writer calls its description.
    pub described: bool,
    /// Its front matter.
    pub front: Arc<FrontMatter>,
    /// The byte of the file at which its text begins.
    pub body: usize,
    /// Its headings; the first is the title where `titled`.
    pub headings: Vec<CardHeading>,
    /// Whether the title stood in the text as a heading.
    pub titled: bool,
    /// Ids given by raw HTML.
    pub html_ids: Vec<Spanned<String>>,
    /// The numbers of its procedures' steps, which links can name.
    pub steps: Vec<Numbers>,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// Files it brings in.
    pub included: Vec<FileId>,
    /// Pictures without a text alternative.
    pub unspoken: Vec<Span>,
}

impl Card {
    /// What stands before its text.
    pub fn head(&self) -> Head {
        Head { front: Arc::clone(&self.front), body: self.body, broken: false }
    }
}

/// What a card says to others that differs from what another card of the same text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Nothing: only its own page can tell.
    Nothing,
    /// Its summary, which lists of guides show.
    Summary,
    /// Words that any page may show: its title, its date of change. The map of the site is
    /// the same.
    Words,
    /// More.
    More,
}

impl Card {
    /// What others see change when `new` takes the place of this card. Where a heading, an
    /// id or a picture stands in the text is its own affair.
    pub fn difference(&self, new: &Card) -> Difference {
        if !self.has_place_of(new) {
            Difference::More
        } else if self.front != new.front
            || self.title != new.title
            || self.title_text != new.title_text
            || (self.described, self.body) != (new.described, new.body)
            || self.title_lang != new.title_lang
        {
            Difference::Words
        } else if self.summary != new.summary {
            Difference::Summary
        } else {
            Difference::Nothing
        }
    }

    /// Whether a card is the same in all that the map of the site is made from.
    fn has_place_of(&self, new: &Card) -> bool {
        let headings = |card: &Card| -> Vec<(u8, HeadingText)> {
            card.headings.iter().map(|heading| (heading.level, heading.text.clone())).collect()
        };
        let ids = |card: &Card| -> Vec<String> {
            card.html_ids.iter().map(|id| id.value.clone()).collect()
        };
        // A catalogue without any translation is none.
        let is_one = |card: &Card| card.coverage.is_none_or(|own| own.translated > 0);
        self.guide == new.guide
            && is_one(self) == is_one(new)
            && (self.file, self.lang, self.titled) == (new.file, new.lang, new.titled)
            && self.steps == new.steps
            && headings(self) == headings(new)
            && ids(self) == ids(new)
            && is_placed_alike(&self.front, &new.front)
    }
}

/// Whether two front matters say the same of a guide's place: where they say it is another
/// matter, but for old addresses, which others may collide with.
pub fn is_placed_alike(a: &FrontMatter, b: &FrontMatter) -> bool {
    let moment = |own: &Option<Spanned<Moment>>| own.as_ref().map(|own| own.value);
    let words = |own: &Option<Vec<Spanned<String>>>| -> Option<Vec<String>> {
        Some(own.as_ref()?.iter().map(|word| word.value.clone()).collect())
    };
    let text = |own: &Option<Spanned<String>>| own.as_ref().map(|own| own.value.clone());
    (a.order, a.draft) == (b.order, b.draft)
        && a.aliases == b.aliases
        && [(&a.date, &b.date), (&a.publish, &b.publish), (&a.expires, &b.expires)]
            .iter()
            .all(|(a, b)| moment(a) == moment(b))
        && words(&a.tags) == words(&b.tags)
        && words(&a.audience) == words(&b.audience)
        && text(&a.slug) == text(&b.slug)
        && text(&a.template) == text(&b.template)
}

/// A heading, seen from outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardHeading {
    /// 1 to 6.
    pub level: u8,
    /// Its text and explicit id.
    pub text: HeadingText,
    /// Where it is.
    pub span: Span,
}

/// Inlines without markup.
pub fn text_of(inlines: &[Inline]) -> String {
    plain_text(inlines).trim().to_owned()
}

/// The card of a guide's text.
pub fn card(id: &GuideId, file: FileId, lang: LocaleId, guide: &Guide) -> Card {
    let title_text = match text_of(&guide.title) {
        text if text.is_empty() => fallback_title(id),
        text => text,
    };
    let titled = guide.title_heading.is_some();
    let headings = guide.title_heading.iter().chain(&guide.headings).map(|heading| CardHeading {
        level: heading.level,
        text: HeadingText {
            text: text_of(&heading.text),
            id: heading.id.as_ref().map(|id| id.value.clone()),
        },
        span: heading.span,
    });
    Card {
        file,
        lang,
        title_lang: guide.title.first().map_or(lang, |first| first.origin.lang),
        coverage: None,
        stale: false,
        title_text,
        summary: summary(guide),
        described: !guide.description.is_empty(),
        headings: headings.collect(),
        titled,
        unspoken: unspoken(guide),
        steps: step_numbers(&guide.document.blocks),
        html_ids: guide.ids.clone(),
        references: guide.document.references.clone(),
        title: guide.title.clone(),
        front: Arc::clone(&guide.head.front),
        body: guide.head.body,
        included: guide.included.clone(),
        guide: id.clone(),
    }
}

/// A guide without any title is called by its file's name.
fn fallback_title(id: &GuideId) -> String {
    let section = || id.section().rsplit('/').next().filter(|name| !name.is_empty());
    if id.is_section() { section().unwrap_or("index") } else { id.name() }.to_owned()
}

/// How long a summary may be, in characters.
const SUMMARY: usize = 160;

fn summary(guide: &Guide) -> String {
    let described = text_of(&guide.description);
    if !described.is_empty() {
        return described;
    }
    let mut text = String::new();
    for block in &guide.document.blocks {
        match &block.kind {
            BlockKind::More => break,
            BlockKind::Paragraph(inlines) if text.chars().count() < SUMMARY => {
                let paragraph = text_of(inlines);
                if !is_label(&paragraph) {
                    text.push(' ');
                    text.push_str(&paragraph);
                }
            }
            _ => {}
        }
    }
    shortened(&text)
}

/// A line in brackets, `[更新履歴]`, is the label of what follows and says nothing alone.
fn is_label(text: &str) -> bool {
    ["[]", "【】", "（）", "()", "<>"].iter().any(|pair| {
        let mut pair = pair.chars();
        let (open, close) = (pair.next(), pair.next());
        text.chars().next() == open && text.chars().next_back() == close
    })
}

fn shortened(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() <= SUMMARY {
        return folded;
    }
    let cut: String = folded.chars().take(SUMMARY - 1).collect();
    format!("{}…", cut.trim_end())
}

fn unspoken(guide: &Guide) -> Vec<Span> {
    let mut places = Vec::new();
    let blank = |image: &Image| plain_text(&image.alt).trim().is_empty();
    visit_blocks(&guide.document.blocks, &mut |block| {
        if let BlockKind::Screenshot(image) = &block.kind
            && blank(image)
        {
            places.push(block.origin.span());
        }
    });
    visit_inlines(&guide.document.blocks, &mut |inline| {
        let silent = match &inline.kind {
            InlineKind::Image(image) => blank(image),
            // A picture with styles of its own stays an element.
            InlineKind::Element(element) if element.tag == "img" => {
                !element.attributes.iter().any(|attribute| {
                    attribute.name == "alt"
                        && matches!(&attribute.value, HtmlValue::Text(alt) if !alt.trim().is_empty())
                })
            }
            _ => false,
        };
        if silent {
            places.push(inline.origin.span());
        }
    });
    places
}
