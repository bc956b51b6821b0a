//! `shirube explain CODE`: the manual's words about a diagnostic.

use std::process::ExitCode;

use super::words::{Lang, Message, Words};
use super::{Failure, report, streams};
use crate::diagnostic::{ALL, Code, by_name, nearest};
use crate::host::builtin;

pub(super) fn run(code: Option<&str>, words: &Words) -> Result<ExitCode, Failure> {
    let lang = words.lang();
    let Some(name) = code else {
        ALL.iter().for_each(|code| streams::out_line(&row(*code, lang)));
        return Ok(ExitCode::SUCCESS);
    };
    let Some(code) = by_name(name) else {
        let near = nearest(name, ALL.iter().map(|code| code.name()));
        return Err(Message::new("explain-unknown").shown("name", name).near(near).into());
    };
    let severity = report::severity(code.severity(), lang);
    let summary = report::summary(code, lang);
    streams::out_line(&match lang {
        Lang::En => format!("{name}: {summary} ({severity})\n"),
        Lang::Ja => format!("{name}: {summary}（{severity}）\n"),
    });
    streams::out_line(text(code, lang));
    Ok(ExitCode::SUCCESS)
}

/// A line of the list of all codes.
fn row(code: Code, lang: Lang) -> String {
    let severity = report::severity(code.severity(), lang);
    // Japanese letters are two columns wide.
    let gap = " ".repeat(8_usize.saturating_sub(match lang {
        Lang::En => severity.len(),
        Lang::Ja => severity.chars().count() * 2,
    }));
    format!("{:26} {severity}{gap} {}", code.name(), report::summary(code, lang))
}

/// The manual's page of diagnostics.
fn page(lang: Lang) -> &'static str {
    match lang {
        Lang::En => builtin::DIAGNOSTICS,
        Lang::Ja => builtin::DIAGNOSTICS_JA,
    }
}

/// What the manual says about a code, as Markdown.
pub(super) fn text(code: Code, lang: Lang) -> &'static str {
    section(page(lang), code.name()).unwrap_or_default().trim()
}

/// The text below the heading `### \`NAME\`` of the manual's page.
fn section<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let heading = format!("\n### `{name}`");
    let start = page.find(&heading)? + heading.len();
    let start = start + page[start..].find('\n')?;
    let end = page[start..].find("\n### `").or_else(|| page[start..].find("\n## "));
    let text = &page[start..end.map_or(page.len(), |end| start + end)];
    Some(text.split("\n## ").next().unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained() {
        let silent: Vec<&str> = ALL
            .iter()
            .map(|code| code.name())
            .filter(|name| {
                let short =
                    |lang| section(page(lang), name).is_none_or(|text| text.trim().len() < 40);
                short(Lang::En) || short(Lang::Ja)
            })
            .collect();
        assert!(silent.is_empty(), "no explanation for {silent:?}");
    }
}
