//! What a result shows of a guide: its address, title, headings and texts.
//!
//! Short texts stand in the fragment itself; longer ones in pieces of some sections each, so
//! that a result costs what it shows.

use serde::Serialize;

use super::file::{Names, json, push_text};
use super::numbers;
use super::postings::Extent;
use super::record::{Field, Record, Section};

/// A block of more characters is cut.
const BLOCK: usize = 1_000;
/// Texts of so many characters in all stand in the fragment.
const WHOLE: usize = 700;
/// A piece is filled until it has so many characters, in sites of few guides.
const PIECE: usize = 1_200;
/// In sites of many, which have files enough.
const LARGER: usize = 3_000;
/// How many guides are many.
const MANY: usize = 1_000;
/// The headings of so many sections stand in the fragment.
const FEW: usize = 40;
/// Of more, so many share a file.
const HEADINGS: usize = 32;

/// What a page says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Its address from the published root, encoded.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The title of the section that it is in; empty where it is in none.
    pub section: String,
    /// The language of its text, where it is not that of the page.
    pub lang: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// The texts of a guide, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Texts {
    /// Of each section, how much later it begins than the one before, and how long its heading is.
    starts: String,
    /// JSON of heading and anchor of each section, by turns: of all, or by file.
    headings: Vec<String>,
    /// JSON of the texts where they stand in the fragment.
    whole: Option<String>,
    /// JSON of each piece, its first section and how many it has.
    pieces: Vec<(String, usize, usize)>,
}

/// The blocks of a section with their positions, counted from the section's.
type Blocks<'a> = Vec<(u32, &'a str)>;

/// JSON of sections: of each, positions and texts by turns.
fn written(sections: &[Blocks<'_>]) -> String {
    let mut out = String::from("[");
    for (at, blocks) in sections.iter().enumerate() {
        out.push_str(if at > 0 { ",[" } else { "[" });
        for (at, (position, text)) in blocks.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&position.to_string());
            out.push(',');
            push_text(&mut out, text);
        }
        out.push(']');
    }
    out.push(']');
    out
}

/// What stands in a fragment before its texts.
#[derive(Serialize)]
struct Start<'a> {
    u: &'a str,
    t: &'a str,
    s: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    l: Option<&'a str>,
    g: &'a [String],
}

/// How many characters fill a piece in a site of so many guides.
pub(super) fn piece(guides: usize) -> usize {
    if guides < MANY { PIECE } else { LARGER }
}

/// The texts of a record that lies in the index as `extent` says, in pieces of about `piece`
/// characters.
pub(super) fn texts(record: &Record, extent: &Extent, piece: usize) -> Texts {
    let (starts, headings) = (starts(extent), headings(record));
    let mut positions = extent.blocks.iter().copied();
    let all: Vec<Blocks> =
        record.sections.iter().map(|section| blocks(section, &mut positions)).collect();
    let length = |blocks: &Blocks| blocks.iter().map(|(_, text)| text.chars().count()).sum();
    let lengths: Vec<usize> = all.iter().map(length).collect();
    if lengths.iter().sum::<usize>() <= WHOLE {
        return Texts { starts, headings, whole: Some(written(&all)), pieces: Vec::new() };
    }
    let mut pieces = Vec::new();
    let (mut first, mut filled) = (0, 0);
    for (at, length) in lengths.iter().enumerate() {
        filled += length;
        if filled >= piece || at + 1 == all.len() {
            pieces.push((written(&all[first..=at]), first, at + 1 - first));
            (first, filled) = (at + 1, 0);
        }
    }
    Texts { starts, headings, whole: None, pieces }
}

/// The beginnings of sections as numbers.
fn starts(extent: &Extent) -> String {
    let (mut text, mut last) = (String::new(), 0);
    for (start, heading) in &extent.starts {
        numbers::push(&mut text, start - last);
        numbers::push(&mut text, *heading);
        last = *start;
    }
    text
}

/// The headings of a guide: in one list, or in several of a long guide.
fn headings(record: &Record) -> Vec<String> {
    let count = record.sections.len();
    let file = if count <= FEW { count.max(1) } else { HEADINGS };
    let list = |sections: &[Section]| -> Vec<String> {
        let pair = |section: &Section| [section.heading.clone(), section.anchor.clone()];
        sections.iter().flat_map(pair).collect()
    };
    record.sections.chunks(file).map(|sections| json(&list(sections))).collect()
}

/// The blocks of a section as results show them.
fn blocks<'a>(section: &'a Section, positions: &mut impl Iterator<Item = u32>) -> Blocks<'a> {
    let cut = |(_, range): &(Field, std::ops::Range<usize>)| {
        let block = &section.text[range.clone()];
        let end = if block.len() > BLOCK { block.char_indices().nth(BLOCK) } else { None };
        let text = end.map_or(block, |(end, _)| &block[..end]);
        Some((positions.next()?, text))
    };
    section.blocks.iter().filter_map(cut).collect()
}

impl Texts {
    /// Names the files of a guide and its pieces; new ones are added to `files` as name and
    /// JSON. Gives the name of the guide's own.
    pub(super) fn put(
        &self,
        head: &Head,
        names: &mut Names,
        files: &mut Vec<(String, String)>,
    ) -> String {
        let mut put = |json: &str| {
            let (name, new) = names.give(json);
            if new {
                files.push((name.clone(), json.to_owned()));
            }
            name
        };
        let pieces = self.pieces.iter().map(|(json, first, count)| (put(json), first, count));
        let pieces: Vec<_> = pieces.collect();
        let headings = match self.headings.as_slice() {
            [] => "\"h\":[]".to_owned(),
            [only] => format!("\"h\":{only}"),
            several => {
                format!("\"b\":\"{}\"", several.iter().map(|list| put(list)).collect::<String>())
            }
        };
        let start = json(&Start {
            u: &head.url,
            t: &head.title,
            s: &head.section,
            l: head.lang.as_deref(),
            g: &head.tags,
        });
        let start = start.strip_suffix('}').expect("it is an object");
        let places = json(&self.starts);
        let text = match &self.whole {
            Some(texts) => format!("{start},\"n\":{places},{headings},\"x\":{texts}}}"),
            None => format!("{start},\"n\":{places},{headings},\"p\":{}}}", json(&pieces)),
        };
        put(&text)
    }
}

#[cfg(test)]
mod tests;
