//! What stands in braces behind a component: `{key="value" flag key=bare}`.

use std::ops::Range;

/// A named value with its bytes, counted from where the braces' text was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct RawAttribute {
    /// The name; empty for a part that is no attribute at all.
    pub(in crate::parse) name: String,
    /// The value; `true` for a name alone.
    pub(in crate::parse) value: String,
    /// The bytes of name and value.
    pub(in crate::parse) range: Range<usize>,
}

/// Reads the attributes at the start of `text`, which begins with `{`, and where they end.
/// Gives nothing when the braces are not closed.
pub(super) fn attributes(text: &str) -> Option<(Vec<RawAttribute>, usize)> {
    let mut found = Vec::new();
    let mut at = 1;
    loop {
        at += blanks(&text[at..]);
        match text.as_bytes().get(at)? {
            b'}' => return Some((found, at + 1)),
            b',' => at += 1,
            _ => {
                let attribute = attribute(text, at)?;
                at = attribute.range.end;
                found.push(attribute);
            }
        }
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

fn attribute(text: &str, start: usize) -> Option<RawAttribute> {
    let name_end = start + name_length(&text[start..]);
    if name_end == start {
        let length = text[start..].find([' ', '\t', '}'])?;
        let value = text[start..start + length].to_owned();
        return Some(RawAttribute {
            name: String::new(),
            value,
            range: start..start + length.max(1),
        });
    }
    let name = text[start..name_end].to_owned();
    if !text[name_end..].starts_with('=') {
        return Some(RawAttribute { name, value: "true".to_owned(), range: start..name_end });
    }
    let (value, length) = value(&text[name_end + 1..])?;
    Some(RawAttribute { name, value, range: start..name_end + 1 + length })
}

/// The bytes of a name: a letter, then letters, digits, `-`, `_`.
pub(super) fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.find(|c| !part(c)).unwrap_or(text.len())
}

/// A value, quoted or bare, and the bytes it takes. `\"` is a quotation mark.
pub(super) fn value(text: &str) -> Option<(String, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let length = text.find([' ', '\t', '}'])?;
        return Some((text[..length].to_owned(), length));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            c if c == quote && !escaped => return Some((value, at + 1)),
            c => {
                if escaped && c != quote && c != '\\' {
                    value.push('\\');
                }
                value.push(c);
                escaped = false;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = attributes(text).map(|(list, end)| {
            let list: Vec<_> = list.iter().map(|a| format!("{}={}", a.name, a.value)).collect();
            format!("{}@{end}", list.join("|"))
        });
        assert_eq!(shown.as_deref().unwrap_or("none"), expected);
    }

    #[test]
    fn values_are_quoted_bare_or_left_out() {
        check(r#"{key="値 1" flag n=2}x"#, "key=値 1|flag=true|n=2@22");
        check(r#"{a='it"s' b="say \"x\" \n"}"#, r#"a=it"s|b=say "x" \n@27"#);
        check("{}", "@2");
    }

    #[test]
    fn what_is_no_attribute_is_kept_without_a_name() {
        check("{.class ok}", "=.class|ok=true@11");
        check("{a=\"x", "none");
        check("{a", "none");
    }
}
