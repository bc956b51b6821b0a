//! What has come in and not been told yet, and how long to wait for more of it.
//!
//! Knows no clock: the time is handed in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Changes;

/// How long nothing must come before a handful of changes counts as complete.
const QUIET: Duration = Duration::from_millis(4);

/// The same for many at once: a checkout, a search and replace.
const QUIET_BURST: Duration = Duration::from_millis(40);

/// The same when a file is gone or empty: it is about to be written again.
const QUIET_UNFINISHED: Duration = Duration::from_millis(30);

/// From how many changes on they are a burst.
const BURST: usize = 12;

/// However much comes, it is told after this long.
const LONGEST: Duration = Duration::from_millis(500);

/// When a folder that has come is told of again. What was written into it before it was
/// watched made no event.
const AGAIN: Duration = Duration::from_millis(120);

#[derive(Debug, Default)]
pub(super) struct Pending {
    paths: BTreeSet<PathBuf>,
    /// Folders among them that are told for the second time.
    again: BTreeSet<PathBuf>,
    /// Those that went away; another may stand in its place.
    gone: BTreeSet<PathBuf>,
    lost: bool,
    woken: bool,
    /// When the first and the last came in.
    times: Option<(Instant, Instant)>,
    later: BTreeMap<PathBuf, Instant>,
}

impl Pending {
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.lost && !self.woken
    }

    pub(super) fn add(&mut self, path: PathBuf, gone: bool, now: Instant) {
        self.came(now);
        self.again.remove(&path);
        if gone {
            self.gone.insert(path.clone());
        }
        self.paths.insert(path);
    }

    /// Something has changed, and nobody knows what.
    pub(super) fn lose(&mut self, now: Instant) {
        self.came(now);
        self.lost = true;
    }

    /// There is something to say about the watch itself.
    pub(super) fn wake(&mut self) {
        self.woken = true;
    }

    fn came(&mut self, now: Instant) {
        let first = self.times.map_or(now, |(first, _)| first);
        self.times = Some((first, now));
    }

    /// Tells of the folders among `paths` once more, later.
    pub(super) fn look_again(&mut self, paths: &BTreeSet<PathBuf>, now: Instant) {
        for path in paths.iter().filter(|path| path.is_dir()) {
            if !self.again.remove(path) {
                self.later.insert(path.clone(), now + AGAIN);
            }
        }
        self.again.clear();
    }

    /// When what has come in may be told; `None` when there is nothing.
    pub(super) fn ready_at(&mut self, now: Instant) -> Option<Instant> {
        let due: Vec<_> =
            self.later.iter().filter(|(_, at)| **at <= now).map(|(path, _)| path.clone()).collect();
        for path in due {
            self.later.remove(&path);
            if self.paths.insert(path.clone()) {
                self.again.insert(path);
            }
        }
        let Some((first, last)) = self.times else {
            return if self.is_empty() { self.later.values().min().copied() } else { Some(now) };
        };
        let quiet = match self.paths.len() {
            BURST.. => QUIET_BURST,
            _ if self.lost => QUIET_BURST,
            _ => QUIET,
        };
        let ready = last + quiet;
        let ready = match ready <= now && quiet == QUIET && self.paths.iter().any(is_unfinished) {
            true => last + QUIET_UNFINISHED,
            false => ready,
        };
        Some(ready.min(first + LONGEST))
    }

    /// What has come in, and which of it went away.
    pub(super) fn take(&mut self) -> (Changes, BTreeSet<PathBuf>) {
        let paths = std::mem::take(&mut self.paths);
        let gone = std::mem::take(&mut self.gone);
        self.times = None;
        self.woken = false;
        match std::mem::take(&mut self.lost) {
            true => (Changes::Rescan, gone),
            false => (Changes::Paths(paths), gone),
        }
    }
}

/// Whether a file is between two states: emptied, or moved aside for another that is not
/// there yet. What editors make for a moment only is not waited for.
fn is_unfinished(path: &PathBuf) -> bool {
    match std::fs::metadata(path) {
        Ok(data) => data.is_file() && data.len() == 0,
        Err(_) => !is_passing(path),
    }
}

fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ends = ["~", ".tmp", ".bak", ".part"];
    // Vim tries with 4913 whether it may write into a folder.
    name.starts_with(['.', '#', '~'])
        || ends.iter().any(|end| name.ends_with(end))
        || name.bytes().all(|byte| byte.is_ascii_digit())
        || name.contains("___jb_")
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_handful_settles_at_once_and_a_burst_is_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("手順.md");
        std::fs::write(&path, "x").expect("a file");
        let (mut pending, start) = (Pending::default(), Instant::now());
        assert_eq!(pending.ready_at(start), None);
        pending.add(path.clone(), false, start);
        assert_eq!(pending.ready_at(start), Some(start + ms(4)));
        pending.add(path.clone(), false, start + ms(3));
        assert_eq!(pending.ready_at(start + ms(8)), Some(start + ms(7)));
        let want = BTreeSet::from([path]);
        assert_eq!(pending.take().0, Changes::Paths(want));
        assert!(pending.is_empty());
        for n in 0..600_u64 {
            pending.add(folder.path().join(n.to_string()), false, start + ms(n));
            let ready = pending.ready_at(start + ms(n)).expect("something came");
            assert!(ready <= start + ms(500));
            assert!(n < 12 || ready > start + ms(n) || n >= 500);
        }
    }

    #[test]
    fn a_file_that_is_empty_or_away_for_a_moment_is_waited_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, start) = (folder.path().join("a.md"), Instant::now());
        std::fs::write(&path, "").expect("a file");
        let mut pending = Pending::default();
        pending.add(path.clone(), false, start);
        assert_eq!(pending.ready_at(start + ms(4)), Some(start + ms(30)));
        std::fs::write(&path, "x").expect("a file");
        pending.add(path.clone(), false, start + ms(10));
        assert_eq!(pending.ready_at(start + ms(14)), Some(start + ms(14)));
        std::fs::rename(&path, folder.path().join("a.md~")).expect("a file");
        assert_eq!(pending.ready_at(start + ms(14)), Some(start + ms(40)));
        pending.take();
        pending.add(folder.path().join("4913"), true, start);
        pending.add(folder.path().join("gone.md~"), true, start);
        assert_eq!(pending.ready_at(start + ms(4)), Some(start + ms(4)));
    }

    #[test]
    fn what_was_lost_is_looked_for_everywhere_and_folders_twice() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (mut pending, start) = (Pending::default(), Instant::now());
        pending.lose(start);
        pending.add(folder.path().to_owned(), false, start);
        assert_eq!(pending.take().0, Changes::Rescan);
        pending.add(folder.path().to_owned(), false, start);
        let (Changes::Paths(paths), _) = pending.take() else { panic!("nothing was lost") };
        pending.look_again(&paths, start);
        assert!(pending.is_empty());
        assert_eq!(pending.ready_at(start), Some(start + ms(120)));
        assert_eq!(pending.ready_at(start + ms(120)), Some(start + ms(120)));
        assert_eq!(pending.take().0, Changes::Paths(paths.clone()));
        pending.look_again(&paths, start + ms(121));
        assert_eq!(pending.ready_at(start + ms(900)), None);
    }

    #[test]
    fn news_of_the_watch_itself_are_changes_of_nothing() {
        let (mut pending, start) = (Pending::default(), Instant::now());
        pending.wake();
        assert_eq!(pending.ready_at(start), Some(start));
        assert_eq!(pending.take().0, Changes::Paths(BTreeSet::new()));
        assert_eq!(pending.ready_at(start), None);
    }
}
