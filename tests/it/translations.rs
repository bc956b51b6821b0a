//! Translations as translators meet them: what is behind, and files for other tools.

use serde_json::Value;

use super::cli::TestSite;

const SOURCE: &str =
    "# 認証アプリを移す\n\n設定画面を開きます。\n\n10 分待ちます。\n\n![画面](x.png)\n";
const CATALOGUE: &str = "# source: 認証アプリを移す\ntitle-1 = Move the app\n\n\
    # source: 設定画面を開きます。\n# was: 設定を開きます。\np-2 = Open the settings.\n\n\
    # source: 10 分待ちます。\n# p-3 =\n\n# source: 画面\nalt-4 = Screen\n";

fn site() -> TestSite {
    let site = TestSite::new(&[
        ("content/account/move.md", SOURCE),
        ("locales/en/guides/account/move.ftl", CATALOGUE),
        ("content/vpn.md", "# VPN\n\n接続します。\n"),
        ("content/vpn.en.md", "# VPN\n\nConnect.\n"),
        ("content/new.md", "# 新しい\n\n本文。\n"),
    ]);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    site.write("content/account/x.png", png);
    site
}

#[test]
fn status_tells_what_is_behind() {
    let done = site().run(&["i18n", "status"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    let out = done.out();
    for line in [
        "en: 50 % of 8 texts in 3 guides",
        "  1 complete, 1 stale, 1 not translated",
        "  50 %  account/move — 1 stale, 1 missing, 1 picture of the source",
        "   0 %  new — 2 missing, not begun",
        " 100 %  vpn — not tracked",
        "account/move (en)",
        "  locales/en/guides/account/move.ftl:6  p-2  stale\n    設定{+画面+}を開きます。",
        "  locales/en/guides/account/move.ftl:9  p-3  missing, important\n    10 分待ちます。",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(!out.contains("new (en)"), "what is not begun is not spread out:\n{out}");
    let named = site().run(&["i18n", "status", "new", "--lang", "ja"]).out();
    assert!(named.contains("new (en)\n  content/new.md:1  未翻訳\n    新しい\n"), "{named}");
    assert!(!named.contains("account"), "{named}");
}

#[test]
fn status_is_told_to_programs() {
    let done = site().run(&["i18n", "status", "account/", "--format", "json"]);
    let line: Value = serde_json::from_str(&done.out()).expect("one object");
    assert_eq!(line["guide"], "account/move");
    assert_eq!(line["state"], "stale");
    assert_eq!((&line["texts"], &line["translated"]), (&4.into(), &2.into()));
    let stale = &line["changes"][0];
    assert_eq!((&stale["id"], &stale["severity"]), (&"p-2".into(), &"words".into()));
    assert_eq!(
        stale["diff"],
        serde_json::json!([["same", "設定"], ["new", "画面"], ["same", "を開きます。"]])
    );
    assert_eq!((&stale["line"], &stale["source"]["line"]), (&6.into(), &3.into()));
    assert_eq!(line["pictures"]["missing"], serde_json::json!(["account/x.png"]));
}

#[test]
fn status_can_fail_a_build() {
    let site = site();
    let code = |least: &str| site.run(&["i18n", "status", "--fail-under", least]).code();
    assert_eq!((code("50"), code("51"), code("101")), (0, 1, 2));
    assert_eq!(site.run(&["i18n", "status", "--locale", "fr"]).code(), 2);
    let unknown = site.run(&["i18n", "status", "vpm"]);
    assert_eq!(unknown.code(), 2);
    assert!(unknown.err().contains("did you mean `vpn`?"), "{}", unknown.err());
}

#[test]
fn status_follows_the_source_of_a_translation_by_file() {
    let site = site();
    let state = |site: &TestSite| -> String {
        let out = site.run(&["i18n", "status", "vpn", "--format", "json"]).out();
        let line: Value = serde_json::from_str(&out).expect("one object");
        format!("{} {} {}", line["state"], line["tracked"], line["translated"])
    };
    assert_eq!(state(&site), "\"complete\" false 2");
    site.write("locales/en/guides/vpn.source.md", "# VPN\n\n切断します。\n");
    assert_eq!(state(&site), "\"stale\" true 1");
    site.write("locales/en/guides/vpn.source.md", "# VPN\n\n接続します。\n");
    assert_eq!(state(&site), "\"complete\" true 2");
    std::fs::remove_file(site.path("locales/en/guides/vpn.source.md")).expect("a file");
    site.write("content/vpn.en.md", "---\nsource: \"00000000\"\n---\n# VPN\n\nConnect.\n");
    assert_eq!(state(&site), "\"stale\" true 0");
}

#[test]
fn catalogues_go_to_other_tools_and_come_back() {
    let site = site();
    let done = site.run(&["i18n", "export"]).expect(0);
    assert!(done.err().contains("en: 1 file in"), "{}", done.err());
    let po = site.read("po/en/account/move.po");
    assert!(po.contains(
        "msgctxt \"p-2\"\nmsgid \"設定画面を開きます。\"\nmsgstr \"Open the settings.\"\n"
    ));
    site.run(&["i18n", "import", "po/en/account/move.po"]).expect(0);
    assert_eq!(site.read("locales/en/guides/account/move.ftl"), CATALOGUE, "nothing changed");
    let empty = "msgid \"10 分待ちます。\"\nmsgstr \"";
    let edited = po.replace(&format!("{empty}\""), &format!("{empty}Wait 10 \\\"minutes\\\".\""));
    site.write("po/en/account/move.po", edited);
    let done = site.run(&["i18n", "import", "po/en/account/move.po"]).expect(0);
    assert!(done.err().contains("1 translation, 0 of them stale"), "{}", done.err());
    let new = CATALOGUE.replace("# p-3 =", "p-3 = Wait 10 \"minutes\".");
    assert_eq!(site.read("locales/en/guides/account/move.ftl"), new);
    let strange = po.replace("msgctxt \"p-2\"", "msgctxt \"p-7\"");
    site.write("strange.po", strange);
    let done = site.run(&["i18n", "import", "strange.po"]).expect(1);
    assert!(done.err().contains("the catalogue does not have: p-7"), "{}", done.err());
    site.write("bad.po", "<<<<<<< mine\n");
    assert!(site.run(&["i18n", "import", "bad.po"]).expect(2).err().contains("(line 1)"));
    site.run(&["i18n", "import", "none.po"]).expect(2);
    assert_eq!(site.read("locales/en/guides/account/move.ftl"), new, "nothing is lost");
}

/// A site whose words lack something in English and much in French.
fn worded() -> TestSite {
    let site = TestSite::new(&[
        ("content/vpn.md", "# VPN\n"),
        ("locales/ja/site.ftl", "latest = 新着\nsections = { $count }章\nidle = 暇\n"),
        (
            "locales/ja/terms.ftl",
            "-vpn = VPN\n    .yomi = ぶい\n    .url = /vpn/\n-mfa = 多要素認証\n",
        ),
        ("locales/en/site.ftl", "# x\nsections = { $number } sections\nidel = Idle\n"),
        ("locales/en/terms.ftl", "-vpn = VPN\n"),
    ]);
    let settings = site.read("shirube.yaml");
    site.write("shirube.yaml", settings.replace("en]", "en, fr-CA]"));
    site
}

#[test]
fn status_tells_what_is_wrong_with_the_words() {
    let out = worded().run(&["i18n", "status", "--lang", "en"]).out();
    for line in [
        "Words of the site (en)\n",
        "  locales/ja/site.ftl:1  the message `latest` is missing\n",
        "  locales/en/site.ftl:3  nothing asks for the message `idel`\n",
        "  locales/en/site.ftl:2  the message `sections` does not use `$count` as the source does\n",
        "  locales/en/site.ftl:2  the message `sections` uses `$number`, which the source does not\n",
        "  locales/ja/terms.ftl:4  the term `mfa` is missing\n",
        "  locales/en/terms.ftl:1  the term `vpn` lacks `.url`\n",
        "messages of the theme have no words in this language: ",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(!out.contains("`idle`"), "nothing asks for it:\n{out}");
    assert_eq!(out.matches("of the theme").count(), 1, "{out}");
    let japanese = worded().run(&["i18n", "status", "--lang", "ja", "--locale", "en"]).out();
    assert!(japanese.contains("メッセージ `sections` に、原文にある `$count` がありません"));
    assert!(!japanese.contains("テーマのメッセージ"), "{japanese}");
    let named = worded().run(&["i18n", "status", "vpn", "--lang", "en"]).out();
    assert!(!named.contains("Words of the site"), "{named}");
}

#[test]
fn words_are_told_to_programs_and_do_not_count() {
    let site = worded();
    site.write("content/vpn.en.md", "# VPN\n");
    let arguments = ["i18n", "status", "--locale", "en", "--format", "json", "--fail-under", "100"];
    let out = site.run(&arguments).expect(0).out();
    let all: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    let of = |kind: &str| all.iter().find(|own| own["kind"] == kind).expect(kind);
    assert_eq!(of("guide")["guide"], "vpn");
    let variables = of("variables");
    assert_eq!(variables["dropped"], serde_json::json!(["count"]));
    assert_eq!(
        (&variables["file"], &variables["line"]),
        (&"locales/en/site.ftl".into(), &2.into())
    );
    assert_eq!(of("missing-attributes")["attributes"], serde_json::json!(["url"]));
    for (kind, id) in
        [("missing-message", "latest"), ("missing-term", "mfa"), ("unused-message", "idel")]
    {
        assert_eq!(of(kind)["id"], id);
    }
}

#[test]
fn a_catalogue_that_is_read_only_is_told_and_stays() {
    let site = site();
    let path = site.path("locales/en/guides/account/move.ftl");
    let mut own = std::fs::metadata(&path).expect("a file").permissions();
    own.set_readonly(true);
    std::fs::set_permissions(&path, own).expect("its owner may");
    let done = site.run(&["i18n", "accept", "account/move", "--locale", "en", "--lang", "en"]);
    assert_eq!(done.code(), 2, "{}", done.err());
    assert!(done.err().contains("the file is read-only"), "{}", done.err());
    assert_eq!(site.read("locales/en/guides/account/move.ftl"), CATALOGUE);
}

#[test]
fn nothing_is_lost_between_the_forms() {
    let site = site();
    site.write("content/vpn.md", "# VPN\n\n```\nja\n```\n");
    site.write("content/vpn.en.md", "# VPN\n\n```\nen\n```\n");
    let convert = ["i18n", "convert", "vpn", "--locale", "en", "--lang", "en"];
    let done = site.run(&convert).expect(0);
    assert!(done.err().contains("1 code block of the translation is not"), "{}", done.err());
    let text = site.read("locales/en/guides/vpn.ftl");
    assert!(text.ends_with("# ```\n# en\n# ```\n"), "{text}");
    site.write("locales/en/guides/vpn.ftl", format!("# Ask Kim.\n\n{text}"));
    let done = site.run(&convert).expect(0);
    assert!(done.err().contains("comments of translators are kept in"), "{}", done.err());
    let kept = site.read("locales/en/obsolete/vpn.ftl");
    assert!(kept.contains("# Ask Kim.") && kept.contains("# en\n"), "{kept}");
}
