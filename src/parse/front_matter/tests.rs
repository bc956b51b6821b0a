use super::*;
use crate::config::{HtmlPolicy, Zone};
use crate::diagnostic::Place;
use crate::document::LocaleId;
use crate::text::FileId;

fn options() -> ParseOptions {
    let declared = [
        ("cost", ValueType::Number),
        ("systems", ValueType::List),
        ("since", ValueType::Date),
        ("note", ValueType::Text),
        ("urgent", ValueType::Boolean),
    ];
    ParseOptions {
        callouts: std::collections::BTreeSet::new(),
        components: std::collections::BTreeSet::new(),
        html: HtmlPolicy::Sanitize,
        math: false,
        timezone: Zone::new("Asia/Tokyo").expect("a zone"),
        declared: declared.map(|(key, kind)| (key.to_owned(), kind)).into(),
        audiences: vec!["staff".into(), "admins".into()],
        lacks_names: false,
    }
}

/// The front matter, the body, and each fault with the text it points at.
fn read(text: &str) -> (FrontMatter, &str, Vec<String>) {
    let guide = GuideText { file: FileId(0), lang: LocaleId(0), text };
    let Checked { value: (front, body), diagnostics } = front_matter(guide, &options());
    let faults = diagnostics
        .iter()
        .map(|fault| {
            let Place::At(span) = fault.place else { panic!("{fault:?} points nowhere") };
            format!("{} «{}» {}", fault.code.name(), &text[span.bytes.range()], fault.text())
        })
        .collect();
    (front, &text[body..], faults)
}

/// Reads keys between fences; shows title, then faults.
fn check(keys: &str, want: &[&str]) -> FrontMatter {
    let text = format!("---\n{keys}---\n本文");
    let (front, body, faults) = read(&text);
    assert_eq!(faults, want, "{keys}");
    assert_eq!(body, "本文");
    front
}

fn title(front: &FrontMatter) -> Option<&str> {
    front.title.as_ref().map(|title| title.value.as_str())
}

#[test]
fn fences_are_found_as_editors_leave_them() {
    for text in [
        "---\ntitle: 移行\n---\nBody\n",
        "\u{feff}---\r\ntitle: 移行\r\n---\r\nBody\n",
        "\n---\ntitle: 移行\n---\nBody\n",
        "\r\n \r\n---  \r\ntitle: 移行 \r\n--- \r\nBody\n",
        "---\ntitle: 移行\n...\nBody\n",
        "---\n# 注\n\ntitle: 移行\n\n---\nBody\n",
    ] {
        let (front, body, faults) = read(text);
        assert_eq!((title(&front), body, faults), (Some("移行"), "Body\n", vec![]), "{text:?}");
    }
    let (front, body, _) = read("---\n---\nBody");
    assert_eq!((front, body), (FrontMatter::default(), "Body"));
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let text = "\u{feff}\r\n---\r\ntitle: 移行\r\n---\r\n";
    let (front, _, _) = read(text);
    let span = front.title.expect("a title").span;
    assert_eq!(&text[span.bytes.range()], "移行");
}

#[test]
fn bodies_that_begin_with_a_rule_are_not_eaten() {
    for text in [
        "---\n\nHello, world.\n\n---\nmore",
        "---\nこんにちは\n---\n",
        "---\n\nhttps://example.com/ を見る\n---\n",
        "---\n",
        "---\n\n注意: 本文です\n",
        "----\ntitle: x\n----\n",
        "# 見出し\n---\ntitle: x\n---\n",
        "",
    ] {
        let (front, body, faults) = read(text);
        assert_eq!((front, body, faults), (FrontMatter::default(), text, vec![]), "{text:?}");
    }
    assert_eq!(read("\u{feff}本文").1, "本文");
}

#[test]
fn front_matter_without_an_end_is_said_to_be_so() {
    let want = vec!["unclosed-front-matter «---» this front matter is not closed".to_owned()];
    let (front, body, faults) = read("---\ntitle: 移行\ntags:\n  - a\n\n本文です。\n");
    assert_eq!((title(&front), body, &faults), (Some("移行"), "\n本文です。\n", &want));
    // A rule in the text must not be taken for the end.
    let (front, body, faults) = read("---\ntitle: 移行\n\n# 見出し\n\n本文です。\n\n---\n続き\n");
    assert_eq!((title(&front), &faults), (Some("移行"), &want));
    assert_eq!(body, "# 見出し\n\n本文です。\n\n---\n続き\n");
}

