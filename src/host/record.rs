//! What the last build saw and gave, so that a build of the same does nothing.
//!
//! One file in `.shirube/` per published folder: stamps of all inputs (with fingerprints
//! of those too fresh for their times to be trusted), stamps of all outputs, the options,
//! and what was said. Deleting the folder costs time and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Error;
use super::output;
use super::tree::{Listed, Stamp};
use crate::memo::Fingerprint;

/// The folder of the program's own notes in a site.
pub const FOLDER: &str = ".shirube";

/// How long after a file was written a second change may leave its time as it was: the
/// coarsest clock of a common file system (FAT) ticks every two seconds.
const FRESH: i128 = 2_100_000_000;

/// What a build said, to be said again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// For a terminal without colours.
    pub plain: String,
    /// For a terminal with colours.
    pub coloured: String,
    /// The exit code.
    pub exit: u8,
    /// How many diagnostics there were: `2 errors`.
    pub tally: String,
    /// The statistics of the site, as JSON.
    pub stats: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    key: String,
    inputs: Vec<(String, Stamped)>,
    outputs: BTreeMap<String, Stamped>,
    said: Said,
}

/// A stamp as it is written: length, times, and a fingerprint where the times may lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamped(u64, i128, i128, Option<String>);

impl Stamped {
    fn new(stamp: Stamp) -> Self {
        Self(stamp.length, stamp.modified, stamp.changed, None)
    }
}

/// Where the record of `out` lies, below the site's folder.
fn path(site: &Path, out: &Path) -> PathBuf {
    let name = Fingerprint::of_bytes(output::resolved(out).to_string_lossy().as_bytes()).hex();
    site.join(FOLDER).join(format!("build-{}.json", &name[..16]))
}

/// What tells one build of this program from another of the same version.
pub fn program() -> (u64, i128) {
    let data = std::env::current_exe().and_then(fs::metadata);
    data.map_or((0, 0), |data| {
        let stamp = Stamp::of(&data);
        (stamp.length, stamp.modified)
    })
}

/// What the last build said, when a build with `key` would see and give the same.
pub fn replay(site: &Path, out: &Path, key: &str, listed: &[Listed]) -> Option<Said> {
    let text = fs::read(path(site, out)).ok()?;
    let record: Record = serde_json::from_slice(&text).ok()?;
    if record.key != key || record.inputs.len() != listed.len() {
        return None;
    }
    let same = record
        .inputs
        .iter()
        .zip(listed)
        .all(|((path, stamped), file)| is_same(path, stamped, file));
    let out_now = same.then(|| output::stamps(&output::resolved(out)).ok()).flatten()?;
    let untouched = record.outputs.len() == out_now.len()
        && record.outputs.iter().zip(&out_now).all(|((path, stamped), (path_now, stamp))| {
            path == path_now && *stamped == Stamped::new(*stamp)
        });
    untouched.then_some(record.said)
}

fn is_same(path: &str, stamped: &Stamped, file: &Listed) -> bool {
    let Some(stamp) = file.stamp.filter(|_| file.fault.is_none()) else { return false };
    let Stamped(length, modified, changed, fingerprint) = stamped;
    path == file.path.as_str()
        && (*length, *modified, *changed) == (stamp.length, stamp.modified, stamp.changed)
        && fingerprint.as_ref().is_none_or(|wanted| {
            fs::read(&file.on_disk)
                .is_ok_and(|bytes| Fingerprint::of_bytes(&bytes).hex() == *wanted)
        })
}

/// Notes what a build that began at `began` (nanoseconds since 1970) saw and gave.
/// Sites with files that could not be read are not noted: their state is not known.
///
/// # Errors
/// When the folder or file cannot be written.
pub fn note(
    site: &Path,
    out: &Path,
    key: &str,
    listed: &[Listed],
    began: i128,
    said: Said,
) -> Result<(), Error> {
    let inputs: Option<Vec<_>> = listed.iter().map(|file| stamped(file, began)).collect();
    let Some(inputs) = inputs else { return Ok(()) };
    let outputs = output::stamps(&output::resolved(out))?;
    let outputs = outputs.into_iter().map(|(path, stamp)| (path, Stamped::new(stamp))).collect();
    let record = Record { key: key.to_owned(), inputs, outputs, said };
    let text = serde_json::to_vec(&record).expect("records hold nothing that JSON cannot");
    let path = path(site, out);
    let beside = path.with_extension("new");
    fs::write(&beside, text).map_err(Error::on("write", &beside))?;
    fs::rename(&beside, &path).map_err(Error::on("write", &path))
}

fn stamped(file: &Listed, began: i128) -> Option<(String, Stamped)> {
    let stamp = file.stamp.filter(|_| file.fault.is_none())?;
    let mut stamped = Stamped::new(stamp);
    if stamp.modified.max(stamp.changed) + FRESH >= began {
        stamped.3 = Some(Fingerprint::of_bytes(&fs::read(&file.on_disk).ok()?).hex());
    }
    Some((file.path.as_str().to_owned(), stamped))
}

/// Makes the site's folder of notes, which git leaves alone.
///
/// # Errors
/// When it cannot be made.
pub fn prepare(site: &Path) -> Result<PathBuf, Error> {
    let folder = site.join(FOLDER);
    fs::create_dir_all(&folder).map_err(Error::on("make", &folder))?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n").map_err(Error::on("write", &ignore))?;
    }
    Ok(folder)
}

/// Keeps a second build of the same site waiting until this one is dropped.
#[derive(Debug)]
pub struct Lock(fs::File);

/// Takes the lock of a site, waiting while another build holds it; `waiting` is called
/// once before.
///
/// # Errors
/// When the lock's file cannot be made.
pub fn lock(site: &Path, waiting: impl FnOnce()) -> Result<Lock, Error> {
    let path = prepare(site)?.join("lock");
    let file = fs::File::create(&path).map_err(Error::on("make", &path))?;
    if file.try_lock().is_err() {
        waiting();
        file.lock().map_err(Error::on("lock", &path))?;
    }
    Ok(Lock(file))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file gives the lock back too.
        let _ = self.0.unlock();
    }
}
