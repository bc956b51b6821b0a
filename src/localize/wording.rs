//! A text of a guide as translators see it: Markdown in one line, in which what must not be
//! changed stands as a named part.
//!
//! In: the inlines of a text. Out: the pieces of its message, and its parts by name. The way
//! back is in [`super::compose`].

use crate::document::{Attribute, Directive, Inline, InlineKind, Link, Reference};
use crate::messages::{self, Piece};
use crate::text::is_joined;

/// A text as translators see it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wording {
    /// What it is made of.
    pub pieces: Vec<Piece>,
    /// What must not be changed, in reading order.
    pub parts: Vec<Part>,
}

/// Something in a text that a translation keeps as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name: `code-1`.
    pub name: String,
    /// What it is, for translators: the code, the address.
    pub meaning: String,
    /// What stands for it in the tree.
    pub kept: Kept,
}

/// What a part stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// A whole inline.
    Inline(Inline),
    /// Where a link leads; its words are the translator's.
    Link(Box<Inline>),
    /// A raw HTML element around words.
    Element(Box<Inline>),
    /// The attributes of a component with words.
    Attributes(Vec<Attribute>),
}

impl Wording {
    /// The text as Fluent writes it, in one line: what stands behind `# source:`.
    pub fn text(&self) -> String {
        messages::written(&self.pieces)
    }

    /// Whether there is nothing to translate in it: no letter stands outside its parts.
    pub fn is_wordless(&self) -> bool {
        !self.pieces.iter().any(|piece| match piece {
            Piece::Text(text) => text.chars().any(char::is_alphabetic),
            Piece::Term { .. } | Piece::Variable(_) | Piece::Other(_) => false,
        })
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// What the text refers to.
    pub references: &'a [Reference],
    /// Whether a line's end in the source is shown as one.
    pub breaks: bool,
    /// Whether only code, stress and values mean anything in it, as in front matter.
    pub prose: bool,
    /// Whether `$` begins a formula.
    pub math: bool,
}

/// The wording of a text.
pub fn wording(inlines: &[Inline], style: Style<'_>) -> Wording {
    let mut writer =
        Writer { style, made: Wording::default(), line: String::new(), tildes: false, brackets: 0 };
    writer.tildes = tildes(inlines) > 1;
    writer.inlines(inlines, None);
    writer.flush();
    writer.made
}

struct Writer<'a> {
    style: Style<'a>,
    made: Wording,
    /// Text since the last other piece.
    line: String,
    /// Whether a tilde could strike something through.
    tildes: bool,
    /// How many brackets are open around the words.
    brackets: usize,
}

