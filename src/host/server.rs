//! The preview's server: pages from memory, on the loopback address, for its own name only.
//!
//! Every answer comes from one [`Snapshot`]. Browsers listen at [`EVENTS`] and load their
//! page again when the next snapshot is shown. Must not know how snapshots are made.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::Error;
use super::output::derived;
use crate::emit::Output;
use crate::paths::{OutputPath, decoded, encoded};

/// Where browsers listen for the next snapshot.
pub const EVENTS: &str = "/_shirube/events";

/// The script that listens, put into every page of the preview and into no other.
pub const SCRIPT: &str = "/_shirube/preview.js";

const SCRIPT_TEXT: &str = include_str!("preview.js");

/// One state of the site.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Its files.
    pub files: BTreeMap<OutputPath, Output>,
    /// Counts up.
    pub version: u64,
}

/// What is shown, and who wants to know of changes.
#[derive(Debug)]
pub struct Stage {
    site: PathBuf,
    current: RwLock<Arc<Snapshot>>,
    changes: watch::Sender<u64>,
    port: u16,
}

impl Stage {
    /// Shows another state and tells all browsers.
    pub fn show(&self, snapshot: Snapshot) {
        let version = snapshot.version;
        *self.current.write().expect("no reader panics") = Arc::new(snapshot);
        self.changes.send_replace(version);
    }
}

/// Starts serving on 127.0.0.1 in a thread of its own: at `port`, or, when none is
/// named, at the first free one from 4321 on.
///
/// # Errors
/// When no port can be taken.
pub fn start(site: PathBuf, port: Option<u16>) -> Result<Arc<Stage>, Error> {
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(Error::on("listen at", &site))?;
    let (changes, _) = watch::channel(0);
    let current = RwLock::default();
    let stage = Arc::new(Stage { site, current, changes, port: address.port() });
    let shared = Arc::clone(&stage);
    std::thread::spawn(move || run(listener, shared));
    Ok(stage)
}

impl Stage {
    /// The port that is served.
    pub fn port(&self) -> u16 {
        self.port
    }
}

fn listen(port: Option<u16>) -> Result<std::net::TcpListener, Error> {
    let ports = port.map_or(4321..=4400, |port| port..=port);
    let mut refused = None;
    for port in ports {
        match std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                let address = PathBuf::from(format!("127.0.0.1:{port}"));
                refused = Some(Error::new("listen at", &address, error));
            }
        }
    }
    Err(refused.expect("at least one port was tried"))
}

fn run(listener: std::net::TcpListener, stage: Arc<Stage>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime of one thread needs nothing special").block_on(async {
        listener.set_nonblocking(true).expect("a fresh listener can be told not to block");
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("the runtime takes the listener");
        let app = Router::new()
            .route(EVENTS, get(events))
            .fallback(file)
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&stage), own_name_only))
            .with_state(stage);
        // Ends only with the process.
        let _ = axum::serve(listener, app).await;
    });
}

/// Refuses requests under another name: a page elsewhere could have its own name lead
/// here (DNS rebinding) and read the intranet's drafts.
async fn own_name_only(
    State(stage): State<Arc<Stage>>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    if is_own(request.headers(), stage.port) {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return next.run(request).await;
        }
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed).into_response();
    }
    (StatusCode::FORBIDDEN, "This preview answers to 127.0.0.1 and localhost only.\n")
        .into_response()
}

fn is_own(headers: &HeaderMap, port: u16) -> bool {
    let own = |name: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| {
            name.eq_ignore_ascii_case(&format!("{host}:{port}")) || (port == 80 && name == *host)
        })
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    host.is_some_and(own)
        && origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(own))
}

