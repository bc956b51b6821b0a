//! Lists, tables and footnotes.

use super::*;

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
    assert!(
        steps.starts_with(
            "<ol class=\"steps\">\n<li id=\"step:1\">押す<figure class=\"shot\"><a class=\"zoom\" href=\"%E5%9B%B3%201.png\"><img src=\"%E5%9B%B3%201.png\" alt=\"設定画面\" width=\"800\" height=\"600\">"
        ),
        "{steps}"
    );
    assert!(steps.ends_with("</figure></li>\n</ol>\n"), "{steps}");
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
fn a_note_defined_twice_keeps_both_texts() {
    let note = |text: &str| {
        block(BlockKind::Footnote { label: "注".to_owned(), body: vec![p(vec![t(text)])] })
    };
    let mark = inline(InlineKind::FootnoteReference("注".to_owned()));
    let shown = html(vec![p(vec![mark]), note("一つ目"), note("second")]);
    assert!(shown.contains("<li id=\"fn:1\"><p>一つ目</p>\n<p>second <a class"), "{shown}");
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
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表1\"><table>\n<thead><tr><th scope=\"col\">項目</th><td class=\"to-right\"></td></tr></thead>\n<tbody>\n<tr><td>a</td><td class=\"to-right\">1</td></tr>\n</tbody></table></div>\n"
    );
}
