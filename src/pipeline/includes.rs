//! Finds the texts that guides include: among the site's own, below the content folder,
//! nothing that is hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::discover::{is_apart, is_guide_text};
use crate::input::{Contents, InputFile, Inputs, Layer};
use crate::paths::normalized;
use crate::resolve::{Visibility, folded, lies_in_hidden};
use crate::text::FileId;

/// The files that may be included, by path below the content folder.
#[derive(Debug, Default)]
pub(super) struct SiteIncludes {
    content: String,
    files: BTreeMap<String, FileId>,
}

impl SiteIncludes {
    /// All texts but `hidden` ones and those that lie in a hidden guide's folder.
    pub(super) fn new(
        inputs: &Inputs,
        config: &Config,
        hidden: &BTreeSet<FileId>,
        shown: &Visibility,
    ) -> Self {
        let folders = shown.guides.iter().map(|id| folded(id.as_str())).collect();
        let site = inputs.files.iter().filter(|file| file.layer == Layer::Site);
        let open = |file: &InputFile| {
            let path = file.path.below(&config.content)?;
            let open = matches!(file.contents, Contents::Text(_))
                && is_guide_text(path)
                && !is_apart(&file.path, config)
                && !hidden.contains(&file.id)
                && !lies_in_hidden(&folders, path);
            open.then(|| (path.to_owned(), file.id))
        };
        Self { content: config.content.clone(), files: site.filter_map(open).collect() }
    }

    /// The file at `path`, as written relative to the file `from`, with its text.
    pub(super) fn find<'a>(
        &self,
        inputs: &'a Inputs,
        from: FileId,
        path: &str,
    ) -> Option<(FileId, &'a Arc<str>)> {
        let base = inputs.file(from)?.path.below(&self.content)?;
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let find = |path: String| {
            let file = *self.files.get(path.as_str())?;
            Some((file, inputs.shared_text(file)?))
        };
        let beside = normalized(&format!("{folder}/{path}")).and_then(find);
        beside.or_else(|| normalized(path).and_then(find))
    }
}
