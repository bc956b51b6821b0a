//! Days and moments as guides write them, in the site's time zone.
//!
//! In: `2022-3-24 12:00`, `2022/3/24`, `2022年3月24日`, RFC 3339, and a [`Zone`].
//! Out: [`Moment`] and [`Day`]. The only module that names the time crate. The zones are
//! those of a database inside the binary, so that every machine gives the same days.
//! Never asks what time it is: today is handed in.

mod written;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned, civil};

use written::Written;

/// The names of the styles in which days are shown, `2026/11/23` to `2026年`; `messages`
/// knows what each looks like in a language.
pub const STYLES: [&str; 5] = ["short", "medium", "long", "month", "year"];

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// A moment, with the day and time that the site's zone shows for it. Earlier moments are
/// less than later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// The day in the site's zone.
    pub day: Day,
    /// Hour, minute and second in the site's zone; midnight where none was written.
    pub time: (i8, i8, i8),
    /// Whether a time was written.
    pub has_time: bool,
    /// The site's distance from UTC at that moment, in seconds.
    pub offset: i32,
}

/// A time zone of the bundled database.
#[derive(Clone)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// The bundled database. It never changes; reading a zone twice is what it saves.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// The zone of that name, in any letter case (`asia/Tokyo`); `None` when there is none.
    ///
    /// ```
    /// use shirube::dates::Zone;
    /// assert_eq!(Zone::new("asia/Tokyo").unwrap().name(), "Asia/Tokyo");
    /// assert!(Zone::new("Asia/Edo").is_none());
    /// ```
    pub fn new(name: &str) -> Option<Self> {
        let rules = DATABASE.get(name.trim()).ok()?;
        let name = rules.iana_name().unwrap_or("UTC").to_owned();
        Some(Self { name, rules })
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }

    /// Its name as the database writes it: `Asia/Tokyo`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of all zones, in alphabetical order.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> =
            DATABASE.available().map(|name| name.as_str().to_owned()).collect();
        names.sort_unstable();
        names
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl Day {
    /// The day that `zone` has `seconds` after 1970-01-01T00:00:00Z; `None` beyond the
    /// year 9999.
    pub fn at(seconds: i64, zone: &Zone) -> Option<Self> {
        Moment::at(seconds, zone).map(|moment| moment.day)
    }

    /// A day as people write it, in any form that [`Moment::read`] takes; of a moment with
    /// an offset, the day that `zone` then has.
    pub fn read(text: &str, zone: &Zone) -> Option<Self> {
        Moment::read(text, zone).map(|moment| moment.day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<civil::Date> for Day {
    fn from(date: civil::Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl Moment {
    /// A moment as people write it; without an offset it is in `zone`. `None` when it is
    /// no date, or one that the calendar does not have.
    ///
    /// ```
    /// use shirube::dates::{Moment, Zone};
    /// let tokyo = Zone::new("Asia/Tokyo").unwrap();
    /// let moment = Moment::read("2022-3-24 12:00", &tokyo).unwrap();
    /// assert_eq!(moment.rfc3339(), "2022-03-24T12:00:00+09:00");
    /// assert!(Moment::read("2022年3月24日", &tokyo).unwrap() < moment);
    /// assert!(Moment::read("2022-2-30", &tokyo).is_none());
    /// ```
    pub fn read(text: &str, zone: &Zone) -> Option<Self> {
        let written = Written::read(text)?;
        let (year, month, day) = written.date;
        let date = civil::Date::new(year, month, day).ok()?;
        let (hour, minute, second) = written.time.unwrap_or_default();
        let time = civil::Time::new(hour, minute, second, 0).ok()?;
        let local = date.to_datetime(time);
        if let Some(offset) = written.offset {
            let seconds = local.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
            return Self::at(seconds - i64::from(offset), zone);
        }
        // A time that the clocks skipped counts from the offset before the gap.
        let zoned = zone.rules.to_ambiguous_zoned(local).compatible().ok()?;
        let mut moment = Self::shown(&zoned);
        if written.time.is_none() {
            // A day whose midnight was skipped is still that day.
            moment.day = date.into();
            moment.time = (0, 0, 0);
            moment.has_time = false;
        }
        Some(moment)
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z as `zone` shows it; `None` beyond
    /// the year 9999.
    pub fn at(seconds: i64, zone: &Zone) -> Option<Self> {
        let zoned = Timestamp::from_second(seconds).ok()?.to_zoned(zone.rules.clone());
        Some(Self::shown(&zoned))
    }

    fn shown(zoned: &Zoned) -> Self {
        Self {
            seconds: zoned.timestamp().as_second(),
            day: zoned.date().into(),
            time: (zoned.hour(), zoned.minute(), zoned.second()),
            has_time: true,
            offset: zoned.offset().seconds(),
        }
    }

    /// The moment as RFC 3339 wants it, in the site's zone: `2022-03-24T12:00:00+09:00`.
    pub fn rfc3339(&self) -> String {
        let (hour, minute, second) = self.time;
        // Local mean times of the 19th century have offsets with seconds, which RFC 3339
        // cannot write; nobody's guide is that old, but the output must stay well-formed.
        let minutes = self.offset / 60;
        let zone = match minutes {
            0 => "Z".to_owned(),
            _ => {
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        };
        format!("{}T{hour:02}:{minute:02}:{second:02}{zone}", self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(zone: &str, text: &str, want: &str) {
        let zone = Zone::new(zone).expect("a zone of the database");
        let got = Moment::read(text, &zone).map_or("none".into(), |moment| moment.rfc3339());
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn reads_dates_as_people_write_them() {
        check("Asia/Tokyo", "2022-3-24 12:00", "2022-03-24T12:00:00+09:00");
        check("Asia/Tokyo", "2022-03-24", "2022-03-24T00:00:00+09:00");
        check("Asia/Tokyo", "2022/3/24 9:05:07", "2022-03-24T09:05:07+09:00");
        check("Asia/Tokyo", "2022年3月24日", "2022-03-24T00:00:00+09:00");
        check("Asia/Tokyo", "2022 年 3 月 24 日 9時5分", "2022-03-24T09:05:00+09:00");
        check("Asia/Tokyo", "２０２２年３月２４日", "2022-03-24T00:00:00+09:00");
        check("Asia/Tokyo", "2024-09-18 00:00:00", "2024-09-18T00:00:00+09:00");
        check("Asia/Tokyo", "2019.4.3", "2019-04-03T00:00:00+09:00");
        check("America/St_Johns", "2024-01-18", "2024-01-18T00:00:00-03:30");
    }

    #[test]
    fn offsets_win_over_the_zone_and_are_shown_in_it() {
        check("Asia/Tokyo", "2022-03-24T12:00:00Z", "2022-03-24T21:00:00+09:00");
        check("Asia/Tokyo", "2022-03-24T12:00:00.123-05:00", "2022-03-25T02:00:00+09:00");
        check("UTC", "2022-3-24 12:00 +0900", "2022-03-24T03:00:00Z");
        check("Asia/Tokyo", "2022-03-24T12:00+09", "2022-03-24T12:00:00+09:00");
        check("Asia/Tokyo", "2022-03-24 12:00 UTC", "2022-03-24T21:00:00+09:00");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2022",
            "2022-3",
            "2022-13-1",
            "2022-2-30",
            "2022-3-24 25:00",
            "24-3-2022",
            "2022-3-24 12:00 midnight",
            "2022-3/24",
            "昨日",
            "2022-3-24 12",
            "20220324",
            "2022-3-24x",
            "99999-1-1",
            "2022-3-24 12:00 +2500",
        ] {
            check("Asia/Tokyo", text, "none");
        }
    }

    #[test]
    fn days_are_kept_where_midnight_was_skipped() {
        // Clocks went from 00:00 to 01:00; Samoa skipped a whole day.
        check("America/Sao_Paulo", "2018-11-04", "2018-11-04T00:00:00-02:00");
        check("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T01:30:00-02:00");
        let apia = Zone::new("Pacific/Apia").expect("a zone of the database");
        let skipped = Moment::read("2011-12-30", &apia).expect("a day of the calendar");
        assert_eq!(skipped.day.to_string(), "2011-12-30");
        assert_eq!(skipped, Moment { has_time: false, ..skipped });
    }

    #[test]
    fn a_second_belongs_to_different_days_in_different_zones() {
        let day = |zone: &str| {
            let zone = Zone::new(zone).expect("a zone of the database");
            Day::at(1_648_135_000, &zone).map(|day| day.to_string())
        };
        assert_eq!(day("UTC").as_deref(), Some("2022-03-24"));
        assert_eq!(day("japan").as_deref(), Some("2022-03-25"));
        assert_eq!(Day::at(i64::MAX, &Zone::utc()), None);
    }
}
