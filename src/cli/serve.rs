//! `shirube serve`: the site on this computer, following every edit.
//!
//! For writers: drafts and every audience are shown. A broken build keeps the last good
//! pages; nothing here ends the preview but the writer.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, RwLock};

use super::args::{ServeArgs, ShowArgs};
use super::build::{file_of, path_of};
use super::report::{self, Tally};
use super::site::{Loaded, Site};
use super::words::Words;
use super::{Failure, streams};
use crate::diagnostic::{Reach, Severity};
use crate::emit::{Output, Shelf};
use crate::host::server::{self, News};
use crate::host::watcher::{self, Changes, Notice};
use crate::host::{clock, record};
use crate::memo::Counters;
use crate::paths::OutputPath;
use crate::pipeline;

/// The files of a state of the site.
type Files = BTreeMap<OutputPath, Output>;

/// The state that is shown.
#[derive(Default)]
struct Shown(RwLock<Files>);

impl server::Show for Shown {
    fn file(&self, path: &OutputPath) -> Option<Output> {
        self.0.read().expect("nothing panics while it holds the lock").get(path).cloned()
    }

    fn own(&self, _path: &str, _query: &str) -> Option<(&'static str, Vec<u8>)> {
        None
    }
}

pub(super) fn run(
    named: Option<&Path>,
    args: &ServeArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    super::site::day(args.date.as_deref(), &site.config.timezone)?;
    let out = site.out(None);
    let notes = site.root.join(record::FOLDER);
    let skip = [out.as_path(), &notes];
    let watch = watcher::watch(&site.root, &site.sources(), &skip, args.poll);
    let shown = Arc::new(Shown::default());
    let stage = server::start(site.root.clone(), args.port, Arc::<Shown>::clone(&shown))?;
    let address = format!("http://127.0.0.1:{}/", stage.port());
    streams::out_line(&address);
    let mut version = 1;
    loop {
        match guarded(|| build(named, args, colour, words)) {
            Some(Ok(Some(files))) => {
                *shown.0.write().expect("nothing panics while it holds the lock") = files;
                stage.tell(News { version, ..News::default() });
            }
            Some(Ok(None)) => {}
            Some(Err(failure)) => {
                streams::err_line(&words.text("failed", &[("reason", failure.text(words).into())]));
            }
            None => streams::err_line(
                "shirube: a fault of the program itself (above) kept this state from being shown;\n\
                 the last good pages stay. Please report it with what was edited last.",
            ),
        }
        if version == 1 && args.open {
            clock::open_in_browser(&address);
        }
        version += 1;
        if !until_changed(&watch) {
            return Ok(ExitCode::SUCCESS);
        }
        // Settings may name other folders. A site that cannot be found just now keeps its own.
        if let Ok(site) = Site::find(named) {
            watch.follow(&site.sources());
        }
    }
}

/// Waits for a change of a file; `false` when the watch has ended.
fn until_changed(watch: &watcher::Watch) -> bool {
    loop {
        let changes = watch.wait();
        for notice in watch.notices() {
            let why = match notice {
                Notice::NoEvents => "this file system sends no events".to_owned(),
                Notice::Shared(name) => format!("not all changes on {name} make events"),
                Notice::Refused(error) => format!("the system gives no watch ({error})"),
            };
            let often = watcher::INTERVAL.as_secs_f32();
            streams::err_line(&format!("note: {why}; the folder is looked at every {often} s"));
        }
        match changes {
            None => return false,
            Some(Changes::Rescan) => return true,
            Some(Changes::Paths(paths)) if !paths.is_empty() => return true,
            Some(Changes::Paths(_)) => {}
        }
    }
}

/// What `work` gives, or `None` when it panics: one bad state must not end the preview.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Nothing of a state that failed is used again: each begins with the files.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

/// One state of the site, or `None` when it has faults that keep the former one in place.
fn build(
    named: Option<&Path>,
    args: &ServeArgs,
    colour: bool,
    words: &Words,
) -> Result<Option<Files>, Failure> {
    let began = clock::elapsed();
    // Settings may have changed, and with them the folders that matter.
    let site = match Site::find(named) {
        Ok(site) => site,
        Err(_) => {
            streams::err_line("the site's folder is gone; waiting for it");
            return Ok(None);
        }
    };
    let show = ShowArgs {
        base_url: None,
        strict: false,
        drafts: true,
        audience: site.config.audiences.clone(),
        date: args.date.clone(),
    };
    let mut options = site.options(&show)?;
    options.root_path = Some("/".to_owned());
    let Ok(listed) = site.list(&site.out(None)) else {
        streams::err_line("the site's folder cannot be read just now; waiting");
        return Ok(None);
    };
    let counters = Counters::new(clock::elapsed);
    let Loaded { config, inputs } = site.load(&listed);
    let shelf = Shelf::default();
    let mut outcome = pipeline::build(&inputs, config, &options, &shelf, &counters);
    outcome.diagnostics.extend(site.fault());
    let sorted = report::sorted(outcome.diagnostics, &|id| path_of(&inputs, id));
    streams::err(&report::terminal(&sorted, &|id| file_of(&inputs, id), colour, words.lang()));
    let milliseconds = (clock::elapsed() - began).as_millis();
    streams::err_line(&format!(
        "{} pages in {milliseconds} ms; {}",
        outcome.pages,
        Tally::of(&sorted).text(words)
    ));
    let blocked = |fault: &crate::diagnostic::Diagnostic| {
        fault.severity == Severity::Error && fault.code.reach() == Reach::Whole
    };
    if sorted.iter().any(blocked) {
        streams::err_line("the last good pages stay until this is mended");
        return Ok(None);
    }
    Ok(Some(shelf.into_files()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_end() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("while a test runs") }), None);
    }
}
