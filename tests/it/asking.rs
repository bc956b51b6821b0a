//! `shirube search`: what people and scripts get, and indexes that somebody damaged.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use shirube::search::ReadError;
use shirube::search::query::{Index, Wanted};

use crate::cli::TestSite;

const VPN: &str = "---\ntitle: 社外からVPNにつなぐ\ntags: [VPN]\n---\n\n自宅やホテルから社内に入る方法です。\n\n\
                   ## つながらないとき {#trouble}\n\n画面の番号を確かめてから、サインインし直します。\n";
const VPN_EN: &str = "---\ntitle: Connect with VPN from outside\n---\n\nHow to reach the office network from home.\n\n\
                      ## If it does not connect {#trouble}\n\nRead the number on the screen, then sign in again.\n";
const PRINT: &str = "---\ntitle: 印刷する\n---\n\nプリンターを選び、印刷を押します。\n";

/// A site that is built.
fn site() -> TestSite {
    let site = TestSite::new(&[
        ("content/network/vpn.md", VPN),
        ("content/network/vpn.en.md", VPN_EN),
        ("content/print.md", PRINT),
    ]);
    site.run(&["build"]).expect(0);
    site
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("one JSON object")
}

#[test]
fn results_name_guide_heading_and_address() {
    let site = site();
    let done = site.run(&["search", "VPN", "つながらない"]).expect(0);
    let first: Vec<String> = done.out().lines().take(3).map(str::to_owned).collect();
    assert_eq!(first[0], " 1. 社外からVPNにつなぐ › つながらないとき");
    assert_eq!(first[1], "    network/vpn/#trouble");
    assert!(first[2].contains("画面の番号"), "{}", done.out());
    assert!(!done.out().contains('\u{1b}'), "a pipe is not coloured");
    let coloured = site.run(&["search", "--color", "always", "プリンター"]).expect(0);
    assert!(coloured.out().contains("\u{1b}[1;33mプリンター\u{1b}[0m"), "{}", coloured.out());
}

#[test]
fn each_locale_has_its_own_answers() {
    let site = site();
    let done = site.run(&["search", "--locale", "en", "conect", "VPN"]).expect(0);
    assert!(done.out().contains("Connect with VPN from outside"), "{}", done.out());
    assert!(done.out().contains("en/network/vpn/"));
    assert!(done.err().contains("perhaps: `connect VPN`"), "{}", done.err());
    let err = site.run(&["search", "--locale", "fr", "VPN"]).expect(2).err();
    assert!(err.contains("has no locale `fr` (it has ja, en)"), "{err}");
}

#[test]
fn json_tells_all_that_the_page_shows() {
    let site = site();
    let said = json(&site.run(&["search", "--json", "--limit", "1", "VPN 冷蔵庫"]).expect(0).out());
    assert_eq!(said["query"], "VPN 冷蔵庫");
    assert_eq!(said["locale"], "ja");
    assert_eq!(said["missing"], serde_json::json!(["冷蔵庫"]));
    assert_eq!(said["results"].as_array().map(Vec::len), Some(1));
    let first = &said["results"][0];
    assert_eq!(first["title"], "社外からVPNにつなぐ");
    assert_eq!(first["tags"], serde_json::json!(["VPN"]));
    assert!(said["files"].as_u64() > Some(1) && said["bytes"].as_u64() > Some(100));
    let nothing = site.run(&["search", "--json", "xyzzy"]).expect(1);
    assert_eq!(json(&nothing.out())["results"], serde_json::json!([]));
}

#[test]
fn answers_are_narrowed_by_section_and_tag() {
    let site = site();
    let titles = |arguments: &[&str]| -> Vec<String> {
        let all = [&["search", "--json", "印刷 VPN"], arguments].concat();
        let said = json(&site.run(&all).out());
        let results = said["results"].as_array().expect("a list").iter();
        results.map(|one| one["title"].as_str().expect("a title").to_owned()).collect()
    };
    let (vpn, print) = ("社外からVPNにつなぐ", "印刷する");
    let mut all = titles(&[]);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all, [print, vpn]);
    for section in ["network", "network/", "/network", "ja/network"] {
        assert_eq!(titles(&["--section", section]), [vpn], "{section}");
    }
    for section in ["network", "en/network/"] {
        let english = titles(&["--locale", "en", "--section", section]);
        assert_eq!(english, ["Connect with VPN from outside"], "{section}");
    }
    for tag in ["VPN", "vpn"] {
        assert_eq!(titles(&["--tag", tag]), [vpn], "{tag}");
    }
}

