use super::*;

fn locale(tag: &str) -> Locale {
    Locale::new(tag).expect("a good tag")
}

fn checked(sources: &[(&str, u8, &str)], locales: &[&str]) -> Checked<Messages> {
    let sources: Vec<_> = (0u32..)
        .zip(sources)
        .map(|(file, (tag, layer, text))| MessageSource {
            file: FileId(file),
            locale: locale(tag),
            layer: *layer,
            text,
        })
        .collect();
    let locales: Vec<_> = locales.iter().map(|tag| locale(tag)).collect();
    Messages::new(&sources, &locales)
}

fn said(messages: &Messages, locale: u16, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    let said = messages.text(LocaleId(locale), id, arguments);
    assert_eq!(said.faults, [], "{id}");
    said.text.to_string()
}

fn text(value: &str) -> Argument<'_> {
    Argument::Text(value.into())
}

#[test]
fn messages_are_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Messages>();
}

#[test]
fn numbers_dates_and_plurals_follow_the_locale() {
    let ja = "minutes = 約 { $n } 分\nday = { DATETIME($d) } に更新\nbig = { NUMBER($n) } 件\n";
    let en = "minutes = { $n ->\n    [one] { $n } minute\n   *[other] { $n } minutes\n}\nday = Updated { DATETIME($d, style: \"long\") }\nbig = { NUMBER($n, minimumFractionDigits: 1) }\n";
    let messages = checked(&[("ja", 0, ja), ("en", 0, en)], &["ja", "en"]).value;
    assert_eq!(said(&messages, 0, "minutes", &[("n", Argument::Number(3.0))]), "約 3 分");
    assert_eq!(said(&messages, 1, "minutes", &[("n", Argument::Number(1.0))]), "1 minute");
    assert_eq!(said(&messages, 0, "day", &[("d", text("2022-03-24"))]), "2022年3月24日 に更新");
    assert_eq!(
        said(&messages, 1, "day", &[("d", text("2022-03-24T10:00:00+09:00"))]),
        "Updated March 24, 2022"
    );
    assert_eq!(said(&messages, 0, "big", &[("n", Argument::Number(12345.0))]), "12,345 件");
    assert_eq!(said(&messages, 1, "big", &[("n", Argument::Number(12345.0))]), "12,345.0");
    let date = |locale, style| messages.date(LocaleId(locale), "2022-03-04", style).unwrap();
    assert_eq!(date(0, DateStyle::Month), "2022年3月");
    assert_eq!(date(1, DateStyle::Month), "March 2022");
    assert_eq!(date(0, DateStyle::Year), "2022年");
    assert_eq!(date(1, DateStyle::Year), "2022");
    assert_eq!(date(0, DateStyle::Medium), "2022/03/04");
    assert_eq!(date(1, DateStyle::Medium), "Mar 4, 2022");
}

#[test]
fn later_layers_override_in_silence_and_twice_in_one_layer_is_reported() {
    let checked = checked(
        &[("ja", 0, "a = 一\nb = 二\n"), ("ja", 3, "a = 壱\n"), ("ja", 3, "c = 三\nc = 参\n")],
        &["ja"],
    );
    assert_eq!(said(&checked.value, 0, "a", &[]), "壱");
    assert_eq!(said(&checked.value, 0, "b", &[]), "二");
    let faults: Vec<_> = checked.diagnostics.iter().map(|d| (d.code.name(), d.text())).collect();
    assert_eq!(faults, [("duplicate-message", "the message `c` is defined twice".to_owned())]);
}

#[test]
fn every_syntax_fault_is_reported_and_the_other_messages_live() {
    let ftl = "a = 一\n壊れた行\nb = { $x\nc = 三\n";
    let checked = checked(&[("ja", 0, ftl)], &["ja"]);
    assert_eq!(said(&checked.value, 0, "a", &[]), "一");
    assert_eq!(said(&checked.value, 0, "c", &[]), "三");
    assert_eq!(checked.diagnostics.len(), 2);
    for fault in &checked.diagnostics {
        assert_eq!(fault.code.name(), "fluent-syntax");
        let crate::diagnostic::Place::At(span) = fault.place else { panic!("has bytes") };
        assert!(ftl.get(span.bytes.range()).is_some(), "{span:?} cuts a character");
    }
}

#[test]
fn the_chain_falls_back_and_says_so() {
    let sources =
        [("ja", 0, "only-ja = 日本語\n"), ("en", 0, "hi = Hello\n"), ("fr", 0, "oui = Oui\n")];
    let messages = checked(&sources, &["ja", "fr-CA"]).value;
    let ask = |id| messages.text(LocaleId(1), id, &[]);
    assert_eq!(ask("oui"), Said { text: "Oui".into(), faults: vec![] });
    assert_eq!(&*ask("hi").text, "Hello");
    assert!(matches!(&ask("hi").faults[..], [Fault::StoodIn { found, .. }] if found == "en"));
    assert_eq!(&*ask("only-ja").text, "日本語");
    assert_eq!(&*ask("search-for-it").text, "Search for it");
    assert!(
        matches!(&ask("ouii").faults[..], [Fault::Missing { nearest: Some(near), .. }] if near == "oui")
    );
}

#[test]
fn arguments_that_are_not_given_are_faults() {
    let messages = checked(&[("en", 0, "hi = Hello { $name }\n")], &["en"]).value;
    let said = messages.text(LocaleId(0), "hi", &[("nane", text("x"))]);
    assert!(matches!(&said.faults[..], [Fault::Argument { name, .. }] if name == "name"));
    assert_eq!(messages.faults(LocaleId(0), "hi", &["name"]), []);
    assert_eq!(messages.faults(LocaleId(0), "hi", &[]).len(), 1);
}

