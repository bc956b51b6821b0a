//! What the last build did.

use super::html::{bytes, counted, escaped, said, section};
use super::overview::{Build, Stage};
use crate::cli::words::Words;

/// Pages, time, memory and the stages.
pub(super) fn build(build: &Build, words: &Words) -> String {
    let mut facts = vec![
        (said(words, "dash-pages", &[]), build.pages.to_string()),
        (said(words, "dash-time", &[]), milliseconds(build.milliseconds)),
    ];
    if let Some(memory) = build.memory {
        facts.push((said(words, "dash-memory", &[]), bytes(memory)));
    }
    if build.index_files > 0 {
        let files = counted(words, "dash-files", build.index_files);
        let index = format!("{files}, {}", bytes(build.index_bytes));
        facts.push((said(words, "dash-index", &[]), index));
    }
    let facts: String = facts
        .into_iter()
        .map(|(name, value)| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"))
        .collect();
    let list = format!("<dl class=\"facts\">\n{facts}</dl>\n");
    section(words, "build", &(list + &stages(&build.stages, words)))
}

fn stages(stages: &[Stage], words: &Words) -> String {
    if stages.is_empty() {
        return String::new();
    }
    let row = |stage: &Stage| {
        format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escaped(&stage.name),
            milliseconds(stage.milliseconds),
            stage.runs,
            stage.reuses
        )
    };
    let rows: String = stages.iter().map(row).collect();
    let head: String = ["dash-stage", "dash-time", "dash-runs", "dash-reuses"]
        .into_iter()
        .map(|id| format!("<th scope=\"col\">{}</th>", said(words, id, &[])))
        .collect();
    format!(
        "<details id=\"stages\"><summary><b>{}</b></summary>\n<table class=\"figures\">\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></details>\n",
        said(words, "dash-stages", &[]),
    )
}

fn milliseconds(count: f64) -> String {
    if count < 10.0 { format!("{count:.1} ms") } else { format!("{count:.0} ms") }
}
