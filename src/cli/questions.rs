//! `shirube search --report`: how well the site answers a list of questions.
//!
//! In: a text with a question a line, as logs have them, and an index. Out: which questions
//! find nothing, of which only some words are found, and the guide that answers each; the
//! most frequent ones first.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::search::{Asked, name, shown};
use super::words::{Message, Words};
use super::{Failure, streams};
use crate::host;
use crate::search::query::{Answer, Wanted};
use crate::text::encoding;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Nothing,
    Partly,
    Answered,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Nothing => "nothing",
            State::Partly => "partly",
            State::Answered => "answered",
        }
    }

    /// The message that names it for people.
    fn title(self) -> &'static str {
        match self {
            State::Nothing => "report-nothing",
            State::Partly => "report-partly",
            State::Answered => "report-answered",
        }
    }
}

/// A question of the list.
#[derive(Debug)]
struct Row {
    question: String,
    /// How often it is in the list.
    count: usize,
    answer: Answer,
}

impl Row {
    fn state(&self) -> State {
        match (self.answer.results.is_empty(), self.answer.missing.is_empty()) {
            (true, _) => State::Nothing,
            (false, false) => State::Partly,
            (false, true) => State::Answered,
        }
    }
}

pub(super) fn run(
    asked: &Asked<'_>,
    list: &Path,
    wanted: &Wanted,
    json: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let wanted = Wanted { limit: Some(1), ..wanted.clone() };
    let questions = questions(&text(list)?);
    if questions.is_empty() {
        return Err(Message::new("report-no-question").shown("list", list.display()).into());
    }
    let mut rows = Vec::new();
    for (question, count) in questions {
        let answer = asked.answer(&question, &wanted)?;
        rows.push(Row { question, count, answer });
    }
    let unanswered = rows.iter().any(|row| row.state() == State::Nothing);
    if json {
        streams::out_line(&object(asked.locale(), &rows));
    } else {
        streams::out(&told(&rows, words));
    }
    Ok(ExitCode::from(u8::from(unanswered)))
}

fn text(list: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if list == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(list).map(|read| bytes = read)
    };
    read.map_err(host::Error::on("read", list))?;
    Ok(encoding::decode_loosely(&bytes))
}

/// The questions of a list with how often they are in it, the most frequent ones first, else
/// as they come.
fn questions(text: &str) -> Vec<(String, usize)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: Vec<(String, usize)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let place = *places.entry(line).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => found.push((line.to_owned(), 1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// Of how many questions, and how often asked, something holds.
fn tally(rows: &[Row], state: Option<State>) -> (usize, usize) {
    let own = rows.iter().filter(|row| state.is_none_or(|state| row.state() == state));
    own.fold((0, 0), |(questions, asked), row| (questions + 1, asked + row.count))
}

const STATES: [State; 3] = [State::Nothing, State::Partly, State::Answered];

/// The report for people.
fn told(rows: &[Row], words: &Words) -> String {
    let word = |id| words.text(id, &[]);
    let counted = |id, (questions, asked): (usize, usize)| {
        let (questions, asked) = (questions.to_string(), asked.to_string());
        cells(&word(id), &questions, &asked)
    };
    // `asked` counts the same question as often as it is in the list.
    let mut text = cells("", &word("report-questions"), &word("report-asked"));
    for state in STATES {
        text.push_str(&counted(state.title(), tally(rows, Some(state))));
    }
    text.push_str(&counted("report-all", tally(rows, None)));
    for state in STATES {
        let own = rows.iter().filter(|row| row.state() == state);
        let own: String = own.map(|row| line(row, words)).collect();
        if !own.is_empty() {
            text.push_str(&format!("\n{}\n{own}", word(state.title())));
        }
    }
    text
}

/// A line of the table, its cells as wide as terminals show them.
fn cells(title: &str, questions: &str, asked: &str) -> String {
    let gap = |text: &str, columns: usize| {
        let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
        " ".repeat(columns.saturating_sub(text.chars().map(wide).sum()))
    };
    let (after, before) = (gap(title, 14), gap(questions, 9));
    format!("{title}{after} {before}{questions} {}{asked}\n", gap(asked, 6))
}

/// A question for people: how often, what is missing, the guide that answers.
fn line(row: &Row, words: &Words) -> String {
    let Row { question, count, answer } = row;
    let mut text = format!("{count:>6}  {}", shown(question));
    let mut listed = |id, found: &[String]| {
        if !found.is_empty() {
            let message = Message::new(id).with("words", shown(&words.join(found)));
            text.push_str(&format!("  ({})", words.say(&message)));
        }
    };
    listed("search-without", &answer.missing);
    listed("search-perhaps", &answer.near);
    text.push('\n');
    if let Some(first) = answer.results.first() {
        text.push_str(&format!("{:8}{} <{}>\n", "", name(first), shown(&first.href)));
    }
    text
}

/// The report for programs.
fn object(locale: &str, rows: &[Row]) -> String {
    let counts = |state| {
        let (questions, asked) = tally(rows, state);
        json!({ "questions": questions, "asked": asked })
    };
    let row = |row: &Row| {
        let first = row.answer.results.first();
        json!({
            "question": row.question,
            "asked": row.count,
            "state": row.state().name(),
            "missing": row.answer.missing,
            "near": row.answer.near,
            "title": first.map(|found| &found.title),
            "heading": first.map(|found| &found.heading),
            "href": first.map(|found| &found.href),
        })
    };
    json!({
        "locale": locale,
        "all": counts(None),
        "nothing": counts(Some(State::Nothing)),
        "partly": counts(Some(State::Partly)),
        "answered": counts(Some(State::Answered)),
        "questions": rows.iter().map(row).collect::<Vec<_>>(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_logs_write_them() {
        let text = "VPN\r\n\r\n  印刷 \nVPN\n\n";
        assert_eq!(questions(text), [("VPN".to_owned(), 2), ("印刷".to_owned(), 1)]);
        assert_eq!(questions(""), []);
    }
}
