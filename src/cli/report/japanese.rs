//! Diagnostics in Japanese.
//!
//! English stands beside the fault in the source; what it is in Japanese stands here, in
//! `ja/*.txt`, by the English template. Each row is two lines: the template as the source
//! has it, and below it, indented, the Japanese with the same `{names}`. A test of the
//! house rules reads the sources and keeps the two complete.
//! Must not know places or terminals.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::diagnostic::Diagnostic;

/// Templates of messages, helps and related places, and the codes' summaries.
const TEMPLATES: [&str; 6] = [
    include_str!("ja/files.txt"),
    include_str!("ja/markdown.txt"),
    include_str!("ja/references.txt"),
    include_str!("ja/themes.txt"),
    include_str!("ja/translations.txt"),
    include_str!("ja/summaries.txt"),
];

/// Phrases in the place of arguments, what is told of a Hexo blog, and what others say.
const VALUES: [&str; 3] =
    [include_str!("ja/values.txt"), include_str!("ja/hexo.txt"), include_str!("ja/foreign.txt")];

/// The arguments that hold phrases. All others hold the writer's own words, which are
/// theirs, even where they look like one of ours.
const PHRASES: [&str; 10] =
    ["found", "ground", "guess", "other", "reason", "shown", "this", "verb", "wanted", "what"];

/// The diagnostic with its phrases in Japanese, to fill Japanese templates with.
pub(super) fn arguments(diagnostic: &Diagnostic) -> Diagnostic {
    let mut spoken = diagnostic.clone();
    for (name, text) in &mut spoken.arguments {
        if PHRASES.contains(name) {
            *text = phrase(text);
        }
    }
    spoken
}

/// The Japanese of a template; one without any stays English.
pub(super) fn template(english: &'static str) -> &'static str {
    static ROWS: LazyLock<HashMap<&'static str, &'static str>> =
        LazyLock::new(|| TEMPLATES.into_iter().flat_map(rows).collect());
    ROWS.get(english).copied().unwrap_or(english)
}

/// The Japanese of a phrase, with what it encloses.
pub(super) fn phrase(english: &str) -> String {
    enclosed(english, 3)
}

/// The Japanese of a phrase; what it encloses is translated in its turn, `depth` deep.
fn enclosed(english: &str, depth: usize) -> String {
    static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
        let mut rows: Vec<_> = VALUES.into_iter().flat_map(rows).collect();
        // A phrase without a gap is surely the one that is meant.
        rows.sort_by_key(|(english, _)| english.contains('{'));
        rows.into_iter().map(Pattern::new).collect()
    });
    let found = PATTERNS.iter().find_map(|pattern| Some((pattern, pattern.gaps(english)?)));
    match found {
        Some((pattern, gaps)) if depth > 0 => pattern.fill(&gaps, depth - 1),
        _ => english.to_owned(),
    }
}

/// The rows of a catalogue.
fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let mut english = "";
    lines.filter_map(move |line| match line.strip_prefix("  ") {
        Some(japanese) => Some((english, japanese)),
        None => {
            english = line;
            None
        }
    })
}

/// A phrase with gaps.
struct Pattern {
    /// The text around the gaps, one piece more than there are gaps.
    pieces: Vec<&'static str>,
    /// The names of the gaps; a gap without a name is named by its number.
    names: Vec<String>,
    japanese: &'static str,
}

impl Pattern {
    fn new((english, japanese): (&'static str, &'static str)) -> Self {
        let mut pieces = Vec::new();
        let mut names = Vec::new();
        let mut rest = english;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            pieces.push(before);
            names.push(name.to_owned());
            rest = after;
        }
        pieces.push(rest);
        Self { pieces, names, japanese }
    }

    /// What stands in the gaps, when the text is this phrase.
    fn gaps<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.pieces.split_first()?;
        let mut rest = text.strip_prefix(first)?;
        let Some((last, middle)) = others.split_last() else {
            return rest.is_empty().then(Vec::new);
        };
        let mut gaps = Vec::new();
        for piece in middle {
            let (gap, after) = rest.split_once(piece)?;
            gaps.push(gap);
            rest = after;
        }
        gaps.push(rest.strip_suffix(last)?);
        Some(gaps)
    }

    fn fill(&self, gaps: &[&str], depth: usize) -> String {
        let mut text = String::new();
        let mut unnamed = (0..self.names.len()).filter(|at| self.names[*at].is_empty());
        let mut rest = self.japanese;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            let named = self.names.iter().position(|other| other == name && !name.is_empty());
            let at = named.or_else(|| unnamed.next());
            text.push_str(before);
            text.push_str(&enclosed(at.and_then(|at| gaps.get(at)).unwrap_or(&""), depth));
            rest = after;
        }
        text + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, code};

    fn said(name: &'static str, value: &str) -> String {
        let fault = Diagnostic::new(code::INVALID_VALUE, Place::Site, "").with(name, value);
        arguments(&fault).arguments[0].1.clone()
    }

    #[test]
    fn phrases_of_ours_are_translated_with_what_they_enclose() {
        assert_eq!(said("wanted", "a whole number from 3"), "3 以上の整数");
        assert_eq!(said("this", "the guide `account/移行`"), "ガイド `account/移行`");
        let cut = "the picture ends early (at byte 512)";
        assert_eq!(said("reason", cut), "画像が途中で終わっています（512 バイト目）");
        let near = "the theme has no icon `inof`; did you mean `info`?";
        assert_eq!(
            said("reason", near),
            "テーマに icon `inof` がありません（`info` ではありませんか）"
        );
    }

    #[test]
    fn gaps_with_and_without_names_are_told_apart() {
        let key = "the front matter key `cost` (3 articles) is declared as number";
        let want = "フロントマターの項目 `cost`（3 本の記事）を number として宣言しました";
        assert_eq!(phrase(key), want);
        let pictures = "2 pictures of other hosts in 1 articles are still loaded from there (`remote_images: allow`); copy them beside the articles to end that";
        assert!(
            phrase(pictures).starts_with("ほかのサイトの画像 2 点（1 本の記事）は、今までどおり")
        );
    }

    #[test]
    fn the_writers_own_words_stay() {
        assert_eq!(said("key", "a list"), "a list");
        assert_eq!(said("found", "`a list`"), "`a list`");
        assert_eq!(said("reason", "something else"), "something else");
    }

    #[test]
    fn rows_are_pairs_and_stand_once() {
        let all = || TEMPLATES.into_iter().chain(VALUES);
        let lines = |text: &'static str| {
            text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).count()
        };
        for text in all() {
            assert_eq!(rows(text).count() * 2, lines(text), "{}", &text[..40]);
        }
        let mut seen = std::collections::BTreeSet::new();
        let twice: Vec<_> =
            all().flat_map(rows).filter(|(english, _)| !seen.insert(*english)).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
