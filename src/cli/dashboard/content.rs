//! The state of the guides: translations, reviews, what readers do not see yet or any more.

use std::collections::BTreeMap;

use super::html::{ROWS, counted, escaped, folded, rest, said, section, spot};
use super::overview::{Guide, Overview, State, days};
use crate::cli::words::Words;

/// Guides that are in all other locales, and those that are not.
pub(super) fn translations(overview: &Overview, words: &Words) -> String {
    if overview.locales.len() < 2 {
        let none = said(words, "dash-one-language", &[]);
        return section(words, "translations", &format!("<p class=\"none\">{none}</p>\n"));
    }
    let others = overview.locales.iter().enumerate().skip(1);
    let rows: String = others.map(|(at, tag)| progress(overview, at, tag, words)).collect();
    let all = overview.guides.len();
    let caption = counted(words, "dash-guides", all);
    let table = format!(
        "<table class=\"figures\"><caption>{caption}</caption>\n\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <td></td></tr></thead>\n<tbody>\n{rows}</tbody></table>\n",
        said(words, "dash-language", &[]),
        said(words, "dash-translated", &[]),
        said(words, "dash-missing", &[]),
    );
    let more = said(words, "dash-behind", &[]);
    let more = format!("<p><a href=\"/_shirube/translations\">{more}</a></p>\n");
    section(words, "translations", &(table + &more + &matrix(overview, words)))
}

fn progress(overview: &Overview, at: usize, tag: &str, words: &Words) -> String {
    let all = overview.guides.len();
    let done = overview.guides.iter().filter(|guide| is_written(guide, at)).count();
    let tag = escaped(tag);
    let label = said(words, "dash-progress", &[("language", tag.as_str().into())]);
    format!(
        "<tr><th scope=\"row\">{tag}</th><td>{}</td><td>{}</td>\
         <td><progress aria-label=\"{label}\" value=\"{done}\" max=\"{}\"></progress></td></tr>\n",
        counted(words, "dash-number", done),
        counted(words, "dash-number", all - done),
        all.max(1),
    )
}

fn is_written(guide: &Guide, at: usize) -> bool {
    guide.written.get(at).copied().unwrap_or_default()
}

/// The guides that lack a translation, with a column for each locale.
fn matrix(overview: &Overview, words: &Words) -> String {
    let locales = overview.locales.iter().enumerate().skip(1);
    let lacking: Vec<&Guide> = overview
        .guides
        .iter()
        .filter(|guide| locales.clone().any(|(at, _)| !is_written(guide, at)))
        .collect();
    if lacking.is_empty() {
        return format!("<p class=\"none\">{}</p>\n", said(words, "dash-all-translated", &[]));
    }
    let (yes, no) = (said(words, "dash-yes", &[]), said(words, "dash-no", &[]));
    let cell = |guide: &Guide, at| match is_written(guide, at) {
        true => format!("<td>{yes}</td>"),
        false => format!("<td class=\"missing\">{no}</td>"),
    };
    let row = |guide: &&Guide| {
        let cells: String = locales.clone().map(|(at, _)| cell(guide, at)).collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", named(guide, words))
    };
    let rows: String = lacking.iter().take(ROWS).map(row).collect();
    let heads: String =
        locales.map(|(_, tag)| format!("<th scope=\"col\">{}</th>", escaped(tag))).collect();
    format!(
        "<details id=\"untranslated\"><summary><b>{}</b> <span class=\"count\">{}</span></summary>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>\
         <thead><tr><th scope=\"col\">{}</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n\
         {}</details>\n",
        said(words, "dash-untranslated", &[]),
        counted(words, "dash-count", lacking.len()),
        said(words, "dash-guide", &[]),
        rest(words, lacking.len().saturating_sub(ROWS)),
    )
}

/// A guide by title and place.
fn named(guide: &Guide, words: &Words) -> String {
    format!("<span class=\"title\">{}</span> {}", escaped(&guide.title), spot(words, &guide.at))
}

/// When a guide is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Overdue,
    Month,
    Quarter,
}

impl Due {
    fn of(left: i64) -> Option<Self> {
        match left {
            ..0 => Some(Due::Overdue),
            0..=30 => Some(Due::Month),
            31..=90 => Some(Due::Quarter),
            _ => None,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Due::Overdue => "dash-overdue",
            Due::Month => "dash-month",
            Due::Quarter => "dash-quarter",
        }
    }
}

