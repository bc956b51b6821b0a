//! The program as scripts meet it: exit codes, streams, contracts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A site in a temporary folder.
pub(crate) struct TestSite {
    folder: tempfile::TempDir,
}

impl TestSite {
    /// A site of these files; `shirube.yaml` is empty unless it is among them.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        site.write("shirube.yaml", "locales: [ja, en]\ntitle: 窓口\n");
        files.iter().for_each(|(path, text)| site.write(path, text));
        site
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        let output = program()
            .args(arguments)
            .current_dir(self.root())
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("the program starts");
        Done(output)
    }

    /// The files below `folder`, by path.
    pub(crate) fn tree(&self, folder: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
        let base = self.path(folder);
        let mut found = std::collections::BTreeMap::new();
        let mut open = vec![base.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name =
                        path.strip_prefix(&base).expect("below").to_string_lossy().into_owned();
                    found.insert(name, fs::read(path).expect("a readable file"));
                }
            }
        }
        found
    }
}

/// The program in English, whatever the language of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_shirube"));
    program.env("LC_ALL", "C.UTF-8");
    program
}

/// What a run gave.
pub(crate) struct Done(Output);

impl Done {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().unwrap_or_else(|| panic!("killed: {}", self.err()))
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Asserts the exit code, showing the messages when it is another.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code(), code, "{}", self.err());
        self
    }

    /// The diagnostics of `check --format json`, as `code file:line:column`.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        let line = |line: &str| {
            let fault: Value = serde_json::from_str(line).expect("one object a line");
            let file = fault["file"].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {file}:{}:{}",
                fault["code"].as_str().expect("a code"),
                fault["line"],
                fault["column"]
            )
        };
        self.out().lines().map(line).collect()
    }
}

const GUIDE: &str = "---\ntitle: 手順\ndate: 2024-03-05\n---\n\n本文です。\n";

#[test]
fn a_clean_site_is_built_and_said_in_one_line() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    let done = site.run(&["build"]).expect(0);
    assert_eq!(done.out(), "");
    assert!(done.err().contains("pages in"), "{}", done.err());
    assert!(site.read("public/a/index.html").contains("<html lang=\"ja\""));
    assert!(site.read("public/en/a/index.html").contains("<html lang=\"en\""));
}

#[test]
fn faults_at_a_place_are_written_and_counted() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n[無い](b.md) と ![図](x.png)\n")]);
    let done = site.run(&["build"]).expect(1);
    assert!(done.err().contains("content/a.md:3:1"), "{}", done.err());
    assert!(site.read("public/a/index.html").contains("無い"));
    let strict = site.run(&["build", "--strict", "--out", "other"]).expect(1);
    assert!(strict.err().contains("nothing was replaced"), "{}", strict.err());
    assert!(!site.path("other").exists());
}

#[test]
fn faults_of_the_whole_keep_the_former_site() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    site.run(&["build"]).expect(0);
    let before = site.tree("public");
    site.write("content/a.md", "---\ntitle: [\n---\n新しい\n");
    site.write("content/b.md", "---\ntitle: B\ntitle: B\n---\n");
    let done = site.run(&["build"]).expect(1);
    assert!(done.err().contains("content/a.md") && done.err().contains("duplicate-key"));
    assert_eq!(site.tree("public"), before);
}

#[test]
fn without_a_site_nothing_runs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = program()
        .args(["build", "--site"])
        .arg(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    let site = TestSite::new(&[]);
    site.run(&["build", "--date", "きのう"]).expect(2);
    site.run(&["frobnicate"]).expect(2);
}

