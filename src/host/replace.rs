//! Writes a file of somebody's own so that it is the former one or the new one, never a half.
//!
//! In: a path and what is to stand there. Out: the file on the disk. Must not know what is in
//! it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Error;

/// Puts `text` in the place of the file at `path`, and makes the folders above it.
///
/// It is written beside and renamed: a program that is killed and a disk that is full leave
/// the former file whole. Its permissions stay; a link stays one to the same file.
///
/// # Errors
/// When the file may not be written, or cannot.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(Error::on("make", parent))?;
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let former = fs::metadata(&target).ok().map(|known| known.permissions());
    // A rename asks the folder only: what is protected would be replaced all the same.
    if former.as_ref().is_some_and(fs::Permissions::readonly) {
        let reason = io::Error::new(ErrorKind::PermissionDenied, "the file is read-only");
        return Err(Error::new("write", path, reason));
    }
    let beside = beside(&target);
    let done = fs::write(&beside, text)
        .and_then(|()| former.map_or(Ok(()), |own| fs::set_permissions(&beside, own)))
        .and_then(|()| fs::rename(&beside, &target));
    done.map_err(|error| {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&beside);
        Error::new("write", path, error)
    })
}

/// A name that no listing of a site's files shows, and no other run has.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.new", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let all = fs::read_dir(folder).expect("a folder");
        all.map(|own| own.expect("a file").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/翻訳.ftl");
        replace(&path, "一").expect("written");
        replace(&path, "two").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "two");
        assert_eq!(names(&folder.path().join("a")), ["翻訳.ftl"]);
    }

    #[test]
    fn a_file_that_is_read_only_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ftl");
        fs::write(&path, "一").expect("a file");
        let mut own = fs::metadata(&path).expect("a file").permissions();
        own.set_readonly(true);
        fs::set_permissions(&path, own).expect("its owner may");
        let refused = replace(&path, "二").expect_err("it is protected").to_string();
        assert!(refused.ends_with("a.ftl: the file is read-only"), "{refused}");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "一");
        assert_eq!(names(folder.path()), ["a.ftl"]);
    }

    #[test]
    fn a_folder_in_its_place_is_an_error_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ftl");
        fs::create_dir(&path).expect("a folder");
        replace(&path, "二").expect_err("a folder is there");
        assert_eq!(names(folder.path()), ["a.ftl"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.ftl"), folder.path().join("b.ftl"));
        fs::write(&path, "一").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its owner may");
        symlink(&path, &link).expect("a link");
        replace(&link, "二").expect("written");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "二");
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
