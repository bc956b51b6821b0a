//! Writes a published folder beside the former one and puts it in its place in one step.
//!
//! Until [`Staging::commit`] the former folder is untouched; a build that is dropped,
//! killed or out of disk leaves it whole. Files that did not change are linked, not
//! written, and keep their times. A list of its files, [`LIST`], marks a folder as ours:
//! nothing is ever removed that is not on it. A folder that cannot change its place (a
//! mount point) is brought up to date file by file.

mod place;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Error;
use super::tree::Stamp;
use crate::emit::{Output, Recipe, Sink};
use crate::media;
use crate::paths::{OutputPath, SitePath};

use place::Fresh;
pub use refusal::{Refusal, misplaced, occupied, refusal, resolved};

/// The list of a published folder's own files, inside it.
pub const LIST: &str = ".shirube-files";

/// Files that systems leave in folders and nobody would miss.
pub(super) const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

fn relative(path: &Path, base: &Path) -> String {
    path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The files of a published folder with their length, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileList(pub BTreeMap<String, u64>);

impl FileList {
    /// The list that lies in `out`; empty where there is none.
    pub fn of(out: &Path) -> Self {
        let text = fs::read_to_string(out.join(LIST)).unwrap_or_default();
        let line = |line: &str| {
            let (length, path) = line.split_once(' ')?;
            Some((path.to_owned(), length.parse().ok()?))
        };
        Self(text.lines().filter_map(line).collect())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (path, length) in &self.0 {
            text.push_str(&format!("{length} {path}\n"));
        }
        text
    }
}

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files whose bytes were written.
    pub written: u64,
    /// Files copied from the sources.
    pub copied: u64,
    /// Files that were there already.
    pub unchanged: u64,
    /// Bytes written and copied.
    pub bytes: u64,
    /// Files of the former site that are gone.
    pub removed: u64,
    /// What was found or could not be done on the way.
    pub notes: Vec<Note>,
}

/// What was found or could not be done while a folder was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The folder cannot change its place: its files were replaced one by one.
    Stepwise(PathBuf),
    /// The folder could not be removed and lies there.
    LeftOver(PathBuf),
    /// A leftover is in use, or holds files of others.
    InUse(PathBuf),
    /// A leftover cannot be cleared, and what the system said.
    NotCleared(PathBuf, String),
}

/// A published folder in the making.
#[derive(Debug)]
pub struct Staging {
    site: PathBuf,
    out: PathBuf,
    next: Fresh,
    former: FileList,
    list: Mutex<FileList>,
    folders: Mutex<BTreeSet<String>>,
    faults: Mutex<Vec<(SitePath, String)>>,
    error: Mutex<Option<Error>>,
    counts: [AtomicU64; 4],
    committed: bool,
}

impl Staging {
    /// Begins a folder that will take the place of `out`; what killed builds left behind
    /// is put back or cleared away.
    ///
    /// # Errors
    /// When the folder beside `out` cannot be made.
    pub fn begin(site: &Path, out: &Path) -> Result<Self, Error> {
        let out = resolved(out);
        let parent = out.parent().unwrap_or(&out);
        fs::create_dir_all(parent).map_err(Error::on("make", parent))?;
        place::recover(&out)?;
        let next = Fresh::beside(&out)?;
        Ok(Self {
            site: site.to_owned(),
            former: FileList::of(&out),
            out,
            next,
            list: Mutex::default(),
            folders: Mutex::default(),
            faults: Mutex::default(),
            error: Mutex::default(),
            counts: Default::default(),
            committed: false,
        })
    }

    /// Pictures that turned out to be broken when their bytes were read: file and reason.
    pub fn faults(&self) -> Vec<(SitePath, String)> {
        let mut faults = lock(&self.faults).clone();
        faults.sort();
        faults
    }

