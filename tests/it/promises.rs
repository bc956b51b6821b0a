//! What the manual promises: same in, same out; nothing half done; nothing leaked.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use crate::cli::TestSite;

/// A site with something of everything.
fn rich() -> TestSite {
    let site = TestSite::new(&[
        (
            "shirube.yaml",
            "locales: [ja, en]\ntitle: 窓口\nbase_url: https://x.example/help/\naudiences: [staff, admins]\n",
        ),
        ("content/index.md", "---\ntitle: 窓口\n---\nようこそ。\n"),
        ("content/s/index.md", "---\ntitle: 章\norder: 2\n---\n"),
    ]);
    for n in 0..40 {
        let text = format!(
            "---\ntitle: 手引き {n}\ndate: 2024-{:02}-11\ntags: [t{}, 共通]\n---\n\n## 手順\n\n1. [前](g{}.md#手順)\n2. 無い [x](none{n}.md)\n\n```json\n{{\"n\": {n}}}\n```\n\n<p style=\"color:red\">赤{n}</p>\n",
            n % 12 + 1,
            n % 5,
            (n + 39) % 40,
        );
        site.write(&format!("content/s/g{n}.md"), text);
        if n % 3 == 0 {
            site.write(
                &format!("content/s/g{n}.en.md"),
                format!("---\ntitle: Guide {n}\n---\n\n## Steps\n\nText {n}.\n"),
            );
        }
    }
    site
}

#[test]
fn output_and_messages_are_the_same_for_any_number_of_threads() {
    let site = rich();
    let run = |threads: &str, out: &str| {
        let output = crate::cli::program()
            .args(["build", "--out", out, "--date", "2025-01-01"])
            .current_dir(site.root())
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .expect("the program starts");
        String::from_utf8_lossy(&output.stderr).replace(out, "OUT")
    };
    let said = [run("1", "out-1"), run("2", "out-2"), run("16", "out-16")];
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2]);
    assert!(said[0].contains("none39.md"));
    assert_eq!(site.tree("out-1"), site.tree("out-2"));
    assert_eq!(site.tree("out-1"), site.tree("out-16"));
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let site = rich();
    site.run(&["build", "--out", "first", "--date", "2025-01-01"]);
    let other = TestSite::new(&[]);
    let files: BTreeMap<String, Vec<u8>> = site.tree("content");
    for (path, bytes) in files.iter().rev() {
        other.write(&format!("content/{path}"), bytes);
    }
    other.write("shirube.yaml", site.read("shirube.yaml"));
    other.run(&["build", "--out", "first", "--date", "2025-01-01"]);
    assert_eq!(site.tree("first"), other.tree("first"));
}

#[test]
fn a_second_build_without_notes_writes_nothing() {
    let site = rich();
    site.run(&["build", "--date", "2025-01-01"]);
    let stamp = |site: &TestSite| {
        std::fs::metadata(site.path("public/s/g1/index.html"))
            .and_then(|data| data.modified())
            .expect("a time")
    };
    let before = (site.tree("public"), stamp(&site));
    std::fs::remove_dir_all(site.path(".shirube")).expect("the notes");
    let done = site.run(&["build", "--date", "2025-01-01", "--stats"]);
    assert!(done.out().contains("\"files_written\":0"), "{}", done.out());
    assert_eq!(before, (site.tree("public"), stamp(&site)));
}

#[test]
fn an_edit_changes_the_files_that_it_must() {
    let site = rich();
    site.run(&["build", "--date", "2025-01-01"]);
    let before = site.tree("public");
    let text = site.read("content/s/g7.md");
    site.write("content/s/g7.md", text.replace("赤7", "青七"));
    site.run(&["build", "--date", "2025-01-01"]);
    let after = site.tree("public");
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.iter().any(|path| *path == "s/g7/index.html"));
    let pages = changed.iter().filter(|path| path.ends_with("index.html"));
    assert!(pages.clone().count() <= 12, "{changed:?}");
}

