//! Words that mean the same: the program's tables, and the site's own.
//!
//! A table is a YAML list of groups, `- [サインイン, ログイン]`. In: tables. Out: for every
//! member that stands in an index the others of its group.

use std::collections::BTreeMap;

use super::dictionary::order;
use super::tokenizer::{scan, tokens};
use crate::config::yaml::{Node, Source, Yaml, read};
use crate::diagnostic::{Checked, Diagnostic, code};

/// Words that mean the same, as written.
pub type Group = Vec<String>;

const JAPANESE: &str = include_str!("synonyms/ja.yaml");
const ENGLISH: &str = include_str!("synonyms/en.yaml");

/// The groups that the program brings for a locale: Japanese help speaks of English things.
pub fn shipped(locale: &str) -> Vec<Group> {
    let tables: &[&str] = match locale.split('-').next() {
        Some("ja") => &[JAPANESE, ENGLISH],
        Some("en") => &[ENGLISH],
        _ => &[],
    };
    let file = crate::text::FileId(0);
    tables.iter().flat_map(|table| groups(Source::whole(file, table)).value).collect()
}

/// The groups of a table.
pub fn groups(source: Source<'_>) -> Checked<Vec<Group>> {
    let mut faults = Vec::new();
    let yaml = read(source, crate::config::yaml::Prose::default()).take(&mut faults);
    let mut found = Vec::new();
    match yaml {
        Some(Yaml { node: Node::List(items), .. }) => {
            found.extend(items.iter().filter_map(|item| group(item, &mut faults)));
        }
        Some(yaml) if !yaml.is_null() => faults.push(
            Diagnostic::new(
                code::INVALID_SYNONYMS,
                yaml.span,
                "this is no list of groups of words",
            )
            .help("write a list of lists: `- [サインイン, ログイン]`"),
        ),
        _ => {}
    }
    Checked { value: found, diagnostics: faults }
}

fn group(item: &Yaml, faults: &mut Vec<Diagnostic>) -> Option<Group> {
    let fault = |message| {
        Diagnostic::new(code::INVALID_SYNONYMS, item.span, message)
            .help("write words that mean the same between brackets: `- [サインイン, ログイン]`")
    };
    let Node::List(members) = &item.node else {
        faults.push(fault("this is no group of words"));
        return None;
    };
    let mut words: Group = Vec::new();
    for member in members {
        match member.text().map(str::trim).filter(|word| !key(word).is_empty()) {
            Some(word) if words.iter().any(|known| key(known) == key(word)) => {}
            Some(word) => words.push(word.to_owned()),
            None => faults.push(
                Diagnostic::new(code::INVALID_SYNONYMS, member.span, "{shown} is no word")
                    .with("shown", member.shown())
                    .help("write text with letters; put it in quotes if it has signs"),
            ),
        }
    }
    if words.len() < 2 {
        faults.push(fault("a group of fewer than two different words says nothing"));
        return None;
    }
    Some(words)
}

/// The form of a text by which synonyms are found: words with a space between, without
/// joiners; nothing beside kana and kanji.
///
/// ```
/// use shirube::search::synonyms::key;
/// assert_eq!(key("Wi-Fi ルーター"), "wifiルタ");
/// assert_eq!(key("two-factor Authentication"), "twofactor authentication");
/// ```
pub fn key(text: &str) -> String {
    let scan = scan(text, false);
    let mut key = String::new();
    let mut word = false;
    for group in scan.groups() {
        let is_word = !group[0].cjk;
        if word && is_word {
            key.push(' ');
        }
        key.extend(group.iter().flat_map(|run| scan.glyphs(run)).map(|glyph| glyph.c));
        word = is_word;
    }
    key
}

/// What stands for what, for one locale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The site's own groups: all of their words are looked for.
    pub own: Vec<Group>,
    /// The groups that come with Shirube: the weightiest few words of each.
    pub shipped: Vec<Group>,
}

/// How many other words of the shipped groups stand for one, and how many in all.
const SHIPPED: usize = 3;
const MOST: usize = 12;

/// Another word for one.
struct Other<'a> {
    own: bool,
    weight: u32,
    key: String,
    word: &'a str,
}

/// The entries of groups, in the order of their keys: for each word those others that an
/// index has: the site's own first, then the weightiest. `weight` is 0 for a token that it does
/// not have.
pub(super) fn entries(table: &Table, weight: &dyn Fn(&str) -> u32) -> Vec<(String, String)> {
    let weigh = |word: &str| {
        let tokens = tokens(word, false);
        // The last character of a stretch stands alone as well, but only where texts end so.
        let ends = |at: usize| {
            let (token, pair) = (&tokens[at].0, at.checked_sub(1).map(|before| &tokens[before].0));
            !token.is_ascii()
                && token.chars().count() == 1
                && pair
                    .is_some_and(|pair| pair.chars().count() == 2 && pair.ends_with(token.as_str()))
        };
        (0..tokens.len()).filter(|at| !ends(*at)).map(|at| weight(&tokens[at].0)).min()
    };
    let mut found: BTreeMap<String, Vec<Other<'_>>> = BTreeMap::new();
    let own = table.own.iter().map(|group| (true, group));
    for (site, group) in own.chain(table.shipped.iter().map(|group| (false, group))) {
        let members: Vec<_> =
            group.iter().map(|word| (weigh(word).unwrap_or(0), key(word), word)).collect();
        for (_, own, _) in &members {
            let others = members.iter().filter(|(weight, key, _)| *weight > 0 && key != own);
            for (weight, key, word) in others {
                let known = found.entry(own.clone()).or_default();
                if !known.iter().any(|known| known.key == *key) {
                    known.push(Other { own: site, weight: *weight, key: key.clone(), word });
                }
            }
        }
    }
    let entry = |(key, mut others): (String, Vec<Other<'_>>)| {
        others.sort_by_key(|other| std::cmp::Reverse((other.own, other.weight)));
        let kept = others.iter().filter(|other| other.own).count().clamp(SHIPPED, MOST);
        let others = others.iter().take(kept).map(|other| other.word.replace('|', " "));
        (format!("s{key}"), others.collect::<Vec<_>>().join("|"))
    };
    let mut entries: Vec<_> = found.into_iter().map(entry).collect();
    entries.sort_by(|a, b| order(&a.0, &b.0));
    entries
}

#[cfg(test)]
mod tests;