#[test]
fn json_has_the_agreed_fields() {
    let site =
        TestSite::new(&[("content/a.md", "---\ntitle: A\n---\n日本語の[リンク](無い.md)\n")]);
    let done = site.run(&["check", "--format", "json"]).expect(1);
    let text = done.out();
    let fault: Value = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("one object a line"))
        .find(|fault| fault["code"] == "broken-link")
        .expect("a broken link");
    assert_eq!(fault["severity"], "error");
    assert_eq!(fault["file"], "content/a.md");
    assert_eq!((fault["line"].as_u64(), fault["column"].as_u64()), (Some(4), Some(11)));
    assert_eq!((fault["end_line"].as_u64(), fault["end_column"].as_u64()), (Some(4), Some(16)));
    let (start, end) =
        (fault["start"].as_u64().expect("bytes"), fault["end"].as_u64().expect("bytes"));
    let source = site.read("content/a.md");
    let range = usize::try_from(start).expect("small")..usize::try_from(end).expect("small");
    assert_eq!(&source[range], "無い.md");
    assert!(fault["help"].is_string());
    assert!(!site.path("public").exists());
}

#[test]
fn stats_are_the_last_line() {
    let site = TestSite::new(&[("content/a.md", GUIDE), ("content/b.md", GUIDE)]);
    let stats = |done: &Done| -> Value {
        serde_json::from_str(done.out().lines().last().expect("a line")).expect("one JSON object")
    };
    let first = stats(&site.run(&["build", "--stats"]).expect(0));
    assert_eq!(first["stages"]["parse"]["runs"], 2);
    assert!(first["files_written"].as_u64() > Some(5));
    let second = stats(&site.run(&["build", "--stats"]).expect(0));
    assert_eq!(second["files_written"], 0);
    assert_eq!(second["stages"]["parse"]["runs"], 0);
    assert_eq!(second["pages"], first["pages"]);
}