#[test]
fn a_section_or_tag_that_there_is_not_is_a_mistake() {
    let site = site();
    for (arguments, told) in [
        (["--section", "netwrok"], "has no section `netwrok`; did you mean `network`?"),
        (["--section", "elsewhere"], "has no section `elsewhere` (it has network)"),
        (["--tag", "vpm"], "has no tag `vpm`; did you mean `VPN`?"),
    ] {
        for json in [&[][..], &["--json"]] {
            let done = site.run(&[&["search", "VPN"], &arguments[..], json].concat()).expect(2);
            assert!(done.err().contains(told), "{}", done.err());
            assert_eq!(done.out(), "");
        }
    }
}

#[test]
fn nothing_found_and_could_not_run_are_told_apart() {
    let site = site();
    for nothing in ["xyzzy", "", "！？", "🙂"] {
        let done = site.run(&["search", nothing]).expect(1);
        assert!(done.err().contains("nothing found"), "{}", done.err());
        assert_eq!(done.out(), "");
    }
    site.run(&["search"]).expect(2);
    site.run(&["search", "--limit", "0", "VPN"]).expect(2);
    site.run(&["search", "--report", "list.txt", "VPN"]).expect(2);
    let err = site.run(&["search", "--out", "other", "VPN"]).expect(2).err();
    assert!(err.contains("there is no built site in other"), "{err}");
    fs::remove_dir_all(site.path("public/search-index/en")).expect("a folder");
    let err = site.run(&["search", "--locale", "en", "VPN"]).expect(2).err();
    assert!(err.contains("no search index for `en`"), "{err}");
    fs::remove_dir_all(site.path("public/search-index")).expect("a folder");
    let err = site.run(&["search", "VPN"]).expect(2).err();
    assert!(err.contains("has no search index"), "{err}");
}

#[test]
fn an_index_of_another_version_is_refused() {
    let site = site();
    let path = "public/search-index/ja/index.js";
    let text = site.read(path).replacen("\"format\":1,", "\"format\":99,\"new\":{},", 1);
    let (head, _) = text.split_once("\"root\"").expect("a root");
    site.write(path, format!("{head}\"root\":[]}})\n"));
    let err = site.run(&["search", "VPN"]).expect(2).err();
    assert!(err.contains("is of another version of Shirube"), "{err}");
}

#[test]
fn damage_is_told_with_the_file_it_is_in() {
    let site = site();
    let folder = "public/search-index/ja";
    for name in site.tree(folder).into_keys().collect::<Vec<_>>() {
        let path = format!("{folder}/{name}");
        let text = fs::read(site.path(&path)).expect("a file");
        for damaged in [None, Some(&text[..text.len() / 2]), Some(&[][..])] {
            match damaged {
                Some(text) => site.write(&path, text),
                None => fs::remove_file(site.path(&path)).expect("a file"),
            }
            for query in ["VPN つながらない", "印刷"] {
                let done = site.run(&["search", query]);
                if done.code() == 2 {
                    assert!(done.err().contains(&name), "{name}: {}", done.err());
                    let what = if damaged.is_none() { "does not exist" } else { "is damaged" };
                    assert!(done.err().contains(what), "{}", done.err());
                } else {
                    assert_ne!(name, "index.js");
                }
            }
        }
        site.write(&path, text);
    }
    site.run(&["search", "VPN"]).expect(0);
}

#[test]
fn a_report_sorts_questions_by_how_they_are_answered() {
    let site = site();
    let list = b"\xef\xbb\xbfVPN\r\n\r\nxyzzy\r\nVPN \xe5\x86\xb7\xe8\x94\xb5\xe5\xba\xab\r\nVPN\r\nprnt\xff\r\n";
    site.write("queries.txt", list);
    let done = site.run(&["search", "--report", "queries.txt", "--json"]).expect(1);
    let said = json(&done.out());
    assert_eq!(said["all"], serde_json::json!({ "questions": 4, "asked": 5 }));
    assert_eq!(said["answered"], serde_json::json!({ "questions": 1, "asked": 2 }));
    assert_eq!(said["partly"]["questions"], 1);
    assert_eq!(said["nothing"]["questions"], 2);
    let first = &said["questions"][0];
    assert_eq!((first["question"].as_str(), first["asked"].as_u64()), (Some("VPN"), Some(2)));
    assert_eq!(first["title"], "社外からVPNにつなぐ");
    assert_eq!(said["questions"][2]["missing"], serde_json::json!(["冷蔵庫"]));
    let text = site.run(&["search", "--report", "queries.txt"]).expect(1).out();
    for line in [
        "Nothing found          2      2",
        "     2  VPN\n        社外からVPNにつなぐ",
        "(without: 冷蔵庫)",
    ] {
        assert!(text.contains(line), "{text}");
    }
    site.write("good.txt", "VPN\n印刷\n");
    site.run(&["search", "--report", "good.txt"]).expect(0);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide: Vec<u8> = "\u{feff}VPN\r\n印刷\r\n".encode_utf16().flat_map(bytes).collect();
        site.write("wide.txt", &wide);
        let said = json(&site.run(&["search", "--report", "wide.txt", "--json"]).expect(0).out());
        let questions = said["questions"].as_array().expect("a list").iter();
        let questions: Vec<&Value> = questions.map(|one| &one["question"]).collect();
        assert_eq!(questions, ["VPN", "印刷"]);
    }
    for empty in ["", "\u{feff}", " \r\n\r\n"] {
        site.write("empty.txt", empty);
        let err = site.run(&["search", "--report", "empty.txt"]).expect(2).err();
        assert!(err.contains("there is no question in empty.txt"), "{err}");
    }
    let err = site.run(&["search", "--report", "none.txt"]).expect(2).err();
    assert!(err.contains("cannot read none.txt"), "{err}");
}

