//! The sorted dictionary that an index is: finds keys, and ranges of keys, in files loaded as
//! needed.
//!
//! In: a way to load a file by name. Out: values, by key. It does not know what keys mean.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::search::ReadError;
use crate::search::dictionary::{Node, order};
use crate::search::file::{NAME, opened};
use crate::search::index::{FORMAT, First, spec_hash};
use crate::search::tokenizer::version;

/// Gives the text of a file of an index by its name without `.js`; nothing when there is none.
pub type Load<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// What was read of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Read {
    /// Files.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: usize,
}

/// Entries of the dictionary, sorted by key: key, value, key, value.
type Leaf = Vec<String>;

/// The name of the first file.
const FIRST: &str = "index";
/// More levels of nodes than any site needs.
const DEEPEST: u32 = 8;

/// The last place in `keys` (every `step`-th) whose key is at most `key`, and one more.
fn at_most(keys: &[String], key: &str, step: usize) -> usize {
    let (mut low, mut high) = (0, keys.len() / step);
    while low < high {
        let middle = usize::midpoint(low, high);
        if order(&keys[middle * step], key).is_le() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The dictionary below the first file.
pub(super) struct Store<'a> {
    pub(super) head: First,
    loader: Load<'a>,
    texts: RefCell<BTreeMap<String, Rc<str>>>,
    leaves: RefCell<BTreeMap<String, Rc<Leaf>>>,
    read: Cell<Read>,
}

/// What tells the version of an index.
#[derive(Deserialize)]
struct Version {
    format: u32,
    tokenizer: u32,
    spec: String,
}

impl<'a> Store<'a> {
    /// Opens an index; one of another version is refused.
    pub(super) fn open(loader: Load<'a>) -> Result<Self, ReadError> {
        let text = loader(FIRST).ok_or_else(|| ReadError::Missing(FIRST.to_owned()))?;
        let Version { format, tokenizer, spec } = parsed(FIRST, &text)?;
        if format != FORMAT || tokenizer != version() || spec != spec_hash() {
            return Err(ReadError::Other);
        }
        let head: First = parsed(FIRST, &text)?;
        if head.root.d > DEEPEST {
            return Err(ReadError::Broken(FIRST.to_owned()));
        }
        let read = Cell::new(Read { files: 1, bytes: text.len() });
        Ok(Self { head, loader, texts: RefCell::default(), leaves: RefCell::default(), read })
    }

    /// What was read so far.
    pub(super) fn read(&self) -> Read {
        self.read.get()
    }

    fn text(&self, name: &str) -> Result<Rc<str>, ReadError> {
        if let Some(text) = self.texts.borrow().get(name) {
            return Ok(Rc::clone(text));
        }
        let text = (self.loader)(name).ok_or_else(|| ReadError::Missing(name.to_owned()))?;
        let Read { files, bytes } = self.read.get();
        self.read.set(Read { files: files + 1, bytes: bytes + text.len() });
        let text: Rc<str> = text.into();
        self.texts.borrow_mut().insert(name.to_owned(), Rc::clone(&text));
        Ok(text)
    }

    /// A file by name, read once.
    pub(super) fn load<T: DeserializeOwned>(&self, name: &str) -> Result<T, ReadError> {
        parsed(name, &self.text(name)?)
    }

    fn leaf(&self, name: &str) -> Result<Rc<Leaf>, ReadError> {
        if let Some(leaf) = self.leaves.borrow().get(name) {
            return Ok(Rc::clone(leaf));
        }
        let leaf: Leaf = self.load(name)?;
        if !leaf.len().is_multiple_of(2) {
            return Err(ReadError::Broken(name.to_owned()));
        }
        let leaf = Rc::new(leaf);
        self.leaves.borrow_mut().insert(name.to_owned(), Rc::clone(&leaf));
        Ok(leaf)
    }

    /// The names of leaves that hold keys from `from` up to `to`, at most `most`; `own` is the
    /// name of the node's file.
    fn leaves(
        &self,
        (own, node): (&str, &Node),
        (from, to): (&str, &str),
        most: usize,
    ) -> Result<Vec<String>, ReadError> {
        let first = at_most(&node.k, from, 1).max(1) - 1;
        let end = at_most(&node.k, to, 1).min(first + most);
        let mut children = Vec::new();
        for at in first..end {
            children.push(name_at(&node.f, at).ok_or_else(|| ReadError::Broken(own.to_owned()))?);
        }
        if node.d == 0 {
            return Ok(children.into_iter().map(str::to_owned).collect());
        }
        let mut loaded = Vec::new();
        for name in children {
            let child: Node = self.load(name)?;
            if child.d.checked_add(1) != Some(node.d) {
                return Err(ReadError::Broken(name.to_owned()));
            }
            loaded.push((name, child));
        }
        let mut found: Vec<String> = Vec::new();
        for (name, child) in &loaded {
            if found.len() < most {
                found.extend(self.leaves((name, child), (from, to), most - found.len())?);
            }
        }
        Ok(found)
    }

    fn holder(&self, key: &str) -> Result<Option<String>, ReadError> {
        Ok(self.leaves((FIRST, &self.head.root), (key, key), 1)?.into_iter().next())
    }

    /// That the value of a key is not what it should be.
    pub(super) fn broken(&self, key: &str) -> ReadError {
        match self.holder(key) {
            Ok(name) => ReadError::Broken(name.unwrap_or_else(|| FIRST.to_owned())),
            Err(error) => error,
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Result<Option<String>, ReadError> {
        let Some(name) = self.holder(key)? else { return Ok(None) };
        let leaf = self.leaf(&name)?;
        let Some(at) = at_most(&leaf, key, 2).checked_sub(1) else { return Ok(None) };
        Ok((leaf[at * 2] == key).then(|| leaf[at * 2 + 1].clone()))
    }

    /// Entries whose keys begin with `prefix`, from at most `most` leaves.
    pub(super) fn range(
        &self,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(String, String)>, ReadError> {
        let to = format!("{prefix}\u{ffff}");
        let mut found = Vec::new();
        for name in self.leaves((FIRST, &self.head.root), (prefix, &to), most)? {
            let leaf = self.leaf(&name)?;
            let from = at_most(&leaf, prefix, 2).max(1) - 1;
            for entry in leaf.chunks_exact(2).skip(from) {
                if order(&entry[0], &to).is_gt() {
                    break;
                }
                if entry[0].starts_with(prefix) {
                    found.push((entry[0].clone(), entry[1].clone()));
                }
            }
        }
        Ok(found)
    }
}

/// The name at a place of names written one after the other.
pub(super) fn name_at(names: &str, at: usize) -> Option<&str> {
    let from = at.checked_mul(NAME)?;
    let name = names.get(from..from.checked_add(NAME)?)?;
    // Names come from files that anybody may have changed; none may lead elsewhere.
    is_name(name).then_some(name)
}

/// Whether a file of an index may be called so.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == NAME
        && name.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, ReadError> {
    let broken = || ReadError::Broken(name.to_owned());
    let (own, json) = opened(text).ok_or_else(broken)?;
    let value = serde_json::from_str(json).map_err(|_| broken())?;
    if own == name { Ok(value) } else { Err(broken()) }
}
