//! The page of translations: by language what is behind, and what changed in each text.

use super::html::{ROWS, counted, escaped, rest, said, spot};
use super::overview::{Changed, Tongue, Translated, Translations};
use crate::cli::words::Words;

/// The main part of the page.
pub(super) fn page(translations: &Translations, words: &Words) -> String {
    let tongues: String = translations.tongues.iter().map(|own| tongue(own, words)).collect();
    let none = match translations.tongues.is_empty() {
        true => format!("<p class=\"none\">{}</p>\n", said(words, "dash-one-language", &[])),
        false => String::new(),
    };
    format!(
        "<header>\n<p class=\"about\"><a href=\"/_shirube/\">{}</a></p>\n<h1>{}</h1>\n</header>\n\
         <main id=\"main\">\n{none}{tongues}</main>\n",
        said(words, "dash-to-dashboard", &[]),
        said(words, "dash-translations", &[]),
    )
}

fn tongue(tongue: &Tongue, words: &Words) -> String {
    let tag = escaped(&tongue.tag);
    let percent = (tongue.translated * 100).checked_div(tongue.texts).unwrap_or(100);
    let share =
        said(words, "dash-share", &[("percent", percent.into()), ("texts", tongue.texts.into())]);
    let guides: String = tongue.guides.iter().take(ROWS).map(|own| guide(own, words)).collect();
    let body = match tongue.guides.is_empty() {
        true => format!("<p class=\"none\">{}</p>\n", said(words, "dash-all-current", &[])),
        false => format!("<ul class=\"rows\">\n{guides}</ul>\n"),
    };
    let label = said(words, "dash-progress", &[("language", tongue.tag.as_str().into())]);
    format!(
        "<section id=\"tongue-{tag}\" aria-labelledby=\"tongue-{tag}-title\">\n\
         <h2 id=\"tongue-{tag}-title\">{tag}</h2>\n<p>{share} <progress aria-label=\"{label}\" \
         value=\"{}\" max=\"{}\"></progress></p>\n{body}{}</section>\n",
        tongue.translated,
        tongue.texts.max(1),
        rest(words, tongue.guides.len().saturating_sub(ROWS)),
    )
}

fn guide(guide: &Translated, words: &Words) -> String {
    let ids = ["dash-texts-stale", "dash-texts-missing", "dash-texts-gone"];
    let pictures = ["dash-pictures-missing", "dash-pictures-older"];
    let counts = ids.into_iter().zip(guide.behind).chain(pictures.into_iter().zip(guide.pictures));
    let some = counts.filter(|(_, count)| *count > 0);
    let mut facts: Vec<String> = some.map(|(id, count)| counted(words, id, count)).collect();
    if guide.unextracted {
        facts.push(said(words, "dash-unextracted", &[]));
    }
    let changed: String = guide.changed.iter().take(ROWS).map(|own| text(own, words)).collect();
    let changed = match changed.is_empty() {
        true => changed,
        false => format!(
            "<details><summary>{} <span class=\"count\">{}</span></summary>\n<ul class=\"rows\">\n\
             {changed}</ul>\n{}</details>\n",
            said(words, "dash-changed", &[]),
            counted(words, "dash-count", guide.changed.len()),
            rest(words, guide.changed.len().saturating_sub(ROWS)),
        ),
    };
    format!(
        "<li><span class=\"title\">{}</span> <span class=\"far\">{} %</span> {} {}\n{changed}</li>\n",
        escaped(&guide.title),
        guide.percent,
        words.join(&facts),
        spot(words, &guide.at),
    )
}

fn text(changed: &Changed, words: &Words) -> String {
    let piece = |(side, text): &(Option<bool>, String)| match side {
        None => escaped(text),
        Some(false) => format!("<del>{}</del>", escaped(text)),
        Some(true) => format!("<ins>{}</ins>", escaped(text)),
    };
    let pieces: String = changed.pieces.iter().map(piece).collect();
    let grave = match changed.grave {
        true => format!(" <span class=\"level warning\">{}</span>", said(words, "dash-grave", &[])),
        false => String::new(),
    };
    let at = changed.at.as_ref().map(|at| spot(words, at)).unwrap_or_default();
    format!("<li>{pieces}{grave} {at}</li>\n")
}
