//! What the program says: on standard output what scripts read, on the error stream what
//! people read.
//!
//! Whoever reads may go away at any time (`| head -1`). Then nobody misses the rest, and
//! the exit code stays what it was: a stream that takes nothing more is no fault.

use std::io::Write;

/// Writes `text` to standard output.
pub(super) fn out(text: &str) {
    say(std::io::stdout().lock(), text);
}

/// Writes `text` and a line end to standard output.
pub(super) fn out_line(text: &str) {
    out(&format!("{text}\n"));
}

/// Writes `text` to the error stream.
pub(super) fn err(text: &str) {
    say(std::io::stderr().lock(), text);
}

/// Writes `text` and a line end to the error stream.
pub(super) fn err_line(text: &str) {
    err(&format!("{text}\n"));
}

fn say(mut stream: impl Write, text: &str) {
    // The reader is gone, or the disk behind a redirection is full: there is no other
    // place to say so.
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
