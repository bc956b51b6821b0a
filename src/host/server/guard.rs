//! Whom the preview answers: itself, under its own names, and nobody else's pages.

use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::OWN;

/// Why a request is not answered. A page elsewhere could have its own name lead here (DNS
/// rebinding), or draw in what is here, and read the intranet's drafts.
pub(super) fn refused(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    port: u16,
) -> Option<Response> {
    if !is_own(headers, port) {
        let text = "This preview answers to 127.0.0.1 and localhost only.\n";
        return Some((StatusCode::FORBIDDEN, text).into_response());
    }
    if is_drawn_in(headers, path) {
        let text = "This preview is for its own pages only.\n";
        return Some((StatusCode::FORBIDDEN, text).into_response());
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return Some((StatusCode::METHOD_NOT_ALLOWED, allowed).into_response());
    }
    None
}

fn is_own(headers: &HeaderMap, port: u16) -> bool {
    let own = |name: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| {
            name.eq_ignore_ascii_case(&format!("{host}:{port}")) || (port == 80 && name == *host)
        })
    };
    text(headers, "host").is_some_and(own)
        && text(headers, "origin")
            .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(own))
}

/// Whether a page of another origin asks. It may lead to a page of the site, as any page
/// may, and to nothing else.
fn is_drawn_in(headers: &HeaderMap, path: &str) -> bool {
    let leads = text(headers, "sec-fetch-mode") == Some("navigate") && !path.starts_with(OWN);
    match text(headers, "sec-fetch-site") {
        None | Some("same-origin" | "none") => false,
        Some(_) => !leads,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(path: &str, headers: &[(&'static str, &str)]) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header"));
        }
        refused(&Method::GET, path, &map, 4321).map(|answer| answer.status().as_u16())
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let check = |host: &str, origin: Option<&str>| {
            let mut headers = vec![("host", host)];
            headers.extend(origin.map(|origin| ("origin", origin)));
            status("/", &headers).is_none()
        };
        assert!(check("127.0.0.1:4321", None));
        assert!(check("localhost:4321", Some("http://localhost:4321")));
        assert!(!check("evil.example:4321", None));
        assert!(!check("127.0.0.1:4321", Some("http://evil.example")));
        assert!(!check("127.0.0.1:4321", Some("null")));
        assert!(!check("127.0.0.1", None));
    }

    #[test]
    fn pages_elsewhere_may_lead_here_but_draw_nothing_in() {
        let check = |path: &str, site: &'static str, mode: &'static str| {
            let host = ("host", "127.0.0.1:4321");
            status(path, &[host, ("sec-fetch-site", site), ("sec-fetch-mode", mode)])
        };
        assert_eq!(check("/a/", "same-origin", "cors"), None);
        assert_eq!(check("/a/", "none", "navigate"), None);
        assert_eq!(check("/a/", "cross-site", "navigate"), None);
        assert_eq!(check("/a/", "cross-site", "no-cors"), Some(403));
        assert_eq!(check("/a/", "same-site", "cors"), Some(403));
        assert_eq!(check("/_shirube/", "cross-site", "navigate"), Some(403));
        assert_eq!(check("/_shirube/preview.js", "cross-site", "no-cors"), Some(403));
        assert_eq!(check("/_shirube/preview.js", "same-origin", "no-cors"), None);
    }

    #[test]
    fn nothing_is_taken_in() {
        let mut headers = HeaderMap::new();
        headers.insert("host", "127.0.0.1:4321".parse().expect("a header"));
        let answer = refused(&Method::POST, "/", &headers, 4321).expect("a refusal");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
