//! A translation by file as one by messages, and the other way round.
//!
//! In: the texts of a guide and of its translation, or a guide's text and its catalogue.
//! Out: the text of the other form, and what has no place in it. Two texts are taken for each
//! other by what they are, by their order, and by the code, links and figures in them.

use std::collections::{BTreeMap, BTreeSet};

use super::Text;
use super::matching::{Catalogue, Matching, State, id};
use super::slots::Kind;
use super::wording::{Kept, Part};
use super::write::{Told, commented};
use crate::messages::{Block, Entry, Piece, written};
use crate::text::is_joined;

/// What became of a translation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Converted {
    /// The text of the new file.
    pub text: String,
    /// How many texts of the guide are translated in it.
    pub matched: usize,
    /// What of the translation has no place in it.
    pub left: Vec<String>,
    /// How many blocks of code and formulas of the translation are among what is left.
    pub codes: usize,
    /// What translators have noted in the catalogue, as comments that stand alone.
    pub notes: Vec<String>,
    /// Whether one of the texts was translated from another source.
    pub stale: bool,
}

/// The catalogue for a translation by file. `source` and `translation` have the blocks
/// beside the texts that a catalogue does not carry: the translation's own ones are kept in
/// a comment at its end.
pub fn to_messages(
    (source, blocks): (&[Text], &[String]),
    (translation, own_blocks): (&[Text], &[String]),
) -> Converted {
    let pairs = paired(source, translation);
    let mut done = Converted::default();
    if let Some(title) = source.first() {
        done.text = format!("### {}\n", title.wording.text());
    }
    let mut met: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    for (text, pair) in source.iter().zip(&pairs) {
        let said = text.wording.text();
        let twin = met.entry((text.kind, said.clone())).or_default();
        let id = id(text.kind, &said, *twin);
        *twin += 1;
        let told = Told::of(text, &said);
        let message = match pair {
            None => told.place(&id),
            Some(at) => {
                done.matched += 1;
                let (value, notes) = renamed(&text.wording.parts, &translation[*at]);
                [&commented(&notes), &told.comment(), &id, " = ", &value].concat()
            }
        };
        done.text.push_str(&format!("\n{message}\n"));
    }
    let used: BTreeSet<usize> = pairs.into_iter().flatten().collect();
    let left = (0..translation.len()).filter(|at| !used.contains(at));
    done.left = left.map(|at| translation[at].wording.text()).collect();
    let codes = own_blocks.iter().filter(|own| !blocks.contains(own)).cloned();
    let texts = done.left.len();
    done.left.extend(codes);
    done.codes = done.left.len() - texts;
    if !done.left.is_empty() {
        let lines = done.left.join("\n\n");
        let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        done.text.push_str("\n## These texts of the translation have no place in the source.\n\n");
        done.text.push_str(&commented(&lines));
    }
    done
}

