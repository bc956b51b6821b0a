//! Bad input: each gives a message at its place, all of them in one run; nothing hangs,
//! panics, leaks or is lost.

use crate::cli::TestSite;

fn check(site: &TestSite, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["check", "--format", "json"];
    all.extend(arguments);
    let done = site.run(&all);
    assert!(done.code() <= 1, "{}", done.err());
    done.diagnostics()
}

/// Asserts that checking a site of `files` names `wanted` (`code file:line:column`).
fn expect(files: &[(&str, &str)], wanted: &[&str]) {
    let site = TestSite::new(files);
    let found = check(&site, &[]);
    for wanted in wanted {
        assert!(found.iter().any(|fault| fault == wanted), "no {wanted} in {found:#?}");
    }
}

#[test]
fn broken_front_matter_is_told_all_at_once() {
    expect(
        &[
            ("content/a.md", "---\ntitle: [\n---\nx\n"),
            ("content/b.md", "---\ntitle: B\n本文\n"),
            ("content/c.md", "---\ntitle: C\ntitle: D\n---\nx\n"),
            ("content/d.md", "---\ntitle: D\ndate: きのう\n---\nx\n"),
            ("content/e.md", "---\ntitel: E\n---\nx\n"),
        ],
        &[
            "unclosed-front-matter content/b.md:1:1",
            "duplicate-key content/c.md:3:1",
            "invalid-value content/d.md:3:7",
            "unknown-key content/e.md:2:1",
        ],
    );
}

