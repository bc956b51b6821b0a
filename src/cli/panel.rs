//! The badge and the panel of problems that the preview draws beside a page.
//!
//! In: the problems of the site, in the writer's language. Out: a piece of HTML for
//! `/_shirube/problems`. Everything in it is escaped: messages quote what is in the files.
//! Must not know how problems are found.

use std::fmt::Write;
use std::ops::Range;

use super::escape::{escaped, quoted};
use super::report::{Files, rendered};
use super::words::{Lang, Words};
use crate::diagnostic::{Diagnostic, Place, Reach, Severity};
use crate::host::tree::CONFIG;
use crate::text::{FileId, LineIndex, Position};

/// A diagnostic as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    /// The name of its code: `broken-link`.
    pub(super) code: String,
    pub(super) message: String,
    pub(super) help: Vec<String>,
    /// Relative to the site; `None` when it is about the site itself.
    pub(super) file: Option<String>,
    /// From 1; 0 when it is about the whole file.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
    /// The line that it is about; long ones are cut.
    pub(super) excerpt: String,
    /// The bytes of the excerpt that are meant.
    pub(super) marked: Range<usize>,
    /// The address that opens the place in the writer's editor.
    pub(super) editor: Option<String>,
    /// Whether the site cannot be shown while it is there.
    pub(super) blocks: bool,
    /// Whether it is of the page that is looked at.
    pub(super) here: bool,
}

/// The diagnostics as they are shown, in their order; of none it is known yet whether it is
/// of the page that is looked at. `editor` gives the address that opens a place of a file.
pub(super) fn problems(
    diagnostics: &[Diagnostic],
    files: Files<'_>,
    lang: Lang,
    editor: &dyn Fn(&str, Position) -> String,
) -> Vec<Problem> {
    // Diagnostics are sorted by file: its lines are counted once.
    let mut last: Option<(FileId, LineIndex)> = None;
    let problem = |diagnostic: &Diagnostic| {
        let said = rendered(diagnostic, lang);
        let found = diagnostic.place.file().and_then(|id| Some((id, files(id)?)));
        let mut problem = Problem {
            severity: diagnostic.severity,
            code: diagnostic.code.name().to_owned(),
            message: said.message,
            help: [related(diagnostic, &said.related, files), said.help].concat(),
            file: found.map(|(_, (path, _))| path.to_owned()),
            line: 0,
            column: 0,
            excerpt: String::new(),
            marked: 0..0,
            editor: None,
            blocks: diagnostic.severity == Severity::Error
                && diagnostic.code.reach() == Reach::Whole,
            here: false,
        };
        let Some((id, (path, text))) = found else { return problem };
        let start = Position { line: 1, column: 1 };
        let mut position = start;
        if let Place::At(span) = diagnostic.place
            && !text.is_empty()
        {
            if last.as_ref().is_none_or(|(known, _)| *known != id) {
                last = Some((id, LineIndex::new(text)));
            }
            let (_, lines) = last.as_ref().expect("it was just set");
            let offset = text.floor_char_boundary((span.bytes.start as usize).min(text.len()));
            position = lines.position(text, offset);
            (problem.line, problem.column) = (position.line, position.column);
            let line = lines.line(text, position.line);
            (problem.excerpt, problem.marked) = excerpt(text, line, span.bytes.range());
        }
        problem.editor = Some(editor(path, position));
        problem
    };
    diagnostics.iter().map(problem).collect()
}

/// What is said at other places that have to do with it, each with its place.
fn related(diagnostic: &Diagnostic, said: &[String], files: Files<'_>) -> Vec<String> {
    let each = diagnostic.related.iter().zip(said).map(|(label, said)| {
        let Some((path, text)) = label.place.file().and_then(files) else { return said.clone() };
        let Place::At(span) = label.place else { return format!("{said}: {path}") };
        let offset = text.floor_char_boundary((span.bytes.start as usize).min(text.len()));
        let at = LineIndex::new(text).position(text, offset);
        format!("{said}: {path}:{}:{}", at.line, at.column)
    });
    each.collect()
}

