//! `shirube search`: the built site's own search, asked from the command line.
//!
//! Results go to standard output; what is missing or may be meant goes to the error stream.
//! Exit codes are those of `grep`: 0 something was found, 1 nothing was, 2 could not run.

mod narrowed;

use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::args::SearchArgs;
use super::site::Site;
use super::words::{Message, Words};
use super::{Failure, questions, streams};
use crate::diagnostic::nearest;
use crate::host;
use crate::search::ReadError;
use crate::search::query::{Answer, Index, Piece, Result as Found, Wanted};
use crate::search::{FOLDER, is_whole};

pub(super) fn run(
    named: Option<&Path>,
    args: &SearchArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let locale = locale(&site, args.locale.as_deref())?;
    let asked = Asked::open(&site.out(args.out.as_deref()), locale)?;
    let wanted = asked.wanted(args)?;
    if let Some(list) = &args.report {
        return questions::run(&asked, list, &wanted, args.json, words);
    }
    let query = args.query.join(" ");
    let answer = asked.answer(&query, &wanted)?;
    if args.json {
        streams::out_line(&asked.json(&query, &answer));
    } else {
        streams::out(&results(&answer.results, colour));
        streams::err(&remarks(&query, &answer, words));
    }
    Ok(ExitCode::from(u8::from(answer.results.is_empty())))
}

/// The locale that is searched.
fn locale<'a>(site: &'a Site, named: Option<&str>) -> Result<&'a str, Failure> {
    let all = || site.config.locales.iter().map(|locale| locale.as_str());
    let Some(named) = named else {
        return Ok(all().next().expect("a site has a locale"));
    };
    all().find(|locale| *locale == named).ok_or_else(|| {
        let listed = all().collect::<Vec<_>>().join(", ");
        let message = Message::new("search-no-locale").shown("name", named).with("all", listed);
        message.near(nearest(named, all())).into()
    })
}

/// Names that an index has.
type Names = Result<Vec<String>, ReadError>;

/// The index of a locale, on the disk.
pub(super) struct Asked<'a> {
    folder: PathBuf,
    locale: &'a str,
    index: Index<'a>,
    /// Why a file could not be read, besides that it is not there.
    fault: std::rc::Rc<RefCell<Option<Fault>>>,
}

/// What is wrong with a file.
#[derive(Debug)]
enum Fault {
    Host(host::Error),
    Damaged(PathBuf),
}

impl<'a> Asked<'a> {
    fn open(out: &Path, locale: &'a str) -> Result<Self, Failure> {
        let missing = |id| Message::new(id).shown("out", out.display());
        if !out.is_dir() {
            return Err(missing("search-no-site").into());
        }
        if !out.join(FOLDER).is_dir() {
            return Err(missing("search-no-index").into());
        }
        let folder = out.join(FOLDER).join(locale);
        if !folder.is_dir() {
            return Err(missing("search-no-locale-index").shown("locale", locale).into());
        }
        let fault = std::rc::Rc::default();
        let index = Index::open(Box::new(loader(folder.clone(), std::rc::Rc::clone(&fault))));
        let index = index.map_err(|error| failure(&folder, &fault, &error))?;
        Ok(Self { folder, locale, index, fault })
    }

    /// What the answers are narrowed to, in the names of the index.
    fn wanted(&self, args: &SearchArgs) -> Result<Wanted, Failure> {
        let named = |what: narrowed::What, written: &Option<String>, all: &dyn Fn() -> Names| {
            let Some(written) = written.as_deref().filter(|written| !written.is_empty()) else {
                return Ok(None);
            };
            let all = all().map_err(|error| failure(&self.folder, &self.fault, &error))?;
            narrowed::named(what, written, &all, self.locale).map(Some)
        };
        let section = named(narrowed::What::Section, &args.section, &|| self.index.sections())?;
        let tag = named(narrowed::What::Tag, &args.tag, &|| self.index.tags())?;
        let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
        Ok(Wanted { section, tag, limit: Some(limit) })
    }

    /// Answers a question.
    pub(super) fn answer(&self, query: &str, wanted: &Wanted) -> Result<Answer, Failure> {
        let answer = self.index.answer(query, wanted);
        answer.map_err(|error| failure(&self.folder, &self.fault, &error))
    }

    /// The locale of the index.
    pub(super) fn locale(&self) -> &str {
        self.locale
    }

