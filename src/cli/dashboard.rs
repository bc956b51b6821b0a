//! The writers' dashboard: the whole site at a glance, at `/_shirube/` of the preview.
//!
//! In: an [`Overview`], plain data that whoever knows the site fills, and what the address
//! asks for. Out: a page in the writer's language; everything in it is escaped. It works
//! without the script of the preview, which renews it when the site has changed. Must not know the
//! site's types, and is never part of a published site.

mod build;
mod content;
mod explanation;
mod html;
pub mod overview;
mod pictures;
mod problems;
mod translations;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::words::Words;
use crate::diagnostic::by_name;
use html::{counted, escaped, said};
use overview::{Overview, State, Translations};
use problems::Counts;

const STYLE: &str = include_str!("dashboard/dashboard.css");

/// What is shown at `path` below `/_shirube/`: its type and bytes; `None` when nothing of the
/// dashboard is there. The site is looked at only when it has to be.
pub fn answer(
    path: &str,
    query: &str,
    words: &Words,
    overview: &dyn Fn() -> Overview,
) -> Option<(&'static str, Vec<u8>)> {
    const HTML: &str = "text/html; charset=utf-8";
    match path {
        "" => Some((HTML, page(&overview(), query, words).into_bytes())),
        "dashboard.css" => Some(("text/css; charset=utf-8", STYLE.into())),
        _ => {
            let code = by_name(path.strip_prefix("rules/")?)?;
            let body = explanation::explanation(code, words);
            let main = format!("<main id=\"main\" class=\"rule\">\n{body}</main>\n");
            Some((HTML, document(code.name(), &main, words).into_bytes()))
        }
    }
}

/// The page of translations, which is asked for by itself: all guides are read for it.
pub fn translations(translations: &Translations, words: &Words) -> String {
    let name = said(words, "dash-translations", &[]);
    let title = format!("{name} — {}", escaped(&translations.title));
    document(&title, &translations::page(translations, words), words)
}

/// The dashboard's page.
pub fn page(overview: &Overview, query: &str, words: &Words) -> String {
    let asked = Asked::of(query);
    let name = said(words, "dash-title", &[]);
    let broken = match overview.broken {
        true => {
            format!("<p class=\"broken\" role=\"status\">{}</p>\n", said(words, "dash-broken", &[]))
        }
        false => String::new(),
    };
    let main = format!(
        "<header>\n<p class=\"program\">{name}</p>\n<h1>{}</h1>\n\
         <p class=\"about\"><a href=\"/\">{}</a></p>\n</header>\n\
         <main id=\"main\">\n{broken}{}{}{}{}{}{}{}</main>\n",
        escaped(&overview.title),
        said(words, "dash-to-site", &[]),
        tiles(overview, words),
        problems::problems(overview, &asked, words),
        content::translations(overview, words),
        content::reviews(overview, words),
        pictures::pictures(overview, words),
        content::unpublished(overview, words),
        build::build(&overview.build, words),
    );
    document(&format!("{name} — {}", escaped(&overview.title)), &main, words)
}

fn document(title: &str, body: &str, words: &Words) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/_shirube/dashboard.css\">\n\
         <script src=\"/_shirube/preview.js\" defer></script>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">{}</a>\n{body}</body>\n</html>\n",
        words.lang().tag(),
        said(words, "dash-skip", &[]),
    )
}

/// The figures at the top, each a link to its section.
fn tiles(overview: &Overview, words: &Words) -> String {
    let counts = Counts::of(&overview.problems);
    let lacks = |guide: &overview::Guide| guide.written.iter().any(|written| !written);
    let hidden = |guide: &overview::Guide| guide.state != State::Published;
    let of = |is: &dyn Fn(&overview::Guide) -> bool| {
        overview.guides.iter().filter(|one| is(one)).count()
    };
    let mut tiles = vec![
        ("problems", "dash-tile-errors", counts.errors, "error"),
        ("problems", "dash-tile-warnings", counts.warnings, "warning"),
        ("problems", "dash-tile-notes", counts.notes, "note"),
    ];
    if overview.locales.len() > 1 {
        tiles.push(("translations", "dash-tile-untranslated", of(&lacks), "plain"));
    }
    tiles.push(("reviews", "dash-tile-overdue", content::overdue(overview), "warning"));
    tiles.push(("pictures", "dash-tile-silent", overview.without_alt.len(), "warning"));
    tiles.push(("unpublished", "dash-tile-hidden", of(&hidden), "plain"));
    let tile = |(section, id, count, class): (&str, &str, usize, &str)| {
        let class = if count == 0 { "good" } else { class };
        format!(
            "<li class=\"{class}\"><a href=\"#{section}\"><b>{}</b> <span>{}</span></a></li>\n",
            counted(words, "dash-number", count),
            counted(words, id, count)
        )
    };
    let label = said(words, "dash-at-a-glance", &[]);
    let tiles: String = tiles.into_iter().map(tile).collect();
    format!("<nav class=\"tiles\" aria-label=\"{label}\"><ul>\n{tiles}</ul></nav>\n")
}

/// What the address asks for.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn of(query: &str) -> Self {
        let decoded = |text: &str| {
            percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
        };
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (decoded(key), decoded(value))).collect())
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn encoded(value: &str) -> String {
        utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
    }
}

#[cfg(test)]
mod tests;