/// The files of an index by their names.
fn files(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let files = site.tree("public/search-index/ja").into_iter();
    files.map(|(path, text)| (path.trim_end_matches(".js").to_owned(), text)).collect()
}

const QUESTIONS: [&str; 6] =
    ["VPN つながらない", "印刷", "conect", "ホテルから社内に入る方法", "signin", "の"];

/// Asks all questions; the names of files in errors are those of the index.
fn ask(files: &BTreeMap<String, Vec<u8>>) -> Vec<Result<usize, ReadError>> {
    let load = |name: &str| files.get(name).map(|text| String::from_utf8_lossy(text).into_owned());
    let index = match Index::open(Box::new(load)) {
        Ok(index) => index,
        Err(error) => return vec![Err(error)],
    };
    let (section, tag) = (Some("network/".to_owned()), Some("VPN".to_owned()));
    let wanted = Wanted { section, tag, limit: None };
    let answers = QUESTIONS
        .iter()
        .flat_map(|query| [index.answer(query, &Wanted::default()), index.answer(query, &wanted)]);
    let answers = answers.map(|answer| answer.map(|answer| answer.results.len()));
    let names = [index.sections(), index.tags()].map(|names| names.map(|names| names.len()));
    names.into_iter().chain(answers).collect()
}

#[test]
fn whatever_an_index_holds_is_answered_or_refused() {
    let site = site();
    let whole = files(&site);
    let counts = ask(&whole).into_iter().collect::<Result<Vec<usize>, ReadError>>();
    let counts = counts.expect("a whole index");
    assert_eq!(counts[..2], [1, 1], "a section and a tag");
    let (all, narrowed): (Vec<_>, Vec<_>) =
        counts[2..].chunks(2).map(|two| (two[0], two[1])).unzip();
    let sum = |counts: &[usize]| counts.iter().sum::<usize>();
    assert!(0 < sum(&narrowed) && sum(&narrowed) < sum(&all), "{all:?} {narrowed:?}");
    let names: Vec<&String> = whole.keys().collect();
    let mut state = 1u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below.max(1)
    };
    let mut refused = 0;
    for _ in 0..1_500 {
        let mut files = whole.clone();
        for _ in 0..=next(3) {
            let text = files.get_mut(names[next(names.len())]).expect("a file");
            let at = next(text.len());
            match next(4) {
                _ if text.is_empty() => {}
                0 => text[at] ^= 1 << next(8),
                // What numbers and names are made of reads well, and means something else.
                1 => text[at] = b"0~z9#!Ab,]}{\"["[next(14)],
                2 => text.truncate(at),
                _ => drop(text.remove(at)),
            }
        }
        let bad = |answer: &Result<usize, ReadError>| answer.is_err();
        refused += usize::from(ask(&files).iter().any(bad));
    }
    assert!(refused > 100, "only {refused} were refused");
}

#[test]
fn names_in_an_index_lead_nowhere_else() {
    let site = site();
    let mut whole = files(&site);
    let index = String::from_utf8(whole["index"].clone()).expect("text");
    let (before, names) = index.split_once("\"f\":\"").expect("names");
    let names = names.split_once('"').expect("their end");
    let other = "../../x".repeat(names.0.len() / 7);
    whole.insert("index".to_owned(), format!("{before}\"f\":\"{other}\"{}", names.1).into_bytes());
    for answer in ask(&whole) {
        assert_eq!(answer, Err(ReadError::Broken("index".to_owned())));
    }
}
