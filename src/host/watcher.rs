//! Tells when something that a site is made from changes.
//!
//! Only the folders of sources are watched, and those that they may yet appear in: a
//! system's watches are few, and a repository or a cache beside them may be large.
//! An event is a hint and nothing more: whoever listens reads the files again. Where a
//! file system sends no events, or on demand, the folder is looked at in intervals.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime};

use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing must happen before a change counts as complete.
const SETTLE: Duration = Duration::from_millis(15);

/// How often the folder is looked at where events are not to be had.
const INTERVAL: Duration = Duration::from_millis(700);

/// A site under watch.
pub struct Watch {
    events: Receiver<()>,
    watcher: Box<dyn Watcher>,
    root: PathBuf,
    /// What is watched: how, and since when it exists, which tells a folder from another
    /// that took its place.
    watched: BTreeMap<PathBuf, (RecursiveMode, Option<SystemTime>)>,
    /// What changes must have to do with.
    sources: Arc<RwLock<Vec<PathBuf>>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// Begins to watch `sources` below `site`, whether they exist yet or not, but for what
/// lies in `skip`.
///
/// # Errors
/// When the system refuses to watch.
pub fn watch(
    site: &Path,
    sources: &[PathBuf],
    skip: &[&Path],
    poll: bool,
) -> Result<Watch, notify::Error> {
    let (sender, events) = channel();
    let root = super::output::resolved(site);
    let skip: Vec<_> = skip.iter().map(|path| super::output::resolved(path)).collect();
    let shared = Arc::<RwLock<Vec<PathBuf>>>::default();
    let (around, known) = (root.clone(), Arc::clone(&shared));
    let notice = move |event: notify::Result<notify::Event>| {
        let sources = known.read().expect("nothing panics while it holds the lock");
        let concerns =
            |path: &PathBuf| is_concerned(path, &around, &sources) && !is_skipped(path, &skip);
        let matters = event.is_ok_and(|event| {
            let touched = event.paths.is_empty() || event.paths.iter().any(concerns);
            touched && !matches!(event.kind, EventKind::Access(_))
        });
        if matters {
            // The listener is gone when the preview ends.
            let _ = sender.send(());
        }
    };
    let watcher: Box<dyn Watcher> = if poll {
        let config = Config::default().with_poll_interval(INTERVAL).with_compare_contents(true);
        Box::new(PollWatcher::new(notice, config)?)
    } else {
        Box::new(RecommendedWatcher::new(notice, Config::default())?)
    };
    let mut watch = Watch { events, watcher, root, watched: BTreeMap::new(), sources: shared };
    watch.follow(sources)?;
    Ok(watch)
}

/// Whether a change lies in a source, or is of a folder around one. A log that is written
/// beside the sources must not make builds that write into the log.
fn is_concerned(path: &Path, root: &Path, sources: &[PathBuf]) -> bool {
    path != root
        && sources.iter().any(|source| path.starts_with(source) || source.starts_with(path))
}

/// Whether a change is of no interest: in a published folder or one in the making, or in
/// a repository's own files.
fn is_skipped(path: &Path, skip: &[PathBuf]) -> bool {
    skip.iter().any(|skip| path.starts_with(skip))
        || path.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name == ".git" || name.contains(".shirube-")
        })
}

/// What tells a folder from another of the same name.
fn born(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|data| data.created()).ok()
}

impl Watch {
    /// Watches these sources from now on: settings may name others, folders come and go.
    ///
    /// # Errors
    /// When the system refuses to watch; the rest is watched nevertheless.
    pub fn follow(&mut self, sources: &[PathBuf]) -> Result<(), notify::Error> {
        let sources: Vec<_> = sources.iter().map(|path| super::output::resolved(path)).collect();
        let wanted = self.wanted(&sources);
        *self.sources.write().expect("nothing panics while it holds the lock") = sources;
        for path in self.watched.keys().filter(|path| wanted.get(*path) != self.watched.get(*path))
        {
            // It may be gone, and its watch with it.
            let _ = self.watcher.unwatch(path);
        }
        let mut refused = Ok(());
        let mut watched = BTreeMap::new();
        for (path, how) in wanted {
            let begun = match self.watched.get(&path) == Some(&how) {
                true => Ok(()),
                false => self.watcher.watch(&path, how.0),
            };
            match begun {
                Ok(()) => {
                    watched.insert(path, how);
                }
                // It went away just now; the folder around it tells when it comes back.
                Err(_) if !path.exists() => {}
                Err(error) => refused = Err(error),
            }
        }
        self.watched = watched;
        refused
    }

    fn wanted(
        &self,
        sources: &[PathBuf],
    ) -> BTreeMap<PathBuf, (RecursiveMode, Option<SystemTime>)> {
        let mut wanted = BTreeMap::new();
        let mut add = |path: &Path, mode| {
            let known = wanted.entry(path.to_owned()).or_insert((mode, born(path)));
            if mode == RecursiveMode::Recursive {
                known.0 = mode;
            }
        };
        add(&self.root, RecursiveMode::NonRecursive);
        for source in sources {
            if source.is_dir() {
                add(source, RecursiveMode::Recursive);
            }
            // Where it comes, goes, or is replaced.
            let around = source.ancestors().skip(1).take_while(|path| path.starts_with(&self.root));
            around
                .filter(|path| path.is_dir())
                .for_each(|path| add(path, RecursiveMode::NonRecursive));
        }
        wanted
    }

    /// Waits for a change and until it has settled; `false` when the watch has ended.
    pub fn wait(&self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        loop {
            match self.events.recv_timeout(SETTLE) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_come_and_are_replaced_are_followed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = super::super::output::resolved(folder.path());
        std::fs::create_dir_all(root.join("content/a")).expect("a folder");
        std::fs::create_dir_all(root.join(".git/objects")).expect("a folder");
        let sources = [root.join("content"), root.join("docs/static"), root.join("shirube.yaml")];
        let mut watch = watch(&root, &sources, &[], false).expect("a watch");
        let names = |watch: &Watch| -> Vec<String> {
            let name = |path: &PathBuf| {
                path.strip_prefix(&root).expect("below").to_string_lossy().into_owned()
            };
            watch.watched.keys().map(name).collect()
        };
        assert_eq!(names(&watch), ["", "content"]);
        std::fs::create_dir_all(root.join("docs/static")).expect("a folder");
        assert!(watch.wait());
        watch.follow(&sources).expect("a watch");
        assert_eq!(names(&watch), ["", "content", "docs", "docs/static"]);
        while watch.events.try_recv().is_ok() {}
        std::fs::write(root.join("docs/static/x.txt"), "x").expect("a file");
        assert!(watch.wait());
        let concerned = |path: &str| is_concerned(&root.join(path), &root, &sources);
        assert!(concerned("content/a/b.md") && concerned("docs") && concerned("shirube.yaml"));
        assert!(!concerned("serve.log") && !concerned("docs/other") && !concerned(""));
        assert!(is_skipped(&root.join(".git/index"), &[]));
        assert!(is_skipped(&root.join(".public.shirube-next/a.html"), &[]));
        assert!(!is_skipped(&root.join("content/.gitkeep"), &[]));
    }
}
