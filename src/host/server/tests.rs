use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::*;
use crate::paths::SitePath;

/// Files in memory; `panic.html` is a fault of the program.
struct Files(BTreeMap<&'static str, &'static str>);

impl Show for Files {
    fn file(&self, path: &OutputPath) -> Option<Output> {
        assert!(path.as_str() != "panic.html", "while a test runs");
        if path.as_str() == "film.mp4" {
            return SitePath::new("film.mp4").map(Output::Copy);
        }
        self.0.get(path.as_str()).map(|text| Output::Write(text.as_bytes().to_vec()))
    }

    fn own(&self, path: &str, query: &str) -> Option<(&'static str, Vec<u8>)> {
        (path == "problems").then(|| ("text/plain", format!("asked: {query}").into_bytes()))
    }
}

fn serve() -> (Arc<Stage>, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let film: Vec<u8> = (0..5_000_000_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(folder.path().join("film.mp4"), film).expect("a file");
    let files = [
        ("index.html", "<html><head></head><body>頁</body></html>"),
        ("a/index.html", "<html><head></head><body>a</body></html>"),
        ("404.html", "<html><head></head><body>ない</body></html>"),
        ("en/404.html", "<html><head></head><body>nothing</body></html>"),
        ("x.txt", "0123456789"),
    ];
    // Port 0 is a free one.
    let show = Arc::new(Files(files.into_iter().collect()));
    let stage = start(folder.path().to_owned(), Some(0), show).expect("a server");
    stage.tell(News { version: 1, ..News::default() });
    (stage, folder)
}

fn open(stage: &Stage, method: &str, path: &str, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", stage.port())).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
    let host = format!("Host: 127.0.0.1:{}", stage.port());
    write!(stream, "{method} {path} HTTP/1.1\r\n{host}\r\n{more}\r\n").expect("a request");
    stream
}

/// The head and the body of an answer.
fn ask(stage: &Stage, method: &str, path: &str, more: &str) -> (String, Vec<u8>) {
    let mut stream = open(stage, method, path, &format!("Connection: close\r\n{more}"));
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("an answer");
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8(all[..end].to_vec()).expect("a head is ASCII");
    (head.to_ascii_lowercase(), all[end..].to_vec())
}

fn status(stage: &Stage, path: &str) -> String {
    ask(stage, "GET", path, "").0[9..12].to_owned()
}

fn tag(head: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix("etag: "));
    line.expect("an answer has a tag").to_owned()
}

#[test]
fn pages_have_the_script_and_files_are_as_they_are() {
    let (stage, _folder) = serve();
    let (head, body) = ask(&stage, "GET", "/", "");
    let body = String::from_utf8(body).expect("text");
    assert!(body.starts_with("<html><head><script src=\"/_shirube/preview.js\""), "{body}");
    assert!(body.ends_with("</script></head><body>頁</body></html>"), "{body}");
    assert!(head.contains("text/html") && head.contains("cache-control: no-cache"), "{head}");
    let (head, body) = ask(&stage, "GET", "/x.txt", "");
    assert_eq!(body, b"0123456789");
    assert!(head.contains("content-length: 10\r\n"), "{head}");
    let (head, body) = ask(&stage, "HEAD", "/x.txt", "");
    assert!(body.is_empty() && head.contains("content-length: 10\r\n"), "{head}");
    let (head, _) = ask(&stage, "GET", "/a?q=1", "");
    assert!(head.contains("location: /a/?q=1"), "{head}");
}

#[test]
fn what_is_missing_is_said_by_the_nearest_page() {
    let (stage, _folder) = serve();
    let body = |path: &str| {
        let (head, body) = ask(&stage, "GET", path, "");
        assert!(head.starts_with("http/1.1 404"), "{head}");
        String::from_utf8(body).expect("text")
    };
    assert!(body("/b/c/").contains("ない"));
    assert!(body("/en/b/c/").contains("nothing"));
    assert!(body("/english/").contains("ない"));
    assert!(body("/../../etc/passwd").contains("ない"));
}

#[test]
fn a_file_that_is_had_already_is_not_sent_again() {
    let (stage, _folder) = serve();
    for path in ["/x.txt", "/", "/film.mp4", "/_shirube/problems?page=/a/"] {
        let (head, _) = ask(&stage, "GET", path, "");
        let had = format!("If-None-Match: \"other\", {}\r\n", tag(&head));
        let (again, body) = ask(&stage, "GET", path, &had);
        assert!(again.starts_with("http/1.1 304") && body.is_empty(), "{again}");
        assert_eq!(tag(&again), tag(&head));
    }
}

