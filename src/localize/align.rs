//! Which text of a guide as it was stands for which of the guide as it is.
//!
//! In: two lists of texts in reading order. Out: for each text of the second the one of the
//! first that it stands for. Equal texts stand for each other wherever they have moved; of
//! the rest, those are compared that lie between the same neighbours, then whatever is left.
//! Only the commands that write catalogues guess like this; a build never does.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, capture_diff_slices, get_diff_ratio};

use super::slots::Kind;
use crate::text::is_joined;

/// A text by what it is and what it says.
pub type Line<'a> = (Kind, &'a str);

/// How alike a text must be to one between the same neighbours to be the same text, edited.
const IN_PLACE: f32 = 0.4;
/// How alike it must be to one from anywhere else.
const ELSEWHERE: f32 = 0.7;
/// How many texts are compared with each other at most; a guide of which more is new has
/// been written anew.
const PAIRS: usize = 40_000;

/// For each of the `new` texts the one of the `old` that it stands for.
///
/// ```
/// use shirube::localize::{Kind, align};
/// let p = |text| (Kind::Paragraph, text);
/// let old = [p("設定を開きます。"), p("終わりです。")];
/// let new = [p("はじめに。"), p("設定画面を開きます。"), p("終わりです。")];
/// assert_eq!(align(&old, &new), [None, Some(0), Some(1)]);
/// ```
pub fn align(old: &[Line<'_>], new: &[Line<'_>]) -> Vec<Option<usize>> {
    align_but(old, new, &|_| false)
}

/// The same, where some of the new texts are known to stand for something else.
pub(super) fn align_but(
    old: &[Line<'_>],
    new: &[Line<'_>],
    known: &dyn Fn(usize) -> bool,
) -> Vec<Option<usize>> {
    let mut made = equal(old, new);
    if made.iter().all(Option::is_some) {
        return made;
    }
    let mut likeness = Likeness::new(old, new);
    for (olds, news) in gaps(&made, old.len(), known) {
        likeness.in_place(&olds, &news, &mut made);
    }
    likeness.elsewhere(&mut made, known);
    made
}

/// Those that are very much alike, wherever they stand.
pub(super) fn align_anywhere(
    old: &[Line<'_>],
    new: &[Line<'_>],
    known: &dyn Fn(usize) -> bool,
) -> Vec<Option<usize>> {
    let mut made = vec![None; new.len()];
    Likeness::new(old, new).elsewhere(&mut made, known);
    made
}

/// Equal texts; of twins the first stands for the first.
pub(super) fn equal(old: &[Line<'_>], new: &[Line<'_>]) -> Vec<Option<usize>> {
    let mut places: BTreeMap<Line<'_>, Vec<usize>> = BTreeMap::new();
    for (at, line) in old.iter().enumerate().rev() {
        places.entry(*line).or_default().push(at);
    }
    new.iter().map(|line| places.get_mut(line).and_then(Vec::pop)).collect()
}

/// The texts without a fellow between those that have kept their order.
fn gaps(
    made: &[Option<usize>],
    olds: usize,
    known: &dyn Fn(usize) -> bool,
) -> Vec<(Vec<usize>, Vec<usize>)> {
    let taken: BTreeSet<usize> = made.iter().flatten().copied().collect();
    let mut anchors = in_order(made);
    anchors.push((made.len(), olds));
    let (mut new_at, mut old_at) = (0, 0);
    let mut gaps = Vec::new();
    for (new, old) in anchors {
        let free_old: Vec<usize> = (old_at..old).filter(|at| !taken.contains(at)).collect();
        let free_new: Vec<usize> =
            (new_at..new).filter(|at| made[*at].is_none() && !known(*at)).collect();
        if !free_old.is_empty() && !free_new.is_empty() {
            gaps.push((free_old, free_new));
        }
        (new_at, old_at) = (new + 1, old + 1);
    }
    gaps
}

/// The longest row of pairs that rises on both sides.
fn in_order(made: &[Option<usize>]) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> =
        made.iter().enumerate().filter_map(|(new, old)| old.map(|old| (new, old))).collect();
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, old)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| pairs[*end].1 < *old);
        before[at] = place.checked_sub(1).map(|last| ends[last]);
        if place == ends.len() { ends.push(at) } else { ends[place] = at }
    }
    let mut row = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.push(pairs[at]);
        next = before[at];
    }
    row.reverse();
    row
}

