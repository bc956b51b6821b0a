//! The index that a build writes: what is in it, what is not, and that it can be read.

use shirube::search::ReadError;
use shirube::search::query::Reader;

use crate::cli::TestSite;

fn built(files: &[(&str, &str)]) -> TestSite {
    let site = TestSite::new(files);
    site.run(&["build", "--date", "2025-01-01"]);
    site
}

/// The index of a locale of a site that was built.
fn index(site: &TestSite, locale: &str) -> Reader<'static> {
    let folder = site.path(&format!("public/search-index/{locale}"));
    let file = move |name: &str| std::fs::read_to_string(folder.join(format!("{name}.js"))).ok();
    Reader::open(Box::new(file)).expect("a sound index")
}

/// The addresses of the guides that hold a token, best ones anyhow.
fn holders(index: &Reader<'_>, token: &str) -> Vec<String> {
    let found = index.postings(token, 0).expect("a sound index");
    let docs = found.into_iter().flat_map(|(_, postings)| postings);
    docs.map(|posting| {
        let fragment = index.fragment(posting.doc).expect("a sound index").expect("a document");
        fragment["u"].as_str().expect("an address").to_owned()
    })
    .collect()
}

const TWO: [(&str, &str); 8] = [
    ("shirube.yaml", "locales: [ja, en]\ntitle: 窓口\naudiences: [admins]\n"),
    ("content/index.md", "---\ntitle: 窓口\n---\n"),
    ("content/net/index.md", "---\ntitle: ネットワーク\n---\n\n社内LANの章です。\n"),
    (
        "content/net/vpn.md",
        "---\ntitle: VPNにつなぐ\ntags: [接続]\nkeywords: [ブイピーエヌ]\n---\n\n社外から使います。\n\n## つながらないとき\n\n盾の印を**見て**ください。\n\n![赤い盾](https://x.example/a.png)\n\n```text\nvpn --reset\n```\n\n> [!KEYWORDS]\n> 切断\n",
    ),
    ("content/net/vpn.en.md", "---\ntitle: Connect to the VPN\n---\n\nFrom outside.\n"),
    ("content/net/wifi.md", "---\ntitle: 無線LAN\n---\n\n電波が弱いとき。\n"),
    ("content/net/draft.md", "---\ntitle: 下書きの秘密\ndraft: true\n---\n\nひみつ\n"),
    ("content/net/unlisted.md", "---\ntitle: 載せない話\nsearch: false\n---\n\n内密\n"),
];

#[test]
fn guides_are_found_by_title_text_words_and_code() {
    let site = built(&TWO);
    let index = index(&site, "ja");
    assert_eq!((index.locale(), index.guides()), ("ja", 3));
    for token in ["vpn", "ツナ", "盾ノ", "ブイ", "接続", "切断", "reset", "社外"] {
        assert_eq!(holders(&index, token), ["net/vpn/"], "{token}");
    }
    assert_eq!(holders(&index, "社内"), ["net/"]);
    let fragment = index.fragment(1).expect("a sound index").expect("a document");
    assert_eq!(fragment["s"], "ネットワーク");
    assert_eq!(fragment["h"][3], "つながらないとき");
    assert_eq!(fragment["x"][1][1], "盾の印を見てください。");
    assert_eq!(index.filter("snet/").expect("a filter").len(), 3);
    assert_eq!(index.filter("t接続").expect("a filter"), [1]);
    assert_eq!(index.get("sfi").expect("a sound index"), None);
}

#[test]
fn a_guide_that_is_not_translated_stands_in_with_its_language() {
    let site = built(&TWO);
    let index = index(&site, "en");
    assert_eq!(index.guides(), 3);
    assert_eq!(holders(&index, "outside"), ["en/net/vpn/"]);
    assert_eq!(holders(&index, "社外"), [""; 0], "the translation answers");
    assert_eq!(holders(&index, "電波"), ["en/net/wifi/"]);
    let fragment = index.fragment(2).expect("a sound index").expect("a document");
    assert_eq!((&fragment["t"], &fragment["l"]), (&"無線LAN".into(), &"ja".into()));
}