/// How much of a line is shown on either side of what is meant, in bytes.
const AROUND: usize = 160;

/// A line, or what is near the place in it, and where in that the place is.
fn excerpt(text: &str, line: Range<usize>, place: Range<usize>) -> (String, Range<usize>) {
    let end = line.start + text[line.clone()].trim_end_matches(['\r', '\n']).len();
    let within = |byte: usize| byte.clamp(line.start, end);
    let start = text.floor_char_boundary(within(place.start));
    let stop = text.ceil_char_boundary(within(place.end)).max(start);
    let first = text.ceil_char_boundary(start.saturating_sub(AROUND).max(line.start));
    let last = text.floor_char_boundary((start + 2 * AROUND).min(end)).max(start);
    let stop = stop.min(last);
    (text[first..last].to_owned(), start - first..stop - first)
}

/// How many problems of a kind are listed; the terminal has them all.
const LISTED: usize = 100;

/// Badge and panel, for a page whose own problems are marked so. With `broken`, the page is
/// not of the files as they are; `kept` says whether there is one of a former state.
pub(super) fn html(words: &Words, problems: &[Problem], (broken, kept): (bool, bool)) -> String {
    let serious = problems.iter().filter(|problem| problem.severity != Severity::Note);
    let count = serious.count();
    let mut html = format!(
        "<aside id=\"shirube\" lang=\"{}\" aria-label=\"{}\" data-count=\"{count}\" \
         data-broken=\"{broken}\">\n",
        words.lang().tag(),
        escaped(&words.text("panel-label", &[]))
    );
    let gone = escaped(&words.text("panel-gone", &[]));
    let _ = writeln!(html, "<p id=\"gone\" role=\"status\" hidden>{gone}</p>");
    if count > 0 {
        push_badge(&mut html, words, problems);
        push_panel(&mut html, words, problems, (broken, kept));
    }
    html.push_str("</aside>\n");
    html
}

fn sign(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "✕"),
        Severity::Warning => ("warning", "▲"),
        Severity::Note => ("note", "●"),
    }
}

fn push_badge(html: &mut String, words: &Words, problems: &[Problem]) {
    let serious = [Severity::Error, Severity::Warning];
    let counts = serious.map(|severity| {
        let all = problems.iter().filter(|problem| problem.severity == severity);
        (severity, all.clone().filter(|problem| problem.here).count(), all.count())
    });
    let [here, all] = [counts.map(|count| count.1), counts.map(|count| count.2)];
    let (here, all): (usize, usize) = (here.iter().sum(), all.iter().sum());
    let worst = counts.iter().find(|count| count.2 > 0).map_or("note", |count| sign(count.0).0);
    let text = |id: &str| escaped(&words.text(id, &[]));
    let _ = write!(
        html,
        "<button id=\"badge\" type=\"button\" class=\"{worst}\" aria-expanded=\"false\" \
         aria-controls=\"panel\"><span class=\"spoken\">{} </span>",
        text("panel-show")
    );
    for (severity, here_count, count) in counts {
        let (class, sign) = sign(severity);
        let shown = if here > 0 { here_count } else { count };
        if shown > 0 {
            let _ = write!(
                html,
                "<span class=\"{class}\"><i aria-hidden=\"true\">{sign}</i>{shown} \
                 <span class=\"spoken\">{} </span></span>",
                text(&format!("panel-{class}"))
            );
        }
    }
    if here == 0 {
        let _ = write!(html, "<span class=\"site\">{}</span>", text("panel-not-here"));
    } else if all > here {
        let site = words.text("panel-site", &[("count", all.into())]);
        let _ = write!(html, "<span class=\"site\">{}</span>", escaped(&site));
    }
    html.push_str("</button>\n");
}