    fn json(&self, query: &str, answer: &Answer) -> String {
        let read = self.index.read();
        json!({
            "query": query,
            "locale": self.locale,
            "total": answer.total,
            "results": answer.results.iter().map(object).collect::<Vec<_>>(),
            "missing": answer.missing,
            "near": answer.near,
            "files": read.files,
            "bytes": read.bytes,
        })
        .to_string()
    }
}

/// Reads files of the index in `folder`.
fn loader(
    folder: PathBuf,
    fault: std::rc::Rc<RefCell<Option<Fault>>>,
) -> impl Fn(&str) -> Option<String> {
    move |name| {
        let path = folder.join(format!("{name}.js"));
        let found = match std::fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => Err(Fault::Host(host::Error::new("read", &path, error))),
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) if is_whole(name, &text) => Ok(text),
                _ => Err(Fault::Damaged(path)),
            },
        };
        found.map_err(|reason| *fault.borrow_mut() = Some(reason)).ok()
    }
}

fn failure(folder: &Path, fault: &RefCell<Option<Fault>>, error: &ReadError) -> Failure {
    let file = |name| folder.join(format!("{name}.js"));
    let about = |id, path: &Path| Message::new(id).shown("path", path.display()).into();
    match (fault.take(), error) {
        (Some(Fault::Host(error)), _) => Failure::Host(error),
        (Some(Fault::Damaged(path)), _) => about("search-damaged", &path),
        (None, ReadError::Missing(name)) => about("search-missing", &file(name)),
        (None, ReadError::Broken(name)) => about("search-damaged", &file(name)),
        (None, ReadError::Other) => {
            Message::new("search-other-version").shown("folder", folder.display()).into()
        }
    }
}

/// A result for programs: the names are those of the search in the browser.
fn object(found: &Found) -> serde_json::Value {
    json!({
        "title": found.title,
        "href": found.href,
        "section": found.section,
        "heading": found.heading,
        "lang": found.lang,
        "tags": found.tags,
        "excerpt": found.excerpt,
    })
}

/// A guide and the heading in it.
pub(super) fn name(found: &Found) -> String {
    let heading =
        if found.heading.is_empty() { String::new() } else { format!(" › {}", found.heading) };
    shown(&format!("{}{heading}", found.title))
}

/// A text without what would move the cursor, change colours or turn the direction of what
/// follows.
pub(super) fn shown(text: &str) -> String {
    let moves = |c: char| {
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
    };
    text.chars().map(|c| if moves(c) { ' ' } else { c }).collect()
}

/// Results for people.
fn results(found: &[Found], colour: bool) -> String {
    let style = |code: &str, text: &str| match (colour, text.is_empty()) {
        (true, false) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        _ => text.to_owned(),
    };
    let piece = |(text, met): &Piece| {
        if *met { style("1;33", &shown(text)) } else { shown(text) }
    };
    let row = |(rank, one): (usize, &Found)| {
        let excerpt: String = one.excerpt.iter().map(piece).collect();
        let excerpt = excerpt.trim();
        let below = if excerpt.is_empty() { String::new() } else { format!("    {excerpt}\n") };
        format!(
            "{:>2}. {}\n    {}\n{below}\n",
            rank + 1,
            style("1", &name(one)),
            style("36", &shown(&one.href)),
        )
    };
    found.iter().enumerate().map(row).collect()
}

/// What is to be said about an answer.
fn remarks(query: &str, answer: &Answer, words: &Words) -> String {
    let mut text = String::new();
    let mut line = |message: Message| text.push_str(&(words.say(&message) + "\n"));
    if answer.results.is_empty() {
        line(Message::new("search-nothing").with("query", shown(query)));
    } else if answer.total > answer.results.len() {
        let some = Message::new("search-some").with("shown", answer.results.len());
        line(some.with("total", answer.total));
    }
    let quoted = |found: &[String]| {
        words.join(&found.iter().map(|word| format!("`{}`", shown(word))).collect::<Vec<_>>())
    };
    if !answer.missing.is_empty() {
        line(Message::new("search-without").with("words", quoted(&answer.missing)));
    }
    if !answer.near.is_empty() {
        line(Message::new("search-perhaps").with("words", quoted(&answer.near)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_moves_the_cursor_or_turns_the_text() {
        let text = "a\u{1b}[0m\u{202e}b\u{2066}c\u{2069}d\u{200e}e\u{200f}f\u{2028}g\u{2029}h";
        assert_eq!(shown(text), "a [0m b c d e f g h");
        assert_eq!(shown("印刷 👩\u{200d}💻"), "印刷 👩\u{200d}💻");
    }
}
