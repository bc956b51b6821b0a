//! What a reference of a guide turned out to mean.

use crate::paths::UrlPath;
use crate::picture::PictureKind;

/// A picture of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// Where it is published.
    pub url: UrlPath,
    /// Its kind by content.
    pub kind: PictureKind,
    /// Width and height in its own pixels; `None` for an SVG that names none.
    pub size: Option<(u32, u32)>,
    /// The same picture for the dark scheme.
    pub dark: Option<UrlPath>,
}

/// The answer to one reference, for one page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A page of the site, or an anchor on it. `url` is `None` for the page itself.
    Page {
        /// The page.
        url: Option<UrlPath>,
        /// The anchor, decoded, without `#`.
        fragment: Option<String>,
        /// Query as written, without `?`.
        query: Option<String>,
        /// The title of the page, where the link has no text of its own (`post_link`).
        title: String,
    },
    /// A file of the site: a download, sound, film.
    File {
        /// Where it is published.
        url: UrlPath,
        /// Query and fragment as written, with their signs: `?v=2#page=3`.
        suffix: String,
    },
    /// A picture of the site.
    Picture(Picture),
    /// An address elsewhere, or of a scheme that is let through (`mailto:`, `tel:`).
    External(String),
    /// A picture of another host that the site's policy does not load.
    RemotePicture(String),
    /// Nothing: the fault was reported, and the text stays visible without a link.
    Missing {
        /// The address as written; empty where readers may not know of it.
        written: String,
    },
}

/// The ids of one heading on its page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct HeadingAnchors {
    /// The id of the heading.
    pub id: String,
    /// Further ids that lead to it: old ones, the translation's own.
    pub extra: Vec<String>,
}
