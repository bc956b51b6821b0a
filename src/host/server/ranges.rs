//! Reads which part of a file was asked for: films are fetched piece by piece.

/// How much of a file was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it; also when the range cannot be read.
    Whole,
    /// From the first byte to the last.
    Part(u64, u64),
    /// What it does not have.
    Nothing,
}

/// Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`.
pub(super) fn range_of(range: &str, length: u64) -> Asked {
    let ends = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let Some((first, last)) = ends.map(|(first, last)| (first.trim(), last.trim())) else {
        return Asked::Whole;
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let (first, last) = match (number(first), number(last)) {
        (None, Some(count)) if first.is_empty() => {
            (if count == 0 { length } else { length.saturating_sub(count) }, length)
        }
        (Some(first), None) if last.is_empty() => (first, length),
        (Some(first), Some(last)) if first <= last => (first, last),
        _ => return Asked::Whole,
    };
    if first < length { Asked::Part(first, last.min(length - 1)) } else { Asked::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        assert_eq!(range_of("bytes=0-3", 10), Asked::Part(0, 3));
        assert_eq!(range_of("bytes=-3", 10), Asked::Part(7, 9));
        assert_eq!(range_of("bytes=-30", 10), Asked::Part(0, 9));
        assert_eq!(range_of("bytes=5-", 10), Asked::Part(5, 9));
        assert_eq!(range_of("bytes=5-99", 10), Asked::Part(5, 9));
        assert_eq!(range_of("bytes=20-", 10), Asked::Nothing);
        assert_eq!(range_of("bytes=-0", 10), Asked::Nothing);
        assert_eq!(range_of("bytes=0-", 0), Asked::Nothing);
        assert_eq!(range_of("bytes=5-2", 10), Asked::Whole);
        assert_eq!(range_of("bytes=0-1,3-4", 10), Asked::Whole);
        assert_eq!(range_of("頁=0-1", 10), Asked::Whole);
    }
}
