//! The effects: reading the site's folder, writing the published one, watching, serving.
//!
//! The only module besides `cli` that touches disks, clocks, processes and sockets. Knows
//! nothing of guides: files in, files out.
#![expect(
    clippy::disallowed_methods,
    reason = "this is where effects live; everything else is handed what it needs"
)]

pub mod builtin;
pub mod clock;
pub mod git;
pub mod output;
pub mod record;
pub mod replace;
pub mod server;
pub mod tree;
pub mod watcher;

use std::fmt;
use std::path::{Path, PathBuf};

/// A fault of the machine: what was tried, on which path, and what the system said.
#[derive(Debug)]
pub struct Error {
    /// What was tried, as in "cannot …": `write`.
    pub operation: &'static str,
    /// On what.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

impl Error {
    /// Ties an I/O error to what was tried on `path`.
    pub(crate) fn new(operation: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self { operation, path: path.to_owned(), source }
    }

    /// For `map_err`: ties an I/O error to what was tried on `path`.
    pub(crate) fn on(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { operation, path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.operation, self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
