//! `shirube build`: the published folder, replaced in one step or not at all.

use std::path::Path;
use std::process::ExitCode;

use super::args::BuildArgs;
use super::progress::Progress;
use super::report::{self, Tally};
use super::site::{Loaded, Site};
use super::words::{Lang, Message, Words};
use super::{Failure, streams};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Reach, Severity, code};
use crate::host::output::{self, Note, Refusal, Staging, Written};
use crate::host::record::{self, Said};
use crate::host::{clock, tree::Listed};
use crate::input::Inputs;
use crate::memo::{Counters, Fingerprint};
use crate::paths::SitePath;
use crate::pipeline::{self, Options};

pub(super) fn run(
    named: Option<&Path>,
    args: &BuildArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let options = site.options(&args.show)?;
    let out = site.out(args.out.as_deref());
    let misplaced = output::misplaced(&out, &site.root, &site.sources());
    let key = key(&site, &options, args.show.strict, words.lang());
    let began = clock::nanoseconds();
    let listed = site.list(&out)?;
    // A folder that is as the record says holds nothing of others.
    if misplaced.is_none()
        && let Some(said) = record::replay(&site.root, &out, &key, &listed)
    {
        return Ok(again(&said, args.stats, colour, words));
    }
    let waiting = || streams::err_line(&words.text("build-waiting", &[]));
    let lock = record::lock(&site.root, waiting);
    let refusal = match misplaced {
        Some(refusal) => Some(refusal),
        None => output::occupied(&out)?,
    };
    let built = build(&site, &listed, &out, &options, refusal, args.show.strict, words)?;
    streams::err(if colour { &built.said.coloured } else { &built.said.plain });
    streams::err(&built.summary);
    let noted = match (&lock, &built.written) {
        (Ok(_), Some(_)) => {
            record::note(&site.root, &out, &key, &listed, began, built.said.clone())
        }
        _ => Ok(()),
    };
    for note in built.written.iter().flat_map(|done| &done.notes) {
        streams::err_line(&words.text("note", &[("text", told(note, words).into())]));
    }
    // Without notes a build takes longer the next time; that is all.
    if let Some(error) = lock.err().or(noted.err()) {
        let reason = super::refused(&error, words);
        let text = words.text("build-no-notes", &[("reason", reason.into())]);
        streams::err_line(&words.text("note", &[("text", text.into())]));
    }
    print_stats(args.stats, &built.said.stats, &built.written.unwrap_or_default());
    Ok(ExitCode::from(built.said.exit))
}

/// What, besides the files, a build's result depends on.
fn key(site: &Site, options: &Options, strict: bool, lang: Lang) -> String {
    let program = (env!("CARGO_PKG_VERSION"), record::program(), lang);
    let theme = crate::host::builtin::fingerprint();
    Fingerprint::of(&(program, theme, options, strict, site.head())).hex()
}

struct Built {
    said: Said,
    /// What was done, for people.
    summary: String,
    written: Option<Written>,
}

fn build(
    site: &Site,
    listed: &[Listed],
    out: &Path,
    options: &Options,
    refusal: Option<Refusal>,
    strict: bool,
    words: &Words,
) -> Result<Built, Failure> {
    let counters = Counters::new(clock::elapsed);
    let progress = Progress::start(&counters);
    let Loaded { config, inputs } = counters.time("read", listed.len(), || site.load(listed));
    let staging = match &refusal {
        None => Some(Staging::begin(&site.root, out)?),
        Some(_) => None,
    };
    let nothing = crate::emit::Nothing;
    let sink: &dyn crate::emit::Sink = staging.as_ref().map_or(&nothing, |staging| staging);
    let outcome = pipeline::build(&inputs, config, options, sink, &counters);
    let mut diagnostics = outcome.diagnostics;
    diagnostics.extend(refusal.map(|refusal| refused(&refusal, out)));
    diagnostics.extend(site.fault());
    if let Some(staging) = &staging {
        diagnostics.extend(broken_pictures(&staging.faults(), &inputs, &site.config));
    }
    let blocked = diagnostics.iter().any(|fault| blocks(fault, strict));
    let written = match staging {
        Some(staging) if !blocked => Some(counters.time("write", 1, || staging.commit())?),
        _ => None,
    };
    let written = match written {
        None => None,
        Some(Ok(done)) => Some(done),
        Some(Err(refusal)) => {
            diagnostics.push(refused(&refusal, out));
            None
        }
    };
    let sorted = report::sorted(diagnostics, &|id| path_of(&inputs, id));
    let blocked = sorted.iter().any(|fault| blocks(fault, strict));
    drop(progress);
    let exit = u8::from(blocked || sorted.iter().any(|fault| fault.severity == Severity::Error));
    let summary = summary(&sorted, &inputs, outcome.pages, written.as_ref(), out, strict, words);
    let text = |colour| report::terminal(&sorted, &|id| file_of(&inputs, id), colour, words.lang());
    let tally = Tally::of(&sorted).text(words);
    let files = written.as_ref().map_or(0, |done| done.written + done.copied + done.unchanged);
    let stats = stats(outcome.pages, files, &counters, &sorted);
    let said = Said { plain: text(false), coloured: text(true), exit, stats, tally };
    Ok(Built { said, summary, written })
}

