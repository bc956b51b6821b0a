//! Raw HTML and words in angle brackets.

use super::*;

#[test]
fn placeholders_are_words() {
    check(
        "<SERVER> と <cluster-region-name>.handler と xml('<value>') と <MS Authenticator の移行方法>",
        r#"(p "<SERVER> と <cluster-region-name>.handler と xml('<value>') と <MS Authenticator の移行方法>")"#,
        &[],
    );
    check(
        r#"`<SERVER>` </SERVER> <?xml version="1.0"?> <!DOCTYPE html> <title>x</title>"#,
        r#"(p `<SERVER>` " </SERVER> <?xml version=\"1.0\"?> <!DOCTYPE html> <title>x</title>")"#,
        &[],
    );
    check("<div><SERVER>は</div>", r#"<div (plain "<SERVER>は")>"#, &[]);
}

#[test]
fn details_hold_markdown() {
    check(
        "<details>\n<summary><b>題</b></summary>\n\n**本文**\n\n- a\n\n</details>\n\n後",
        "<details <summary (plain <b \"題\">)> (p (strong \"本文\")) (ul (li (plain \"a\")))>\n(p \"後\")",
        &[],
    );
    check(
        "<details><summary>題</summary>\n\n本文</details>",
        r#"<details <summary (plain "題")> (p "本文")>"#,
        &[],
    );
    check(
        "1. a\n   <details>\n   <summary>s</summary>\n\n   b\n   </details>\n2. c",
        r#"(ol 1 loose (li (p "a") <details <summary (plain "s")> (p "b")>) (li (p "c")))"#,
        &[],
    );
    check(
        "> <details>\n> <summary>s</summary>\n>\n> b\n> </details>",
        r#"(quote <details <summary (plain "s")> (p "b")>)"#,
        &[],
    );
}

#[test]
fn tables_keep_their_spans() {
    check(
        "<table border=\"1\" class=\"x\">\n<tr><th colspan=2>見出し<td align=\"right\">a &amp; b&nbsp;c\n<tr><td><br>x\n</table>",
        r#"<table border="1" <tr <th colspan="2" (plain "見出し")> <td {text-align:right} (plain "a & b\u{a0}c")>> <tr <td (plain "x")>>>"#,
        &[],
    );
    check(
        "<table>\n\n  <tr>\n\n    <td>a</td>\n\n  </tr>\n\n</table>",
        r#"<table <tr <td (plain "a")>>>"#,
        &[],
    );
}

#[test]
fn pictures_and_links_are_ordinary() {
    check(r#"<img src="./a.png" width="600" alt="図">"#, r#"(screenshot ./a.png "図" 600x)"#, &[]);
    check(
        r#"文 <a href="b.md" target="_blank">リンク</a> と <a id="x"></a><a name="y"></a>"#,
        r#"(p "文 " (a b.md "リンク") " と " <a id="x"> <a name="y">)"#,
        &[],
    );
    check(
        r#"<p align="center"><img src=a.png></p>"#,
        r#"<p {text-align:center} (plain (img a.png))>"#,
        &[],
    );
    check(r#"<video controls src="a.mp4"></video>"#, r#"(p <video controls="" src->a.mp4>)"#, &[]);
    check(r#"<a href="x.md"><img src="a.png"></a>"#, "(screenshot a.png ->x.md)", &[]);
    check(
        r#"<figure><img src="a.png"><figcaption>図 1</figcaption></figure>"#,
        r#"<figure (plain (img a.png)) <figcaption (plain "図 1")>>"#,
        &[],
    );
    check(
        r#"<a href="b.md" title="別のページ">リンク</a>と<a href="a.zip" download>save</a>"#,
        r#"(p (a b.md title="別のページ" "リンク") "と" <a download="" href->a.zip "save">)"#,
        &[],
    );
}

#[test]
fn a_paragraph_never_holds_another() {
    check("<p align=\"center\">\n\n本文\n\n</p>", r#"<p {text-align:center} (plain "本文")>"#, &[]);
    check("<p>\n\ntext\n\n</p>\n\nafter", "<p (plain \"text\")>\n(p \"after\")", &[]);
    check("<p>一\n\n二</p>", "<p (plain \"一\")>\n(p \"二\")", &[]);
    check("<div><p>四\n\n五</div>", r#"<div <p (plain "四")> (p "五")>"#, &[]);
    check("<p>\n\n## Part\n\n- a", "(h2 \"Part\")\n(ul (li (plain \"a\")))", &[]);
    check(
        "<p align=\"center\">\n一\n\n二\n\n- 三\n\n</p>",
        r#"<div {text-align:center} (p "一") (p "二") (ul (li (plain "三")))>"#,
        &[],
    );
    check("<p>\n\n:::note\na\n:::\n\n</p>", r#"(callout note (p "a"))"#, &[]);
}

#[test]
fn styles_are_normalised_or_removed() {
    check(
        r##"<span style="color: red; position:fixed">赤</span>と<font color="#f00" size="5">大</font><center>中</center><u>下線</u>"##,
        r#"(plain <span {color:red} "赤"> "と" <span {color:#f00;font-size:x-large} "大"> <div {text-align:center} "中"> <u "下線">)"#,
        &[r#"1:7 removed-html style="color: red; position:fixed""#],
    );
}

#[test]
fn looks_of_old_become_styles_and_what_is_lost_is_reported() {
    check(
        r#"図<img src="a.png" align="right" border="1" alt="図">と<p align="center" class="x">中</p>"#,
        r#"(plain "図" <img alt="図" src->a.png {float:right;margin-left:1em;border:1px solid}> "と" <p {text-align:center} "中">)"#,
        &[],
    );
    check(r#"a <img id="fig" src="a.png">"#, r#"(p "a " <img id="fig" src->a.png>)"#, &[]);
    check(
        r#"<img src="data:image/svg+xml,x" alt="Drawn">"#,
        r#"(screenshot data:image/svg+xml,x "Drawn")"#,
        &[],
    );
    check(
        r##"<a href="b.md" target="_blank" hreflang="en">x</a><img src="a.png" usemap="#m" align="斜め">"##,
        r#"(p (a b.md "x") (img a.png))"#,
        &[r##"1:68 removed-html usemap="#m""##, r#"1:80 removed-html align="斜め""#],
    );
}

#[test]
fn what_runs_script_is_removed() {
    check("<script>alert(1)</script>後", r#"(plain "後")"#, &["1:1 removed-html <script>"]);
    check(
        r#"<div onclick="x()">a</div>"#,
        r#"<div (plain "a")>"#,
        &[r#"1:6 removed-html onclick="x()""#],
    );
    check(
        r#"<a href="javascript:x">a</a>"#,
        r#"(p <a "a">)"#,
        &[r#"1:4 removed-html href="javascript:x""#],
    );
    check(
        r#"<iframe src="https://a.jp">代わり</iframe>"#,
        r#"(plain "代わり")"#,
        &[r#"1:1 removed-html <iframe src="https://a.jp">"#],
    );
    check("a <script>b</script> c", r#"(p "a " " c")"#, &["1:3 removed-html <script>"]);
    check("<style>p{}</style>", "", &["1:1 removed-html <style>"]);
    check(
        r#"<form><input type="text">文</form>"#,
        r#"(plain "文")"#,
        &["1:1 removed-html <form>", r#"1:7 removed-html <input type="text">"#],
    );
}

#[test]
fn tags_without_a_partner_lose_nothing() {
    check(
        "所要時間は <time> 分、<object> です",
        r#"(p "所要時間は <time> 分、<object> です")"#,
        &["1:7 unbalanced-html <time>", "1:16 unbalanced-html <object>"],
    );
    check(
        "</div>\n\na</b>",
        r#"(p "a")"#,
        &["1:1 unbalanced-html </div>", "3:2 unbalanced-html </b>"],
    );
    check("<div>\n\na", r#"<div (p "a")>"#, &["1:1 unbalanced-html <div>"]);
    check(
        "- <div>a\n\nb",
        "(ul (li <div (plain \"a\")>))\n(p \"b\")",
        &["1:3 unbalanced-html <div>"],
    );
    check(
        "<input> と <img> を",
        r#"(p "<input> と <img> を")"#,
        &["1:1 unbalanced-html <input>", "1:11 unbalanced-html <img>"],
    );
    check(
        "<b>a<i>b</b>c</i>",
        r#"(p <b "a" <i "b">> "c")"#,
        &["1:5 unbalanced-html <i>", "1:14 unbalanced-html </i>"],
    );
    check(
        r#"<span style="color:red">a"#,
        r#"(p <span {color:red} "a">)"#,
        &[r#"1:1 unbalanced-html <span style="color:red">"#],
    );
    check("<!-- open\n\nb", "", &["1:1 unbalanced-html <!--"]);
    check(
        "<div class=\"x\n\na",
        "(plain \"<div class=\\\"x\")\n(p \"a\")",
        &[r#"1:1 unbalanced-html <div class="x"#],
    );
    check("<a id=\"x\">\n\nb", "<a id=\"x\">\n(p \"b\")", &[r#"1:1 unbalanced-html <a id="x">"#]);
}

#[test]
fn a_comment_over_several_lines_is_hidden_whole() {
    check("<!-- a --> x <!-- multi\nline --> y", r#"(p " x " " y")"#, &[]);
    check("> <!-- a --> 前 <!-- 二\n> 行 --> 後", r#"(quote (p " 前 " " 後"))"#, &[]);
    check("前 <!-- 二\n行 --> 後", r#"(p "前 " " 後")"#, &[]);
    check("<!-- a\n\nb -->\n\nx", r#"(p "x")"#, &[]);
}

#[test]
fn a_comment_that_is_not_closed_is_reported_truly() {
    check("本文 <!-- 続き", r#"(p "本文 <!-- 続き")"#, &["1:4 unbalanced-html <!--"]);
    check("a `<!--` \\<!-- &lt;!--", r#"(p "a " `<!--` " <!-- <!--")"#, &[]);
    let shown = "this comment does not end in its paragraph; it is shown as text";
    assert_eq!(said("a <!-- b\n\nc").lines().next(), Some(shown));
    let hidden = "this comment is not closed; nothing after it is shown";
    assert_eq!(said("<!-- b\n\nc").lines().next(), Some(hidden));
    let block = "this comment is not closed where its block ends; what follows is shown";
    assert_eq!(said("> <!-- b\n\nc").lines().next(), Some(block));
}

#[test]
fn headings_in_html_are_headings() {
    check(r#"<h2 id="a">題 <b>x</b></h2>"#, r#"(h2#a "題 " <b "x">)"#, &[]);
}

#[test]
fn lines_in_html_are_soft_breaks() {
    check("<div>\n一行\n二行\n</div>", r#"<div (plain "一行" / "二行")>"#, &[]);
    check("<pre>\na\n  b\n</pre>", r#"<pre (plain "\na\n  b\n")>"#, &[]);
}

#[test]
fn policies_differ() {
    check_with(
        r#"<div onclick="x()" class="c" style="position:fixed"><script>a()</script></div>"#,
        &with(|o| o.html = HtmlPolicy::Allow),
        r#"<div class="c" onclick="x()" style="position:fixed" (plain <script "a()">)>"#,
        &[],
    );
    check_with(
        "<b>太字</b> と <div>\n\n**x**",
        &with(|o| o.html = HtmlPolicy::Escape),
        "(p \"<b>太字</b> と <div>\")\n(p (strong \"x\"))",
        &[],
    );
}

#[test]
fn raw_html_and_directives_nest() {
    check(
        ":::note\n<div>\n\n:::steps\na\n:::\n\n</div>\n:::",
        r#"(callout note <div :(steps (p "a"))>)"#,
        &[],
    );
    check("<div>\n:::note\n本文\n:::\n</div>", r#"<div (callout note (p "本文"))>"#, &[]);
}

#[test]
fn ids_of_raw_html_are_listed() {
    let text = "<a id=\"x\"></a><a name='目次'></a>\n\n<div id=y></div>";
    let found = parsed(text).value;
    let ids: Vec<_> =
        found.ids.iter().map(|id| (id.value.as_str(), &text[id.span.bytes.range()])).collect();
    assert_eq!(ids, [("x", "x"), ("目次", "目次"), ("y", "y")]);
}

#[test]
fn references_of_raw_html_know_their_bytes() {
    let text = "> <table>\n> <tr><td><img alt=\"図\" src=\"./画像.png\">\n> </table>";
    let found = parsed(text).value.document.references;
    assert_eq!(&text[found[0].origin.bytes.range()], "./画像.png");
}
