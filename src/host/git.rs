//! When files were last changed, by git.
//!
//! One call of `git log` for the whole site. Without git, outside a repository or in a
//! shallow clone there is no answer, and the caller says so.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::dates::{Day, Zone};
use crate::paths::SitePath;

/// The days of the last commits, by path relative to the site.
#[derive(Debug, Default)]
pub struct Changed {
    /// By file.
    pub days: BTreeMap<SitePath, Day>,
    /// Whether the history is cut short.
    pub shallow: bool,
}

/// The commit that is checked out at `site`, and whether the history behind it is cut
/// short; empty outside a repository.
pub fn head(site: &Path) -> String {
    run(site, &["rev-parse", "HEAD", "--is-shallow-repository"])
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Asks git for the days of the files below `site`.
pub fn changed(site: &Path, zone: &Zone) -> Changed {
    let shallow = run(site, &["rev-parse", "--is-shallow-repository"])
        .is_some_and(|answer| answer.trim() == "true");
    if shallow {
        return Changed { shallow, ..Changed::default() };
    }
    let arguments = ["log", "--format=%x01%ct", "--name-only", "-z", "--relative", "--", "."];
    let log = run(site, &arguments).unwrap_or_default();
    Changed { days: read(&log, zone), shallow }
}

/// Reads `\x01SECONDS\0\nPATH\0PATH\0…`, the newest commit first.
fn read(log: &str, zone: &Zone) -> BTreeMap<SitePath, Day> {
    let mut days = BTreeMap::new();
    for commit in log.split('\u{1}').skip(1) {
        let (seconds, paths) = commit.split_once('\0').unwrap_or((commit, ""));
        let Some(day) = seconds.trim().parse().ok().and_then(|at| Day::at(at, zone)) else {
            continue;
        };
        for path in paths.split('\0').map(|path| path.trim_start_matches('\n')) {
            if let Some(path) = SitePath::new(path).filter(|path| !path.as_str().is_empty()) {
                days.entry(path).or_insert(day);
            }
        }
    }
    days
}

fn run(site: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(site).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_of_each_file_counts() {
        let log = "\u{1}1711929600\0\ncontent/a.md\0content/日本.md\0\0\u{1}0\0\ncontent/a.md\0";
        let days = read(log, &Zone::utc());
        let day = |path| days[&SitePath::new(path).expect("a good path")];
        assert_eq!(day("content/a.md"), Day { year: 2024, month: 4, day: 1 });
        assert_eq!(day("content/日本.md"), Day { year: 2024, month: 4, day: 1 });
    }
}
