//! What of a guide is searched: its title, words, and the text of its sections by field.
//!
//! In: the tree of the guide and what its page says about it. Out: a [`Record`], plain text
//! with fields. Knows nothing of tokens and of how a page is drawn.

mod reading;

use std::ops::Range;

use crate::document::Block;

use reading::Reader;

/// What a text is for those who look for it; titles weigh most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title of the guide.
    Title,
    /// A heading.
    Heading,
    /// Front matter's `keywords`, tags, KEYWORDS callouts.
    Keyword,
    /// The text.
    Body,
    /// Code blocks.
    Code,
    /// Text alternatives of pictures.
    Alt,
}

/// A guide as it is searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Its title.
    pub title: String,
    /// Words that it is found by besides its text.
    pub keywords: Vec<String>,
    /// What its writer calls its description; empty where there is none.
    pub description: String,
    /// Its sections; the first is the text before the first heading.
    pub sections: Vec<Section>,
}

/// The text below a heading, to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The heading; empty for the text before the first one.
    pub heading: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// Its blocks, each on lines of its own.
    pub text: String,
    /// Where in `text` the blocks are, in order.
    pub blocks: Vec<(Field, Range<usize>)>,
}

/// What a record is made from.
#[derive(Debug)]
pub struct Source<'a> {
    /// The title, plain.
    pub title: &'a str,
    /// Words from front matter and tags.
    pub keywords: Vec<&'a str>,
    /// What the writer calls the description.
    pub description: &'a str,
    /// The text.
    pub blocks: &'a [Block],
    /// The anchors of headings, in their order.
    pub anchors: Vec<&'a str>,
}

/// Takes from a guide what is searched.
pub fn record(source: &Source<'_>) -> Record {
    let mut reader = Reader::new(source);
    reader.blocks(source.blocks);
    Record {
        title: source.title.to_owned(),
        keywords: reader.keywords,
        description: source.description.to_owned(),
        sections: reader.sections,
    }
}

impl Record {
    /// Whether there is any text below the title.
    pub fn has_text(&self) -> bool {
        self.sections.len() > 1 || !self.sections[0].blocks.is_empty() || !self.keywords.is_empty()
    }
}

#[cfg(test)]
mod tests;
