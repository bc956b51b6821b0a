//! Hexo's `{% … %}`: the tags that articles brought along from a Hexo blog use.
//!
//! A known tag becomes what it means here; any other stays as written, and is reported
//! where it turns out to be text and not code.

use std::ops::Range;

use super::StandInKind;
use super::scan::{Scanner, only_markers};

/// A Hexo tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) enum Tag {
    /// `{% note warning 題名 %}`.
    Note { class: String, title: String },
    /// `{% details 題名 %}`, `{% fold 題名 %}`.
    Details { title: String },
    /// `{% blockquote 出典 %}`.
    Quote { source: String },
    /// The end of one of the above: `endnote`.
    End { opening: &'static str },
    /// `{% raw %}` or `{% endraw %}`.
    Raw,
    /// `{% codeblock 題名 lang:bash %}` to its end.
    Code { title: String, language: String, code: Range<usize> },
    /// `{% asset_img [class] name [width [height]] ["title" ["alt"]] %}`.
    Picture { name: String, sizes: Vec<String>, words: Vec<String> },
    /// `{% asset_link name 題名 %}`: a link to a file of the guide's folder.
    File { name: String, text: String },
    /// `{% post_link name 題名 %}`: a link to a guide.
    Guide { name: String, text: String },
    /// Any other.
    Unknown { name: String },
}

/// No tag is longer, in bytes.
const LONGEST: usize = 1000;

impl Scanner<'_, '_> {
    /// A `{%` at `at`.
    pub(super) fn tag(&mut self, at: usize) -> usize {
        let rest = self.ahead(at, LONGEST);
        let Some(length) = rest.find("%}").map(|end| end + 2) else {
            return at + 2;
        };
        let inner = rest[2..length - 2].trim_matches('-').trim();
        let (name, arguments) = inner.split_once([' ', '\t']).unwrap_or((inner, ""));
        let own_line = !self.inline
            && only_markers(self.before(at))
            && self.rest_of_line(at + length).trim().is_empty();
        let part = at..at + length;
        match name {
            "codeblock" | "code" if own_line => self.code_block(part, arguments.trim()),
            "raw" => self.raw(part, own_line),
            _ => {
                let tag = tag_of(name, arguments.trim(), own_line);
                let line = own_line && is_block(&tag);
                let part =
                    if line { part.start..part.start + self.rest_of_line(at).len() } else { part };
                self.stand_in(part, StandInKind::Tag(tag), line)
            }
        }
    }

    /// `{% raw %}`: up to its end no brace means anything.
    fn raw(&mut self, part: Range<usize>, own_line: bool) -> usize {
        let Some((length, _)) = self.end_tag(part.end, "raw", &["{% endraw %}", "{%endraw%}"])
        else {
            let tag = Tag::Unknown { name: "raw".to_owned() };
            return self.stand_in(part, StandInKind::Tag(tag), false);
        };
        self.raw = part.end + length;
        self.stand_in(part, StandInKind::Tag(Tag::Raw), own_line)
    }

    /// How far from `at` the first of `ends` stands, and its length. One that is not found
    /// is not looked for again, so that no scan is quadratic.
    fn end_tag(&mut self, at: usize, name: &'static str, ends: &[&str]) -> Option<(usize, usize)> {
        if self.missing.contains(name) {
            return None;
        }
        let rest = &self.source[at..self.range.end];
        let found = ends.iter().filter_map(|end| Some((rest.find(end)?, end.len()))).min();
        if found.is_none() {
            self.missing.insert(name);
        }
        found
    }

    /// `{% codeblock %}`: taken out whole, so that nothing in it is Markdown.
    fn code_block(&mut self, part: Range<usize>, arguments: &str) -> usize {
        let ends = ["{% endcodeblock %}", "{% endcode %}", "{%endcodeblock%}"];
        let Some((length, end_length)) = self.end_tag(part.end, "codeblock", &ends) else {
            let tag = Tag::Unknown { name: "codeblock".to_owned() };
            return self.stand_in(part, StandInKind::Tag(tag), false);
        };
        let first = part.end + self.rest_of_line(part.end).len();
        let code = first.min(part.end + length)..part.end + length;
        let (title, language) = code_settings(arguments);
        let whole = part.start..part.end + length + end_length;
        let whole = whole.start..whole.end + blank_length(self.rest_of_line(whole.end));
        let line = self.rest_of_line(whole.end).is_empty();
        let end = self.stand_in(whole, StandInKind::Tag(Tag::Code { title, language, code }), line);
        self.line = end;
        end
    }
}