fn push_panel(
    html: &mut String,
    words: &Words,
    problems: &[Problem],
    (broken, kept): (bool, bool),
) {
    let text = |id| escaped(&words.text(id, &[]));
    let _ = writeln!(
        html,
        "<dialog id=\"panel\" aria-labelledby=\"title\"><header>\
         <h2 id=\"title\" tabindex=\"-1\">{}</h2>\
         <button id=\"close\" type=\"button\" aria-label=\"{}\">✕</button></header>\
         <div id=\"list\" tabindex=\"0\" role=\"region\" aria-labelledby=\"title\">",
        text("panel-title"),
        text("panel-close")
    );
    if broken {
        let said = text(if kept { "panel-broken" } else { "panel-nothing" });
        let _ = writeln!(html, "<p id=\"broken\" role=\"alert\">{said}</p>");
    }
    // What keeps the pages from following comes first.
    let blocks = |problem: &&Problem| broken && problem.blocks;
    let (mut first, rest): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(blocks);
    // Settings that cannot be read make faults elsewhere.
    first.sort_by_key(|problem| problem.file.as_deref() != Some(CONFIG));
    let (here, elsewhere): (Vec<&Problem>, Vec<&Problem>) =
        rest.into_iter().partition(|problem| problem.here);
    let parts = [("panel-first", first), ("panel-here", here), ("panel-elsewhere", elsewhere)];
    for (id, problems) in parts {
        if problems.is_empty() {
            continue;
        }
        let _ = writeln!(
            html,
            "<section><h3>{} <span class=\"count\">{}</span></h3><ol>",
            text(id),
            problems.len()
        );
        for problem in problems.iter().take(LISTED) {
            push_problem(html, words, problem);
        }
        html.push_str("</ol>");
        if problems.len() > LISTED {
            let more = words.text("panel-more", &[("count", (problems.len() - LISTED).into())]);
            let _ = write!(html, "<p class=\"more\">{}</p>", escaped(&more));
        }
        html.push_str("</section>\n");
    }
    html.push_str("</div></dialog>\n");
}

fn push_problem(html: &mut String, words: &Words, problem: &Problem) {
    let (class, sign) = sign(problem.severity);
    let kind = escaped(&words.text(&format!("panel-{class}"), &[]));
    let _ = write!(
        html,
        "<li class=\"{class}\"><p class=\"message\"><i role=\"img\" aria-label=\"{kind}\">{sign}</i> \
         <b>{}</b> <code class=\"name\">{}</code></p>",
        quoted(&problem.message),
        escaped(&problem.code)
    );
    if let Some(file) = &problem.file {
        let place = match problem.line {
            0 => file.clone(),
            line => format!("{file}:{line}:{}", problem.column),
        };
        let shown = escaped(&place);
        let _ = match problem.editor.as_deref().filter(|href| is_harmless(href)) {
            Some(href) => write!(
                html,
                "<p class=\"place\"><a href=\"{}\" aria-label=\"{}\">{shown}</a></p>",
                escaped(href),
                escaped(&words.text("panel-editor", &[("place", place.into())]))
            ),
            None => write!(html, "<p class=\"place\">{shown}</p>"),
        };
    }
    if !problem.excerpt.trim().is_empty() {
        let (before, rest) = problem.excerpt.split_at(problem.marked.start);
        let (marked, after) = rest.split_at(problem.marked.len());
        let [before, marked, after] = [before, marked, after].map(escaped);
        let _ = write!(html, "<pre tabindex=\"0\">{before}<mark>{marked}</mark>{after}</pre>");
    }
    for help in &problem.help {
        let label = escaped(&words.text("panel-help", &[]));
        let _ = write!(html, "<p class=\"help\"><span>{label}</span> {}</p>", quoted(help));
    }
    html.push_str("</li>\n");
}

