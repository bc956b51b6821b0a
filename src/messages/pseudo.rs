//! Words that look translated: what shows, before anybody has translated a word, what cannot
//! be translated at all and what has no room for longer words.
//!
//! In: text. Out: the same text with Latin letters accented and longer by a third. Must not
//! know what the text is for.

use std::borrow::Cow;

pub use crate::config::PSEUDO;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ";

/// Text with its Latin letters accented, and its vowels twice; without any, as it is.
///
/// ```
/// assert_eq!(shirube::messages::accented("Next 10 次"), "Ƞḗḗẋŧ 10 次");
/// ```
pub fn accented(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let sign = PLAIN.find(c).and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(c);
        out.push(sign);
        if matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'A' | 'E' | 'I' | 'O' | 'U') {
            out.extend(sign.to_lowercase());
        }
    }
    Cow::Owned(out)
}

/// The signs that make a text of other letters longer by a third, as `～～`; none for a text
/// of Latin letters alone, whose vowels do it.
pub fn padding(text: &str) -> String {
    let others = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    "～".repeat((others * 3).div_ceil(10))
}

/// Text as the pseudo-locale says it: accented, or in brackets and longer.
///
/// ```
/// assert_eq!(shirube::messages::pseudo_text("検索"), "［検索～］");
/// ```
pub fn pseudo_text(text: &str) -> Cow<'_, str> {
    let padding = padding(text);
    if padding.is_empty() {
        return accented(text);
    }
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    Cow::Owned(format!("{before}［{}{padding}］{after}", accented(inner)))
}
