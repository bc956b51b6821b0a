//! The common root of English words: `installing`, `installed` and `installation` are one to
//! a searcher.
//!
//! In and out: folded words. It is asked for both sides of a comparison, so that a root need
//! not be a word.

/// What a word ends in, longest first; what takes its place; how much must be left before it.
const ENDINGS: [(&str, &str, usize); 23] = [
    ("izations", "ize", 3),
    ("ization", "ize", 3),
    ("isations", "ize", 3),
    ("isation", "ize", 3),
    ("ations", "ate", 3),
    ("ation", "ate", 3),
    ("ities", "ity", 3),
    ("ising", "ize", 3),
    ("ised", "ize", 3),
    ("ise", "ize", 4),
    ("sses", "ss", 1),
    ("ches", "ch", 1),
    ("shes", "sh", 1),
    ("xes", "x", 1),
    ("ies", "y", 2),
    ("ings", "", 3),
    ("ing", "", 3),
    ("ied", "y", 2),
    ("ed", "", 3),
    ("ss", "ss", 1),
    ("us", "us", 1),
    ("is", "is", 1),
    ("s", "", 2),
];

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Whether a word ends in a consonant twice that endings double: `stopp`.
fn is_doubled(root: &str) -> bool {
    let mut ends = root.bytes().rev();
    matches!((ends.next(), ends.next()), (Some(last), Some(before)) if last == before && b"bdgmnprt".contains(&last))
}

/// The root of an English word; other words come back as they are.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut root = word.to_owned();
    let known = ENDINGS
        .iter()
        .find_map(|(ending, instead, left)| Some((word.strip_suffix(ending)?, instead, *left)));
    if let Some((before, instead, left)) = known
        && before.len() >= left
        && before.contains(is_vowel)
    {
        root = format!("{before}{instead}");
    }
    if is_doubled(&root) && root.len() > 3 {
        root.pop();
    }
    for tail in ["ate", "e"] {
        if let Some(rest) = root.strip_suffix(tail)
            && rest.len() >= 3
        {
            return rest.to_owned();
        }
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_root() {
        for (forms, root) in [
            ("install installs installed installing installation", "install"),
            ("stop stops stopped stopping", "stop"),
            ("organise organised organizations", "organiz"),
            ("policy policies", "policy"),
        ] {
            for form in forms.split(' ') {
                assert_eq!(stem(form), root, "{form}");
            }
        }
        for word in ["as", "vpn", "ログイン", "éclairs", "mt12"] {
            assert_eq!(stem(word), word);
        }
    }
}
