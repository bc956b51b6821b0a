//! Where a published folder is made, and how it comes to stand in the place of the former.
//!
//! Beside `NAME` there may be `.NAME.shirube-next` (a folder in the making, or the former
//! one on its way out) and `.NAME.shirube-former` (put aside for a moment). A folder is
//! taken for ours only when it holds a list or a [`MARKER`]; others of these names are left
//! alone and another name is taken.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::refusal::foreign;
use super::{FileList, LIST, Note};
use crate::host::Error;
use crate::paths::OutputPath;

/// What stands in the place of the list until a folder is complete.
const MARKER: &str = "unfinished\n";

/// The name under which a file is brought into a folder that is updated in place.
pub(super) const COMING: &str = ".shirube-coming";

/// How many names are tried for a folder in the making.
const NAMES: u32 = 9;

/// A new, empty folder beside the published one.
#[derive(Debug)]
pub(super) struct Fresh {
    /// The folder.
    pub(super) path: PathBuf,
    /// What else was found there, for people.
    pub(super) notes: Vec<Note>,
    /// Holds the lock that tells other builds that this one lives.
    marker: Option<fs::File>,
}

impl Fresh {
    /// Makes a folder beside `out`. Leftovers of builds that were killed are cleared.
    pub(super) fn beside(out: &Path) -> Result<Self, Error> {
        let mut notes = Vec::new();
        for number in 1..=NAMES {
            let path = beside(out, "next", number);
            if fs::symlink_metadata(&path).is_ok() {
                match clear(&path) {
                    Ok(true) => {}
                    Ok(false) => {
                        notes.push(Note::InUse(path));
                        continue;
                    }
                    Err(error) => {
                        notes.push(Note::NotCleared(path, error.to_string()));
                        continue;
                    }
                }
            }
            match fs::create_dir(&path) {
                Ok(()) => {}
                // Another build was faster.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(Error::new("make", &path, error)),
            }
            let marker = mark(&path).map_err(Error::on("write", &path))?;
            return Ok(Self { path, notes, marker: Some(marker) });
        }
        let taken = std::io::Error::new(ErrorKind::AlreadyExists, "all names are taken");
        Err(Error::new("make", &beside(out, "next", 1), taken))
    }

    /// Ends the making: the list takes the marker's place.
    pub(super) fn finish(&mut self, list: &FileList) -> Result<(), Error> {
        let path = self.path.join(LIST);
        // Some systems move no folder in which a file is open.
        self.marker = None;
        // Half a list would make the folder look like somebody else's.
        let beside = self.path.join(COMING);
        fs::write(&beside, list.text()).map_err(Error::on("write", &beside))?;
        fs::rename(&beside, &path).map_err(Error::on("write", &path))
    }
}

fn mark(folder: &Path) -> std::io::Result<fs::File> {
    let mut marker = fs::File::create_new(folder.join(LIST))?;
    // File systems without locks exist; there, two builds into one folder are on their own.
    let _ = marker.try_lock();
    marker.write_all(MARKER.as_bytes())?;
    Ok(marker)
}

fn beside(out: &Path, what: &str, number: u32) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    out.with_file_name(format!(".{name}.shirube-{what}{number}"))
}

/// Removes a folder that builds left behind; `false` when it is in use or not ours alone.
pub(super) fn clear(folder: &Path) -> std::io::Result<bool> {
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Ok(false);
    }
    // One that was killed before its first file, or an empty folder that was replaced.
    if fs::remove_dir(folder).is_ok() {
        return Ok(true);
    }
    let Ok(list) = fs::File::open(folder.join(LIST)) else { return Ok(false) };
    if matches!(list.try_lock(), Err(fs::TryLockError::WouldBlock)) {
        return Ok(false);
    }
    drop(list);
    let unfinished = fs::read_to_string(folder.join(LIST)).is_ok_and(|text| text == MARKER);
    let ours =
        unfinished || foreign(folder, &FileList::of(folder)).is_ok_and(|found| found.is_empty());
    if ours {
        remove_ours(folder)?;
    }
    Ok(ours)
}

