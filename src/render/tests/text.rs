//! Text, headings, code and words of other languages.

use super::*;

#[test]
fn hostile_text_is_text_everywhere() {
    let evil = "<script>alert(1)</script>\"'&";
    let shown = html(vec![
        p(vec![t(evil), inline(InlineKind::Code(evil.to_owned()))]),
        block(BlockKind::Code(Code {
            language: None,
            title: Some(evil.to_owned()),
            text: evil.to_owned(),
            marked: vec![1],
            first_number: None,
            added: vec![],
            removed: vec![],
        })),
        block(BlockKind::Math(evil.to_owned())),
    ]);
    assert!(!shown.contains("<script"), "{shown}");
    let answers = [
        Answer::External("javascript:alert(1)".to_owned()),
        Answer::External(" JaVa\tscript:alert(1)".to_owned()),
        Answer::External("https://example.com/?a=\"><b>".to_owned()),
        Answer::Missing { written: evil.to_owned() },
    ];
    let shown = html_of(
        vec![
            p(vec![
                link(0, vec![t("a")]),
                link(1, vec![t("b")]),
                link(2, vec![t("c")]),
                link(3, vec![]),
            ]),
            block(BlockKind::Screenshot(image(3, evil))),
            p(vec![inline(InlineKind::Element(element(
                "b",
                &[
                    ("onclick", HtmlValue::Text("x".to_owned())),
                    ("title", HtmlValue::Text("\"><script>".to_owned())),
                    ("style", HtmlValue::Text("x".to_owned())),
                ],
                vec![t("d")],
            )))]),
            block(BlockKind::Element(element("script", &[], vec![p(vec![t("e")])]))),
        ],
        &answers,
    );
    assert!(!shown.contains("<script") && !shown.contains("script:"), "{shown}");
    assert!(!shown.contains("onclick") && !shown.contains("style="), "{shown}");
    assert!(shown.contains("href=\"https://example.com/?a=&quot;&gt;&lt;b&gt;\" rel=\"noopener\""));
}

#[test]
fn line_ends_between_japanese_characters_are_nothing() {
    let soft = || inline(InlineKind::SoftBreak);
    let strong = |text| inline(InlineKind::Strong(vec![t(text)]));
    let lines = || {
        vec![p(vec![
            t("日本"),
            soft(),
            t("語。"),
            soft(),
            strong("太字"),
            soft(),
            t("abc"),
            soft(),
            t("いろは"),
        ])]
    };
    assert_eq!(html(lines()), "<p>日本語。<strong>太字</strong>\nabc\nいろは</p>\n");
    let space = RenderOptions { soft_breaks: SoftBreaks::Space, ..options() };
    assert!(drawn_with(lines(), &[], &space).body.html.0.starts_with("<p>日本\n語。\n"));
    let kept = RenderOptions { soft_breaks: SoftBreaks::Break, ..options() };
    assert!(drawn_with(lines(), &[], &kept).body.html.0.starts_with("<p>日本<br>\n語。<br>\n"));
}

#[test]
fn headings_keep_their_old_ids_and_make_contents() {
    let heading = |level, index, text: &str| {
        block(BlockKind::Heading(Heading { level, text: vec![t(text)], id: None, index }))
    };
    let drawn = drawn_with(vec![heading(1, 0, "<手順>"), heading(3, 1, "b")], &[], &options());
    assert_eq!(
        drawn.body.html.0,
        "<span id=\"old&quot;\"></span><h2 id=\"見出し-0\">&lt;手順&gt;</h2>\n<span id=\"old&quot;\"></span><h3 id=\"見出し-1\">b</h3>\n"
    );
    let contents = &drawn.body.contents;
    assert_eq!((contents.len(), contents[0].children.len()), (1, 1));
    assert_eq!(contents[0].text_html.0, "&lt;手順&gt;");
    assert_eq!(contents[0].href, "#%E8%A6%8B%E5%87%BA%E3%81%97-0");
}

#[test]
fn values_are_shown_as_they_are_said_and_unknown_ones_as_written() {
    let variable = |value: Option<&str>| InlineKind::Variable {
        name: "fax".to_owned(),
        written: "{$fax}".to_owned(),
        value: value.map(Into::into),
    };
    let mut english = inline(variable(Some("<ext. 1234>")));
    english.origin.lang = EN;
    let list = vec![inline(variable(Some("内線 1234"))), english, inline(variable(None))];
    assert_eq!(
        html(vec![p(list)]),
        "<p>内線 1234<span lang=\"en\">&lt;ext. 1234&gt;</span>{$fax}</p>\n"
    );
}

