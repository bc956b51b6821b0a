//! The state of the pictures.

use super::html::{bytes, escaped, folded, section, spot};
use super::overview::{Overview, Picture, Spot};
use crate::cli::words::Words;

/// Pictures without a text alternative, too large for what they show, and unused.
pub(super) fn pictures(overview: &Overview, words: &Words) -> String {
    let silent = overview.without_alt.iter().map(|one| {
        let picture = escaped(&one.picture);
        format!("<span class=\"title\">{picture}</span> {}", spot(words, &one.at))
    });
    let mut large: Vec<&Picture> =
        overview.pictures.iter().filter(|picture| picture.is_too_large()).collect();
    large.sort_by_key(|picture| std::cmp::Reverse(picture.bytes));
    let mut unused: Vec<&Picture> =
        overview.pictures.iter().filter(|picture| picture.uses == 0).collect();
    unused.sort_by_key(|picture| std::cmp::Reverse(picture.bytes));
    let rows = |all: Vec<&Picture>| all.into_iter().map(|one| row(one, words)).collect::<Vec<_>>();
    let body = folded(words, "silent", &silent.collect::<Vec<_>>())
        + &folded(words, "large", &rows(large))
        + &folded(words, "unused", &rows(unused));
    section(words, "pictures", &body)
}

fn row(picture: &Picture, words: &Words) -> String {
    let size = picture.size.map(|(width, height)| format!("{width} × {height}, "));
    let first = picture.first.as_ref().map(|at: &Spot| spot(words, at));
    format!(
        "<span class=\"title\">{}</span> <span class=\"far\">{}{}</span> {}",
        escaped(&picture.path),
        size.unwrap_or_default(),
        bytes(picture.bytes),
        first.unwrap_or_default(),
    )
}
