//! Text, emphasis, links, addresses.

use super::*;

#[test]
fn emphasis_works_beside_japanese_punctuation() {
    check("**「確認」**を押す", r#"(p (strong "「確認」") "を押す")"#, &[]);
    check(
        "確認します。**メトリック アラート ルールは、**次の",
        r#"(p "確認します。" (strong "メトリック アラート ルールは、") "次の")"#,
        &[],
    );
    check(
        "**bold**text *em* __x__ a*b*c",
        r#"(p (strong "bold") "text " (em "em") " " (strong "x") " a" (em "b") "c")"#,
        &[],
    );
    check("`**「a」**の`", "(p `**「a」**の`)", &[]);
    check("**「a」**の**「b」**", r#"(p (strong "「a」") "の" (strong "「b」"))"#, &[]);
    check("**_「foo」_**の", r#"(p (strong (em "「foo」")) "の")"#, &[]);
}

#[test]
fn one_tilde_is_text_and_two_are_a_deletion() {
    check("10~20 個、30~40 個", r#"(p "10~20 個、30~40 個")"#, &[]);
    check("~一~ と ~~二~~", r#"(p "~一~ と " (del "二"))"#, &[]);
    check("(~x~ **y**)", r#"(p "(~x~ " (strong "y") ")")"#, &[]);
}

#[test]
fn quotes_and_dashes_stay_as_written() {
    check(r#""引用"と 'quote' -- and --- ..."#, r#"(p "\"引用\"と 'quote' -- and --- ...")"#, &[]);
}

#[test]
fn bare_addresses_are_links_outside_links_and_code() {
    check(
        "https://aka.ms/mfasetupにアクセス",
        r#"(p (bare a https://aka.ms/mfasetup "https://aka.ms/mfasetup") "にアクセス")"#,
        &[],
    );
    check(
        "[https://a.jp](https://b.jp) `https://c.jp` <https://d.jp/日本> ![https://e.jp](e.png) <a@example.com>",
        r#"(p (a https://b.jp "https://a.jp") " " `https://c.jp` " " (bare a https://d.jp/日本 "https://d.jp/日本") " " (img e.png "https://e.jp") " " (bare a mailto:a@example.com "a@example.com"))"#,
        &[],
    );
    check(
        "**https://a.jp/x**を開く",
        r#"(p (strong (bare a https://a.jp/x "https://a.jp/x")) "を開く")"#,
        &[],
    );
    check(
        "https://a.jp/a_b_c**「x」**",
        r#"(p (bare a https://a.jp/a_b_c "https://a.jp/a_b_c") (strong "「x」"))"#,
        &[],
    );
}

#[test]
fn an_address_with_a_placeholder_is_no_link() {
    check(
        "https://example.com/{$phone}/x と https://e.com/<id>/x と https://e.com/{-term}",
        r#"(p "https://example.com/" {$phone} "/x と https://e.com/<id>/x と https://e.com/" {-term})"#,
        &[],
    );
    check(
        "See https://e.com/{id}, <https://e.com/{id}> or https://e.com<br>x",
        r#"(p "See https://e.com/{id}, " (bare a https://e.com/{id} "https://e.com/{id}") " or " (bare a https://e.com "https://e.com") // "x")"#,
        &[],
    );
}

#[test]
fn an_address_cut_before_japanese_is_reported() {
    check(
        "参照: https://ja.wikipedia.org/wiki/日本語 です",
        r#"(p "参照: " (bare a https://ja.wikipedia.org/wiki/ "https://ja.wikipedia.org/wiki/") "日本語 です")"#,
        &["1:5 truncated-url https://ja.wikipedia.org/wiki/"],
    );
}

#[test]
fn a_line_that_looks_like_a_definition_is_text() {
    check("[方法の追加]: オン\n\n次へ", "(p \"[方法の追加]: オン\")\n(p \"次へ\")", &[]);
    check("[注]: 詳細は2.1を参照", r#"(p "[注]: 詳細は2.1を参照")"#, &[]);
    check(
        "> [x]: はい\n\n- [y]:\n  いいえ",
        "(quote (p \"[x]: はい\"))\n(ul (li (plain \"[y]:\" / \"いいえ\")))",
        &[],
    );
}

#[test]
fn link_definitions_still_work() {
    check(
        "[a][ref] [ref]\n\n[ref]: /path/ガイド.md \"題\"",
        r#"(p (a /path/ガイド.md title="題" "a") " " (a /path/ガイド.md title="題" "ref"))"#,
        &[],
    );
    check("[b]\n\n[b]: <a b.md>", r#"(p (a a b.md "b"))"#, &[]);
    check("[c]\n\n[c]: ガイド.md", r#"(p (a ガイド.md "c"))"#, &[]);
}

#[test]
fn a_definition_below_such_a_line_still_defines() {
    check(
        "[方法の追加]: オン\n[x]: https://e.com/x\n\n[x]",
        "(p \"[方法の追加]: オン\")\n(p (a https://e.com/x \"x\"))",
        &[],
    );
    check(
        "> [A]: on\n> [B]: off\n> [x]: a.md\n\n[x]",
        "(quote (p \"[A]: on\" / \"[B]: off\"))\n(p (a a.md \"x\"))",
        &[],
    );
    check("文\n[a]: オン\n[x]: a.md", r#"(p "文" / "[a]: オン" / "[x]: a.md")"#, &[]);
}

#[test]
fn a_link_whose_label_is_not_defined_is_reported() {
    check(
        "[参照][undefined] と `[a][b]` と x[0][1] と \\[c][d]",
        r#"(p "[参照][undefined] と " `[a][b]` " と x[0][1] と [c][d]")"#,
        &["1:6 malformed-link undefined"],
    );
    check("See ![a][b].", r#"(p "See ![a][b].")"#, &["1:10 malformed-link b"]);
    assert_eq!(
        said("[参照][未定義]"),
        "the label `未定義` has no definition; the link is shown as text\nadd a line `[未定義]: address`; brackets that are text are written `\\[`"
    );
}

#[test]
fn a_label_that_is_defined_twice_is_reported() {
    check(
        "[a] [題]\n\n[a]: b.md\n[A]: c.md \"t\"\n\n[題]: d.md\n\n> [題]: e.md",
        "(p (a b.md \"a\") \" \" (a d.md \"題\"))\n(quote)",
        &["4:2 duplicate-definition A", "8:4 duplicate-definition 題"],
    );
    check(
        "[a]\n\n[a]: b.md\n\n```\n[a]: c.md\n```\n\ntext\n[a]: d.md",
        "(p (a b.md \"a\"))\n(code \"[a]: c.md\\n\")\n(p \"text\" / (a b.md \"a\") \": d.md\")",
        &[],
    );
}

#[test]
fn an_address_in_two_pairs_of_parentheses_is_read_without_them() {
    check(
        "[x]((https://a.jp/b))",
        r#"(p (a https://a.jp/b "x"))"#,
        &["1:5 malformed-link (https://a.jp/b)"],
    );
}

#[test]
fn a_link_that_stays_text_is_reported() {
    check(
        r#"[x]((https://a.jp) と [y](a b) と \[z](c)"#,
        r#"(p "[x]((" (bare a https://a.jp "https://a.jp") ") と [y](a b) と [z](c)")"#,
        &["1:3 malformed-link ]("],
    );
    check("`[x](a b)` 配列[0] (注)", r#"(p `[x](a b)` " 配列[0] (注)")"#, &[]);
}

#[test]
fn a_link_without_text_shows_its_address() {
    check(
        "[](a/説明.md) と [![](b.png)](c.md)",
        r#"(p (a a/説明.md "a/説明.md") " と " (a c.md (img b.png)))"#,
        &["1:4 malformed-link a/説明.md"],
    );
}

#[test]
fn a_picture_address_with_blanks_is_read_whole() {
    check("![図](./a b.png)", r#"(screenshot ./a b.png "図")"#, &["1:6 malformed-link ./a b.png"]);
    check(
        r#"![図](画像 1.png "題名") `![a](b c.png)`"#,
        r#"(p (img 画像 1.png "図" (title "題名")) " " `![a](b c.png)`)"#,
        &["1:6 malformed-link 画像 1.png"],
    );
    check("[x](foo bar)", r#"(p "[x](foo bar)")"#, &["1:3 malformed-link ]("]);
}

#[test]
fn backslashes_and_entities_are_undone() {
    check(r#"\*a\* &amp; &#124; \<ID> C:\temp &#xFDD0;"#, r#"(p "*a* & | <ID> C:\\temp �")"#, &[]);
}

#[test]
fn control_characters_are_shown_as_replaced() {
    check(
        "a\u{0}b\u{1b}c `\u{7}` ﷐￿x",
        r#"(p "a�b�c " `�` " ��x")"#,
        &[
            "1:2 control-character \u{0}",
            "1:4 control-character \u{1b}",
            "1:8 control-character \u{7}",
            "1:11 control-character ﷐",
            "1:12 control-character ￿",
        ],
    );
    check(
        "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}",
        r#"(p "��������")"#,
        &[
            "1:1 control-character \u{1}",
            "1:2 control-character \u{1}",
            "1:3 control-character \u{1}",
            "1:4 control-character \u{1}",
            "1:5 control-character \u{1}",
            "1:6 control-character \u{1}",
        ],
    );
}

#[test]
fn all_kinds_of_line_ends_are_read() {
    check(
        "a\r\nb\rc\n\r\n```\r\nx\r\ny\r\n```\r\n",
        "(p \"a\" / \"b\" / \"c\")\n(code \"x\\ny\\n\")",
        &[],
    );
    check("\u{feff}# t\r\n\r\n本文", r#"(p "本文")"#, &[]);
}

#[test]
fn footnotes_that_are_not_defined_are_reported() {
    check(
        "本文[^1]と[^x]。\n\n[^1]: 注です。",
        "(p \"本文\" (^1) \"と[^x]。\")\n(footnote 1 (p \"注です。\"))",
        &["1:8 missing-footnote [^x]"],
    );
}

#[test]
fn a_footnote_that_is_defined_twice_is_reported_and_kept() {
    check(
        "本文[^1] text[^a]\n\n[^1]: 注\n\n[^1]: 別の注\n\n[^a]: note\n[^a]: other\n",
        "(p \"本文\" (^1) \" text\" (^a))\n(footnote 1 (p \"注\"))\n(p \"別の注\")\n(footnote a (p \"note\"))\n(p \"other\")",
        &["5:1 duplicate-footnote [^1]", "8:1 duplicate-footnote [^a]"],
    );
}

#[test]
fn braces_of_other_tools_are_text() {
    check(
        "{{ x }} {テナントID} {} ${name} $_ {$_} {{$x}} {$ x}",
        r#"(p "{{ x }} {テナントID} {} ${name} $_ {$_} {{$x}} {$ x}")"#,
        &[],
    );
}

#[test]
fn formulas_are_text_unless_asked_for() {
    check("価格は $10 と $20 です。$x^2$", r#"(p "価格は $10 と $20 です。$x^2$")"#, &[]);
    check_with(
        "$x^2$ と\n\n$$\nE=mc^2\n$$",
        &with(|o| o.math = true),
        "(p (math \"x^2\") \" と\")\n(math \"\\nE=mc^2\\n\")",
        &[],
    );
}

#[test]
fn a_reference_knows_the_bytes_of_its_address() {
    let text = "[a](b.md \"b.md\") ![図](<./画 像.png>) <https://a.jp> https://b.jp。 [c] [[d](d)](e)\n\n[c]: /ｃ.md '題'\n";
    let found = parsed(text).value.document.references;
    let written: Vec<_> =
        found.iter().map(|reference| &text[reference.origin.bytes.range()]).collect();
    assert_eq!(written, ["b.md", "./画 像.png", "https://a.jp", "https://b.jp", "/ｃ.md", "d"]);
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let text = "---\ntitle: 題\n---\n# 題\n\n**「確認」**を {$x}\n";
    let found = parsed(text).value;
    let mut seen = Vec::new();
    crate::document::visit_inlines(&found.document.blocks, &mut |inline| {
        seen.push(&text[inline.origin.bytes.range()]);
    });
    assert_eq!(seen, ["**「確認」**", "「確認」", "を ", "{$x}"]);
    assert_eq!(&text[found.title[0].origin.bytes.range()], "題");
}

#[test]
fn a_title_is_text_but_for_code_emphasis_and_values() {
    let title = |written: &str| {
        let found = parsed(&format!("---\ntitle: '{written}'\ndescription: '{written}'\n---\n"));
        assert_eq!(found.diagnostics, []);
        let shown = printer::inlines(&found.value.title, &[]);
        assert_eq!(printer::inlines(&found.value.description, &[]), shown);
        shown
    };
    assert_eq!(
        title(r"a_b_c <x> *y* {-product} \{$z}"),
        r#" "a_b_c <x> " (em "y") " " {-product} " {$z}""#
    );
    assert_eq!(title("**「確認」**の `{$x} <b>`"), r#" (strong "「確認」") "の " `{$x} <b>`"#);
    assert_eq!(
        title(
            "2 * 3 [a](b) <b>c</b> C:\\temp &amp; ~~d~~ https://a.jp `e` :kbd[f] {{g}} {% h %} [^1]"
        ),
        r#" "2 * 3 [a](b) <b>c</b> C:\\temp &amp; ~~d~~ https://a.jp " `e` " :kbd[f] {{g}} {% h %} [^1]""#
    );
    assert_eq!(title("`a *b"), r#" "`a *b""#);
    assert_eq!(title("# **a** - 1. b"), r##" "# " (strong "a") " - 1. b""##);
}

#[test]
fn a_title_with_markup_equals_its_heading() {
    check(
        "---\ntitle: \"題名 と `code` の **太字**\"\n---\n# 題名 と `code` の **太字**\n\n本文",
        r#"(p "本文")"#,
        &[],
    );
    check("---\ntitle: Use `a_b` *now*\n---\n# Use `a_b` now\n\nx", r#"(p "x")"#, &[]);
}

#[test]
fn a_line_is_read_apart_from_blocks() {
    let mut references = parsed("[a](b.md)").value.document.references;
    let text = "**「題」**の [c](d.md) - {$x}";
    let line = InlineText { file: FileId(7), offset: 50, lang: LocaleId(1), text };
    let found = inline(line, &options(), &mut references);
    assert_eq!(
        printer::inlines(&found.value, &references),
        r###" (strong "「題」") "の " (a d.md "c") " - " {$x}"###
    );
    let place = references[1].origin;
    assert_eq!((place.file, place.lang), (FileId(7), LocaleId(1)));
    assert_eq!(&text[place.bytes.start as usize - 50..place.bytes.end as usize - 50], "d.md");
}

#[test]
fn what_begins_a_block_is_text_in_a_line() {
    for text in ["# a", "- a", "> a", "1. a", "***", "a: b", ":::note", "```", "[!NOTE] x", "    a"]
    {
        let line = InlineText { file: FileId(0), offset: 0, lang: LocaleId(0), text };
        let found = inline(line, &options(), &mut Vec::new()).value;
        assert_eq!(plain_text(&found).trim(), text.trim());
    }
}

#[test]
fn messages_say_what_to_do() {
    assert_eq!(
        said("[x]((https://a.jp))"),
        "the address `https://a.jp` is read without its parentheses\nwrite one pair of parentheses around an address"
    );
    assert_eq!(
        said("![](./a b.png)"),
        "the address `./a b.png` holds a blank\nwrite it between `<` and `>`, or without blanks"
    );
}