#[test]
fn keys_have_their_types() {
    let front = check(
        "title: 404\ndescription: 一行\ndate: 2022-3-24 12:00\nupdated: 2022年4月1日\n\
         tags: Azure\norder: 3\ndraft: false\npublish: 2022/4/1\nexpires: 2030-01-01\n\
         review_by: 2023-01-01\nowner: 情シス\naudience: staff\nkeywords: [スマホ, 機種変更]\n\
         aliases: [old/a, old/b]\nslug: move\ntoc: false\nsearch: true\ntemplate: wide\n\
         source: abc123\nextra: {a: 1}\n",
        &[],
    );
    assert_eq!(title(&front), Some("404"));
    assert_eq!(front.date.map(|d| d.value.rfc3339()).as_deref(), Some("2022-03-24T12:00:00+09:00"));
    assert_eq!(front.tags.map(|tags| tags.len()), Some(1));
    assert_eq!((front.order, front.draft, front.toc), (Some(3), Some(false), Some(false)));
    assert_eq!(front.keywords, ["スマホ", "機種変更"]);
    assert_eq!(front.extra["a"], 1);
}

#[test]
fn tags_come_in_every_form_that_hexo_takes() {
    let tags = |keys: &str| -> Vec<String> {
        let tags = check(keys, &[]).tags.unwrap_or_default();
        tags.into_iter().map(|tag| tag.value).collect()
    };
    assert_eq!(tags("tags: Azure Monitor\n"), ["Azure Monitor"]);
    assert_eq!(tags("tags:\n - a\n - [b, c]\n - 2024\n - a\n -\n"), ["a", "b", "c", "2024"]);
    assert_eq!(
        tags("tags:\n - Agents and Extensions - Windows\n - Data Collection Rule, Endpoint\n"),
        ["Agents and Extensions - Windows", "Data Collection Rule, Endpoint"]
    );
    assert_eq!(tags("tags:\n"), [""; 0]);
}

#[test]
fn titles_without_quotes_are_kept_whole() {
    let front = check(
        "title: [A] の話: 続き\ndate: 2022-03-24\n",
        &["unquoted-value «[A] の話: 続き» the text `[A] の話: 続き` should be in quotes"],
    );
    assert_eq!(title(&front), Some("[A] の話: 続き"));
    let front = check("title: '\"A\" 発生時'\n", &[]);
    assert_eq!(title(&front), Some("\"A\" 発生時"));
    let front = check("title: <第 5 弾> A & B ～募集～\n", &[]);
    assert_eq!(title(&front), Some("<第 5 弾> A & B ～募集～"));
}

#[test]
fn the_contents_settings_of_hexo_themes_are_understood() {
    assert_eq!(check("toc:\n  enabled: true\n  min_depth: 1\n", &[]).toc, Some(true));
    assert_eq!(check("toc: {enabled: false}\n", &[]).toc, Some(false));
}

#[test]
fn wrong_values_are_pointed_at() {
    check(
        "date: 2022-2-30\ndraft: yes\norder: first\naudience: [staff, admin]\nslug: a/b\nextra: 1\n",
        &[
            "invalid-value «2022-2-30» `date` wants a date of the calendar, not `2022-2-30`",
            "invalid-value «first» `order` wants a whole number, not `first`",
            "invalid-value «yes» `draft` wants `true` or `false`, not `yes`",
            "unknown-audience «admin» unknown audience `admin`",
            "invalid-value «a/b» `a/b` is not one part of an address",
            "invalid-value «1» `extra` wants keys with values, not `1`",
        ],
    );
}

#[test]
fn declared_keys_are_typed_and_others_unknown() {
    let front = check(
        "cost: 1.5\nsystems: VPN\nsince: 2022/1/2\nnote: @x\ncategories: a\ntilte: b\nurgent:\n",
        &[
            "unquoted-value «@x» the text `@x` should be in quotes",
            "unknown-key «categories» unknown key `categories`",
            "unknown-key «tilte» unknown key `tilte`",
        ],
    );
    let extra = serde_json::Value::Object(front.extra).to_string();
    let want = r#"{"cost":1.5,"systems":["VPN"],"since":"2022-01-02T00:00:00+09:00","note":"@x"}"#;
    assert_eq!(extra, want);
    check(
        "cost: 安い\nurgent: yes\nsince: 昨日\n",
        &[
            "invalid-value «安い» `cost` wants a number, not `安い`",
            "invalid-value «yes» `urgent` wants `true` or `false`, not `yes`",
            "invalid-value «昨日» `since` wants a date of the calendar, not `昨日`",
        ],
    );
}

#[test]
fn faults_of_the_yaml_keep_the_body() {
    check("title：移行\n", &["invalid-yaml «：» a full-width colon does not end a key"]);
    check("title: a\ntitle: b\n", &["duplicate-key «title» the key `title` stands twice"]);
    check("title: ok\na:\n\tb: 1\n", &["invalid-yaml «\t» a tab cannot indent a line"]);
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_body(text in "(\u{feff}?)(---\r?\n|title: |tags:\n|[a-z：: \t\n\"\\[\\]#-]|\\.\\.\\.\n|題){0,40}") {
        let (_, body, _) = read(&text);
        proptest::prop_assert!(text.ends_with(body));
    }
}
