//! What the theme draws inside of texts, and raw HTML.

use super::*;

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
    let tabs = html(vec![tabs]);
    assert!(tabs.starts_with("<div class=\"tabs\">\n<section class=\"tab\">"), "{tabs}");
    assert!(tabs.contains("<p class=\"tab-label\">Windows</p>\n"), "{tabs}");
    assert!(tabs.contains("<p>a</p>\n"), "{tabs}");
    let lost =
        drawn_with(vec![block_of("tabz", Some("題"), vec![p(vec![t("本文")])])], &[], &options());
    assert_eq!(lost.body.html.0, "<p><strong>題</strong></p>\n<p>本文</p>\n");
}
