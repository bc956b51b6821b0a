//! Finds what an address means: a file of the site, a page, the page for what is missing,
//! or something of the preview's own.

use std::fs::File;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::{Content, answer, tag_of};
use super::types::{HTML, SCRIPT, STYLE, content_type};
use super::{Show, Stage};
use crate::emit::Output;
use crate::host::output::derived;
use crate::paths::{OutputPath, decoded, encoded};

const PREVIEW_JS: &str = include_str!("../preview/preview.js");
const PREVIEW_CSS: &str = include_str!("../preview/preview.css");

/// Longer files are sent as they are read, and known by their length and time.
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
    let mut response = answer(StatusCode::OK, kind, &tag, Content::Bytes(bytes), headers);
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A file of the site.
pub(super) fn of_site(stage: &Stage, uri: &Uri, headers: &HeaderMap) -> Response {
    let path = decoded(uri.path());
    let path = path.trim_start_matches('/');
    let is_folder = path.is_empty() || path.ends_with('/');
    let wanted = if is_folder { format!("{path}index.html") } else { path.to_owned() };
    // Before the file is asked for: a page may be newer than its mark, and never older.
    let mark = stage.desk.mark();
    let found = OutputPath::new(&wanted).and_then(|path| Some((stage.show.file(&path)?, path)));
    if let Some((output, path)) = found {
        return match read(stage, output) {
            Some(found) => shown(StatusCode::OK, path.as_str(), found, &mark, headers),
            None => (StatusCode::NOT_FOUND, "The file has just gone.\n").into_response(),
        };
    }
    if !is_folder {
        let folder = OutputPath::new(&format!("{path}/index.html"));
        if let Some(folder) = folder.filter(|folder| stage.show.file(folder).is_some()) {
            let target = folder_address(&folder, uri.query());
            return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response();
        }
    }
    missing(stage, path, &mark, headers)
}

/// The nearest `404.html` upwards, as servers for several languages are set up.
fn missing(stage: &Stage, path: &str, mark: &str, headers: &HeaderMap) -> Response {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        let page = OutputPath::new(&format!("{folder}/404.html"));
        if let Some(found) = page.and_then(|page| read(stage, stage.show.file(&page)?)) {
            return shown(StatusCode::NOT_FOUND, "404.html", found, mark, headers);
        }
    }
    let page = OutputPath::new("404.html").expect("a name is a path");
    match stage.show.file(&page).and_then(|output| read(stage, output)) {
        Some(found) => shown(StatusCode::NOT_FOUND, "404.html", found, mark, headers),
        None if content_type(path) == HTML
            || !path.rsplit('/').next().unwrap_or("").contains('.') =>
        {
            let bytes = WAITING.to_vec();
            let found = (tag_of(&bytes), Content::Bytes(bytes));
            shown(StatusCode::NOT_FOUND, "404.html", found, mark, headers)
        }
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

/// The tag and the content of a file; `None` when it is gone from the disk.
fn read(stage: &Stage, output: Output) -> Option<(String, Content)> {
    let bytes = match output {
        Output::Write(bytes) => bytes,
        Output::Copy(source) => {
            let path = stage.site.join(source.as_str());
            let data = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
            if data.len() > LONG {
                let time = data.modified().ok()?.duration_since(std::time::UNIX_EPOCH);
                let time = time.unwrap_or_default().as_nanos();
                let tag = format!("\"{}-{time}\"", data.len());
                return Some((tag, Content::File(File::open(&path).ok()?, data.len())));
            }
            std::fs::read(&path).ok()?
        }
        Output::Derive { source, recipe } => derived(&stage.site, &source, recipe).ok()?.ok()?,
    };
    Some((tag_of(&bytes), Content::Bytes(bytes)))
}

/// An answer with the right type; pages get the script that listens.
fn shown(
    status: StatusCode,
    path: &str,
    (tag, content): (String, Content),
    mark: &str,
    headers: &HeaderMap,
) -> Response {
    let kind = content_type(path);
    let content = match content {
        Content::Bytes(bytes) if kind == HTML => Content::Bytes(with_script(bytes, &tag, mark)),
        Content::Bytes(_) | Content::File(..) => content,
    };
    answer(status, kind, &tag, content, headers)
}

/// The page with the script that listens, in front of all others: it takes down what the
/// page is made of before they add to it.
fn with_script(bytes: Vec<u8>, tag: &str, mark: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else { return bytes };
    let tag = tag.trim_matches('"');
    let script = format!(
        "<script src=\"/_shirube/preview.js\" data-tag=\"{tag}\" data-mark=\"{mark}\" defer></script>"
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
