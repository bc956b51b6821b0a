//! Which folders are never published into: those that sources lie in or around, and those
//! that hold files of others.

use std::fs;
use std::path::{Path, PathBuf};

use super::place::COMING;
use super::{FileList, LIST, LITTER, relative};
use crate::host::Error;

/// Why a folder cannot be published into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is, holds, or lies in a folder of sources: that folder.
    CoversSources(PathBuf),
    /// It is no folder.
    NotAFolder,
    /// It is a link to nothing.
    LeadsNowhere,
    /// It holds files that no build wrote, the first of them.
    Foreign(Vec<String>),
}

/// Checks that `out` may be replaced. `sources` are the folders and files that the site
/// is made from, `site` the site's folder; all exist.
///
/// # Errors
/// When the folder cannot be looked at.
pub fn refusal(out: &Path, site: &Path, sources: &[PathBuf]) -> Result<Option<Refusal>, Error> {
    match misplaced(out, site, sources) {
        Some(refusal) => Ok(Some(refusal)),
        None => occupied(out),
    }
}

/// The part of [`refusal`] that is told by where `out` is.
pub fn misplaced(out: &Path, site: &Path, sources: &[PathBuf]) -> Option<Refusal> {
    let out = resolved(out);
    let site = resolved(site);
    if site.starts_with(&out) {
        return Some(Refusal::CoversSources(site));
    }
    let covered = sources
        .iter()
        .map(|source| resolved(source))
        .find(|source| *source != site && (source.starts_with(&out) || out.starts_with(source)));
    if let Some(source) = covered {
        return Some(Refusal::CoversSources(source));
    }
    match fs::metadata(&out) {
        Err(_) if fs::symlink_metadata(&out).is_ok() => Some(Refusal::LeadsNowhere),
        Ok(data) if !data.is_dir() => Some(Refusal::NotAFolder),
        Err(_) | Ok(_) => None,
    }
}

/// The part of [`refusal`] that is told by what is in `out`.
///
/// # Errors
/// When the folder cannot be looked at.
pub fn occupied(out: &Path) -> Result<Option<Refusal>, Error> {
    let out = resolved(out);
    if !out.exists() {
        return Ok(None);
    }
    let foreign = foreign(&out, &FileList::of(&out))?;
    Ok((!foreign.is_empty()).then_some(Refusal::Foreign(foreign)))
}

/// The path with every part that exists resolved: links followed, `..` undone.
pub fn resolved(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    loop {
        if let Ok(real) = at.canonicalize() {
            return rest.iter().rev().fold(real, |path, part: &std::ffi::OsString| path.join(part));
        }
        match (at.file_name(), at.parent()) {
            (Some(name), Some(parent)) => {
                rest.push(name.to_owned());
                at = parent.to_owned();
            }
            // A `..` below a folder that does not exist yet.
            _ => match at.parent() {
                Some(parent) => at = parent.parent().unwrap_or(parent).to_owned(),
                None => return path.to_owned(),
            },
        }
    }
}

/// Files of `out` that are not on its list, at most five.
pub(super) fn foreign(out: &Path, list: &FileList) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(out).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::new("look into", out, error.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let name = relative(entry.path(), out);
        let ours = name == LIST || name == COMING || list.0.contains_key(&name);
        if !ours && !LITTER.iter().any(|litter| entry.file_name() == *litter) {
            found.push(name);
            if found.len() == 5 {
                break;
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_foreign_files_are_never_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = folder.path().join("site");
        let content = site.join("content");
        fs::create_dir_all(content.join("x")).expect("folders");
        let sources = [content.clone()];
        let check = |out: &Path| refusal(out, &site, &sources).expect("a readable folder");
        let covers = |out: &Path| matches!(check(out), Some(Refusal::CoversSources(_)));
        assert!(covers(&site));
        assert!(covers(folder.path()));
        assert!(covers(&site.join("..")));
        assert!(covers(&content));
        assert!(covers(&content.join("x")));
        assert!(covers(&content.join("new/deep")));
        let out = site.join("public");
        assert_eq!(check(&out), None);
        fs::create_dir(&out).expect("a folder");
        assert_eq!(check(&out), None);
        fs::write(out.join("letter.txt"), "私の").expect("a file");
        assert_eq!(check(&out), Some(Refusal::Foreign(vec!["letter.txt".into()])));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_no_output() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("public");
        std::os::unix::fs::symlink("gone", &out).expect("a link");
        let found = refusal(&out, &folder.path().join("site"), &[]).expect("a readable folder");
        assert_eq!(found, Some(Refusal::LeadsNowhere));
    }
}
