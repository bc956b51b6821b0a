//! The guides of a site as translators meet them: their texts, and the files that hold
//! translations. For the commands that write and read these files; nothing is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, SoftBreaks};
use crate::discover::{self, GuideId, GuideSource};
use crate::document::{BlockKind, LocaleId, ReferenceKind, visit_blocks};
use crate::input::Inputs;
use crate::localize::{Reading, Text, texts};
use crate::memo::Counters;
use crate::parse::{self, Guide};
use crate::resolve::Visibility;
use crate::text::FileId;

use super::includes::SiteIncludes;
use super::site::{guide_text, parse_options};
use super::theming;

/// A guide as translators meet it.
#[derive(Debug)]
pub struct Translatable {
    /// Its identity: its path without extension and locale.
    pub id: GuideId,
    /// The file in the source locale.
    pub file: FileId,
    /// Its texts, in reading order.
    pub texts: Vec<Text>,
    /// Its translations by file, with their texts.
    pub files: BTreeMap<LocaleId, (FileId, Vec<Text>)>,
    /// Its catalogues.
    pub catalogues: BTreeMap<LocaleId, FileId>,
    /// The kept sources of its translations by file, with their texts.
    pub kept: BTreeMap<LocaleId, (FileId, Vec<Text>)>,
    /// What its translations by file say that they were made from: `source:`.
    pub accepted: BTreeMap<LocaleId, String>,
    /// By locale, of the guide and of its translations by file: the blocks that are no texts
    /// and that a file can have of its own, as written. Of guides without such a translation
    /// there are none.
    pub blocks: BTreeMap<LocaleId, Vec<String>>,
    /// The pictures it shows, as it names them, each with the file that names it.
    pub pictures: BTreeSet<(FileId, String)>,
}

/// All guides of a site, drafts and those of any audience too, by identity.
pub fn translatable(inputs: &Inputs, config: &Config, counters: &Counters) -> Vec<Translatable> {
    let sources = discover::sources(inputs, config).value;
    let theme = theming::load_theme(inputs, config).value;
    let options = parse_options(config, &theme);
    let includes = SiteIncludes::new(inputs, config, &BTreeSet::new(), &Visibility::default());
    let breaks = config.markdown.soft_breaks == SoftBreaks::Break;
    let read = |file: FileId, lang: LocaleId| -> Guide {
        let text = guide_text(inputs, file, lang);
        let head = parse::head(text, &options).value;
        let find = Found { includes: &includes, inputs };
        parse::guide(text, &head, &options, &find).value
    };
    let said = |guide: &Guide| texts(guide, Reading { options: &options, breaks });
    let texts_of = |file: FileId, lang: LocaleId| said(&read(file, lang));
    let accepted = |file: FileId, lang: LocaleId| {
        let head = parse::head(guide_text(inputs, file, lang), &options).value;
        Some((lang, head.front.source.as_ref()?.value.clone()))
    };
    let source = LocaleId::default();
    let guides: Vec<&GuideSource> = sources.guides.values().collect();
    counters.map("parse", &guides, |guide| {
        let files = guide.translations.iter();
        // A kept source that cannot be read says nothing.
        let kept = guide.kept.iter().filter(|(_, file)| inputs.text(**file).is_some());
        let own = read(guide.source, source);
        let stated = guide.translations.iter();
        let written = guide.translations.iter().map(|(lang, file)| (*lang, *file));
        let written = written.chain(std::iter::once((source, guide.source)));
        let blocks = written.filter(|_| !guide.translations.is_empty());
        Translatable {
            blocks: blocks
                .map(|(lang, file)| (lang, verbatim(inputs, &read(file, lang))))
                .collect(),
            id: guide.id.clone(),
            file: guide.source,
            texts: said(&own),
            accepted: stated.filter_map(|(lang, file)| accepted(*file, *lang)).collect(),
            pictures: pictures(&own),
            files: files.map(|(lang, file)| (*lang, (*file, texts_of(*file, *lang)))).collect(),
            catalogues: guide.catalogues.clone(),
            kept: kept.map(|(lang, file)| (*lang, (*file, texts_of(*file, source)))).collect(),
        }
    })
}

/// Code and formulas of a guide, as they are written.
fn verbatim(inputs: &Inputs, guide: &Guide) -> Vec<String> {
    let mut found = Vec::new();
    visit_blocks(&guide.document.blocks, &mut |block| {
        if matches!(block.kind, BlockKind::Code(_) | BlockKind::Math(_)) {
            let text = inputs.text(block.origin.file).unwrap_or_default();
            found.extend(text.get(block.origin.bytes.range()).map(|own| own.trim().to_owned()));
        }
    });
    found
}

fn pictures(guide: &Guide) -> BTreeSet<(FileId, String)> {
    let all = guide.document.references.iter();
    let shown = all.filter(|reference| reference.kind == ReferenceKind::Image);
    shown.map(|reference| (reference.origin.file, reference.written.clone())).collect()
}

struct Found<'a> {
    includes: &'a SiteIncludes,
    inputs: &'a Inputs,
}

impl parse::Includes for Found<'_> {
    fn find(&self, from: FileId, path: &str) -> Option<(FileId, &str)> {
        let found = self.includes.find(self.inputs, from, path)?;
        Some((found.0, found.1))
    }
}