#[test]
fn no_isolation_marks_surround_arguments() {
    let messages = checked(&[("ja", 0, "hi = { $name }さん\n")], &["ja"]).value;
    assert_eq!(said(&messages, 0, "hi", &[("name", text("佐藤"))]), "佐藤さん");
}

#[test]
fn words_that_a_message_uses_must_exist_in_its_language() {
    let ja =
        "-brand = 標\ngood = { -brand } と { other }\nother = x\nbad = { -brnd } と { othr }\n";
    let faults = checked(&[("ja", 0, ja)], &["ja"]).diagnostics;
    let said: Vec<String> =
        faults.iter().map(|fault| format!("{} {:?}", fault.text(), fault.help_texts())).collect();
    assert_eq!(
        said,
        [
            "`bad` uses `-brnd`, which does not exist in `ja` [\"did you mean `-brand`?\"]",
            "`bad` uses `othr`, which does not exist in `ja` [\"did you mean `other`?\"]",
        ]
    );
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let text = "\u{feff}hello = やあ\nhello = おい\nbad = { $\n";
    let checked = checked(&[("ja", 0, text)], &["ja"]);
    assert_eq!(said(&checked.value, 0, "hello", &[]), "おい");
    let places: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|fault| match fault.place {
            crate::diagnostic::Place::At(span) => text.get(span.bytes.range()).unwrap_or("(split)"),
            _ => "(no place)",
        })
        .collect();
    assert_eq!(places.len(), 2, "{:?}", checked.diagnostics);
    assert_eq!(places[1], "hello");
}

#[test]
fn the_pseudo_locale_says_the_words_of_the_source_in_other_letters() {
    let ja = "search = 検索\nopen = { $name } を開く\nbad = { nothing }\n";
    let sources = [("ja", 0, ja), ("en", 0, "search = Search\nok = OK { $n }\n")];
    let read = checked(&sources, &["ja", "en", PSEUDO]);
    assert_eq!(read.diagnostics.len(), 1, "what is wrong with the source is told once");
    let messages = read.value;
    assert_eq!(said(&messages, 2, "search", &[]), "［検索～］");
    assert_eq!(said(&messages, 2, "open", &[("name", text("表 a"))]), "表 a ［を開く～］");
    assert_eq!(said(&messages, 0, "search", &[]), "検索");
    let date = messages.date(LocaleId(2), "2022-03-04", DateStyle::Medium);
    assert_eq!(date.as_deref(), Some("2022/03/04"));
    let messages = checked(&[("en", 0, "search = Search\n")], &["en", PSEUDO]).value;
    assert_eq!(said(&messages, 1, "search", &[]), "Şḗḗȧȧřƈħ");
}

#[test]
fn terms_are_said_with_what_they_are_told_along_the_chain() {
    let ja = "-app = { $case ->\n    [short] アプリ\n   *[full] 認証アプリ\n }\n    .definition = 内線{ $phone }\n    .synonyms = 甲、乙, 丙\n-ja-only = ここ\n-bad = { $what }と{ -none }\n";
    let en = "-app = authenticator app\n    .avoid = token app\n";
    let source = |(file, (tag, text))| MessageSource {
        file: FileId(file),
        locale: locale(tag),
        layer: 0,
        text,
    };
    let sources: Vec<_> = (0..).zip([("ja", ja), ("en", en)]).map(source).collect();
    let by_locale = [("ja", "5050"), ("en", "ext. 5050")];
    let value = crate::config::Localized {
        default: None,
        by_locale: by_locale.map(|(tag, text)| (tag.to_owned(), text.to_owned())).into(),
    };
    let phone = Variable { kind: crate::config::VariableKind::Text, value };
    let variables = BTreeMap::from([("phone".to_owned(), phone)]);
    let messages = Messages::with(&sources, &[locale("ja"), locale("en")], &variables).value;
    let said = |at: u16, name: &str, arguments: &[(&str, &str)]| {
        let owned: Vec<_> =
            arguments.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        messages.term(LocaleId(at), name, &owned)
    };
    let full = said(0, "app", &[]);
    let term = full.said.as_ref().expect("it is there");
    assert_eq!((&*term.text, term.definition.as_deref()), ("認証アプリ", Some("内線5050")));
    assert_eq!(full.faults, []);
    assert_eq!(&*said(0, "app", &[("case", "short")]).said.as_ref().unwrap().text, "アプリ");
    let stand_in = said(1, "ja-only", &[]);
    assert_eq!(stand_in.said.as_ref().unwrap().lang.as_deref(), Some("ja"));
    assert!(matches!(
        &said(1, "app", &[("case", "short")]).faults[..],
        [TermFault::Unasked { .. }]
    ));
    assert!(matches!(
        &said(0, "ap", &[]).faults[..],
        [TermFault::Missing { nearest: Some(near) }] if near == "app"
    ));
    assert!(matches!(
        &said(0, "bad", &[]).faults[..],
        [TermFault::Untold { .. }, TermFault::Reference { .. }]
    ));
    assert_eq!(messages.terms(LocaleId(0))["app"].synonyms, ["甲", "乙", "丙"]);
    assert_eq!(messages.terms(LocaleId(1))["app"].avoid, ["token app"]);
    assert_eq!(messages.variable(LocaleId(1), "phone").as_deref(), Ok("ext. 5050"));
}
