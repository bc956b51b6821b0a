//! A catalogue for translators with other tools, and back.
//!
//! In: a catalogue's text, and what has become of it elsewhere. Out: a PO file, or the
//! catalogue with those translations. A translation is told by its id, never by likeness; one
//! that was made from another source text stays stale. What is not touched stays byte for
//! byte.

use std::collections::BTreeMap;

use crate::messages::{self, Block, Entry, is_ours};
use crate::text::FileId;

use super::po::{self, Item};
use super::write::{Sheet, Told};

/// The field of a file's header that names the guide.
const GUIDE: &str = "X-Shirube-Guide";

/// How languages count, where not as English does.
const PLURALS: [(&[&str], &str); 5] = [
    (&["ja", "zh", "ko", "th", "vi", "id", "ms"], "nplurals=1; plural=0;"),
    (&["fr"], "nplurals=2; plural=(n > 1);"),
    (
        &["ru", "uk", "sr", "hr", "be"],
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || \
         n%100>=20) ? 1 : 2);",
    ),
    (&["cs", "sk"], "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;"),
    (
        &["pl"],
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    ),
];

/// A catalogue as a PO file; `place` is the file of the guide `guide`, and `obsolete` the
/// translations whose source is gone.
pub fn exported(guide: &str, place: &str, tag: &str, catalogue: &str, obsolete: &str) -> String {
    let mut items = vec![header(guide, tag)];
    let sheet = Sheet::read(catalogue);
    let live = entries(&sheet).filter_map(|entry| {
        Some(Item { place: Some(isolated(place)), ..item(&sheet.text, entry)? })
    });
    items.extend(live);
    let sheet = Sheet::read(obsolete);
    let gone = entries(&sheet).filter(|entry| entry.translation.is_some());
    let gone = gone.filter_map(|entry| {
        let item = item(&sheet.text, entry)?;
        Some(Item { obsolete: true, told: Vec::new(), fuzzy: false, previous: None, ..item })
    });
    items.extend(gone);
    po::write(&items)
}

fn header(guide: &str, tag: &str) -> Item {
    let language = tag.split('-').next().unwrap_or(tag);
    let plurals = PLURALS.iter().find(|(all, _)| all.contains(&language));
    let plurals = plurals.map_or("nplurals=2; plural=(n != 1);", |(_, plurals)| plurals);
    let fields = [
        ("Project-Id-Version", guide),
        ("Language", &tag.replace('-', "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", plurals),
        (GUIDE, guide),
    ];
    let text = fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    Item { text, ..Item::default() }
}

/// A path with blanks, as gettext writes it.
fn isolated(path: &str) -> String {
    if path.contains(' ') { format!("\u{2068}{path}\u{2069}") } else { path.to_owned() }
}

fn entries(sheet: &Sheet) -> impl Iterator<Item = &Entry> {
    sheet.blocks.iter().filter_map(|block| match block {
        Block::Entry(entry) => Some(entry),
        Block::Other(_) => None,
    })
}

/// A message as an item; `None` where its source text is not known.
fn item(sheet: &str, entry: &Entry) -> Option<Item> {
    let fuzzy = entry.is_stale(sheet);
    let parts = entry.comment.iter().filter(|line| is_ours(line) && line.starts_with('$'));
    Some(Item {
        comments: entry.own_comment().map(str::to_owned).collect(),
        told: parts.cloned().collect(),
        place: None,
        fuzzy,
        previous: entry.was().filter(|_| fuzzy).map(str::to_owned),
        context: entry.id.clone(),
        source: entry.source()?.to_owned(),
        text: value(sheet, entry).unwrap_or_default(),
        obsolete: false,
    })
}

/// A translation as it is written, without the indentation of its lines.
fn value(sheet: &str, entry: &Entry) -> Option<String> {
    let written = &sheet[entry.translation.as_ref()?.bytes.clone()];
    let (_, value) = written.split_once('=')?;
    let lines: Vec<&str> = value.trim().lines().map(str::trim).collect();
    Some(lines.join("\n"))
}

/// What became of the items of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// How many translations were written.
    pub written: u64,
    /// How many of them are of another source text.
    pub stale: u64,
    /// Ids that the catalogue does not have.
    pub unknown: Vec<String>,
    /// Ids of translations of another source text whose messages have one of this.
    pub older: Vec<String>,
    /// Ids of translations that no message can hold.
    pub unreadable: Vec<String>,
}