/// Whether a diagnostic keeps the former site in place.
pub(super) fn blocks(fault: &Diagnostic, strict: bool) -> bool {
    match fault.severity {
        Severity::Error => strict || fault.code.reach() == Reach::Whole,
        Severity::Warning => strict,
        Severity::Note => false,
    }
}

/// The path of a file, for sorting and showing.
pub(super) fn path_of(inputs: &Inputs, id: crate::text::FileId) -> Option<&str> {
    inputs.file(id).map(|file| file.path.as_str())
}

/// Path and text of a file, for showing.
pub(super) fn file_of(inputs: &Inputs, id: crate::text::FileId) -> Option<(&str, &str)> {
    let file = inputs.file(id)?;
    Some((file.path.as_str(), inputs.text(id).unwrap_or_default()))
}

/// Pictures that could be found but not published: their bytes are cut or wrong.
/// The site's own level for that is applied.
pub(super) fn broken_pictures(
    faults: &[(SitePath, String)],
    inputs: &Inputs,
    config: &Config,
) -> Vec<Diagnostic> {
    let level = match config.levels.get(code::NOT_AN_IMAGE.name()) {
        None => code::NOT_AN_IMAGE.severity(),
        Some((_, Some(level))) => *level,
        Some((_, None)) => return Vec::new(),
    };
    let fault = |(path, reason): &(SitePath, String)| {
        let place = inputs.files.iter().find(|file| file.path == *path);
        Diagnostic::new(
            code::NOT_AN_IMAGE,
            place.map_or(Place::Site, |file| Place::File(file.id)),
            "the picture `{path}` is broken: {reason}",
        )
        .severity(level)
        .with("path", path)
        .with("reason", reason)
        .help("it is not published, since what it may hide cannot be removed; save it again")
    };
    faults.iter().map(fault).collect()
}

/// Why the output folder cannot be used.
pub(super) fn refused(refusal: &Refusal, out: &Path) -> Diagnostic {
    let shown = out.display();
    match refusal {
        Refusal::CoversSources(source) => Diagnostic::new(
            code::UNSAFE_OUTPUT,
            Place::Site,
            "the output folder `{out}` and `{source}`, which the site is made from, lie in one another",
        )
        .with("out", shown)
        .with("source", source.display())
        .help("choose a folder of its own, such as `public`"),
        Refusal::NotAFolder => {
            Diagnostic::new(code::UNSAFE_OUTPUT, Place::Site, "the output `{out}` is a file, not a folder")
                .with("out", shown)
                .help("choose another folder, or move the file away")
        }
        Refusal::LeadsNowhere => {
            Diagnostic::new(code::UNSAFE_OUTPUT, Place::Site, "the output `{out}` is a link to a folder that does not exist")
                .with("out", shown)
                .help("make the folder that it leads to, or remove the link")
        }
        Refusal::Foreign(files) => Diagnostic::new(
            code::FOREIGN_OUTPUT,
            Place::Site,
            "the output folder `{out}` holds files that no build of this program wrote: {files}",
        )
        .with("out", shown)
        .with("files", files.join(", "))
        .help("move them away (files that belong to the site go into `static/`), or choose another folder"),
    }
}

