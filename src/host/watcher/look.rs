//! Finds changes by looking, where there are no events.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::concern::Concern;
use crate::host::tree::Stamp;
use crate::memo::Fingerprint;

/// How long after a file was written a second change may leave its time as it was: the
/// coarsest clock of a common file system (FAT) ticks every two seconds.
const FRESH: Duration = Duration::from_millis(2_100);

/// The files of all sources as they were last seen.
#[derive(Debug, Default)]
pub(super) struct Look(BTreeMap<PathBuf, Seen>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    stamp: Stamp,
    /// Of a file too fresh for its time to be trusted.
    contents: Option<Fingerprint>,
}

impl Look {
    /// Looks at all files, and gives those that are not as they were.
    pub(super) fn again(&mut self, concern: &Concern, now: SystemTime) -> BTreeSet<PathBuf> {
        let mut seen = BTreeMap::new();
        for source in &concern.sources {
            self.walk(source, concern, now, &mut seen);
        }
        let changed = seen.iter().filter(|(path, now)| match self.0.get(*path) {
            None => true,
            Some(was) if was.stamp != now.stamp => true,
            Some(was) => was.contents.is_some() && was.contents != now.contents,
        });
        let gone = self.0.keys().filter(|path| !seen.contains_key(*path));
        let differing = changed.map(|(path, _)| path).chain(gone).cloned().collect();
        for found in seen.values_mut() {
            if !is_fresh(found.stamp, now) {
                found.contents = None;
            }
        }
        self.0 = seen;
        differing
    }

    fn walk(
        &self,
        source: &Path,
        concern: &Concern,
        now: SystemTime,
        seen: &mut BTreeMap<PathBuf, Seen>,
    ) {
        // Links that lead in a circle are errors, which are passed over like all that cannot
        // be read just now.
        let mut entries = WalkDir::new(source).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry else { continue };
            let outside = entry.path_is_symlink() && !is_inside(&concern.root, entry.path());
            if entry.file_type().is_dir() {
                if outside || concern.skips(entry.path()) {
                    entries.skip_current_dir();
                }
                continue;
            }
            let Ok(data) = entry.metadata() else { continue };
            if !concern.has(entry.path()) {
                continue;
            }
            let path = entry.into_path();
            let stamp = Stamp::of(&data);
            let was_fresh = self.0.get(&path).is_some_and(|was| was.contents.is_some());
            let contents = match was_fresh || is_fresh(stamp, now) {
                // A file that cannot be read is another when it can.
                true => std::fs::read(&path).ok().map(|bytes| Fingerprint::of_bytes(&bytes)),
                false => None,
            };
            seen.insert(path, Seen { stamp, contents });
        }
    }
}

fn is_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|path| path.starts_with(root))
}

fn is_fresh(stamp: Stamp, now: SystemTime) -> bool {
    let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    let age = i128::try_from(now).unwrap_or(i128::MAX) - stamp.modified;
    // The clock of a file server may be ahead, but not by much.
    let window = i128::try_from(FRESH.as_nanos()).expect("some seconds");
    age < window && age > -window * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_differs_is_seen_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = crate::host::output::resolved(folder.path());
        let file = |name: &str| root.join("content").join(name);
        std::fs::create_dir_all(file("a")).expect("a folder");
        std::fs::write(file("a/手順.md"), "一").expect("a file");
        std::fs::write(file("b.md"), "b").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("..", file("a/loop")).expect("a link");
        let sources = vec![root.join("content"), root.join("shirube.yaml")];
        let concern = Concern { root: root.clone(), skip: Vec::new(), sources };
        let mut look = Look::default();
        let mut again = || look.again(&concern, SystemTime::now());
        assert_eq!(again().len(), 2);
        assert_eq!(again(), BTreeSet::new());
        // Of the same length and, as on coarse clocks, of the same time.
        let time = std::fs::metadata(file("a/手順.md")).and_then(|data| data.modified());
        std::fs::write(file("a/手順.md"), "二").expect("a file");
        let written = std::fs::File::options().write(true).open(file("a/手順.md")).expect("a file");
        written.set_modified(time.expect("a time")).expect("a time");
        assert_eq!(again(), BTreeSet::from([file("a/手順.md")]));
        std::fs::rename(file("b.md"), file("c.md")).expect("a file");
        std::fs::write(root.join("shirube.yaml"), "title: x").expect("a file");
        std::fs::write(root.join("other.log"), "x").expect("a file");
        let want = [file("b.md"), file("c.md"), root.join("shirube.yaml")];
        assert_eq!(again(), BTreeSet::from(want));
        assert_eq!(again(), BTreeSet::new());
    }
}
