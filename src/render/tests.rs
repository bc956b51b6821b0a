use std::collections::BTreeMap;

use super::context::*;
use super::*;
use crate::config::Localized;
use crate::document::*;
use crate::parse::{Head, HeadingFact};
use crate::paths::UrlPath;
use crate::picture::PictureKind;
use crate::resolve::Picture;
use crate::text::{ByteSpan, FileId, Span};
use crate::theme::Html;
use crate::theme::tests::fixture;

mod steps;

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
    let mut phone = Localized::same("内線 1234");
    phone.by_locale.insert("en".to_owned(), "<ext. 1234>".to_owned());
    RenderOptions {
        locales: ["ja", "en"].iter().map(|tag| Locale::new(tag).unwrap()).collect(),
        variables: BTreeMap::from([("helpdesk-phone".to_owned(), phone)]),
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
    let text = Text { guide: &guide, answers, anchors: &anchors, lang: JA };
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

#[test]
fn hostile_text_is_text_everywhere() {
    let evil = "<script>alert(1)</script>\"'&";
    let shown = html(vec![
        p(vec![t(evil), inline(InlineKind::Code(evil.to_owned()))]),
        block(BlockKind::Code(Code {
            language: None,
            title: Some(evil.to_owned()),
            text: evil.to_owned(),
            marked: vec![1],
            first_number: None,
            added: vec![],
            removed: vec![],
        })),
        block(BlockKind::Math(evil.to_owned())),
    ]);
    assert!(!shown.contains("<script"), "{shown}");
    let answers = [
        Answer::External("javascript:alert(1)".to_owned()),
        Answer::External(" JaVa\tscript:alert(1)".to_owned()),
        Answer::External("https://example.com/?a=\"><b>".to_owned()),
        Answer::Missing { written: evil.to_owned() },
    ];
    let shown = html_of(
        vec![
            p(vec![
                link(0, vec![t("a")]),
                link(1, vec![t("b")]),
                link(2, vec![t("c")]),
                link(3, vec![]),
            ]),
            block(BlockKind::Screenshot(image(3, evil))),
            p(vec![inline(InlineKind::Element(element(
                "b",
                &[
                    ("onclick", HtmlValue::Text("x".to_owned())),
                    ("title", HtmlValue::Text("\"><script>".to_owned())),
                    ("style", HtmlValue::Text("x".to_owned())),
                ],
                vec![t("d")],
            )))]),
            block(BlockKind::Element(element("script", &[], vec![p(vec![t("e")])]))),
        ],
        &answers,
    );
    assert!(!shown.contains("<script") && !shown.contains("script:"), "{shown}");
    assert!(!shown.contains("onclick") && !shown.contains("style="), "{shown}");
    assert!(shown.contains("href=\"https://example.com/?a=&quot;&gt;&lt;b&gt;\" rel=\"noopener\""));
}

#[test]
fn line_ends_between_japanese_characters_are_nothing() {
    let soft = || inline(InlineKind::SoftBreak);
    let strong = |text| inline(InlineKind::Strong(vec![t(text)]));
    let lines = || {
        vec![p(vec![
            t("日本"),
            soft(),
            t("語。"),
            soft(),
            strong("太字"),
            soft(),
            t("abc"),
            soft(),
            t("いろは"),
        ])]
    };
    assert_eq!(html(lines()), "<p>日本語。<strong>太字</strong>\nabc\nいろは</p>\n");
    let space = RenderOptions { soft_breaks: SoftBreaks::Space, ..options() };
    assert!(drawn_with(lines(), &[], &space).body.html.0.starts_with("<p>日本\n語。\n"));
    let kept = RenderOptions { soft_breaks: SoftBreaks::Break, ..options() };
    assert!(drawn_with(lines(), &[], &kept).body.html.0.starts_with("<p>日本<br>\n語。<br>\n"));
}

#[test]
fn headings_keep_their_old_ids_and_make_contents() {
    let heading = |level, index, text: &str| {
        block(BlockKind::Heading(Heading { level, text: vec![t(text)], id: None, index }))
    };
    let drawn = drawn_with(vec![heading(1, 0, "<手順>"), heading(3, 1, "b")], &[], &options());
    assert_eq!(
        drawn.body.html.0,
        "<span id=\"old&quot;\"></span><h2 id=\"見出し-0\">&lt;手順&gt;</h2>\n<span id=\"old&quot;\"></span><h3 id=\"見出し-1\">b</h3>\n"
    );
    let contents = &drawn.body.contents;
    assert_eq!((contents.len(), contents[0].children.len()), (1, 1));
    assert_eq!(contents[0].text_html.0, "&lt;手順&gt;");
    assert_eq!(contents[0].href, "#%E8%A6%8B%E5%87%BA%E3%81%97-0");
}

fn item(body: Vec<Block>) -> ListItem {
    ListItem { origin: at(JA), body }
}

#[test]
fn lists_keep_their_numbers_and_screenshots_make_steps() {
    let plain = |text| block(BlockKind::Plain(vec![t(text)]));
    let list = |start, items| block(BlockKind::List(List { start, tight: true, items }));
    assert_eq!(
        html(vec![list(Some(3), vec![item(vec![plain("a")])])]),
        "<ol start=\"3\">\n<li>a</li>\n</ol>\n"
    );
    let shot = block(BlockKind::Screenshot(image(0, "設定画面")));
    let steps = html_of(
        vec![list(Some(1), vec![item(vec![plain("押す"), shot])])],
        &[picture("account/x/図 1.png", (800, 600))],
    );
    assert_eq!(
        steps,
        "<ol class=\"steps\">\n<li id=\"step:1\">押す<figure class=\"shot\"><a class=\"zoom\" href=\"%E5%9B%B3%201.png\"><img src=\"%E5%9B%B3%201.png\" alt=\"設定画面\" width=\"800\" height=\"600\"></a></figure></li>\n</ol>\n"
    );
    let task =
        |done| item(vec![block(BlockKind::Plain(vec![inline(InlineKind::Task { done }), t("x")]))]);
    let tasks = html(vec![list(None, vec![task(true), task(false)])]);
    assert!(tasks.contains("<ul class=\"tasks\">"));
    assert!(tasks.contains("<span class=\"task done\" role=\"img\" aria-label=\"完了\"></span>x"));
}

#[test]
fn a_procedure_goes_on_after_what_breaks_its_list() {
    let plain = |text: &str| block(BlockKind::Plain(vec![t(text)]));
    let list = |start, texts: &[&str]| {
        let items = texts.iter().map(|text| item(vec![plain(text)])).collect();
        block(BlockKind::List(List { start: Some(start), tight: true, items }))
    };
    let shot = || block(BlockKind::Screenshot(image(0, "設定画面")));
    let pictured = ListItem { origin: at(JA), body: vec![plain("押す"), shot()] };
    let first = List { start: Some(1), tight: true, items: vec![pictured] };
    let steps = |blocks| {
        let shown = html_of(blocks, &[picture("account/x/a.png", (8, 6))]);
        shown.matches(" class=\"steps\"").count()
    };
    let first = || block(BlockKind::List(first.clone()));
    assert_eq!(steps(vec![first(), shot(), list(2, &["選ぶ", "Save"]), list(4, &["閉じる"])]), 3);
    assert_eq!(steps(vec![list(1, &["a"]), first()]), 1);
    assert_eq!(steps(vec![first(), list(3, &["別の番号"])]), 1);
    assert_eq!(steps(vec![first(), block(BlockKind::Rule), list(2, &["another"])]), 1);
    assert_eq!(steps(vec![list(1, &["a"]), list(2, &["b"])]), 0);
}

#[test]
fn head_cells_of_raw_tables_say_what_they_name() {
    let cell = |tag: &str, attributes: &[(&str, HtmlValue)]| {
        let children = vec![block(BlockKind::Plain(vec![t("項目")]))];
        block(BlockKind::Element(element(tag, attributes, children)))
    };
    let check = |cells: Vec<Block>, scopes: &[&str]| {
        let row = block(BlockKind::Element(element("tr", &[], cells)));
        let shown = html(vec![block(BlockKind::Element(element("table", &[], vec![row])))]);
        let found: Vec<_> = shown.split(" scope=\"").skip(1).map(|s| &s[..3]).collect();
        assert_eq!(found, scopes, "{shown}");
    };
    check(vec![cell("th", &[]), cell("th", &[])], &["col", "col"]);
    check(vec![cell("td", &[]), cell("th", &[])], &["col"]);
    check(vec![cell("th", &[]), cell("td", &[])], &["row"]);
    check(vec![cell("th", &[]), cell("td", &[]), cell("th", &[])], &[]);
    let wide = [("colspan", HtmlValue::Text("2".to_owned()))];
    check(vec![cell("th", &wide), cell("th", &[])], &["col"]);
}

#[test]
fn pictures_have_sizes_and_stand_ins() {
    let answers = [
        picture("account/x/a.png", (800, 600)),
        Answer::RemotePicture("https://example.com/a.png".to_owned()),
        Answer::Missing { written: "b.png".to_owned() },
    ];
    let mut sized = image(0, "甲");
    sized.size = (Some("400px".to_owned()), None);
    sized.title = Some(vec![t("図 <1>")]);
    let mut half = image(0, "乙");
    half.size = (Some("50%".to_owned()), None);
    let drawn = drawn_with(
        vec![
            block(BlockKind::Screenshot(sized)),
            p(vec![inline(InlineKind::Image(half))]),
            p(vec![inline(InlineKind::Image(image(1, "丙")))]),
            block(BlockKind::Screenshot(image(2, ""))),
        ],
        &answers,
        &options(),
    );
    let html = &drawn.body.html.0;
    assert!(
        html.contains("width=\"400\" height=\"300\"></a><figcaption>図 &lt;1&gt;</figcaption>"),
        "{html}"
    );
    let class = drawn.body.styles.keys().next().expect("half the width is a style");
    assert!(
        html.contains(&format!(
            "alt=\"乙\" width=\"800\" height=\"600\" class=\"{class}\" loading=\"lazy\">"
        )),
        "{html}"
    );
    assert_eq!(drawn.body.styles[class], "width:50%");
    assert!(html.contains("<a class=\"remote-picture\" rel=\"noopener\" href=\"https://example.com/a.png\">外部の画像: 丙</a>"), "{html}");
    assert!(html.contains("<p><span class=\"missing\">b.png</span></p>"), "{html}");
}

#[test]
fn links_are_relative_and_missing_ones_stay_text() {
    let page = |url: Option<&str>, fragment: Option<&str>| Answer::Page {
        url: url.map(|url| UrlPath::new(url).unwrap()),
        fragment: fragment.map(str::to_owned),
        query: None,
        title: "別のガイド".to_owned(),
    };
    let answers = [
        page(Some("account/y/"), Some("手順")),
        page(None, Some("a")),
        Answer::Missing { written: "z.md".to_owned() },
        Answer::File { url: UrlPath::new("files/a b.zip").unwrap(), suffix: String::new() },
    ];
    let inner = inline(InlineKind::Link(Link {
        target: ReferenceId(1),
        title: None,
        text: vec![t("中")],
        bare: false,
    }));
    assert_eq!(
        html_of(
            vec![p(vec![
                link(0, vec![]),
                link(1, vec![t("上")]),
                link(2, vec![t("無")]),
                link(3, vec![t("a"), inner])
            ])],
            &answers
        ),
        "<p><a href=\"../y/#%E6%89%8B%E9%A0%86\">別のガイド</a><a href=\"#a\">上</a><span class=\"missing\" title=\"z.md\">無</span><a href=\"../../files/a%20b.zip\">a中</a></p>\n"
    );
}

#[test]
fn titles_of_pictures_in_a_line_are_kept() {
    let answers = [picture("account/x/a.png", (80, 60))];
    let titled = |title: &str| {
        let mut image = image(0, "図");
        image.title = Some(vec![t(title)]);
        inline(InlineKind::Image(image))
    };
    let shown = html_of(vec![p(vec![t("文中の"), titled("構成 \"図\"")])], &answers);
    assert!(shown.contains("alt=\"図\" title=\"構成 &quot;図&quot;\" width=\"80\""), "{shown}");
    let table = Table {
        alignments: vec![Alignment::None],
        head: vec![vec![]],
        rows: vec![vec![vec![titled("inline title")]]],
    };
    let shown = html_of(vec![block(BlockKind::Table(table))], &answers);
    assert!(shown.contains("title=\"inline title\""), "{shown}");
}

#[test]
fn pictures_written_into_their_address_are_shown() {
    let data = || Answer::External("data:image/png;base64,iVBORw0KGgo=".to_owned());
    let shown = html_of(
        vec![
            p(vec![t("a"), inline(InlineKind::Image(image(0, "データ")))]),
            block(BlockKind::Screenshot(image(0, "Data"))),
            p(vec![link(0, vec![t("押す")])]),
        ],
        &[data()],
    );
    assert_eq!(
        shown,
        "<p>a<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"データ\"></p>\n\
         <figure class=\"shot\"><a><img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"Data\" loading=\"lazy\"></a></figure>\n\
         <p>押す</p>\n"
    );
    let text = [Answer::External("data:text/html,x".to_owned())];
    let shown = html_of(vec![p(vec![inline(InlineKind::Image(image(0, "文書")))])], &text);
    assert_eq!(shown, "<p>文書</p>\n");
}

#[test]
fn a_note_defined_twice_keeps_both_texts() {
    let note = |text: &str| {
        block(BlockKind::Footnote { label: "注".to_owned(), body: vec![p(vec![t(text)])] })
    };
    let mark = inline(InlineKind::FootnoteReference("注".to_owned()));
    let shown = html(vec![p(vec![mark]), note("一つ目"), note("second")]);
    assert!(shown.contains("<li id=\"fn:1\"><p>一つ目</p>\n<p>second <a class"), "{shown}");
}

#[test]
fn sound_and_film_that_cannot_be_shown_are_named() {
    let answers = [
        Answer::Missing { written: "動画/none.mp4".to_owned() },
        Answer::File { url: UrlPath::new("account/x/a.mp4").unwrap(), suffix: String::new() },
        Answer::RemotePicture("https://example.com/a.mp4".to_owned()),
    ];
    let src = |id| ("src", HtmlValue::Reference(ReferenceId(id)));
    let source = |id| inline(InlineKind::Element(element("source", &[src(id)], vec![])));
    let video = |attributes: &[(&str, HtmlValue)], children| {
        p(vec![inline(InlineKind::Element(element("video", attributes, children)))])
    };
    let lost = "<p><span class=\"missing\">動画/none.mp4</span>";
    assert_eq!(html_of(vec![video(&[src(0)], vec![])], &answers), format!("{lost}</p>\n"));
    assert_eq!(
        html_of(vec![video(&[], vec![source(0), source(1), t("instead")])], &answers),
        format!("{lost} <video><source src=\"a.mp4\">instead</video></p>\n")
    );
    assert_eq!(
        html_of(vec![video(&[], vec![source(0), t("代わり")])], &answers),
        format!("{lost} 代わり</p>\n")
    );
    assert_eq!(
        html_of(vec![video(&[src(2)], vec![])], &answers),
        "<p><a class=\"remote-picture\" rel=\"noopener\" href=\"https://example.com/a.mp4\">外部の動画・音声: https://example.com/a.mp4</a></p>\n"
    );
    let inner = vec![block(BlockKind::Plain(vec![source(0)]))];
    let shown = html_of(vec![block(BlockKind::Element(element("audio", &[], inner)))], &answers);
    assert_eq!(shown, "<span class=\"missing\">動画/none.mp4</span>\n");
}

#[test]
fn what_is_missing_shows_its_address() {
    let answers = [Answer::Missing { written: "図/a.png".to_owned() }];
    let shown = html_of(
        vec![
            p(vec![inline(InlineKind::Image(image(0, "設定画面")))]),
            p(vec![link(0, vec![t("図/a.png")]), link(0, vec![]), link(0, vec![t("see")])]),
        ],
        &answers,
    );
    assert_eq!(
        shown,
        "<p><span class=\"missing\">設定画面 (図/a.png)</span></p>\n\
         <p><span class=\"missing\">図/a.png</span><span class=\"missing\">図/a.png</span>\
         <span class=\"missing\" title=\"図/a.png\">see</span></p>\n"
    );
    let script = [Answer::Missing { written: "JavaScript:x".to_owned() }];
    let shown = html_of(
        vec![p(vec![link(0, vec![t("a")]), inline(InlineKind::Image(image(0, "絵")))])],
        &script,
    );
    let plain = "<span class=\"missing\">";
    assert_eq!(shown, format!("<p>{plain}a</span>{plain}絵</span></p>\n"));
}

#[test]
fn raw_html_resolves_its_references_and_its_styles_become_classes() {
    let answers =
        [picture("account/x/a.png", (80, 60)), Answer::Missing { written: "b".to_owned() }];
    let reference = |id| HtmlValue::Reference(ReferenceId(id));
    let drawn = drawn_with(
        vec![
            block(BlockKind::Element(element(
                "div",
                &[
                    ("style", HtmlValue::Style("color:red".to_owned())),
                    ("class", HtmlValue::Text("k".to_owned())),
                ],
                vec![p(vec![
                    inline(InlineKind::Element(element(
                        "img",
                        &[("src", reference(0)), ("width", HtmlValue::Text("40".to_owned()))],
                        vec![],
                    ))),
                    inline(InlineKind::Element(element(
                        "a",
                        &[("href", reference(1))],
                        vec![t("x")],
                    ))),
                ])],
            ))),
            p(vec![inline(InlineKind::Element(element("div", &[], vec![t("塊")])))]),
        ],
        &answers,
        &options(),
    );
    let class = drawn.body.styles.keys().next().unwrap();
    assert_eq!(
        drawn.body.html.0,
        format!(
            "<div class=\"{class} k\"><p><img src=\"a.png\" alt=\"\" width=\"40\" height=\"30\"><span class=\"missing\" title=\"b\">x</span></p>\n</div>\n<div><div>塊</div></div>\n"
        )
    );
}

#[test]
fn callouts_and_components_are_drawn_by_the_theme() {
    let span = Span::new(FileId(1), 0..3);
    let callout = |title, fold| {
        block(BlockKind::Callout(Callout {
            kind: "warning".to_owned(),
            kind_span: span,
            title,
            fold,
            body: vec![p(vec![t("気を付けて")])],
        }))
    };
    let shown = html(vec![callout(None, Fold::None), callout(Some(vec![t("<題>")]), Fold::Closed)]);
    assert!(
        shown.contains("<div class=\"callout tone-warn kind-warning\" role=\"note\">"),
        "{shown}"
    );
    assert!(shown.contains("<span>注意</span></p>\n<p>気を付けて</p>\n</div>"), "{shown}");
    assert!(shown.contains("<details class=\"callout tone-warn kind-warning\">"), "{shown}");
    assert!(
        shown.contains("<span class=\"vh\">注意: </span>&lt;題&gt;</span></summary>"),
        "{shown}"
    );
    let component = |name: &str, label: &str| {
        inline(InlineKind::Component(Directive {
            name: name.to_owned(),
            name_span: span,
            label: Some(vec![t(label)]),
            attributes: Vec::new(),
            body: (),
        }))
    };
    assert_eq!(
        html(vec![p(vec![
            component("kbd", "Ctrl+<"),
            component("menu", "設定 > アカウント"),
            component("mark", "2")
        ])]),
        "<p><kbd>Ctrl</kbd>+<kbd>&lt;</kbd><span class=\"menu\"><b>設定</b><span class=\"then\"> › </span><b>アカウント</b></span><span class=\"mark\">2</span></p>\n"
    );
    let unknown = drawn_with(vec![p(vec![component("kdb", "a")])], &[], &options());
    assert_eq!(unknown.body.html.0, "<p>a</p>\n");
    assert_eq!(
        unknown.faults,
        ["unknown-directive ‹{-x› there is no component `kdb` [did you mean `kbd`?]"]
    );
    let block_of = |name: &str, label: Option<&str>, body| {
        block(BlockKind::Directive(Directive {
            name: name.to_owned(),
            name_span: span,
            label: label.map(|label| vec![t(label)]),
            attributes: Vec::new(),
            body,
        }))
    };
    let tabs =
        block_of("tabs", None, vec![block_of("tab", Some("Windows"), vec![p(vec![t("a")])])]);
    assert_eq!(
        html(vec![tabs]),
        "<div class=\"tabs\">\n<section class=\"tab\">\n<p class=\"tab-label\">Windows</p>\n<p>a</p>\n</section>\n</div>\n"
    );
    let lost =
        drawn_with(vec![block_of("tabz", Some("題"), vec![p(vec![t("本文")])])], &[], &options());
    assert_eq!(lost.body.html.0, "<p><strong>題</strong></p>\n<p>本文</p>\n");
}

#[test]
fn variables_are_filled_in_and_unknown_ones_stay_as_written() {
    let variable = |name: &str| {
        inline(InlineKind::Variable { name: name.to_owned(), written: format!("{{${name}}}") })
    };
    let mut english = variable("helpdesk-phone");
    english.origin.lang = EN;
    assert_eq!(
        html(vec![p(vec![variable("helpdesk-phone"), english])]),
        "<p>内線 1234<span lang=\"en\">&lt;ext. 1234&gt;</span></p>\n"
    );
    let term = inline(InlineKind::Term {
        name: "x".to_owned(),
        arguments: vec![],
        written: "{-x}".to_owned(),
    });
    let drawn = drawn_with(vec![p(vec![variable("helpdesk-fone"), term])], &[], &options());
    assert_eq!(drawn.body.html.0, "<p>{$helpdesk-fone}<span class=\"term\">{-x}</span></p>\n");
    assert!(drawn.faults[0].starts_with("unknown-variable ‹{$pho›"), "{:?}", drawn.faults);
    assert!(drawn.faults[1].starts_with("unknown-term"), "{:?}", drawn.faults);
}

#[test]
fn other_languages_say_so() {
    let mut foreign = p(vec![Node::new(InlineKind::Text("English".to_owned()), at(EN))]);
    foreign.origin.lang = EN;
    assert_eq!(
        html(vec![foreign, p(vec![Node::new(InlineKind::Text("a".to_owned()), at(EN)), t("あ")])]),
        "<p lang=\"en\">English</p>\n<p><span lang=\"en\">a</span>あ</p>\n"
    );
}

#[test]
fn footnotes_stand_at_the_end_with_their_way_back() {
    let note = |label: &str, text: &str| {
        block(BlockKind::Footnote { label: label.to_owned(), body: vec![p(vec![t(text)])] })
    };
    let mark = |label: &str| inline(InlineKind::FootnoteReference(label.to_owned()));
    let shown = html(vec![
        note("甲", "一"),
        note("使われない", "三"),
        p(vec![mark("乙"), mark("甲"), mark("無い")]),
        note("乙", "二"),
    ]);
    assert_eq!(
        shown,
        "<p><sup class=\"note\"><a role=\"doc-noteref\" id=\"fnref:1\" href=\"#fn%3A1\">1</a></sup><sup class=\"note\"><a role=\"doc-noteref\" id=\"fnref:2\" href=\"#fn%3A2\">2</a></sup>[^無い]</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\"><ol>\n\
         <li id=\"fn:1\"><p>二 <a class=\"back\" role=\"doc-backlink\" href=\"#fnref%3A1\" aria-label=\"本文へ戻る\">↩</a></p></li>\n\
         <li id=\"fn:2\"><p>一 <a class=\"back\" role=\"doc-backlink\" href=\"#fnref%3A2\" aria-label=\"本文へ戻る\">↩</a></p></li>\n\
         <li id=\"fn:3\"><p>三</p></li>\n</ol></section>\n"
    );
}

#[test]
fn tables_scroll_in_a_region_with_a_name() {
    let table = Table {
        alignments: vec![Alignment::None, Alignment::Right],
        head: vec![vec![t("項目")], vec![]],
        rows: vec![vec![vec![t("a")], vec![t("1")]]],
    };
    assert_eq!(
        html(vec![block(BlockKind::Table(table))]),
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表 1\"><table>\n<thead><tr><th scope=\"col\">項目</th><td class=\"to-right\"></td></tr></thead>\n<tbody>\n<tr><td>a</td><td class=\"to-right\">1</td></tr>\n</tbody></table></div>\n"
    );
}

#[test]
fn code_is_highlighted_and_an_unknown_language_is_noted_at_its_bytes() {
    let code = |language: &str, text: &str, marked, first_number| {
        let language = Spanned::new(language.to_owned(), Span::new(FileId(1), 0..3));
        block(BlockKind::Code(Code {
            language: Some(language),
            title: None,
            text: text.to_owned(),
            marked,
            first_number,
            added: vec![],
            removed: vec![],
        }))
    };
    assert_eq!(
        html(vec![code("JSON", "[\n1\n", vec![2], Some(9))]),
        "<figure class=\"code\" data-language=\"JSON\"><pre tabindex=\"0\"><code><span class=\"line\" data-number=\"9\">[</span>\n<span class=\"line marked\" data-number=\"10\"><i class=n>1</i></span></code></pre></figure>\n"
    );
    let drawn = drawn_with(vec![code("jsom", "<", vec![], None)], &[], &options());
    assert!(drawn.body.html.0.contains("<code>&lt;</code>"));
    assert!(drawn.faults[0].starts_with("unknown-language ‹{-x›"), "{:?}", drawn.faults);
    assert!(drawn.faults[0].contains("did you mean `json"), "{:?}", drawn.faults);
    let plain = RenderOptions { plain_code: true, ..options() };
    let drawn = drawn_with(vec![code("jsom", "[1] <", vec![], None)], &[], &plain);
    assert!(drawn.body.html.0.contains("<code>[1] &lt;</code>"), "{}", drawn.body.html.0);
    assert_eq!(drawn.faults, [""; 0]);
}

#[test]
fn excerpts_are_plain_and_end_at_a_sentence() {
    let document = |blocks| Document { blocks, references: vec![] };
    let blocks = vec![
        p(vec![
            t("日本"),
            inline(InlineKind::SoftBreak),
            t("語の "),
            inline(InlineKind::Strong(vec![t("<太字>")])),
            t("。"),
        ]),
        block(BlockKind::More),
        p(vec![t("あと")]),
    ];
    assert_eq!(excerpt(&document(blocks), &options(), 100), "日本語の <太字>。");
    let long = vec![p(vec![t("一つ目の文です。二つ目の文はとても長いので途中で切れます。")])];
    assert_eq!(excerpt(&document(long), &options(), 12), "一つ目の文です。");
    let english = vec![p(vec![t("Short. Then a longer one follows here")])];
    assert_eq!(excerpt(&document(english), &options(), 30), "Short. Then a longer one follo…");
}

fn entry(title: &str, path: &str) -> EntryContext {
    EntryContext {
        title: title.to_owned(),
        title_html: Html(title.to_owned()),
        path: path.to_owned(),
        date: Some("2022-03-24".to_owned()),
        description: "一行の説明".to_owned(),
        ..EntryContext::default()
    }
}

fn named(title: &str, path: &str) -> LinkContext {
    LinkContext {
        title: title.to_owned(),
        title_html: Html(title.to_owned()),
        path: path.to_owned(),
        lang: None,
    }
}

/// Every kind of page with all that it can show.
fn pages() -> Vec<(&'static str, PageData)> {
    let card = SectionCardContext {
        title: "アカウント".to_owned(),
        title_html: Html("アカウント".to_owned()),
        path: "account/".to_owned(),
        guides: vec![entry("移行", "account/x/")],
        count: 3,
        ..SectionCardContext::default()
    };
    let facts = GuideFacts {
        updated: Some("2022-03-24T12:00:00+09:00".to_owned()),
        review_by: Some("2023-01-01".to_owned()),
        owner: Some("情シス <A>".to_owned()),
        audience: vec!["staff".to_owned()],
        tags: vec![named("Azure", "tags/Azure/")],
        notices: ["untranslated", "stale", "review_overdue", "draft"]
            .map(|kind| NoticeContext {
                kind: kind.to_owned(),
                tone: "warn".to_owned(),
                language: Some("日本語".to_owned()),
                path: Some("account/x/".to_owned()),
                date: Some("2023-01-01".to_owned()),
            })
            .to_vec(),
        previous: Some(named("前", "account/a/")),
        next: Some(named("次", "account/b/")),
        related: vec![named("似たもの", "account/c/")],
        edit_href: Some("https://example.com/edit".to_owned()),
        feedback: Some(FeedbackContext {
            yes_href: Some("https://example.com/?a=1&b=2".to_owned()),
            no_href: None,
            mail_href: Some("mailto:a@example.com".to_owned()),
        }),
        toc: true,
        ..GuideFacts::default()
    };
    let list = ListContext {
        period: Some("2022-03".to_owned()),
        groups: vec![
            GroupContext {
                period: Some("2022-03".to_owned()),
                guides: vec![entry("移行", "account/x/")],
            },
            GroupContext { period: None, guides: vec![entry("移行", "account/x/")] },
        ],
        periods: vec![PeriodContext {
            period: "2022".to_owned(),
            path: "archives/2022/".to_owned(),
            count: 1,
        }],
    };
    let tags = TagsContext {
        tags: vec![TagCountContext {
            title: "Azure".to_owned(),
            path: "tags/Azure/".to_owned(),
            lang: None,
            count: 2,
        }],
    };
    vec![
        ("account/x/", PageData::Guide(facts)),
        (
            "account/",
            PageData::Section(SectionContext {
                guides: vec![entry("移行", "account/x/")],
                sections: vec![card.clone()],
            }),
        ),
        (
            "",
            PageData::Front(FrontContext {
                sections: vec![card],
                guides: vec![entry("移行", "x/")],
                latest: vec![entry("移行", "x/")],
                ..FrontContext::default()
            }),
        ),
        ("tags/", PageData::Tags(tags)),
        (
            "tags/Azure/",
            PageData::Tag(TagContext {
                title: "Azure".to_owned(),
                lang: None,
                guides: vec![entry("移行", "account/x/")],
            }),
        ),
        ("all/", PageData::All(list.clone())),
        ("archives/2022/03/", PageData::Archive(list)),
        ("404.html", PageData::NotFound),
    ]
}

fn full_site(locale: &str) -> SiteContext {
    SiteContext {
        locale: locale.to_owned(),
        all_path: Some("all/".to_owned()),
        tags_path: Some("tags/".to_owned()),
        archives_path: Some("archives/".to_owned()),
        feed_path: Some("atom.xml".to_owned()),
        contact: Some("内線 1234".to_owned()),
        footer_links: vec![HrefContext {
            title: "社内ポータル".to_owned(),
            path: None,
            href: Some("https://portal.example/".to_owned()),
        }],
        sections: vec![named("アカウント", "account/")],
        ..site()
    }
}

fn page_context(url: &str) -> PageContext {
    let language = |tag: &str, path: &str, current| LanguageContext {
        tag: tag.to_owned(),
        name: tag.to_owned(),
        path: path.to_owned(),
        current,
        translated: true,
    };
    PageContext {
        title: "スマートフォンの <移行>".to_owned(),
        title_html: Html("スマートフォンの &lt;移行&gt;".to_owned()),
        description: "説明 \"1\"".to_owned(),
        canonical: Some("https://help.example/account/x/".to_owned()),
        alternates: vec![AlternateContext {
            tag: "en".to_owned(),
            href: "https://help.example/en/account/x/".to_owned(),
        }],
        breadcrumb: vec![named("アカウント", "account/")],
        languages: vec![language("ja", url, true), language("en", "en/account/x/", false)],
        path: url.to_owned(),
        ..PageContext::default()
    }
}

/// Tags that open and never close, or close and never opened.
fn unbalanced(html: &str) -> Vec<String> {
    const VOID: &[&str] =
        &["meta", "link", "br", "img", "hr", "input", "!doctype", "path", "circle"];
    let (mut open, mut faults) = (Vec::<String>::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            if open.last() == Some(&name) {
                open.pop();
            } else {
                faults.push(format!("</{name}> in {open:?}"));
            }
        } else if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    faults.extend(open);
    faults
}

#[test]
fn every_kind_of_page_is_whole_in_both_languages() {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja", "en"]);
    assert_eq!(message_faults(&theme, &messages, 2), []);
    let options = options();
    let navigation = Value::of(&NavigationContext {
        section: Some(named("アカウント", "account/")),
        guides: vec![named("移行", "account/x/"), named("別", "account/y/")],
        sections: vec![named("下", "account/z/")],
    });
    let heading = |index| {
        block(BlockKind::Heading(Heading { level: 2, text: vec![t("見出し")], id: None, index }))
    };
    let styled = block(BlockKind::Element(element(
        "div",
        &[("style", HtmlValue::Style("color:red".to_owned()))],
        vec![],
    )));
    let guide = guide(vec![heading(0), p(vec![t("本文")]), heading(1), styled]);
    let anchors = ["a", "b"].map(|id| HeadingAnchors { id: id.to_owned(), extra: vec![] });
    for (locale, tag) in [(JA, "ja"), (EN, "en")] {
        let view = SiteView::new((&theme, &messages), &options, locale, &full_site(tag));
        for (url, data) in pages() {
            let kind = data.kind();
            let url = UrlPath::new(url).unwrap();
            let page = Page {
                url: &url,
                root: (kind == "not_found").then_some("/blog/"),
                context: page_context(url.as_str()),
                data,
                text: Some(Text { guide: &guide, answers: &[], anchors: &anchors, lang: JA }),
                navigation: Some(&navigation),
                template: None,
            };
            let checked = super::page(&page, &view);
            assert_eq!(fixture::lines(&checked.diagnostics, ""), Vec::<String>::new(), "{kind}");
            let html = str::from_utf8(&checked.value.html).unwrap();
            assert_eq!(unbalanced(html), Vec::<String>::new(), "{kind}: {html}");
            assert!(html.contains("Content-Security-Policy"));
            assert!(!html.contains("style=") && !html.contains(" onclick"), "{kind}: {html}");
            assert!(!html.contains("<移行>") && !html.contains("<デスク>"), "{kind}");
            assert!(html.len() < 9_000, "{kind} has {} bytes", html.len());
            if kind == "guide" {
                assert!(html.contains("aria-current=\"page\""), "{html}");
                assert!(html.contains(&format!(
                    "href=\"../../{}\"",
                    checked.value.style.as_ref().unwrap().0
                )));
                let date = if tag == "ja" { "2022年3月24日" } else { "March 24, 2022" };
                assert!(html.contains(date), "{html}");
            }
            if kind == "not_found" {
                assert!(html.contains("href=\"/blog/assets/style."), "{html}");
            }
        }
    }
}

/// The page of `data` in English, around a heading.
fn english(url: &str, data: PageData) -> String {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja", "en"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, EN, &full_site("en"));
    let url = UrlPath::new(url).unwrap();
    let context = page_context(url.as_str());
    let page =
        Page { url: &url, root: None, context, data, text: None, navigation: None, template: None };
    let checked = super::page(&page, &view);
    assert_eq!(fixture::lines(&checked.diagnostics, ""), Vec::<String>::new());
    String::from_utf8(checked.value.html).expect("pages are UTF-8")
}

#[test]
fn tags_of_another_language_say_so() {
    let japanese = || Some("ja".to_owned());
    let tag = |title: &str, lang| TagCountContext {
        title: title.to_owned(),
        path: "t/".to_owned(),
        lang,
        count: 1,
    };
    let tags = vec![tag("情シス", japanese()), tag("Azure", None)];
    let shown = english("en/tags/", PageData::Tags(TagsContext { tags }));
    assert!(shown.contains("t/\" lang=\"ja\">情シス</a>"), "{shown}");
    assert!(shown.contains("t/\">Azure</a>"), "{shown}");
    let one = |lang| TagContext { title: "情シス".to_owned(), lang, guides: Vec::new() };
    let shown = english("en/tags/x/", PageData::Tag(one(japanese())));
    assert!(shown.contains("<span lang=\"ja\">情シス</span>"), "{shown}");
    let shown = english("en/tags/x/", PageData::Tag(one(None)));
    assert!(shown.contains("情シス") && !shown.contains("<span lang=\"ja\">情"), "{shown}");
    let tags = vec![LinkContext { lang: japanese(), ..named("情シス", "t/") }];
    let shown = english("en/x/", PageData::Guide(GuideFacts { tags, ..GuideFacts::default() }));
    assert!(shown.contains("t/\" lang=\"ja\">情シス</a>"), "{shown}");
}

#[test]
fn a_page_of_one_month_names_it_once() {
    let group = |period: &str| GroupContext {
        period: Some(period.to_owned()),
        guides: vec![entry("移行", "account/x/")],
    };
    let list =
        |groups| ListContext { period: Some("2025-12".to_owned()), groups, periods: Vec::new() };
    let month = english("en/archives/2025/12/", PageData::Archive(list(vec![group("2025-12")])));
    assert_eq!((month.matches("December 2025").count(), month.matches("<h2").count()), (1, 0));
    let two = vec![group("2025-12"), group("2025-11")];
    let months = english("en/archives/2025/", PageData::Archive(list(two)));
    assert_eq!(months.matches("<h2").count(), 2, "{months}");
    let all = english("en/all/", PageData::All(list(vec![group("2025-12")])));
    assert_eq!(all.matches("<h2").count(), 1, "{all}");
}

#[test]
fn old_addresses_lead_to_the_new_one() {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, JA, &site());
    let url = |path| UrlPath::new(path).unwrap();
    let checked =
        redirect(&url("old/x/"), &url("new/図/"), Some("https://help.example/new/"), &view);
    assert_eq!(checked.diagnostics, []);
    let html = str::from_utf8(&checked.value).unwrap();
    assert!(html.contains("content=\"0; url=../../new/%E5%9B%B3/\""), "{}", html);
    assert!(html.contains("noindex"));
}

