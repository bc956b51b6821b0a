//! HTML of one line as characters, and where between them a tag can be put.
//!
//! In: HTML as we write it: tags that are closed, attributes in quotes. Out: the characters
//! that a reader sees, as UTF-16 code units, and for each the byte at which something can be
//! put before it. Does not know what is put there.

/// The characters of a line.
pub(super) struct Line {
    pub(super) units: Vec<u16>,
    /// For each code unit the byte before it where a tag can stand: behind what closes and
    /// before what opens. `None` inside of what is kept whole, and where a break is already.
    pub(super) cuts: Vec<Option<usize>>,
    /// Where a tag can stand now.
    cut: Option<usize>,
    /// Whether a break stands since the last character.
    broken: bool,
    /// How many elements are open from one that is kept whole on.
    whole: usize,
}

/// What is kept whole: its words are names, or no line of their own.
const WHOLE: [&str; 10] =
    ["code", "kbd", "rp", "rt", "samp", "script", "style", "svg", "template", "textarea"];

/// Elements without an end.
const VOID: [&str; 10] =
    ["area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"];

/// What stands for a picture or a field: a character of no kind.
const OBJECT: u16 = 0xfffc;

impl Line {
    pub(super) fn read(html: &str) -> Self {
        let count = html.len() / 3 + 8;
        let (units, cuts) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut line = Self { units, cuts, cut: None, broken: false, whole: 0 };
        let mut at = 0;
        while let Some(c) = html[at..].chars().next() {
            let end = match c {
                '<' => at + tag_length(&html[at..]),
                '&' => at + reference_length(&html[at..]),
                c => at + c.len_utf8(),
            };
            match c {
                '<' => line.tag(&html[at + 1..end], end),
                '&' => line.character(character(&html[at..end]), end),
                c => line.character(c, end),
            }
            at = end;
        }
        line
    }

    fn character(&mut self, c: char, end: usize) {
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            self.units.push(*unit);
            self.cuts.push(self.cut.take().filter(|_| !self.broken));
            self.broken = false;
        }
        self.cut = (self.whole == 0).then_some(end);
    }

    /// `inner` is the tag without its `<`; it ends before the byte `end`.
    fn tag(&mut self, inner: &str, end: usize) {
        if let Some(rest) = inner.strip_prefix('/') {
            self.whole -= usize::from(self.whole > 0 && !rest.is_empty());
            if self.whole == 0 {
                self.cut = Some(end);
            }
            return;
        }
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = &inner[..length];
        if VOID.contains(&name) {
            return self.void(name, end);
        }
        let opens = !name.is_empty() && !inner.ends_with("/>");
        if opens && (self.whole > 0 || WHOLE.contains(&name) || is_foreign(inner)) {
            self.whole += 1;
        }
    }

    fn void(&mut self, name: &str, end: usize) {
        match name {
            "br" | "hr" | "wbr" => self.broken = true,
            "img" | "input" if self.whole == 0 => {
                self.units.push(OBJECT);
                self.cuts.push(None);
                self.cut = Some(end);
            }
            _ => {}
        }
    }
}

/// Whether a tag says that its words are of another language.
fn is_foreign(tag: &str) -> bool {
    let lang = tag.split_once(" lang=\"").and_then(|(_, rest)| rest.split('"').next());
    lang.is_some_and(|lang| !super::is_japanese(lang))
}

/// The bytes of the tag or comment at the beginning of `html`.
fn tag_length(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + "-->".len());
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The bytes of the character reference at the beginning of `html`; 1 where there is none.
fn reference_length(html: &str) -> usize {
    let inner = html.bytes().skip(1).take(32);
    let end = inner.take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count() + 1;
    if end > 1 && html.as_bytes().get(end) == Some(&b';') { end + 1 } else { 1 }
}

/// The character that a reference stands for; one that we do not write is of no kind.
fn character(reference: &str) -> char {
    match reference {
        "&" | "&amp;" => '&',
        "&lt;" => '<',
        "&gt;" => '>',
        "&quot;" => '"',
        "&#39;" => '\'',
        "&nbsp;" => '\u{a0}',
        _ => '\u{fffc}',
    }
}