    /// Puts the new folder in the place of the former one, unless others have put files
    /// there since it was looked at.
    ///
    /// # Errors
    /// When a file could not be written (the former folder is whole then), or the folders
    /// cannot change places.
    pub fn commit(mut self) -> Result<Result<Written, Refusal>, Error> {
        if let Some(error) = lock(&self.error).take() {
            return Err(error);
        }
        let list = std::mem::take(&mut *lock(&self.list));
        self.next.finish(&list)?;
        let removed = self.former.0.keys().filter(|path| !list.0.contains_key(*path)).count();
        let [written, copied, unchanged, bytes] =
            [0, 1, 2, 3].map(|at: usize| self.counts[at].load(Ordering::Relaxed));
        let notes = std::mem::take(&mut self.next.notes);
        let mut done =
            Written { written, copied, unchanged, bytes, removed: removed as u64, notes };
        if self.out.is_dir() {
            let foreign = refusal::foreign(&self.out, &self.former)?;
            if !foreign.is_empty() {
                return Ok(Err(Refusal::Foreign(foreign)));
            }
        }
        let same = written + copied == 0 && removed == 0 && self.former == list;
        if !same && !place::swap(&self.next.path, &self.out)? {
            place::update(&self.next.path, &self.out, &self.former, &list)?;
            done.notes.push(Note::Stepwise(self.out.clone()));
        }
        self.committed = true;
        self.leave(&mut done.notes);
        Ok(Ok(done))
    }

    /// Clears what is left under the staging name: the former site, or an equal new one.
    fn leave(&self, notes: &mut Vec<Note>) {
        let next = &self.next.path;
        if next.exists() && !place::clear(next).is_ok_and(|done| done) {
            notes.push(Note::LeftOver(next.clone()));
        }
    }

