use super::*;
use crate::diagnostic::Place;

/// Reads `text` (whose YAML begins after a fence of 4 bytes) and shows tree and faults:
/// each fault with the very text it points at.
fn shown(text: &str, prose: Prose<'_>) -> String {
    let source = Source { file: FileId(0), text, offset: 4 };
    let checked = read(source, prose);
    let at = |span: Span| &text[span.bytes.start as usize - 4..span.bytes.end as usize - 4];
    let mut out = match &checked.value {
        Some(yaml) => yaml.json().to_string(),
        None => "none".to_owned(),
    };
    for fault in &checked.diagnostics {
        let Place::At(span) = fault.place else { panic!("{fault:?} points nowhere") };
        out += &format!("\n{} «{}»: {}", fault.code.name(), at(span), fault.text());
        for related in &fault.related {
            let Place::At(span) = related.place else { panic!("{related:?} points nowhere") };
            let before = text[..span.bytes.start as usize - 4].lines().count().max(1);
            out += &format!("\n  {} «{}» line {before}", related.label, at(span));
        }
        for help in fault.help_texts() {
            out += &format!("\n  help: {help}");
        }
    }
    out
}

fn check(text: &str, want: &str) {
    let prose = Prose { texts: &["title", "description"], lists: &["tags"] };
    assert_eq!(shown(text, prose), want, "{text}");
}

#[test]
fn words_are_booleans_and_numbers_only_when_they_look_so_to_people() {
    check(
        "a: true\nb: yes\nc: 404\nd: 0755\ne: 1_000\nf: 2022-03-24\ng:\nh: '5'\ni: 1.50\nj: ~\nk: .inf",
        r#"{"a":true,"b":"yes","c":404,"d":"0755","e":"1_000","f":"2022-03-24","g":null,"h":"5","i":1.5,"j":null,"k":".inf"}"#,
    );
}

#[test]
fn numbers_keep_their_digits_as_text() {
    let text = "title: 404\nb: 1.50\nc: 0x1F\nd: True\n";
    let yaml = read(Source::whole(FileId(0), text), Prose::default()).value.expect("good YAML");
    let Node::Map(entries) = &yaml.node else { panic!("a map") };
    let texts: Vec<_> = entries.iter().filter_map(|entry| entry.value.text()).collect();
    assert_eq!(texts, ["404", "1.50", "0x1F", "True"]);
    assert_eq!(yaml.span.bytes.range(), 0..text.len() - 1);
}

#[test]
fn keys_and_values_know_their_bytes() {
    let text = "\u{feff}題名: 移行\ntags:\n  - \"a\\tb\"\n  - {x: 1}\n";
    let yaml = read(Source::whole(FileId(3), text), Prose::default()).value.expect("good YAML");
    let Node::Map(entries) = &yaml.node else { panic!("a map") };
    let at = |span: Span| &text[span.bytes.range()];
    assert_eq!(at(entries[0].key.span), "題名");
    assert_eq!(at(entries[0].value.span), "移行");
    let Node::List(items) = &entries[1].value.node else { panic!("a list") };
    assert_eq!(at(items[0].span), "\"a\\tb\"");
    assert_eq!(items[0].text(), Some("a\tb"));
}

