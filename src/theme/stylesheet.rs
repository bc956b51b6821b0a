//! One style sheet out of several files: `@import "tokens.css";` is replaced by the file it
//! names, so that a page waits for one request and a theme can still be read part by part.
//!
//! In: the files of `assets/`. Out: the same, the parts put where they are asked for. Only
//! imports at the start of a line that name a file of the theme are ours; others stay.

use std::collections::{BTreeMap, BTreeSet};

/// The files of `assets/` by name.
pub(super) type Contents<'a> = BTreeMap<&'a str, Vec<u8>>;

/// Joins style sheets with what they import; parts are no longer files of their own.
pub(super) fn join(contents: &mut Contents<'_>) {
    let mut parts = BTreeSet::new();
    let mut joined = Vec::new();
    for (name, bytes) in contents.iter().filter(|(name, _)| name.ends_with(".css")) {
        let mut open = vec![*name];
        if let Some(whole) = with_imports(bytes, contents, &mut open, &mut parts) {
            joined.push((*name, whole));
        }
    }
    contents.extend(joined);
    contents.retain(|name, _| !parts.contains(*name));
}

/// `sheet` with its imports replaced; `None` when it has none. `open` are the sheets that
/// are being joined, so that a circle ends.
fn with_imports<'a>(
    sheet: &[u8],
    contents: &Contents<'a>,
    open: &mut Vec<&'a str>,
    parts: &mut BTreeSet<&'a str>,
) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(sheet).ok()?;
    let mut whole = String::with_capacity(text.len());
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let part = imported(line).and_then(|name| contents.get_key_value(name));
        let Some((name, bytes)) = part.filter(|(name, _)| !open.contains(name)) else {
            whole.push_str(line);
            continue;
        };
        found = true;
        parts.insert(name);
        open.push(name);
        let inner = with_imports(bytes, contents, open, parts).unwrap_or_else(|| bytes.clone());
        open.pop();
        whole.push_str(String::from_utf8_lossy(&inner).trim_end());
        whole.push('\n');
    }
    found.then(|| whole.into_bytes())
}

/// The file that a line imports.
fn imported(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("@import \"")?.trim_end();
    rest.strip_suffix("\";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(files: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
        let mut contents: Contents<'static> =
            files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
        join(&mut contents);
        let text = |bytes| String::from_utf8(bytes).expect("it was text before");
        contents.into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
    }

    #[test]
    fn imports_become_one_file() {
        let files = joined(&[
            ("style.css", "/* 見た目 */\n@import \"a.css\";\n@import \"b.css\";\np{}\n"),
            ("a.css", "a{}"),
            ("b.css", "@import \"c.css\";\nb{}\n"),
            ("c.css", "c{}\n"),
            ("page.js", "@import \"a.css\";\n"),
        ]);
        assert_eq!(files["style.css"], "/* 見た目 */\na{}\nc{}\nb{}\np{}\n");
        assert_eq!(files["page.js"], "@import \"a.css\";\n");
        assert_eq!(files.len(), 2, "{files:?}");
    }

    #[test]
    fn circles_end_and_strangers_stay() {
        let files = joined(&[
            ("style.css", "@import \"a.css\";\n@import \"https://x.example/y.css\";\n"),
            ("a.css", "@import \"b.css\";\na{}\n"),
            ("b.css", "@import \"a.css\";\nb{}\n"),
        ]);
        assert!(files["style.css"].contains("b{}"), "{files:?}");
        assert!(files["style.css"].contains("a{}"), "{files:?}");
        assert!(files["style.css"].contains("https://x.example/y.css"), "{files:?}");
    }
}