/// The days that guides have left until they are to be looked at again.
fn due(overview: &Overview) -> impl Iterator<Item = (Due, i64, &Guide)> {
    overview.guides.iter().filter_map(|guide| {
        let left = days(overview.today, guide.review_by?);
        Some((Due::of(left)?, left, guide))
    })
}

/// How many guides should have been looked at by now.
pub(super) fn overdue(overview: &Overview) -> usize {
    due(overview).filter(|(due, ..)| *due == Due::Overdue).count()
}

/// The guides that are due for review, by owner, the most overdue first.
pub(super) fn reviews(overview: &Overview, words: &Words) -> String {
    let mut owners: BTreeMap<Option<&str>, Vec<(i64, Due, &Guide)>> = BTreeMap::new();
    for (due, left, guide) in due(overview) {
        owners.entry(guide.owner.as_deref()).or_default().push((left, due, guide));
    }
    if owners.is_empty() {
        let none = said(words, "dash-nothing-due", &[]);
        return section(words, "reviews", &format!("<p class=\"none\">{none}</p>\n"));
    }
    let mut owners: Vec<_> = owners.into_iter().collect();
    for (_, guides) in &mut owners {
        guides.sort_by_key(|(left, ..)| *left);
    }
    owners.sort_by_key(|(_, guides)| guides.first().map(|(left, ..)| *left));
    let count = owners.len();
    let shown: String =
        owners.into_iter().take(ROWS).map(|(owner, guides)| owned(owner, &guides, words)).collect();
    section(words, "reviews", &(shown + &rest(words, count.saturating_sub(ROWS))))
}

fn owned(owner: Option<&str>, guides: &[(i64, Due, &Guide)], words: &Words) -> String {
    let name = owner.map_or_else(|| said(words, "dash-no-owner", &[]), escaped);
    let counts: String = [Due::Overdue, Due::Month, Due::Quarter]
        .into_iter()
        .map(|due| (due, guides.iter().filter(|(_, own, _)| *own == due).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(due, count)| {
            let class = if due == Due::Overdue { "count error" } else { "count" };
            format!("<span class=\"{class}\">{}</span> ", counted(words, due.id(), count))
        })
        .collect();
    let row = |(left, due, guide): &(i64, Due, &Guide)| {
        let class = if *due == Due::Overdue { " class=\"overdue\"" } else { "" };
        let day = guide.review_by.map(|day| day.to_string()).unwrap_or_default();
        let (id, count) = if *left < 0 { ("dash-late", -left) } else { ("dash-left", *left) };
        let count = usize::try_from(count).unwrap_or_default();
        let far = counted(words, id, count);
        format!(
            "<li><time datetime=\"{day}\"{class}>{day}</time> <span class=\"far\">{far}</span> {}</li>\n",
            named(guide, words)
        )
    };
    let rows: String = guides.iter().take(ROWS).map(row).collect();
    format!(
        "<details><summary><b>{name}</b> <span class=\"counts\">{counts}</span></summary>\n\
         <ul class=\"rows\">\n{rows}</ul>\n{}</details>\n",
        rest(words, guides.len().saturating_sub(ROWS)),
    )
}

/// Guides that readers do not see: drafts, those whose day has not come, those whose day is
/// past.
pub(super) fn unpublished(overview: &Overview, words: &Words) -> String {
    let with_day = |guide: &Guide, day: String| {
        format!("<time datetime=\"{day}\">{day}</time> {}", named(guide, words))
    };
    let (mut drafts, mut coming, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for guide in &overview.guides {
        match guide.state {
            State::Published => {}
            State::Draft => drafts.push(named(guide, words)),
            State::NotYet(day) => coming.push((day, with_day(guide, day.to_string()))),
            State::Expired(day) => gone.push((day, with_day(guide, day.to_string()))),
        }
    }
    coming.sort();
    gone.sort();
    let rows = |dated: Vec<(_, String)>| dated.into_iter().map(|(_, row)| row).collect::<Vec<_>>();
    let body = folded(words, "drafts", &drafts)
        + &folded(words, "coming", &rows(coming))
        + &folded(words, "expired", &rows(gone));
    section(words, "unpublished", &body)
}
