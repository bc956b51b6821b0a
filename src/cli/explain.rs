//! `shirube explain CODE`: the manual's words about a diagnostic.

use std::process::ExitCode;

use super::{Failure, streams};
use crate::diagnostic::{ALL, by_name, nearest};
use crate::host::builtin;

pub(super) fn run(code: Option<&str>) -> Result<ExitCode, Failure> {
    let Some(name) = code else {
        for code in ALL {
            streams::out_line(&format!(
                "{:26} {:8} {}",
                code.name(),
                code.severity().name(),
                code.summary()
            ));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(code) = by_name(name) else {
        let near = nearest(name, ALL.iter().map(|code| code.name()));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Failure::Usage(format!("there is no diagnostic `{name}`{hint}")));
    };
    streams::out_line(&format!(
        "{}: {} ({})\n",
        code.name(),
        code.summary(),
        code.severity().name()
    ));
    streams::out_line(section(builtin::DIAGNOSTICS, name).unwrap_or_default().trim());
    Ok(ExitCode::SUCCESS)
}

/// The text below the heading `### \`NAME\`` of the manual's page.
pub(super) fn section<'a>(page: &'a str, name: &str) -> Option<&'a str> {
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
                section(builtin::DIAGNOSTICS, name).is_none_or(|text| text.trim().len() < 40)
            })
            .collect();
        assert!(silent.is_empty(), "no explanation for {silent:?}");
    }
}
