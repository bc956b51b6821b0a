//! The files inside the program: the default theme with its words, and the page of the
//! manual that explains diagnostics.

use include_dir::{Dir, include_dir};

use crate::input::{Contents, InputFile, Layer};
use crate::memo::Fingerprint;
use crate::paths::SitePath;
use crate::text::FileId;

static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// What every code means, with examples: the manual's own page, in English.
pub const DIAGNOSTICS: &str = include_str!("../../content/manual/diagnostics.en.md");

/// The same in Japanese.
pub const DIAGNOSTICS_JA: &str = include_str!("../../content/manual/diagnostics.md");

/// The program's own files as inputs, ids counting from `first`, sorted by path.
pub fn files(first: u32) -> Vec<InputFile> {
    let mut found = Vec::new();
    collect(&THEMES, &mut found);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
        .into_iter()
        .zip(first..)
        .map(|((path, contents), id)| InputFile {
            id: FileId(id),
            path,
            layer: Layer::Builtin,
            contents,
        })
        .collect()
}

/// Of everything that is inside the program, so that a record made by another build of it
/// is not taken for this one's.
pub fn fingerprint() -> Fingerprint {
    let mut found = Vec::new();
    collect(&THEMES, &mut found);
    let mut bytes = Vec::new();
    for (path, contents) in &found {
        bytes.extend_from_slice(path.as_str().as_bytes());
        match contents {
            Contents::Text(text) => bytes.extend_from_slice(text.as_bytes()),
            Contents::Bytes(held) => bytes.extend_from_slice(held),
            Contents::Opaque { .. } | Contents::Fault(_) => {}
        }
    }
    Fingerprint::of_bytes(&bytes)
}

fn collect(dir: &Dir<'_>, found: &mut Vec<(SitePath, Contents)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let path = SitePath::new(&format!("themes/{path}")).expect("embedded paths are plain");
        let contents = match file.contents_utf8() {
            Some(text) => Contents::Text(text.into()),
            None => Contents::Bytes(file.contents().into()),
        };
        found.push((path, contents));
    }
    for inner in dir.dirs() {
        collect(inner, found);
    }
}
