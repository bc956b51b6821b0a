//! Lists, quotations, callouts, code, tables, pictures.

use super::*;

#[test]
fn lists_keep_numbers_and_tightness() {
    check(
        "3. a\n4. b\n\n- x\n\n- y",
        "(ol 3 (li (plain \"a\")) (li (plain \"b\")))\n(ul loose (li (p \"x\")) (li (p \"y\")))",
        &[],
    );
    check(
        "1. a\n\n![](x.png)\n\n2. b",
        "(ol 1 (li (plain \"a\")))\n(screenshot x.png)\n(ol 2 (li (plain \"b\")))",
        &[],
    );
    check("- [ ] 未\n- [x] 済", r#"(ul (li (plain [ ] "未")) (li (plain [x] "済")))"#, &[]);
}

#[test]
fn a_picture_on_its_own_line_is_a_block() {
    check(
        "1. 手順を押す\n   ![図](x.png)\n2. 次",
        r#"(ol 1 (li (plain "手順を押す") (screenshot x.png "図")) (li (plain "次")))"#,
        &[],
    );
    check(
        "![a](a.png)\n![b](b.png \"題 {$x}\")",
        "(screenshot a.png \"a\")\n(screenshot b.png \"b\" (title \"題 \" {$x}))",
        &[],
    );
    check("[![a](a.png)](b.md)", r#"(screenshot a.png "a" ->b.md)"#, &[]);
    check("文![a](a.png)中", r#"(p "文" (img a.png "a") "中")"#, &[]);
    check("![a](a.png) ![b](b.png)", r#"(p (img a.png "a") " " (img b.png "b"))"#, &[]);
    check("前\n![a](a.png)\n後", "(p \"前\")\n(screenshot a.png \"a\")\n(p \"後\")", &[]);
    check(
        "![**太字** `x` {$v}](a.png)",
        r#"(screenshot a.png (strong "太字") " " `x` " " {$v})"#,
        &[],
    );
}

#[test]
fn callouts_are_read_in_every_written_form() {
    check("> [!NOTE]\n> 本文", r#"(callout note (p "本文"))"#, &[]);
    check("> [!note]\n> body", r#"(callout note (p "body"))"#, &[]);
    check(
        "> [!WARNING]- 題 **名**\n> 本文",
        r#"(callout warning- (title "題 " (strong "名")) (p "本文"))"#,
        &[],
    );
    check("> [!TIP]+\n> x", r#"(callout tip+ (p "x"))"#, &[]);
    check(">[!IMPORTANT] 廃止されました。", r#"(callout important (p "廃止されました。"))"#, &[]);
    check(
        ">[!IMPORTANT] 廃止されました。\n>続きです。",
        r#"(callout important (p "廃止されました。" / "続きです。"))"#,
        &[],
    );
    check("> [!NOTE] 題名\n>\n> 本文", r#"(callout note (title "題名") (p "本文"))"#, &[]);
    check("> [!NOTE] 題名だけ", r#"(callout note (p "題名だけ"))"#, &[]);
    check("> [!NOTE]\n続きの行", r#"(callout note (p "続きの行"))"#, &[]);
    check("> [!NOTE] 題名\n続きの行", r#"(callout note (title "題名") (p "続きの行"))"#, &[]);
    check(
        "- 手順\n\n  > [!NOTE]\n  > 中\n\n1. > [!TIP]\n   > 中",
        "(ul loose (li (p \"手順\") (callout note (p \"中\"))))\n(ol 1 (li (callout tip (p \"中\"))))",
        &[],
    );
    check(
        "> [!NOTE]\n> 外\n>\n> > [!TIP]\n> > 内",
        r#"(callout note (p "外") (callout tip (p "内")))"#,
        &[],
    );
    check(
        "> [!NOTE]\n> | a | b |\n> |---|---|\n> | 1 | 2 |",
        r#"(callout note (table (head (c "a") (c "b")) (r (c "1") (c "2"))))"#,
        &[],
    );
    check(
        "> [!NOTE]\n> - a\n> - b",
        r#"(callout note (ul (li (plain "a")) (li (plain "b"))))"#,
        &[],
    );
    check("> [!NOTE]\n> ```\n> x\n> ```", r#"(callout note (code "x\n"))"#, &[]);
}

#[test]
fn callouts_are_read_as_people_also_write_them() {
    check(">　[!NOTE]\n>　本文", r#"(callout note (p "\u{3000}本文"))"#, &[]);
    check(">　[!NOTE]\n続き", r#"(callout note (p "続き"))"#, &[]);
    check("> **[!NOTE]**\n> body", r#"(callout note (p "body"))"#, &[]);
    check("> **[!TIP]** 題名\n> 本文", r#"(callout tip (title "題名") (p "本文"))"#, &[]);
    check("> *[!TIP]*\nlazy", r#"(callout tip (p "lazy"))"#, &[]);
    check("> [!NOTE]\\\n> 本文", r#"(callout note (p "本文"))"#, &[]);
    check("> [!NOTE]  \n> body", r#"(callout note (p "body"))"#, &[]);
    check("> [!NOTE]\\\nbody", r#"(callout note (p "body"))"#, &[]);
    check("> **[!NOTE] x**\n> 本文", r#"(quote (p (strong "[!NOTE] x") / "本文"))"#, &[]);
    check("> *a* **b**", r#"(quote (p (em "a") " " (strong "b")))"#, &[]);
}

#[test]
fn a_marker_inside_a_quotation_is_reported() {
    check(
        "> [!NOTE]\n> 一\n>\n> [!TIP]\n> 二",
        r#"(callout note (p "一") (p "[!TIP]" / "二"))"#,
        &["4:5 stray-callout TIP"],
    );
    check(
        "> text `\n> [!TIP]` x\n>\n> [!x]",
        r#"(quote (p "text " ` [!TIP]` " x") (p "[!x]"))"#,
        &[],
    );
}

#[test]
fn an_empty_callout_is_reported() {
    check("> [!NOTE]", "(callout note)", &["1:5 empty-callout NOTE"]);
    check(
        "> [!WARNING]\n- 一\n\n> [!TIP]\n```\nx\n```",
        "(callout warning)\n(ul (li (plain \"一\")))\n(callout tip)\n(code \"x\\n\")",
        &["1:5 empty-callout WARNING", "4:5 empty-callout TIP"],
    );
}

#[test]
fn an_unknown_callout_stays_a_quotation() {
    check(
        "> [!注意] 題\n> 本文",
        r#"(quote (p "[!注意] 題" / "本文"))"#,
        &["1:5 unknown-callout 注意"],
    );
    check("> [!NOTICE]\n> x", r#"(quote (p "[!NOTICE]" / "x"))"#, &["1:5 unknown-callout NOTICE"]);
    check(
        "> 文\n> [!NOTE]\n> 続き",
        r#"(quote (p "文" / "[!NOTE]" / "続き"))"#,
        &["2:5 stray-callout NOTE"],
    );
    check("> [!NOTE](https://a.jp)", r#"(quote (p (a https://a.jp "!NOTE")))"#, &[]);
    check(
        "`> [!NOTE]`\n\n    > [!NOTE]\n    > x\n\n```\n> [!NOTE]\n> x\n```",
        "(p `> [!NOTE]`)\n(code \"> [!NOTE]\\n> x\\n\")\n(code \"> [!NOTE]\\n> x\\n\")",
        &[],
    );
}

#[test]
fn code_is_never_changed() {
    check(
        "```bash\n# コメント\n{$x} {-y} :::note\n<SERVER> **「a」**の {% x %}\n:::\n```",
        r##"(code bash "# コメント\n{$x} {-y} :::note\n<SERVER> **「a」**の {% x %}\n:::\n")"##,
        &[],
    );
    check(
        "    > [!NOTE]\n    :::steps\n    {% note %}",
        r#"(code "> [!NOTE]\n:::steps\n{% note %}")"#,
        &[],
    );
    check(
        "`:kbd[x]` `{$x}` `<?php` `:::`",
        r#"(p `:kbd[x]` " " `{$x}` " " `<?php` " " `:::`)"#,
        &[],
    );
}

#[test]
fn settings_of_a_code_block_are_read() {
    check(
        "```ps1 title=\"例 1\" {2,4-5} numbers=10\nx\n```",
        r#"(code ps1 title="例 1" mark=[2, 4, 5] from=10 "x\n")"#,
        &[],
    );
    check(
        "```js ins={3} del={4-5} showLineNumbers\nx\n```",
        r#"(code js ins=[3] del=[4, 5] from=1 "x\n")"#,
        &[],
    );
    check("```bash 設定の例 です\nx\n```", r#"(code bash title="設定の例 です" "x\n")"#, &[]);
    check("```powershell:script.ps1\nx\n```", r#"(code powershell title="script.ps1" "x\n")"#, &[]);
    check("```sh:a b.sh\nx\n```", r#"(code sh title="a b.sh" "x\n")"#, &[]);
    check("```yaml:設定.yml {1}\nx\n```", r#"(code yaml title="設定.yml" mark=[1] "x\n")"#, &[]);
    check("```{1}\nx\n```", r#"(code mark=[1] "x\n")"#, &[]);
    check("```js{1,3}\nx\n```", r#"(code js mark=[1, 3] "x\n")"#, &[]);
}

#[test]
fn settings_that_cannot_be_read_are_reported() {
    check(
        "```js tittle=\"x\" {b} numbers=x {5-2}\nx\n```",
        r#"(code js title="tittle=\"x\"" "x\n")"#,
        &[
            r#"1:7 invalid-code-info tittle="x""#,
            "1:18 invalid-code-info {b}",
            "1:22 invalid-code-info numbers=x",
            "1:32 invalid-code-info {5-2}",
        ],
    );
}

#[test]
fn tables_hold_breaks_and_escaped_walls() {
    check(
        "| a | b |\n|:-:|--:|\n| x<br>y | `a\\|b` &#124; \\'c\\' |",
        r#"(table (head (c "a") (c "b")) (r (c "x" // "y") (c `a|b` " | 'c'")))"#,
        &[],
    );
}

#[test]
fn cells_beyond_the_head_are_kept_and_reported() {
    check(
        "| a |\n|---|\n| x | y **z** |",
        r#"(table (head (c "a")) (r (c "x" " | " "y " (strong "z"))))"#,
        &["3:7 extra-cell y **z**"],
    );
}

#[test]
fn a_table_that_stays_text_is_reported() {
    check(
        "| 階 | 種類 |\n|---|\n| 5 | 白黒 |",
        r#"(p "| 階 | 種類 |" / "|---|" / "| 5 | 白黒 |")"#,
        &["2:1 broken-table |---|"],
    );
    check(
        "> a | b\n> --- | --- | ---\n> 1 | 2",
        r#"(quote (p "a | b" / "--- | --- | ---" / "1 | 2"))"#,
        &["2:3 broken-table --- | --- | ---"],
    );
    check(
        "- | a \\| b |\n  |:-:|---|",
        r#"(ul (li (plain "| a | b |" / "|:-:|---|")))"#,
        &["2:3 broken-table |:-:|---|"],
    );
    assert_eq!(
        said("| a | b |\n|-|-|-|"),
        "this is no table, since its head has 2 cells and this row 3; it is shown as text\ngive both rows the same number of cells"
    );
    check(
        "a\n|-|\n\n`a | b`\n-- | --",
        "(p \"a\" / \"|-|\")\n(table (head (c \"`a\") (c \"b`\")))",
        &[],
    );
}

#[test]
fn a_table_can_begin_with_an_alignment() {
    check("題 | b\n:-:|--:\n1 | 2", r#"(table (head (c "題") (c "b")) (r (c "1") (c "2")))"#, &[]);
}

#[test]
fn definitions_and_footnotes() {
    check("用語\n: 意味", r#"(dl (dt "用語") (dd (plain "意味")))"#, &[]);
    check("用語\n:kbd[x] と :::note", r#"(p "用語" / :(kbd "x") " と :::note")"#, &[]);
    check(
        "a[^1]\n\n[^1]: 注\n\n    続き",
        "(p \"a\" (^1))\n(footnote 1 (p \"注\") (p \"続き\"))",
        &[],
    );
}

#[test]
fn more_marks_the_excerpt_and_comments_are_hidden() {
    check("a\n\n<!-- more -->\n\nb <!-- c --> d", "(p \"a\")\n(more)\n(p \"b \" \" d\")", &[]);
    check("<!-- x\n\n:::note\n\n-->\n\na", r#"(p "a")"#, &[]);
}
