//! What changed between two texts, word by word, as people read it.
//!
//! In: a text as it was and as it is. Out: what stayed, went and came, in reading order.
//! Where no blanks stand between words, a word is a run of letters of one script.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Whether a piece of text stayed, went or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// It stands in both texts.
    Same,
    /// It stands in the old text.
    Old,
    /// It stands in the new text.
    New,
}

/// What changed from `old` to `new`.
///
/// ```
/// use shirube::localize::{Side, changes};
/// let shown: String = changes("設定を開きます。", "設定画面を開きます。")
///     .into_iter()
///     .map(|(side, text)| match side {
///         Side::Same => text,
///         Side::Old => format!("[-{text}-]"),
///         Side::New => format!("{{+{text}+}}"),
///     })
///     .collect();
/// assert_eq!(shown, "設定{+画面+}を開きます。");
/// ```
pub fn changes(old: &str, new: &str) -> Vec<(Side, String)> {
    let (olds, news) = (tokens(old), tokens(new));
    let mut made: Vec<(Side, String)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                push(&mut made, Side::Same, &olds[old_index..old_index + len].concat());
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                push(&mut made, Side::Old, &olds[old_index..old_index + old_len].concat());
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                push(&mut made, Side::New, &news[new_index..new_index + new_len].concat());
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (was, is) = (
                    olds[old_index..old_index + old_len].concat(),
                    news[new_index..new_index + new_len].concat(),
                );
                replaced(&mut made, &was, &is);
            }
        }
    }
    bridged(made)
}

/// Words that took the place of others: the Han characters that both begin or end with
/// stayed, as the first two of 設定画面 and 設定.
fn replaced(made: &mut Vec<(Side, String)>, was: &str, is: &str) {
    let same = |(one, other): &(char, char)| one == other && script(*one) == Some(Script::Han);
    let shared = was.chars().zip(is.chars()).take_while(same);
    let start: usize = shared.map(|(c, _)| c.len_utf8()).sum();
    let (was_rest, is_rest) = (&was[start..], &is[start..]);
    let shared = was_rest.chars().rev().zip(is_rest.chars().rev()).take_while(same);
    let end: usize = shared.map(|(c, _)| c.len_utf8()).sum();
    push(made, Side::Same, &was[..start]);
    push(made, Side::Old, &was_rest[..was_rest.len() - end]);
    push(made, Side::New, &is_rest[..is_rest.len() - end]);
    push(made, Side::Same, &was_rest[was_rest.len() - end..]);
}

fn push(made: &mut Vec<(Side, String)>, side: Side, text: &str) {
    if text.is_empty() {
        return;
    }
    match made.last_mut() {
        Some((last, known)) if *last == side => known.push_str(text),
        _ => made.push((side, text.to_owned())),
    }
}

/// Changes between which nothing but a blank stayed are one change: they read as one.
fn bridged(changes: Vec<(Side, String)>) -> Vec<(Side, String)> {
    let mut made: Vec<(Side, String)> = Vec::new();
    let (mut old, mut new) = (String::new(), String::new());
    let count = changes.len();
    for (at, (side, text)) in changes.into_iter().enumerate() {
        let both = !old.is_empty() && !new.is_empty();
        match side {
            Side::Old => old += &text,
            Side::New => new += &text,
            Side::Same if both && text.trim().is_empty() && at + 1 < count => {
                old += &text;
                new += &text;
            }
            Side::Same => {
                settle(&mut made, &mut old, &mut new);
                push(&mut made, Side::Same, &text);
            }
        }
    }
    settle(&mut made, &mut old, &mut new);
    made
}

fn settle(made: &mut Vec<(Side, String)>, old: &mut String, new: &mut String) {
    push(made, Side::Old, &std::mem::take(old));
    push(made, Side::New, &std::mem::take(new));
}

/// What letters of one kind make up a word.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Script {
    Digits,
    Hiragana,
    Katakana,
    Han,
    Other,
}

fn script(c: char) -> Option<Script> {
    match c {
        'ー' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => Some(Script::Katakana),
        '\u{3041}'..='\u{309f}' => Some(Script::Hiragana),
        '々' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Some(Script::Han),
        c if c.is_numeric() => Some(Script::Digits),
        c if c.is_alphanumeric() => Some(Script::Other),
        _ => None,
    }
}

/// Words, and everything between them sign by sign; a part of the source is one word.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match (first, script(first)) {
            ('{', _) => rest.find('}').map_or(1, |end| end + 1),
            (' ', _) => rest.find(|c| c != ' ').unwrap_or(rest.len()),
            (_, Some(own)) => rest.find(|c| script(c) != Some(own)).unwrap_or(rest.len()),
            (c, None) => c.len_utf8(),
        };
        found.push(&rest[..length]);
        rest = &rest[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let piece = |(side, text): (Side, String)| match side {
            Side::Same => text,
            Side::Old => format!("[-{text}-]"),
            Side::New => format!("{{+{text}+}}"),
        };
        changes(old, new).into_iter().map(piece).collect()
    }

    #[test]
    fn words_are_compared_in_both_languages() {
        for (old, new, wanted) in [
            ("Open the settings.", "Open the settings app.", "Open the settings{+ app+}."),
            ("Wait 10 minutes.", "Wait 30 minutes.", "Wait [-10-]{+30+} minutes."),
            ("Press the red key.", "Press a green key.", "Press [-the red-]{+a green+} key."),
            ("10分待ちます。", "30分待ちます。", "[-10-]{+30+}分待ちます。"),
            ("設定を開きます。", "設定を開いてください。", "設定を開[-きます-]{+いてください+}。"),
            ("スマートフォンを選ぶ", "パソコンを選ぶ", "[-スマートフォン-]{+パソコン+}を選ぶ"),
            (
                "{ $code-1 } を実行",
                "{ $code-1 } と { $code-2 } を実行",
                "{ $code-1 } {+と { $code-2 } +}を実行",
            ),
            ("同じ", "同じ", "同じ"),
            ("", "新しい", "{+新しい+}"),
        ] {
            assert_eq!(shown(old, new), wanted);
        }
    }

    #[test]
    fn what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new() {
        let all = [
            "",
            "設定を 開く",
            "Open  a b",
            "a\u{3000}{ $x",
            "👩‍💻 を　10",
            "か\u{3099}b",
            "開く設定を b a",
        ];
        for old in all {
            for new in all {
                let of = |side| -> String {
                    let kept = |(own, text)| (own == Side::Same || own == side).then_some(text);
                    changes(old, new).into_iter().filter_map(kept).collect()
                };
                assert_eq!((of(Side::Old), of(Side::New)), (old.to_owned(), new.to_owned()));
            }
        }
    }
}
