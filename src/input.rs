//! The files that a build is a function of, as the host hands them in.
//!
//! Must not know how they were read, nor what they mean.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::dates::Day;
use crate::paths::SitePath;
use crate::picture::PictureKind;
use crate::text::FileId;

/// Where a file came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Inside the program: the default theme and its words.
    Builtin,
    /// The site's folder.
    Site,
}

/// One file of the site or of the program.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Names it in spans.
    pub id: FileId,
    /// Relative to the site, or to the program's own files.
    pub path: SitePath,
    /// Where it came from.
    pub layer: Layer,
    /// What it holds.
    pub contents: Contents,
}

/// What a file holds, as far as the core needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// Text: guides, settings, messages, templates.
    Text(Arc<str>),
    /// Bytes that are published as they are: fonts and pictures of a theme.
    Bytes(Arc<[u8]>),
    /// A file whose bytes stay on the disk; only its head was read.
    Opaque {
        /// What the first bytes say it is, when it is a picture.
        picture: Option<(PictureKind, Option<(u32, u32)>)>,
        /// Its length in bytes.
        length: u64,
    },
    /// A file that could not be taken in.
    Fault(ReadFault),
}

/// Why a file could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFault {
    /// It is not UTF-8: the guessed encoding and the first bad byte.
    Encoding {
        /// The encoding's name, as people know it.
        guess: &'static str,
        /// The line of the first byte that is no UTF-8, from 1.
        line: usize,
        /// That byte's offset.
        offset: usize,
        /// The text before it, and a sign for the bad byte: for showing the place.
        prefix: Arc<str>,
    },
    /// It is a pipe, a socket, a device.
    NotAFile,
    /// The system refused: its words.
    Refused(String),
    /// It is longer than any text may be.
    TooLarge(u64),
    /// A link that leads out of the site.
    LeavesSite,
    /// Its name cannot be an address: a backslash, a control character, no UTF-8.
    Name,
}

/// All files, sorted by layer and path, with the rest of what a build depends on.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The files.
    pub files: Vec<InputFile>,
    /// The day of the last commit that touched a file, where it was asked for and known.
    pub changed: BTreeMap<SitePath, Day>,
    /// Whether the repository's history is cut short, so that `changed` would lie.
    pub shallow: bool,
    /// Where files stand whose ids are not their places.
    places: OnceLock<BTreeMap<FileId, usize>>,
}

impl Inputs {
    /// The file with that id.
    pub fn file(&self, id: FileId) -> Option<&InputFile> {
        self.files.get(self.place(id)?)
    }

    /// Where the file with that id stands in the list.
    pub fn place(&self, id: FileId) -> Option<usize> {
        // A host that reads a folder once gives ids in the order of the list; in a session
        // files come later and stand between others.
        let straight = id.0 as usize;
        if self.files.get(straight).is_some_and(|file| file.id == id) {
            return Some(straight);
        }
        let places = self.places.get_or_init(|| {
            self.files.iter().enumerate().map(|(place, file)| (file.id, place)).collect()
        });
        places
            .get(&id)
            .copied()
            .filter(|place| self.files.get(*place).is_some_and(|file| file.id == id))
    }

    /// All files, sorted by layer and path, with nothing known of the repository.
    pub fn new(files: Vec<InputFile>) -> Self {
        Self { files, ..Self::default() }
    }

    /// The text of the file with that id, when it is one and without fault, to be kept.
    pub fn shared_text(&self, id: FileId) -> Option<&Arc<str>> {
        match &self.file(id)?.contents {
            Contents::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of the file with that id, when it is one.
    pub fn text(&self, id: FileId) -> Option<&str> {
        match &self.file(id)?.contents {
            Contents::Text(text) => Some(text),
            Contents::Fault(ReadFault::Encoding { prefix, .. }) => Some(prefix),
            Contents::Bytes(_) | Contents::Opaque { .. } | Contents::Fault(_) => None,
        }
    }
}
