//! One sorted dictionary of strings, in files that are found without reading the others.
//!
//! Entries come in the order of UTF-16 units, as JavaScript compares, and fill *leaves*;
//! *nodes* say which child holds a key. The *root* stands in `index.js`.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A kind of key with fewer bytes shares a leaf with the next.
const FEW: usize = 2_000;
/// The kind of key that names the files of guides.
const GUIDES: char = 'd';
/// How many children the root may have.
const MOST: usize = 128;
/// How many other nodes have.
const CHILDREN: usize = 32;

/// A node: child `i` holds the keys from `k[i]` up to `k[i + 1]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Node {
    /// The first keys of the children, as short as they can be; the very first is empty.
    pub k: Vec<String>,
    /// The names of the children's files, one after the other.
    pub f: String,
    /// How many nodes lie between this one and the leaves.
    pub d: u32,
}

/// Compares as JavaScript does: by UTF-16 units.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    a.chars().map(unit_order).cmp(b.chars().map(unit_order))
}

/// A number that sorts characters as their UTF-16 units do: those of other planes stand
/// before the end of the basic one.
pub(super) fn unit_order(c: char) -> u32 {
    let code = u32::from(c);
    if (0xe000..0x1_0000).contains(&code) { code + 0x11_0000 } else { code }
}

/// Fills leaves with entries that come in order.
#[derive(Debug)]
pub(super) struct Leaves {
    /// How many bytes of JSON fill a leaf.
    target: usize,
    open: String,
    /// The bytes of the kind of key that is written.
    kind_bytes: usize,
    kind: Option<char>,
    last: String,
    /// The key at which each leaf begins.
    keys: Vec<String>,
}

/// How many bytes fill a leaf where so many guides are searched: a leaf of a small site would
/// hold much that a query does not ask for, and a large one would have too many.
pub(super) fn target(guides: usize) -> usize {
    match guides {
        0..1_000 => 1_000,
        1_000..5_000 => 1_600,
        _ => 2_500,
    }
}

impl Leaves {
    /// No leaves yet; each is filled until it has `target` bytes.
    pub(super) fn new(target: usize) -> Self {
        Self {
            target,
            open: String::new(),
            kind_bytes: 0,
            kind: None,
            last: String::new(),
            keys: Vec::new(),
        }
    }

    /// Adds an entry; gives the JSON of leaves that are full.
    ///
    /// # Panics
    /// When `key` does not follow the last one.
    pub(super) fn push(&mut self, key: &str, value: &str, full: &mut Vec<String>) {
        debug_assert!(self.kind.is_none() || order(&self.last, key) == Ordering::Less, "{key:?}");
        let kind = key.chars().next();
        if self.kind != kind {
            if self.kind_bytes >= FEW {
                self.close(full);
            }
            self.kind = kind;
            self.kind_bytes = 0;
        }
        // A long list has a leaf to itself rather than that of its neighbours as well.
        if self.open.len() + value.len() > self.target * 3 / 2 {
            self.close(full);
        }
        let before = self.open.len();
        if self.open.is_empty() {
            self.begin(key);
        } else {
            self.open.push(',');
        }
        push_string(&mut self.open, key);
        self.open.push(',');
        push_string(&mut self.open, value);
        self.kind_bytes += self.open.len() - before;
        key.clone_into(&mut self.last);
        // An answer asks for guides from all over: each needs its own few names only.
        let target = if kind == Some(GUIDES) { 0 } else { self.target };
        if self.open.len() >= target {
            self.close(full);
        }
    }

    fn begin(&mut self, key: &str) {
        self.open.push('[');
        let separator = if self.keys.is_empty() { "" } else { separator(&self.last, key) };
        self.keys.push(separator.to_owned());
    }

    fn close(&mut self, full: &mut Vec<String>) {
        if !self.open.is_empty() {
            self.open.push(']');
            full.push(std::mem::take(&mut self.open));
        }
    }

    /// Closes the last leaf; gives the keys at which the leaves begin.
    pub(super) fn end(mut self, full: &mut Vec<String>) -> Vec<String> {
        self.close(full);
        self.keys
    }
}

/// The shortest beginning of `key` that is greater than `last`.
fn separator<'a>(last: &str, key: &'a str) -> &'a str {
    let mut ends = key.char_indices().map(|(at, c)| at + c.len_utf8());
    let found = ends.find(|end| order(&key[..*end], last) == Ordering::Greater);
    &key[..found.unwrap_or(key.len())]
}

/// A JSON string; what would be `<` in HTML stays, since no page holds these files.
fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let plain = |byte: u8| byte >= 0x20 && !matches!(byte, b'"' | b'\\' | 0xe2);
    if text.bytes().all(plain) {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The root over leaves of these names and first keys; nodes between are handed to `put`,
/// which names them.
pub(super) fn root(leaves: Vec<(String, String)>, mut put: impl FnMut(&Node) -> String) -> Node {
    let mut children = leaves;
    let mut depth = 0;
    while children.len() > MOST {
        let nodes = children.chunks(CHILDREN).map(|part| {
            let name = put(&node(part, depth));
            (part[0].0.clone(), name)
        });
        children = nodes.collect();
        depth += 1;
    }
    node(&children, depth)
}

/// A node over children with their first keys and names.
fn node(children: &[(String, String)], depth: u32) -> Node {
    let mut keys: Vec<String> = children.iter().map(|(key, _)| key.clone()).collect();
    if let Some(first) = keys.first_mut() {
        first.clear();
    }
    Node { k: keys, f: children.iter().map(|(_, name)| name.as_str()).collect(), d: depth }
}

#[cfg(test)]
mod tests;
