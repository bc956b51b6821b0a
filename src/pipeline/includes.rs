//! Finds the texts that guides include: among the site's own, below the content folder,
//! nothing that is hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::discover::{is_apart, is_guide_text};
use crate::input::{Contents, Inputs, Layer};
use crate::parse::Includes;
use crate::paths::normalized;
use crate::resolve::{Visibility, folded, lies_in_hidden};
use crate::text::FileId;

/// The texts that may be included, by path below the content folder.
#[derive(Debug)]
pub(super) struct SiteIncludes<'a> {
    inputs: &'a Inputs,
    config: &'a Config,
    texts: BTreeMap<&'a str, (FileId, &'a str)>,
}

impl<'a> SiteIncludes<'a> {
    /// All texts but `hidden` ones and those that lie in a hidden guide's folder.
    pub(super) fn new(
        inputs: &'a Inputs,
        config: &'a Config,
        hidden: &BTreeSet<FileId>,
        shown: &Visibility,
    ) -> Self {
        let folders = shown.guides.iter().map(|id| folded(id.as_str())).collect();
        let site = inputs.files.iter().filter(|file| file.layer == Layer::Site);
        let text = |file: &'a crate::input::InputFile| {
            let path = file.path.below(&config.content)?;
            let Contents::Text(text) = &file.contents else { return None };
            let open = is_guide_text(path)
                && !is_apart(&file.path, config)
                && !hidden.contains(&file.id)
                && !lies_in_hidden(&folders, path);
            open.then_some((path, (file.id, text.as_ref())))
        };
        Self { inputs, config, texts: site.filter_map(text).collect() }
    }
}

impl Includes for SiteIncludes<'_> {
    fn find(&self, from: FileId, path: &str) -> Option<(FileId, &str)> {
        let base = self.inputs.file(from)?.path.below(&self.config.content)?;
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let find = |path: String| self.texts.get(path.as_str()).copied();
        let beside = normalized(&format!("{folder}/{path}")).and_then(find);
        beside.or_else(|| normalized(path).and_then(find))
    }
}
