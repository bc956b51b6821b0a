//! What the articles of a blog hold that the settings must allow: front matter keys of its
//! own, and pictures of other hosts.

use std::collections::BTreeMap;

use super::blog::{Blog, below};
use super::{File, wants_text};
use crate::config::yaml::{Node, ScalarKind, Yaml};
use crate::config::{GUIDE_KEYS, Moment, Zone};
use crate::parse::front_matter_entries;

/// What was found in all articles.
#[derive(Default)]
pub(super) struct Articles {
    /// How many there are.
    pub(super) count: usize,
    /// How many have a date in their file name.
    pub(super) dated: usize,
    /// Keys that guides do not have, with the type that fits all their values and how many
    /// articles have them.
    pub(super) keys: BTreeMap<String, (Type, usize)>,
    /// Pictures of other hosts.
    pub(super) remote_images: usize,
    /// Articles that have them.
    pub(super) with_remote_images: usize,
    /// Articles that are to be hidden.
    unpublished: Vec<String>,
}

/// The type of a key, as its values look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Boolean,
    Number,
    Date,
    Text,
    List,
    Any,
}

impl Type {
    /// As `front_matter:` writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Type::Boolean => "boolean",
            Type::Number => "number",
            Type::Date => "date",
            Type::Text => "text",
            Type::List => "list",
            Type::Any => "any",
        }
    }

    fn of(value: &Yaml) -> Option<Self> {
        Some(match &value.node {
            Node::Map(_) => Type::Any,
            Node::List(items) => {
                let flat = items.iter().all(|item| !matches!(item.node, Node::Map(_)));
                if flat { Type::List } else { Type::Any }
            }
            Node::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => return None,
                ScalarKind::Boolean(_) => Type::Boolean,
                ScalarKind::Integer(_) | ScalarKind::Decimal(_) => Type::Number,
                ScalarKind::Text if Moment::read(&scalar.text, &Zone::utc()).is_some() => {
                    Type::Date
                }
                ScalarKind::Text => Type::Text,
            },
        })
    }

    /// The type that takes values of both.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Type::Any, _) | (_, Type::Any) => Type::Any,
            (Type::List, _) | (_, Type::List) => Type::List,
            _ => Type::Text,
        }
    }
}

impl Articles {
    pub(super) fn read(content: &str, files: &[File], blog: &Blog) -> Self {
        let own = blog.base_url();
        let mut articles = Self::default();
        for file in files.iter().filter(|file| wants_text(&file.path)) {
            let Some(path) = below(&file.path, content) else { continue };
            articles.count += 1;
            let name = path.rsplit('/').next().unwrap_or(path);
            articles.dated += usize::from(begins_with_date(name));
            let Some(text) = &file.text else { continue };
            articles.add_keys(path, text);
            let remote = remote_images(text, own.as_deref());
            articles.remote_images += remote;
            articles.with_remote_images += usize::from(remote > 0);
        }
        articles
    }

    fn add_keys(&mut self, path: &str, text: &str) {
        for entry in front_matter_entries(text) {
            let key = entry.key.value;
            if key == "published" && entry.value.text() == Some("false") {
                self.unpublished.push(path.to_owned());
            }
            if GUIDE_KEYS.contains(&key.as_str()) {
                continue;
            }
            let found = Type::of(&entry.value);
            match (self.keys.get_mut(&key), found) {
                (Some((kind, count)), found) => {
                    *kind = found.map_or(*kind, |found| kind.with(found));
                    *count += 1;
                }
                (None, found) => {
                    self.keys.insert(key, (found.unwrap_or(Type::Any), 1));
                }
            }
        }
    }

    /// Says which keys lose what they did.
    pub(super) fn lost(&self, report: &mut Vec<String>) {
        if let Some((_, count)) = self.keys.get("permalink") {
            report.push(format!(
                "NOT KEPT: {count} articles set their own `permalink`; write `slug:` or `aliases:` in them"
            ));
        }
        if self.keys.contains_key("categories") {
            report.push("NOT KEPT: pages of categories; tags have pages".to_owned());
        }
        for path in &self.unpublished {
            report.push(format!(
                "LOOK: `{path}` says `published: false`, which would be published here; write `draft: true`"
            ));
        }
    }
}

fn begins_with_date(name: &str) -> bool {
    let mut parts = name.splitn(4, '-');
    let number = |part: Option<&str>, length: usize| {
        part.is_some_and(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
    };
    number(parts.next(), 4)
        && number(parts.next(), 2)
        && number(parts.next(), 2)
        && parts.next().is_some()
}

/// How many pictures of other hosts a text shows, code aside.
fn remote_images(text: &str, own: Option<&str>) -> usize {
    let mut fence: Option<&str> = None;
    let mut count = 0;
    for line in text.lines() {
        let start = line.trim_start_matches([' ', '\t', '>']);
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => count += remote_in_line(line, own),
            (Some(_), _) => {}
        }
    }
    count
}

fn remote_in_line(line: &str, own: Option<&str>) -> usize {
    let is_remote = |address: &str| {
        let address = address.trim_start_matches(['<', '"', '\'']);
        let http = address.starts_with("http://") || address.starts_with("https://");
        http && own.is_none_or(|own| !address.starts_with(own))
    };
    let markdown = line
        .match_indices("![")
        .filter_map(|(at, _)| line[at..].split_once("](").map(|(_, rest)| rest.trim_start()));
    let html = line
        .match_indices("<img")
        .filter_map(|(at, _)| line[at..].split('>').next())
        .filter_map(|tag| tag.split_once("src=").map(|(_, rest)| rest.trim_start()));
    markdown.chain(html).filter(|address| is_remote(address)).count()
}
