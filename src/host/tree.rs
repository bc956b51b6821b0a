//! Reads a site's folder into inputs: which folder it is, which files it has, their texts.
//!
//! Follows links only inside the site. A file that cannot be taken in becomes an input
//! with the reason, never an error: all of them are reported in one run.

mod follow;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::Error;
use crate::input::{Contents, InputFile, Layer, ReadFault};
use crate::media;
use crate::paths::SitePath;
use crate::text::{FileId, encoding};

pub use follow::{Change, Followed};

/// The longest text that is read: far above any guide, far below what would hurt.
const LONGEST_TEXT: u64 = 8 * 1024 * 1024;

/// The name of the settings file.
pub const CONFIG: &str = "shirube.yaml";

/// The folder of the site: `named`, else the nearest upward from `current` with a
/// `shirube.yaml` of whatever kind, else `current` itself if it has `content/`.
pub fn find(named: Option<&Path>, current: &Path) -> Option<PathBuf> {
    let has_settings = |folder: &Path| std::fs::symlink_metadata(folder.join(CONFIG)).is_ok();
    if let Some(named) = named {
        let folder = current.join(named);
        let is_site = has_settings(&folder) || folder.join("content").is_dir();
        return is_site.then_some(folder);
    }
    let upward = current.ancestors().find(|folder| has_settings(folder));
    upward
        .map(Path::to_owned)
        .or_else(|| current.join("content").is_dir().then(|| current.to_owned()))
}

/// Which folders, relative to the site, hold what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Folders<'a> {
    /// All that are looked into.
    pub all: &'a [&'a str],
    /// The one with the guides.
    pub content: &'a str,
    /// Those whose files are copied as they are, hidden ones too.
    pub statics: &'a [String],
}

impl Folders<'_> {
    fn is_static(&self, path: &SitePath) -> bool {
        let apart = path.as_str() == CONFIG
            || ["themes", "locales"].iter().any(|folder| path.below(folder).is_some());
        let guides = !self.content.is_empty() && path.below(self.content).is_some();
        !apart && !guides && self.statics.iter().any(|folder| path.below(folder).is_some())
    }

    fn wanted(&self, path: &SitePath) -> Wanted {
        if self.is_static(path) {
            return Wanted::Head;
        }
        if path.below("themes").is_some() {
            return in_theme(path);
        }
        let settings = path.as_str() == CONFIG || path.below("locales").is_some();
        match path.extension().as_str() {
            "md" | "markdown" => Wanted::Text,
            "ftl" | "yaml" | "yml" if settings => Wanted::Text,
            "yaml" if is_beside_picture(path) => Wanted::Text,
            // A download.
            _ => Wanted::Head,
        }
    }
}

/// What templates, words and sheets are made of is text; fonts and pictures are not.
fn in_theme(path: &SitePath) -> Wanted {
    match path.extension().as_str() {
        "css" | "ftl" | "html" | "js" | "svg" | "yaml" => Wanted::Text,
        _ => Wanted::All,
    }
}

/// Whether a YAML file is a picture's: `setup.png.yaml`.
fn is_beside_picture(path: &SitePath) -> bool {
    const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];
    let mut parts = path.name().rsplit('.').skip(1);
    parts.next().is_some_and(|part| PICTURES.contains(&part.to_ascii_lowercase().as_str()))
}

/// A file as the folder lists it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Relative to the site.
    pub path: SitePath,
    /// On the disk.
    pub on_disk: PathBuf,
    /// Length and times; `None` where the file cannot be looked at.
    pub stamp: Option<Stamp>,
    /// Why it cannot be taken in, where the name or kind already says so.
    pub fault: Option<ReadFault>,
    /// How much of it is read.
    wanted: Wanted,
}

/// How much of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All of it, which must be text.
    Text,
    /// All of it, text or not.
    All,
    /// As much as tells what picture it is.
    Head,
}

/// What tells that a file has not been touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// In bytes.
    pub length: u64,
    /// Last changed, in nanoseconds since 1970.
    pub modified: i128,
    /// Last changed in content or attributes, where the system tells; else 0.
    pub changed: i128,
}