/// Removes a folder of ours, its list last: should the program be killed on the way, what
/// is left is still known for ours.
pub(super) fn remove_ours(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LIST {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    match fs::remove_file(folder.join(LIST)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => fs::remove_dir(folder),
    }
}

/// Puts the former folder back when a build was killed between putting it aside and
/// putting the next one in its place.
pub(super) fn recover(out: &Path) -> Result<(), Error> {
    let aside = beside(out, "former", 1);
    let lost = fs::symlink_metadata(out).is_err() && aside.join(LIST).is_file();
    if lost { fs::rename(&aside, out).map_err(Error::on("put back", out)) } else { Ok(()) }
}

/// Makes `next` stand at `out`; what stood there before stands at `next` afterwards.
/// `false` when the folders cannot change places: nothing has happened then.
pub(super) fn swap(next: &Path, out: &Path) -> Result<bool, Error> {
    if fs::symlink_metadata(out).is_err() {
        return fs::rename(next, out).map(|()| true).map_err(Error::on("put in place", out));
    }
    match exchange(next, out) {
        Ok(()) => Ok(true),
        Err(_) => swap_by_renaming(next, out),
    }
}

#[cfg(target_os = "linux")]
fn exchange(next: &Path, out: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, next, CWD, out, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Two renames, for systems that cannot exchange; undone when the second one fails.
fn swap_by_renaming(next: &Path, out: &Path) -> Result<bool, Error> {
    let aside = beside(out, "former", 1);
    let free = fs::symlink_metadata(&aside).is_err() || clear(&aside).is_ok_and(|done| done);
    // A mount point, or a folder of a lower layer of an overlay, cannot be renamed.
    if !free || fs::rename(out, &aside).is_err() {
        return Ok(false);
    }
    if fs::rename(next, out).is_err() {
        fs::rename(&aside, out).map_err(Error::on("put back", out))?;
        return Ok(false);
    }
    // A leftover under the other name is cleared by the next build.
    let _ = fs::rename(&aside, next);
    Ok(true)
}

/// Brings `out` to the state of `next` file by file, for folders that cannot be renamed:
/// what pages need first, then pages, then what is gone. Its list names the files of both
/// states meanwhile, so that a build that is killed can be followed by another.
pub(super) fn update(
    next: &Path,
    out: &Path,
    former: &FileList,
    list: &FileList,
) -> Result<(), Error> {
    let mut both = former.clone();
    both.0.extend(list.0.iter().map(|(path, length)| (path.clone(), *length)));
    bring(both.text().as_bytes(), out, LIST)?;
    let (pages, others): (Vec<_>, Vec<_>) = list.0.keys().partition(|path| is_page(path));
    for path in others.into_iter().chain(pages) {
        let from = next.join(path);
        let bytes = fs::read(&from).map_err(Error::on("read", &from))?;
        if !fs::read(out.join(path)).is_ok_and(|held| held == bytes) {
            bring(&bytes, out, path)?;
        }
    }
    for path in former.0.keys().filter(|path| !list.0.contains_key(*path)) {
        remove(out, path)?;
    }
    bring(list.text().as_bytes(), out, LIST)
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml")
}

/// Replaces one file in one step.
fn bring(bytes: &[u8], out: &Path, path: &str) -> Result<(), Error> {
    let (coming, target) = (out.join(COMING), out.join(path));
    let folder = target.parent().unwrap_or(out);
    fs::create_dir_all(folder).map_err(Error::on("make", folder))?;
    fs::write(&coming, bytes).map_err(Error::on("write", &coming))?;
    fs::rename(&coming, &target).map_err(Error::on("put in place", &target))
}

/// Removes a file of the former state, and the folders that it leaves empty.
fn remove(out: &Path, path: &str) -> Result<(), Error> {
    // The list lies in the folder and could be written by anyone.
    let Some(path) = OutputPath::new(path).filter(|clean| clean.as_str() == path) else {
        return Ok(());
    };
    let target = out.join(path.as_str());
    match fs::remove_file(&target) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Error::new("remove", &target, error));
        }
        _ => {}
    }
    let inner = target.ancestors().skip(1).take_while(|folder| *folder != out);
    for folder in inner {
        // One that holds something stays, and so do those around it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_others_are_never_cleared() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        let theirs = folder.path().join(".public.shirube-next");
        fs::create_dir(&theirs).expect("a folder");
        fs::write(theirs.join("letter.txt"), "私の").expect("a file");
        let first = Fresh::beside(&out).expect("another name");
        assert!(first.path.ends_with(".public.shirube-next-2"));
        assert_eq!(first.notes.len(), 1);
        // One that a living build makes is as little touched.
        let second = Fresh::beside(&out).expect("a third name");
        assert!(second.path.ends_with(".public.shirube-next-3"));
        drop((first, second));
        let third = Fresh::beside(&out).expect("the second name again");
        assert!(third.path.ends_with(".public.shirube-next-2"));
        assert_eq!(fs::read_to_string(theirs.join("letter.txt")).expect("a file"), "私の");
    }

    #[test]
    fn a_folder_updated_in_place_equals_the_next_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (next, out) = (folder.path().join("next"), folder.path().join("out"));
        let lay = |folder: &Path, files: &[(&str, &str)]| {
            let mut list = FileList::default();
            for (path, text) in files {
                bring(text.as_bytes(), folder, path).expect("a file");
                list.0.insert((*path).to_owned(), text.len() as u64);
            }
            list
        };
        fs::create_dir_all(&next).and_then(|()| fs::create_dir_all(&out)).expect("folders");
        let former = lay(&out, &[("a/index.html", "一"), ("b/c/index.html", "二"), ("x.css", "1")]);
        let list = lay(&next, &[("a/index.html", "壱"), ("x.css", "1"), ("図/a.png", "p")]);
        fs::write(out.join("a/letter.txt"), "私の").expect("a file");
        update(&next, &out, &former, &list).expect("an update");
        assert_eq!(FileList::of(&out), list);
        assert_eq!(fs::read_to_string(out.join("a/index.html")).expect("a page"), "壱");
        assert!(!out.join("b").exists() && !out.join(COMING).exists());
        assert!(out.join("a/letter.txt").exists() && out.join("図/a.png").exists());
    }

    #[test]
    fn a_former_site_that_was_put_aside_comes_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        let aside = folder.path().join(".public.shirube-former");
        fs::create_dir(&aside).and_then(|()| fs::write(aside.join(LIST), "")).expect("a folder");
        recover(&out).expect("a rename");
        assert!(out.join(LIST).exists() && !aside.exists());
    }
}
