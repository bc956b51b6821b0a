//! `<` in running text: which are tags and which are words.
//!
//! `<SERVER>` and `<cluster-region-name>` are placeholders that a reader must see; to
//! Markdown they are tags and vanish. Only the names of HTML elements are tags here.

use super::scan::{Scanner, only_markers};
use crate::config::HtmlPolicy;

/// No comment that begins behind another is longer, in bytes.
const LONGEST: usize = 4000;

impl Scanner<'_, '_> {
    /// A `<` at `at`: protected unless it begins a tag, a comment or an address.
    pub(super) fn angle(&mut self, at: usize) -> usize {
        let next = at + 1;
        match self.bytes().get(next) {
            Some(b'!') if self.comment_runs_over(at) => self.protect(at),
            Some(b'!') if self.source[at..].starts_with("<!--") => {}
            Some(b'!' | b'?') => self.protect(next),
            Some(b'/') if !self.is_tag(next + 1) => self.protect(next),
            Some(b) if b.is_ascii_alphabetic() && !self.is_tag(next) && !self.is_address(next) => {
                self.protect(next);
            }
            _ => {}
        }
        next
    }

    /// Whether the comment at `at` begins a line on which a further one begins and does not
    /// end. To Markdown such a line is a block that ends with it, and the rest of the
    /// second comment would be text; as a paragraph, both are hidden whole.
    fn comment_runs_over(&self, at: usize) -> bool {
        let begins = self.source[at..].starts_with("<!--");
        if !begins || self.inline || !only_markers(self.before(at)) {
            return false;
        }
        let line = self.rest_of_line(at);
        let Some(open) = line.rfind("<!--").filter(|open| *open > 0) else {
            return false;
        };
        if line[open..].contains("-->") {
            return false;
        }
        let end = self.source.floor_char_boundary((at + LONGEST).min(self.range.end));
        let rest = self.source.get(at + line.len()..end).unwrap_or_default();
        let below = rest.split('\n').skip(1).take_while(|line| !line.trim().is_empty());
        below.into_iter().any(|line| line.contains("-->"))
    }

    /// Whether a known element's name stands at `at`, and tags mean anything.
    fn is_tag(&self, at: usize) -> bool {
        let name = tag_name(self.ahead(at, 40));
        self.options.html != HtmlPolicy::Escape && is_known_element(&name.to_ascii_lowercase())
    }

    /// Whether `<…>` at `at` is a link: `<https://…>`, `<a@example.com>`.
    fn is_address(&self, at: usize) -> bool {
        let rest = self.ahead(at, 2000);
        let Some(inner) = rest.find('>').map(|end| &rest[..end]) else {
            return false;
        };
        if inner.contains([' ', '\t', '<']) {
            return false;
        }
        let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
        let is_uri = inner
            .split_once(':')
            .is_some_and(|(name, _)| (2..=32).contains(&name.len()) && name.chars().all(scheme));
        let is_mail = inner.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        });
        is_uri || is_mail
    }
}

/// The tag name at the start of `text`.
fn tag_name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    &text[..end]
}

/// Whether `name`, in lower case, is an element that a guide may hold; `html`, `head`,
/// `body` and `title` name parts of a page, and in a guide are words about them.
pub(in crate::parse) fn is_known_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// The elements of HTML, old ones included, in order.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_elements_are_in_order() {
        assert!(ELEMENTS.is_sorted());
        assert!(is_known_element("details") && is_known_element("h1"));
        assert!(!is_known_element("server") && !is_known_element("title"));
    }
}