    fn keep(&self, path: &OutputPath, bytes: &[u8], count: usize) -> Result<(), Error> {
        let target = self.next.path.join(path.as_str());
        self.make_folder(path)?;
        let length = bytes.len() as u64;
        if lock(&self.list).0.insert(path.as_str().to_owned(), length).is_some() {
            // Pages that share a style sheet each bring it.
            return Ok(());
        }
        let alike = self.former.0.get(path.as_str()) == Some(&length);
        if alike && self.link_former(path, &target, bytes) {
            self.counts[2].fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        fs::write(&target, bytes).map_err(Error::on("write", &target))?;
        self.counts[count].fetch_add(1, Ordering::Relaxed);
        self.counts[3].fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Takes the former file over when it still holds these very bytes.
    fn link_former(&self, path: &OutputPath, target: &Path, bytes: &[u8]) -> bool {
        let former = self.out.join(path.as_str());
        if !fs::read(&former).is_ok_and(|held| held == bytes) {
            return false;
        }
        fs::hard_link(&former, target).is_ok() || copy_with_time(&former, target).is_ok()
    }

    /// Makes the folder that holds the file at `path`.
    fn make_folder(&self, path: &OutputPath) -> Result<(), Error> {
        let Some((inner, _)) = path.as_str().rsplit_once('/') else { return Ok(()) };
        if lock(&self.folders).contains(inner) {
            return Ok(());
        }
        let folder = self.next.path.join(inner);
        fs::create_dir_all(&folder).map_err(Error::on("make", &folder))?;
        lock(&self.folders).insert(inner.to_owned());
        Ok(())
    }

    fn take(&self, path: &OutputPath, output: Output) -> Result<(), Error> {
        match output {
            Output::Write(bytes) => self.keep(path, &bytes, 0),
            Output::Copy(source) => {
                let from = self.site.join(source.as_str());
                let bytes = fs::read(&from).map_err(Error::on("read", &from))?;
                self.keep(path, &bytes, 1)
            }
            Output::Derive { source, recipe } => match derived(&self.site, &source, recipe)? {
                Ok(bytes) => self.keep(path, &bytes, 1),
                Err(reason) => {
                    lock(&self.faults).push((source, reason));
                    Ok(())
                }
            },
        }
    }
}

/// The bytes that `recipe` makes of a source, or why it cannot.
///
/// # Errors
/// When the source cannot be read.
pub fn derived(
    site: &Path,
    source: &SitePath,
    recipe: Recipe,
) -> Result<Result<Vec<u8>, String>, Error> {
    let from = site.join(source.as_str());
    let bytes = fs::read(&from).map_err(Error::on("read", &from))?;
    let Recipe::Strip(kind) = recipe;
    Ok(match media::stripped(kind, &bytes) {
        Ok(std::borrow::Cow::Borrowed(_)) => Ok(bytes),
        Ok(std::borrow::Cow::Owned(bytes)) => Ok(bytes),
        Err(fault) => Err(fault.to_string()),
    })
}

impl Sink for Staging {
    fn put(&self, path: &OutputPath, output: Output) {
        // After the first fault of the machine nothing more is tried: a full disk does not
        // get emptier.
        if lock(&self.error).is_some() {
            return;
        }
        if let Err(error) = self.take(path, output) {
            lock(&self.error).get_or_insert(error);
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing can be done about a leftover here; the next build clears it.
            let _ = place::remove_ours(&self.next.path);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().expect("no thread panics while it holds a lock")
}

fn copy_with_time(from: &Path, to: &Path) -> std::io::Result<()> {
    let modified = fs::metadata(from)?.modified()?;
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(modified)
}

/// The stamps of a published folder's files, by path, its list among them.
///
/// # Errors
/// When the folder cannot be looked into.
pub fn stamps(out: &Path) -> Result<BTreeMap<String, Stamp>, Error> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out) {
        let entry = entry.map_err(|error| Error::new("look into", out, error.into()))?;
        if entry.file_type().is_dir() || LITTER.iter().any(|litter| entry.file_name() == *litter) {
            continue;
        }
        let data =
            entry.metadata().map_err(|error| Error::new("look at", entry.path(), error.into()))?;
        // Links between builds change a file's other times.
        let stamp = Stamp { changed: 0, ..Stamp::of(&data) };
        found.insert(relative(entry.path(), out), stamp);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(staging: &Staging, path: &str, text: &str) {
        let path = OutputPath::new(path).expect("a good path");
        staging.put(&path, Output::Write(text.as_bytes().to_vec()));
    }

    #[test]
    fn unchanged_files_keep_their_times_and_dropped_builds_leave_no_trace() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        let build = |texts: &[(&str, &str)]| {
            let staging = Staging::begin(folder.path(), &out).expect("a staging folder");
            texts.iter().for_each(|(path, text)| put(&staging, path, text));
            staging
        };
        build(&[("a/index.html", "一"), ("b.html", "2")])
            .commit()
            .expect("a disk")
            .expect("a first build");
        let time =
            |name: &str| fs::metadata(out.join(name)).and_then(|d| d.modified()).expect("a time");
        let before = time("b.html");
        drop(build(&[("c.html", "3")]));
        assert!(!out.join("c.html").exists());
        let done = build(&[("a/index.html", "1"), ("b.html", "2")])
            .commit()
            .expect("a disk")
            .expect("a second build");
        assert_eq!((done.written, done.unchanged, done.removed), (1, 1, 0));
        assert_eq!(time("b.html"), before);
        let done = build(&[("b.html", "2")]).commit().expect("a disk").expect("a third build");
        assert_eq!(done.removed, 1);
        assert!(!out.join("a").exists());
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "nothing but the published folder is left");
    }

    #[test]
    fn a_file_that_came_while_building_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        let staging = Staging::begin(folder.path(), &out).expect("a staging folder");
        put(&staging, "a.html", "1");
        staging.commit().expect("a disk").expect("a first build");
        let staging = Staging::begin(folder.path(), &out).expect("a staging folder");
        put(&staging, "a.html", "2");
        fs::write(out.join("手紙.txt"), "私の").expect("a file");
        let refused = staging.commit().expect("a disk");
        assert_eq!(refused, Err(Refusal::Foreign(vec!["手紙.txt".into()])));
        assert_eq!(fs::read_to_string(out.join("a.html")).expect("a page"), "1");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