async fn events(
    State(stage): State<Arc<Stage>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(stage.changes.subscribe());
    let events = changes.map(|version| Ok(Event::default().data(version.to_string())));
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn file(State(stage): State<Arc<Stage>>, uri: Uri, headers: HeaderMap) -> Response {
    if uri.path() == SCRIPT {
        return answer(
            StatusCode::OK,
            "text/javascript; charset=utf-8",
            SCRIPT_TEXT.into(),
            &headers,
        );
    }
    let snapshot = Arc::clone(&stage.current.read().expect("no writer panics"));
    let path = decoded(uri.path());
    let path = path.trim_start_matches('/');
    let wanted = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let found = OutputPath::new(&wanted)
        .and_then(|path| snapshot.files.get(&path).map(|output| (path, output.clone())));
    if let Some((path, output)) = found {
        return match bytes(&stage.site, output) {
            Some(bytes) => page(StatusCode::OK, path.as_str(), bytes, &headers),
            None => (StatusCode::NOT_FOUND, "The file has just gone.\n").into_response(),
        };
    }
    let folder = OutputPath::new(&format!("{path}/index.html"));
    if let Some(folder) = folder.filter(|folder| snapshot.files.contains_key(folder)) {
        let target = folder_address(&folder, uri.query());
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response();
    }
    let missing = OutputPath::new("404.html").and_then(|path| snapshot.files.get(&path).cloned());
    match missing.and_then(|output| bytes(&stage.site, output)) {
        Some(bytes) => page(StatusCode::NOT_FOUND, "404.html", bytes, &headers),
        None => (StatusCode::NOT_FOUND, "There is nothing here yet.\n").into_response(),
    }
}

/// The address of a page that was asked for without its last slash: always of this host,
/// however many slashes were in front.
fn folder_address(page: &OutputPath, query: Option<&str>) -> String {
    let folder = page.as_str().trim_end_matches("index.html");
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("/{}{query}", encoded(folder))
}

fn bytes(site: &std::path::Path, output: Output) -> Option<Vec<u8>> {
    match output {
        Output::Write(bytes) => Some(bytes),
        Output::Copy(source) => std::fs::read(site.join(source.as_str())).ok(),
        Output::Derive { source, recipe } => derived(site, &source, recipe).ok()?.ok(),
    }
}

/// An answer with the right type; pages get the script that listens.
fn page(status: StatusCode, path: &str, mut bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let kind = content_type(path);
    if kind.starts_with("text/html") {
        let script = format!("<script src=\"{SCRIPT}\" defer></script></body>");
        if let Ok(text) = std::str::from_utf8(&bytes) {
            bytes = text.replacen("</body>", &script, 1).into_bytes();
        }
    }
    answer(status, kind, bytes, headers)
}

/// The whole, or the range that was asked for (films need it).
fn answer(status: StatusCode, kind: &'static str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let length = bytes.len();
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let range = asked.map_or(Asked::Whole, |range| range_of(range, length));
    let mut response = match range {
        Asked::Nothing if status == StatusCode::OK => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            let range = HeaderValue::from_str(&format!("bytes */{length}"));
            let range = range.expect("digits make a header");
            response.headers_mut().insert(header::CONTENT_RANGE, range);
            response
        }
        Asked::Part(first, last) if status == StatusCode::OK => {
            let part = bytes[first..=last].to_vec();
            let mut response = (StatusCode::PARTIAL_CONTENT, Body::from(part)).into_response();
            let range = format!("bytes {first}-{last}/{length}");
            let range = HeaderValue::from_str(&range).expect("digits make a header");
            response.headers_mut().insert(header::CONTENT_RANGE, range);
            response
        }
        Asked::Whole | Asked::Part(..) | Asked::Nothing => {
            (status, Body::from(bytes)).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

/// How much of a file was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// All of it; also when the range cannot be read.
    Whole,
    /// From the first byte to the last.
    Part(usize, usize),
    /// What it does not have.
    Nothing,
}

/// Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`.
fn range_of(range: &str, length: usize) -> Asked {
    let ends = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let Some((first, last)) = ends.map(|(first, last)| (first.trim(), last.trim())) else {
        return Asked::Whole;
    };
    let number = |text: &str| text.parse::<usize>().ok();
    let (first, last) = match (number(first), number(last)) {
        (None, Some(count)) if first.is_empty() => {
            (if count == 0 { length } else { length.saturating_sub(count) }, length)
        }
        (Some(first), None) if last.is_empty() => (first, length),
        (Some(first), Some(last)) if first <= last => (first, last),
        _ => return Asked::Whole,
    };
    if first < length { Asked::Part(first, last.min(length - 1)) } else { Asked::Nothing }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase().as_str()
    {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered() {
        let check = |host: &str, origin: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().expect("a header"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().expect("a header"));
            }
            is_own(&headers, 4321)
        };
        assert!(check("127.0.0.1:4321", None));
        assert!(check("localhost:4321", Some("http://localhost:4321")));
        assert!(!check("evil.example:4321", None));
        assert!(!check("127.0.0.1:4321", Some("http://evil.example")));
        assert!(!check("127.0.0.1", None));
    }

    #[test]
    fn ranges_are_read() {
        assert_eq!(range_of("bytes=0-3", 10), Asked::Part(0, 3));
        assert_eq!(range_of("bytes=-3", 10), Asked::Part(7, 9));
        assert_eq!(range_of("bytes=-30", 10), Asked::Part(0, 9));
        assert_eq!(range_of("bytes=5-", 10), Asked::Part(5, 9));
        assert_eq!(range_of("bytes=5-99", 10), Asked::Part(5, 9));
        assert_eq!(range_of("bytes=20-", 10), Asked::Nothing);
        assert_eq!(range_of("bytes=-0", 10), Asked::Nothing);
        assert_eq!(range_of("bytes=0-", 0), Asked::Nothing);
        assert_eq!(range_of("bytes=5-2", 10), Asked::Whole);
        assert_eq!(range_of("bytes=0-1,3-4", 10), Asked::Whole);
        assert_eq!(range_of("頁=0-1", 10), Asked::Whole);
    }

    #[test]
    fn redirects_stay_on_this_host() {
        let page = OutputPath::new("//evil.example/手順/index.html").expect("a path");
        let want = "/evil.example/%E6%89%8B%E9%A0%86/?q=1";
        assert_eq!(folder_address(&page, Some("q=1")), want);
    }
}
