//! The written forms of a date, a time and an offset, before any calendar looks at them.
//!
//! In: text. Out: numbers in their places. Must not know zones or which days exist.

/// What stands in a text that looks like a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// Year, month and day.
    pub(super) date: (i16, i8, i8),
    /// Hour, minute and second, when a time stands there.
    pub(super) time: Option<(i8, i8, i8)>,
    /// Seconds east of UTC, when an offset stands there.
    pub(super) offset: Option<i32>,
}

impl Written {
    /// Reads the whole of `text`; `None` when anything in it does not belong.
    pub(super) fn read(text: &str) -> Option<Self> {
        let narrow: String = text.trim().chars().map(narrow).collect();
        let mut rest = Rest(&narrow);
        let date = rest.date()?;
        if rest.0.is_empty() {
            return Some(Self { date, time: None, offset: None });
        }
        let time = rest.time()?;
        let offset = rest.offset()?;
        rest.0.is_empty().then_some(Self { date, time: Some(time), offset })
    }
}

/// Full-width digits and signs as an input method gives them, in ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\t' => ' ',
        _ => c,
    }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn date(&mut self) -> Option<(i16, i8, i8)> {
        let year = self.number(4, 4)?;
        self.spaces();
        let separator = ['-', '/', '.', '年'].into_iter().find(|c| self.take(*c))?;
        let japanese = separator == '年';
        self.spaces();
        let month = self.number(1, 2)?;
        self.spaces();
        if !self.take(if japanese { '月' } else { separator }) {
            return None;
        }
        self.spaces();
        let day = self.number(1, 2)?;
        if japanese {
            self.spaces();
            self.take('日');
        }
        Some((year, month.try_into().ok()?, day.try_into().ok()?))
    }

    fn time(&mut self) -> Option<(i8, i8, i8)> {
        let before = self.0.len();
        self.spaces();
        let marked = self.take('T') || self.take('t') || self.0.len() < before;
        if !marked {
            return None;
        }
        let hour = self.number(1, 2)?;
        let (after_hour, after_minute) = if self.take('時') {
            ('分', '秒')
        } else if self.take(':') {
            (':', '\0')
        } else {
            return None;
        };
        let minute = self.number(1, 2)?;
        let mut second = 0;
        if self.take(after_hour) && self.0.starts_with(|c: char| c.is_ascii_digit()) {
            second = self.number(1, 2)?;
            self.fraction();
            self.take(after_minute);
        }
        Some((hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?))
    }

    /// Parts of a second are read and forgotten: nothing is ordered that finely.
    fn fraction(&mut self) {
        if let Some(digits) = self.0.strip_prefix('.') {
            self.0 = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }

    /// The offset; `Some(None)` when there is none, `None` when it is malformed.
    fn offset(&mut self) -> Option<Option<i32>> {
        self.spaces();
        if ["Z", "z", "UTC", "GMT"].contains(&self.0) {
            self.0 = "";
            return Some(Some(0));
        }
        let sign = if self.take('+') {
            1
        } else if self.take('-') || self.take('\u{2212}') {
            -1
        } else {
            return Some(None);
        };
        let hours = i32::from(self.number(2, 2)?);
        self.take(':');
        let minutes = if self.0.is_empty() { 0 } else { i32::from(self.number(2, 2)?) };
        (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 3600 + minutes * 60)))
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i16> {
        let length = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        digits.parse().ok()
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_start_matches(' ');
    }

    fn take(&mut self, wanted: char) -> bool {
        match self.0.strip_prefix(wanted) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }
}