#[test]
fn parts_of_files_are_sent_short_and_long() {
    let (stage, _folder) = serve();
    let (head, body) = ask(&stage, "GET", "/x.txt", "Range: bytes=2-4\r\n");
    assert!(head.starts_with("http/1.1 206") && head.contains("bytes 2-4/10"), "{head}");
    assert_eq!(body, b"234");
    let (head, _) = ask(&stage, "GET", "/x.txt", "Range: bytes=20-\r\n");
    assert!(head.starts_with("http/1.1 416") && head.contains("bytes */10"), "{head}");
    let (head, body) = ask(&stage, "GET", "/x.txt", "Range: bytes=2-4\r\nIf-Range: \"old\"\r\n");
    assert!(head.starts_with("http/1.1 200") && body.len() == 10, "{head}");
    let (head, body) = ask(&stage, "GET", "/film.mp4", "Range: bytes=1000000-1999999\r\n");
    assert!(head.contains("content-length: 1000000\r\n"), "{head}");
    assert_eq!(body.len(), 1_000_000);
    assert!(body.iter().zip(1_000_000_u32..).all(|(byte, n)| u32::from(*byte) == n % 251));
    let (_, body) = ask(&stage, "GET", "/film.mp4", "");
    assert_eq!(body.len(), 5_000_000);
}

/// Nothing until it is there.
struct Late(std::sync::Mutex<bool>, std::sync::mpsc::Sender<()>);

impl Show for Late {
    fn file(&self, path: &OutputPath) -> Option<Output> {
        let is_there = *self.0.lock().expect("nothing panics while it holds the lock");
        // The test may have ended.
        let _ = self.1.send(());
        (is_there && path.as_str() == "index.html").then(|| Output::Write(b"first".to_vec()))
    }

    fn own(&self, _: &str, _: &str) -> Option<(&'static str, Vec<u8>)> {
        None
    }
}

#[test]
fn who_comes_too_early_is_answered_when_there_is_something() {
    let (asking, asked) = std::sync::mpsc::channel();
    let show = Arc::new(Late(std::sync::Mutex::new(false), asking));
    let stage = start(PathBuf::new(), Some(0), Arc::<Late>::clone(&show)).expect("a server");
    let early = open(&stage, "GET", "/", "Connection: close\r\n");
    // For the page, and for the one that says what is missing.
    for _ in 0..2 {
        asked.recv_timeout(Duration::from_secs(10)).expect("it is asked for");
    }
    let more = asked.recv_timeout(Duration::from_millis(200));
    assert!(more.is_err(), "nothing is asked again before there are news");
    *show.0.lock().expect("nothing panics while it holds the lock") = true;
    stage.tell(News { version: 1, ..News::default() });
    let mut answer = String::new();
    { early }.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("first"), "{answer}");
    assert_eq!(status(&stage, "/other/"), "404");
}

#[test]
fn a_fault_of_the_program_is_an_answer_and_no_end() {
    let (stage, _folder) = serve();
    assert_eq!(status(&stage, "/panic.html"), "500");
    assert_eq!(status(&stage, "/"), "200");
}

#[test]
fn what_is_its_own_is_kept_from_other_pages() {
    let (stage, _folder) = serve();
    let (head, body) = ask(&stage, "GET", "/_shirube/problems?page=/a/", "");
    assert_eq!(body, b"asked: page=/a/");
    assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
    assert_eq!(status(&stage, "/_shirube/other"), "404");
    assert!(ask(&stage, "GET", "/_shirube", "").0.contains("location: /_shirube/\r\n"));
    let (head, _) = ask(&stage, "GET", "/_shirube/events", "Sec-Fetch-Site: cross-site\r\n");
    assert!(head.starts_with("http/1.1 403"), "{head}");
}

/// Reads events until one holds `text`.
fn heard(stream: &mut TcpStream, text: &str) -> String {
    let mut all = String::new();
    let mut piece = [0; 1024];
    while !all.contains(text) {
        let read = stream.read(&mut piece).expect("events within the limit");
        assert!(read > 0, "the events ended with: {all}");
        all.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
    all
}

#[test]
fn browsers_hear_of_news_and_say_where_they_are() {
    let (stage, _folder) = serve();
    stage.tell(News { version: 7, warnings: 2, ..News::default() });
    let mut first = open(&stage, "GET", "/_shirube/events?page=/a/", "");
    let told = heard(&mut first, "\"version\":7");
    assert!(told.contains("\"warnings\":2") && told.contains("\"pages\":7"), "{told}");
    assert_eq!(stage.watched(), ["/a/"]);
    let mut second = open(&stage, "GET", "/_shirube/events?page=/b/", "");
    heard(&mut second, "\"version\":7");
    assert_eq!(stage.watched(), ["/b/", "/a/"]);
    let (head, body) = ask(&stage, "GET", "/_shirube/news", "");
    let body = String::from_utf8(body).expect("text");
    assert!(head.contains("application/json") && body.contains("\"version\":7"), "{body}");
    stage.tell(News { version: 8, ..News::default() });
    heard(&mut first, "\"version\":8");
    heard(&mut second, "\"version\":8");
    drop(second);
    // The server learns that a browser has gone when it next looks at the connection.
    for _ in 0..500 {
        if stage.watched() == ["/a/"] {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{:?}", stage.watched());
}