/// Tells how alike texts are.
struct Likeness<'a> {
    old: Vec<(Kind, &'a str)>,
    new: Vec<(Kind, &'a str)>,
    tokens: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Likeness<'a> {
    fn new(old: &[Line<'a>], new: &[Line<'a>]) -> Self {
        Self { old: old.to_vec(), new: new.to_vec(), tokens: BTreeMap::new() }
    }

    fn of(&mut self, old: usize, new: usize) -> f32 {
        let ((kind, old), (other, new)) = (self.old[old], self.new[new]);
        if kind != other {
            return 0.0;
        }
        for text in [old, new] {
            self.tokens.entry(text).or_insert_with(|| tokens(text));
        }
        alike(&self.tokens[old], &self.tokens[new])
    }

    /// The best pairs of a gap that keep its order.
    fn in_place(&mut self, olds: &[usize], news: &[usize], made: &mut [Option<usize>]) {
        if olds.len() * news.len() > PAIRS {
            return;
        }
        let width = news.len() + 1;
        let mut best = vec![0.0f32; (olds.len() + 1) * width];
        let mut scores = vec![0.0f32; olds.len() * news.len()];
        for (i, old) in olds.iter().enumerate().rev() {
            for (j, new) in news.iter().enumerate().rev() {
                let score = self.of(*old, *new);
                scores[i * news.len() + j] = if score >= IN_PLACE { score } else { -1.0 };
                let paired = scores[i * news.len() + j] + best[(i + 1) * width + j + 1];
                let apart = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                best[i * width + j] = paired.max(apart);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < olds.len() && j < news.len() {
            let score = scores[i * news.len() + j];
            let here = best[i * width + j];
            if score > 0.0 && here <= score + best[(i + 1) * width + j + 1] {
                made[news[j]] = Some(olds[i]);
                (i, j) = (i + 1, j + 1);
            } else if here <= best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// The best pairs of what is left, the likest first.
    fn elsewhere(&mut self, made: &mut [Option<usize>], known: &dyn Fn(usize) -> bool) {
        let mut taken: BTreeSet<usize> = made.iter().flatten().copied().collect();
        let olds: Vec<usize> = (0..self.old.len()).filter(|at| !taken.contains(at)).collect();
        let news: Vec<usize> =
            (0..made.len()).filter(|at| made[*at].is_none() && !known(*at)).collect();
        if olds.len() * news.len() > PAIRS {
            return;
        }
        let mut pairs = Vec::new();
        for old in olds {
            for new in &news {
                let score = self.of(old, *new);
                if score >= ELSEWHERE {
                    pairs.push((score, old, *new));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, old, new) in pairs {
            if made[new].is_none() && taken.insert(old) {
                made[new] = Some(old);
            }
        }
    }
}

/// From 0 to 1: how much of two texts is the same, in its order and in its pairs.
fn alike(old: &[&str], new: &[&str]) -> f32 {
    let bound = common(old, new);
    if bound < IN_PLACE {
        return bound;
    }
    let changes = capture_diff_slices(Algorithm::Myers, old, new);
    let in_order = get_diff_ratio(&changes, old.len(), new.len());
    if old.len() < 2 || new.len() < 2 {
        return in_order;
    }
    let pairs = |all: &[&str]| -> Vec<String> {
        all.windows(2).map(|two| format!("{} {}", two[0], two[1])).collect()
    };
    let (old, new) = (pairs(old), pairs(new));
    let paired = common(&refs(&old), &refs(&new));
    0.7 * in_order + 0.3 * paired
}

fn refs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// The share of tokens that two lists have in common, whatever their order.
fn common(old: &[&str], new: &[&str]) -> f32 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for token in old {
        *counts.entry(token).or_default() += 1;
    }
    let shared = new
        .iter()
        .filter(|token| {
            let left = counts.get_mut(**token).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        })
        .count();
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let share = |count: usize, of: usize| count as f32 / of.max(1) as f32;
    share(2 * shared, old.len() + new.len())
}

/// What texts are compared by: words where blanks stand between them, characters where
/// none do, and each part as a whole.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' => rest.find('}').map_or(1, |end| end + 1),
            c if is_joined(c) || !c.is_alphanumeric() => c.len_utf8(),
            _ => {
                let ends = |c: char| !c.is_alphanumeric() || is_joined(c);
                rest.find(ends).unwrap_or(rest.len())
            }
        };
        let token = &rest[..length];
        if length > 1 && token.starts_with('{') || token.chars().any(char::is_alphanumeric) {
            found.push(token);
        }
        rest = &rest[length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &[&str], new: &[&str], wanted: &[Option<usize>]) {
        let kind = |text: &str| {
            if text.starts_with('#') { Kind::Heading } else { Kind::Paragraph }
        };
        let lines = |all: &[&'static str]| all.iter().map(|t| (kind(t), *t)).collect::<Vec<_>>();
        let leak = |all: &[&str]| -> Vec<&'static str> {
            all.iter().map(|t| &*Box::leak((*t).to_owned().into_boxed_str())).collect()
        };
        let (old, new) = (leak(old), leak(new));
        assert_eq!(align(&lines(&old), &lines(&new)), wanted, "{old:?} {new:?}");
    }

    #[test]
    fn equal_texts_stand_for_each_other_wherever_they_are() {
        check(&["あ", "い", "あ"], &["あ", "あ", "い"], &[Some(0), Some(2), Some(1)]);
        check(&["a", "b"], &["b", "new", "a"], &[Some(1), None, Some(0)]);
        check(&[], &["a"], &[None]);
        check(&["a"], &[], &[]);
    }

    #[test]
    fn edited_texts_are_found_between_their_neighbours() {
        check(
            &["はじめに読みます。", "設定を開きます。", "終わり。"],
            &["はじめに読みます。", "設定の画面を開きます。", "終わり。"],
            &[Some(0), Some(1), Some(2)],
        );
        check(
            &["Open the settings.", "Choose the account."],
            &["Read this first.", "Open the settings app.", "Choose your account."],
            &[None, Some(0), Some(1)],
        );
        check(&["電源を切ります。"], &["設定を開きます。"], &[None]);
        check(&["Open the door."], &["Nothing of that remains."], &[None]);
    }

    #[test]
    fn a_text_that_is_edited_and_moved_is_found_when_it_is_like_enough() {
        check(
            &["ここで二段階認証の確認コードを入力します。", "甲", "乙"],
            &["甲", "乙", "ここで二段階認証の確認コードを入れます。"],
            &[Some(1), Some(2), Some(0)],
        );
    }

    #[test]
    fn kinds_are_never_mixed() {
        check(&["# settings and more"], &["settings and more"], &[None]);
    }

    #[test]
    fn a_change_of_signs_alone_is_small() {
        check(&["Run { $code-1 }."], &["Run { $code-1 }!"], &[Some(0)]);
        check(&["見る"], &["見る。"], &[Some(0)]);
    }
}
