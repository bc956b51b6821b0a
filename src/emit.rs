//! What a build gives: files to write, copy or derive, handed to a [`Sink`] one by one.
//!
//! Must not know disks or servers; those are sinks of `host`.

mod feed;
mod sitemap;

use crate::paths::{OutputPath, SitePath};
use crate::picture::PictureKind;

pub use feed::{Feed, FeedEntry, feed};
pub use sitemap::{SitemapEntry, robots, sitemap};

/// How a published file comes to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Write(Vec<u8>),
    /// The bytes of an input file, as they are.
    Copy(SitePath),
    /// The bytes of an input file after `recipe`. A source that must lose something has no
    /// `Copy`.
    Derive {
        /// The input file.
        source: SitePath,
        /// What happens to it.
        recipe: Recipe,
    },
}

/// What is made from a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recipe {
    /// The same picture without EXIF, GPS and text.
    Strip(PictureKind),
}

/// Takes the files of a build, from any thread, each path once.
pub trait Sink: Sync {
    /// Takes one file.
    fn put(&self, path: &OutputPath, output: Output);
}

/// A sink that keeps nothing: `check`.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Sink for Nothing {
    fn put(&self, _: &OutputPath, _: Output) {}
}

/// A sink that keeps everything in memory: tests and the preview.
#[derive(Debug, Default)]
pub struct Shelf(std::sync::Mutex<std::collections::BTreeMap<OutputPath, Output>>);

impl Sink for Shelf {
    fn put(&self, path: &OutputPath, output: Output) {
        self.0.lock().expect("no sink panics while it holds the lock").insert(path.clone(), output);
    }
}

impl Shelf {
    /// The files, by path.
    pub fn into_files(self) -> std::collections::BTreeMap<OutputPath, Output> {
        self.0.into_inner().expect("no sink panics while it holds the lock")
    }
}

/// Appends `text` with the five characters of XML escaped and those that XML cannot hold
/// left out.
fn push_xml(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            _ => out.push(c),
        }
    }
}

/// Appends `<name>text</name>` with a line end, indented by `indent` spaces.
fn element(out: &mut String, indent: usize, name: &str, text: &str) {
    out.push_str(&" ".repeat(indent));
    out.push('<');
    out.push_str(name);
    out.push('>');
    push_xml(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}
