//! Code as HTML with one-letter classes, by language name.
//!
//! In: a language as a writer spells it, and code. Out: the code escaped, its tokens in
//! `<i class=x>`, every line complete in itself, so that lines can be wrapped. Nothing is
//! loaded before the first code that needs it. The only module that names the syntax crates.
//!
//! The classes: `c` comment, `s` string, `n` number, `k` constant, `w` keyword, `f` function,
//! `t` tag or type, `e` other name, `v` variable, `i` inserted, `d` deleted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

mod grammar;
mod lexicon;
mod names;

/// Code, highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlighted {
    /// HTML; its lines are those of the code.
    pub html: Arc<str>,
    /// Whether the language is known (or means plain text).
    pub known: bool,
    /// The nearest names, when it is not.
    pub nearest: Vec<&'static str>,
}

/// A line longer than this, in bytes, is data: highlighting it would take long and help no one.
const LONGEST_LINE: usize = 4_000;
/// Code longer than this, in bytes, is shown plain.
const LONGEST_CODE: usize = 400_000;
/// How many bytes of results a thread remembers.
const MEMO_BYTES: usize = 4_000_000;

/// Highlights `code`, written in `language` (any usual name, in any letter case).
///
/// ```
/// let shown = shirube::highlight::highlight("JSON", "{\"件数\": 1}");
/// assert_eq!(&*shown.html, "{<i class=s>\"件数\"</i>: <i class=n>1</i>}");
/// assert!(!shirube::highlight::highlight("pyhton", "x").known);
/// assert_eq!(&*shirube::highlight::highlight("", "a < b").html, "a &lt; b");
/// ```
pub fn highlight(language: &str, code: &str) -> Highlighted {
    let known = |html| Highlighted { html, known: true, nearest: Vec::new() };
    match names::grammar(language) {
        names::Grammar::Plain => plain(code),
        names::Grammar::Unknown(nearest) => Highlighted { known: false, nearest, ..plain(code) },
        _ if code.len() > LONGEST_CODE => plain(code),
        names::Grammar::Lexicon(lexicon) => known(lexicon.html(code).into()),
        names::Grammar::Syntax(token) => known(remembered(token, code)),
    }
}

/// Code as it is, without any colour.
pub fn plain(code: &str) -> Highlighted {
    let mut html = String::with_capacity(code.len() + code.len() / 16);
    push_escaped(&mut html, code);
    Highlighted { html: html.into(), known: true, nearest: Vec::new() }
}

/// Appends `text` with the characters that HTML gives a meaning escaped.
fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// What a thread has highlighted: snippets recur from guide to guide and between locales,
/// and a snippet costs more than all else on its page.
#[derive(Default)]
struct Memo {
    results: HashMap<(&'static str, Box<str>), Arc<str>>,
    bytes: usize,
}

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

fn remembered(token: &'static str, code: &str) -> Arc<str> {
    let key = (token, Box::from(code));
    if let Some(html) = MEMO.with_borrow(|memo| memo.results.get(&key).cloned()) {
        return html;
    }
    let html: Arc<str> = grammar::html(token, code).into();
    MEMO.with_borrow_mut(|memo| {
        memo.bytes += code.len() + html.len();
        if memo.bytes > MEMO_BYTES {
            *memo = Memo { results: HashMap::new(), bytes: code.len() + html.len() };
        }
        memo.results.insert(key, Arc::clone(&html));
    });
    html
}

/// Writes tokens, joining neighbours of one class and closing every class at a line's end.
struct Tokens {
    html: String,
    class: Option<char>,
    /// Space that waits for the class of what follows: it has no colour of its own.
    space: String,
}

impl Tokens {
    fn new(capacity: usize) -> Self {
        Self { html: String::with_capacity(capacity), class: None, space: String::new() }
    }

    fn push(&mut self, class: Option<char>, text: &str) {
        let blank = |c: char| c == ' ' || c == '\t';
        let inner = text.trim_matches(blank);
        if inner.is_empty() {
            self.space.push_str(text);
            return;
        }
        let start = text.len() - text.trim_start_matches(blank).len();
        self.space.push_str(&text[..start]);
        if class != self.class {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<i class=");
                self.html.push(class);
                self.html.push('>');
            }
            self.class = class;
        } else {
            self.html.push_str(&self.space);
            self.space.clear();
        }
        push_escaped(&mut self.html, inner);
        self.space.push_str(&text[start + inner.len()..]);
    }

    fn line_end(&mut self) {
        self.close();
        self.html.push('\n');
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.html.push_str("</i>");
        }
        self.html.push_str(&self.space);
        self.space.clear();
    }
}

#[cfg(test)]
mod tests;
