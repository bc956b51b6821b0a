//! What must hold of a site's files before any of them is published.

use std::collections::BTreeMap;

use crate::config::yaml;
use crate::diagnostic::{Diagnostic, code};
use crate::discover::Sources;
use crate::input::Inputs;
use crate::text::FileId;

/// Files copied to the root, by address; two for one address are told.
pub(super) fn statics(sources: &Sources, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, FileId> {
    let mut found = BTreeMap::new();
    for file in &sources.statics {
        if let Some(other) = found.insert(file.target.clone(), file.file) {
            let message = "two folders of `static` have a file `{path}`";
            faults.push(
                Diagnostic::new(code::ADDRESS_COLLISION, file.file, message)
                    .with("path", &file.target)
                    .related(other, "the other one")
                    .help("keep one of the two files"),
            );
        }
    }
    found
}

/// Sidecars that ask for something hidden: until pictures are redrawn, such a picture must
/// not be published as it is.
pub(super) fn redactions(inputs: &Inputs, sources: &Sources) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for asset in sources.assets.values().filter(|asset| asset.companion) {
        let Some(text) = inputs.text(asset.file) else { continue };
        let read = yaml::read(yaml::Source::whole(asset.file, text), yaml::Prose::default());
        let Some(yaml::Yaml { node: yaml::Node::Map(entries), .. }) = read.value else { continue };
        let asks = |entry: &&yaml::Entry| ["redact", "crop"].contains(&entry.key.value.as_str());
        faults.extend(entries.iter().filter(asks).map(|entry| {
            let message = "`{key}` cannot be applied by this version, and the picture would be published whole";
            Diagnostic::new(code::REDACTION_NOT_APPLIED, entry.key.span, message)
                .with("key", &entry.key.value)
                .help("cover what is secret in the picture itself, then remove this line")
        }));
    }
    faults
}
