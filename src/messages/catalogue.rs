//! A catalogue: the `.ftl` file in which one guide is translated, one message a text.
//!
//! In: the text of the file. Out: its messages with the source texts that their comments
//! name, and everything else of it by its bytes, so that whoever writes the file anew loses
//! nothing. What a message must hold is not known here.

use fluent_syntax::ast;
use fluent_syntax::parser::parse;

use super::load;
use crate::diagnostic::{Checked, Diagnostic, code};
use crate::text::{FileId, Span};

/// A part of a message's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Text.
    Text(String),
    /// `{ $name }`: a protected part of the source, or a variable of the site.
    Variable(String),
    /// `{ -name(key: "value") }`.
    Term {
        /// The name without the hyphen.
        name: String,
        /// The arguments, in the order written.
        arguments: Vec<(String, String)>,
    },
    /// Anything else that Fluent can say, as written; nothing of it is for guides.
    Other(String),
}

/// A piece with the bytes that it was written as.
pub type PlacedPiece = (Piece, std::ops::Range<usize>);

/// A translation as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// What it is made of.
    pub pieces: Vec<PlacedPiece>,
    /// The bytes of the message from its id to its end, attributes and all.
    pub bytes: std::ops::Range<usize>,
}

/// One message of a catalogue, or the place of one that is not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id: `p-3fa91c`.
    pub id: String,
    /// The bytes of the id.
    pub id_bytes: std::ops::Range<usize>,
    /// The lines of its comment, without `# `.
    pub comment: Vec<String>,
    /// Its value; `None` where it is not translated.
    pub translation: Option<Translation>,
    /// The bytes of all of it, comment and all, without the line end.
    pub bytes: std::ops::Range<usize>,
}

/// A part of a catalogue's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A message, or the place of one.
    Entry(Entry),
    /// Anything else: a comment that stands alone, what cannot be read. By its bytes.
    Other(std::ops::Range<usize>),
}

/// The words that begin a line of a comment that is ours.
const SOURCE: &str = "source: ";
const WAS: &str = "was: ";
const STALE: &str = "stale: ";
/// What may stand at the end of a line and is no text; a full-width space is one.
const BLANK: [char; 3] = [' ', '\t', '\r'];

impl Entry {
    /// The source text as it is now, so far as the catalogue knows.
    pub fn source(&self) -> Option<&str> {
        self.line(SOURCE)
    }

    /// The source text that the translation was made from, where that was another.
    pub fn was(&self) -> Option<&str> {
        self.line(WAS)
    }

    /// Whether the translation was made from another source text and is still what it was.
    pub fn is_stale(&self, text: &str) -> bool {
        let unchanged = || self.line(STALE).is_none_or(|print| print == self.print(text));
        self.was().is_some() && self.translation.is_some() && unchanged()
    }

    /// Six digits that stand for the translation as it is written in `text`.
    pub fn print(&self, text: &str) -> String {
        let written = self.translation.as_ref().map_or("", |own| &text[own.bytes.clone()]);
        let value = written.split_once('=').map_or("", |(_, value)| value);
        let lines: Vec<&str> = value.split_whitespace().collect();
        digits(&lines.join(" "))
    }

    fn line(&self, begin: &str) -> Option<&str> {
        self.comment.iter().skip(self.foreign()).find_map(|line| line.strip_prefix(begin))
    }

    /// How many lines at the head of its comment are the place of another message, which
    /// nobody has parted from it by an empty line.
    pub fn foreign(&self) -> usize {
        let of_other = |line: &String| unwritten_id(line.trim()).is_some_and(|id| id != self.id);
        self.comment.iter().rposition(of_other).map_or(0, |at| at + 1)
    }

    /// The lines of its comment that are the translators' own.
    pub fn own_comment(&self) -> impl Iterator<Item = &str> {
        self.comment.iter().map(String::as_str).filter(|line| !is_ours(line))
    }
}

/// Whether a line of a comment is written by the program.
pub fn is_ours(line: &str) -> bool {
    [SOURCE, WAS, STALE].iter().any(|begin| line.starts_with(begin.trim_end()))
        || line.strip_prefix('$').is_some_and(|rest| rest.contains(": "))
        || unwritten_id(line).is_some()
}

/// Six hex digits that stand for a text.
pub fn digits(text: &str) -> String {
    crate::memo::Fingerprint::of_bytes(text.as_bytes()).hex()[..6].to_owned()
}

