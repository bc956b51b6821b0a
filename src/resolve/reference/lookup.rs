//! What is at a written path: where it is looked for, and what may be found there.

use unicode_normalization::UnicodeNormalization;

use super::super::address::prefixed;
use super::super::site_map::{PageOwner, folded};
use super::{Asked, Found};
use crate::discover::is_guide_text;
use crate::document::LocaleId;
use crate::paths::{UrlPath, normalized};

impl<'a> Asked<'a> {
    /// The paths below the content folder (and the published root) that a written path
    /// may mean, the likeliest first.
    pub(super) fn candidates(&self, path: &str, absolute: bool) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |path: Option<String>| {
            if let Some(path) = path.filter(|path| !found.contains(path)) {
                found.push(path);
            }
        };
        let path: String = path.nfc().collect();
        let base = self.base_path();
        if absolute {
            let rest = path.trim_start_matches('/');
            add(rest.strip_prefix(base.trim_start_matches('/')).and_then(normalized));
            add(normalized(rest));
            return found;
        }
        let source = (self.around.content_path)(self.reference.origin.file).unwrap_or_default();
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        add(normalized(&format!("{folder}/{path}")));
        add(normalized(&format!("{}/{path}", self.entry.id.as_str())));
        let page = self.entry.url(LocaleId::default()).as_str();
        add(normalized(&format!("{page}{path}")));
        found
    }

    /// The path that the published root has on its host: `/blog/`.
    pub(super) fn base_path(&self) -> &str {
        let base = self.around.config.base_url.as_ref().map(|base| base.value.as_str());
        base.and_then(|base| base.split_once("://"))
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
            .unwrap_or("/")
    }

    /// What is at `path`, in the very spelling or but for letter case and Unicode form.
    pub(super) fn at(&self, path: &str, exact: bool, wants_file: bool) -> Option<Found<'a>> {
        let map = self.around.map;
        let asset = match exact {
            true => map.assets.get(path),
            false => map.folded_assets.get(&folded(path)).and_then(|path| map.assets.get(path)),
        };
        if let Some(asset) = asset.filter(|asset| !asset.companion) {
            return Some(if map.is_hidden_asset(&asset.path) {
                Found::Hidden
            } else {
                Found::Asset(asset)
            });
        }
        if map.statics.contains_key(path) {
            return UrlPath::new(path).map(Found::Static);
        }
        if wants_file {
            return None;
        }
        self.guide_at(path, exact).or_else(|| self.page_at(path))
    }

    /// The guide that a path means: its file, its file without extension, its folder.
    pub(super) fn guide_at(&self, path: &str, exact: bool) -> Option<Found<'a>> {
        let map = self.around.map;
        let named = is_guide_text(path);
        let stem = if named { path.rsplit_once('.').map_or(path, |(stem, _)| stem) } else { path };
        let stem = stem.strip_suffix("/index.html").or(stem.strip_suffix(".html")).unwrap_or(stem);
        let (stem, locale) = self.without_locale(stem);
        let names = [stem.to_owned(), join(stem, "index")];
        for name in &names[..if named { 1 } else { 2 }] {
            let at = match exact {
                true => map.guide(name),
                false => map.folded_guides.get(&folded(name)).copied(),
            };
            if let Some(at) = at {
                return Some(Found::Guide(at, locale));
            }
            if map.is_hidden(name) {
                return Some(Found::Hidden);
            }
        }
        None
    }

    /// `x.en` names the English text.
    pub(super) fn without_locale<'p>(&self, stem: &'p str) -> (&'p str, LocaleId) {
        let named = stem.rsplit_once('.').and_then(|(before, tag)| {
            let locale = self.around.config.locale_ids().find(|(_, l)| l.as_str() == tag)?;
            Some((before, locale.0))
        });
        named.unwrap_or((stem, self.locale))
    }

    /// A page of the site by its address: a guide under its published address, a section,
    /// a tag, a page that is always there.
    pub(super) fn page_at(&self, path: &str) -> Option<Found<'a>> {
        let map = self.around.map;
        let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
        let page = if path.is_empty() { String::new() } else { format!("{path}/") };
        let (url, owner) =
            map.pages.get_key_value(&page).or_else(|| map.pages.get_key_value(path))?;
        Some(match owner {
            PageOwner::Guide(at, LocaleId(0)) => Found::Guide(*at, self.locale),
            PageOwner::Guide(at, locale) | PageOwner::Alias(at, locale) => {
                Found::Guide(*at, *locale)
            }
            PageOwner::Section(section, LocaleId(0)) => {
                let url = &map.sections[section].urls[usize::from(self.locale.0)];
                Found::Page(url.clone(), section.clone())
            }
            PageOwner::Tag(tag, LocaleId(0)) => {
                let here = map.tags[usize::from(self.locale.0)].get(tag);
                let tag = here.unwrap_or(&map.tags[0][tag]);
                Found::Page(tag.url.clone(), tag.name.clone())
            }
            PageOwner::Fixed(name, LocaleId(0)) if !name.contains('.') => {
                Found::Page(prefixed(name, self.locale, self.around.config), name.clone())
            }
            PageOwner::Section(..) | PageOwner::Tag(..) | PageOwner::Fixed(..) => {
                Found::Page(UrlPath::new(url)?, url.clone())
            }
        })
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
