//! Text counted in UTF-16 units, as browsers count.

/// How many units a text has.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The byte at which unit `at` of a text begins; that of the character which holds it.
fn byte(text: &str, at: usize) -> usize {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        units += c.len_utf16();
        if units > at {
            return byte;
        }
    }
    text.len()
}

/// The units from `from` up to `to`; a character that `to` would cut is left out.
pub(super) fn slice(text: &str, from: usize, to: usize) -> &str {
    let from = byte(text, from);
    &text[from..byte(text, to).max(from)]
}

/// A number without the last digits of its fraction, in which machines differ.
///
/// Logarithms and powers are right to the last digit but one. Everything else in ranking is
/// exact arithmetic, so that both halves of the search come to equal scores.
pub(super) fn even(number: f64) -> f64 {
    (number * 1e9 + 0.5).floor() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_browsers() {
        assert_eq!(length("a𠮷あ"), 4);
        assert_eq!(slice("a𠮷あ", 1, 3), "𠮷");
        assert_eq!(slice("a𠮷あ", 0, 2), "a", "half a character is none");
        assert_eq!(slice("a𠮷あ", 3, 99), "あ");
        assert_eq!(slice("ab", 2, 1), "");
    }
}
