//! The program speaks the language of whoever runs it; what programs read stays English.

use std::collections::BTreeSet;

use crate::cli::{TestSite, program};
use crate::tidy::sources;

const BROKEN: &str = "---\ntitle: 手順\ndate: 2024-03-05\n---\n\n[VPN](./vnp.md)につなぎます。\n";

fn site() -> TestSite {
    TestSite::new(&[("content/a.md", BROKEN)])
}

#[test]
fn diagnostics_and_the_tally_are_said_in_japanese() {
    let site = site();
    let done = site.run(&["check", "--lang", "ja"]).expect(1);
    let said = done.err();
    assert!(
        said.contains("エラー[broken-link]: `./vnp.md` にはガイドもページもありません"),
        "{said}"
    );
    assert!(said.contains("= 対処: shirube.yaml に"), "{said}");
    assert!(said.ends_with("エラー 1 件、お知らせ 1 件\n"), "{said}");
    let english = site.run(&["check", "--lang", "en"]).expect(1).err();
    assert!(english.contains("error[broken-link]: no guide or page is at `./vnp.md`"), "{english}");
    assert!(english.ends_with("1 error, 1 note\n"), "{english}");
}

#[test]
fn the_environment_chooses_unless_the_option_does() {
    let site = site();
    let check = |variable, arguments: &[&str]| {
        let mut program = program();
        program.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", variable);
        program.arg("check").args(arguments).current_dir(site.root());
        let output = program.output().expect("the program starts");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(check("ja_JP.UTF-8", &[]).contains("エラー["));
    assert!(check("ja_JP.UTF-8", &["--lang", "en"]).contains("error["));
    assert!(check("C.UTF-8", &[]).contains("error["));
    assert!(check("de_DE.UTF-8", &["--lang", "ja"]).contains("エラー["));
}

#[test]
fn what_programs_read_is_the_same_in_both_languages() {
    let site = site();
    let json = |lang| site.run(&["check", "--format", "json", "--lang", lang]).expect(1).out();
    assert_eq!(json("ja"), json("en"));
    assert!(json("ja").contains("no guide or page is at"));
}

#[test]
fn a_remembered_build_is_not_said_in_another_language() {
    let site = site();
    let build = |lang| site.run(&["build", "--date", "2025-01-01", "--lang", lang]).expect(1).err();
    assert!(build("en").contains("error[broken-link]"));
    let japanese = build("ja");
    assert!(japanese.contains("エラー[broken-link]") && !japanese.contains("error["), "{japanese}");
    let again = build("ja");
    assert!(again.contains("エラー[broken-link]") && again.contains("変更なし。"), "{again}");
}

#[test]
fn failures_of_the_command_are_said_in_japanese() {
    let site = site();
    let said = |arguments: &[&str]| {
        let arguments = [&["--lang", "ja"], arguments].concat();
        site.run(&arguments).expect(2).err()
    };
    let day = said(&["build", "--date", "きのう"]);
    assert_eq!(day, "shirube: `きのう` は日付ではありません。2026-04-01 の形で書いてください\n");
    let code = said(&["explain", "broken-lnik"]);
    assert!(
        code.contains("`broken-lnik` という診断はありません（`broken-link` ではありませんか）"),
        "{code}"
    );
    let list = said(&["search", "--report", "ない.txt", "--out", "."]);
    assert!(list.contains("検索の索引がありません"), "{list}");
}

#[test]
fn a_code_is_explained_in_both_languages() {
    let site = site();
    let explain = |lang| site.run(&["explain", "broken-link", "--lang", lang]).expect(0).out();
    assert!(explain("ja").starts_with("broken-link: リンク先がない（エラー）\n"));
    assert!(explain("ja").contains("その場所のエラーです。"));
    assert!(explain("en").starts_with("broken-link: a link leads nowhere (error)\n"));
    let all = site.run(&["explain", "--lang", "ja"]).expect(0).out();
    assert!(all.lines().all(|line| !line.is_ascii()), "{all}");
}

#[test]
fn a_new_site_is_in_the_language_that_was_chosen() {
    let site = TestSite::new(&[]);
    let done = site.run(&["init", "neu", "--lang", "ja"]).expect(0);
    assert!(done.err().contains("shirube.yaml を書き出しました"), "{}", done.err());
    assert!(site.read("neu/shirube.yaml").contains("locales: [ja]"));
}

#[test]
fn a_hexo_blog_is_taken_over_in_japanese() {
    let site = TestSite::new(&[]);
    site.write("blog/_config.yml", "title: 窓口\nlanguage: ja\nauthor: 情報システム部\n");
    site.write("blog/source/_posts/a.md", "---\ntitle: 手順\n---\n\n本文です。\n");
    let done = site.run(&["init", "--from-hexo", "blog", "--lang", "ja"]).expect(0);
    let said = done.err();
    assert!(said.contains("1 本の記事がガイドになります"), "{said}");
    assert!(said.contains("引き継がれません: `author`"), "{said}");
    assert!(said.lines().all(|line| !line.is_ascii()), "{said}");
}

#[test]
fn every_word_is_said_somewhere() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/words/en");
    let all: String = sources().into_iter().map(|(_, _, text)| text).collect();
    let mut idle = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the words") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a file");
        let ids = text.lines().filter_map(|line| Some(line.split_once(" =")?.0));
        let ids = ids.filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic()));
        // The preview's event loop says these.
        // Levels of the panel and sections of the dashboard are named by what follows.
        let said = |id: &str| {
            let short = ["dash-", "panel-"].iter().find_map(|part| id.strip_prefix(part));
            [id, short.unwrap_or(id)].iter().any(|id| all.contains(&format!("\"{id}\"")))
        };
        idle.extend(ids.filter(|id| !said(id)).map(str::to_owned));
    }
    assert!(idle.is_empty(), "nobody says {idle:?}");
}