#[test]
fn outputs_touched_by_others_are_mended() {
    let site = rich();
    site.run(&["build", "--date", "2025-01-01"]);
    let before = site.tree("public");
    site.write("public/s/g1/index.html", "偽物");
    std::fs::remove_file(site.path("public/s/g2/index.html")).expect("a page");
    site.run(&["build", "--date", "2025-01-01"]);
    assert_eq!(site.tree("public"), before);
}

/// Kills builds at many moments: the published folder is always one of the two whole sites.
#[test]
fn killed_builds_leave_a_whole_site() {
    let site = rich();
    site.run(&["build", "--date", "2025-01-01"]);
    let old = site.tree("public");
    let text = site.read("content/s/index.md");
    site.write("content/s/index.md", text.replace("章", "新しい章"));
    site.run(&["build", "--out", "new", "--date", "2025-01-01"]);
    let new = site.tree("new");
    assert_ne!(old, new);
    for step in 0..12u64 {
        let mut child = crate::cli::program()
            .args(["build", "--date", "2025-01-01"])
            .current_dir(site.root())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let deadline = Duration::from_millis(step * step * 3);
        wait(&mut child, deadline);
        // It may have ended by itself by now.
        let _ = child.kill();
        child.wait().expect("it ends");
        let found = site.tree("public");
        assert!(found == old || found == new, "a half site after {deadline:?}");
    }
    site.run(&["build", "--date", "2025-01-01"]);
    assert_eq!(site.tree("public"), new);
    let left: Vec<_> = std::fs::read_dir(site.root())
        .expect("the site")
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("shirube-next")), "{left:?}");
}

/// Waits for the end of a process or of the time given.
fn wait(child: &mut std::process::Child, time: Duration) {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let _ = receiver.recv_timeout(time);
    drop(sender);
    let _ = child.try_wait();
}

#[test]
fn hidden_guides_leave_no_trace() {
    let site = rich();
    site.write("content/s/draft.md", "---\ntitle: 極秘計画X\ntags: [隠れたタグ]\ndraft: true\n---\n極秘計画X\n![絵](draft/secret-plan.txt)\n");
    site.write("content/s/draft/secret-plan.txt", "極秘計画X");
    site.write(
        "content/s/later.md",
        "---\ntitle: 極秘計画X\npublish: 2030-01-01\n---\n極秘計画X\n",
    );
    site.write("content/s/gone.md", "---\ntitle: 極秘計画X\nexpires: 2024-12-31\n---\n極秘計画X\n");
    site.write("content/s/only.md", "---\ntitle: 極秘計画X\naudience: [admins]\n---\n極秘計画X\n");
    site.write("content/t/index.md", "---\ntitle: 極秘計画X\naudience: [staff]\n---\n");
    site.write("content/t/inner.md", "---\ntitle: 極秘計画X\n---\n極秘計画X\n");
    site.write("content/s/g1.en.md", "---\ntitle: 極秘計画X\ndraft: true\n---\n極秘計画X\n");
    let config = site.read("shirube.yaml");
    for assets in ["referenced", "all"] {
        site.write("shirube.yaml", format!("{config}assets: {assets}\n"));
        let done = site.run(&["build", "--date", "2025-01-01"]);
        assert!(done.code() <= 1);
        for (path, bytes) in site.tree("public") {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("極秘計画X") && !text.contains("隠れたタグ"), "in {path}");
            assert!(!text.contains("secret-plan") && !path.contains("secret-plan"), "in {path}");
            assert!(
                !path.contains("draft") && !path.contains("later") && !path.starts_with("t/"),
                "{path}"
            );
        }
    }
    let done =
        site.run(&["build", "--date", "2025-01-01", "--drafts", "--audience", "staff,admins"]);
    assert!(done.code() <= 1);
    for path in ["s/draft/index.html", "s/only/index.html", "t/inner/index.html"] {
        assert!(site.path(&format!("public/{path}")).exists(), "{path}");
    }
    site.write("content/s/link.md", "# L\n\n[見る](only.md)\n");
    let found = site.run(&["check", "--format", "json", "--date", "2025-01-01"]).diagnostics();
    assert!(found.contains(&"hidden-target content/s/link.md:3:6".to_owned()), "{found:?}");
    site.run(&["build", "--audience", "nobody"]).expect(1);
}

