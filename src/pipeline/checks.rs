//! What must hold of a site's files before any of them is published, and what is told of the
//! site as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, Updated, yaml};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::discover::Sources;
use crate::input::Inputs;
use crate::resolve::Card;
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

/// Pictures without a text alternative: each where there are few, a sum where there are
/// many, so that other messages are not drowned.
pub(super) fn unspoken<'a>(cards: impl Iterator<Item = &'a Arc<Card>>) -> Vec<Diagnostic> {
    const FEW: usize = 5;
    let silent: Vec<_> = cards.filter(|card| !card.unspoken.is_empty()).collect();
    let places: Vec<_> = silent.iter().flat_map(|card| &card.unspoken).copied().collect();
    let help =
        "write what it shows between `![` and `]`: people who cannot see it, and search, need it";
    if places.len() <= FEW {
        let fault = |place| {
            Diagnostic::new(code::MISSING_ALT, place, "this picture has no text alternative")
        };
        return places.into_iter().map(|place| fault(place).help(help)).collect();
    }
    let sum = Diagnostic::new(
        code::MISSING_ALT,
        Place::Site,
        "{count} pictures in {guides} guides have no text alternative",
    );
    let sum = sum.with("count", places.len()).with("guides", silent.len()).help(help);
    vec![places.iter().take(3).fold(sum, |sum, place| sum.related(*place, "for one"))]
}

/// What is good to know of the site's settings.
pub(super) fn site_notes(inputs: &Inputs, config: &Config) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    if config.base_url.is_none() {
        notes.push(
            Diagnostic::new(
                code::MISSING_BASE_URL,
                Place::Site,
                "without `base_url` the site has no sitemap, no feed and no canonical addresses",
            )
            .help("set `base_url: https://…/` in shirube.yaml, or build with `--base-url`"),
        );
    }
    if config.updated == Updated::Git && inputs.shallow {
        notes.push(
            Diagnostic::new(
                code::SHALLOW_CLONE,
                Place::Site,
                "this is a shallow clone: when guides were changed is not known and not shown",
            )
            .help("fetch the whole history, in GitHub Actions with `fetch-depth: 0`"),
        );
    }
    notes
}
