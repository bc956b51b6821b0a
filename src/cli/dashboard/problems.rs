//! All diagnostics, by file and by rule.

use std::collections::BTreeMap;

use super::Asked;
use super::html::{asking, counted, escaped, link, quoted, rest, said, section, spot};
use super::overview::{Finding, Overview, Spot};
use crate::cli::report;
use crate::cli::words::Words;
use crate::diagnostic::Severity;

/// The most groups of a view.
const GROUPS: usize = 60;
/// The most rows of a group, unless it is asked for alone.
const ROWS: usize = 10;
/// The most rows of a group that is asked for alone.
const ALL_ROWS: usize = 1000;
/// The most letters of a line that are shown.
const LETTERS: usize = 160;

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
}

impl Counts {
    pub(super) fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    fn shown(self, words: &Words) -> String {
        let of = |class: &str, id: &str, count: usize| match count {
            0 => String::new(),
            _ => format!("<span class=\"count {class}\">{}</span> ", counted(words, id, count)),
        };
        of("error", "tally-errors", self.errors)
            + &of("warning", "tally-warnings", self.warnings)
            + &of("note", "tally-notes", self.notes)
    }
}

/// By what findings are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Files,
    Rules,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            View::Files => "files",
            View::Rules => "rules",
        }
    }

    /// What asks for one group of the view alone.
    fn key(self) -> &'static str {
        match self {
            View::Files => "file",
            View::Rules => "code",
        }
    }
}

/// Findings that belong together.
struct Group<'a> {
    /// The file or the rule; empty for the site as a whole.
    name: &'a str,
    findings: Vec<&'a Finding>,
    counts: Counts,
}

/// The section of problems, as the query asks for it.
pub(super) fn problems(overview: &Overview, asked: &Asked, words: &Words) -> String {
    if overview.problems.is_empty() {
        let none = said(words, "tally-none", &[]);
        return section(words, "problems", &format!("<p class=\"none\">{none}</p>\n"));
    }
    let view = if asked.get("view") == Some("rules") || asked.get("code").is_some() {
        View::Rules
    } else {
        View::Files
    };
    let mut groups = groups(&overview.problems, view);
    let body = match asked.get(view.key()) {
        Some(name) => {
            groups.retain(|group| group.name == name);
            alone(&groups, view, words)
        }
        None => folded(&groups, view, words),
    };
    section(words, "problems", &(views(view, words) + &body))
}

/// The links from one view to the other.
fn views(view: View, words: &Words) -> String {
    let one = |other: View, id: &str| {
        let href = asking(&[("view", other.name())], "#problems");
        let current = if other == view { " aria-current=\"true\"" } else { "" };
        format!("<li><a href=\"{}\"{current}>{}</a></li>\n", escaped(&href), said(words, id, &[]))
    };
    let label = said(words, "dash-views", &[]);
    format!(
        "<nav class=\"views\" aria-label=\"{label}\"><ul>\n{}{}</ul></nav>\n",
        one(View::Files, "dash-by-file"),
        one(View::Rules, "dash-by-rule"),
    )
}

/// The groups of a view, the worst first.
fn groups(findings: &[Finding], view: View) -> Vec<Group<'_>> {
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let name = match view {
            View::Files => finding.file.as_deref().unwrap_or_default(),
            View::Rules => finding.code.name(),
        };
        found.entry(name).or_default().push(finding);
    }
    let mut groups: Vec<Group<'_>> = found
        .into_iter()
        .map(|(name, findings)| {
            let counts = Counts::of(findings.iter().copied());
            Group { name, findings, counts }
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.counts));
    groups
}