impl Stamp {
    /// The stamp of a file's metadata.
    pub fn of(data: &std::fs::Metadata) -> Self {
        let modified = data
            .modified()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
            .map_or(0, |since| i128::try_from(since.as_nanos()).unwrap_or(0));
        Self { length: data.len(), modified, changed: changed(data) }
    }
}

#[cfg(unix)]
fn changed(data: &std::fs::Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    i128::from(data.ctime()) * 1_000_000_000 + i128::from(data.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &std::fs::Metadata) -> i128 {
    0
}

/// Lists the files below `folders` (relative to `site`; missing ones hold nothing) and
/// the settings, sorted by path. `skip` is never entered: the published folder.
///
/// # Errors
/// When the site's folder cannot be found on the disk.
pub fn list(site: &Path, folders: &[&str], skip: &Path) -> Result<Vec<Listed>, Error> {
    list_with(site, Folders { all: folders, ..Folders::default() }, skip)
}

/// Like [`list`], where some folders are copied as they are.
///
/// # Errors
/// When the site's folder cannot be found on the disk.
pub fn list_with(site: &Path, folders: Folders<'_>, skip: &Path) -> Result<Vec<Listed>, Error> {
    let root = site.canonicalize().map_err(Error::on("read", site))?;
    let mut found = Vec::new();
    for folder in folders.all {
        let covered = folders.all.iter().any(|other| other != folder && is_below(folder, other));
        if !covered {
            walk(&root, &root.join(folder), folders, skip, &mut found);
        }
    }
    found.extend(settings_in(&root));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    Ok(found)
}

/// The settings file of a site, if there is anything of that name.
pub fn settings(site: &Path) -> Option<Listed> {
    settings_in(&site.canonicalize().ok()?)
}

fn settings_in(root: &Path) -> Option<Listed> {
    let path = root.join(CONFIG);
    std::fs::symlink_metadata(&path).ok()?;
    let entry = WalkDir::new(&path).follow_links(true).max_depth(0).into_iter().next()?;
    let folder = Listed {
        path: SitePath::new(CONFIG).expect("a plain name"),
        on_disk: path,
        stamp: None,
        fault: Some(ReadFault::Refused("it is a folder".to_owned())),
        wanted: Wanted::Text,
    };
    Some(listed(root, Folders::default(), entry).unwrap_or(folder))
}

fn is_below(folder: &str, other: &str) -> bool {
    other.is_empty()
        || folder.strip_prefix(other).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

fn walk(root: &Path, folder: &Path, folders: Folders<'_>, skip: &Path, found: &mut Vec<Listed>) {
    if std::fs::symlink_metadata(folder).is_err() {
        return;
    }
    let mut walker = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        if let Ok(entry) = &entry {
            let hidden = entry.depth() > 0 && is_hidden(root, entry, folders);
            let outside = entry.path_is_symlink() && !stays_inside(root, entry.path());
            if entry.file_type().is_dir() && (hidden || outside || entry.path() == skip) {
                walker.skip_current_dir();
            }
            if hidden {
                continue;
            }
        }
        found.extend(listed(root, folders, entry));
    }
}

/// Whether an entry is no part of the site by its name. Servers want some names with a dot
/// (`.nojekyll`, `.well-known/`): where files are copied as they are, they are taken.
fn is_hidden(root: &Path, entry: &DirEntry, folders: Folders<'_>) -> bool {
    is_hidden_path(entry.path().strip_prefix(root).unwrap_or(entry.path()), folders)
}

/// The same of a path below the site.
fn is_hidden_path(below: &Path, folders: Folders<'_>) -> bool {
    const NEVER: [&str; 4] = [".git", ".hg", ".svn", super::record::FOLDER];
    let name = below.file_name().unwrap_or_default().to_string_lossy();
    if super::output::LITTER.contains(&name.as_ref()) || NEVER.contains(&name.as_ref()) {
        return true;
    }
    name.starts_with('.') && !folders.is_static(&site_path(below).0)
}

/// Whether a link leads to a place inside the site.
fn stays_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

fn listed(root: &Path, folders: Folders<'_>, entry: walkdir::Result<DirEntry>) -> Option<Listed> {
    let (on_disk, fault, stamp) = match entry {
        Ok(entry) => {
            let outside = entry.path_is_symlink() && !stays_inside(root, entry.path());
            if entry.file_type().is_dir() && !outside {
                return None;
            }
            let stamp = entry.metadata().ok().map(|data| Stamp::of(&data));
            let fault = if outside {
                Some(ReadFault::LeavesSite)
            } else if !entry.file_type().is_file() {
                Some(ReadFault::NotAFile)
            } else {
                None
            };
            (entry.into_path(), fault, stamp)
        }
        Err(error) => {
            let path = error.path()?.to_owned();
            let reason = match error.loop_ancestor() {
                Some(_) => "the link leads back to a folder around it".to_owned(),
                None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            };
            (path, Some(ReadFault::Refused(reason)), None)
        }
    };
    let relative = on_disk.strip_prefix(root).ok()?;
    let (path, good) = site_path(relative);
    let fault = if good { fault } else { Some(ReadFault::Name) };
    let wanted = folders.wanted(&path);
    Some(Listed { path, on_disk, stamp, fault, wanted })
}

/// The path with `/` between its parts, and whether every part can be an address. Parts
/// that cannot are spelled out, so that they can be shown.
fn site_path(relative: &Path) -> (SitePath, bool) {
    let mut good = true;
    let parts = relative.components().map(|part| {
        let part = part.as_os_str();
        let plain = part
            .to_str()
            .is_some_and(|text| !text.contains(['\\', '/']) && !text.chars().any(char::is_control));
        good &= plain;
        if plain {
            part.to_string_lossy().into_owned()
        } else {
            format!("{part:?}").replace('/', "⁄")
        }
    });
    let path = parts.collect::<Vec<_>>().join("/");
    (SitePath::new(&path).expect("listed paths lie below the site"), good)
}

/// Reads the listed files, in parallel; ids count from 0 in their order.
pub fn read(listed: &[Listed]) -> Vec<InputFile> {
    listed
        .par_iter()
        .enumerate()
        .map(|(at, file)| InputFile {
            id: FileId(u32::try_from(at).expect("fewer than four thousand million files")),
            path: file.path.clone(),
            layer: Layer::Site,
            contents: contents(file),
        })
        .collect()
}

fn contents(file: &Listed) -> Contents {
    if let Some(fault) = &file.fault {
        return Contents::Fault(fault.clone());
    }
    let length = file.stamp.map_or(0, |stamp| stamp.length);
    let read = match file.wanted {
        Wanted::Text if length > LONGEST_TEXT => {
            return Contents::Fault(ReadFault::TooLarge(length));
        }
        Wanted::Text => std::fs::read(&file.on_disk).map(text),
        Wanted::All => std::fs::read(&file.on_disk).map(text_or_bytes),
        Wanted::Head => head(&file.on_disk, length),
    };
    read.unwrap_or_else(|error| Contents::Fault(ReadFault::Refused(error.to_string())))
}

fn text(bytes: Vec<u8>) -> Contents {
    match encoding::decode(bytes) {
        Ok(text) => Contents::Text(text.into()),
        Err(guess) => Contents::Fault(ReadFault::Encoding {
            guess: guess.encoding,
            line: guess.line,
            offset: guess.offset,
            prefix: guess.prefix.into(),
        }),
    }
}

fn text_or_bytes(bytes: Vec<u8>) -> Contents {
    match String::from_utf8(bytes) {
        Ok(text) => Contents::Text(text.into()),
        Err(error) => Contents::Bytes(Arc::from(error.into_bytes())),
    }
}

fn head(path: &Path, length: u64) -> std::io::Result<Contents> {
    use std::io::Read;
    let mut file = std::fs::File::open(path)?;
    let mut bytes = Vec::with_capacity(media::HEAD);
    (&mut file).take(media::HEAD as u64).read_to_end(&mut bytes)?;
    let mut picture = media::head(&bytes);
    // The size of a JPEG or SVG may stand far behind a colour profile or a comment.
    if matches!(picture, Some((_, None))) && length > bytes.len() as u64 {
        file.take(LONGEST_TEXT).read_to_end(&mut bytes)?;
        picture = media::head(&bytes);
    }
    Ok(Contents::Opaque { picture, length })
}