impl Writer<'_> {
    fn inlines(&mut self, inlines: &[Inline], after: Option<char>) {
        for (index, inline) in inlines.iter().enumerate() {
            let next = first_char(&inlines[index + 1..]).or(after);
            self.inline(inline, next);
        }
    }

    fn inline(&mut self, inline: &Inline, after: Option<char>) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, after),
            InlineKind::Code(code) => self.part("code", code, Kept::Inline(inline.clone())),
            InlineKind::Emphasis(inner) => self.around("*", inner, after),
            InlineKind::Strong(inner) => self.around("**", inner, after),
            InlineKind::Strikethrough(inner) => self.around("~~", inner, after),
            InlineKind::Link(link) => self.link(inline, link),
            InlineKind::Image(image) => {
                let address = self.address(image.source.0);
                self.part("picture", &address, Kept::Inline(inline.clone()));
            }
            InlineKind::SoftBreak if self.style.breaks => self.kept("break", inline),
            InlineKind::SoftBreak => self.soft_break(after),
            InlineKind::HardBreak => self.kept("break", inline),
            InlineKind::Term { name, arguments, .. } => {
                self.piece(Piece::Term { name: name.clone(), arguments: arguments.clone() });
            }
            InlineKind::Variable { name, .. } => self.piece(Piece::Variable(name.clone())),
            InlineKind::Component(component) => self.component(inline, component),
            InlineKind::FootnoteReference(label) => {
                self.part("footnote", label, Kept::Inline(inline.clone()));
            }
            InlineKind::Task { done } => {
                let meaning = if *done { "[x]" } else { "[ ]" };
                self.part("box", meaning, Kept::Inline(inline.clone()));
            }
            InlineKind::Element(element) if element.children.is_empty() => {
                let meaning = format!("<{}>", element.tag);
                self.part("html", &meaning, Kept::Inline(inline.clone()));
            }
            InlineKind::Element(element) => {
                let meaning = format!("<{}>", element.tag);
                let name = self.named("html", &meaning, Kept::Element(Box::new(inline.clone())));
                self.piece(Piece::Variable(name.clone()));
                self.bracketed(&element.children);
                self.piece(Piece::Variable(format!("{name}-end")));
            }
            InlineKind::Math(formula) => self.part("math", formula, Kept::Inline(inline.clone())),
        }
    }

    /// Words between brackets, whose own brackets would close them.
    fn bracketed(&mut self, words: &[Inline]) {
        self.brackets += 1;
        self.inlines(words, Some(']'));
        self.brackets -= 1;
    }

    fn kept(&mut self, kind: &str, inline: &Inline) {
        self.part(kind, "", Kept::Inline(inline.clone()));
    }

    fn around(&mut self, sign: &str, inner: &[Inline], after: Option<char>) {
        self.line.push_str(sign);
        self.inlines(inner, after);
        self.line.push_str(sign);
    }

    fn link(&mut self, inline: &Inline, link: &Link) {
        let address = self.address(link.target.0);
        if link.bare {
            return self.part("url", &address, Kept::Inline(inline.clone()));
        }
        self.line.push('[');
        self.bracketed(&link.text);
        let name = self.named("link", &address, Kept::Link(Box::new(inline.clone())));
        self.line.push_str("](");
        self.piece(Piece::Variable(name));
        self.line.push(')');
    }

    /// What a component says is translated, but for keys and marks, which say what stands on
    /// a keyboard or in a picture.
    fn component(&mut self, inline: &Inline, component: &Directive<()>) {
        let kind = match component.name.as_str() {
            "kbd" => Some("key"),
            "mark" => Some("mark"),
            _ => None,
        };
        let label = component.label.as_deref().unwrap_or_default();
        if kind.is_some() || label.is_empty() {
            let meaning = crate::document::plain_text(label);
            let meaning = if meaning.is_empty() { component.name.clone() } else { meaning };
            return self.part(kind.unwrap_or("part"), &meaning, Kept::Inline(inline.clone()));
        }
        self.line.extend([":", &component.name, "["]);
        self.bracketed(label);
        self.line.push(']');
        if !component.attributes.is_empty() {
            let list = component.attributes.iter().map(|own| own.name.as_str());
            let meaning = list.collect::<Vec<_>>().join(" ");
            let kept = Kept::Attributes(component.attributes.clone());
            self.part("set", &meaning, kept);
        }
    }

    fn address(&self, reference: u32) -> String {
        let known = self.style.references.get(reference as usize);
        known.map(|reference| reference.written.clone()).unwrap_or_default()
    }

    fn part(&mut self, kind: &str, meaning: &str, kept: Kept) {
        let name = self.named(kind, meaning, kept);
        self.piece(Piece::Variable(name));
    }

    /// Notes a part; gives its name.
    fn named(&mut self, kind: &str, meaning: &str, kept: Kept) -> String {
        let begin = format!("{kind}-");
        let number = self.made.parts.iter().filter(|part| part.name.starts_with(&begin)).count();
        let name = format!("{begin}{}", number + 1);
        let meaning = meaning.split_whitespace().collect::<Vec<_>>().join(" ");
        self.made.parts.push(Part { name: name.clone(), meaning, kept });
        name
    }

    fn piece(&mut self, piece: Piece) {
        self.flush();
        self.made.pieces.push(piece);
    }

    fn flush(&mut self) {
        if !self.line.is_empty() {
            self.made.pieces.push(Piece::Text(std::mem::take(&mut self.line)));
        }
    }

    fn soft_break(&mut self, after: Option<char>) {
        let before = self.line.chars().next_back();
        let joined = |c: Option<char>| c.is_some_and(is_joined);
        if !(joined(before) && joined(after)) {
            self.line.push(' ');
        }
    }

    /// Text, with a backslash before whatever Markdown would take for its own.
    fn text(&mut self, text: &str, after: Option<char>) {
        if !text.contains(SPECIAL) {
            return self.line.push_str(text);
        }
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let next = rest.chars().next().or(after);
            if self.is_sign(c, next, rest) {
                self.line.push('\\');
            }
            self.line.push(c);
        }
    }

    fn is_sign(&self, c: char, next: Option<char>, rest: &str) -> bool {
        let before = self.line.chars().next_back();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        match c {
            '`' | '*' => true,
            '_' => !(is_word(before) && is_word(next)),
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '{' => next.is_some_and(|next| matches!(next, '-' | '$' | '%' | '#')),
            _ if self.style.prose => false,
            '[' | ']' if self.brackets > 0 => true,
            '!' => next == Some('['),
            '[' => next == Some('^') || (is_word(before) && self.line.contains(':')),
            '(' => before == Some(']'),
            ']' => false,
            '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => is_entity(rest),
            '~' => self.tildes,
            '$' => self.style.math,
            _ => false,
        }
    }
}

/// What [`Writer::is_sign`] may mind.
const SPECIAL: [char; 13] = ['`', '*', '_', '\\', '{', '[', ']', '!', '(', '<', '&', '~', '$'];

/// Whether what follows a `&` makes it a character reference.
fn is_entity(rest: &str) -> bool {
    let name = rest.split(';').next().unwrap_or(rest);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '#';
    name.len() < rest.len() && (1..32).contains(&name.len()) && name.chars().all(fits)
}

fn tildes(inlines: &[Inline]) -> usize {
    let mut count = 0;
    for inline in inlines {
        count += match &inline.kind {
            InlineKind::Text(text) => text.matches('~').count(),
            InlineKind::Strikethrough(_) => 2,
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => tildes(inner),
            InlineKind::Link(link) => tildes(&link.text),
            _ => 0,
        };
    }
    count
}

/// The first character that inlines are written with.
fn first_char(inlines: &[Inline]) -> Option<char> {
    inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) => text.chars().next(),
        InlineKind::Emphasis(_) | InlineKind::Strong(_) => Some('*'),
        InlineKind::Strikethrough(_) => Some('~'),
        InlineKind::Link(link) if !link.bare => Some('['),
        InlineKind::Component(_) => Some(':'),
        InlineKind::SoftBreak => Some(' '),
        _ => Some('{'),
    })
}
