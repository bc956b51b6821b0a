//! Raw HTML → tokens with the bytes they were written at. The HTML crate is named here
//! only.

use std::ops::Range;

use html5gum::{DefaultEmitter, Token as Gum, Tokenizer};

/// An attribute as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawAttribute {
    /// The name in lower case.
    pub(super) name: String,
    /// The value, entities undone.
    pub(super) value: String,
    /// The bytes of name and value.
    pub(super) range: Range<usize>,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StartTag {
    /// The name in lower case.
    pub(super) name: String,
    /// Its attributes by name.
    pub(super) attributes: Vec<RawAttribute>,
    /// Whether it ends in `/>`.
    pub(super) self_closing: bool,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `<p>`.
    Start(StartTag),
    /// `</p>`.
    End { name: String, range: Range<usize> },
    /// Text, entities undone.
    Text { text: String, range: Range<usize> },
    /// `<!-- -->`, and what browsers take for one.
    Comment { text: String, range: Range<usize> },
    /// A tag that is never finished.
    Broken { range: Range<usize> },
}

/// The tokens of `html`, in order.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut found = Vec::new();
    let mut end = 0;
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        if let Some((token, last)) = converted(html, token) {
            end = last.max(end);
            found.push(token);
        }
    }
    let rest = html[end.min(html.len())..].trim_end();
    if !rest.is_empty() && rest.starts_with('<') {
        found.push(Token::Broken { range: end..end + rest.len() });
    }
    found
}

fn converted(html: &str, token: Gum<usize>) -> Option<(Token, usize)> {
    let range = |span: html5gum::Span<usize>| {
        let end = html.floor_char_boundary(span.end.min(html.len()));
        html.floor_char_boundary(span.start.min(end))..end
    };
    let token = match token {
        Gum::StartTag(tag) => {
            let attributes = tag.attributes.into_iter().map(|(name, value)| RawAttribute {
                name: text(&name),
                range: trimmed(html, range(value.span)),
                value: text(&value.value),
            });
            Token::Start(StartTag {
                name: text(&tag.name),
                attributes: attributes.collect(),
                self_closing: tag.self_closing,
                range: range(tag.span),
            })
        }
        Gum::EndTag(tag) => Token::End { name: text(&tag.name), range: range(tag.span) },
        Gum::String(string) => Token::Text { text: text(&string.value), range: range(string.span) },
        Gum::Comment(comment) => {
            Token::Comment { text: text(&comment.value), range: range(comment.span) }
        }
        Gum::Doctype(doctype) => Token::Comment { text: String::new(), range: range(doctype.span) },
        Gum::Error(_) => return None,
    };
    let end = match &token {
        Token::Start(tag) => tag.range.end,
        Token::End { range, .. }
        | Token::Text { range, .. }
        | Token::Comment { range, .. }
        | Token::Broken { range } => range.end,
    };
    Some((token, end))
}

/// The bytes of an attribute: those of one without quotation marks come with the
/// character behind it.
fn trimmed(html: &str, range: Range<usize>) -> Range<usize> {
    let kept = html[range.clone()].trim_end_matches(['>', ' ', '\t', '\n']);
    range.start..range.start + kept.len()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let shown: Vec<String> = tokens(html)
            .into_iter()
            .map(|token| match token {
                Token::Start(tag) => {
                    let list =
                        tag.attributes.iter().map(|a| format!(" {}", &html[a.range.clone()]));
                    format!(
                        "<{}{}>{}",
                        tag.name,
                        list.collect::<String>(),
                        &html[tag.range.clone()].len()
                    )
                }
                Token::End { range, .. } => html[range].to_owned(),
                Token::Text { text, range } => format!("{text}|{}", &html[range]),
                Token::Comment { text, range } => format!("!{text}|{}", &html[range]),
                Token::Broken { range } => format!("?{}", &html[range]),
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn tokens_know_their_bytes() {
        check("<td a=\"値\" b=1 c>日&amp;本</td>", "<td a=\"値\" b=1 c>18 日&本|日&amp;本 </td>");
        check("<!-- x --><br/>", "! x |<!-- x --> <br>5");
        check("a<p\nb='x'>", "a|a <p b='x'>9");
    }

    #[test]
    fn an_unfinished_tag_is_a_token() {
        check("a <div class=\"x\n", "a |a  ?<div class=\"x");
    }
}
