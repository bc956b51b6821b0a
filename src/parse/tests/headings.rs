//! Headings and the title.

use super::*;

#[test]
fn a_first_heading_equal_to_the_title_is_dropped() {
    check("---\ntitle: 題 名\n---\n# 題  名\n\n本文\n\n## 節", "(p \"本文\")\n(h2 \"節\")", &[]);
    check(
        "---\ntitle: A\n---\n\n# B\n\n## C\n\n###### D",
        "(h2 \"B\")\n(h3 \"C\")\n(h6 \"D\")",
        &[],
    );
}

/// The heading that was dropped for the title, with its bytes.
fn title_heading(text: &str) -> String {
    let found = parsed(text).value;
    let Some(fact) = found.title_heading else { return "none".to_owned() };
    let id = fact.id.map(|id| format!("#{} {}", id.value, &text[id.span.bytes.range()]));
    format!(
        "{}{}{} | {}",
        fact.level,
        id.unwrap_or_default(),
        printer::inlines(&fact.text, &[]),
        &text[fact.span.bytes.range()]
    )
}

#[test]
fn a_dropped_heading_is_remembered_with_its_id() {
    let text = "---\ntitle: 題 code\n---\n# 題 `code` {#top}\n\n## 節 {#s}";
    assert_eq!(title_heading(text), "1#top {#top} \"題 \" `code` | # 題 `code` {#top}");
    check(text, "(h2#s \"節\")", &[]);
    assert_eq!(title_heading("# Intro\n\ntext"), "1 \"Intro\" | # Intro");
    assert_eq!(title_heading("---\ntitle: A\n---\n# B"), "none");
    assert_eq!(title_heading("本文\n\n# 節"), "none");
}

#[test]
fn a_first_heading_with_more_than_text_is_kept() {
    check(
        "---\ntitle: 題名\n---\n# [題名](a.md)\n\n## 節",
        "(h2 (a a.md \"題名\"))\n(h3 \"節\")",
        &[],
    );
    check("# Logo ![](a.png)\n\ntext", "(h2 \"Logo \" (img a.png))\n(p \"text\")", &[]);
    check("# <a id=\"x\"></a>題\n\n本文", "(h2 <a id=\"x\"> \"題\")\n(p \"本文\")", &[]);
    check("# 題[^1]\n\n[^1]: 注", "(h2 \"題\" (^1))\n(footnote 1 (p \"注\"))", &[]);
    check("# A <b>b</b> *c*\n\nd", r#"(p "d")"#, &[]);
    let found = parsed("# [題](a.md) <a id=\"x\"></a>*x*").value;
    assert_eq!(printer::inlines(&found.title, &[]), r#" "題" " " (em "x")"#);
}

#[test]
fn without_a_title_the_first_heading_is_it() {
    check("# はじめに\n\n本文", r#"(p "本文")"#, &[]);
    check("本文\n\n## 節", "(p \"本文\")\n(h2 \"節\")", &[]);
}

#[test]
fn only_an_id_at_the_end_is_an_attribute() {
    check("## 設定 {#setup}", r#"(h2#setup "設定")"#, &[]);
    check("## {#a} b {#b}", r#"(h2#b "{#a} b")"#, &[]);
    check("## a {.c} {key}", r#"(h2 "a {.c} {key}")"#, &[]);
    check(r#"## `{#x}` \{#y}"#, r#"(h2 `{#x}` " {#y}")"#, &[]);
    check("設定 {#s}\n===", "", &[]);
    check("本文 {#x}", r#"(p "本文 {#x}")"#, &[]);
    check("## **「太字」**{#t} ##", r#"(h2#t (strong "「太字」"))"#, &[]);
}

#[test]
fn a_heading_made_by_hyphens_is_reported() {
    check("本文です。\n---", r#"(h2 "本文です。")"#, &["2:1 accidental-heading ---"]);
    check(
        "二行の\n本文\n-----\n\n題\n===",
        "(h3 \"二行の\" / \"本文\")\n(h2 \"題\")",
        &["3:1 accidental-heading -----"],
    );
    check("> 引用\n> ---", r#"(quote (h2 "引用"))"#, &["2:3 accidental-heading ---"]);
}

#[test]
fn a_heading_without_text_is_reported_and_left_out() {
    let text = "# 題\n\n## {#only}\n\n##\n\n## 　\n\n### Part\n\n<h2 id=\"x\"></h2>";
    check(
        text,
        "<div id=\"only\">\n(h3 \"Part\")\n<div id=\"x\">",
        &[
            "3:1 empty-heading ## {#only}",
            "5:1 empty-heading ##",
            "7:1 empty-heading ## 　",
            "11:1 empty-heading <h2 id=\"x\"></h2>",
        ],
    );
    let found = parsed(text).value;
    assert_eq!(found.headings.len(), 1);
    let ids: Vec<_> = found.ids.iter().map(|id| id.value.as_str()).collect();
    assert_eq!(ids, ["only", "x"]);
    check("## ![](a.png)\n\n## {$x}", "(h2 (img a.png))\n(h2 {$x})", &[]);
    check(
        "## <a id=\"p\"></a>",
        "(plain <a id=\"p\">)",
        &["1:1 empty-heading ## <a id=\"p\"></a>"],
    );
}

#[test]
fn words_in_angle_brackets_stay_in_headings() {
    check(
        "### <自動アップグレードに関する質問>\n---------------\n## <1> 手順",
        "(h3 \"<自動アップグレードに関する質問>\")\n(hr)\n(h2 \"<1> 手順\")",
        &[],
    );
    check(
        "## <SERVER> の {$name} と {-product}",
        r#"(h2 "<SERVER> の " {$name} " と " {-product})"#,
        &[],
    );
}

#[test]
fn facts_list_the_headings_as_shown() {
    let text = "---\ntitle: 題\n---\n# 題\n\n## 一 {#one}\n\n> # 二\n";
    let found = parsed(text).value;
    let shown: Vec<_> = found
        .headings
        .iter()
        .map(|fact| {
            let id = fact
                .id
                .as_ref()
                .map(|id| format!("#{} {}", id.value, &text[id.span.bytes.range()]));
            format!("{}{}{}", fact.level, id.unwrap_or_default(), printer::inlines(&fact.text, &[]))
        })
        .collect();
    assert_eq!(shown, [r#"3#one {#one} "一""#, r#"2 "二""#]);
}

#[test]
fn a_missing_title_is_reported_and_left_empty() {
    let found = parsed("本文");
    assert_eq!(found.diagnostics[0].code, code::MISSING_TITLE);
    assert!(found.value.title.is_empty());
    let found = parsed("本文\n\n# 節").value;
    assert_eq!(plain_text(&found.title), "節");
    assert_eq!(printer::blocks(&found.document.blocks, &[]), "(p \"本文\")\n(h2 \"節\")");
}
