//! The tags of an SVG file, one after the other.
//!
//! In: the text. Out: opening and closing tags with their bytes, or the first place at which
//! it is no SVG that programs write. Comments, the XML declaration and white space are left
//! out. Knows nothing of what the tags mean.

use std::ops::Range;

/// A tag.
#[derive(Debug, PartialEq)]
pub(super) enum Tag<'a> {
    /// `<name …>`, or `<name …/>` where `closed`.
    Open { name: &'a str, attributes: Vec<Attribute<'a>>, closed: bool, range: Range<usize> },
    /// `</name>`.
    Close { name: &'a str, range: Range<usize> },
}

/// `name="value"`, as written.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) range: Range<usize>,
}

/// Where a text is no SVG, and why.
#[derive(Debug, PartialEq)]
pub(super) struct Malformed {
    pub(super) range: Range<usize>,
    pub(super) message: &'static str,
}

/// The tags of a text; ends after the first fault.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
    /// How many elements whose text is not drawn are open: `<title>` and the like.
    words: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: 0, words: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Ends with a fault about the next bytes, whole characters of them.
    fn fault<T>(&mut self, length: usize, message: &'static str) -> Result<T, Malformed> {
        let ends = self.at + length..self.text.len();
        let end = ends.into_iter().find(|end| self.text.is_char_boundary(*end));
        let range = self.at..end.unwrap_or(self.text.len());
        self.at = self.text.len();
        Err(Malformed { range, message })
    }

    /// Takes what stands before `end`, and `end`.
    fn until(&mut self, end: &str) -> Option<&'a str> {
        let found = self.rest().find(end)?;
        let taken = &self.rest()[..found];
        self.at += found + end.len();
        Some(taken)
    }

    fn tag(&mut self) -> Result<Option<Tag<'a>>, Malformed> {
        loop {
            let text = self.rest().find('<').unwrap_or(self.rest().len());
            let lead = self.rest().len() - self.rest().trim_start().len();
            if lead < text && self.words == 0 {
                self.at += lead;
                return self.fault(text - lead, "an icon holds no text");
            }
            self.at += text;
            let rest = self.rest();
            if rest.is_empty() {
                return Ok(None);
            }
            let skipped = match rest {
                rest if rest.starts_with("<!--") => self.until("-->"),
                rest if rest.starts_with("<?") => self.until("?>"),
                rest if rest.starts_with("<!") => {
                    return self.fault(2, "an icon holds no declarations of a document type");
                }
                rest if rest.starts_with("</") => return self.closing().map(Some),
                _ => return self.opening().map(Some),
            };
            if skipped.is_none() {
                return self.fault(2, "this has no end");
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
        let name = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        self.at += name.len();
        name
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn closing(&mut self) -> Result<Tag<'a>, Malformed> {
        let start = self.at;
        self.at += 2;
        let name = self.name();
        self.skip_space();
        if !self.rest().starts_with('>') {
            return self.fault(1, "a tag ends with `>`");
        }
        self.at += 1;
        self.words = self.words.saturating_sub(usize::from(has_words(name)));
        Ok(Tag::Close { name, range: start..self.at })
    }

    fn opening(&mut self) -> Result<Tag<'a>, Malformed> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        if name.is_empty() {
            return self.fault(1, "a tag begins with its name");
        }
        let range = start..self.at;
        let mut attributes = Vec::new();
        loop {
            self.skip_space();
            let rest = self.rest();
            let closed = rest.starts_with("/>");
            if closed || rest.starts_with('>') {
                self.at += 1 + usize::from(closed);
                self.words += usize::from(has_words(name) && !closed);
                return Ok(Tag::Open { name, attributes, closed, range });
            }
            attributes.push(self.attribute()?);
        }
    }

    fn attribute(&mut self) -> Result<Attribute<'a>, Malformed> {
        let start = self.at;
        let name = self.name();
        self.skip_space();
        if name.is_empty() || !self.rest().starts_with('=') {
            return self.fault(1, "an attribute is written `name=\"value\"`");
        }
        self.at += 1;
        self.skip_space();
        let quote = match self.rest().as_bytes().first() {
            Some(b'"') => "\"",
            Some(b'\'') => "'",
            _ => return self.fault(1, "the value of an attribute stands in quotes"),
        };
        self.at += 1;
        match self.until(quote) {
            Some(value) => Ok(Attribute { name, value, range: start..self.at }),
            None => self.fault(1, "this value has no end"),
        }
    }
}

/// Elements whose text is about the picture.
fn has_words(name: &str) -> bool {
    super::WORDS.contains(&name)
}

impl<'a> Iterator for Tags<'a> {
    type Item = Result<Tag<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.tag().transpose()
    }
}