fn summary(
    sorted: &[Diagnostic],
    inputs: &Inputs,
    pages: u64,
    written: Option<&Written>,
    out: &Path,
    strict: bool,
    words: &Words,
) -> String {
    let tally = Tally::of(sorted).text(words);
    if let Some(done) = written {
        let message = Message::new("build-done")
            .with("pages", pages)
            .shown("out", out.display())
            .with("written", done.written + done.copied)
            .with("unchanged", done.unchanged)
            .with("removed", done.removed)
            .with("tally", tally);
        return words.say(&message) + "\n";
    }
    let mut reasons: Vec<String> = sorted
        .iter()
        .filter(|fault| blocks(fault, strict))
        .map(|fault| reason(fault, inputs, words))
        .collect();
    let more = reasons.len().saturating_sub(3);
    reasons.truncate(3);
    let kept = match more {
        0 => Message::new("build-kept"),
        _ => Message::new("build-kept-more").with("more", more),
    };
    words.say(&kept.with("reasons", words.join(&reasons)).with("tally", tally)) + "\n"
}

/// A fault that kept the former site in place, in a few words.
fn reason(fault: &Diagnostic, inputs: &Inputs, words: &Words) -> String {
    let file = fault.place.file().and_then(|id| path_of(inputs, id));
    let code = fault.code.name();
    file.map_or(code.to_owned(), |file| {
        words.text("build-reason", &[("code", code.into()), ("file", file.into())])
    })
}

/// What was found on the way to the published folder.
fn told(note: &Note, words: &Words) -> String {
    let message = match note {
        Note::Stepwise(path) => Message::new("output-stepwise").shown("path", path.display()),
        Note::LeftOver(path) => Message::new("output-left").shown("path", path.display()),
        Note::InUse(path) => Message::new("output-in-use").shown("path", path.display()),
        Note::NotCleared(path, reason) => Message::new("output-not-cleared")
            .shown("path", path.display())
            .with("reason", report::phrase(reason, words.lang())),
    };
    words.say(&message)
}

fn again(said: &Said, stats: bool, colour: bool, words: &Words) -> ExitCode {
    streams::err(if colour { &said.coloured } else { &said.plain });
    let mut site: serde_json::Value =
        serde_json::from_str(&said.stats).expect("the statistics were written by this program");
    let message = Message::new("build-unchanged")
        .with("pages", site["pages"].as_u64().unwrap_or(0))
        .with("tally", said.tally.clone());
    streams::err_line(&words.say(&message));
    let files = site["files"].as_u64().unwrap_or(0);
    site["milliseconds"] = serde_json::json!({});
    for stage in site["stages"].as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
        let runs = stage["runs"].take();
        *stage = serde_json::json!({ "runs": 0, "reuses": runs });
    }
    print_stats(stats, &site.to_string(), &Written { unchanged: files, ..Written::default() });
    ExitCode::from(said.exit)
}

fn stats(pages: u64, files: u64, counters: &Counters, sorted: &[Diagnostic]) -> String {
    let tally = Tally::of(sorted);
    let stages = counters.counts();
    let milliseconds: serde_json::Map<_, _> = stages
        .iter()
        .map(|(stage, count)| ((*stage).to_owned(), (count.time.as_secs_f64() * 1e3).into()))
        .collect();
    let runs: serde_json::Map<_, _> = stages
        .iter()
        .map(|(stage, count)| {
            ((*stage).to_owned(), serde_json::json!({ "runs": count.runs, "reuses": count.reuses }))
        })
        .collect();
    serde_json::json!({
        "pages": pages,
        "files": files,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "milliseconds": milliseconds,
        "stages": runs,
    })
    .to_string()
}

/// The last line of standard output, when it was asked for.
fn print_stats(wanted: bool, stats: &str, written: &Written) {
    if !wanted {
        return;
    }
    let mut stats: serde_json::Value =
        serde_json::from_str(stats).expect("the statistics were written by this program");
    stats["bytes_written"] = written.bytes.into();
    stats["files_written"] = written.written.into();
    stats["files_copied"] = written.copied.into();
    stats["files_unchanged"] = written.unchanged.into();
    streams::out_line(&stats.to_string());
}
