//! How far each guide of a site is translated into each of its locales, its pictures too.
//! For the commands and the pages that tell translators; nothing is drawn.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::discover::{self, Asset, GuideId};
use crate::document::LocaleId;
use crate::input::Inputs;
use crate::localize::{Catalogue, Standing, by_file, by_messages, fingerprint, untranslated};
use crate::memo::Counters;
use crate::messages::{self, PSEUDO};
use crate::paths::decoded;
use crate::text::FileId;

use super::translating::{Translatable, translatable};

/// How far a guide is translated into a locale.
#[derive(Debug, Clone)]
pub struct GuideStanding {
    /// The guide.
    pub id: GuideId,
    /// Its file in the source locale.
    pub file: FileId,
    /// Its title in the source locale, as translators see it.
    pub title: String,
    /// The locale.
    pub locale: LocaleId,
    /// The catalogue or the translation by file.
    pub place: Option<FileId>,
    /// How far its texts are translated.
    pub standing: Standing,
    /// How far its pictures are.
    pub pictures: PictureStanding,
}

/// How far the pictures of a guide are a locale's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureStanding {
    /// How many the guide shows that are files of the site.
    pub all: usize,
    /// Those without a variant of the locale's own, by path below the content folder.
    pub missing: Vec<String>,
    /// Variants that are older than what they stand for, by the days of their last change.
    pub older: Vec<String>,
}

/// How far all guides are translated into all locales but the source's, by guide and locale.
pub fn standings(inputs: &Inputs, config: &Config, counters: &Counters) -> Vec<GuideStanding> {
    let guides = translatable(inputs, config, counters);
    let assets = discover::sources(inputs, config).value.assets;
    let locales: Vec<LocaleId> = config
        .locale_ids()
        .filter(|(id, tag)| *id != LocaleId::default() && tag.as_str() != PSEUDO)
        .map(|(id, _)| id)
        .collect();
    let work = Work { inputs, config, assets: &assets };
    let of = |guide: &Translatable| -> Vec<GuideStanding> {
        locales.iter().map(|locale| work.guide(guide, *locale)).collect()
    };
    guides.iter().flat_map(of).collect()
}

struct Work<'a> {
    inputs: &'a Inputs,
    config: &'a Config,
    assets: &'a BTreeMap<String, Asset>,
}

impl Work<'_> {
    fn guide(&self, guide: &Translatable, locale: LocaleId) -> GuideStanding {
        let file = guide.files.get(&locale).map(|(file, _)| *file);
        let title = guide.texts.first().map(|title| title.wording.text());
        GuideStanding {
            id: guide.id.clone(),
            file: guide.file,
            title: title.unwrap_or_else(|| guide.id.name().to_owned()),
            locale,
            place: file.or_else(|| guide.catalogues.get(&locale).copied()),
            standing: self.standing(guide, locale),
            pictures: self.pictures(guide, locale),
        }
    }

    fn standing(&self, guide: &Translatable, locale: LocaleId) -> Standing {
        if guide.files.contains_key(&locale) {
            let kept = guide.kept.get(&locale).map(|(_, texts)| texts.as_slice());
            let now = || fingerprint(&guide.texts);
            let print = guide.accepted.get(&locale).map(|print| *print == now());
            return by_file(&guide.texts, kept, print);
        }
        let file = guide.catalogues.get(&locale);
        let Some((file, text)) = file.and_then(|file| Some((*file, self.inputs.text(*file)?)))
        else {
            return untranslated(&guide.texts);
        };
        let blocks = messages::catalogue(file, text).value;
        by_messages(&guide.texts, &Catalogue { file, lang: locale, text, blocks: &blocks })
    }

    fn pictures(&self, guide: &Translatable, locale: LocaleId) -> PictureStanding {
        let mut found = PictureStanding::default();
        let tag = self.config.locale(locale).as_str();
        for (file, written) in &guide.pictures {
            let Some(asset) = self.asset(*file, written).filter(|own| own.picture.is_some()) else {
                continue;
            };
            found.all += 1;
            let variant = asset.path.rsplit_once('.').and_then(|(stem, extension)| {
                self.assets.get(&format!("{stem}.{tag}.{extension}"))
            });
            match variant {
                None => found.missing.push(asset.path.clone()),
                Some(variant) if self.is_older(variant, asset) => {
                    found.older.push(variant.path.clone());
                }
                Some(_) => {}
            }
        }
        found
    }

    /// The file that an address of a guide names.
    fn asset(&self, file: FileId, written: &str) -> Option<&Asset> {
        let path = written.split(['?', '#']).next()?;
        let path = decoded(path);
        let from = self.inputs.file(file)?.path.below(&self.config.content)?;
        let mut parts: Vec<&str> = match path.starts_with('/') {
            true => Vec::new(),
            false => from.split('/').collect(),
        };
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        self.assets.get(&parts.join("/"))
    }

    /// Whether it was changed before the other was; where that is not known, it is not.
    fn is_older(&self, variant: &Asset, than: &Asset) -> bool {
        let day = |asset: &Asset| self.inputs.changed.get(&self.inputs.file(asset.file)?.path);
        let known = !self.inputs.shallow;
        known && day(variant).zip(day(than)).is_some_and(|(own, other)| own < other)
    }
}