/// For each text of the source that of the translation, in order.
fn paired(source: &[Text], translation: &[Text]) -> Vec<Option<usize>> {
    let size = |texts: &[Text]| texts.iter().map(length).sum::<f32>().max(1.0);
    let ratio = size(translation) / size(source);
    let width = translation.len() + 1;
    let mut best = vec![0.0f32; (source.len() + 1) * width];
    let score = |i: usize, j: usize| likelihood(&source[i], &translation[j], ratio);
    for i in (0..source.len()).rev() {
        for j in (0..translation.len()).rev() {
            let apart = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let both = score(i, j).map_or(0.0, |score| score + best[(i + 1) * width + j + 1]);
            best[i * width + j] = apart.max(both);
        }
    }
    let mut made = vec![None; source.len()];
    let (mut i, mut j) = (0, 0);
    while i < source.len() && j < translation.len() {
        let here = best[i * width + j];
        let both = score(i, j).map(|score| score + best[(i + 1) * width + j + 1]);
        if both.is_some_and(|both| both >= here) {
            made[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= here {
            i += 1;
        } else {
            j += 1;
        }
    }
    made
}

#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn length(text: &Text) -> f32 {
    text.wording.text().chars().count() as f32
}

/// How likely one text is the translation of another; `None` when it is of another kind.
fn likelihood(source: &Text, translation: &Text, ratio: f32) -> Option<f32> {
    if source.kind != translation.kind {
        return None;
    }
    let odd = (length(translation) / (length(source) * ratio).max(1.0)).max(0.01).ln().abs();
    let (own, other) = (anchors(source), anchors(translation));
    let shared = own.iter().filter(|anchor| other.contains(*anchor)).count();
    let all = own.len().max(other.len());
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let same = if all == 0 { 0.3 } else { shared as f32 / all as f32 };
    Some(1.0 - (0.4 * odd).min(0.8) + same)
}

/// What a translation has in common with its source: parts and figures.
fn anchors(text: &Text) -> BTreeSet<String> {
    let kind = |part: &Part| part.name.split('-').next().unwrap_or_default().to_owned();
    let parts = text.wording.parts.iter().map(|part| format!("{} {}", kind(part), part.meaning));
    let said = text.wording.pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let figures = said.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
    parts.chain(figures.filter(|figure| !figure.is_empty()).map(str::to_owned)).collect()
}

/// A translation's text with the names that its parts have in the source; and notes of those
/// that the source does not have.
fn renamed(source: &[Part], translation: &Text) -> (String, Vec<String>) {
    let kind = |part: &Part| part.name.rsplit_once('-').map_or("", |(kind, _)| kind).to_owned();
    let mut free: Vec<&Part> = source.iter().collect();
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut notes = Vec::new();
    for exact in [true, false] {
        for part in &translation.wording.parts {
            let fits =
                |own: &&Part| kind(own) == kind(part) && (!exact || own.meaning == part.meaning);
            if names.contains_key(part.name.as_str()) {
                continue;
            }
            if let Some(at) = free.iter().position(fits) {
                names.insert(&part.name, free.remove(at).name.clone());
            }
        }
    }
    for part in &translation.wording.parts {
        if !names.contains_key(part.name.as_str()) {
            let name = format!("{}-{}", kind(part), source.len() + names.len() + 1);
            notes.push(format!("?{name}: {}", part.meaning));
            names.insert(&part.name, name);
        }
    }
    let new = |piece: &Piece| match piece {
        Piece::Variable(name) => {
            let (base, end) = match name.strip_suffix("-end") {
                Some(base) => (base, "-end"),
                None => (name.as_str(), ""),
            };
            let own = names.get(base).map(|own| format!("{own}{end}"));
            Piece::Variable(own.unwrap_or_else(|| name.clone()))
        }
        other => other.clone(),
    };
    let pieces: Vec<Piece> = translation.wording.pieces.iter().map(new).collect();
    (written(&pieces), notes)
}

/// The translation by file for a guide and its catalogue; `source` is the guide's file,
/// without what is before its text: `body` is where that begins.
pub fn to_file(texts: &[Text], source: &str, body: usize, catalogue: &Catalogue<'_>) -> Converted {
    let mut matching = Matching::new(catalogue);
    let mut done = Converted::default();
    let mut places: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    let mut head = String::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let file = texts.iter().find_map(|text| text.span).map(|span| span.file);
    for text in texts {
        let entry = matching.next(text.kind, &text.wording.text());
        let state = matching.state(entry);
        let Some(entry) = entry.filter(|_| state != State::Missing) else { continue };
        let Some(span) = text.span.filter(|span| Some(span.file) == file) else { continue };
        let range = span.bytes.range();
        let new = said(entry, text, source, &places);
        if range.start < body {
            let key = if text.kind == Kind::Title { "title" } else { "description" };
            head.push_str(&format!("{key}: {}\n", quoted(&new)));
        } else {
            places.push((range, settled(text.kind, new)));
        }
        used.insert(&entry.id);
        done.matched += 1;
        done.stale |= state == State::Stale;
    }
    let text = replaced(source, body..source.len(), &places);
    done.text = if head.is_empty() { text } else { format!("---\n{head}---\n{text}") };
    done.left = left(catalogue, &used);
    done.notes = notes(catalogue, &used, texts);
    done
}

/// What translators have noted: comments of their own on messages, each under the id of its
/// message, and what stands alone in the catalogue but for the title at its head.
fn notes(catalogue: &Catalogue<'_>, used: &BTreeSet<&str>, texts: &[Text]) -> Vec<String> {
    let title = texts.first().map(|title| format!("### {}", title.wording.text()));
    let note = |block: &Block| match block {
        Block::Other(bytes) => {
            let text = &catalogue.text[bytes.clone()];
            (title.as_deref() != Some(text.trim_end())).then(|| text.to_owned())
        }
        Block::Entry(entry) => {
            // What has no place is kept with its comment as it is.
            let kept = entry.translation.is_some() && !used.contains(entry.id.as_str());
            let own: Vec<String> = entry.own_comment().map(str::to_owned).collect();
            let lines = [vec![format!("{}:", entry.id)], own].concat();
            let is_note = lines[1..].iter().any(|line| !line.trim().is_empty());
            (is_note && !kept).then(|| commented(&lines).trim_end().to_owned())
        }
    };
    catalogue.blocks.iter().filter_map(note).collect()
}

/// The messages that have no place in the file.
fn left(catalogue: &Catalogue<'_>, used: &BTreeSet<&str>) -> Vec<String> {
    let entries = catalogue.blocks.iter().filter_map(|block| match block {
        Block::Entry(entry) => Some(entry),
        Block::Other(_) => None,
    });
    entries
        .filter(|entry| entry.translation.is_some() && !used.contains(entry.id.as_str()))
        .map(|entry| catalogue.text[entry.bytes.clone()].to_owned())
        .collect()
}

/// Some of a text with the places in it replaced, the outermost ones.
fn replaced(
    source: &str,
    range: std::ops::Range<usize>,
    places: &[(std::ops::Range<usize>, String)],
) -> String {
    let inside = |place: &std::ops::Range<usize>| {
        range.start <= place.start && place.end <= range.end && *place != range
    };
    let mut own: Vec<_> = places.iter().filter(|(place, _)| inside(place)).collect();
    own.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let mut out = String::new();
    let mut at = range.start;
    for (place, new) in own {
        if place.start >= at {
            out.push_str(&source[at..place.start]);
            out.push_str(new);
            at = place.end;
        }
    }
    out + &source[at..range.end]
}

/// What a message says, in the Markdown of a guide.
fn said(
    entry: &Entry,
    text: &Text,
    source: &str,
    places: &[(std::ops::Range<usize>, String)],
) -> String {
    let mut out = String::new();
    let pieces = entry.translation.iter().flat_map(|translation| &translation.pieces);
    for (piece, _) in pieces {
        match piece {
            Piece::Text(text) => push_lines(&mut out, text),
            Piece::Variable(name) => {
                let base = name.strip_suffix("-end").unwrap_or(name);
                let part = text.wording.parts.iter().find(|part| part.name == base);
                match part {
                    Some(part) => out.push_str(&slice(part, name != base, source, places)),
                    None => out.push_str(&format!("{{${name}}}")),
                }
            }
            Piece::Term { .. } => {
                let tight = written(std::slice::from_ref(piece)).replacen("{ ", "{", 1);
                out.push_str(
                    &tight.strip_suffix(" }").map_or(tight.clone(), |own| format!("{own}}}")),
                );
            }
            Piece::Other(written) => out.push_str(written),
        }
    }
    out
}

/// Text whose lines are joined as a guide's are.
fn push_lines(out: &mut String, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        let joined = |c: Option<char>| c.is_none_or(is_joined);
        let line = line.trim_end_matches('\r');
        if at > 0 && !(joined(out.chars().next_back()) && joined(line.chars().next())) {
            out.push(' ');
        }
        out.push_str(line);
    }
}

