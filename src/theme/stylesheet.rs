//! One style sheet out of several files: `@import "tokens.css";` is replaced by the file it
//! names, so that a page waits for one request and a theme can still be read part by part.
//!
//! In: the files of `assets/`. Out: the same, the parts put where they are asked for, and
//! the faults of imports that are not joined. Only imports at the start of a line that name
//! a file of the theme are ours.

use std::collections::{BTreeMap, BTreeSet};

use super::css::comments;
use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::text::{FileId, Span};

/// The files of `assets/` by name.
pub(super) type Contents<'a> = BTreeMap<&'a str, Vec<u8>>;

/// A stretch of a sheet.
#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    Text(&'a str),
    Import(&'a str),
}

/// Joins style sheets with what they import; parts are no longer files of their own, unless
/// they import each other in a circle: then none of them is a part of the others.
pub(super) fn join(contents: &mut Contents<'_>) {
    let sheets: BTreeMap<&str, Vec<Piece<'_>>> = pieces(contents);
    let parts: BTreeSet<String> = imports(&sheets).map(|(_, part)| part.to_owned()).collect();
    let circles: BTreeSet<String> =
        circular(&sheets).into_iter().map(|(sheet, _)| sheet.to_owned()).collect();
    let is_part = |name: &str| parts.contains(name) && !circles.contains(name);
    let roots = sheets.iter().filter(|(name, pieces)| {
        !is_part(name) && pieces.iter().any(|piece| matches!(piece, Piece::Import(_)))
    });
    let joined: Vec<(String, String)> =
        roots.map(|(name, _)| ((*name).to_owned(), whole(name, &sheets))).collect();
    for (name, whole) in joined {
        if let Some(bytes) = contents.get_mut(name.as_str()) {
            *bytes = whole.into_bytes();
        }
    }
    contents.retain(|name, _| !is_part(name));
}

/// The sheets among `contents` that are text, in pieces.
fn pieces<'a>(contents: &'a Contents<'_>) -> BTreeMap<&'a str, Vec<Piece<'a>>> {
    let sheets = contents.iter().filter(|(name, _)| name.ends_with(".css"));
    let cut = |line: &'a str| match imported(line).filter(|name| contents.contains_key(name)) {
        Some(name) => Piece::Import(name),
        None => Piece::Text(line),
    };
    let texts = sheets.filter_map(|(name, bytes)| Some((*name, std::str::from_utf8(bytes).ok()?)));
    texts.map(|(name, text)| (name, lines(text).map(cut).collect())).collect()
}

/// Before the sign that some editors put first, nothing stands at the start of a line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{feff}').trim_end().split_inclusive('\n')
}

/// The file that a line imports.
fn imported(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("@import \"")?.trim_end();
    rest.strip_suffix("\";")
}

/// Which sheet imports which.
fn imports<'a, 'b>(
    sheets: &'b BTreeMap<&'a str, Vec<Piece<'a>>>,
) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a, 'b> {
    sheets.iter().flat_map(|(sheet, pieces)| {
        pieces.iter().filter_map(|piece| match piece {
            Piece::Import(part) => Some((*sheet, *part)),
            Piece::Text(_) => None,
        })
    })
}

/// The sheet `name` with all that it imports, each sheet once: as in CSS, where it is asked
/// for last. Read from its end, so that the last place is the first one met.
fn whole<'a>(name: &'a str, sheets: &BTreeMap<&'a str, Vec<Piece<'a>>>) -> String {
    let mut seen = BTreeSet::from([name]);
    let mut waiting = sheets[name].clone();
    let mut texts = Vec::new();
    while let Some(piece) = waiting.pop() {
        match piece {
            Piece::Text(text) => texts.push(text),
            Piece::Import(part) if seen.insert(part) => {
                waiting.extend(sheets.get(part).into_iter().flatten());
            }
            Piece::Import(_) => {}
        }
    }
    let end = |text: &str| if text.ends_with('\n') { "" } else { "\n" };
    texts.into_iter().rev().flat_map(|text| [text, end(text)]).collect()
}

/// The imports that go round in a circle.
fn circular<'a>(sheets: &BTreeMap<&'a str, Vec<Piece<'a>>>) -> Vec<(&'a str, &'a str)> {
    let bound = bound(sheets);
    let mut links: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let inside = imports(sheets).filter(|(from, to)| bound.contains(from) && bound.contains(to));
    inside.for_each(|(from, to)| links.entry(from).or_default().push(to));
    let all = links.iter().flat_map(|(from, to)| to.iter().map(|to| (*from, *to)));
    all.filter(|(from, to)| leads(to, from, &links)).collect()
}

