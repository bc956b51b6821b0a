//! The preview as it runs: it shows what is saved, keeps what was good, and ends for nothing
//! but its writer.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::TestSite;

/// How long a preview may take for anything that it must do.
const PATIENCE: Duration = Duration::from_secs(30);

/// A preview of a site, and one who listens to it.
struct Preview {
    site: TestSite,
    child: Child,
    port: u16,
    events: BufReader<TcpStream>,
}

impl Preview {
    fn of(site: TestSite) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shirube"))
            .args(["serve", "--lang", "en", "--date", "2026-04-01"])
            .current_dir(site.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.as_mut().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("an address");
        let port = line.trim().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok()).expect("the first line is the address");
        let events = BufReader::new(ask(port, "/_shirube/events?page=/", "keep-alive"));
        let mut preview = Self { site, child, port, events };
        preview.news(|news| news["version"] != 0);
        preview
    }

    /// The next news that `wanted` is true of.
    fn news(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            // Comments keep the connection alive and say nothing.
            assert!(began.elapsed() < PATIENCE, "no news of this kind");
            let mut line = String::new();
            let read = self.events.read_line(&mut line);
            assert!(read.expect("news come in time") > 0, "the preview has ended");
            let Some(data) = line.strip_prefix("data:") else { continue };
            let news: Value = serde_json::from_str(data).expect("news are JSON");
            if wanted(&news) {
                return news;
            }
        }
    }

    /// The status and the body at a path.
    fn get(&self, path: &str) -> (u16, String) {
        let mut answer = Vec::new();
        ask(self.port, path, "close").read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status.expect("a status"), body.to_owned())
    }

    /// Whether the page at a path holds a text, as soon as news have come that show it.
    fn shows(&mut self, path: &str, text: &str) {
        while !self.get(path).1.contains(text) {
            self.news(|_| true);
        }
    }

    /// What was said on the error stream; ends the preview.
    fn said(mut self) -> String {
        self.child.kill().expect("it runs");
        let mut said = String::new();
        let stream = self.child.stderr.as_mut().expect("a pipe");
        stream.read_to_string(&mut said).expect("messages are UTF-8");
        said
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(port: u16, path: &str, connection: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the preview listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a stream has timeouts");
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: {connection}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("the preview reads");
    stream
}

fn site() -> TestSite {
    TestSite::new(&[
        ("content/index.md", "---\ntitle: 窓口\n---\n[手引き](a/one.md)\n"),
        ("content/a/one.md", "---\ntitle: 一つ目\n---\n## 手順\n\n本文です。\n"),
    ])
}

const BROKEN: fn(&Value) -> bool = |news| news["broken"] == true;
const MENDED: fn(&Value) -> bool = |news| news["broken"] == false;

#[test]
fn what_cannot_be_shown_leaves_the_last_good_pages_until_it_is_mended() {
    let mut preview = Preview::of(site());
    let good = "---\ntitle: 一つ目\n---\n本文を直した。\n";
    preview.site.write("content/a/one.md", "---\ntitle: 一つ");
    preview.news(BROKEN);
    let page = preview.get("/a/one/");
    assert!(page.1.contains("本文です。"), "{page:?}");
    let (status, panel) = preview.get("/_shirube/problems?page=/a/one/");
    assert!(status == 200 && panel.contains("data-broken=\"true\""), "{panel}");
    preview.site.write("content/a/one.md", good);
    preview.news(MENDED);
    preview.shows("/a/one/", "本文を直した。");
    let said = preview.said();
    assert!(said.contains("the last good pages stay") && said.contains("mended"), "{said}");
}

#[test]
fn settings_that_cannot_be_read_leave_those_of_before_and_edits_go_on() {
    let mut preview = Preview::of(site());
    preview.site.write("shirube.yaml", "locales: [ja, en\ntitle: 別\n");
    let news = preview.news(|news| news["errors"] != 0);
    assert_eq!((&news["errors"], &news["broken"]), (&Value::from(1), &Value::from(false)));
    preview.site.write("content/a/one.md", "---\ntitle: 一つ目\n---\n進む。\n");
    preview.shows("/a/one/", "進む。");
    assert!(preview.get("/en/").1.contains("窓口"));
    preview.site.write("shirube.yaml", "locales: [ja, en]\ntitle: 新しい窓口\n");
    preview.news(|news| news["errors"] == 0);
    preview.shows("/en/", "新しい窓口");
    assert!(preview.said().contains("the last good settings stay"));
}

#[test]
fn guides_come_and_go_and_folders_with_them() {
    let mut preview = Preview::of(site());
    preview.site.write("content/new/deep/two.md", "---\ntitle: 二つ目\n---\n新しい。\n");
    preview.shows("/new/deep/two/", "新しい。");
    preview.shows("/new/", "deep");
    fs::rename(preview.site.path("content/new"), preview.site.path("content/moved"))
        .expect("a rename");
    preview.shows("/moved/deep/two/", "新しい。");
    assert_eq!(preview.get("/new/deep/two/").0, 404);
    fs::remove_file(preview.site.path("content/moved/deep/two.md")).expect("it is there");
    while preview.get("/moved/deep/two/").0 != 404 {
        preview.news(|_| true);
    }
    // A file that is no text, and then one again.
    preview.site.write("content/a/one.md", [0xff, 0xfe, 0x00, 0xd8, 0xff]);
    preview.news(BROKEN);
    preview.site.write("content/a/one.md", "---\ntitle: 一つ目\n---\n戻った。\n");
    preview.news(MENDED);
    preview.shows("/a/one/", "戻った。");
}

#[test]
fn the_folder_of_guides_may_go_and_come_back() {
    let mut preview = Preview::of(site());
    let (own, away) = (preview.site.path("content"), preview.site.path("away"));
    fs::rename(&own, &away).expect("a rename");
    preview.news(|news| news["errors"] != 0);
    assert!(preview.get("/a/one/").1.contains("本文です。"));
    fs::remove_file(away.join("a/one.md")).expect("it is there");
    fs::write(away.join("a/two.md"), "---\ntitle: 二\n---\n二つ目。\n").expect("a file");
    fs::rename(&away, &own).expect("a rename");
    preview.shows("/a/two/", "二つ目。");
    assert_eq!(preview.get("/a/one/").0, 404);
}

#[test]
fn many_files_at_once_end_as_they_are() {
    let mut preview = Preview::of(site());
    for n in 0..400 {
        preview.site.write(
            &format!("content/many/g{n}.md"),
            format!("---\ntitle: 手引き{n}\n---\n第{n}。\n"),
        );
    }
    preview.shows("/many/g399/", "第399。");
    preview.shows("/many/g0/", "第0。");
    fs::remove_dir_all(preview.site.path("content/many")).expect("it is there");
    while preview.get("/many/g0/").0 != 404 {
        preview.news(|_| true);
    }
    assert!(preview.get("/a/one/").1.contains("本文です。"));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_told_and_ends_nothing() {
    let mut preview = Preview::of(site());
    let link = preview.site.path("content/a/loop");
    std::os::unix::fs::symlink(preview.site.path("content"), &link).expect("a link");
    preview.news(BROKEN);
    assert!(preview.get("/a/one/").1.contains("本文です。"));
    fs::remove_file(link).expect("it is there");
    assert_eq!(preview.get("/_shirube/").0, 200);
    assert!(preview.said().contains("leads back"));
}

#[test]
fn search_the_dashboard_and_the_rules_are_there_and_in_no_build() {
    let mut preview = Preview::of(site());
    let (status, first) = preview.get("/search-index/ja/index.js");
    assert!(status == 200 && first.contains("shirubeIndex"), "{first}");
    preview.site.write("content/a/one.md", "---\ntitle: 合言葉\n---\n本文。\n");
    preview.shows("/a/one/", "合言葉");
    let (_, second) = preview.get("/search-index/ja/index.js");
    assert!(first != second, "the index follows");
    let (status, dashboard) = preview.get("/_shirube/");
    assert!(status == 200 && dashboard.contains("合言葉"), "{dashboard}");
    assert_eq!(preview.get("/_shirube/rules/broken-link").0, 200);
    preview.site.run(&["build", "--out", "out"]);
    let files = preview.site.tree("out");
    assert!(files.contains_key("a/one/index.html"));
    for (path, bytes) in files {
        assert!(!path.contains("_shirube"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("_shirube"), "{path}");
    }
}

#[test]
fn a_port_in_use_is_said_when_it_was_asked_for() {
    let preview = Preview::of(site());
    let port = preview.port.to_string();
    let done = preview.site.run(&["serve", "--port", &port, "--lang", "en"]);
    assert_eq!(done.code(), 2);
    assert!(done.err().contains(&port), "{}", done.err());
}
