//! Numbers and dates as a locale writes them, on ICU.

use fluent::FluentValue;
use fluent::types::FluentNumber;
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, input::Decimal};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `2022/03/24`, `3/24/22`.
    Short,
    /// `2022/03/24`, `Mar 24, 2022`.
    Medium,
    /// `2022年3月24日`, `March 24, 2022`.
    Long,
    /// `2022年3月`, `March 2022`.
    Month,
    /// `2022年`, `2022`.
    Year,
}

impl DateStyle {
    /// The style of that name: `short`, `medium`, `long`, `month` or `year`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "short" => DateStyle::Short,
            "medium" => DateStyle::Medium,
            "long" => DateStyle::Long,
            "month" => DateStyle::Month,
            "year" => DateStyle::Year,
            _ => return None,
        })
    }
}

/// The date formatters of one locale, made once: making one costs as much as five dates.
pub(super) struct Dates {
    short: Formatter<Gregorian, YMD>,
    medium: Formatter<Gregorian, YMD>,
    long: Formatter<Gregorian, YMD>,
    month: Formatter<Gregorian, YM>,
    year: Formatter<Gregorian, Y>,
}

impl Dates {
    pub(super) fn new(tag: &str) -> Self {
        let prefs = || icu_locale(tag).into();
        let known = "the compiled data fall back to the root locale";
        Self {
            short: Formatter::try_new(prefs(), YMD::short()).expect(known),
            medium: Formatter::try_new(prefs(), YMD::medium()).expect(known),
            long: Formatter::try_new(prefs(), YMD::long()).expect(known),
            month: Formatter::try_new(prefs(), YM::long()).expect(known),
            year: Formatter::try_new(prefs(), Y::long()).expect(known),
        }
    }

    /// The day at the head of `date`: `2022-03-24…`, `2022-03` and `2022` count as the
    /// first day of their month or year.
    pub(super) fn text(&self, date: &str, style: DateStyle) -> Option<String> {
        let head = date.split(['T', ' ']).next()?;
        let mut parts = head.split('-');
        let year: i32 = parts.next()?.parse().ok()?;
        let month: u8 = parts.next().map_or(Ok(1), str::parse).ok()?;
        let day: u8 = parts.next().map_or(Ok(1), str::parse).ok()?;
        let date = Date::try_new_gregorian(year, month, day).ok()?;
        Some(match style {
            DateStyle::Short => self.short.format(&date).to_string(),
            DateStyle::Medium => self.medium.format(&date).to_string(),
            DateStyle::Long => self.long.format(&date).to_string(),
            DateStyle::Month => self.month.format(&date).to_string(),
            DateStyle::Year => self.year.format(&date).to_string(),
        })
    }
}

pub(super) fn icu_locale(tag: &str) -> icu_locale_core::Locale {
    tag.parse().unwrap_or(icu_locale_core::Locale::UNKNOWN)
}

/// A number formatter, kept by the bundle: with groups of digits or without.
struct Numbers(DecimalFormatter);

impl Memoizable for Numbers {
    type Args = bool;
    type Error = ();

    fn construct(lang: LanguageIdentifier, grouping: bool) -> Result<Self, ()> {
        let strategy = if grouping { GroupingStrategy::Auto } else { GroupingStrategy::Never };
        let prefs = icu_locale(&lang.to_string()).into();
        DecimalFormatter::try_new(prefs, DecimalFormatterOptions::from(strategy))
            .map(Self)
            .map_err(|_| ())
    }
}

/// What a bundle calls for every value it writes; only numbers are ours to write.
pub(super) fn number_text(value: &FluentValue<'_>, memo: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let decimal = decimal(number)?;
    memo.with_try_get::<Numbers, _, _>(number.options.use_grouping, |numbers| {
        numbers.0.format(&decimal).to_string()
    })
    .ok()
}

/// A number as the locale `tag` writes it.
pub(super) fn plain_number(tag: &str, number: f64) -> String {
    let options = DecimalFormatterOptions::from(GroupingStrategy::Auto);
    let formatter = DecimalFormatter::try_new(icu_locale(tag).into(), options);
    let FluentValue::Number(value) = FluentValue::from(number) else { return number.to_string() };
    match (formatter, decimal(&value)) {
        (Ok(formatter), Some(decimal)) => formatter.format(&decimal).to_string(),
        _ => number.to_string(),
    }
}

/// The number with the digits that its options ask for; `None` when it is not finite.
fn decimal(number: &FluentNumber) -> Option<Decimal> {
    let most = number.options.maximum_fraction_digits.unwrap_or(3).min(20);
    let least = number.options.minimum_fraction_digits.unwrap_or(0).min(20);
    let text = format!("{:.*}", most.max(least), number.value);
    let mut decimal: Decimal = text.parse().ok()?;
    decimal.absolute.trim_end();
    decimal.absolute.pad_end(-i16::try_from(least).ok()?);
    let integer = number.options.minimum_integer_digits.unwrap_or(1).min(20);
    decimal.absolute.pad_start(i16::try_from(integer).ok()?);
    Some(decimal)
}
