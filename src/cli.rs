//! The program as people and CI meet it: arguments in, streams and an exit code out.
//!
//! Joins `host` (the machine) and `pipeline` (the build). Exit codes: 0 done; 1 the site
//! has errors, or a search found nothing; 2 could not run. Diagnostics and progress go to
//! the error stream.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the edge that talks to people and to the machine"
)]

mod args;
mod build;
mod check;
mod explain;
pub mod hexo;
mod init;
mod new;
mod progress;
mod questions;
pub mod report;
mod search;
mod serve;
mod site;
mod streams;
mod words;

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Colour, Command};

pub use words::Lang;
use words::Words;

/// Why a command could not run.
#[derive(Debug)]
enum Failure {
    /// The machine refused.
    Host(crate::host::Error),
    /// The command makes no sense here: what, and what to do.
    Usage(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Host(error) => error.fmt(f),
            Failure::Usage(message) => f.write_str(message),
        }
    }
}

impl From<crate::host::Error> for Failure {
    fn from(error: crate::host::Error) -> Self {
        Failure::Host(error)
    }
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // A closed pipe is the only way this fails, and then nobody reads.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let colour = coloured(arguments.color, &std::io::stderr());
    let lang =
        arguments.lang.unwrap_or_else(|| Lang::of_environment(|name| std::env::var(name).ok()));
    let words = Words::new(lang);
    let site = arguments.site.as_deref();
    let done = match arguments.command {
        Command::Init(init) => init::run(&init),
        Command::New(new) => new::run(site, &new.what),
        Command::Build(build) => build::run(site, &build, colour, &words),
        Command::Serve(serve) => serve::run(site, &serve, colour, &words),
        Command::Check(check) => check::run(site, &check, colour, &words),
        Command::Search(search) => {
            search::run(site, &search, coloured(arguments.color, &std::io::stdout()))
        }
        Command::Explain(explain) => explain::run(explain.code.as_deref()),
    };
    done.unwrap_or_else(|failure| {
        streams::err_line(&format!("shirube: {failure}"));
        ExitCode::from(2)
    })
}

/// Whether what is written to `stream` is coloured.
fn coloured(wanted: Colour, stream: &impl IsTerminal) -> bool {
    match wanted {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}
