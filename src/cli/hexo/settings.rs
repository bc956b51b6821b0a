//! The text of the `shirube.yaml` that a blog gets, with a comment for each decision.

use super::articles::Articles;
use super::blog::{Blog, Folders};
use crate::config::yaml::quoted;

/// Placeholders of Hexo's permalinks that mean the same here.
const KNOWN: [&str; 10] = [
    ":title", ":name", ":year", ":month", ":i_month", ":day", ":i_day", ":hour", ":minute",
    ":second",
];

pub(super) fn written(
    blog: &Blog,
    folders: &Folders,
    articles: &Articles,
    report: &mut Vec<String>,
) -> String {
    let mut text = "# Made by `shirube init --from-hexo` from _config.yml.\n".to_owned();
    facts(blog, &mut text, report);
    text.push_str("\n# What the site is made from.\n");
    text.push_str(&format!("content: {}\n", quoted(&folders.content)));
    places(folders, &mut text, report);
    text.push_str(
        "# Every file beside the articles keeps its address, linked or not.\nassets: all\n",
    );
    permalink(blog, &mut text, report);
    text.push_str("archives: true\n");
    feed(blog, &mut text);
    text.push_str("\n# What Hexo did with Markdown.\nmarkdown:\n");
    let breaks = [["marked", "breaks"].as_slice(), &["markdown", "render", "breaks"]];
    let joined = breaks.iter().any(|path| blog.boolean(path) == Some(false));
    text.push_str(&format!("  soft_breaks: {}\n", if joined { "space" } else { "break" }));
    text.push_str("  extra_anchors: hexo\n");
    pictures(articles, &mut text, report);
    keys(articles, &mut text, report);
    text
}

fn facts(blog: &Blog, text: &mut String, report: &mut Vec<String>) {
    if let Some(title) = blog.text(&["title"]) {
        text.push_str(&format!("title: {}\n", quoted(title)));
    }
    if let Some(line) = blog.text(&["description"]).or_else(|| blog.text(&["subtitle"])) {
        text.push_str(&format!("description: {}\n", quoted(line)));
    }
    match blog.base_url() {
        Some(url) => text.push_str(&format!("base_url: {url}\n")),
        None => report.push(
            "`url` names no address; set `base_url:` for sitemap, feed and links to the site itself"
                .to_owned(),
        ),
    }
    let language = blog.language();
    let locale = language.as_deref().unwrap_or("en");
    if language.is_none() {
        report.push(
            "`language` names no locale; `en` is taken: correct `locales:` if need be".to_owned(),
        );
    }
    text.push_str(&format!("locales: [{locale}]\n"));
    zone(blog, locale, text, report);
}

fn zone(blog: &Blog, locale: &str, text: &mut String, report: &mut Vec<String>) {
    if let Some(zone) = blog.zone() {
        text.push_str(&format!("timezone: {}\n", zone.name()));
        return;
    }
    // Hexo takes the zone of the machine that builds, which nothing here can know.
    let guess = if locale.starts_with("ja") { "Asia/Tokyo" } else { "UTC" };
    text.push_str(&format!("timezone: {guess}\n"));
    report.push(match blog.text(&["timezone"]) {
        Some(name) => format!("there is no time zone `{name}`; `{guess}` is taken"),
        None => format!("`timezone` is not set; `{guess}` is taken"),
    });
}

fn places(folders: &Folders, text: &mut String, report: &mut Vec<String>) {
    match &folders.statics {
        Some(source) => {
            text.push_str(&format!(
                "# Its other files are copied to the root as they are.\nstatic: [{}]\n",
                quoted(source)
            ));
            report.push(format!("the other files of `{source}` are copied to the root"));
        }
        None => text.push_str("static: []\n"),
    }
    if !folders.ignore.is_empty() {
        let names: Vec<String> = folders.ignore.iter().map(|name| quoted(name)).collect();
        text.push_str(&format!("ignore: [{}]\n", names.join(", ")));
    }
    for page in &folders.pages {
        report.push(format!(
            "LOOK: `{page}` was a page of Hexo; move it into `{}` to make it one again",
            folders.content
        ));
    }
}

fn permalink(blog: &Blog, text: &mut String, report: &mut Vec<String>) {
    let pattern = blog.text(&["permalink"]).unwrap_or(":year/:month/:day/:title/");
    let mut rest = pattern.to_owned();
    for known in KNOWN {
        rest = rest.replace(known, "");
    }
    if rest.contains(':') || !(pattern.contains(":title") || pattern.contains(":name")) {
        report.push(format!(
            "NOT KEPT: `permalink: {pattern}`; an article's address is its path here"
        ));
        return;
    }
    text.push_str(&format!("permalink: {}\n", quoted(pattern)));
}

fn feed(blog: &Blog, text: &mut String) {
    let limit = blog.text(&["feed", "limit"]).and_then(|limit| limit.parse::<u32>().ok());
    match limit {
        None | Some(20) => {}
        // Hexo takes 0 for all.
        Some(0) => text.push_str("feed: {limit: 100000}\n"),
        Some(limit) => text.push_str(&format!("feed: {{limit: {limit}}}\n")),
    }
}

fn pictures(articles: &Articles, text: &mut String, report: &mut Vec<String>) {
    if articles.remote_images == 0 {
        return;
    }
    let found = format!(
        "{} pictures of other hosts in {} articles",
        articles.remote_images, articles.with_remote_images
    );
    text.push_str(&format!("\n# {found}. Readers' browsers ask those hosts for them.\n"));
    text.push_str("remote_images: allow\n");
    report.push(format!(
        "{found} are still loaded from there (`remote_images: allow`); copy them beside the articles to end that"
    ));
}

fn keys(articles: &Articles, text: &mut String, report: &mut Vec<String>) {
    if articles.keys.is_empty() {
        return;
    }
    text.push_str("\n# Keys of the articles that mean nothing here but to templates (`extra`).\nfront_matter:\n");
    for (key, (kind, count)) in &articles.keys {
        let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let written = if plain && !key.is_empty() { key.clone() } else { quoted(key) };
        text.push_str(&format!("  {written}: {}\n", kind.name()));
        report.push(format!(
            "the front matter key `{key}` ({count} articles) is declared as {}",
            kind.name()
        ));
    }
}
