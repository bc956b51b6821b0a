//! Answers as HTTP has them: types, tags, ranges, parts of long files.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio_stream::wrappers::ReceiverStream;

use super::ranges::{Asked, range_of};
use crate::memo::Fingerprint;

/// How much of a long file is read at a time.
const PIECE: u64 = 256 * 1024;

/// What an answer holds.
pub(super) enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A long file, read as it is sent.
    File(File, u64),
}

impl Content {
    fn length(&self) -> u64 {
        match self {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(_, length) => *length,
        }
    }

    /// The bytes from the first to the last.
    fn part(self, first: u64, last: u64) -> Body {
        match self {
            Content::Bytes(bytes) => {
                let within = |byte: u64| usize::try_from(byte).expect("it is in memory");
                Body::from(bytes[within(first)..=within(last)].to_vec())
            }
            Content::File(file, _) => pieces(file, first, last + 1 - first),
        }
    }

    fn whole(self) -> Body {
        match self {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::File(file, length) => pieces(file, 0, length),
        }
    }
}

/// What tells bytes from others under the same address.
pub(super) fn tag_of(bytes: &[u8]) -> String {
    format!("\"{}\"", Fingerprint::of_bytes(bytes).hex())
}

/// Whether the asker has what the tag stands for.
pub(super) fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| {
        known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known == "*")
    })
}

/// The answer to who has it already.
pub(super) fn not_modified(tag: &str) -> Response {
    with_headers(StatusCode::NOT_MODIFIED.into_response(), None, tag)
}

/// The whole, or the range that was asked for.
pub(super) fn answer(
    status: StatusCode,
    kind: &'static str,
    tag: &str,
    content: Content,
    asked: &HeaderMap,
) -> Response {
    let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let length = content.length();
    // A part of another state than the one that is had already is of no use.
    let fits = text(header::IF_RANGE).is_none_or(|known| known == tag);
    let range = text(header::RANGE).filter(|_| fits && status == StatusCode::OK);
    let mut response = match range.map_or(Asked::Whole, |range| range_of(range, length)) {
        Asked::Nothing => ranged(StatusCode::RANGE_NOT_SATISFIABLE, "*", length, 0, Body::empty()),
        Asked::Part(first, last) => {
            let body = content.part(first, last);
            let part = format!("{first}-{last}");
            ranged(StatusCode::PARTIAL_CONTENT, &part, length, last + 1 - first, body)
        }
        Asked::Whole => {
            let mut response = (status, content.whole()).into_response();
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            response
        }
    };
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    with_headers(response, Some(kind), tag)
}

fn ranged(status: StatusCode, part: &str, whole: u64, length: u64, body: Body) -> Response {
    let mut response = (status, body).into_response();
    let range = HeaderValue::from_str(&format!("bytes {part}/{whole}"));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_RANGE, range.expect("digits make a header"));
    headers.insert(header::CONTENT_LENGTH, length.into());
    response
}

/// A browser may keep an answer, but asks each time whether it still holds.
fn with_headers(mut response: Response, kind: Option<&'static str>, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Some(kind) = kind {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    headers.insert(header::ETAG, HeaderValue::from_str(tag).expect("a tag is ASCII"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let resources = header::HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resources, HeaderValue::from_static("same-origin"));
    response
}

/// A body that is read as fast as it is taken. Nothing waits in a thread for a film that
/// somebody has paused.
fn pieces(mut file: File, first: u64, length: u64) -> Body {
    let (sender, pieces) = tokio::sync::mpsc::channel::<std::io::Result<Vec<u8>>>(2);
    tokio::runtime::Handle::current().spawn(async move {
        let mut at = first;
        while at < first + length {
            let wanted = PIECE.min(first + length - at);
            let read = tokio::task::spawn_blocking(move || {
                let piece = piece(&mut file, at, wanted);
                (file, piece)
            });
            let Ok((back, piece)) = read.await else { return };
            file = back;
            let is_end = piece.as_ref().map_or(true, |piece| (piece.len() as u64) < wanted);
            at += wanted;
            // Who asked may have gone, or the file has shrunk: the connection breaks off.
            if sender.send(piece).await.is_err() || is_end {
                return;
            }
        }
    });
    Body::from_stream(ReceiverStream::new(pieces))
}

fn piece(file: &mut File, at: u64, length: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    file.by_ref().take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The answer when the program itself is at fault.
pub(super) fn fault() -> Response {
    let text = "A fault of the program itself kept this from being shown.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}