/// All groups, each folded.
fn folded(groups: &[Group<'_>], view: View, words: &Words) -> String {
    let shown: String = groups.iter().take(GROUPS).map(|one| fold(one, view, words)).collect();
    shown + &rest(words, groups.len().saturating_sub(GROUPS))
}

fn fold(group: &Group<'_>, view: View, words: &Words) -> String {
    let rows: String = group.findings.iter().take(ROWS).map(|one| row(one, view, words)).collect();
    let further = group.findings.len().saturating_sub(ROWS);
    let more = if further > 0 {
        let href = asking(&[(view.key(), group.name)], "#problems");
        let all = counted(words, "dash-all", group.findings.len());
        format!("<p class=\"rest\"><a href=\"{}\">{all}</a></p>\n", escaped(&href))
    } else {
        String::new()
    };
    format!(
        "<details><summary>{} <span class=\"counts\">{}</span></summary>\n{}\
         <ol class=\"findings\">\n{rows}</ol>\n{more}</details>\n",
        title(group, view, words),
        group.counts.shown(words),
        about(group, view, words),
    )
}

/// The group that was asked for, or that there is none any more.
fn alone(groups: &[Group<'_>], view: View, words: &Words) -> String {
    let Some(group) = groups.first() else {
        return format!("<p class=\"none\">{}</p>\n", said(words, "dash-mended", &[]));
    };
    let rows: String =
        group.findings.iter().take(ALL_ROWS).map(|one| row(one, view, words)).collect();
    format!(
        "<h3>{} <span class=\"counts\">{}</span></h3>\n{}<ol class=\"findings\">\n{rows}</ol>\n{}",
        title(group, view, words),
        group.counts.shown(words),
        about(group, view, words),
        rest(words, group.findings.len().saturating_sub(ALL_ROWS)),
    )
}

fn title(group: &Group<'_>, view: View, words: &Words) -> String {
    let name = match (view, group.name) {
        (View::Files, "") => said(words, "dash-site", &[]),
        (View::Files | View::Rules, name) => escaped(name),
    };
    let summary = match (view, group.findings.first()) {
        (View::Rules, Some(first)) => {
            let summary = report::summary(first.code, words.lang());
            format!(" <span class=\"about\">{}</span>", escaped(summary))
        }
        (View::Files | View::Rules, _) => String::new(),
    };
    format!("<b>{name}</b>{summary}")
}

/// What a group leads to: the page of the file, the explanation of the rule.
fn about(group: &Group<'_>, view: View, words: &Words) -> String {
    let first = group.findings.first();
    let found = match view {
        View::Files => first.and_then(|one| one.page.clone()).map(|page| ("dash-open", page)),
        View::Rules => Some(("dash-explain", rule(group.name))),
    };
    let link = found.map(|(id, href)| link(Some(&href), &words.text(id, &[])));
    link.map_or_else(String::new, |link| format!("<p class=\"about\">{link}</p>\n"))
}

/// The address of a rule's explanation.
fn rule(code: &str) -> String {
    format!("/_shirube/rules/{code}")
}

fn row(finding: &Finding, view: View, words: &Words) -> String {
    let class = finding.severity.name();
    let level = escaped(report::severity(finding.severity, words.lang()));
    let code = finding.code.name();
    let code = match view {
        View::Files => format!(" <a class=\"code\" href=\"{}\">{code}</a>", rule(code)),
        View::Rules => String::new(),
    };
    let help: String =
        finding.help.iter().map(|text| format!("<li>{}</li>", quoted(text))).collect();
    let help = if help.is_empty() { help } else { format!("<ul class=\"help\">{help}</ul>\n") };
    format!(
        "<li class=\"{class}\"><p><span class=\"level {class}\">{level}</span> {}{code}</p>\n{}{}{help}</li>\n",
        quoted(&finding.message),
        place(finding, view, words),
        excerpt(finding),
    )
}

fn place(finding: &Finding, view: View, words: &Words) -> String {
    let Some(path) = &finding.file else { return String::new() };
    let at = Spot {
        path: path.clone(),
        line: finding.line,
        // In the view of files the group leads there.
        page: finding.page.clone().filter(|_| view == View::Rules),
        editor: finding.editor.clone(),
    };
    format!("<p class=\"where\">{}</p>\n", spot(words, &at))
}

/// The line with what is meant marked, cut around it.
fn excerpt(finding: &Finding) -> String {
    let text = &finding.excerpt;
    if text.trim().is_empty() {
        return String::new();
    }
    let start = text.floor_char_boundary(finding.marked.start.min(text.len()));
    let end = text.ceil_char_boundary(finding.marked.end.clamp(start, text.len()));
    let before: Vec<char> = text[..start].chars().collect();
    let from = before.len().saturating_sub(LETTERS / 2);
    let cut = |text: &str| -> String {
        let mut kept: String = text.chars().take(LETTERS).collect();
        if kept.len() < text.len() {
            kept.push('…');
        }
        kept
    };
    let head: String = before[from..].iter().collect();
    let lead = if from > 0 { "…" } else { "" };
    format!(
        "<pre class=\"excerpt\" tabindex=\"0\">{lead}{}<mark>{}</mark>{}</pre>\n",
        escaped(if from > 0 { &head } else { head.trim_start() }),
        escaped(&cut(&text[start..end])),
        escaped(&cut(&text[end..])),
    )
}