#[test]
fn messages_are_said_again_when_nothing_changed() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n[無い](b.md)\n")]);
    let first = site.run(&["build"]).expect(1);
    let second = site.run(&["build"]).expect(1);
    let faults = |done: &Done| {
        done.err()
            .lines()
            .filter(|line| line.contains("-->"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(faults(&first), faults(&second));
    assert!(second.err().contains("pages, unchanged; 1 error"));
}

#[test]
fn init_and_new_guide_make_a_site_that_builds() {
    let site = TestSite::new(&[]);
    site.run(&["init", "fresh"]).expect(0);
    site.run(&["build", "--site", "fresh", "--strict"]).expect(0);
    site.run(&["init", "fresh"]).expect(2);
    site.run(&["new", "guide", "network/vpn", "--site", "fresh"]).expect(0);
    assert!(site.path("fresh/content/network/vpn").is_dir());
    site.run(&["new", "guide", "network/vpn", "--site", "fresh"]).expect(2);
    site.run(&["new", "guide", "../x", "--site", "fresh"]).expect(2);
    site.run(&["build", "--site", "fresh", "--drafts"]).expect(0);
    assert!(site.path("fresh/public/network/vpn/index.html").exists());
    site.run(&["build", "--site", "fresh"]).expect(0);
    assert!(!site.path("fresh/public/network/vpn").exists(), "new guides are drafts");
}

#[test]
fn a_hexo_blog_keeps_its_addresses() {
    let site = TestSite::new(&[]);
    let blog = "title: 手引き\nlanguage: ja\nurl: https://x.example/blog/\nroot: /blog/\n\
                permalink: :title/\ntimezone: asia/Tokyo\npost_asset_folder: true\nsource_dir: source\n";
    site.write("blog/_config.yml", blog);
    site.write(
        "blog/source/_posts/a/b.md",
        "---\ntitle: B\ndate: 2024-3-5\ntags: Azure Monitor - Linux\n---\n一行目\n二行目\n",
    );
    site.write("blog/source/_posts/a/b/data.txt", "x");
    site.write("blog/README.md", "# readme\n");
    site.run(&["init", "--from-hexo", "blog"]).expect(0);
    site.run(&["build", "--site", "blog"]).expect(0);
    assert!(site.read("blog/public/a/b/index.html").contains("一行目<br>"));
    assert_eq!(site.read("blog/public/a/b/data.txt"), "x");
    for path in [
        "tags/Azure-Monitor-Linux/index.html",
        "archives/2024/03/index.html",
        "atom.xml",
        "sitemap.xml",
    ] {
        assert!(site.path(&format!("blog/public/{path}")).exists(), "{path}");
    }
    assert!(!site.path("blog/public/README").exists());
}

#[test]
fn a_guide_can_speak_for_the_folder_of_its_name() {
    let site = TestSite::new(&[("content/a/b.md", "# B\n"), ("content/a/b/c.md", "# C\n")]);
    site.run(&["build"]).expect(0);
    assert!(site.read("public/a/b/index.html").contains("href=\"../../a/b/c/\""));
    assert!(site.read("public/a/b/c/index.html").contains("href=\"../../../a/b/\""));
}

#[test]
fn dates_of_change_come_from_git_and_are_left_out_in_a_shallow_clone() {
    let site = TestSite::new(&[
        ("shirube.yaml", "locales: [ja]\nupdated: git\ntimezone: Asia/Tokyo\n"),
        ("content/手順.md", "# 手順\n"),
    ]);
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-C"])
            .arg(site.root())
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2024-03-31T16:00:00Z")
            .output()
            .expect("git runs");
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "content"]);
    git(&["commit", "-qm", "first"]);
    site.run(&["build"]).expect(0);
    assert!(site.read("public/手順/index.html").contains("2024-04-01"));
    git(&["commit", "-q", "--allow-empty", "-m", "second"]);
    let whole = format!("file://{}", site.root().display());
    git(&["clone", "-q", "--depth", "1", &whole, "shallow"]);
    site.write("shallow/shirube.yaml", site.read("shirube.yaml"));
    let done = site.run(&["build", "--site", "shallow"]).expect(0);
    assert!(done.err().contains("shallow-clone"), "{}", done.err());
    assert!(!site.read("shallow/public/手順/index.html").contains("2024-04-01"));
    git(&["-C", "shallow", "fetch", "-q", "--unshallow"]);
    let done = site.run(&["build", "--site", "shallow"]).expect(0);
    assert!(!done.err().contains("shallow-clone"), "{}", done.err());
    assert!(site.read("shallow/public/手順/index.html").contains("2024-04-01"));
}

#[test]
fn links_to_the_title_find_it() {
    let text = "# 題名 の話\n\n[上へ](#題名-の話) [Hexo](#題名-の話) [b](b.md#top2)\n";
    let site = TestSite::new(&[
        ("shirube.yaml", "locales: [ja]\nmarkdown: { extra_anchors: hexo }\n"),
        ("content/a.md", text),
        ("content/b.md", "# B の話 {#top2}\n\n## B の話\n"),
    ]);
    site.run(&["build"]).expect(0);
    assert!(site.read("public/a/index.html").contains("<span id=\"題名-の話\"></span>"));
    let page = site.read("public/b/index.html");
    assert!(page.contains("<span id=\"top2\"></span>") && page.contains("<h2 id=\"b-の話\">"));
}

#[test]
fn explain_knows_every_code_it_shows() {
    let site = TestSite::new(&[]);
    let listed = site.run(&["explain"]).expect(0).out();
    assert!(listed.lines().count() > 40);
    assert!(site.run(&["explain", "broken-link"]).expect(0).out().contains("broken-link"));
    let unknown = site.run(&["explain", "broken-lnk"]).expect(2);
    assert!(unknown.err().contains("`broken-link`"));
}

