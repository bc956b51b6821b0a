//! `shirube check`: everything that is wrong with the site; writes nothing.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;

use super::args::{CheckArgs, Format};
use super::build::{broken_pictures, file_of, path_of, refused};
use super::progress::Progress;
use super::report::{self, Tally};
use super::site::{Loaded, Site};
use super::words::Words;
use super::{Failure, streams};
use crate::diagnostic::Severity;
use crate::emit::{Output, Sink};
use crate::host::{clock, output};
use crate::memo::Counters;
use crate::paths::{OutputPath, SitePath};
use crate::pipeline;

/// Makes every picture, to find the broken ones, and keeps none.
struct DryRun<'a> {
    site: &'a Path,
    faults: Mutex<Vec<(SitePath, String)>>,
}

impl Sink for DryRun<'_> {
    fn put(&self, _: &OutputPath, output: Output) {
        if let Output::Derive { source, recipe } = output
            && let Ok(Err(reason)) = output::derived(self.site, &source, recipe)
        {
            self.faults
                .lock()
                .expect("nothing panics while it holds the lock")
                .push((source, reason));
        }
    }
}

pub(super) fn run(
    named: Option<&Path>,
    args: &CheckArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let options = site.options(&args.show)?;
    let out = site.out(None);
    let refusal = output::refusal(&out, &site.root, &site.sources())?;
    let listed = site.list(&out)?;
    let counters = Counters::new(clock::elapsed);
    let progress = Progress::start(&counters);
    let Loaded { config, inputs } = site.load(&listed);
    let sink = DryRun { site: &site.root, faults: Mutex::default() };
    let mut diagnostics = pipeline::build(&inputs, config, &options, &sink, &counters).diagnostics;
    let faults = sink.faults.into_inner().expect("nothing panics while it holds the lock");
    diagnostics.extend(broken_pictures(&faults, &inputs, &site.config));
    diagnostics.extend(refusal.map(|refusal| refused(&refusal, &out)));
    diagnostics.extend(site.fault());
    drop(progress);
    let sorted = report::sorted(diagnostics, &|id| path_of(&inputs, id));
    match args.format {
        Format::Json => {
            streams::out(&report::json_lines(&sorted, &|id| file_of(&inputs, id)));
        }
        Format::Text => {
            streams::err(&report::terminal(
                &sorted,
                &|id| file_of(&inputs, id),
                colour,
                words.lang(),
            ));
            streams::err_line(&Tally::of(&sorted).text(words));
        }
    }
    let worst = if args.show.strict { Severity::Warning } else { Severity::Error };
    Ok(ExitCode::from(u8::from(sorted.iter().any(|fault| fault.severity <= worst))))
}
