//! Pictures and downloads: where they are published, whose they are, their variants.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::discover::Asset;
use crate::document::LocaleId;
use crate::paths::UrlPath;

use super::site_map::{SiteMap, folded};

impl SiteMap {
    /// The guide with that identity.
    pub fn guide(&self, id: &str) -> Option<usize> {
        // Entries are in the order of their identities.
        self.entries.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok()
    }

    /// Whether a guide of that identity is hidden by this build.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.hidden.contains(&folded(id))
    }

    /// Whether a file belongs to a hidden guide: it lies in the folder of its name, or in
    /// a hidden section.
    pub fn is_hidden_asset(&self, path: &str) -> bool {
        lies_in_hidden(&self.hidden, path)
    }

    /// Where a file of the content folder is published: beside the page of the guide whose
    /// folder it lies in, else at its own path.
    pub fn asset_url(&self, path: &str) -> UrlPath {
        let owner = path.match_indices('/').rev().find_map(|(at, _)| {
            let page = match self.guide(&path[..at]) {
                Some(guide) => self.entries[guide].url(LocaleId::default()),
                None => self.sections.get(&path[..at])?.urls.first()?,
            };
            // `x.html` has its files in the folder `x`.
            let folder = match page.as_str().strip_suffix(".html") {
                Some(stem) => format!("{stem}/"),
                None => page.as_str().to_owned(),
            };
            Some(format!("{folder}{}", &path[at + 1..]))
        });
        UrlPath::new(owner.as_deref().unwrap_or(path)).expect("paths of files hold no `..`")
    }

    /// The variant of a file whose name has `suffix` before its extension: `x.dark.png`.
    pub fn variant(&self, path: &str, suffix: &str) -> Option<&Asset> {
        let (stem, extension) = path.rsplit_once('.')?;
        let variant = self.assets.get(&format!("{stem}.{suffix}.{extension}"))?;
        variant.picture.is_some().then_some(variant)
    }

    /// A locale's own variant of a file: `x.en.png`.
    pub fn locale_variant(&self, path: &str, locale: LocaleId, config: &Config) -> Option<&Asset> {
        self.variant(path, config.locale(locale).as_str())
    }

    /// Files in the same folder or of the same name, to suggest when one is missing.
    pub(super) fn near_assets<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a str> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let inside = self.assets.range(folder.clone()..).map(|(path, _)| path.as_str());
        inside.take_while(move |path| path.starts_with(&folder)).take(500)
    }
}

/// Whether a path lies in the folder of a hidden guide or section; `hidden` holds folded
/// paths of guides.
pub fn lies_in_hidden(hidden: &BTreeSet<String>, path: &str) -> bool {
    if hidden.is_empty() {
        return false;
    }
    let path = folded(path);
    path.match_indices('/').any(|(at, _)| {
        let folder = &path[..at];
        hidden.contains(folder) || hidden.contains(&format!("{folder}/index"))
    })
}
