//! Bare addresses in running text: where they begin and where they end.
//!
//! Only `http` and `https`. An address ends where Japanese text or punctuation begins,
//! since `https://aka.ms/mfasetupにアクセス` means the first part; GitHub's rule would
//! swallow the rest. An address with a placeholder in it, `https://a.jp/{id}/x` or
//! `https://a.jp/<id>`, leads nowhere and is text as a whole.
//! Knows nothing of links, code or HTML: the caller leaves those out.

use std::ops::Range;

/// No name in a placeholder is longer, in characters.
const LONGEST_PLACEHOLDER: usize = 60;

/// A bare address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BareUrl {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// Whether it was probably meant to go on: Japanese follows a `/`, `=` or the like.
    pub(super) truncated: bool,
}

/// The bare addresses of `text`, in order; `behind` is what the writer wrote after it.
pub(super) fn bare_urls(text: &str, behind: &str) -> Vec<BareUrl> {
    let mut found = Vec::new();
    let mut from = 0;
    for colon in memchr::memchr_iter(b':', text.as_bytes()) {
        if colon < from || !text[colon + 1..].starts_with("//") {
            continue;
        }
        let Some((url, stop)) = url_at(text, colon, from) else {
            continue;
        };
        let end = stop + template(&text[stop..]);
        let goes_on = end == text.len() && (behind.starts_with("{$") || behind.starts_with("{-"));
        if end > stop || goes_on {
            from = end;
        } else {
            from = url.range.end;
            found.push(url);
        }
    }
    found
}

/// How much of `text`, where the characters of an address end, belongs to the address
/// still, because it is a placeholder; 0 when it is none.
fn template(text: &str) -> usize {
    let mut end = 0;
    while let Some(length) = placeholder(&text[end..]) {
        end += length;
        end += text[end..].bytes().take_while(|b| is_url_byte(*b)).count();
    }
    end
}

/// The length of `{…}` or `<…>` at the start of `text`.
fn placeholder(text: &str) -> Option<usize> {
    let close = match text.bytes().next()? {
        b'{' => '}',
        b'<' => '>',
        _ => return None,
    };
    let name = text[1..].chars().take(LONGEST_PLACEHOLDER).take_while(|c| *c != close);
    let length = 1 + name.map(char::len_utf8).sum::<usize>();
    let name = &text[1..length];
    let fit = !name.is_empty() && !name.contains(['\n', '{', '<', '/']);
    (fit && text[length..].starts_with(close)).then_some(length + 1)
}

/// The first address at `colon`, and where its characters end, trailing marks included.
fn url_at(text: &str, colon: usize, from: usize) -> Option<(BareUrl, usize)> {
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        colon >= from + scheme.len()
            && text.as_bytes()[colon - scheme.len()..colon].eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-')) {
        return None;
    }
    let rest = &text[colon + 3..];
    let stop = rest.bytes().position(|b| !is_url_byte(b)).unwrap_or(rest.len());
    let kept = trimmed(&rest[..stop]);
    if !kept.as_bytes().first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'[') {
        return None;
    }
    let range = start..colon + 3 + kept.len();
    let next = rest[stop..].chars().next();
    let truncated = kept.len() == stop && goes_on(kept, next);
    Some((BareUrl { range, truncated }, colon + 3 + stop))
}

fn is_url_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b)
}

/// The address without the punctuation that belongs to the sentence: trailing marks, and
/// closing brackets that it did not open.
fn trimmed(url: &str) -> &str {
    let mut end = url.len();
    let count = |range: &str, b: u8| range.bytes().filter(|x| *x == b).count();
    let mut round = (count(url, b'('), count(url, b')'));
    let mut square = (count(url, b'['), count(url, b']'));
    while let Some(last) = url.as_bytes()[..end].last() {
        match last {
            b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' => {}
            b')' if round.1 > round.0 => round.1 -= 1,
            b']' if square.1 > square.0 => square.1 -= 1,
            b'(' => round.0 -= 1,
            b'[' => square.0 -= 1,
            _ => break,
        }
        end -= 1;
    }
    &url[..end]
}

/// Whether an address that stops before `next` was probably meant to go on.
fn goes_on(url: &str, next: Option<char>) -> bool {
    let open_ended = url.ends_with(['=', '-', '%', '&', '#'])
        || (url.ends_with('/') && url.trim_end_matches('/').contains('/'));
    open_ended && next.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows addresses in ⟨ ⟩, with `!` behind a truncated one.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut shown = String::new();
        let mut at = 0;
        for url in bare_urls(text, "") {
            shown += &text[at..url.range.start];
            shown += &format!("⟨{}⟩", &text[url.range.clone()]);
            shown += if url.truncated { "!" } else { "" };
            at = url.range.end;
        }
        shown += &text[at..];
        assert_eq!(shown, expected);
    }

    #[test]
    fn japanese_text_and_punctuation_end_an_address() {
        check("https://aka.ms/mfasetup にアクセス", "⟨https://aka.ms/mfasetup⟩ にアクセス");
        check("https://aka.ms/mfasetupにアクセス", "⟨https://aka.ms/mfasetup⟩にアクセス");
        check("（https://aka.ms/a）です", "（⟨https://aka.ms/a⟩）です");
        check("「https://aka.ms/a」、https://b.jp。", "「⟨https://aka.ms/a⟩」、⟨https://b.jp⟩。");
        check("例https://aka.ms/c", "例⟨https://aka.ms/c⟩");
    }

    #[test]
    fn brackets_are_balanced_and_sentence_marks_left_out() {
        check("(https://a.org/Foo_(bar))", "(⟨https://a.org/Foo_(bar)⟩)");
        check("See https://a.org/x, or HTTP://b.org.", "See ⟨https://a.org/x⟩, or ⟨HTTP://b.org⟩.");
        check("[https://a.org]", "[⟨https://a.org⟩]");
    }

    #[test]
    fn only_two_schemes_are_addresses() {
        check(
            "hhttps://a.org ftp://b.org xhttp://c.org https:// http://。",
            "hhttps://a.org ftp://b.org xhttp://c.org https:// http://。",
        );
    }

    #[test]
    fn an_address_cut_before_japanese_is_noticed() {
        check("https://ja.wikipedia.org/wiki/日本語", "⟨https://ja.wikipedia.org/wiki/⟩!日本語");
        check("https://a.jp/?q=検索", "⟨https://a.jp/?q=⟩!検索");
        check("https://localhost:4000/です", "⟨https://localhost:4000/⟩です");
    }

    #[test]
    fn an_address_with_a_placeholder_is_text() {
        let texts = [
            "https://management.azure.com/subscriptions/{subscriptionId}/resourceGroups",
            "https://login.microsoftonline.com/{テナントID}/oauth2/authorize です",
            "https://e.com/<id>/x https://e.com/{a}{b}",
            "https://e.com/?to={url}&x=https://b.org",
        ];
        for text in texts {
            check(text, text);
        }
        assert_eq!(bare_urls("https://example.com/", "{$phone}/x"), []);
        check("https://a.org {x} https://b.org/<3", "⟨https://a.org⟩ {x} ⟨https://b.org/⟩<3");
        check("https://a.org{ https://b.org<br", "⟨https://a.org⟩{ ⟨https://b.org⟩<br");
    }
}