#[test]
fn hidden_texts_are_not_included_and_hidden_guides_not_linked_in_the_foot() {
    let site = TestSite::new(&[
        (
            "shirube.yaml",
            "locales: [ja]\naudiences: [staff]\nfooter:\n  links:\n    - { text: 計画, url: plan.md }\n",
        ),
        ("content/plan.md", "---\ntitle: 極秘計画X\naudience: staff\n---\n極秘計画X\n"),
        ("content/plan/_part.md", "極秘計画X\n"),
        (
            "content/index.md",
            "# 窓口\n\n:::include{file=\"plan/_part.md\"}\n\n:::include{file=\"plan.md\"}\n",
        ),
    ]);
    let found = site.run(&["check", "--format", "json"]).diagnostics();
    assert!(found.contains(&"hidden-target shirube.yaml:5:24".to_owned()), "{found:?}");
    assert_eq!(found.iter().filter(|fault| fault.starts_with("include-missing")).count(), 2);
    site.run(&["build"]);
    for (path, bytes) in site.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("極秘計画X") && !text.contains("href=\"plan"), "in {path}");
    }
}

#[test]
fn two_builds_at_once_take_turns() {
    let site = rich();
    let start = || {
        crate::cli::program()
            .args(["build", "--date", "2025-01-01"])
            .current_dir(site.root())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    };
    let mut both = [start(), start()];
    for child in &mut both {
        let code = child.wait().expect("it ends").code();
        assert_eq!(code, Some(1), "dead links are errors at a place");
    }
    assert!(site.path("public/s/g1/index.html").exists());
}

#[test]
fn the_front_page_and_the_filters_of_the_search_do_not_grow_with_the_site() {
    let site = TestSite::new(&[
        ("shirube.yaml", "title: T\ntheme: ours\n"),
        ("content/index.md", "---\ntitle: T\n---\n"),
        ("themes/ours/theme.yaml", "pages: { front: wide.html, search: wide.html }\n"),
        ("themes/ours/assets/search-engine.js", ""),
        (
            "themes/ours/templates/wide.html",
            "{% if front %}{% for card in front.sections %}card {{ card.title }}\n{% endfor %}{% endif %}{% if search %}{% for link in search.sections %}section {{ link.title }}\n{% endfor %}{% for tag in search.tags %}tag {{ tag.title }}\n{% endfor %}{% endif %}",
        ),
    ]);
    for n in 0..120 {
        let tags =
            if n % 2 == 0 { format!("[t{n:03}, u{n:03}]") } else { format!("[t{:03}]", n - 1) };
        site.write(&format!("content/s{n:03}/a.md"), format!("---\ntitle: A\ntags: {tags}\n---\n"));
    }
    site.run(&["build"]);
    let lines = |page: &str, start: &str| {
        let page = site.read(page);
        page.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect::<Vec<_>>()
    };
    let cards = lines("public/index.html", "card ");
    assert_eq!((cards.len(), cards.last().map(String::as_str)), (60, Some("card s059")));
    assert_eq!(lines("public/search/index.html", "section ").len(), 100);
    let tags = lines("public/search/index.html", "tag ");
    assert_eq!(tags.len(), 100);
    assert!(tags.is_sorted(), "{tags:?}");
    // All that two guides carry, and of the others the first.
    assert_eq!(tags.iter().filter(|tag| tag.starts_with("tag t")).count(), 60);
    assert_eq!(tags.last().map(String::as_str), Some("tag u078"));
}
