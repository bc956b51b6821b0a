//! Pieces of HTML that several parts of the dashboard are made of. Everything that comes
//! from a site is escaped here.

use super::Asked;
use super::overview::Spot;
pub(super) use crate::cli::escape::{escaped, quoted};
use crate::cli::words::{Arg, Words};

/// The most rows of a folded list; the number of the rest is told.
pub(super) const ROWS: usize = 100;

/// The words of a message, escaped.
pub(super) fn said(words: &Words, id: &str, arguments: &[(&str, Arg<'_>)]) -> String {
    escaped(&words.text(id, arguments))
}

/// A message that counts something.
pub(super) fn counted(words: &Words, id: &str, count: usize) -> String {
    said(words, id, &[("count", count.into())])
}

/// A link, or the text alone where there is nothing to open. Only addresses that run nothing
/// are links.
pub(super) fn link(href: Option<&str>, text: &str) -> String {
    let runs = |href: &str| {
        let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        ["javascript", "vbscript", "data", "blob"].contains(&scheme.trim())
    };
    match href.filter(|href| !runs(href)) {
        Some(href) => format!("<a href=\"{}\">{}</a>", escaped(href), escaped(text)),
        None => escaped(text),
    }
}

/// The place in a file, which opens in the editor, and the page that shows it.
pub(super) fn spot(words: &Words, spot: &Spot) -> String {
    let line = if spot.line > 0 { format!(":{}", spot.line) } else { String::new() };
    let place = link(spot.editor.as_deref(), &format!("{}{line}", spot.path));
    let page = spot.page.as_deref().map(|page| {
        let shown = said(words, "dash-page", &[]);
        format!(" <a class=\"page\" href=\"{}\">{shown}</a>", escaped(page))
    });
    format!("<span class=\"place\">{place}</span>{}", page.unwrap_or_default())
}

/// A section of the page with its heading; `body` is HTML.
pub(super) fn section(words: &Words, id: &str, body: &str) -> String {
    let title = said(words, &format!("dash-{id}"), &[]);
    format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n\
         <h2 id=\"{id}-title\">{title}</h2>\n{body}</section>\n"
    )
}

/// A list that is folded under its title and count; an empty one is a line that says so.
/// `rows` are items of a list, as HTML.
pub(super) fn folded(words: &Words, id: &str, rows: &[String]) -> String {
    let title = said(words, &format!("dash-{id}"), &[]);
    if rows.is_empty() {
        let none = said(words, "dash-none", &[]);
        return format!("<p class=\"none\"><b>{title}</b> <span>{none}</span></p>\n");
    }
    let count = rows.len();
    let number = counted(words, "dash-count", count);
    let shown: String = rows.iter().take(ROWS).map(|row| format!("<li>{row}</li>\n")).collect();
    let rest = rest(words, count.saturating_sub(ROWS));
    format!(
        "<details id=\"{id}\"><summary><b>{title}</b> <span class=\"count\">{number}</span></summary>\n\
         <ul class=\"rows\">\n{shown}</ul>\n{rest}</details>\n"
    )
}

/// How many are not shown, where there are any.
pub(super) fn rest(words: &Words, count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    format!("<p class=\"rest\">{}</p>\n", counted(words, "dash-rest", count))
}

/// The same page asked for in another way: `?view=rules`.
pub(super) fn asking(asked: &[(&str, &str)], place: &str) -> String {
    let pairs = asked.iter().map(|(key, value)| format!("{key}={}", Asked::encoded(value)));
    format!("?{}{place}", pairs.collect::<Vec<_>>().join("&"))
}

/// A number of bytes in a unit that is easy to read.
pub(super) fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit after the point is shown")]
    let count_of = |unit: u64| count as f64 / unit as f64;
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.0} kB", count_of(1_000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count_of(1_000_000)),
        _ => format!("{:.1} GB", count_of(1_000_000_000)),
    }
}