/// The catalogue with the translations of a PO file's items.
pub fn imported(catalogue: &str, items: &[Item]) -> (String, Imported) {
    let mut sheet = Sheet::read(catalogue);
    let mut done = Imported::default();
    let places: BTreeMap<String, usize> = sheet
        .blocks
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(at, block)| match block {
            Block::Entry(entry) => Some((entry.id.clone(), at)),
            Block::Other(_) => None,
        })
        .collect();
    for item in items.iter().filter(|item| !item.obsolete && !item.context.is_empty()) {
        let Some(at) = places.get(&item.context) else {
            done.unknown.push(item.context.clone());
            continue;
        };
        let Block::Entry(entry) = &sheet.blocks[*at] else { continue };
        if let Some(new) = taken(&sheet.text, entry, item, &mut done) {
            sheet.changed[*at] = Some(new);
        }
    }
    (sheet.written(), done)
}

/// A message with the translation of an item; `None` where it stays as it is.
fn taken(sheet: &str, entry: &Entry, item: &Item, done: &mut Imported) -> Option<String> {
    let present = value(sheet, entry);
    let (was_stale, is_same) = (entry.is_stale(sheet), present.as_ref() == Some(&item.text));
    let current = entry.source() == Some(item.source.as_str());
    let stays = item.text.trim().is_empty() || (is_same && (item.fuzzy || !current) && was_stale);
    if stays || (is_same && !was_stale && !item.fuzzy) {
        return None;
    }
    if !current && present.is_some() && !was_stale {
        done.older.push(item.context.clone());
        return None;
    }
    let message = match is_same {
        true => sheet[entry.id_bytes.start..entry.bytes.end].to_owned(),
        false => message(&entry.id, &item.text),
    };
    let Some(print) = print(&message, &entry.id) else {
        done.unreadable.push(item.context.clone());
        return None;
    };
    let mut told = Told::without_marks(entry);
    if !current {
        told.was = Some((item.source.clone(), print));
    } else if item.fuzzy {
        let was = item.previous.as_deref().or(entry.was()).unwrap_or(&item.source);
        told.was = Some((one_line(was), print));
    }
    done.written += 1;
    done.stale += u64::from(told.was.is_some());
    told.source.as_ref()?;
    if let Some((was, _)) = &mut told.was {
        *was = one_line(was);
    }
    Some(told.translated(entry, &message))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message as Fluent has it; signs that would mean something at a line's begin do not.
fn message(id: &str, text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let [first, rest @ ..] = &lines[..] else { return format!("{id} =") };
    if rest.is_empty() {
        return format!("{id} = {first}");
    }
    let mut out = format!("{id} =");
    // A placeable that goes on in other lines has its own order.
    let mut depth = 0usize;
    for line in std::iter::once(first).chain(rest) {
        let special = depth == 0 && line.starts_with(['[', '*', '.']);
        let (sign, line_rest) = if special { line.split_at(1) } else { ("", *line) };
        let sign = if special { format!("{{\"{sign}\"}}") } else { String::new() };
        out.push_str(format!("\n    {sign}{line_rest}").trim_end());
        depth = depth_after(line, depth);
    }
    out
}

/// How many placeables are open behind a line; braces between quotation marks in one are text.
fn depth_after(line: &str, before: usize) -> usize {
    let (mut depth, mut quoted, mut escaped) = (before, false, false);
    for c in line.chars() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// The digits of a message as it would be written; `None` where Fluent cannot read it as one.
fn print(message: &str, id: &str) -> Option<String> {
    let read = messages::catalogue(FileId(0), message);
    match &read.value[..] {
        [Block::Entry(entry)] if read.diagnostics.is_empty() && entry.id == id => {
            entry.translation.as_ref().map(|_| entry.print(message))
        }
        _ => None,
    }
}

/// The guide that a file's header names, and its language.
pub fn about(items: &[Item]) -> (Option<&str>, Option<String>) {
    let header = items.iter().find(|item| item.context.is_empty() && item.source.is_empty());
    let field = |name: &str| {
        let lines = header.map(|header| header.text.lines()).into_iter().flatten();
        let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        values.next().map(str::trim).filter(|value| !value.is_empty())
    };
    (field(GUIDE), field("Language").map(|tag| tag.replace('_', "-")))
}

#[cfg(test)]
mod tests;
