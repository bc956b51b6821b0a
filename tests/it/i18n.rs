//! `shirube i18n`: what translators run, and what is in their files afterwards.

use crate::cli::TestSite;

const GUIDE: &str = "# VPN を使う\n\n設定を開き、`ipconfig`を実行します。\n\n## つながらないとき\n\nヘルプデスクに電話します。\n";

fn site() -> TestSite {
    TestSite::new(&[("content/vpn.md", GUIDE)])
}

/// The catalogue of the guide with all places filled in.
fn translated(site: &TestSite) -> String {
    let text = site.read("locales/en/guides/vpn.ftl");
    let line = |line: &str| match line.strip_prefix("# ").and_then(|id| id.strip_suffix(" =")) {
        Some(id) if id.starts_with("p-") => format!("{id} = English {{ $code-1 }}\n"),
        Some(id) => format!("{id} = English\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn a_catalogue_is_begun_translated_and_kept_up_to_date() {
    let site = site();
    let done = site.run(&["--lang", "en", "i18n", "extract", "content/vpn.md"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    assert!(done.err().contains("en: 1 catalogue, 1 written; texts: 4 new"), "{}", done.err());
    let text = translated(&site);
    site.write("locales/en/guides/vpn.ftl", &text);
    let done = site.run(&["i18n", "extract", "--check"]);
    assert_eq!((done.code(), site.read("locales/en/guides/vpn.ftl")), (0, text.clone()));

    site.write("content/vpn.md", GUIDE.replace("電話します", "電話してください"));
    assert_eq!(site.run(&["i18n", "extract", "--check"]).code(), 1);
    assert_eq!(site.read("locales/en/guides/vpn.ftl"), text, "nothing is written");
    let done = site.run(&["--lang", "en", "i18n", "extract"]);
    assert!(done.err().contains("0 new, 1 changed, 3 kept"), "{}", done.err());
    let stale = site.read("locales/en/guides/vpn.ftl");
    assert!(stale.contains("# was: ヘルプデスクに電話します。\n# stale: "), "{stale}");

    let done = site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    let accepted = site.read("locales/en/guides/vpn.ftl");
    assert_eq!(accepted, text.replace("電話します", "電話してください"));

    site.write("content/vpn.md", "# VPN を使う\n");
    site.run(&["i18n", "extract"]);
    assert!(site.read("locales/en/obsolete/vpn.ftl").contains("English { $code-1 }"));
    site.write("content/vpn.md", GUIDE.replace("電話します", "電話してください"));
    site.run(&["i18n", "extract"]);
    assert!(!site.path("locales/en/obsolete/vpn.ftl").exists());
    for line in accepted.lines() {
        assert!(site.read("locales/en/guides/vpn.ftl").contains(line), "{line}");
    }
}

#[test]
fn a_file_with_marks_of_a_conflict_is_left_as_it_is() {
    let site = site();
    let text = "<<<<<<< ours\np-1 = A\n=======\np-1 = B\n>>>>>>> theirs\n";
    site.write("locales/en/guides/vpn.ftl", text);
    let done = site.run(&["--lang", "en", "i18n", "extract"]);
    assert_eq!(done.code(), 1);
    assert!(done.err().contains("has marks of a merge conflict"), "{}", done.err());
    assert_eq!(site.read("locales/en/guides/vpn.ftl"), text);
    let done = site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    assert_eq!(done.code(), 2, "{}", done.err());
}

#[test]
fn a_catalogue_whose_guide_has_moved_is_told_with_its_new_place() {
    let site = site();
    site.run(&["i18n", "extract", "vpn"]);
    site.write("locales/en/guides/vpn.ftl", translated(&site));
    std::fs::rename(site.path("content/vpn.md"), site.path("content/tunnel.md")).expect("moved");
    let done = site.run(&["--lang", "en", "i18n", "extract"]);
    assert!(done.err().contains("move it to locales/en/guides/tunnel.ftl"), "{}", done.err());
    let done = site.run(&["--lang", "ja", "i18n", "extract", "tunel"]);
    assert_eq!(done.code(), 2);
    assert!(done.err().contains("tunnel"), "{}", done.err());
}

#[test]
fn references_for_other_programs_follow_the_catalogues() {
    let site = site();
    site.run(&["i18n", "extract", "vpn", "--reference"]);
    let reference = site.read("locales/ja/guides/vpn.ftl");
    assert!(reference.contains(" = 設定を開き、{ $code-1 }を実行します。\n"), "{reference}");
    assert!(site.read("l10n.toml").contains("locales = [\"en\"]"));
    site.write("content/vpn.md", "# VPN を使う\n");
    site.run(&["i18n", "extract"]);
    assert_eq!(site.read("locales/ja/guides/vpn.ftl").lines().count(), 1);
    std::fs::remove_file(site.path("locales/en/guides/vpn.ftl")).expect("removed");
    site.run(&["i18n", "extract"]);
    assert!(!site.path("locales/ja/guides/vpn.ftl").exists());
}

#[test]
fn a_translation_by_file_is_accepted_with_the_source_it_is_of() {
    let site = site();
    let english = "---\r\ntitle: Use the VPN # really\r\n---\r\n\r\nOpen.\r\n";
    site.write("content/vpn.en.md", english);
    let done = site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    assert_eq!(site.read("locales/en/guides/vpn.source.md"), GUIDE);
    let text = site.read("content/vpn.en.md");
    let line = text.lines().find(|line| line.starts_with("source: \"")).expect("the fingerprint");
    assert_eq!(text.replace(&format!("{line}\r\n"), ""), english);
    site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    assert_eq!(site.read("content/vpn.en.md"), text, "a second time");
    assert_eq!(site.run(&["build"]).code(), 0);
}

#[test]
fn a_translation_turns_into_messages_and_back() {
    let site = site();
    let english = "# Use the VPN\n\nOpen the settings, run `ipconfig`.\n\n## When it fails\n\nCall the desk.\n";
    site.write("content/vpn.en.md", english);
    site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    site.write("content/vpn.md", GUIDE.replace("電話します", "電話してください"));
    let done = site.run(&["--lang", "en", "i18n", "convert", "vpn", "--locale", "en"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    assert!(!site.path("content/vpn.en.md").exists());
    assert!(!site.path("locales/en/guides/vpn.source.md").exists());
    let catalogue = site.read("locales/en/guides/vpn.ftl");
    assert!(catalogue.contains("= Open the settings, run { $code-1 }.\n"), "{catalogue}");
    assert!(catalogue.contains("# was: ヘルプデスクに電話します。\n"), "{catalogue}");

    site.run(&["i18n", "accept", "vpn", "--locale", "en"]);
    let done = site.run(&["i18n", "convert", "vpn", "--locale", "en"]);
    assert_eq!(done.code(), 0, "{}", done.err());
    let file = site.read("content/vpn.en.md");
    let (head, body) = file.split_once("---\n\n").expect("front matter");
    assert!(head.starts_with("---\nsource: \""), "{file}");
    assert_eq!(body, english);
    assert!(!site.path("locales/en/guides/vpn.ftl").exists());
}
