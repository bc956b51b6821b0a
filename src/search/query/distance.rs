//! How many letters two words differ by: added, lost, wrong, or two that changed places.
//!
//! In: words and a bound. Out: the count, or one more than the bound. (Damerau-Levenshtein,
//! restricted.)

/// The distance of two words, or `most + 1` when it is more than `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        let mut least = i;
        for j in 1..=b.len() {
            let wrong = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = (last[j] + 1).min(row[j - 1] + 1).min(wrong);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
            least = least.min(cost);
        }
        if least > most {
            return most + 1;
        }
        before = last;
        last = row;
    }
    last[b.len()].min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_added_lost_wrong_and_swapped_are_one_each() {
        let far = |a: &str, b: &str, most| {
            let [a, b] = [a, b].map(|word| word.chars().collect::<Vec<_>>());
            distance(&a, &b, most)
        };
        assert_eq!(far("password", "password", 2), 0);
        assert_eq!(far("pasword", "password", 2), 1);
        assert_eq!(far("passsword", "password", 2), 1);
        assert_eq!(far("passwird", "password", 2), 1);
        assert_eq!(far("passwrod", "password", 2), 1);
        assert_eq!(far("psswrod", "password", 2), 2);
        assert_eq!(far("printer", "password", 2), 3);
        assert_eq!(far("ёлка", "елка", 1), 1);
        assert_eq!(far("", "ab", 2), 2);
    }
}