/// A part as the source writes it, the texts in it translated.
fn slice(
    part: &Part,
    closes: bool,
    source: &str,
    places: &[(std::ops::Range<usize>, String)],
) -> String {
    match &part.kept {
        Kept::Inline(inline) => {
            let mut range = inline.origin.bytes.range();
            if part.name.starts_with("break-") {
                // The next line begins as lines of its block do.
                let begin = |c: char| matches!(c, ' ' | '\t' | '>');
                let rest = &source[range.end..];
                range.end += rest.len() - rest.trim_start_matches(begin).len();
            }
            replaced(source, range, places)
        }
        Kept::Link(inline) => {
            let written = &source[inline.origin.bytes.range()];
            let inner = written.rfind("](").and_then(|at| written[at + 2..].strip_suffix(')'));
            inner.map_or_else(|| part.meaning.clone(), str::to_owned)
        }
        Kept::Element(inline) => {
            let written = &source[inline.origin.bytes.range()];
            let begin = written.find('>').map_or(written, |at| &written[..=at]);
            let end = written.rfind("</").map_or("", |at| &written[at..]);
            if closes { end.to_owned() } else { begin.to_owned() }
        }
        Kept::Attributes(attributes) => {
            let (first, last) = (attributes.first(), attributes.last());
            let range = first
                .zip(last)
                .map(|(first, last)| first.span.bytes.range().start..last.span.bytes.range().end);
            range.map_or_else(String::new, |range| format!("{{{}}}", &source[range]))
        }
    }
}

/// A text that means in its place nothing but itself.
fn settled(kind: Kind, text: String) -> String {
    if matches!(kind, Kind::HeadCell | Kind::Cell) {
        return text.replace("\\|", "|").replace('|', "\\|");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let sign = match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => Some(digits),
        Some('#' | '-' | '+' | '>' | '=') if digits == 0 => Some(0),
        Some(':') if text.starts_with(":::") => Some(0),
        _ => None,
    };
    match sign.filter(|_| matches!(kind, Kind::Paragraph | Kind::Item)) {
        Some(at) => format!("{}\\{}", &text[..at], &text[at..]),
        None => text,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
