//! Finds what an address means: a file of the site, a page, the page for what is missing,
//! or something of the preview's own.

use std::fs::File;
use std::path::PathBuf;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::{Content, answer, is_known, not_modified, tag_of};
use super::types::{HTML, SCRIPT, STYLE, content_type};
use super::{OWN, Show, Stage};
use crate::emit::{Output, Recipe};
use crate::host::output::derived;
use crate::host::tree::Stamp;
use crate::paths::{OutputPath, SitePath, decoded, encoded};

/// The parts of the client share one scope, and nothing with the page's own scripts.
const PREVIEW_JS: &str = concat!(
    "\"use strict\";\n{\n",
    include_str!("../preview/tree.js"),
    include_str!("../preview/files.js"),
    include_str!("../preview/page.js"),
    include_str!("../preview/panel.js"),
    include_str!("../preview/preview.js"),
    "}\n"
);
const PREVIEW_CSS: &str = include_str!("../preview/preview.css");

/// Longer files are sent as they are read.
const LONG: u64 = 4 * 1024 * 1024;

/// The policy that pages of the site promise, for the preview's own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// Shown before there is a state of the site: its script waits for the first one.
const WAITING: &[u8] = b"<!doctype html>\n<html><head><title>Shirube</title></head>\
    <body class=\"waiting\"><p>\xe2\x80\xa6</p></body></html>\n";

/// What lies below `/_shirube/`.
pub(super) fn own(show: &dyn Show, path: &str, query: &str, headers: &HeaderMap) -> Response {
    let found = match path {
        "preview.js" => Some((SCRIPT, PREVIEW_JS.into())),
        "preview.css" => Some((STYLE, PREVIEW_CSS.into())),
        _ => show.own(path, query),
    };
    let Some((kind, bytes)) = found else {
        return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response();
    };
    let tag = tag_of(&bytes);
    if is_known(headers, &tag) {
        return not_modified(&tag);
    }
    let mut response = answer(StatusCode::OK, kind, &tag, Content::Bytes(bytes), headers);
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A file of the site.
pub(super) fn of_site(stage: &Stage, uri: &Uri, headers: &HeaderMap) -> Response {
    if uri.path() == OWN.trim_end_matches('/') {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, OWN)]).into_response();
    }
    let path = decoded(uri.path());
    let path = path.trim_start_matches('/');
    let is_folder = path.is_empty() || path.ends_with('/');
    let wanted = if is_folder { format!("{path}index.html") } else { path.to_owned() };
    // Before the file is asked for: a page may be newer than its mark, and never older.
    let mark = stage.desk.mark();
    let marks = Marks { status: StatusCode::OK, mark: &mark };
    let output = |path: &OutputPath| find(stage, stage.show.file(path)?);
    let found = OutputPath::new(&wanted).and_then(|path| Some((output(&path)?, path)));
    let response =
        found.and_then(|(found, path)| shown(stage, path.as_str(), found, &marks, headers));
    if let Some(response) = response {
        return response;
    }
    if !is_folder {
        let folder = OutputPath::new(&format!("{path}/index.html"));
        if let Some(folder) = folder.filter(|folder| stage.show.file(folder).is_some()) {
            let target = folder_address(&folder, uri.query());
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response();
        }
    }
    let marks = Marks { status: StatusCode::NOT_FOUND, mark: &mark };
    missing(stage, path, &marks, headers)
}

