//! Links, and what leads nowhere.

use super::*;

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