/// Reads a catalogue. What cannot be read is left out and told; the rest lives.
pub fn catalogue(file: FileId, text: &str) -> Checked<Vec<Block>> {
    let (resource, errors) = match parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let mut diagnostics: Vec<Diagnostic> =
        errors.iter().map(|error| load::syntax(file, text, error)).collect();
    let mut blocks = Vec::new();
    for entry in &resource.body {
        match entry {
            ast::Entry::Message(message) => {
                blocks.extend(message_entry(text, file, message, &mut diagnostics));
            }
            ast::Entry::Comment(comment) => {
                blocks.extend(comment_bytes(text, comment).map(|bytes| unwritten(text, bytes)));
            }
            ast::Entry::GroupComment(comment) | ast::Entry::ResourceComment(comment) => {
                blocks.extend(comment_bytes(text, comment).map(Block::Other));
            }
            ast::Entry::Term(term) => {
                let start = line_start(text, offset(text, term.id.name));
                blocks.push(Block::Other(start..entry_end(text, start)));
            }
            ast::Entry::Junk { content } => {
                let start = offset(text, content);
                let length = content.trim_end().len();
                blocks.push(Block::Other(start..start + length));
            }
        }
    }
    diagnostics.extend(twice(file, &blocks));
    Checked { value: blocks, diagnostics }
}

fn message_entry(
    text: &str,
    file: FileId,
    message: &ast::Message<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Block> {
    let id = offset(text, message.id.name);
    let end = entry_end(text, id);
    let comment = message.comment.as_ref();
    let start = comment.and_then(|comment| comment_bytes(text, comment)).map_or(id, |b| b.start);
    let mut pieces = Vec::new();
    match &message.value {
        Some(value) => pattern(text, value, &mut pieces),
        None => diagnostics.push(
            Diagnostic::new(
                code::FLUENT_SYNTAX,
                Span::new(file, id..id + message.id.name.len()),
                "the message `{id}` has no text",
            )
            .with("id", message.id.name)
            .help("write the translation behind the `=`"),
        ),
    }
    Some(Block::Entry(Entry {
        id: message.id.name.to_owned(),
        id_bytes: id..id + message.id.name.len(),
        comment: comment.map(lines).unwrap_or_default(),
        translation: message.value.as_ref().map(|_| Translation { pieces, bytes: id..end }),
        bytes: start..end,
    }))
}

fn lines(comment: &ast::Comment<&str>) -> Vec<String> {
    comment.content.iter().map(|line| line.trim_end_matches(BLANK).to_owned()).collect()
}

/// Where a slice of the text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the message ends that begins at `start`: before the first line that is not indented
/// and not closing a placeable.
fn entry_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let goes_on = at == start || line.starts_with([' ', '}', '\n', '\r']);
        if !goes_on {
            break;
        }
        at += line.len();
        if !line.trim().is_empty() {
            end = at - (line.len() - line.trim_end().len());
        }
    }
    end
}

/// The bytes of a comment's lines, `#` and all.
fn comment_bytes(text: &str, comment: &ast::Comment<&str>) -> Option<std::ops::Range<usize>> {
    let (first, last) = (comment.content.first()?, comment.content.last()?);
    let start = line_start(text, offset(text, first));
    Some(start..offset(text, last) + last.trim_end().len())
}

/// A comment that stands alone: the place of a message that is not translated, if its last
/// line is `# ID =`.
fn unwritten(text: &str, bytes: std::ops::Range<usize>) -> Block {
    let written = &text[bytes.clone()];
    let last = written.rsplit('\n').next().unwrap_or(written);
    let line = last.trim_start_matches('#').trim();
    let Some(id) = unwritten_id(line) else { return Block::Other(bytes) };
    let at = offset(text, id);
    let mut comment: Vec<String> = written.lines().map(without_sign).collect();
    comment.pop();
    Block::Entry(Entry {
        id: id.to_owned(),
        id_bytes: at..at + id.len(),
        comment,
        translation: None,
        bytes,
    })
}

fn without_sign(line: &str) -> String {
    let line = line.trim_end_matches(BLANK).strip_prefix('#').unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line).to_owned()
}

/// The id of `p-3fa91c =`.
fn unwritten_id(line: &str) -> Option<&str> {
    let id = line.strip_suffix('=')?.trim_end();
    let is_id = id.contains('-') && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_id && id.starts_with(|c: char| c.is_ascii_lowercase())).then_some(id)
}

fn pattern(text: &str, value: &ast::Pattern<&str>, pieces: &mut Vec<PlacedPiece>) {
    for element in &value.elements {
        match element {
            ast::PatternElement::TextElement { value } => {
                let at = offset(text, value);
                pieces.push((Piece::Text((*value).to_owned()), at..at + value.len()));
            }
            ast::PatternElement::Placeable { expression } => {
                // A placeable has no slice of its own: it ends where the next element begins.
                let from = pieces.last().map_or_else(|| usize::MAX, |(_, bytes)| bytes.end);
                let bytes = placeable_bytes(text, expression, from);
                pieces.push((piece(text, expression, &bytes), bytes));
            }
        }
    }
}

/// The bytes of a placeable, braces and all; `from` is where the element before it ends.
fn placeable_bytes(
    text: &str,
    expression: &ast::Expression<&str>,
    from: usize,
) -> std::ops::Range<usize> {
    let inner = innermost(expression);
    let at = inner.map_or(from.min(text.len()), |name| offset(text, name));
    let start = text[..at].rfind('{').unwrap_or(at);
    let end = closing(text, start);
    start..end
}

