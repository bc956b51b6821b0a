//! What a rule means: the manual's section about it, as a page of its own.
//!
//! In: the Markdown of the manual, which is ours: paragraphs, lists, fences, `code`. Must
//! not be handed anything else.

use super::html::{escaped, said};
use crate::cli::words::Words;
use crate::cli::{explain, report};
use crate::diagnostic::Code;

/// The body of the page about `code`.
pub(super) fn explanation(code: Code, words: &Words) -> String {
    let lang = words.lang();
    let severity = escaped(report::severity(code.severity(), lang));
    format!(
        "<p class=\"about\"><a href=\"/_shirube/?code={name}#problems\">{back}</a></p>\n\
         <h1><code>{name}</code></h1>\n<p><span class=\"level {class}\">{severity}</span> {summary}</p>\n\
         <div class=\"prose\">\n{text}</div>\n",
        name = code.name(),
        back = said(words, "dash-back", &[]),
        class = code.severity().name(),
        summary = escaped(report::summary(code, lang)),
        text = blocks(explain::text(code, lang)),
    )
}

/// Blocks of Markdown as HTML.
fn blocks(text: &str) -> String {
    let mut html = String::new();
    let mut lines = text.trim().lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        if let Some(info) = line.strip_prefix("```") {
            let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            html.push_str(&code_block(info, &inner.join("\n")));
            continue;
        }
        let mut block = vec![line];
        while let Some(next) = lines.next_if(|next| !next.is_empty() && !next.starts_with("```")) {
            block.push(next);
        }
        html.push_str(&paragraph(&block));
    }
    html
}

fn code_block(info: &str, text: &str) -> String {
    let title = info.split_once("title=\"").and_then(|(_, rest)| rest.split('"').next());
    let title = title.map(|title| format!("<figcaption>{}</figcaption>", escaped(title)));
    let title = title.unwrap_or_default();
    format!("<figure>{title}<pre tabindex=\"0\">{}</pre></figure>\n", escaped(text))
}

fn paragraph(lines: &[&str]) -> String {
    if lines.iter().all(|line| line.starts_with("- ")) {
        let item = |line: &&str| format!("<li>{}</li>\n", inline(&line[2..]));
        let items: String = lines.iter().map(item).collect();
        return format!("<ul>\n{items}</ul>\n");
    }
    // Rows of a table are shown as they are written.
    if lines.iter().all(|line| line.starts_with('|')) {
        return format!("<pre tabindex=\"0\">{}</pre>\n", escaped(&lines.join("\n")));
    }
    let japanese = |line: &str| line.ends_with(|c: char| !c.is_ascii());
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() && !japanese(&text) {
            text.push(' ');
        }
        text.push_str(line);
    }
    format!("<p>{}</p>\n", inline(&text))
}

/// Text with `code`; links keep their words.
fn inline(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            html.push_str(&format!("<code>{}</code>", escaped(part)));
        } else {
            html.push_str(&escaped(&unlinked(part)));
        }
    }
    html
}

/// `[words](address)` as the words.
fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(words, after)| {
            let (_, after) = after.split_once(')')?;
            Some((words, after))
        });
        plain.push_str(before);
        let Some((words, after)) = link else {
            plain.push('[');
            rest = after;
            continue;
        };
        plain.push_str(words);
        rest = after;
    }
    (plain + rest).replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::words::Lang;
    use crate::diagnostic::ALL;

    #[test]
    fn markdown_of_the_manual_becomes_html() {
        let text = "一行目です。\n二行目の`a<b`、[設定](site.md#x)です。\n\n- 1つ\n- 2つ\n\n```yaml title=\"例\"\na: <b>\n```\n";
        let want = "<p>一行目です。二行目の<code>a&lt;b</code>、設定です。</p>\n\
                    <ul>\n<li>1つ</li>\n<li>2つ</li>\n</ul>\n\
                    <figure><figcaption>例</figcaption><pre tabindex=\"0\">a: &lt;b&gt;</pre></figure>\n";
        assert_eq!(blocks(text), want);
    }

    /// The HTML without the elements of a name.
    fn outside(html: &str, name: &str) -> String {
        let begin = format!("<{name}");
        let mut parts = html.split(&begin);
        let first = parts.next().unwrap_or_default().to_owned();
        let end = format!("</{name}>");
        let after =
            |part: &str| part.split_once(&end).map_or(String::new(), |(_, rest)| rest.to_owned());
        first + &parts.map(after).collect::<String>()
    }

    #[test]
    fn every_rule_is_explained_without_markdown_left_over() {
        for lang in [Lang::Ja, Lang::En] {
            let words = Words::new(lang);
            for code in ALL {
                let html = explanation(*code, &words);
                let prose = html.split("<div class=\"prose\">").nth(1).expect("the text");
                assert!(prose.len() > 80, "{code:?}");
                let left = outside(&outside(prose, "pre"), "code");
                assert!(!left.contains(['`', '[', '*', '|']), "{code:?}: {left}");
            }
        }
    }
}
