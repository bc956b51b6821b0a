use crate::theme::tests::fixture::{default_layer, lines, theme};

/// The faults of an icon with that text.
fn faults(svg: &str) -> Vec<String> {
    lines(&theme(&[("icons/own.svg", svg)]).diagnostics, svg)
}

/// What a page that shows the icon draws for it.
fn symbol(svg: &str) -> String {
    let layers = [
        default_layer(),
        crate::theme::tests::fixture::layer("ours", 1, &[("icons/own.svg", svg)]),
    ];
    let mut diagnostics = Vec::new();
    let symbol = super::symbols(&layers, &mut diagnostics).remove("own").unwrap_or_default();
    assert_eq!(lines(&diagnostics, svg), [""; 0]);
    symbol
}

#[test]
fn an_icon_becomes_a_symbol_with_the_paint_of_its_root() {
    assert_eq!(
        symbol(
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- 印刷 -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
             class=\"x\" width='24' height='24' viewBox=\"0 0 24 24\" fill=\"none\" \
             stroke=\"currentColor\" stroke-width=\"2\" aria-hidden=\"true\">\n <title>印刷</title>\n \
             <g opacity=\".5\"><path class=\"a\" d=\"M1 1h2\"/></g>\n</svg>\n"
        ),
        "<symbol id=\"page:icon-own\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" \
         stroke-width=\"2\"><g opacity=\".5\"><path d=\"M1 1h2\"/></g></symbol>"
    );
    assert_eq!(
        symbol("<svg width=\"16px\" height=\"12\"><circle r=\"2\"></circle></svg>"),
        "<symbol id=\"page:icon-own\" viewBox=\"0 0 16 12\"><circle r=\"2\"></circle></symbol>"
    );
}

#[test]
fn what_would_reach_into_pages_is_a_fault_at_its_bytes() {
    let help = "an icon is made of shapes alone: paths, circles, lines, rectangles";
    for (name, inner) in [
        ("script", "<script>alert(1)</script>"),
        ("style", "<style>path{}</style>"),
        ("a", "<a href=\"https://x.example/\"><path d=\"M0 0\"/></a>"),
        ("image", "<image href=\"x.png\"/>"),
        ("use", "<use href=\"#a\"/>"),
        ("foreignObject", "<foreignObject></foreignObject>"),
        ("animate", "<animate/>"),
        ("text", "<text/>"),
    ] {
        let found = faults(&format!("<svg viewBox=\"0 0 9 9\">{inner}</svg>"));
        let told = format!("invalid-theme ‹<{name}› an icon cannot hold `<{name}>` [{help}]");
        assert!(found.contains(&told) || name == "script" || name == "style", "{found:?}");
        assert!(!found.is_empty());
    }
    let help = "remove it: ids, styles, links and scripts of an icon would reach every page";
    for attribute in
        ["id=\"a\"", "style=\"fill:red\"", "onload=\"x()\"", "href=\"#a\"", "xlink:href='x'"]
    {
        let name = attribute.split('=').next().unwrap();
        let told = format!("invalid-theme ‹{attribute}› an icon cannot have `{name}` [{help}]");
        let inside = format!("<svg viewBox=\"0 0 9 9\"><path {attribute} d=\"M0 0\"/></svg>");
        assert_eq!(faults(&inside), std::slice::from_ref(&told));
        assert_eq!(faults(&format!("<svg viewBox=\"0 0 9 9\" {attribute}></svg>")), [told]);
    }
    assert_eq!(
        faults("<svg viewBox=\"0 0 9 9\"><path fill=\"url(#a)\"/></svg>"),
        [
            "invalid-theme ‹fill=\"url(#a)\"› `fill` of an icon cannot be `url(#a)` [write a colour, `currentColor` or numbers]"
        ]
    );
}

#[test]
fn what_is_no_picture_is_told() {
    for (svg, told) in [
        ("", "‹› this is no whole SVG picture"),
        ("<p>あ</p>", "‹<p>あ</p>› an icon is one `<svg>`"),
        ("<svg>", "‹<svg>› this icon has neither a `viewBox` nor a size"),
        ("<svg viewBox=\"0 0 1 1\"><g></svg>", "‹</svg>› this tag closes nothing"),
        ("<svg viewBox=\"0 0 1 1\">", "‹<svg viewBox=\"0 0 1 1\">› this is no whole SVG picture"),
        ("<svg viewBox=\"0 0 1 1\">あ</svg>", "‹あ› an icon holds no text"),
        ("<!DOCTYPE svg><svg/>", "‹<!› an icon holds no declarations of a document type"),
        ("<svg viewBox=0></svg>", "‹0› the value of an attribute stands in quotes"),
        ("<svg viewBox=\"0", "‹0› this value has no end"),
        ("<svg viewBox=\"0 0 1 1\" ん></svg>", "‹ん› an attribute is written `name=\"value\"`"),
    ] {
        assert_eq!(faults(svg), [format!("invalid-theme {told}")], "{svg}");
    }
    let named = theme(&[("icons/警告.svg", "<svg viewBox=\"0 0 1 1\"/>")]);
    assert_eq!(
        lines(&named.diagnostics, ""),
        [
            "invalid-theme ‹(file)› an icon cannot be called `警告` [use ASCII letters, digits and `-` in its file's name]"
        ]
    );
}

proptest::proptest! {
    #[test]
    fn no_text_makes_more_than_a_symbol(svg in "[<>/=\"' a-gあ!?-]{0,60}") {
        let svg = format!("<svg viewBox=\"0 0 1 1\">{svg}</svg>");
        let found = faults(&svg);
        proptest::prop_assert!(!found.iter().any(|line| line.contains("(elsewhere)")), "{:?}", found);
    }
}
