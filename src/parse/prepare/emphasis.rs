//! Emphasis beside Japanese punctuation.
//!
//! `**「foo」**の` is not closed by CommonMark: the closing run stands between punctuation
//! and a letter. The CJK-friendly amendment says: a run of `*`, or of two `~`, with no
//! white space on either side and a CJK character on at least one side can both open and
//! close. The parser decides that from the two neighbouring characters, so a letter put
//! between the run and the neighbour in its way gives exactly that answer.

use super::scan::{Scanner, only_markers};
use super::{LETTER, PUNCTUATION};

impl Scanner<'_, '_> {
    /// A run of `*`, `_` or `~` that begins at `at`; gives its end.
    pub(super) fn emphasis(&mut self, at: usize) -> usize {
        let bytes = self.bytes();
        let mark = bytes[at];
        let length = bytes[at..].iter().take_while(|b| **b == mark).count();
        let end = at + length;
        let start = at + usize::from(self.is_escaped(at));
        // Both neighbours ASCII: most runs, and nothing to do.
        let inside = start > self.range.start && start < end && end < bytes.len();
        if inside && (bytes[start - 1] >= 0x80 || bytes[end] >= 0x80) {
            self.run(start, end, mark);
        }
        end
    }

    fn run(&mut self, start: usize, end: usize, mark: u8) {
        let mut before = self.source[self.range.start..start].chars().rev();
        let (Some(previous), Some(next)) = (before.next(), self.source[end..].chars().next())
        else {
            return;
        };
        if previous.is_whitespace() || next.is_whitespace() || (mark == b'~' && end - start != 2) {
            return;
        }
        let selected = is_variation_selector(previous);
        let base = if selected { before.next().filter(|c| !c.is_whitespace()) } else { None };
        if mark == b'_' {
            // Underscores keep CommonMark's rule; only a variation selector hides the
            // punctuation before it from the parser.
            let hidden = base.is_some_and(|c| (is_cjk(c) || is_quote(c)) && !surely_a_letter(c));
            if hidden && let Some(punctuation) = self.punctuation() {
                self.insert(start, punctuation.encode_utf8(&mut [0; 4]));
            }
            return;
        }
        let cjk_before = match base {
            Some(base) => is_cjk(base) || (previous == '\u{fe01}' && is_quote(base)),
            None => is_cjk(previous) || ('\u{e0100}'..='\u{e01ef}').contains(&previous),
        };
        // `|` may be a cell's wall, and a wall counts as white space; `>**「` at the head
        // of a quoted line stands at the start of the line.
        let wall = previous == '|' || next == '|';
        if wall
            || !(cjk_before || is_cjk(next))
            || (previous == '>' && only_markers(self.before(start)))
        {
            return;
        }
        self.free(start, previous, true);
        self.free(end, next, false);
    }

    /// Puts a letter between the run's edge at `at` and `neighbour`, unless that is one.
    fn free(&mut self, at: usize, neighbour: char, before: bool) {
        if surely_a_letter(neighbour) {
            return;
        }
        // The far neighbour, itself a delimiter, must go on seeing punctuation.
        let delimiter = matches!(neighbour, '*' | '_' | '~' | '^' | '"' | '\'');
        let punctuation = if delimiter { self.punctuation() } else { None };
        let mut insertion = String::new();
        insertion.extend(punctuation.filter(|_| before));
        insertion.push(LETTER);
        insertion.extend(punctuation.filter(|_| !before));
        self.insert(at, &insertion);
    }

    /// A punctuation mark that the source does not hold.
    pub(super) fn punctuation(&mut self) -> Option<char> {
        if self.punctuation.is_none() {
            let text = &self.source[self.range.clone()];
            let free = |mark: &&char| !text.contains(**mark);
            self.punctuation = PUNCTUATION.iter().find(free).copied();
        }
        self.punctuation
    }
}

/// CJK character as the amendment defines it: East Asian Width W, F or H and not emoji
/// presentation, or script Hangul.
pub(super) fn is_cjk(c: char) -> bool {
    let u = c as u32;
    u >= 0x1100
        && matches!(u,
        0x1100..=0x11ff | 0x20a9 | 0x2329..=0x232a | 0x2630..=0x2637 | 0x268a..=0x268f
        | 0x2e80..=0x2e99 | 0x2e9b..=0x2ef3 | 0x2f00..=0x2fd5 | 0x2ff0..=0x303e
        | 0x3041..=0x3096 | 0x3099..=0x30ff | 0x3105..=0x312f | 0x3131..=0x318e
        | 0x3190..=0x31e5 | 0x31ef..=0x321e | 0x3220..=0x3247 | 0x3250..=0xa48c
        | 0xa490..=0xa4c6 | 0xa960..=0xa97c | 0xac00..=0xd7a3 | 0xd7b0..=0xd7c6
        | 0xd7cb..=0xd7fb | 0xf900..=0xfaff | 0xfe10..=0xfe19 | 0xfe30..=0xfe52
        | 0xfe54..=0xfe66 | 0xfe68..=0xfe6b | 0xff01..=0xffbe | 0xffc2..=0xffc7
        | 0xffca..=0xffcf | 0xffd2..=0xffd7 | 0xffda..=0xffdc | 0xffe0..=0xffe6
        | 0xffe8..=0xffee | 0x16fe0..=0x16fe4 | 0x16ff0..=0x16ff6 | 0x17000..=0x18cd5
        | 0x18cff..=0x18d1e | 0x18d80..=0x18df2 | 0x1aff0..=0x1aff3 | 0x1aff5..=0x1affb
        | 0x1affd..=0x1affe | 0x1b000..=0x1b122 | 0x1b132 | 0x1b150..=0x1b152 | 0x1b155
        | 0x1b164..=0x1b167 | 0x1b170..=0x1b2fb | 0x1d300..=0x1d356 | 0x1d360..=0x1d376
        | 0x1f200 | 0x1f202 | 0x1f210..=0x1f219 | 0x1f21b..=0x1f22e | 0x1f230..=0x1f231
        | 0x1f237 | 0x1f23b | 0x1f240..=0x1f248 | 0x1f260..=0x1f265 | 0x20000..=0x3fffd)
}

/// True only where the character is surely not punctuation to the parser. A spurious
/// `false` costs one needless insertion and changes nothing.
fn surely_a_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c as u32, 0x24b6..=0x24e9 | 0x1f100..=0x1f1ff)
}

fn is_variation_selector(c: char) -> bool {
    ('\u{fe00}'..='\u{fe0e}').contains(&c)
}

fn is_quote(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”')
}
