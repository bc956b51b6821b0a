//! The three kinds of path, as types that cannot be mixed up.
//!
//! [`SitePath`] names an input, [`UrlPath`] an address below the site's root,
//! [`OutputPath`] a file of the published folder. All are relative, use `/`, and hold no
//! `.` or `..`; only checking constructors make them. Must not know the disk.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A file of the site, relative to the folder of `shirube.yaml`: `content/account/x.md`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// An address below the site's root, decoded, without a leading slash; a page's ends in
/// `/` (the front page is the empty one): `account/x/`, `account/x/setup.png`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(String);

/// A file of the published folder: `account/x/index.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

/// Resolves `.` and `..` in a `/`-separated path; `None` when it climbs above its root.
///
/// ```
/// assert_eq!(shirube::paths::normalized("a/./b/../c").as_deref(), Some("a/c"));
/// assert_eq!(shirube::paths::normalized("a/../../c"), None);
/// ```
pub fn normalized(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl SitePath {
    /// A path relative to the site; `None` when it leaves the site.
    pub fn new(path: &str) -> Option<Self> {
        normalized(path).map(Self)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it is in, without a trailing slash; empty for the site's root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part's extension in lower case, without the dot; empty when it has none.
    pub fn extension(&self) -> String {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// What remains below `folder`; `None` when it is not inside it.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

/// What an address may hold as it is (RFC 3986 unreserved, and the sub-delimiters that
/// servers leave alone); all else is percent-encoded.
const URL_UNSAFE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// What the value of a query may hold as it is: `+` would be a space, `=` and `;` parts.
const QUERY_UNSAFE: &AsciiSet = &URL_UNSAFE.add(b'+').add(b'=').add(b';');

/// Percent-encodes a decoded path or fragment for use in an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, URL_UNSAFE).collect()
}

/// Percent-encodes the value of a query: `C++ とは` becomes `C%2B%2B%20…`.
pub fn encoded_value(text: &str) -> String {
    utf8_percent_encode(text, QUERY_UNSAFE).collect()
}

/// The text behind percent-encoding; sequences that are no UTF-8 stay as they are.
pub fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

impl UrlPath {
    /// An address from decoded text; `None` when it climbs above the site's root.
    /// A trailing slash is kept.
    pub fn new(path: &str) -> Option<Self> {
        let mut clean = normalized(path)?;
        if path.ends_with('/') && !clean.is_empty() {
            clean.push('/');
        }
        Some(Self(clean))
    }

    /// The front page.
    pub fn root() -> Self {
        Self(String::new())
    }

    /// The address as decoded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a page (a folder) and not a file.
    pub fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    /// The file that answers at this address.
    pub fn output(&self) -> OutputPath {
        if self.is_page() {
            OutputPath(format!("{}index.html", self.0))
        } else {
            OutputPath(self.0.clone())
        }
    }

    /// The relative, percent-encoded address of `self` for a page at `from`.
    /// With `index`, pages are named with their `index.html` (`links: portable`).
    ///
    /// ```
    /// use shirube::paths::UrlPath;
    /// let from = UrlPath::new("en/account/x/").unwrap();
    /// let to = UrlPath::new("account/x/図.png").unwrap();
    /// assert_eq!(to.relative_to(&from, false), "../../../account/x/%E5%9B%B3.png");
    /// assert_eq!(from.relative_to(&from, false), "./");
    /// ```
    pub fn relative_to(&self, from: &UrlPath, index: bool) -> String {
        let from_folder = from.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        let base: Vec<&str> = from_folder.split('/').filter(|part| !part.is_empty()).collect();
        let (folder, name) = self.0.rsplit_once('/').unwrap_or(("", &self.0));
        let target: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        let common = base.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let mut href = "../".repeat(base.len() - common);
        for part in &target[common..] {
            href.push_str(&encoded(part));
            href.push('/');
        }
        href.push_str(&encoded(name));
        if index && self.is_page() {
            href.push_str("index.html");
        }
        if href.is_empty() { "./".to_owned() } else { href }
    }
}

impl OutputPath {
    /// A file of the published folder; `None` when it would leave it or is empty.
    pub fn new(path: &str) -> Option<Self> {
        normalized(path).filter(|clean| !clean.is_empty()).map(Self)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_climb_and_descend() {
        let check = |from: &str, to: &str, want: &str| {
            let from = UrlPath::new(from).expect("a good address");
            let to = UrlPath::new(to).expect("a good address");
            assert_eq!(to.relative_to(&from, false), want, "{from} → {to}");
        };
        check("", "", "./");
        check("", "a/b/", "a/b/");
        check("a/b/", "", "../../");
        check("a/b/", "a/c/", "../c/");
        check("a/b/", "a/b/x.png", "x.png");
        check("404.html", "assets/a.css", "assets/a.css");
        check("a/", "a/c:d/", "c%3Ad/");
        check("タグ/", "図 1.png", "../%E5%9B%B3%201.png");
    }

    #[test]
    fn paths_that_climb_out_are_refused() {
        assert_eq!(SitePath::new("content/../../x"), None);
        assert_eq!(OutputPath::new("a/../.."), None);
        assert_eq!(SitePath::new("content/./a.MD").map(|p| p.extension()), Some("md".into()));
    }
}
