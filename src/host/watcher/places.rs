//! The folders that the system watches for us.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::host::record;

/// How a folder is watched, and what tells it from another that took its place.
type How = (RecursiveMode, Identity);

pub(super) struct Places {
    pub(super) root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    watched: BTreeMap<PathBuf, How>,
    /// Links in sources that lead to folders of the site; others are no part of it.
    links: BTreeSet<PathBuf>,
}

impl Places {
    pub(super) fn new(root: PathBuf, watcher: Option<RecommendedWatcher>) -> Self {
        Self { root, watcher, watched: BTreeMap::new(), links: BTreeSet::new() }
    }

    /// The system has dropped its watch of what is gone.
    pub(super) fn forget(&mut self, gone: &BTreeSet<PathBuf>) {
        for path in gone {
            if self.watched.remove(path).is_some()
                && let Some(watcher) = &mut self.watcher
            {
                // It is gone, and its watch with it.
                let _ = watcher.unwatch(path);
            }
        }
    }

    /// All is to be watched anew: the site's folder was away.
    pub(super) fn forget_all(&mut self) {
        let all = self.watched.keys().cloned().collect();
        self.forget(&all);
    }

    /// Notes which of these are links to folders of the site.
    pub(super) fn link(&mut self, paths: &BTreeSet<PathBuf>) {
        for path in paths {
            let is_link = path.is_symlink() && path.is_dir() && self.stays_inside(path);
            match is_link {
                true => self.links.insert(path.clone()),
                false => self.links.remove(path),
            };
        }
    }

    /// Looks for links in `sources`.
    pub(super) fn find_links(root: &Path, sources: &[PathBuf]) -> BTreeSet<PathBuf> {
        let entries = sources.iter().flat_map(|source| walkdir::WalkDir::new(source).min_depth(1));
        // What cannot be read has no links that could be followed.
        let links = entries.flatten().filter(walkdir::DirEntry::path_is_symlink);
        let links = links.map(walkdir::DirEntry::into_path);
        links.filter(|path| path.is_dir() && is_inside(root, path)).collect()
    }

    pub(super) fn set_links(&mut self, links: BTreeSet<PathBuf>) {
        self.links = links;
    }

    fn stays_inside(&self, path: &Path) -> bool {
        is_inside(&self.root, path)
    }

    /// Watches what belongs to `sources`, and nothing else. Gives the folders that were not
    /// watched before, and what the system refused.
    pub(super) fn follow(&mut self, sources: &[PathBuf]) -> (Vec<PathBuf>, Vec<notify::Error>) {
        let wanted = self.wanted(sources);
        let Some(watcher) = &mut self.watcher else { return (Vec::new(), Vec::new()) };
        for (path, how) in &self.watched {
            if wanted.get(path) != Some(how) {
                // It may be gone, and its watch with it.
                let _ = watcher.unwatch(path);
            }
        }
        let (mut begun, mut refused) = (Vec::new(), Vec::new());
        let mut watched = BTreeMap::new();
        for (path, how) in wanted {
            if self.watched.get(&path) != Some(&how) {
                match watcher.watch(&path, how.0) {
                    Ok(()) if path != self.root => begun.push(path.clone()),
                    Ok(()) => {}
                    Err(error) => {
                        // Unless it went away just now.
                        if path.exists() {
                            refused.push(error);
                        }
                        continue;
                    }
                }
            }
            watched.insert(path, how);
        }
        self.watched = watched;
        (begun, refused)
    }

    fn wanted(&self, sources: &[PathBuf]) -> BTreeMap<PathBuf, How> {
        let mut wanted = BTreeMap::new();
        let mut add = |path: &Path, mode| {
            let Some(identity) = Identity::of(path) else { return };
            let known = wanted.entry(path.to_owned()).or_insert((mode, identity));
            if mode == RecursiveMode::Recursive {
                known.0 = mode;
            }
        };
        add(&self.root, RecursiveMode::NonRecursive);
        // Where the trial is written.
        add(&self.root.join(record::FOLDER), RecursiveMode::NonRecursive);
        for source in sources {
            add(source, RecursiveMode::Recursive);
            // Where it comes, goes, or is replaced.
            let around = source.ancestors().skip(1).take_while(|path| path.starts_with(&self.root));
            around.for_each(|path| add(path, RecursiveMode::NonRecursive));
        }
        // What a link leads to inside of a source is watched there; a second watch of it would
        // take the first one away when it ends.
        let apart = |link: &&PathBuf| {
            let target = link.canonicalize();
            target.is_ok_and(|to| !sources.iter().any(|source| to.starts_with(source)))
        };
        let apart = self.links.iter().filter(apart);
        apart.for_each(|link| add(link, RecursiveMode::Recursive));
        wanted
    }

    #[cfg(test)]
    pub(super) fn watched(&self) -> Vec<String> {
        let name = |path: &PathBuf| {
            path.strip_prefix(&self.root).expect("below").to_string_lossy().into_owned()
        };
        self.watched.keys().map(name).collect()
    }
}

fn is_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|path| path.starts_with(root))
}

/// What tells a folder from another of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    number: u64,
    born: Option<SystemTime>,
}

impl Identity {
    /// `None` when there is no such folder.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let data = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_dir)?;
        // Some file systems do not know.
        Some(Self { number: number(&data), born: data.created().ok() })
    }
}

#[cfg(unix)]
fn number(data: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(data)
}

#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}
