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
pub mod dashboard;
pub mod editor;
mod escape;
mod explain;
pub mod hexo;
mod i18n;
mod init;
mod new;
mod panel;
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

use words::Message;
pub use words::{Lang, Words};

/// Why a command could not run.
#[derive(Debug)]
enum Failure {
    /// The machine refused.
    Host(crate::host::Error),
    /// The command makes no sense here: what, and what to do.
    Said(Message),
    /// The same, said already.
    Usage(String),
}

impl Failure {
    /// What is wrong, in somebody's language.
    fn text(&self, words: &Words) -> String {
        match self {
            Failure::Host(error) => refused(error, words),
            Failure::Said(message) => words.say(message),
            Failure::Usage(message) => message.clone(),
        }
    }
}

/// What the machine refused, in somebody's language.
fn refused(error: &crate::host::Error, words: &Words) -> String {
    let reason = report::phrase(&error.source.to_string(), words.lang());
    let message = Message::new("host-failed")
        .with("operation", error.operation.replace(' ', "-"))
        .shown("path", error.path.display())
        .with("reason", reason);
    words.say(&message)
}

impl From<Message> for Failure {
    fn from(message: Message) -> Self {
        Failure::Said(message)
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
    let lang = arguments
        .lang
        .unwrap_or_else(|| Lang::of_environment(|name| std::env::var(name).ok(), system_language));
    let words = Words::new(lang);
    let site = arguments.site.as_deref();
    let done = match arguments.command {
        Command::Init(init) => init::run(&init, &words),
        Command::New(new) => new::run(site, &new.what, &words),
        Command::Build(build) => build::run(site, &build, colour, &words),
        Command::Serve(serve) => serve::run(site, &serve, colour, &words),
        Command::Check(check) => check::run(site, &check, colour, &words),
        Command::Search(search) => {
            search::run(site, &search, coloured(arguments.color, &std::io::stdout()), &words)
        }
        Command::I18n(i18n) => {
            i18n::run(site, &i18n.what, coloured(arguments.color, &std::io::stdout()), &words)
        }
        Command::Explain(explain) => explain::run(explain.code.as_deref(), &words),
    };
    done.unwrap_or_else(|failure| {
        streams::err_line(&words.text("failed", &[("reason", failure.text(&words).into())]));
        ExitCode::from(2)
    })
}

/// The language of the user's system, where the environment does not name it.
#[cfg(windows)]
fn system_language() -> Option<String> {
    sys_locale::get_locale()
}

#[cfg(not(windows))]
fn system_language() -> Option<String> {
    None
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
