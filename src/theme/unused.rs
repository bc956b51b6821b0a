//! Files of a site's theme that take no part: a template for a page that the parent no
//! longer has, a part that is included nowhere, an icon under a misspelt name.
//!
//! A file in the place of a lower layer's is used where that one was. Where a name is put
//! together while drawing, nothing is said: it may be this one.

use std::collections::BTreeSet;

use super::component::FURNITURE;
use super::scan::{Scan, Written};
use super::settings::Settings;
use super::{TONES, Template, ThemeFile, ThemeLayer, names};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::text::FileId;

/// The folders that mean something in a theme.
const FOLDERS: [&str; 5] = ["templates", "components", "icons", "assets", "locales"];

/// Assets that pages use without a template naming them: the sheet of tokens is a part of
/// another, and the search's engine is loaded by the page of the search.
const OWN_ASSETS: [&str; 2] = ["tokens.css", "search-engine.js"];

/// A file that nothing in the theme uses.
#[derive(Debug, Clone)]
pub(super) struct Unused {
    file: FileId,
    path: String,
    /// The name by which a guide may still choose it.
    layout: Option<String>,
    /// The folder that was probably meant.
    folder: Option<&'static str>,
}

impl Unused {
    /// The fault, unless a guide has chosen the template.
    pub(super) fn fault(&self, chosen: &BTreeSet<&str>) -> Option<Diagnostic> {
        if self.layout.as_deref().is_some_and(|layout| chosen.contains(layout)) {
            return None;
        }
        let fault = Diagnostic::new(code::UNUSED_FILE, self.file, "nothing uses `{path}`")
            .with("path", &self.path);
        Some(match (self.folder, &self.layout) {
            (Some(folder), _) => fault.nearest(Some(folder)),
            (None, Some(layout)) => fault.with("layout", layout).help(
                "the theme below has no file of this name: correct it, include it, or let a guide choose it with `template: {layout}`",
            ),
            (None, None) => {
                fault.help("the theme below has no file of this name: correct it, use it, or remove it")
            }
        })
    }
}

/// What a theme uses, by name.
struct Uses<'a> {
    templates: BTreeSet<&'a str>,
    components: BTreeSet<&'a str>,
    /// `None`: any may be used.
    icons: Option<BTreeSet<&'a str>>,
    assets: Option<BTreeSet<&'a str>>,
}

/// The files of `layers` above the lowest that nothing in the theme uses.
pub(super) fn files(
    layers: &[ThemeLayer<'_>],
    templates: &[Template<'_>],
    settings: &Settings,
) -> Vec<Unused> {
    let uses = Uses::of(templates, settings);
    let mut seen: BTreeSet<&str> =
        layers.first().into_iter().flat_map(|layer| &layer.files).map(|file| file.path).collect();
    let mut found = Vec::new();
    for file in layers.iter().skip(1).flat_map(|layer| &layer.files) {
        if seen.insert(file.path) && !uses.has(file, layers, templates) {
            found.extend(unused(file));
        }
    }
    found
}

/// Files straight in the theme's folder are for people: a licence, notes.
fn unused(file: &ThemeFile<'_>) -> Option<Unused> {
    let (folder, _) = file.path.split_once('/')?;
    let layout = file.path.strip_prefix("templates/").and_then(|name| name.strip_suffix(".html"));
    let hidden = file.path.split('/').any(|part| part.starts_with('.'));
    let folder = if FOLDERS.contains(&folder) { None } else { nearest(folder, FOLDERS) };
    (!hidden).then(|| Unused {
        file: file.file,
        path: file.path.to_owned(),
        layout: layout.map(str::to_owned),
        folder: folder.and_then(|near| FOLDERS.into_iter().find(|known| *known == near)),
    })
}

impl<'a> Uses<'a> {
    fn of(templates: &'a [Template<'_>], settings: &'a Settings) -> Self {
        let scans = || templates.iter().map(|template| &template.scan);
        let named = scans().flat_map(Scan::templates).map(|named| named.name);
        let called = scans().flat_map(|scan| &scan.components).copied();
        let listed = settings.components.keys().map(String::as_str);
        let calls = || scans().flat_map(|scan| &scan.calls);
        let rows = settings.callouts.values().map(|callout| callout.icon.as_str());
        let icons = calls().flat_map(names::icons).map(|icon| icon.name).chain(rows).chain(TONES);
        let assets = calls().filter_map(names::asset).map(|asset| asset.name).chain(OWN_ASSETS);
        let any_icon = computes(templates, "icon", "name") || computes(templates, "sprite", "also");
        Self {
            templates: named.chain(settings.pages.values().map(String::as_str)).collect(),
            components: called.chain(listed).chain(FURNITURE).collect(),
            icons: (!any_icon).then(|| icons.collect()),
            assets: (!computes(templates, "asset", "path")).then(|| assets.collect()),
        }
    }

    fn has(
        &self,
        file: &ThemeFile<'_>,
        layers: &[ThemeLayer<'_>],
        templates: &[Template<'_>],
    ) -> bool {
        let Some((folder, name)) = file.path.split_once('/') else { return true };
        let allows = |names: &Option<BTreeSet<&str>>, name: &str| {
            names.as_ref().is_none_or(|names| names.contains(name))
        };
        match folder {
            "templates" => self.templates.contains(name),
            "components" => {
                let own = templates.iter().find(|template| template.file == file.file);
                let mut defined = own.into_iter().flat_map(|own| &own.scan.definitions);
                defined.any(|definition| self.components.contains(definition.name.name))
            }
            "icons" => allows(&self.icons, name.strip_suffix(".svg").unwrap_or(name)),
            "assets" => allows(&self.assets, name) || is_mentioned(file, layers),
            "locales" => true,
            _ => false,
        }
    }
}

/// Whether a site's own template puts together the argument of a function. What the
/// built-in ones put together are the icons of callouts and tones, which are known.
fn computes(templates: &[Template<'_>], function: &str, argument: &str) -> bool {
    let own = templates.iter().filter(|template| template.rank > 0);
    let mut calls = own.flat_map(|template| template.scan.calls_of(function));
    calls.any(|call| matches!(call.argument(argument), Some(Written::Computed(_))))
}

/// Whether another file of the theme has the name of `file` in its text: a style sheet that
/// loads a font, a script that loads another.
fn is_mentioned(file: &ThemeFile<'_>, layers: &[ThemeLayer<'_>]) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or(file.path);
    let mut others = layers.iter().skip(1).flat_map(|layer| &layer.files);
    others.any(|other| {
        other.file != file.file
            && std::str::from_utf8(other.bytes).is_ok_and(|text| text.contains(name))
    })
}
