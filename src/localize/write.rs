//! A catalogue's file written anew: what is not touched stays byte for byte.
//!
//! In: the text of the file, and what becomes of its blocks. Out: the new text. Which text
//! of a guide a message is for is not known here.

use crate::messages::{self, Block, Entry, is_ours};
use crate::text::FileId;

use super::Text;

/// The mark that some editors put before a text.
const BOM: char = '\u{feff}';

/// A catalogue's file, read to be written.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The text, with lines that end as this program ends them.
    pub(super) text: String,
    /// What is in it.
    pub(super) blocks: Vec<Block>,
    /// What stands in the place of a block; `None` where it is as it was.
    pub(super) changed: Vec<Option<String>>,
    /// What stands behind a block: new ones.
    pub(super) behind: Vec<Vec<String>>,
    /// What stands before all blocks that are messages.
    pub(super) first: Vec<String>,
    original: String,
    mark: bool,
    returns: bool,
}

/// Whether somebody has left the marks of a conflict in a text.
pub fn is_in_conflict(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

impl Sheet {
    pub(super) fn read(original: &str) -> Self {
        let text = original.strip_prefix(BOM).unwrap_or(original);
        let ends = text.matches('\n').count();
        let returns = ends > 0 && text.matches("\r\n").count() == ends;
        let plain = if returns { text.replace("\r\n", "\n") } else { text.to_owned() };
        let (text, blocks) = parted(plain);
        let count = blocks.len();
        Self {
            text,
            blocks,
            changed: vec![None; count],
            behind: vec![Vec::new(); count],
            first: Vec::new(),
            mark: original.starts_with(BOM),
            original: original.to_owned(),
            returns,
        }
    }

    /// The bytes of a block.
    fn bytes(&self, at: usize) -> std::ops::Range<usize> {
        match &self.blocks[at] {
            Block::Entry(entry) => entry.bytes.clone(),
            Block::Other(bytes) => bytes.clone(),
        }
    }

    /// A block as it was.
    pub(super) fn was(&self, at: usize) -> &str {
        &self.text[self.bytes(at)]
    }

    /// Takes a block away; gives what it was.
    pub(super) fn remove(&mut self, at: usize) -> String {
        self.changed[at] = Some(String::new());
        self.was(at).to_owned()
    }

    /// The place of the first message, before which new ones can stand.
    fn first_entry(&self) -> usize {
        let entry = |block: &Block| matches!(block, Block::Entry(_));
        self.blocks.iter().position(entry).unwrap_or(self.blocks.len())
    }

    /// The new text; the very text that was read where nothing has changed.
    pub(super) fn written(mut self) -> String {
        let untouched = self.changed.iter().all(Option::is_none)
            && self.first.is_empty()
            && self.behind.iter().all(Vec::is_empty);
        if untouched {
            return self.original;
        }
        let mut out = Joined::default();
        let first_entry = self.first_entry();
        let mut from = 0;
        for at in 0..self.blocks.len() {
            let bytes = self.bytes(at);
            let gap = self.text.get(from..bytes.start).unwrap_or("\n\n");
            from = bytes.end;
            if at == first_entry {
                std::mem::take(&mut self.first).iter().for_each(|new| out.add(new));
            }
            match &self.changed[at] {
                None => out.old(gap, &self.text[bytes]),
                Some(new) if new.is_empty() => out.parted = true,
                Some(new) => out.old(gap, new),
            }
            std::mem::take(&mut self.behind[at]).iter().for_each(|new| out.add(new));
        }
        self.first.iter().for_each(|new| out.add(new));
        let tail = self.text[from.min(self.text.len())..].to_owned();
        let text = out.closed(&tail);
        let text = if self.returns { text.replace('\n', "\r\n") } else { text };
        if self.mark && !text.is_empty() { format!("{BOM}{text}") } else { text }
    }
}

/// A text in the making.
#[derive(Default)]
struct Joined {
    text: String,
    /// Whether what stands last is not what stood there.
    parted: bool,
}

impl Joined {
    fn old(&mut self, gap: &str, block: &str) {
        if self.text.is_empty() {
            self.text.push_str(if self.parted { "" } else { gap });
        } else if self.parted && gap.matches('\n').count() < 2 {
            self.text.push_str("\n\n");
        } else {
            self.text.push_str(gap);
        }
        self.text.push_str(block);
        self.parted = false;
    }

    fn add(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(block);
        self.parted = true;
    }

    fn closed(mut self, tail: &str) -> String {
        if !self.text.is_empty() {
            self.text.push_str(if tail.starts_with('\n') { tail } else { "\n" });
        }
        self.text
    }
}

/// Reads a catalogue; the places of messages that stand in the comment of another one are
/// parted from it.
fn parted(mut text: String) -> (String, Vec<Block>) {
    loop {
        let blocks = messages::catalogue(FileId(0), &text).value;
        let mut cuts: Vec<usize> = blocks.iter().filter_map(|block| cut(&text, block)).collect();
        if cuts.is_empty() {
            return (text, blocks);
        }
        cuts.reverse();
        for at in cuts {
            text.insert(at, '\n');
        }
    }
}

/// Where an empty line is wanting.
fn cut(text: &str, block: &Block) -> Option<usize> {
    let Block::Entry(entry) = block else { return None };
    let lines = entry.foreign();
    let mut at = entry.bytes.start;
    for line in text[entry.bytes.clone()].split_inclusive('\n').take(lines) {
        at += line.len();
    }
    (lines > 0).then_some(at)
}

/// What the comment of a message says of its text and its translation.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The source text.
    pub(super) source: Option<String>,
    /// The source text that it was translated from, and the digits of the translation.
    pub(super) was: Option<(String, String)>,
    /// What its parts are.
    pub(super) parts: Vec<String>,
}

