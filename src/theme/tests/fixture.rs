//! The built-in theme, and small ones, for tests.

use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::{Theme, ThemeFile, ThemeLayer, load};
use crate::config::Locale;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::messages::{MessageSource, Messages};
use crate::text::FileId;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

fn files(dir: &'static Dir<'_>, into: &mut Vec<(&'static str, &'static [u8])>) {
    for file in dir.files() {
        into.push((file.path().to_str().expect("our names are UTF-8"), file.contents()));
    }
    for inner in dir.dirs() {
        files(inner, into);
    }
}

/// The built-in theme's files; ids from 1000.
pub(crate) fn default_layer() -> ThemeLayer<'static> {
    let mut found = Vec::new();
    files(&DEFAULT, &mut found);
    found.sort_unstable();
    let files = (1000u32..)
        .zip(found)
        .map(|(file, (path, bytes))| ThemeFile { file: FileId(file), path, bytes })
        .collect();
    ThemeLayer { name: "default", files, unread: Vec::new() }
}

/// A layer of those files; ids from `first`.
pub(crate) fn layer<'a>(name: &'a str, first: u32, files: &[(&'a str, &'a str)]) -> ThemeLayer<'a> {
    let files = (first..)
        .zip(files)
        .map(|(file, (path, text))| ThemeFile { file: FileId(file), path, bytes: text.as_bytes() })
        .collect();
    ThemeLayer { name, files, unread: Vec::new() }
}

/// The built-in theme with `files` laid over it.
pub(crate) fn theme(files: &[(&str, &str)]) -> Checked<Theme> {
    load(&[default_layer(), layer("ours", 1, files)], &[])
}

/// The built-in messages for a site in those locales.
pub(crate) fn messages(locales: &[&str]) -> Arc<Messages> {
    let layer = default_layer();
    let sources: Vec<MessageSource<'_>> = layer
        .files
        .iter()
        .filter_map(|file| {
            let (tag, _) = file.path.strip_prefix("locales/")?.split_once('/')?;
            let text = std::str::from_utf8(file.bytes).ok()?;
            Some(MessageSource { file: file.file, locale: Locale::new(tag)?, layer: 0, text })
        })
        .collect();
    let locales: Vec<Locale> = locales.iter().filter_map(|tag| Locale::new(tag)).collect();
    let checked = Messages::new(&sources, &locales);
    assert_eq!(checked.diagnostics, []);
    Arc::new(checked.value)
}

/// Diagnostics as lines: code, the bytes pointed at (of `text`), message and help.
pub(crate) fn lines(diagnostics: &[Diagnostic], text: &str) -> Vec<String> {
    diagnostics
        .iter()
        .map(|fault| {
            let at = match fault.place {
                Place::At(span) => text.get(span.bytes.range()).unwrap_or("(elsewhere)"),
                Place::File(_) => "(file)",
                Place::Site => "(site)",
            };
            let help: String = fault.help_texts().iter().map(|help| format!(" [{help}]")).collect();
            format!("{} ‹{at}› {}{help}", fault.code.name(), fault.text())
        })
        .collect()
}
