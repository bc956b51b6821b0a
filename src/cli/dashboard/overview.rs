//! What the dashboard shows, as plain data: whoever knows the site fills it in.
//!
//! Texts are as they are; the dashboard escapes them. Messages are in the writer's language
//! already. Must not know HTML.

use std::ops::Range;

use crate::dates::Day;
use crate::diagnostic::{Code, Severity};

/// The whole site at a glance.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The site's name.
    pub title: String,
    /// Whether the files cannot be shown as they are now: the pages are the last good ones.
    pub broken: bool,
    /// The day that decides what is due.
    pub today: Day,
    /// The tags of the site's locales, the source locale first.
    pub locales: Vec<String>,
    /// All diagnostics, sorted.
    pub problems: Vec<Finding>,
    /// All guides, by path.
    pub guides: Vec<Guide>,
    /// All pictures of the content folder, by path.
    pub pictures: Vec<Picture>,
    /// Places that show a picture without a text alternative.
    pub without_alt: Vec<WithoutAlt>,
    /// What the last build did.
    pub build: Build,
}

/// A diagnostic with what the dashboard shows of its place.
#[derive(Debug, Clone)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Which rule.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Vec<String>,
    /// The file, relative to the site; `None` for the site as a whole.
    pub file: Option<String>,
    /// From 1; 0 when it is about the whole file.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The line that it is about; may be cut.
    pub excerpt: String,
    /// The bytes of the excerpt that are meant.
    pub marked: Range<usize>,
    /// The address that opens the place in the writer's editor.
    pub editor: Option<String>,
    /// The page of the preview that shows it: `/account/x/`.
    pub page: Option<String>,
}

/// A place in a file.
#[derive(Debug, Clone, Default)]
pub struct Spot {
    /// The file, relative to the site.
    pub path: String,
    /// From 1; 0 for the whole file.
    pub line: usize,
    /// The page of the preview that shows it.
    pub page: Option<String>,
    /// The address that opens it in the writer's editor.
    pub editor: Option<String>,
}

/// A guide.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The source.
    pub at: Spot,
    /// Its title in the source locale.
    pub title: String,
    /// Whether readers see it.
    pub state: State,
    /// Whether it is written in each of the locales, in their order.
    pub written: Vec<bool>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The day by which it is to be looked at again.
    pub review_by: Option<Day>,
}

/// Whether readers see a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// They do.
    Published,
    /// It is a draft.
    Draft,
    /// From that day on.
    NotYet(Day),
    /// Not since that day.
    Expired(Day),
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its file, relative to the site.
    pub path: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// Its length in bytes.
    pub bytes: u64,
    /// How often guides show it.
    pub uses: usize,
    /// The first place that shows it.
    pub first: Option<Spot>,
}

impl Picture {
    /// Whether it is larger than a page can show of it: wider or higher than a large screen
    /// of double density, or heavier than half a megabyte.
    pub fn is_too_large(&self) -> bool {
        const MOST_PIXELS: u32 = 3840;
        const MOST_BYTES: u64 = 500_000;
        let wide = self.size.is_some_and(|(width, height)| width.max(height) > MOST_PIXELS);
        wide || self.bytes > MOST_BYTES
    }
}

/// A place that shows a picture without a text alternative.
#[derive(Debug, Clone)]
pub struct WithoutAlt {
    /// The picture as the guide names it.
    pub picture: String,
    /// Where.
    pub at: Spot,
}

/// What the last build did.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// Pages of the site.
    pub pages: usize,
    /// How long it took, in all.
    pub milliseconds: f64,
    /// Its stages, in the order in which they ran.
    pub stages: Vec<Stage>,
    /// Bytes of memory that the program uses, where the system tells.
    pub memory: Option<u64>,
    /// Files of the search's index.
    pub index_files: usize,
    /// Bytes of the search's index.
    pub index_bytes: u64,
}

/// A stage of a build.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name: `parse`.
    pub name: String,
    /// How long it took.
    pub milliseconds: f64,
    /// How often it was run.
    pub runs: u64,
    /// How often a remembered value did.
    pub reuses: u64,
}

/// How many days it is from `from` to `to`; less than 0 when `to` is past.
pub(super) fn days(from: Day, to: Day) -> i64 {
    number(to) - number(from)
}

/// The number of a day, counted from the year 0.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March,
/// so that the leap day is the last.
fn number(day: Day) -> i64 {
    let (month, of_month) = (i64::from(day.month), i64::from(day.day));
    let year = i64::from(day.year) - i64::from(month <= 2);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + of_month - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_days() {
        let day = |year, month, day| Day { year, month, day };
        assert_eq!(days(day(2026, 11, 23), day(2026, 11, 23)), 0);
        assert_eq!(days(day(2026, 11, 23), day(2026, 12, 23)), 30);
        assert_eq!(days(day(2024, 2, 28), day(2024, 3, 1)), 2);
        assert_eq!(days(day(2026, 2, 28), day(2026, 3, 1)), 1);
        assert_eq!(days(day(2026, 1, 1), day(2025, 1, 1)), -365);
        assert_eq!(days(day(2000, 1, 1), day(2100, 1, 1)), 36525);
    }
}

/// How far the site is translated.
#[derive(Debug, Clone, Default)]
pub struct Translations {
    /// The site's name.
    pub title: String,
    /// Its languages but the source's.
    pub tongues: Vec<Tongue>,
}

/// How far the site is translated into a language.
#[derive(Debug, Clone, Default)]
pub struct Tongue {
    /// Its tag.
    pub tag: String,
    /// How many texts the guides have.
    pub texts: usize,
    /// How many of them are translated as they are now.
    pub translated: usize,
    /// How many guides there are.
    pub all: usize,
    /// Those that are not complete, by path.
    pub guides: Vec<Translated>,
}

/// A guide of which something is behind.
#[derive(Debug, Clone)]
pub struct Translated {
    /// Its translation, or its source where there is none.
    pub at: Spot,
    /// Its title.
    pub title: String,
    /// The share that is translated, in percent.
    pub percent: usize,
    /// How many texts are stale, missing, and gone from the source.
    pub behind: [usize; 3],
    /// Whether the source was edited since the catalogue was written.
    pub unextracted: bool,
    /// How many pictures have no variant of the language, and how many one that is older.
    pub pictures: [usize; 2],
    /// The texts that have changed, with what changed in them.
    pub changed: Vec<Changed>,
}

/// A text that has changed since it was translated.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Where its message, or it itself, stands.
    pub at: Option<Spot>,
    /// Whether it weighs more than words.
    pub grave: bool,
    /// What stayed (`None`), went (`false`) and came (`true`).
    pub pieces: Vec<(Option<bool>, String)>,
}