impl Told {
    /// What is told of a text.
    pub(super) fn of(text: &Text, source: &str) -> Self {
        Self { source: Some(source.to_owned()), was: None, parts: parts(text) }
    }

    /// What a message's comment tells, but for what it was translated from.
    pub(super) fn without_marks(entry: &Entry) -> Self {
        let parts = entry.comment.iter().filter(|line| is_ours(line) && line.starts_with('$'));
        let source = entry.source().map(str::to_owned);
        Self { source, was: None, parts: parts.cloned().collect() }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.source.iter().map(|source| ["source: ", source].concat()).collect();
        if let Some((was, print)) = &self.was {
            lines.extend([["was: ", was].concat(), ["stale: ", print].concat()]);
        }
        lines.extend_from_slice(&self.parts);
        lines
    }

    /// The comment of a message.
    pub(super) fn comment(&self) -> String {
        commented(&self.lines())
    }

    /// The place of a message without translation.
    pub(super) fn place(&self, id: &str) -> String {
        let mut lines = self.lines();
        lines.push([id, " ="].concat());
        commented(&lines).trim_end().to_owned()
    }

    /// The comment of a message with what is told, the translators' own lines around it.
    fn among(&self, entry: &Entry) -> Vec<String> {
        let first = entry.comment.iter().position(|line| is_ours(line));
        let first = first.unwrap_or(entry.comment.len());
        let own = |lines: &[String]| -> Vec<String> {
            lines.iter().filter(|line| !is_ours(line)).cloned().collect()
        };
        let mut all = own(&entry.comment[..first]);
        all.extend(self.lines());
        all.extend(own(&entry.comment[first..]));
        all
    }

    /// A message with another comment and another translation, as it is written from its id
    /// on.
    pub(super) fn translated(&self, entry: &Entry, message: &str) -> String {
        commented(&self.among(entry)) + message
    }

    /// A message with another comment; `None` when it is what it is.
    pub(super) fn rewritten(&self, sheet: &str, entry: &Entry) -> Option<String> {
        let lines = self.lines();
        let present: Vec<&String> = entry.comment.iter().filter(|line| is_ours(line)).collect();
        if present.len() == lines.len() && present.iter().zip(&lines).all(|(a, b)| *a == b) {
            return None;
        }
        let mut all = self.among(entry);
        if entry.translation.is_none() {
            all.push([&entry.id, " ="].concat());
            return Some(commented(&all).trim_end().to_owned());
        }
        Some(commented(&all) + &sheet[entry.id_bytes.start..entry.bytes.end])
    }
}

/// What the parts of a text are, where it is not plain from their names.
pub(super) fn parts(text: &Text) -> Vec<String> {
    let told = text.wording.parts.iter().filter(|part| !part.meaning.is_empty());
    told.map(|part| format!("${}: {}", part.name, part.meaning)).collect()
}

/// Lines as a comment.
pub(super) fn commented(lines: &[String]) -> String {
    let line = |line: &String| {
        if line.is_empty() { "#\n".to_owned() } else { format!("# {line}\n") }
    };
    lines.iter().map(line).collect()
}