#[test]
fn the_words_of_the_theme_are_complete_in_both_languages() {
    let messages = fixture::messages(&["ja", "en"]);
    assert_eq!(messages.ids("ja").collect::<Vec<_>>(), messages.ids("en").collect::<Vec<_>>());
}

#[test]
fn messages_that_a_theme_asks_for_are_checked_at_the_template() {
    let text = "{{ msg(id=\"guide-cont\") }}{{ msg(id=\"guide-count\") }}";
    let theme = fixture::theme(&[("templates/x.html", text)]).value;
    let messages = fixture::messages(&["ja", "en"]);
    let faults = fixture::lines(&message_faults(&theme, &messages, 1), text);
    assert_eq!(
        faults,
        [
            "missing-message ‹guide-cont› there is no message `guide-cont` in `ja` [did you mean `guide-count`?]",
            "message-argument ‹guide-count› the message `guide-count` wants `$count`",
        ]
    );
}

#[test]
fn a_template_named_by_a_guide_draws_it_or_is_reported_there() {
    let files = [
        ("templates/wide.html", "{{ page.kind }} {{ page.layout }} {{ page.title }}"),
        ("theme.yaml", "pages: { faq: wide.html }"),
    ];
    let theme = fixture::theme(&files).value;
    let messages = fixture::messages(&["ja"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, JA, &site());
    let url = UrlPath::new("x/").unwrap();
    let draw = |name: &str| {
        let template = Spanned::new(name.to_owned(), Span::new(FileId(1), 0..name.len()));
        let page = Page {
            url: &url,
            root: None,
            context: page_context("x/"),
            data: PageData::Guide(GuideFacts::default()),
            text: None,
            navigation: None,
            template: Some(&template),
        };
        let checked = super::page(&page, &view);
        (String::from_utf8(checked.value.html).unwrap(), fixture::lines(&checked.diagnostics, name))
    };
    assert_eq!(draw("wide").0, "guide wide スマートフォンの &lt;移行&gt;");
    assert_eq!(draw("faq").0, "guide faq スマートフォンの &lt;移行&gt;");
    assert_eq!(draw("wide.html").0, draw("wide").0);
    assert_eq!(
        draw("wyde").1,
        [
            "template-error ‹wyde› the theme has no kind of page and no template `wyde` [did you mean `wide`?]"
        ]
    );
}
