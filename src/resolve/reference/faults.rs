//! What is said when a reference leads nowhere, or to something odd.

use super::{Asked, Found};
use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::discover::{Asset, GuideId, is_guide_text};
use crate::document::ReferenceKind;
use crate::picture::PictureKind;

impl Asked<'_> {
    pub(super) fn picture_faults(
        &self,
        asset: &Asset,
        kind: PictureKind,
        size: Option<(u32, u32)>,
    ) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let extension = asset.path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !kind.has_extension(extension) {
            let message = "`{target}` is named `.{extension}` and is a {kind} file";
            let help = match kind {
                // Servers go by the name, and browsers do not look into an SVG for its kind.
                PictureKind::Svg => "rename it to `.svg`: under this name browsers do not show it",
                _ => "it is shown all the same; rename it when you next touch it",
            };
            let severity = match kind {
                PictureKind::Svg => Severity::Error,
                _ => code::WRONG_IMAGE_TYPE.severity(),
            };
            faults.push(
                self.fault(code::WRONG_IMAGE_TYPE, message)
                    .with("extension", extension)
                    .with("kind", kind.name())
                    .severity(severity)
                    .help(help),
            );
        }
        if self.is_too_large(size) {
            let (width, height) = size.unwrap_or_default();
            let message = "`{target}` claims {width} × {height} pixels";
            faults.push(
                self.fault(code::IMAGE_TOO_LARGE, message)
                    .with("width", width)
                    .with("height", height)
                    .help("make it smaller, or raise `max_image_megapixels`"),
            );
        }
        faults
    }

    pub(super) fn is_too_large(&self, size: Option<(u32, u32)>) -> bool {
        let (width, height) = size.unwrap_or_default();
        u64::from(width) * u64::from(height) > self.around.config.max_image_pixels
    }

    pub(super) fn wrong_case(&self, path: &str, found: &Found<'_>) -> Diagnostic {
        let map = self.around.map;
        let name = match found {
            Found::Asset(asset) => asset.path.clone(),
            Found::Guide(at, _) => format!("{}.md", map.entries[*at].id.as_str()),
            Found::Page(url, _) | Found::Static(url) => url.as_str().to_owned(),
            Found::Hidden => String::new(),
        };
        self.fault(code::WRONG_CASE, "`{path}` is named `{name}`, which most servers tell apart")
            .with("path", path)
            .with("name", name)
            .help("write it as the file is named")
    }

    /// A guide that a path probably meant: one of that name elsewhere, else one of a like
    /// name in the same folder.
    fn near_guide(&self, stem: &str) -> Option<&str> {
        let (folder, name) = stem.trim_end_matches('/').rsplit_once('/').unwrap_or(("", stem));
        let map = self.around.map;
        let moved = map.named(name).find(|id| **id != self.entry.id);
        let like = || {
            let around = map.around(stem.trim_end_matches('/'));
            let beside = around.filter(|id| **id != self.entry.id && id.section() == folder);
            let near = nearest(name, beside.clone().map(GuideId::name))?;
            beside.into_iter().find(|id| id.name() == near)
        };
        moved.or_else(like).map(GuideId::as_str)
    }

    pub(super) fn nothing_there(&self, candidates: &[String]) -> Diagnostic {
        let map = self.around.map;
        let first = candidates.first().map_or("", String::as_str);
        match self.reference.kind {
            ReferenceKind::Image => {
                let near = nearest(first, map.near_assets(first));
                self.fault(code::MISSING_IMAGE, "the picture `{target}` does not exist")
                    .with("path", first)
                    .help("looked for `{path}` in the content folder")
                    .nearest(near)
            }
            ReferenceKind::Media => {
                let near = nearest(first, map.near_assets(first));
                self.fault(code::MISSING_FILE, "the file `{target}` does not exist").nearest(near)
            }
            ReferenceKind::Link | ReferenceKind::GuideName => {
                let is_file = !is_guide_text(first)
                    && first.rsplit('/').next().is_some_and(|name| name.contains('.'));
                let stem = first.strip_suffix(".md").unwrap_or(first);
                if is_file {
                    let near = nearest(first, map.near_assets(first));
                    return self
                        .fault(code::MISSING_FILE, "the file `{target}` does not exist")
                        .nearest(near);
                }
                let near = self.near_guide(stem).map(|near| format!("{near}.md"));
                let fault = self.fault(code::BROKEN_LINK, "no guide or page is at `{target}`");
                let fault = fault.nearest(near.as_deref());
                // Aliases are addresses: they cannot mend a link to a file.
                if is_guide_text(self.reference.written.split('#').next().unwrap_or_default()) {
                    return fault;
                }
                fault.help("if it was moved, give the guide its old address in `aliases:`")
            }
        }
    }
}