/// The sheets that are left when those that nothing imports are taken away, again and
/// again: circles, and what they import. Mostly none, and so found without much ado.
fn bound<'a>(sheets: &BTreeMap<&'a str, Vec<Piece<'a>>>) -> BTreeSet<&'a str> {
    let mut left: BTreeSet<&str> = sheets.keys().copied().collect();
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    imports(sheets).for_each(|(_, part)| *wanted.entry(part).or_default() += 1);
    let mut free: Vec<&str> =
        left.iter().copied().filter(|name| !wanted.contains_key(name)).collect();
    while let Some(name) = free.pop() {
        left.remove(name);
        for piece in sheets.get(name).into_iter().flatten() {
            let Piece::Import(part) = piece else { continue };
            let count = wanted.entry(part).or_default();
            *count -= 1;
            if *count == 0 {
                free.push(part);
            }
        }
    }
    left
}

/// Whether `links` lead from one sheet to another.
fn leads(from: &str, to: &str, links: &BTreeMap<&str, Vec<&str>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(name) = waiting.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            waiting.extend(links.get(name).into_iter().flatten());
        }
    }
    false
}

/// The faults of the imports in a site's own sheets `own`, which are among `contents`.
pub(super) fn faults(
    contents: &Contents<'_>,
    own: &BTreeMap<&str, (FileId, &[u8])>,
) -> Vec<Diagnostic> {
    let circles: BTreeSet<(&str, &str)> = circular(&pieces(contents)).into_iter().collect();
    let mut faults = Vec::new();
    for (name, (file, bytes)) in own.iter().filter(|(name, _)| name.ends_with(".css")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        for (at, statement) in statements(text) {
            let span = Span::new(*file, at..at + statement.len());
            match joined(text, at).filter(|part| contents.contains_key(part)) {
                Some(part) if circles.contains(&(*name, part)) => {
                    faults.push(round(span, name, part));
                }
                Some(_) => {}
                None => faults.push(left_over(span, statement, contents)),
            }
        }
    }
    faults
}

/// The imports of a sheet, with where they stand.
fn statements(text: &str) -> Vec<(usize, &str)> {
    let comments = comments(text);
    let hidden = |at: usize| {
        let next = comments.partition_point(|comment| comment.end <= at);
        comments.get(next).is_some_and(|comment| comment.start <= at)
    };
    let starts = text.match_indices("@import").filter(|(at, _)| !hidden(*at));
    let statement = |(at, _)| {
        let rest: &str = &text[at..];
        let line = rest.lines().next().unwrap_or(rest);
        (at, line.find(';').map_or(line, |end| &line[..=end]).trim_end())
    };
    starts.map(statement).collect()
}

/// What the import at `at` names, if it is written as one that is joined.
fn joined(text: &str, at: usize) -> Option<&str> {
    let starts = matches!(text[..at].chars().next_back(), None | Some('\n' | '\u{feff}'));
    imported(text[at..].split('\n').next()?).filter(|_| starts)
}

fn fault(span: Span, message: &'static str) -> Diagnostic {
    Diagnostic::new(code::INVALID_THEME, span, message).severity(Severity::Warning)
}

fn round(span: Span, sheet: &str, part: &str) -> Diagnostic {
    fault(span, "`{part}` imports `{sheet}` in its turn")
        .with("part", part)
        .with("sheet", sheet)
        .help("sheets that import each other are not joined into one: take one of the imports out")
}

/// An import that browsers would follow, to where nothing is.
fn left_over(span: Span, statement: &str, contents: &Contents<'_>) -> Diagnostic {
    let name = statement.split(['"', '\'', '(', ')']).find(|part| part.contains(['.', '/']));
    let name = name.unwrap_or(statement);
    if name.contains("//") {
        let message = "a style sheet from elsewhere is not loaded: `{sheet}`";
        let help = "pages load nothing from other hosts: put the sheet into `assets/` of the theme";
        return fault(span, message).with("sheet", name).help(help);
    }
    if contents.contains_key(name) {
        return fault(span, "this import of `{sheet}` is not joined")
            .with("sheet", name)
            .help("write `@import \"{sheet}\";` on a line of its own, from its start");
    }
    let sheets = contents.keys().copied().filter(|name| name.ends_with(".css"));
    fault(span, "there is no style sheet `{sheet}`")
        .with("sheet", name)
        .nearest(nearest(name, sheets))
        .help("put it into `assets/` of the theme, and import it by its path from there")
}

#[cfg(test)]
mod tests;