/// The nearest `404.html` upwards, as servers for several languages are set up.
fn missing(stage: &Stage, path: &str, marks: &Marks<'_>, headers: &HeaderMap) -> Response {
    let mut folder = path;
    loop {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        // An address that climbs out of the site has none.
        let page = OutputPath::new(&format!("{folder}/404.html"));
        let found = page.and_then(|page| find(stage, stage.show.file(&page)?));
        let answer = found.and_then(|found| shown(stage, "404.html", found, marks, headers));
        if let Some(answer) = answer {
            return answer;
        }
        if folder.is_empty() {
            break;
        }
    }
    // A browser that came before the first state of the site waits for it.
    let page = Found { tag: tag_of(WAITING), source: Source::Bytes(WAITING.to_vec()) };
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_page = !name.contains('.') || content_type(name) == HTML;
    let waiting = if is_page { shown(stage, "404.html", page, marks, headers) } else { None };
    waiting.unwrap_or_else(|| (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response())
}

/// The address of a page that was asked for without its last slash: always of this host,
/// however many slashes were in front.
fn folder_address(page: &OutputPath, query: Option<&str>) -> String {
    let folder = page.as_str().trim_end_matches("index.html");
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("/{}{query}", encoded(folder))
}

/// A file that is there, and what tells it from others under the same address.
struct Found {
    tag: String,
    source: Source,
}

enum Source {
    Bytes(Vec<u8>),
    Copy(PathBuf, u64),
    Derive(SitePath, Recipe),
}

/// `None` when the file is gone from the disk.
fn find(stage: &Stage, output: Output) -> Option<Found> {
    let stamp = |source: &SitePath| {
        let data = std::fs::metadata(stage.site.join(source.as_str())).ok();
        data.filter(std::fs::Metadata::is_file).map(|data| Stamp::of(&data))
    };
    // Pictures and films are known by their times: many are asked for after each edit, and
    // need not be read to say that they are the same.
    Some(match output {
        Output::Write(bytes) => Found { tag: tag_of(&bytes), source: Source::Bytes(bytes) },
        Output::Copy(source) => {
            let stamp = stamp(&source)?;
            let path = stage.site.join(source.as_str());
            Found { tag: stamped(stamp, "c"), source: Source::Copy(path, stamp.length) }
        }
        Output::Derive { source, recipe } => {
            Found { tag: stamped(stamp(&source)?, "d"), source: Source::Derive(source, recipe) }
        }
    })
}

fn stamped(stamp: Stamp, kind: &str) -> String {
    format!("\"{kind}{:x}-{:x}-{:x}\"", stamp.length, stamp.modified, stamp.changed)
}

fn content(stage: &Stage, source: Source) -> Option<Content> {
    Some(match source {
        Source::Bytes(bytes) => Content::Bytes(bytes),
        Source::Copy(path, length) if length > LONG => {
            Content::File(File::open(&path).ok()?, length)
        }
        Source::Copy(path, _) => Content::Bytes(std::fs::read(&path).ok()?),
        Source::Derive(source, recipe) => {
            Content::Bytes(derived(&stage.site, &source, recipe).ok()?.ok()?)
        }
    })
}

/// How a page is told who it is.
struct Marks<'a> {
    status: StatusCode,
    mark: &'a str,
}

/// An answer with the right type; pages get the script that listens. `None` when the file
/// is gone from the disk.
fn shown(
    stage: &Stage,
    path: &str,
    found: Found,
    marks: &Marks<'_>,
    headers: &HeaderMap,
) -> Option<Response> {
    let kind = content_type(path);
    if marks.status == StatusCode::OK && is_known(headers, &found.tag) {
        return Some(not_modified(&found.tag));
    }
    let content = match content(stage, found.source)? {
        Content::Bytes(bytes) if kind == HTML => {
            Content::Bytes(with_script(bytes, &found.tag, marks))
        }
        content => content,
    };
    Some(answer(marks.status, kind, &found.tag, content, headers))
}

/// The page with the script that listens, in front of all others: it takes down what the
/// page is made of before they add to it.
fn with_script(bytes: Vec<u8>, tag: &str, marks: &Marks<'_>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else { return bytes };
    let script = format!(
        "<script src=\"/_shirube/preview.js\" data-tag=\"{}\" data-mark=\"{}\" \
         data-status=\"{}\" defer></script>",
        tag.trim_matches('"'),
        marks.mark,
        marks.status.as_str()
    );
    let at = text.find("<head>").map(|at| at + "<head>".len()).or_else(|| text.find("</body>"));
    let Some(at) = at else { return bytes };
    [&bytes[..at], script.as_bytes(), &bytes[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_on_this_host() {
        let page = OutputPath::new("//evil.example/手順/index.html").expect("a path");
        let want = "/evil.example/%E6%89%8B%E9%A0%86/?q=1";
        assert_eq!(folder_address(&page, Some("q=1")), want);
    }
}
