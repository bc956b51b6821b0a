//! How soon the preview shows an edit: `cargo bench --bench preview -- [--pages 1000,5000]
//! [--edits 40] [--in DIR]`.
//!
//! Starts `shirube serve` on a site of so many pages in a memory file system, writes files,
//! and asks the loopback address for the page until it has the edit: milliseconds from just
//! before the write to the end of the answer. Prints the median, the 95th percentile, and
//! what the server holds in memory (where the system tells).
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench writes sites to the disk, starts programs and prints what it measured"
)]

mod site;
mod words;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// After how long an edit counts as never shown.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("run it with `cargo bench --bench preview`");
        return;
    }
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let pages = value("--pages").unwrap_or_else(|| "1000,5000".to_owned());
    let edits = value("--edits").and_then(|n| n.parse().ok()).unwrap_or(40);
    let shared = PathBuf::from("/dev/shm");
    let base = if shared.is_dir() { shared } else { std::env::temp_dir() };
    let base = value("--in").map_or(base, PathBuf::from);
    let base = base.join(format!("shirube-preview-{}", std::process::id()));
    println!("pages | what | median ms | 95 % ms | worst ms");
    for pages in pages.split(',').filter_map(|n| n.parse::<usize>().ok()) {
        let root = base.join(pages.to_string());
        site::write(&root, pages, true);
        ours(&root);
        measure(&root, pages, edits);
        fs::remove_dir_all(&root).expect("the folder was made by this run");
    }
    fs::remove_dir_all(&base).expect("the folder was made by this run");
}

/// A theme of the site's own, whose template is a copy of the default one.
fn ours(root: &Path) {
    let settings = root.join("shirube.yaml");
    let text = fs::read_to_string(&settings).expect("it was just written");
    fs::write(&settings, format!("{text}theme: ours\n")).expect("the disk has room");
    fs::create_dir_all(root.join("themes/ours")).expect("the folder can be made");
    fs::write(root.join("themes/ours/theme.yaml"), "name: ours\n").expect("the disk has room");
    let done = Command::new(env!("CARGO_BIN_EXE_shirube"))
        .args(["new", "template", "guide.html", "--site"])
        .arg(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(done.is_ok_and(|status| status.success()), "the template can be copied");
}

/// A preview that runs.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shirube"))
            .args(["serve", "--lang", "en", "--site"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let mut line = String::new();
        let out = child.stdout.as_mut().expect("the stream is a pipe");
        BufReader::new(out).read_line(&mut line).expect("the address is UTF-8");
        let port = line.trim().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok()).expect("the first line is the address");
        Self { child, port }
    }

    /// The whole answer at a path.
    fn get(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the server answers");
        answer
    }

    /// Milliseconds until the page at `path` has `mark`, from before `edit`.
    fn until(&self, path: &str, mark: &str, edit: impl FnOnce()) -> f64 {
        let began = Instant::now();
        edit();
        while !self.get(path).windows(mark.len()).any(|part| part == mark.as_bytes()) {
            assert!(began.elapsed() < PATIENCE, "{path} never had {mark}");
            std::thread::sleep(Duration::from_micros(300));
        }
        began.elapsed().as_secs_f64() * 1e3
    }

    /// Waits for the line that says that all pages are drawn.
    fn drawn(&mut self) -> String {
        let said = self.child.stderr.take().expect("the stream is a pipe");
        let mut said = BufReader::new(said);
        let mut line = String::new();
        while !line.contains(" pages in ") {
            line.clear();
            assert!(said.read_line(&mut line).expect("messages are UTF-8") > 0, "it ended");
        }
        // Nobody reads the rest, and nobody may wait for that.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        line
    }

    /// What the server holds in memory now, and what it held at most, in MiB.
    fn memory(&self) -> Option<(u64, u64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let of = |name: &str| -> Option<u64> {
            let line = status.lines().find(|line| line.starts_with(name))?;
            let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
            Some(kibibytes / 1_024)
        };
        Some((of("VmRSS:")?, of("VmHWM:")?))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn measure(root: &Path, pages: usize, edits: usize) {
    let began = Instant::now();
    let mut preview = Preview::start(root);
    let first = preview.until("/", "<html", || ());
    let first = first.max(began.elapsed().as_secs_f64() * 1e3);
    row(pages, "first page", &mut [first]);
    let all = preview.drawn();
    println!("{pages} | {}", all.trim());
    let guide = |number: usize| {
        let page = site::Page::new(number % pages);
        let file = root.join("content").join(page.section()).join(page.name() + ".md");
        (file, format!("/{}/{}/", page.section(), page.name()))
    };
    let change = |what: &str, edit: &dyn Fn(usize) -> f64| {
        let mut times: Vec<f64> = (0..edits).map(edit).collect();
        row(pages, what, &mut times);
    };
    change("body", &|turn| {
        let (file, url) = guide(turn * 37 + 3);
        let text = fs::read_to_string(&file).expect("it is a guide");
        let mark = format!("mark-of-body-{turn}");
        preview.until(&url, &mark, || put(&file, &format!("{text}\n{mark}\n")))
    });
    change("title", &|turn| {
        let (file, url) = guide(turn * 41 + 7);
        let text = fs::read_to_string(&file).expect("it is a guide");
        let mark = format!("mark-of-title-{turn}");
        let title = text.lines().find(|line| line.starts_with("title:")).expect("it has one");
        let new = text.replacen(title, &format!("title: {mark}"), 1);
        // The guides beside it name it.
        let (_, beside) = guide(turn * 41 + 8);
        let shown = if beside.rsplit('/').nth(2) == url.rsplit('/').nth(2) { beside } else { url };
        preview.until(&shown, &mark, || put(&file, &new))
    });
    let template = root.join("themes/ours/templates/guide.html");
    let original = fs::read_to_string(&template).expect("it was copied");
    change("template", &|turn| {
        let (_, url) = guide(5);
        let mark = format!("mark-of-template-{turn}");
        let new = original.replacen("{{ guide.body }}", &format!("{mark}{{{{ guide.body }}}}"), 1);
        assert_ne!(new, original, "the template draws the text");
        preview.until(&url, &mark, || put(&template, &new))
    });
    if let Some((now, most)) = preview.memory() {
        println!("{pages} | memory | {now} MiB now, {most} MiB at most");
    }
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).expect("the disk has room");
}

fn row(pages: usize, what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{pages} | {what} | {:.1} | {:.1} | {:.1}", at(50), at(95), at(100));
}