fn blank_length(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Title and language of a `codeblock` tag; its other settings have no meaning here.
fn code_settings(arguments: &str) -> (String, String) {
    let mut title = Vec::new();
    let mut language = String::new();
    for word in arguments.split_whitespace() {
        match word.split_once(':') {
            Some(("lang", name)) => language = name.to_owned(),
            Some((
                "line_number" | "line_threshold" | "highlight" | "first_line" | "mark" | "wrap",
                _,
            )) => {}
            Some(_) | None => title.push(word),
        }
    }
    (title.join(" "), language)
}

/// Whether the tag opens or closes a block, which it can only on a line of its own.
fn is_block(tag: &Tag) -> bool {
    match tag {
        Tag::Note { .. } | Tag::Details { .. } | Tag::Quote { .. } | Tag::End { .. } | Tag::Raw => {
            true
        }
        Tag::Code { .. }
        | Tag::Picture { .. }
        | Tag::File { .. }
        | Tag::Guide { .. }
        | Tag::Unknown { .. } => false,
    }
}

fn tag_of(name: &str, arguments: &str, own_line: bool) -> Tag {
    let words = words(arguments);
    match name {
        "note" if own_line => note(&words),
        "details" | "fold" if own_line => Tag::Details { title: words.join(" ") },
        "quote" | "blockquote" if own_line => Tag::Quote { source: words.join(" ") },
        "endnote" if own_line => Tag::End { opening: "note" },
        "enddetails" | "endfold" if own_line => Tag::End { opening: "details" },
        "endquote" | "endblockquote" if own_line => Tag::End { opening: "quote" },
        "endraw" => Tag::Raw,
        "asset_img" | "asset_path" if !words.is_empty() => picture(words),
        "asset_link" if !words.is_empty() => {
            Tag::File { name: words[0].clone(), text: link_text(&words) }
        }
        "post_link" if !words.is_empty() => {
            Tag::Guide { name: words[0].clone(), text: link_text(&words) }
        }
        _ => Tag::Unknown { name: name.to_owned() },
    }
}

/// The words of a tag; quotation marks hold several together.
fn words(arguments: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = arguments.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = matches!(first, '"' | '\'').then(|| rest[1..].find(first)).flatten();
        let (word, end) = match quoted {
            Some(length) => (&rest[1..1 + length], length + 2),
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        words.push(word.to_owned());
        rest = rest[end..].trim_start();
    }
    words
}

/// The words of a link but for its name and the flag for escaping at the end.
fn link_text(words: &[String]) -> String {
    let flag =
        words.len() > 2 && words.last().is_some_and(|word| word == "true" || word == "false");
    words[1..words.len() - usize::from(flag)].join(" ")
}

fn note(words: &[String]) -> Tag {
    let is_style = |word: &str| {
        ["no-icon", "flat", "modern", "simple", "disabled"].contains(&word)
            || word.starts_with("icon-")
            || word.starts_with("fa")
    };
    let kinds = ["default", "primary", "success", "info", "warning", "danger"];
    let class = words.first().filter(|word| kinds.contains(&word.as_str())).cloned();
    let title = words.iter().skip(usize::from(class.is_some())).filter(|word| !is_style(word));
    let title = title.cloned().collect::<Vec<_>>().join(" ");
    Tag::Note { class: class.unwrap_or_default(), title }
}

/// Class names come before the file, sizes and texts behind it.
fn picture(words: Vec<String>) -> Tag {
    let file = words.iter().position(|word| word.contains('.')).unwrap_or(0);
    let mut words = words.into_iter().skip(file);
    let name = words.next().unwrap_or_default();
    let is_size = |word: &String| word.trim_end_matches(['%', 'p', 'x']).parse::<u32>().is_ok();
    let (sizes, words): (Vec<_>, Vec<_>) = words.partition(is_size);
    Tag::Picture { name, sizes, words }
}
