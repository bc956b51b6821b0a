//! Tests of the whole: golden sites, the command line, promises, and the house rules.
//!
//! One binary, because each file straight under `tests/` would be linked by itself.

#![expect(clippy::disallowed_methods, reason = "tests make sites on the disk and run the program")]

mod asking;
mod cli;
mod hostile;
mod i18n;
mod incremental;
mod japanese;
mod language;
mod manual;
mod preview;
mod promises;
mod search;
mod sites;
mod tidy;
mod tokens;
mod translations;
mod watching;
