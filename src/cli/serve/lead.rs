//! Where the writer is at work: the page, and the words of the line that has just changed.

use crate::host::server::Follow;
use crate::input::{Contents, Inputs};
use crate::pipeline::{Edit, Session};

/// So many files at once are not edited by hand.
const MANY: usize = 3;

/// A place to lead to, once its page is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lead {
    path: String,
    /// The byte at which the new text differs.
    at: usize,
    text: String,
}

/// The place in the first guide that `edits` change, against what `session` has.
pub(super) fn before(session: &Session, edits: &[Edit]) -> Option<Lead> {
    // A checkout of another branch is no work at a place.
    if edits.len() > MANY {
        return None;
    }
    edits.iter().find_map(|edit| {
        let path = edit.path.as_str();
        let Some(Contents::Text(new)) = &edit.contents else { return None };
        let old = session.inputs(|inputs| text_at(inputs, path).unwrap_or_default());
        let at = changed_at(&old, new).filter(|_| path.ends_with(".md"))?;
        Some(Lead { path: path.to_owned(), at, text: words(new, at) })
    })
}

fn text_at(inputs: &Inputs, path: &str) -> Option<String> {
    let file = inputs.files.iter().find(|file| file.path.as_str() == path)?;
    inputs.text(file.id).map(str::to_owned)
}

/// The first byte at which two texts differ, at the beginning of a character of the new one.
fn changed_at(old: &str, new: &str) -> Option<usize> {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    (old != new).then(|| new.floor_char_boundary(same))
}

/// The letters of the line at a byte, without what Markdown makes of signs; of an empty one
/// those of the line before.
fn words(text: &str, at: usize) -> String {
    let upto = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut lines = text[..upto].lines().rev().map(plain);
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}

/// The longest stretch of a line that a page shows as it is written.
fn plain(line: &str) -> String {
    const SIGNS: [char; 16] =
        ['*', '_', '`', '[', ']', '(', ')', '<', '>', '#', '|', '!', '{', '}', '~', '\\'];
    let stretches = line.split(SIGNS).map(str::trim);
    let longest = stretches.max_by_key(|stretch| stretch.chars().count()).unwrap_or_default();
    let start = longest.trim_start_matches(|c: char| c.is_ascii_digit() || "-+.: ".contains(c));
    start.chars().take(60).collect()
}

impl Lead {
    /// The page as `session` has it now.
    pub(super) fn after(self, session: &Session) -> Option<Follow> {
        let (page, anchor) = session.place_of(&self.path, self.at)?;
        Some(Follow { page: format!("/{page}"), anchor, text: self.text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(old: &str, new: &str) -> String {
        changed_at(old, new).map_or_else(|| "-".to_owned(), |at| words(new, at))
    }

    #[test]
    fn the_line_that_changed_is_named_by_its_words() {
        assert_eq!(led("# 題\n\n本文です。\n", "# 題\n\n本文でした。\n"), "本文でした。");
        assert_eq!(led("1. 押す\n", "1. 押す\n2. **「確認」**を待つ\n"), "「確認」");
        assert_eq!(led("a\n\nbc\n", "a\n\nb c d\n"), "b c d");
        assert_eq!(led("a\n\nb\n", "a\n\n"), "a");
        assert_eq!(led("同じ", "同じ"), "-");
        assert_eq!(led("# あ", "# い"), "い");
    }
}
