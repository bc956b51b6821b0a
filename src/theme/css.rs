//! The little of CSS that tokens need: declarations of a sheet, and the forms of values.

use std::ops::Range;

use super::colour::{arguments, call};

/// `--name: value` in a sheet.
#[derive(Debug, PartialEq)]
pub(super) struct Declaration<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    /// The bytes of the value.
    pub(super) range: Range<usize>,
}

/// The custom properties that `sheet` defines, in its order.
pub(super) fn declarations(sheet: &str) -> Vec<Declaration<'_>> {
    let comments = comments(sheet);
    let hidden = |at: usize| comments.iter().any(|comment| comment.contains(&at));
    let starts = sheet.match_indices("--").filter(|(at, _)| !hidden(*at));
    starts.filter_map(|(at, _)| declaration(sheet, at + 2)).collect()
}

fn declaration(sheet: &str, at: usize) -> Option<Declaration<'_>> {
    let rest = &sheet[at..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    let after = rest[end..].trim_start().strip_prefix(':')?;
    let start = sheet.len() - after.len();
    let length = after.find([';', '}']).unwrap_or(after.len());
    let value = after[..length].trim();
    let start = start + after.len() - after.trim_start().len();
    Some(Declaration { name: &rest[..end], value, range: start..start + value.len() })
}

/// Where the comments of a sheet stand, in its order.
pub(super) fn comments(sheet: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = sheet[at..].find("/*").map(|open| at + open) {
        let close = sheet[open..].find("*/").map_or(sheet.len(), |close| open + close + 2);
        found.push(open..close);
        at = close;
    }
    found
}

/// Whether `name` can name a token.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether `value` stays inside its declaration, whatever it means.
pub(super) fn is_value(value: &str) -> bool {
    !value.trim().is_empty()
        && !value.contains([';', '{', '}', '<', '\\', '@'])
        && !value.contains("/*")
        && !value.chars().any(char::is_control)
        && is_balanced(value)
}

/// Whether brackets and quotes close: an open one would swallow the rules that follow.
fn is_balanced(value: &str) -> bool {
    let mut quote = None;
    let mut depth = 0i32;
    for c in value.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    quote.is_none() && depth == 0
}

/// `0`, `1.5rem`, `calc(…)`.
pub(super) fn is_length(text: &str) -> bool {
    const UNITS: [&str; 25] = [
        "px", "rem", "em", "ch", "ic", "ex", "lh", "rlh", "%", "vw", "vh", "vi", "vb", "vmin",
        "vmax", "svh", "lvh", "dvh", "cqi", "cqw", "cm", "mm", "in", "pt", "pc",
    ];
    let counted = ["calc", "clamp", "min", "max"].iter().any(|name| call(text, name).is_some());
    let lower = text.to_ascii_lowercase();
    let end = lower.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    counted || text == "0" || is_number(number) && UNITS.contains(&unit)
}

/// `1.6`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.contains(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.parse::<f64>().is_ok()
}

/// `"BIZ UDPGothic", Meiryo, sans-serif`.
pub(super) fn is_font_list(text: &str) -> bool {
    arguments(text).into_iter().all(|font| {
        let font = font.trim();
        let quoted = ['"', '\''].iter().any(|quote| {
            let inner = font.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote));
            inner.is_some_and(|name| !name.trim().is_empty() && !name.contains(*quote))
        });
        let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '\n');
        quoted || font.starts_with(char::is_alphabetic) && font.chars().all(letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_told_from_uses_and_comments() {
        let sheet = "/* --no: 1; 日本 */ :root { --ink: #111; --b:var(--ink)}";
        let found: Vec<_> = declarations(sheet)
            .into_iter()
            .map(|declared| (declared.name, declared.value, &sheet[declared.range]))
            .collect();
        assert_eq!(found, [("ink", "#111", "#111"), ("b", "var(--ink)", "var(--ink)")]);
    }

    #[test]
    fn values_have_the_forms_of_css() {
        for (text, wanted) in [
            ("0", "length number"),
            ("1.03rem", "length"),
            ("-2px", "length"),
            ("42 rem", ""),
            ("calc(1rem + 2px)", "length"),
            ("1.8", "number"),
            ("8", "number"),
            ("８px", ""),
            ("Meiryo, sans-serif", "fonts"),
            ("\"游ゴシック\", メイリオ, serif", "fonts"),
            ("\"A\" \"B\"", ""),
            ("Meiryo,", ""),
        ] {
            let forms = [
                ("length", is_length(text)),
                ("number", is_number(text)),
                ("fonts", is_font_list(text)),
            ];
            let found: Vec<&str> =
                forms.iter().filter(|(_, fits)| *fits).map(|(name, _)| *name).collect();
            assert_eq!(found.join(" "), wanted, "{text}");
        }
    }
}