#[test]
fn a_term_says_what_it_means_in_its_language() {
    let term = |said: Option<SaidTerm>, tip| {
        inline(InlineKind::Term {
            name: "x".to_owned(),
            arguments: vec![],
            written: "{-x}".to_owned(),
            said: said.map(Arc::new),
            link: None,
            tip,
        })
    };
    let said = |lang: Option<&str>| SaidTerm {
        text: "<認証>".into(),
        lang: lang.map(Into::into),
        definition: Some("a & b".into()),
        url: None,
    };
    assert_eq!(
        html(vec![p(vec![term(None, false), term(Some(said(Some("fr"))), false)])]),
        "<p><span class=\"term\">{-x}</span><span lang=\"fr\">&lt;認証&gt;</span></p>\n"
    );
    assert_eq!(
        html(vec![p(vec![term(Some(said(None)), true)])]),
        "<p><dfn class=\"term\" tabindex=\"0\" aria-describedby=\"term-1\">&lt;認証&gt;</dfn>\
         <span class=\"tip\" role=\"tooltip\" id=\"term-1\">a &amp; b</span></p>\n"
    );
}

#[test]
fn other_languages_say_so() {
    let mut foreign = p(vec![Node::new(InlineKind::Text("English".to_owned()), at(EN))]);
    foreign.origin.lang = EN;
    assert_eq!(
        html(vec![foreign, p(vec![Node::new(InlineKind::Text("a".to_owned()), at(EN)), t("あ")])]),
        "<p lang=\"en\">English</p>\n<p><span lang=\"en\">a</span>あ</p>\n"
    );
}

#[test]
fn code_is_highlighted_and_an_unknown_language_is_noted_at_its_bytes() {
    let code = |language: &str, text: &str, marked, first_number| {
        let language = Spanned::new(language.to_owned(), Span::new(FileId(1), 0..3));
        block(BlockKind::Code(Code {
            language: Some(language),
            title: None,
            text: text.to_owned(),
            marked,
            first_number,
            added: vec![],
            removed: vec![],
        }))
    };
    assert_eq!(
        html(vec![code("JSON", "[\n1\n", vec![2], Some(9))]),
        "<figure class=\"code\" data-language=\"JSON\"><pre tabindex=\"0\" role=\"group\" aria-label=\"コード\"><code><span class=\"line\" data-number=\"9\">[</span>\n<span class=\"line marked\" data-number=\"10\"><i class=n>1</i></span></code></pre></figure>\n"
    );
    let drawn = drawn_with(vec![code("jsom", "<", vec![], None)], &[], &options());
    assert!(drawn.body.html.0.contains("<code>&lt;</code>"));
    assert!(drawn.faults[0].starts_with("unknown-language ‹{-x›"), "{:?}", drawn.faults);
    assert!(drawn.faults[0].contains("did you mean `json"), "{:?}", drawn.faults);
    let plain = RenderOptions { plain_code: true, ..options() };
    let drawn = drawn_with(vec![code("jsom", "[1] <", vec![], None)], &[], &plain);
    assert!(drawn.body.html.0.contains("<code>[1] &lt;</code>"), "{}", drawn.body.html.0);
    assert_eq!(drawn.faults, [""; 0]);
}

#[test]
fn excerpts_are_plain_and_end_at_a_sentence() {
    let document = |blocks| Document { blocks, references: vec![] };
    let blocks = vec![
        p(vec![
            t("日本"),
            inline(InlineKind::SoftBreak),
            t("語の "),
            inline(InlineKind::Strong(vec![t("<太字>")])),
            t("。"),
        ]),
        block(BlockKind::More),
        p(vec![t("あと")]),
    ];
    assert_eq!(excerpt(&document(blocks), &options(), 100), "日本語の <太字>。");
    let long = vec![p(vec![t("一つ目の文です。二つ目の文はとても長いので途中で切れます。")])];
    assert_eq!(excerpt(&document(long), &options(), 12), "一つ目の文です。");
    let english = vec![p(vec![t("Short. Then a longer one follows here")])];
    assert_eq!(excerpt(&document(english), &options(), 30), "Short. Then a longer one follo…");
}