/// Where the brace that opens at `start` is closed.
fn closing(text: &str, start: usize) -> usize {
    let (mut depth, mut quoted) = (0usize, false);
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The first slice of the text that an expression holds.
fn innermost<'a>(expression: &ast::Expression<&'a str>) -> Option<&'a str> {
    let inline = match expression {
        ast::Expression::Inline(inline) => inline,
        ast::Expression::Select { selector, .. } => selector,
    };
    match inline {
        ast::InlineExpression::StringLiteral { value }
        | ast::InlineExpression::NumberLiteral { value } => Some(value),
        ast::InlineExpression::FunctionReference { id, .. }
        | ast::InlineExpression::MessageReference { id, .. }
        | ast::InlineExpression::TermReference { id, .. }
        | ast::InlineExpression::VariableReference { id } => Some(id.name),
        ast::InlineExpression::Placeable { expression } => innermost(expression),
    }
}

fn piece(text: &str, expression: &ast::Expression<&str>, bytes: &std::ops::Range<usize>) -> Piece {
    let other = || Piece::Other(text[bytes.clone()].to_owned());
    let ast::Expression::Inline(inline) = expression else { return other() };
    match inline {
        ast::InlineExpression::StringLiteral { value } => {
            Piece::Text(fluent_syntax::unicode::unescape_unicode_to_string(value).into_owned())
        }
        ast::InlineExpression::NumberLiteral { value } => Piece::Text((*value).to_owned()),
        ast::InlineExpression::VariableReference { id } => Piece::Variable(id.name.to_owned()),
        ast::InlineExpression::TermReference { id, attribute: None, arguments } => {
            let named = arguments.iter().flat_map(|all| &all.named);
            let arguments = named.filter_map(|argument| {
                let (ast::InlineExpression::StringLiteral { value }
                | ast::InlineExpression::NumberLiteral { value }) = &argument.value
                else {
                    return None;
                };
                Some((argument.name.name.to_owned(), (*value).to_owned()))
            });
            Piece::Term { name: id.name.to_owned(), arguments: arguments.collect() }
        }
        ast::InlineExpression::Placeable { expression } => piece(text, expression, bytes),
        ast::InlineExpression::TermReference { .. }
        | ast::InlineExpression::FunctionReference { .. }
        | ast::InlineExpression::MessageReference { .. } => other(),
    }
}

/// Ids that two messages have: the first is the one that counts.
fn twice(file: FileId, blocks: &[Block]) -> Vec<Diagnostic> {
    let mut first = std::collections::BTreeMap::new();
    let mut faults = Vec::new();
    for block in blocks {
        let Block::Entry(entry) = block else { continue };
        if entry.translation.is_none() {
            continue;
        }
        let span = Span::new(file, entry.id_bytes.clone());
        if let Some(known) = first.get(&entry.id) {
            faults.push(
                Diagnostic::new(
                    code::DUPLICATE_MESSAGE,
                    span,
                    "the message `{id}` is defined twice",
                )
                .with("id", &entry.id)
                .related(*known, "first defined here")
                .help("the first one is used; remove one of them"),
            );
        } else {
            first.insert(entry.id.clone(), span);
        }
    }
    faults
}

/// A value as Fluent writes it, in one line.
///
/// ```
/// use shirube::messages::{Piece, written};
/// let pieces = [Piece::Text("{ を押す ".into()), Piece::Variable("code-1".into())];
/// assert_eq!(written(&pieces), r#"{"{"} を押す { $code-1 }"#);
/// ```
pub fn written(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => push_text(&mut out, text),
            Piece::Variable(name) => out.extend(["{ $", name, " }"]),
            Piece::Term { name, arguments } if arguments.is_empty() => {
                out.extend(["{ -", name, " }"]);
            }
            Piece::Term { name, arguments } => {
                let list: Vec<String> = arguments
                    .iter()
                    .map(|(key, value)| [key, ": \"", &quoted(value), "\""].concat())
                    .collect();
                out.extend(["{ -", name, "(", &list.join(", "), ") }"]);
            }
            Piece::Other(written) => out.push_str(written),
        }
    }
    let blank = |c: char| c == ' ' || c == '\n';
    if out.starts_with(blank) || out.ends_with(blank) {
        let text = out.trim_matches(blank);
        let (before, after) =
            (out.len() - out.trim_start_matches(blank).len(), out.ends_with(blank));
        let open = if before > 0 { "{\" \"}" } else { "" };
        let close = if after && !text.is_empty() { "{\" \"}" } else { "" };
        return format!("{open}{text}{close}");
    }
    out
}

fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '{' => out.push_str("{\"{\"}"),
            '}' => out.push_str("{\"}\"}"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push_str(&format!("{{\"\\u{:04X}\"}}", u32::from(c))),
            c => out.push(c),
        }
    }
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests;
