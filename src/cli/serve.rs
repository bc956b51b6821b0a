//! `shirube serve`: the site on this computer, following every edit.
//!
//! For writers: drafts and every audience are shown. A broken build keeps the last good
//! pages; nothing here ends the preview but the writer.

use std::path::Path;
use std::process::ExitCode;

use super::args::{ServeArgs, ShowArgs};
use super::build::{file_of, path_of};
use super::report::{self, Tally};
use super::site::{Loaded, Site};
use super::{Failure, streams};
use crate::diagnostic::{Reach, Severity};
use crate::emit::Shelf;
use crate::host::server::{self, Snapshot};
use crate::host::{clock, record, watcher};
use crate::memo::Counters;
use crate::pipeline;

pub(super) fn run(
    named: Option<&Path>,
    args: &ServeArgs,
    colour: bool,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    super::site::day(args.date.as_deref(), &site.config.timezone)?;
    let out = site.out(None);
    let notes = site.root.join(record::FOLDER);
    let skip = [out.as_path(), &notes];
    let mut watch =
        watcher::watch(&site.root, &site.sources(), &skip, args.poll).map_err(|error| {
            Failure::Usage(format!("the site's folder cannot be watched: {error}; try --poll"))
        })?;
    let stage = server::start(site.root.clone(), args.port)?;
    let address = format!("http://127.0.0.1:{}/", stage.port());
    streams::out_line(&address);
    let mut version = 1;
    loop {
        match guarded(|| build(named, args, version, colour)) {
            Some(Ok(Some(snapshot))) => stage.show(snapshot),
            Some(Ok(None)) => {}
            Some(Err(failure)) => streams::err_line(&format!("shirube: {failure}")),
            None => streams::err_line(
                "shirube: a fault of the program itself (above) kept this state from being shown;\n\
                 the last good pages stay. Please report it with what was edited last.",
            ),
        }
        if version == 1 && args.open {
            clock::open_in_browser(&address);
        }
        version += 1;
        if !watch.wait() {
            return Ok(ExitCode::SUCCESS);
        }
        // Folders may have come, and settings may name others.
        let followed = Site::find(named).map(|site| watch.follow(&site.sources()));
        if let Ok(Err(error)) = followed {
            streams::err_line(&format!("note: a folder cannot be watched: {error}; try --poll"));
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
    version: u64,
    colour: bool,
) -> Result<Option<Snapshot>, Failure> {
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
    streams::err(&report::terminal(&sorted, &|id| file_of(&inputs, id), colour));
    let milliseconds = (clock::elapsed() - began).as_millis();
    streams::err_line(&format!(
        "{} pages in {milliseconds} ms; {}",
        outcome.pages,
        Tally::of(&sorted)
    ));
    let blocked = |fault: &crate::diagnostic::Diagnostic| {
        fault.severity == Severity::Error && fault.code.reach() == Reach::Whole
    };
    if sorted.iter().any(blocked) {
        streams::err_line("the last good pages stay until this is mended");
        return Ok(None);
    }
    Ok(Some(Snapshot { files: shelf.into_files(), version }))
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
