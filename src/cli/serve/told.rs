//! What the terminal is told while a preview runs: what was rebuilt, what is newly wrong,
//! and nothing when nothing changed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::cli::build::{file_of, path_of};
use crate::cli::report::{self, Tally};
use crate::cli::streams;
use crate::cli::words::{Message, Words};
use crate::diagnostic::Diagnostic;
use crate::host::server::News;
use crate::host::watcher::Notice;
use crate::pipeline::Session;

use crate::text::FileId;

/// What makes a problem the same after an edit: its file, its code and its message.
type Identity = (Option<String>, &'static str, String);

/// How many names of files stand in a line.
const NAMES: usize = 3;

/// What was told.
pub(super) struct Told {
    words: Words,
    colour: bool,
    tally: Tally,
    /// The problems as they were last.
    problems: Vec<Diagnostic>,
    /// How many of each kind were told.
    known: BTreeMap<Identity, usize>,
    /// Whether the problems are others than before.
    differs: bool,
    /// What is to be told when all is drawn.
    waiting: Option<Waiting>,
    broken: bool,
    old_settings: bool,
    gone: bool,
    absence: Option<Diagnostic>,
}

/// A state that is not told yet.
enum Waiting {
    First,
    Rebuilt {
        names: Vec<String>,
        time: Duration,
    },
    /// Only the problems may be others.
    Problems,
}

impl Told {
    pub(super) fn new(words: Words, colour: bool) -> Self {
        Self {
            words,
            colour,
            tally: Tally::default(),
            problems: Vec::new(),
            known: BTreeMap::new(),
            differs: false,
            waiting: Some(Waiting::First),
            broken: false,
            old_settings: false,
            gone: false,
            absence: None,
        }
    }

    /// Whether a state has not been told to its end.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether the problems are others than those before.
    pub(super) fn differs(&self) -> bool {
        self.differs
    }

    /// The counts, as browsers get them.
    pub(super) fn news(&self) -> News {
        let Tally { errors, warnings, notes } = self.tally;
        News { errors, warnings, notes, ..News::default() }
    }

    /// These files are taken in, and what is looked at shows it after `time`.
    pub(super) fn rebuilt(&mut self, names: Vec<String>, time: Duration) {
        let former = match self.waiting.take() {
            Some(Waiting::Rebuilt { names, .. }) => names,
            first @ Some(Waiting::First) => {
                self.waiting = first;
                return;
            }
            _ => Vec::new(),
        };
        let names = former.into_iter().chain(names).collect::<BTreeSet<_>>();
        self.waiting = Some(Waiting::Rebuilt { names: names.into_iter().collect(), time });
    }

    /// Tells the state of `session`, of which all is drawn; gives what is wrong, sorted.
    pub(super) fn report(&mut self, session: &Session, broken: bool) -> Vec<Diagnostic> {
        let mut diagnostics = session.diagnostics();
        diagnostics.extend(self.absence.clone());
        let (sorted, fresh) = session.inputs(|inputs| {
            let sorted = report::sorted(diagnostics, &|id| path_of(inputs, id));
            let fresh = self.fresh(&sorted, &|id| path_of(inputs, id));
            let files = |id| file_of(inputs, id);
            let fresh = report::terminal(&fresh, &files, self.colour, self.words.lang());
            (sorted, fresh)
        });
        self.differs = sorted != self.problems;
        self.problems.clone_from(&sorted);
        streams::err(&fresh);
        self.tally = Tally::of(&sorted);
        self.tell_state(session);
        self.tell_broken(broken, session.has_pages());
        self.tell_settings(session.has_old_settings());
        sorted
    }

    /// Those that were not there before. What has only moved within its file is not new.
    fn fresh<'a>(
        &mut self,
        sorted: &[Diagnostic],
        path_of: &dyn Fn(FileId) -> Option<&'a str>,
    ) -> Vec<Diagnostic> {
        let mut now: BTreeMap<Identity, usize> = BTreeMap::new();
        let mut fresh = Vec::new();
        for problem in sorted {
            let path = problem.place.file().and_then(path_of).map(str::to_owned);
            let identity = (path, problem.code.name(), problem.text());
            let known = self.known.get(&identity).copied().unwrap_or(0);
            let count = now.entry(identity).or_default();
            *count += 1;
            if *count > known {
                fresh.push(problem.clone());
            }
        }
        self.known = now;
        fresh
    }

    fn tell_state(&mut self, session: &Session) {
        let tally = self.tally.text(&self.words);
        let line = match self.waiting.take() {
            Some(Waiting::First) => {
                let pages = session.pages();
                let time = milliseconds(crate::host::clock::elapsed());
                let message = Message::new("serve-pages").with("pages", pages);
                Some(message.with("milliseconds", time))
            }
            Some(Waiting::Rebuilt { names, time }) => {
                // Copies that editors leave beside a file are nobody's news.
                let copies = |name: &String| name.ends_with('~') || name.contains("/#");
                let names: Vec<String> = names.into_iter().filter(|name| !copies(name)).collect();
                let more = names.len().saturating_sub(NAMES);
                let few = self.words.join(&names[..names.len().min(NAMES)]);
                let id = if more > 0 { "serve-rebuilt-more" } else { "serve-rebuilt" };
                let message = Message::new(id).with("names", few).with("more", more);
                let message = message.with("milliseconds", milliseconds(time));
                (!names.is_empty()).then_some(message)
            }
            Some(Waiting::Problems) | None => None,
        };
        if let Some(message) = line {
            streams::err_line(&self.words.say(&message.with("tally", tally)));
        }
    }

    fn tell_broken(&mut self, broken: bool, kept: bool) {
        if broken != self.broken {
            let id = match (broken, kept) {
                (true, true) => "serve-kept",
                (true, false) => "serve-nothing",
                (false, _) => "serve-mended",
            };
            streams::err_line(&self.words.text(id, &[]));
        }
        self.broken = broken;
    }

    fn tell_settings(&mut self, old: bool) {
        if old && !self.old_settings {
            streams::err_line(&self.words.text("serve-settings-broken", &[]));
        }
        self.old_settings = old;
    }

    /// The folder of the guides is not there, or is again.
    pub(super) fn absence(&mut self, fault: Option<Diagnostic>) {
        if fault.is_some() != self.absence.is_some() && self.waiting.is_none() {
            self.waiting = Some(Waiting::Problems);
        }
        self.absence = fault;
    }

    /// The site's folder cannot be read.
    pub(super) fn gone(&mut self) {
        if !std::mem::replace(&mut self.gone, true) {
            streams::err_line(&self.words.text("serve-gone", &[]));
        }
    }

    /// It can be read again.
    pub(super) fn back(&mut self) {
        if std::mem::replace(&mut self.gone, false) {
            streams::err_line(&self.words.text("serve-back", &[]));
        }
    }

    /// More changed than the system could tell.
    pub(super) fn lost(&self) {
        if !self.gone {
            streams::err_line(&self.words.text("serve-lost", &[]));
        }
    }

    /// The program itself failed.
    pub(super) fn fault(&self) {
        streams::err_line(&self.words.text("serve-fault", &[]));
    }

    /// Something that the writer should know.
    pub(super) fn note(&self, message: &Message) {
        let text = self.words.say(message);
        streams::err_line(&self.words.text("note", &[("text", text.as_str().into())]));
    }

    /// Something of the watch has become known.
    pub(super) fn notice(&self, notice: &Notice, interval: Duration) {
        let seconds = interval.as_secs_f32().to_string();
        let message = match notice {
            Notice::NoEvents => Message::new("serve-polling"),
            Notice::Shared(name) => Message::new("serve-shared").shown("name", name),
            Notice::Refused(error) => Message::new("serve-refused").shown("reason", error),
        };
        self.note(&message.with("seconds", seconds));
    }
}

/// Milliseconds as people read them: one digit behind the point where that says something.
fn milliseconds(time: Duration) -> String {
    let exact = time.as_secs_f64() * 1e3;
    if exact < 10.0 { format!("{exact:.1}") } else { format!("{exact:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        assert_eq!(milliseconds(Duration::from_micros(4_230)), "4.2");
        assert_eq!(milliseconds(Duration::from_micros(44_230)), "44");
    }
}