/// Whether an address opens something and runs nothing.
fn is_harmless(href: &str) -> bool {
    let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let runs = ["javascript", "data", "vbscript"];
    !scheme.is_empty()
        && scheme.chars().all(named)
        && !runs.contains(&scheme.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::words::Lang;

    fn problem(severity: Severity, here: bool) -> Problem {
        Problem {
            severity,
            code: "broken-link".to_owned(),
            message: "no guide `<script>alert(1)</script>`".to_owned(),
            help: vec!["write \"a\" & b".to_owned()],
            file: Some("content/手順/<b>.md".to_owned()),
            line: 3,
            column: 5,
            excerpt: "[手順](</pre><img>)".to_owned(),
            marked: 9..20,
            editor: Some("vscode://file/x\"onclick=\"y:3:5".to_owned()),
            blocks: false,
            here,
        }
    }

    #[test]
    fn nothing_of_the_files_is_markup() {
        let html = html(&Words::new(Lang::En), &[problem(Severity::Error, true)], (false, true));
        assert!(
            html.contains("no guide <code>&lt;script&gt;alert(1)&lt;/script&gt;</code>"),
            "{html}"
        );
        assert!(html.contains("href=\"vscode://file/x&quot;onclick=&quot;y:3:5\""), "{html}");
        assert!(html.contains("content/手順/&lt;b&gt;.md:3:5"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert_eq!(quoted("a ` b"), "a ` b");
        assert_eq!(escaped("a\u{1b}[31m\u{202e}b"), "a\u{fffd}[31m\u{fffd}b");
        assert!(is_harmless("vscode://file/a") && is_harmless("http://localhost:63342/api/file/a"));
        for href in
            ["javascript:alert(1)", "JavaScript:x", "\tjavascript:x", "data:text/html,x", "x"]
        {
            assert!(!is_harmless(href), "{href}");
        }
    }

    #[test]
    fn the_place_is_shown_in_its_line_however_long_that_is() {
        let check = |text: &str, line: Range<usize>, place: Range<usize>, want: (&str, &str)| {
            let (excerpt, marked) = excerpt(text, line, place);
            assert_eq!((excerpt.as_str(), &excerpt[marked.clone()]), want, "{text}");
        };
        check("a\n手順の図\r\n", 2..16, 8..11, ("手順の図", "の"));
        check("a\nb\n", 2..4, 2..9, ("b", "b"));
        check("a", 0..1, 1..1, ("a", ""));
        let long = "あ".repeat(1000);
        let (excerpt, marked) = excerpt(&long, 0..3000, 1500..3000);
        assert!(excerpt.len() <= 3 * AROUND + 6 && excerpt[marked].starts_with('あ'));
    }

    #[test]
    fn the_badge_counts_the_page_and_the_site() {
        let (error, warning) = (Severity::Error, Severity::Warning);
        let problems = [problem(error, true), problem(warning, false), problem(error, false)];
        let html = html(&Words::new(Lang::Ja), &problems, (false, true));
        assert!(html.contains("✕</i>1 <span class=\"spoken\">エラー"), "{html}");
        assert!(html.contains("<span class=\"site\">全体で3件"), "{html}");
        assert!(!html.contains("▲</i>1 "), "warnings are elsewhere: {html}");
        let here = html.find("このページ <span").expect("a part for this page");
        let elsewhere = html.find("サイトのほかのところ").expect("a part for the rest");
        assert!(here < elsewhere);
    }

    #[test]
    fn notes_alone_raise_no_badge_and_many_problems_are_cut_short() {
        let words = Words::new(Lang::En);
        let html_of = |problems: &[Problem]| html(&words, problems, (false, true));
        assert!(!html_of(&[problem(Severity::Note, true)]).contains("badge"));
        assert!(html_of(&[]).contains("data-count=\"0\""));
        let many = vec![problem(Severity::Error, false); 103];
        let html = html_of(&many);
        assert_eq!(html.matches("<li class").count(), 100);
        assert!(html.contains("There are 3 more; all are in the terminal."), "{html}");
    }

    #[test]
    fn a_broken_site_says_so() {
        let words = Words::new(Lang::Ja);
        let stops =
            Problem { blocks: true, code: "yaml".into(), ..problem(Severity::Error, false) };
        let html = html(&words, &[problem(Severity::Error, true), stops], (true, true));
        let place = |text| html.find(text).expect("it is listed");
        assert!(place(">yaml<") < place(">broken-link<"), "{html}");
        assert!(html.contains("role=\"alert\"") && html.contains("data-broken=\"true\""), "{html}");
    }
}
