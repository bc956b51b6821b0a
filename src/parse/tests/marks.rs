//! `:::` blocks, components, terms, Hexo tags.

use super::*;

#[test]
fn directives_hold_blocks() {
    check(":::steps\n1. a\n2. b\n:::", r#":(steps (ol 1 (li (plain "a")) (li (plain "b"))))"#, &[]);
    check(
        ":::details[もっと **見る**]{open level=2 title=\"a b\"}\n本文\n:::\n後",
        ":(details open=true level=2 title=a b (label \"もっと \" (strong \"見る\")) (p \"本文\"))\n(p \"後\")",
        &[],
    );
    check(
        "::::tabs\n:::tab[A]\na\n:::\n:::tab[B]\nb\n:::\n::::",
        r#":(tabs :(tab (label "A") (p "a")) :(tab (label "B") (p "b")))"#,
        &[],
    );
    check("::: warning 題 名\n本文\n:::", r#"(callout warning (title "題 名") (p "本文"))"#, &[]);
}

#[test]
fn directives_stand_in_lists_and_quotations() {
    check(
        "- a\n  :::note\n  b\n  :::\n  c",
        r#"(ul (li (plain "a") (callout note (p "b")) (plain "c")))"#,
        &[],
    );
    check(
        "> :::tip[題]\n> a\n> :::\n> b",
        r#"(quote (callout tip (title "題") (p "a")) (p "b"))"#,
        &[],
    );
    check(
        "1. a\n\n   ::::tabs\n   :::tab[x]\n   - b\n     :::details\n     c\n     :::\n   :::\n   ::::\n2. d",
        r#"(ol 1 loose (li (p "a") :(tabs :(tab (label "x") (ul (li (plain "b") :(details (p "c"))))))) (li (p "d")))"#,
        &[],
    );
}

#[test]
fn a_tab_outside_tabs_is_reported() {
    check(
        ":::tab[A]\n本文\n:::",
        r#":(tab (label "A") (p "本文"))"#,
        &["1:4 unknown-directive tab"],
    );
    check(
        "::::tabs\n:::note\n::tab\n:::\n:::tab[B]\nb\n:::\n::::",
        r#":(tabs (callout note (p "::tab")) :(tab (label "B") (p "b")))"#,
        &[],
    );
}

#[test]
fn a_callout_can_be_written_with_colons() {
    check(
        ":::WARNING[題名]{closed}\n本文\n:::",
        r#"(callout warning- (title "題名") (p "本文"))"#,
        &[],
    );
    check(
        ":::note{open x=1}\n本文\n:::",
        r#"(callout note+ (p "本文"))"#,
        &["1:14 invalid-attribute x=1"],
    );
}

#[test]
fn what_is_not_closed_ends_with_its_container() {
    check(
        "- :::note\n  a\n\nb",
        "(ul (li (callout note (p \"a\"))))\n(p \"b\")",
        &["1:3 unclosed-directive :::note"],
    );
    check(":::steps\na", r#":(steps (p "a"))"#, &["1:1 unclosed-directive :::steps"]);
    check(
        "> :::note\n> :::steps\n> a\n> :::\nb",
        "(quote (callout note :(steps (p \"a\"))))\n(p \"b\")",
        &["1:3 unclosed-directive :::note"],
    );
}

#[test]
fn a_stray_end_is_shown() {
    check("a\n:::\nb", "(p \"a\")\n(p \":::\")\n(p \"b\")", &["2:1 stray-directive-end :::"]);
    check(":::note\n:::\n:::", "(callout note)\n(p \":::\")", &["3:1 stray-directive-end :::"]);
}

#[test]
fn an_unknown_directive_is_reported_and_shown() {
    check(":::step\na\n:::", r#":(step (p "a"))"#, &["1:4 unknown-directive step"]);
    check(":::なにか\na", r#"(p ":::なにか" / "a")"#, &[]);
    check("::: はい", r#"(p "::: はい")"#, &[]);
}

#[test]
fn a_line_of_colons_is_never_a_definition() {
    check("a\n:::note\nb\n:::", "(p \"a\")\n(callout note (p \"b\"))", &[]);
    check("a\n::: x y z", r#"(p "a" / "::: x y z")"#, &[]);
    check("a\n:b", r#"(p "a" / ":b")"#, &[]);
}

#[test]
fn components_stand_in_text() {
    check(
        r#"**:kbd[Ctrl+K]**を押し、:menu[設定 > **表示**]、:badge[新]{tone="info"} :mark[2]"#,
        r#"(p (strong :(kbd "Ctrl+K")) "を押し、" :(menu "設定 > " (strong "表示")) "、" :(badge tone=info "新") " " :(mark "2"))"#,
        &[],
    );
    check(
        r#"12:30[a] 注:x[1] a:kbd[x] \:kbd[y] ::kbd[z] :kbd x"#,
        r#"(p "12:30[a] 注:x[1] a:kbd[x] :kbd[y] ::kbd[z] :kbd x")"#,
        &[],
    );
}

#[test]
fn terms_and_variables_are_letters() {
    check(
        r#"{-product}と**{$name}**の{-p(case: "gen", n: 2)}"#,
        r#"(p {-product} "と" (strong {$name}) "の" {-p case=gen n=2})"#,
        &[],
    );
    check(
        r#"[{$x}](a/{$x}.md) ![{$y}](b.png) \{$z} {-a b} {- c}"#,
        r#"(p (a a/{$x}.md {$x}) " " (img b.png {$y}) " {$z} {-a b} {- c}")"#,
        &[],
    );
    check("| {$a} |\n|-|\n| {-b} |", "(table (head (c {$a})) (r (c {-b})))", &[]);
    check("<td>{$x}</td>", "<td (plain {$x})>", &[]);
}

#[test]
fn hexo_tags_become_what_they_mean() {
    check(
        "{% note warning 題名 %}\n本文\n{% endnote %}",
        r#"(callout warning (title "題名") (p "本文"))"#,
        &[],
    );
    check(
        "{% asset_img x.png 題 %}\n\n前 {% post_link my-post 記事 %} {% asset_link a.zip %} 後",
        "(screenshot x.png \"題\" (title \"題\"))\n(p \"前 \" (a my-post \"記事\") \" \" (bare a a.zip) \" 後\")",
        &[],
    );
    check(
        "{% codeblock 例 lang:bash %}\n# **x** {$y}\n\n<b>\n{% endcodeblock %}",
        r##"(code bash title="例" "# **x** {$y}\n\n<b>\n")"##,
        &[],
    );
    check("{% raw %}{{ x }} {% y %}{% endraw %}", r#"(p "{{ x }} {% y %}")"#, &[]);
    check(
        "{% details 題 %}\n- a\n{% enddetails %}",
        r#":(details (label "題") (ul (li (plain "a"))))"#,
        &[],
    );
    check(
        r#"{% asset_img cls big.png 300 200 "題 1" "代替" %}"#,
        r#"(screenshot big.png "代替" (title "題 1") 300x200)"#,
        &[],
    );
    check("{% blockquote 人 %}\na\n{% endblockquote %}", r#"(quote (p "a") (p "人"))"#, &[]);
}

#[test]
fn an_unknown_tag_stays_as_written() {
    check(
        "a {% youtube x %} b `{% z %}`\n\n{% endnote %}\n\n{% if x %}\n\n{% raw %}",
        "(p \"a {% youtube x %} b \" `{% z %}`)\n(p \"{% endnote %}\")\n(p \"{% if x %}\")\n(p \"{% raw %}\")",
        &[
            "1:3 unknown-tag {% youtube x %}",
            "3:1 unknown-tag {% endnote %}",
            "5:1 unknown-tag {% if x %}",
            "7:1 unknown-tag {% raw %}",
        ],
    );
}

fn included(
    text: &'static str,
    list: &[(&'static str, &'static str)],
) -> (String, Vec<String>, Vec<u32>) {
    let mut all = vec![("self.md", text)];
    all.extend(list);
    let found = parsed_with(text, &options(), &{
        let mut files = files(&all);
        files.0.insert("self.md", (FileId(0), text));
        files
    });
    let tree = printer::blocks(&found.value.document.blocks, &found.value.document.references);
    let files = found.value.included.iter().map(|file| file.0).collect();
    (tree, shown_faults(text, &found), files)
}

#[test]
fn an_include_brings_in_a_file_without_its_front_matter() {
    let other = ("b.md", "---\ntitle: b\n---\n- [x](c.png)\n");
    let (tree, faults, files) = included(":::include{file=\"b.md\"}\n後", &[other]);
    assert_eq!(tree, "(ul (li (plain (a c.png \"x\"))))\n(p \"後\")");
    assert_eq!((faults.len(), files), (0, vec![2]));
}

#[test]
fn an_include_can_name_a_part() {
    let other = ("b.md", "前\n\n<!-- part: 手順 -->\n**中**\n<!-- /part -->\n\n後");
    let (tree, faults, _) = included("- :::include{file=b.md part=\"手順\"}", &[other]);
    assert_eq!((tree.as_str(), faults.len()), ("(ul (li (p (strong \"中\"))))", 0));
    let (tree, faults, _) = included(":::include{file=b.md part=無}", &[other]);
    assert_eq!(tree, "(p \":::include{file=b.md part=無}\")");
    assert_eq!(faults, ["1:22 include-missing part=無"]);
}

#[test]
fn an_include_that_cannot_be_made_stays_visible() {
    let (tree, faults, _) = included(":::include{file=\"x.md\"}", &[]);
    assert_eq!(tree, "(p \":::include{file=\\\"x.md\\\"}\")");
    assert_eq!(faults, ["1:12 include-missing file=\"x.md\""]);
    let (_, faults, _) = included(":::include{fil=x}", &[]);
    assert_eq!(faults, ["1:4 invalid-attribute include", "1:12 invalid-attribute fil=x"]);
}

#[test]
fn a_file_that_includes_itself_is_a_fault_where_it_does() {
    let (_, faults, _) = included(":::include{file=self.md}", &[]);
    assert_eq!(faults, ["1:12 include-cycle file=self.md"]);
    let (tree, faults, _) =
        included("a\n\n:::include{file=b.md}", &[("b.md", "b\n\n:::include{file=self.md}")]);
    assert_eq!(tree, "(p \"a\")\n(p \"b\")\n(p \":::include{file=self.md}\")");
    assert_eq!(
        faults,
        ["At(Span { file: FileId(2), bytes: ByteSpan { start: 14, end: 26 } }) include-cycle"]
    );
}
