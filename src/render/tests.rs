//! Trees and contexts into HTML: what tests of all themes share.

use std::collections::BTreeMap;

use super::context::*;
use super::*;
use crate::document::*;
use crate::parse::{Head, HeadingFact};
use crate::paths::UrlPath;
use crate::picture::PictureKind;
use crate::resolve::Picture;
use crate::text::{ByteSpan, FileId, Span};
use crate::theme::Html;
use crate::theme::tests::fixture;

mod components;
mod contexts;
mod links;
mod lists;
mod pages;
mod pictures;
mod steps;
mod text;

const JA: LocaleId = LocaleId(0);
const EN: LocaleId = LocaleId(1);

fn at(lang: LocaleId) -> Origin {
    Origin { file: FileId(1), bytes: ByteSpan::new(3, 8), lang }
}

fn inline(kind: InlineKind) -> Inline {
    Node::new(kind, at(JA))
}

fn t(text: &str) -> Inline {
    inline(InlineKind::Text(text.to_owned()))
}

fn block(kind: BlockKind) -> Block {
    Node::new(kind, at(JA))
}

fn p(inlines: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(inlines))
}

fn link(target: u32, text: Vec<Inline>) -> Inline {
    let link = Link { target: ReferenceId(target), title: None, text, bare: false };
    inline(InlineKind::Link(link))
}

fn image(source: u32, alt: &str) -> Image {
    Image {
        source: ReferenceId(source),
        alt: vec![t(alt)],
        title: None,
        size: (None, None),
        link: None,
    }
}

fn picture(path: &str, size: (u32, u32)) -> Answer {
    Answer::Picture(Picture {
        url: UrlPath::new(path).unwrap(),
        kind: PictureKind::Png,
        size: Some(size),
        dark: None,
    })
}

fn element<C>(tag: &str, attributes: &[(&str, HtmlValue)], children: C) -> Element<C> {
    let attributes = attributes
        .iter()
        .map(|(name, value)| HtmlAttribute { name: (*name).to_owned(), value: value.clone() })
        .collect();
    Element { tag: tag.to_owned(), attributes, children }
}

fn guide(blocks: Vec<Block>) -> Guide {
    let mut headings = Vec::new();
    visit_blocks(&blocks, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            headings.push(HeadingFact {
                level: heading.level.max(2),
                text: heading.text.clone(),
                id: None,
                span: Span::new(FileId(1), 0..1),
            });
        }
    });
    Guide {
        head: Head::default(),
        title: vec![t("題")],
        title_heading: None,
        description: Vec::new(),
        document: Document { blocks, references: Vec::new() },
        headings,
        ids: Vec::new(),
        included: Vec::new(),
    }
}

fn options() -> RenderOptions {
    RenderOptions {
        locales: ["ja", "en"].iter().map(|tag| Locale::new(tag).unwrap()).collect(),
        ..RenderOptions::default()
    }
}

fn site() -> SiteContext {
    SiteContext {
        title: "IT ヘルプ <デスク>".to_owned(),
        locale: "ja".to_owned(),
        dir: "ltr".to_owned(),
        ..SiteContext::default()
    }
}

struct Drawn {
    body: RenderedBody,
    faults: Vec<String>,
}

fn drawn_with(blocks: Vec<Block>, answers: &[Answer], options: &RenderOptions) -> Drawn {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja", "en"]);
    let view = SiteView::new((&theme, &messages), options, JA, &site());
    let guide = guide(blocks);
    let anchors: Vec<HeadingAnchors> = (0..guide.headings.len())
        .map(|index| HeadingAnchors {
            id: format!("見出し-{index}"),
            extra: vec!["old\"".to_owned()],
        })
        .collect();
    let text = Text { guide: &guide, answers, anchors: &anchors, lang: JA, mixed: false };
    let url = UrlPath::new("account/x/").unwrap();
    let checked = text_body(&text, &url, &view);
    Drawn { body: checked.value, faults: fixture::lines(&checked.diagnostics, "{-x{$phone}") }
}

fn html(blocks: Vec<Block>) -> String {
    html_of(blocks, &[])
}

fn html_of(blocks: Vec<Block>, answers: &[Answer]) -> String {
    let drawn = drawn_with(blocks, answers, &options());
    assert_eq!(drawn.faults, Vec::<String>::new());
    drawn.body.html.0
}

fn item(body: Vec<Block>) -> ListItem {
    ListItem { origin: at(JA), body }
}
