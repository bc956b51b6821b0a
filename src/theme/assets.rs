//! The files of a theme that browsers load, under names that change with their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fallback::with_light_values;
use super::stylesheet::{self, Contents};
use super::{ThemeFile, ThemeLayer};
use crate::diagnostic::Diagnostic;
use crate::paths::OutputPath;

/// The file that tokens are appended to.
const TOKENS: &str = "tokens.css";

pub(super) struct Assets {
    pub(super) files: Vec<(OutputPath, Arc<[u8]>)>,
    /// `style.css` → `assets/style.3fa91c2b.css`.
    pub(super) names: BTreeMap<String, String>,
}

/// The files of `assets/`, the highest layer's each; `overrides` are appended to the sheet
/// of tokens.
pub(super) fn published(
    layers: &[ThemeLayer<'_>],
    overrides: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Assets {
    let files = highest(layers);
    let mut contents: Contents<'_> =
        files.iter().map(|(name, (_, file))| (*name, file.bytes.to_vec())).collect();
    let own = files.iter().filter(|(_, (rank, _))| *rank > 0);
    let own = own.map(|(name, (_, file))| (*name, (file.file, file.bytes))).collect();
    diagnostics.extend(stylesheet::faults(&contents, &own));
    if let Some(sheet) = contents.get_mut(TOKENS) {
        let whole = format!("{}{overrides}", String::from_utf8_lossy(sheet));
        *sheet = with_light_values(&whole).into_bytes();
    }
    stylesheet::join(&mut contents);
    let mut assets = Assets { files: Vec::new(), names: BTreeMap::new() };
    for (name, bytes) in contents {
        let hashed = hashed_name(name, &fingerprint(&bytes));
        let Some(path) = OutputPath::new(&format!("assets/{hashed}")) else {
            continue;
        };
        assets.names.insert(name.to_owned(), crate::paths::encoded(path.as_str()));
        assets.files.push((path, bytes.into()));
    }
    assets
}

/// The files of `assets/` by name with their layer's rank, the highest of each name.
pub(super) fn highest<'a>(layers: &[ThemeLayer<'a>]) -> BTreeMap<&'a str, (usize, ThemeFile<'a>)> {
    let ranked = layers.iter().enumerate();
    let files = ranked.flat_map(|(rank, layer)| layer.files.iter().map(move |file| (rank, *file)));
    files
        .filter_map(|(rank, file)| Some((file.path.strip_prefix("assets/")?, (rank, file))))
        .collect()
}

/// The sheet that defines tokens; whether it is a site's own.
pub(super) fn token_sheet<'a>(layers: &'a [ThemeLayer<'_>]) -> Option<(&'a ThemeFile<'a>, bool)> {
    layers.iter().enumerate().rev().find_map(|(rank, layer)| {
        let file =
            layer.files.iter().find(|file| file.path.strip_prefix("assets/") == Some(TOKENS))?;
        Some((file, rank > 0))
    })
}

/// Eight hexadecimal digits that stand for `bytes` in a file's name.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    crate::memo::Fingerprint::of_bytes(bytes).hex()[..8].to_owned()
}

fn hashed_name(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem}.{hash}.{extension}"),
        _ => format!("{name}.{hash}"),
    }
}
