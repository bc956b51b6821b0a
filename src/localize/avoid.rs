//! Words that the house does not write: `.avoid` of its terms.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::messages::TermWords;
use crate::text::is_joined;

/// The words of one language that are not to be written, and what is written instead.
#[derive(Debug)]
pub(super) struct Avoided {
    /// Each with the name of its term; none for a word that is right though it holds a wrong
    /// one.
    words: Vec<(String, Option<String>)>,
    finder: Option<AhoCorasick>,
}

impl Avoided {
    /// The avoided words of `terms`.
    pub(super) fn of(terms: &BTreeMap<String, TermWords>) -> Self {
        let own = || terms.iter().filter(|(_, words)| words.own);
        let mut words: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (name, term) in own() {
            words.extend(term.avoid.iter().map(|word| (word.clone(), Some(name.clone()))));
        }
        let wrong: BTreeSet<String> = words.keys().map(|word| word.to_ascii_lowercase()).collect();
        for (_, term) in own() {
            let said = term.told.said.as_ref().map(|said| said.text.to_string());
            for right in said.into_iter().chain(term.synonyms.iter().cloned()) {
                let folded = right.to_ascii_lowercase();
                if wrong.iter().any(|wrong| *wrong != folded && folded.contains(wrong.as_str())) {
                    words.entry(right).or_insert(None);
                }
            }
        }
        Self::with(words.into_iter().collect())
    }

    fn with(words: Vec<(String, Option<String>)>) -> Self {
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(words.iter().map(|(word, _)| word));
        Self { finder: finder.ok().filter(|_| !words.is_empty()), words }
    }

    /// Whether these are the same words.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.words == other.words
    }

    /// The avoided words in `text`, each with the name of the term to write in its place.
    pub(super) fn found(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let found = finder.find_iter(text).filter(|found| is_whole(text, &found.range()));
        found
            .filter_map(|found| {
                let (_, term) = &self.words[found.pattern().as_usize()];
                Some((found.range(), term.as_deref()?))
            })
            .collect()
    }
}

/// Whether a word of a script with spaces stands alone; words of others have no ends to see.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_joined(c));
    let word = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let joined = |one, other| letter(one) && letter(other);
    !joined(before, word.chars().next()) && !joined(word.chars().next_back(), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn avoided(words: &[(&str, Option<&str>)]) -> Avoided {
        let owned =
            |(word, term): &(&str, Option<&str>)| ((*word).to_owned(), term.map(str::to_owned));
        Avoided::with(words.iter().map(owned).collect())
    }

    #[test]
    fn words_stand_alone_and_the_longest_counts() {
        let english = avoided(&[("login", Some("sign-in")), ("login shell", None)]);
        assert_eq!(english.found("Login, logins, a login shell."), [(0..5, "sign-in")]);
        let japanese = avoided(&[("ログイン", Some("sign-in")), ("ログインシェル", None)]);
        let found = japanese.found("再ログイン後にログインシェル");
        assert_eq!(found, [("再".len().."再ログイン".len(), "sign-in")]);
    }
}