#[test]
fn block_texts_and_aliases_are_read() {
    check("a: |\n  一\n  二\nb: >-\n  x\n  y\n", r#"{"a":"一\n二\n","b":"x y"}"#);
    check("a: &x 一\nb: *x\n", r#"{"a":"一","b":"一"}"#);
}

#[test]
fn a_key_that_stands_twice_shows_both_places() {
    check(
        "title: a\nx: {k: 1, k: 2}\ntitle: b\n",
        "{\"title\":\"a\",\"x\":{\"k\":1}}\n\
         duplicate-key «k»: the key `k` stands twice\n  it stands here first «k» line 2\n  help: keep one of the two\n\
         duplicate-key «title»: the key `title` stands twice\n  it stands here first «title» line 1\n  help: keep one of the two",
    );
}

#[test]
fn prose_without_quotes_is_kept_whole() {
    let one = |text: &str, value: &str, fixed: &str| {
        let rest = "\ndate: 2022-3-24 12:00\n";
        check(
            &format!("{text}{rest}"),
            &format!(
                "{{\"title\":{},\"date\":\"2022-3-24 12:00\"}}\n\
                 unquoted-value «{value}»: the text `{value}` should be in quotes\n  help: write `title: {fixed}`",
                serde_json::Value::from(value)
            ),
        );
    };
    one("title: [A] の話", "[A] の話", "\"[A] の話\"");
    one("title: [A]", "[A]", "\"[A]\"");
    one("title: @foo", "@foo", "\"@foo\"");
    one("title: 対処法: まとめ", "対処法: まとめ", "\"対処法: まとめ\"");
    one("title: **強調**", "**強調**", "\"**強調**\"");
    one("title: 「a」: b", "「a」: b", "\"「a」: b\"");
    one("title: `cmd` の使い方", "`cmd` の使い方", "\"`cmd` の使い方\"");
    one("title: %PATH% とは", "%PATH% とは", "\"%PATH% とは\"");
    one("title: &amp とは", "&amp とは", "\"&amp とは\"");
    one("title: !important とは", "!important とは", "\"!important とは\"");
    one("title: \"A\" とは", "\"A\" とは", "'\"A\" とは'");
    one("title: - 一覧", "- 一覧", "\"- 一覧\"");
    one("title: 注意:", "注意:", "\"注意:\"");
    one("title: {{ name }} とは", "{{ name }} とは", "\"{{ name }} とは\"");
    one("title:  [A] の話 # 注", "[A] の話", "\"[A] の話\"");
}

#[test]
fn prose_that_goes_on_below_is_joined() {
    check(
        "title: 対処法: まとめ\n  続き\n",
        "{\"title\":\"対処法: まとめ 続き\"}\n\
         unquoted-value «対処法: まとめ»: the text `対処法: まとめ` should be in quotes\n  help: write `title: \"対処法: まとめ\"`",
    );
}

#[test]
fn list_items_without_quotes_are_kept_whole() {
    check(
        "tags:\n - FAQ: 一般\n - [a, b]\n - @x\n - ok\n",
        "{\"tags\":[\"FAQ: 一般\",[\"a\",\"b\"],\"@x\",\"ok\"]}\n\
         unquoted-value «FAQ: 一般»: the text `FAQ: 一般` should be in quotes\n  help: write `- \"FAQ: 一般\"`\n\
         unquoted-value «@x»: the text `@x` should be in quotes\n  help: write `- \"@x\"`",
    );
}

#[test]
fn good_yaml_is_never_taken_for_prose() {
    check("title: \"a\n  b\"\ntags: [a,\n  b]\n", r#"{"title":"a b","tags":["a","b"]}"#);
    check("title: {ja: 題, en: Title}\n", r#"{"title":{"ja":"題","en":"Title"}}"#);
    check("title: a#b\nx: [1, {y: z}]\n", r#"{"title":"a#b","x":[1,{"y":"z"}]}"#);
    check("", "null");
    check("# 注\n", "null");
}

#[test]
fn slips_of_people_are_named_at_their_bytes() {
    check(
        "title：題\ndate: 2022\n",
        "none\ninvalid-yaml «：»: a full-width colon does not end a key\n  help: write `: `, an ASCII colon and a space",
    );
    check(
        "title:題\ndate: 1\n",
        "none\ninvalid-yaml «:»: no space after the colon\n  help: write `title: 題`",
    );
    check(
        "a:\n\tb: 1\n",
        "none\ninvalid-yaml «\t»: a tab cannot indent a line\n  help: use spaces",
    );
    check(
        "x: 1\n　title: x\n",
        "{\"x\":1,\"\u{3000}title\":\"x\"}\ninvalid-yaml «\u{3000}»: a full-width space cannot indent a key\n  help: use ordinary spaces, or none at the top level",
    );
    check(
        "a: \"foo\n\nb: c\n",
        "none\ninvalid-yaml «\"»: this quote is not closed\n  help: end the value with the same quote",
    );
    check(
        "a:\n  b: @foo\n",
        "none\ninvalid-yaml «@foo»: this text must be in quotes\n  help: write `b: \"@foo\"`",
    );
    check(
        "a: 1\n---\nb: 2\n",
        "none\ninvalid-yaml «---»: a second document begins here\n  help: remove the line `---`: one file holds one set of keys",
    );
}

#[test]
fn bombs_stop_early() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (from, to) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        bomb += &format!("{to}: &{to} [*{from},*{from},*{from},*{from},*{from},*{from}]\n");
    }
    let deep = "a: ".to_owned() + &"[".repeat(20_000);
    let wide = "a:\n".to_owned() + &"- x\n".repeat(20_000);
    let indented: String = (0..2000).map(|n| " ".repeat(n) + "a:\n").collect();
    for text in [bomb, deep, wide, indented] {
        let checked = read(Source::whole(FileId(0), &text), Prose::default());
        assert_eq!(checked.value, None);
        assert!(checked.diagnostics[0].text().contains("too deeply"), "{:?}", checked.diagnostics);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_gives_spans_inside_it(text in "([a-z題：: \t\n\"'\\[\\]{}&*!|>#%@,-]|title: |tags:\n - ){0,60}") {
        let prose = Prose { texts: &["title"], lists: &["tags"] };
        let checked = read(Source::whole(FileId(0), &text), prose);
        for fault in &checked.diagnostics {
            let Place::At(span) = fault.place else { panic!("points nowhere") };
            proptest::prop_assert!(text.get(span.bytes.range()).is_some());
        }
    }
}
