//! What day it is, and the environment that may say otherwise.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::dates::{Day, Zone};

/// The day in `zone`: `SOURCE_DATE_EPOCH` (reproducible-builds.org) when it is set, else
/// now.
///
/// # Errors
/// The value of `SOURCE_DATE_EPOCH`, when it is no time.
pub fn today(zone: &Zone) -> Result<Day, String> {
    let named = std::env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty());
    match named.map(|text| text.to_string_lossy().into_owned()) {
        None => Ok(Day::at(now(), zone).unwrap_or(Day { year: 1970, month: 1, day: 1 })),
        Some(text) => text.parse().ok().and_then(|time| Day::at(time, zone)).ok_or(text),
    }
}

/// Seconds since 1970; 0 for a clock set before that.
fn now() -> i64 {
    i64::try_from(nanoseconds() / 1_000_000_000).unwrap_or(i64::MAX)
}

/// Nanoseconds since 1970; 0 for a clock set before that.
pub fn nanoseconds() -> i128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or(i128::MAX))
}

/// The time since this was first asked: for measuring.
pub fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// How many bytes of memory the program holds, where the system tells.
pub fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1_024)
}

/// Asks the system to show `address` in the reader's browser; without one, nothing happens.
pub fn open_in_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    // A machine without a browser still serves.
    let _ = std::process::Command::new(program).args(arguments).arg(address).spawn();
}