#[test]
fn what_is_not_published_leaves_no_trace() {
    let site = built(&TWO);
    for (path, bytes) in site.tree("public/search-index") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in ["下書", "ひみつ", "ヒミ", "秘密", "内密", "載せない"] {
            assert!(!text.contains(secret), "{path} holds {secret}");
        }
    }
}

#[test]
fn the_sites_synonyms_join_those_that_are_shipped() {
    let mut files = TWO.to_vec();
    files.push(("locales/ja/synonyms.yaml", "- [VPN, 社外接続, 盾]\n- [VPN]\n"));
    let site = built(&files);
    let said = site.run(&["build", "--date", "2025-01-01"]).err();
    assert!(said.contains("invalid-synonyms"), "{said}");
    let index = index(&site, "ja");
    assert_eq!(index.get("s社外接続").expect("a sound index").as_deref(), Some("VPN|盾"));
    let shipped = index.get("swifi").expect("a sound index").unwrap_or_default();
    assert!(shipped.split('|').any(|word| word == "無線LAN"), "{shipped}");
    assert!(!site.path("public/locales").exists());
}

#[test]
fn a_guide_at_the_folder_of_the_index_is_a_collision() {
    let site = TestSite::new(&[("content/search-index/ja.md", "---\ntitle: x\n---\n")]);
    let output = site.run(&["check", "--date", "2025-01-01"]);
    let said = output.err() + &output.out();
    assert!(
        said.contains("address-collision") && said.contains("the index of the search"),
        "{said}"
    );
}

#[test]
fn a_damaged_index_is_told() {
    let open = |text: &str| {
        let text = text.to_owned();
        Reader::open(Box::new(move |name: &str| (name == "index").then(|| text.clone()))).err()
    };
    assert_eq!(
        Reader::open(Box::new(|_: &str| None)).err(),
        Some(ReadError::Missing("index".into()))
    );
    assert_eq!(open("shirubeIndex(\"index\",{})\n"), Some(ReadError::Broken("index".into())));
    let site = built(&TWO);
    let first = site.read("public/search-index/ja/index.js");
    assert_eq!(open(&first), None);
    assert_eq!(open(&first.replace("\"format\":1", "\"format\":2")), Some(ReadError::Other));
}

#[test]
fn a_guide_is_found_by_what_else_its_terms_are_called() {
    let files = [
        ("shirube.yaml", "locales: [ja, en]\ntitle: 窓口\n"),
        (
            "locales/ja/terms.ftl",
            "-authenticator = 認証アプリ\n    .yomi = にんしょうあぷり\n    .synonyms = オーセンティケーター\n",
        ),
        ("locales/en/terms.ftl", "-authenticator = authenticator app\n    .synonyms = passcode\n"),
        ("content/index.md", "---\ntitle: 窓口\n---\n"),
        ("content/a.md", "---\ntitle: 機種変更\n---\n\n{-authenticator}を先に移します。\n"),
        ("content/a.en.md", "---\ntitle: New phone\n---\n\nMove the {-authenticator} first.\n"),
        ("content/b.md", "---\ntitle: 電波\n---\n\n無線の話です。\n"),
    ];
    let site = built(&files);
    let first =
        |locale: &str, question: &str| site.run(&["search", question, "--locale", locale]).out();
    for question in ["オーセンティケーター", "にんしょうあぷり", "認証アプリ"]
    {
        assert!(
            first("ja", question).contains("機種変更"),
            "{question}: {}",
            first("ja", question)
        );
    }
    assert!(first("en", "passcode").contains("New phone"), "{}", first("en", "passcode"));
    assert!(!first("ja", "電波").contains("機種変更"));
}