#[test]
fn alias_bombs_stop() {
    let mut bomb = String::from("---\ntitle: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    bomb.push_str("---\nx\n");
    let found = check(&TestSite::new(&[("content/a.md", &bomb)]), &[]);
    assert!(found.iter().any(|fault| fault.starts_with("invalid-yaml content/a.md")), "{found:?}");
}

#[test]
fn other_encodings_are_guessed_and_named() {
    let site = TestSite::new(&[]);
    // 「設定の手順です。」 in several encodings, written as bytes.
    let sjis: &[u8] = b"---\ntitle: a\n---\n\x90\xdd\x92\xe8\x82\xcc\x8e\xe8\x8f\x87\x82\xc5\x82\xb7\x81B\x90\xdd\x92\xe8\x82\xcc\x8e\xe8\x8f\x87\x82\xc5\x82\xb7\x81B\n";
    let euc: &[u8] = b"---\ntitle: a\n---\n\xc0\xdf\xc4\xea\xa4\xce\xbc\xea\xbd\xe7\xa4\xc7\xa4\xb9\xa1\xa3\xc0\xdf\xc4\xea\xa4\xce\xbc\xea\xbd\xe7\xa4\xc7\xa4\xb9\xa1\xa3\n";
    let utf16: Vec<u8> =
        "\u{feff}# 設定の手順\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    site.write("content/sjis.md", sjis);
    site.write("content/euc.md", euc);
    site.write("content/utf16.md", &utf16);
    site.write("content/bad.md", b"# ok\n\nabc \xff def\n");
    let done = site.run(&["check"]);
    let said = done.err();
    for words in ["Shift_JIS", "EUC-JP", "UTF-16", "content/bad.md:3:5"] {
        assert!(said.contains(words), "no {words} in {said}");
    }
    assert_eq!(done.code(), 1);
}

#[test]
fn control_characters_are_told_and_shown() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n前\u{0}後\u{1b}[31m\u{fdd0}\n")]);
    let found = check(&site, &[]);
    assert!(
        found.iter().any(|fault| fault.starts_with("control-character content/a.md:3:2")),
        "{found:?}"
    );
    site.run(&["build"]);
    let page = site.read("public/a/index.html");
    assert!(page.contains("前\u{fffd}後") && !page.contains('\u{1b}'));
}

#[test]
fn two_guides_with_one_address_are_told() {
    let site = TestSite::new(&[
        ("content/guide.md", "# A\n"),
        ("content/x.md", "---\ntitle: B\nslug: Guide\n---\n"),
        ("content/y.md", "---\ntitle: C\naliases: [/guide/]\n---\n"),
        ("content/tags.md", "# Tags\n"),
    ]);
    let found = check(&site, &[]);
    let collisions = found.iter().filter(|fault| fault.starts_with("address-collision"));
    assert_eq!(collisions.count(), 6, "{found:#?}");
    let composed = TestSite::new(&[("content/が.md", "# 1\n"), ("content/か\u{3099}.md", "# 2\n")]);
    let found = check(&composed, &[]);
    assert!(found.iter().any(|fault| fault.starts_with("address-collision")), "{found:?}");
}

#[test]
fn paths_never_leave_the_site() {
    let text = "# A\n\n![a](../../../../../etc/passwd)\n\n![b](/etc/passwd)\n\n[c](../../../../etc/passwd)\n\n\
                ![d](..\\..\\..\\secret.png)\n\n:::include{file=\"../../secret.md\"}\n";
    let site = TestSite::new(&[("content/a.md", text)]);
    let outer = site.root().parent().expect("a folder around").join("secret.md");
    std::fs::write(&outer, "極秘").expect("a file outside");
    let found = check(&site, &[]);
    site.run(&["build"]);
    std::fs::remove_file(&outer).expect("the file outside");
    assert_eq!(
        found.iter().filter(|fault| fault.contains("content/a.md")).count(),
        5,
        "{found:#?}"
    );
    assert!(!site.read("public/a/index.html").contains("極秘"));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_odd_names_are_told() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let site = TestSite::new(&[("content/a.md", "# A\n\n![s](a/secret.png)\n")]);
    let outer = tempfile::NamedTempFile::new().expect("a file outside");
    std::fs::create_dir(site.path("content/a")).expect("a folder");
    symlink(outer.path(), site.path("content/a/secret.png")).expect("a link out");
    symlink(site.path("content"), site.path("content/loop")).expect("a loop");
    let made = std::process::Command::new("mkfifo").arg(site.path("content/pipe.md")).status();
    assert!(made.expect("mkfifo runs").success());
    site.write("content/back\\slash.md", "# x\n");
    site.write("content/new\nline.md", "# x\n");
    let odd = site.path("content").join(std::ffi::OsStr::from_bytes(b"\xff.md"));
    std::fs::write(odd, "# x\n").expect("a file with an odd name");
    let found = check(&site, &[]);
    let count = |code: &str| found.iter().filter(|fault| fault.starts_with(code)).count();
    assert_eq!(count("link-outside"), 1, "{found:#?}");
    assert_eq!(count("bad-file-name"), 3, "{found:#?}");
    assert_eq!(count("unreadable-file"), 2, "{found:#?}");
    assert_eq!(count("missing-image"), 1, "{found:#?}");
}

#[test]
fn odd_settings_replace_nothing() {
    for settings in [
        "content: ../x",
        "output: /tmp/x",
        "permalink: \":title/../../\"",
        "footer: { links: [{ text: a, url: \" java\\tscript:alert(1)\" }] }",
    ] {
        let site = TestSite::new(&[("shirube.yaml", settings), ("content/a.md", "# A\n")]);
        let done = site.run(&["build"]).expect(1);
        assert!(done.err().contains("nothing was replaced"), "{settings}: {}", done.err());
    }
    let site = TestSite::new(&[
        ("shirube.yaml", "ignore: [\"[\", \"{x\", \"b*\"]\n"),
        ("content/a.md", "# A\n"),
        ("content/b.md", "# B\n"),
    ]);
    site.run(&["build"]).expect(0);
    assert!(!site.path("public/b").exists());
}

#[test]
fn names_that_no_folder_can_have_are_told_at_their_place() {
    let long = "あ".repeat(100);
    let files = [
        ("content/a.md", "---\ntitle: A\naliases: [\"old\\nname\"]\n---\n".to_owned()),
        ("content/b.md", format!("---\ntitle: B\nslug: {long}\n---\n")),
        ("content/c.md", "---\ntitle: C\naliases: [/d/x.html]\n---\n".to_owned()),
        ("content/d/x.html.md", "# D\n".to_owned()),
        ("static/e", "x".to_owned()),
        ("content/e.md", "# E\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let found = check(&TestSite::new(&files), &[]);
    for wanted in [
        "bad-file-name content/a.md:3:11",
        "bad-file-name content/b.md:null:null",
        "address-collision content/c.md:3:11",
        "address-collision content/e.md:null:null",
    ] {
        assert!(found.iter().any(|fault| fault == wanted), "no {wanted} in {found:#?}");
    }
}

#[test]
fn one_published_file_has_one_source() {
    let site = TestSite::new(&[
        ("shirube.yaml", "static: [s1, s2]\nlocales: [ja]\n"),
        ("content/a.md", "# A\n\n[x](a/x.txt) [s](/glossary/) [t](/tags/) [f](a/x.txt#page=3)\n"),
        ("content/a/x.txt", "1"),
        ("s1/a/x.txt", "2"),
        ("s1/y.txt", "3"),
        ("s2/y.txt", "4"),
        ("s1/robots.txt", "own"),
    ]);
    let found = check(&site, &[]);
    let count = |code: &str| found.iter().filter(|fault| fault.starts_with(code)).count();
    assert_eq!(count("address-collision"), 2, "{found:#?}");
    assert_eq!(count("broken-link"), 2, "names that are only kept free lead nowhere: {found:#?}");
    std::fs::remove_file(site.path("s1/a/x.txt")).expect("a file");
    std::fs::remove_file(site.path("s1/y.txt")).expect("a file");
    site.run(&["build"]);
    assert_eq!(site.read("public/robots.txt"), "own");
    assert!(
        site.read("public/a/index.html").contains("x.txt#page%3D3")
            || site.read("public/a/index.html").contains("x.txt#page=3")
    );
}

#[test]
fn a_picture_to_be_covered_is_never_published_whole() {
    let site = TestSite::new(&[
        ("content/a.md", "# A\n\n![x](a/x.svg)\n"),
        ("content/a/x.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"),
        ("content/a/x.svg.yaml", "alt: 秘密\nredact:\n  - box: [0, 0, 1, 1]\n"),
    ]);
    let found = check(&site, &[]);
    assert!(
        found.contains(&"redaction-not-applied content/a/x.svg.yaml:2:1".to_owned()),
        "{found:?}"
    );
    site.run(&["build"]).expect(1);
    assert!(!site.path("public").exists());
}

#[test]
fn many_faults_take_no_longer_than_they_are_many() {
    let mut text = String::from("# A\n\n");
    for n in 0..2000 {
        text.push_str(&format!("## 同じ見出し\n\n[x](#dead{n}) [y](gone{n}.md)\n\n"));
    }
    let found = check(&TestSite::new(&[("content/a.md", &text)]), &[]);
    assert_eq!(found.iter().filter(|fault| fault.starts_with("broken-")).count(), 4000);
}

#[test]
fn deep_and_long_texts_end() {
    let quotes = format!("# A\n\n{} 底\n", ">".repeat(10_000));
    let lists: String = (0..400).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
    let brackets = format!("# C\n\n{}\n", "[".repeat(50_000));
    let long = format!("# D\n\n{}\n", "長い行 ".repeat(300_000));
    let files = [
        ("content/quotes.md", quotes.as_str()),
        ("content/lists.md", lists.as_str()),
        ("content/brackets.md", brackets.as_str()),
        ("content/long.md", long.as_str()),
    ];
    let site = TestSite::new(&files);
    let done = site.run(&["build"]);
    assert!(done.code() <= 1, "{}", done.err());
    assert!(done.err().contains("deep-nesting"), "{}", done.err());
    assert!(site.read("public/quotes/index.html").contains('底'));
    let huge = format!("# E\n{}", "x".repeat(9 * 1024 * 1024));
    let found = check(&TestSite::new(&[("content/huge.md", &huge)]), &[]);
    assert!(
        found.iter().any(|fault| fault.starts_with("file-too-large content/huge.md")),
        "{found:?}"
    );
}

#[test]
fn faulty_themes_and_words_are_told_at_their_place() {
    let theme = |template: &str| {
        TestSite::new(&[
            ("shirube.yaml", "theme: ours\nlocales: [ja]\n"),
            ("content/a.md", "# A\n"),
            ("themes/ours/theme.yaml", "name: ours\n"),
            ("themes/ours/templates/guide.html", template),
        ])
    };
    let broken = check(&theme("<p>\n{{ 日本 | }}\n"), &[]);
    assert!(
        broken
            .iter()
            .any(|fault| fault.starts_with("template-error themes/ours/templates/guide.html:2")),
        "{broken:?}"
    );
    let looped = check(&theme("{% include \"guide.html\" %}"), &[]);
    assert!(looped.iter().any(|fault| fault.starts_with("template-error")), "{looped:?}");
    let missing = check(&theme("{% include \"none.html\" %}"), &[]);
    assert!(missing.iter().any(|fault| fault.starts_with("template-error")), "{missing:?}");
    let words = TestSite::new(&[
        ("content/a.md", "# A\n"),
        ("locales/ja/site.ftl", "good = よい\nbad = { $x\nnext = 次\nbroken\n"),
    ]);
    let found = check(&words, &[]);
    assert!(
        found.iter().any(|fault| fault.starts_with("fluent-syntax locales/ja/site.ftl:")),
        "{found:?}"
    );
    let unknown = TestSite::new(&[("shirube.yaml", "theme: oars\n"), ("content/a.md", "# A\n")]);
    assert!(check(&unknown, &[]).iter().any(|fault| fault == "unknown-theme shirube.yaml:1:8"));
}

#[test]
fn output_folders_never_cover_sources() {
    let site = TestSite::new(&[("content/a.md", "# A\n"), ("content/sub/b.md", "# B\n")]);
    let before = site.tree("");
    for out in ["..", ".", "content", "content/sub", "content/new", "locales/..", "shirube.yaml"] {
        let done = site.run(&["build", "--out", out]);
        assert_eq!(done.code(), 1, "--out {out}: {}", done.err());
        assert!(done.err().contains("unsafe-output"), "--out {out}: {}", done.err());
    }
    let after = site.tree("");
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    site.write("taken/letter.txt", "私の");
    let done = site.run(&["build", "--out", "taken"]).expect(1);
    assert!(done.err().contains("foreign-output") && done.err().contains("letter.txt"));
    assert_eq!(site.read("taken/letter.txt"), "私の");
    site.run(&["build"]).expect(0);
    site.write("public/mine.txt", "x");
    site.run(&["build"]).expect(1);
    assert_eq!(site.read("public/mine.txt"), "x");
}

#[test]
fn content_is_never_markup_or_script() {
    let text = "---\ntitle: \"<script>alert(1)</script> & </title>\"\ntags: [\"<b>\"]\n---\n\n\
        <script>alert(2)</script>\n\n<img src=x onerror=alert(3)>\n\n[x](javascript:alert(4))\n\n\
        <a href=\"JaVaScRiPt:alert(5)\">y</a>\n\n<div style=\"position:fixed;background:url(http://e.example/)\">z</div>\n\n\
        ```html title=\"<i>\"\n<script>alert(6)</script>\n```\n\n| <b | \"onmouseover=alert(7) |\n|--|--|\n| 1 | 2 |\n\n\
        <iframe src=\"https://e.example\"></iframe>\n\n<svg onload=alert(8)></svg>\n";
    let site = TestSite::new(&[("content/a.md", text)]);
    site.run(&["build"]);
    let page = site.read("public/a/index.html");
    for bad in [
        "<script>alert",
        "onerror=",
        "href=\"javascript:",
        "src=\"javascript:",
        "position:fixed",
        "<iframe",
        "onload=",
        "style=\"",
    ] {
        let shown = page.to_lowercase();
        assert!(!shown.contains(&bad.to_lowercase()), "{bad} in {page}");
    }
    assert!(page.contains("&lt;</i>") || page.contains("&lt;script"), "code is shown, escaped");
}
