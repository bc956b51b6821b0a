//! What a site says on its front page besides its guides: `front:`.
//!
//! In: the keys below `front:`. Out: [`Front`], each fault at its own bytes. Whether the
//! guides that it names are there is known by those who know guides.

use std::collections::BTreeMap;

use super::read::{localized, undeclared};
use super::values;
use super::yaml::{Fields, Node, Yaml, wrong};
use super::{Day, Locale, Localized, Moment, Zone};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::text::Spanned;

/// The tones of a notice, as themes know them.
pub const TONES: [&str; 5] = ["info", "tip", "warn", "danger", "success"];

/// `front:`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Front {
    /// `searches`: example queries by locale tag; those of a site without locales are under
    /// every tag.
    pub searches: BTreeMap<String, Vec<String>>,
    /// `guides`: the important ones, as paths below the content folder.
    pub guides: Vec<Spanned<String>>,
    /// `notices`: what everybody should know these days.
    pub notices: Vec<Announcement>,
}

/// A row of `front.notices`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Announcement {
    /// What it says.
    pub text: Localized,
    /// One of [`TONES`]; `info` when none is named.
    pub tone: &'static str,
    /// Where more is said: an address, or a guide's path in `content/`.
    pub url: Option<Spanned<String>>,
    /// The first day on which it is shown.
    pub from: Option<Day>,
    /// The last day on which it is shown.
    pub until: Option<Day>,
}

impl Announcement {
    /// Whether it is shown on a day.
    pub fn is_shown_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

pub(super) fn front(fields: &mut Fields<'_>, locales: &[Locale], zone: &Zone) -> Front {
    let Some(mut inner) = fields.fields("front") else { return Front::default() };
    let front = Front {
        searches: searches(&mut inner, locales),
        guides: inner.texts("guides").unwrap_or_default(),
        notices: notices(&mut inner, locales, zone),
    };
    fields.absorb(inner);
    front
}

fn searches(fields: &mut Fields<'_>, locales: &[Locale]) -> BTreeMap<String, Vec<String>> {
    let Some(value) = fields.value("searches") else { return BTreeMap::new() };
    let queries = |fields: &mut Fields<'_>, value: &Yaml| -> Vec<String> {
        let texts = fields.texts_of("searches", value).into_iter();
        texts.map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    let Node::Map(entries) = &value.node else {
        let all = queries(fields, value);
        return locales.iter().map(|tag| (tag.as_str().to_owned(), all.clone())).collect();
    };
    let mut by_locale = BTreeMap::new();
    for entry in entries {
        if locales.iter().any(|locale| locale.as_str() == entry.key.value) {
            by_locale.insert(entry.key.value.clone(), queries(fields, &entry.value));
        } else {
            fields.report(undeclared(&entry.key, locales));
        }
    }
    by_locale
}

fn notices(fields: &mut Fields<'_>, locales: &[Locale], zone: &Zone) -> Vec<Announcement> {
    let Some(value) = fields.value("notices") else { return Vec::new() };
    let Node::List(items) = &value.node else {
        let example = "notices: [{text: …}]";
        fields.report(wrong("notices", value, "a list of notices", example));
        return Vec::new();
    };
    items.iter().filter_map(|item| notice(fields, item, locales, zone)).collect()
}

fn notice(
    fields: &mut Fields<'_>,
    item: &Yaml,
    locales: &[Locale],
    zone: &Zone,
) -> Option<Announcement> {
    let mut inner = Fields::of(item, "a notice of `front.notices`");
    let text = localized(&mut inner, "text", locales);
    let notice = Announcement {
        tone: inner.choice("tone", &TONES.map(|tone| (tone, tone))).unwrap_or(TONES[0]),
        url: values::link(&mut inner, "url"),
        from: day(&mut inner, "from", zone),
        until: day(&mut inner, "until", zone),
        text,
    };
    if let (Some(from), Some(until), Some(place)) =
        (notice.from, notice.until, inner.place("until"))
        && until < from
    {
        let message = "this notice would end before it begins and never be shown";
        let fault = Diagnostic::new(code::INVALID_VALUE, place, message);
        inner.report(fault.help("`until` is the last day on which it is shown"));
    }
    let silent = notice.text == Localized::default();
    if silent && inner.place("text").is_none() {
        let fault = Diagnostic::new(code::INVALID_VALUE, item.span, "this notice says nothing");
        inner.report(fault.help("write its words after `text:`"));
    }
    fields.absorb(inner);
    (!silent).then_some(notice)
}

/// A day; of a time behind it is said that it does not count.
fn day(fields: &mut Fields<'_>, key: &'static str, zone: &Zone) -> Option<Day> {
    let value = fields.value(key)?;
    let Some(moment) = value.text().and_then(|text| Moment::read(text, zone)) else {
        fields.report(wrong(key, value, "a day of the calendar", &format!("{key}: 2026-11-23")));
        return None;
    };
    if moment.has_time {
        let message = "notices are shown by the day: the time in `{key}` does not count";
        let fault = Diagnostic::new(code::INVALID_VALUE, value.span, message);
        let fault = fault.severity(Severity::Warning).with("key", key);
        fields.report(fault.with("day", moment.day).help("write `{key}: {day}`"));
    }
    Some(moment.day)
}