#[test]
fn help_names_delivered_commands_only() {
    let site = TestSite::new(&[]);
    let help = site.run(&["--help"]).expect(0).out();
    for command in ["init", "new", "build", "serve", "check", "search", "explain", "i18n"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
    for later in ["publish", "schema", "completions"] {
        assert!(!help.contains(&format!("\n  {later}")), "{later}");
    }
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n[無い](b.md)\n")]);
    let commands: [(&[&str], i32); 4] = [
        (&["check", "--format", "json"], 1),
        (&["explain"], 0),
        (&["build", "--stats"], 1),
        (&["frobnicate"], 2),
    ];
    for (arguments, code) in commands {
        let mut child = program()
            .args(arguments)
            .current_dir(site.root())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().expect("it ends").code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_site_whose_notes_cannot_be_written_is_built() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n[無い](b.md)\n"), (".shirube", "x")]);
    for _ in 0..2 {
        let done = site.run(&["build"]).expect(1);
        assert!(done.err().contains("broken-link"), "{}", done.err());
        assert_eq!(done.err().matches("\nnote: ").count(), 1, "{}", done.err());
    }
    assert!(site.read("public/a/index.html").contains("無い"));
}

#[test]
fn without_its_content_folder_a_site_is_not_replaced() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    site.run(&["build"]).expect(0);
    let before = site.tree("public");
    for settings in ["content: contents\n", "content: shirube.yaml\n"] {
        site.write("shirube.yaml", format!("locales: [ja, en]\ntitle: 窓口\n{settings}"));
        let done = site.run(&["build"]).expect(1);
        assert!(done.err().contains("the content folder `"), "{}", done.err());
        assert_eq!(site.tree("public"), before);
        let found = site.run(&["check", "--format", "json"]).expect(1).diagnostics();
        assert!(found.contains(&"unreadable-file -:null:null".to_owned()), "{found:?}");
    }
}

#[test]
fn settings_that_are_no_file_are_reported() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    let check = |site: &TestSite| {
        let found = site.run(&["check", "--format", "json"]).expect(1).diagnostics();
        assert_eq!(found[0], "unreadable-file shirube.yaml:null:null");
        fs::metadata(site.path("shirube.yaml")).expect("something").is_dir()
    };
    fs::remove_file(site.path("shirube.yaml")).expect("a file");
    site.write("shirube.yaml/inner.yaml", "title: x\n");
    assert!(check(&site));
    fs::remove_dir_all(site.path("shirube.yaml")).expect("a folder");
    if cfg!(unix) {
        let made = Command::new("mkfifo").arg(site.path("shirube.yaml")).status();
        assert!(made.expect("mkfifo runs").success());
        assert!(!check(&site));
    }
}

#[test]
fn static_files_are_copied_as_they_are() {
    let site = TestSite::new(&[
        ("content/a.md", "# A\n\n[表](a/表.yaml)\n"),
        ("static/.nojekyll", ""),
        ("static/.well-known/security.txt", "x"),
        ("static/.git/config", "x"),
        ("static/.DS_Store", "x"),
        ("content/.hidden/b.md", "# B\n"),
    ]);
    // Shift_JIS.
    let japanese: &[u8] = b"\x93\xfa\x96\x7b\x8c\xea";
    site.write("static/old/readme.md", japanese);
    site.write("static/old/data.yaml", japanese);
    site.write("content/a/表.yaml", japanese);
    site.run(&["build"]).expect(0);
    let found = site.tree("public");
    for path in ["old/readme.md", "old/data.yaml", "a/表.yaml"] {
        assert_eq!(found.get(path).map(Vec::as_slice), Some(japanese), "{path}");
    }
    assert!(found.contains_key(".nojekyll") && found.contains_key(".well-known/security.txt"));
    let unwanted = [".git", ".DS_Store", ".hidden"];
    assert!(!found.keys().any(|path| unwanted.iter().any(|part| path.contains(part))));
}

#[test]
fn folders_of_sources_are_no_output_even_before_they_exist() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    for out in ["static", "themes/x", "locales", ".shirube"] {
        let done = site.run(&["build", "--out", out]).expect(1);
        assert!(done.err().contains("unsafe-output"), "{}", done.err());
        assert!(!site.path(out).join("index.html").exists());
    }
}

