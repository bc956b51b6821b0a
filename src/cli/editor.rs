//! Links that open a file in the writer's editor.
//!
//! In: a pattern such as `vscode://file/{path}:{line}:{column}` and a place. Out: an address
//! for a link; the path in it is spelled so that it cannot be anything else. Must not start
//! programs: the browser hands the address to whatever knows its scheme.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The pattern where nothing is chosen.
pub const DEFAULT: &str = "vscode://file/{path}:{line}:{column}";

/// What stands as it is: slashes, the colon of a drive, and letters that mean nothing in
/// addresses.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address that opens `path`, an absolute one, at a line and column counted from 1.
pub fn href(pattern: &str, path: &Path, line: usize, column: usize) -> String {
    let shown = path.to_string_lossy();
    let path = if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() };
    // `vscode://file/` and `/home/…` make one slash; `file://` and `/home/…` keep their three.
    let before = pattern.split("{path}").next().unwrap_or_default();
    let joined = before.ends_with('/') && !before.ends_with("//");
    let path = if joined { path.trim_start_matches('/') } else { &path };
    pattern
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
        .replace("{path}", &utf8_percent_encode(path, PATH).to_string())
}

/// Reads the pattern of `--editor`.
pub(super) fn pattern(text: &str) -> Result<String, String> {
    crate::config::editor(text)
        .ok_or_else(|| format!("write an address with {{path}} in it, such as {DEFAULT}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(pattern: &str, path: &str) -> String {
        href(pattern, Path::new(path), 12, 3)
    }

    #[test]
    fn places_are_filled_in() {
        assert_eq!(made(DEFAULT, "/srv/help/a.md"), "vscode://file/srv/help/a.md:12:3");
        assert_eq!(made("file://{path}", "/srv/a.md"), "file:///srv/a.md");
        let idea = "idea://open?file={path}&line={line}";
        assert_eq!(made(idea, "/srv/a.md"), "idea://open?file=/srv/a.md&line=12");
        assert_eq!(made(DEFAULT, "C:/help/a.md"), "vscode://file/C:/help/a.md:12:3");
    }

    #[test]
    fn a_path_cannot_be_anything_else() {
        let odd = "/srv/手順 1&line=9?#%{line}\"<.md";
        let encoded = "%E6%89%8B%E9%A0%86%201%26line%3D9%3F%23%25%7Bline%7D%22%3C.md";
        assert_eq!(made("x:{path}", odd), format!("x:/srv/{encoded}"));
    }
}