#[test]
fn new_guides_have_names_that_a_build_takes() {
    let site = TestSite::new(&[("content/index.md", GUIDE)]);
    let bad =
        ["a/con", ".hidden/a", "a/.b", "_drafts/a", "a/_b", "a.en", "a.fr", "a\u{7}b", "aux.x"];
    for name in bad {
        let done = site.run(&["new", "guide", name]).expect(2);
        assert!(done.err().contains("cannot be a guide"), "{name}: {}", done.err());
    }
    assert_eq!(site.tree("content").len(), 1, "nothing was written");
    for name in ["reindex", "network/reindex", "手順/移行", "release-1.2"] {
        site.run(&["new", "guide", name]).expect(0);
        assert!(site.path(&format!("content/{name}")).is_dir(), "{name}");
    }
    site.run(&["new", "guide", "network/index"]).expect(0);
    assert!(!site.path("content/network/index").exists());
}

#[test]
fn new_template_copies_what_the_theme_below_has_and_check_compares() {
    let site = TestSite::new(&[("content/index.md", GUIDE)]);
    let err = site.run(&["new", "template", "parts/facts.html"]).expect(2).err();
    assert!(err.contains("write `theme: ours` in shirube.yaml"), "{err}");
    site.write("shirube.yaml", "locales: [ja, en]\ntitle: 窓口\ntheme: ours\n");
    let err = site.run(&["new", "template", "parts/fact.html"]).expect(2).err();
    assert!(err.contains("did you mean `parts/facts.html`?"), "{err}");
    let shown = site.run(&["new", "template", "parts/facts.html", "--print"]).expect(0).out();
    assert!(shown.starts_with("{#- copied from default/parts/facts.html "), "{shown}");
    assert!(!site.path("themes").exists(), "nothing was written");
    site.run(&["new", "template", "parts/facts.html"]).expect(0);
    let path = "themes/ours/templates/parts/facts.html";
    assert_eq!(site.read(path), shown);
    let err = site.run(&["new", "template", path]).expect(2).err();
    assert!(err.contains("exists already"), "{err}");
    site.run(&["new", "template", "components/kbd.html"]).expect(0);
    let err = site.run(&["check"]).expect(0).err();
    assert!(!err.contains("warning"), "{err}");
    site.write(path, shown.replacen(".html ", ".html 0", 1));
    let err = site.run(&["check"]).expect(0).err();
    assert!(err.contains("warning[outdated-override]"), "{err}");
    site.write("shirube.yaml", "theme: ../out\n");
    site.run(&["new", "template", "guide.html"]).expect(2);
}

#[test]
fn a_time_that_is_none_stops_the_program() {
    let site = TestSite::new(&[("content/a.md", GUIDE)]);
    for (value, code) in [("yesterday", 2), ("1711929600", 0), ("", 0)] {
        let done = program()
            .arg("build")
            .current_dir(site.root())
            .env("SOURCE_DATE_EPOCH", value)
            .output()
            .expect("the program starts");
        assert_eq!(done.status.code(), Some(code), "{done:?}");
    }
}

#[test]
fn the_level_of_broken_pictures_is_the_sites() {
    let site = TestSite::new(&[("content/a.md", "# A\n\n![図](x.png)\n")]);
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0".to_vec();
    picture.extend(b"\0\0\0\0\0\0\xff\xffIDAT");
    site.write("content/x.png", picture);
    let err = site.run(&["check"]).expect(1).err();
    assert!(err.contains("error[not-an-image]") && err.contains("is broken"), "{err}");
    site.write("shirube.yaml", "locales: [ja]\nlevels: {not-an-image: warning}\n");
    for command in ["check", "build"] {
        let err = site.run(&[command]).expect(0).err();
        assert!(err.contains("warning[not-an-image]"), "{err}");
    }
}
