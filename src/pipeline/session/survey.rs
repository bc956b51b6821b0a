//! The site at a glance, for those who write it: its guides with those that are hidden, its
//! pictures and who shows them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::dates::Day;
use crate::document::LocaleId;
use crate::input::Contents;
use crate::parse::FrontMatter;
use crate::paths::UrlPath;
use crate::pipeline::memory::Memory;
use crate::pipeline::site::Site;
use crate::resolve::{Answer, Card, Entry};
use crate::text::{FileId, Span};

/// A site at a glance.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The site's name in its source locale.
    pub title: String,
    /// The day that decides what is due.
    pub today: Day,
    /// The tags of its locales, the source locale first.
    pub locales: Vec<String>,
    /// All guides by path, hidden ones too.
    pub guides: Vec<SurveyedGuide>,
    /// All pictures of the content folder, by path.
    pub pictures: Vec<SurveyedPicture>,
    /// Pictures without a text alternative: where, and what the guide names.
    pub silent: Vec<(Span, String)>,
    /// The page that a file is a text of, as an address: `account/x/`.
    pub pages: BTreeMap<FileId, String>,
}

/// A guide at a glance.
#[derive(Debug, Clone)]
pub struct SurveyedGuide {
    /// Its source.
    pub file: FileId,
    /// Its title.
    pub title: String,
    /// Its front matter.
    pub front: Arc<FrontMatter>,
    /// Whether it is written in each locale, in their order.
    pub written: Vec<bool>,
}

/// A picture at a glance.
#[derive(Debug, Clone)]
pub struct SurveyedPicture {
    /// The file.
    pub file: FileId,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// Its length in bytes.
    pub bytes: u64,
    /// How often guides show it.
    pub uses: usize,
    /// The first place that shows it.
    pub first: Option<Span>,
}

/// The site at a glance. Works out what no page has asked for yet.
pub(super) fn survey(site: &Site, memory: &Memory) -> Survey {
    // The pseudo-locale, always the last, is no language that anybody translates into.
    let locales = site.config.locale_ids().filter(|(id, _)| site.config.pseudo() != Some(*id));
    let locales = locales.map(|(_, tag)| tag.as_str().to_owned());
    Survey {
        title: site.map.site_title(&site.config, LocaleId::default()),
        today: site.options.show.today,
        locales: locales.collect(),
        guides: guides(site, memory),
        pictures: pictures(site),
        silent: silent(site),
        pages: pages(site),
    }
}

fn guides(site: &Site, memory: &Memory) -> Vec<SurveyedGuide> {
    let guide = |source: &crate::discover::GuideSource| {
        let front = Arc::clone(&memory.head(source.source)?.front);
        let shown = site.map.index.get(&source.id).map(|at| &site.map.entries[*at]);
        let named = || Some(front.title.as_ref()?.value.clone());
        let title = shown.map(|entry| entry.source.title_text.clone()).or_else(named);
        let ids = site.config.locale_ids().map(|(locale, _)| locale);
        let ids = ids.filter(|locale| site.config.pseudo() != Some(*locale));
        let written = ids.map(|locale| {
            locale == LocaleId::default()
                || source.translations.contains_key(&locale)
                || source.catalogues.contains_key(&locale)
        });
        Some(SurveyedGuide {
            file: source.source,
            title: title.unwrap_or_else(|| source.id.name().to_owned()),
            written: written.collect(),
            front,
        })
    };
    site.sources.value.guides.values().filter_map(guide).collect()
}

fn cards(entry: &Entry) -> impl Iterator<Item = &Arc<Card>> {
    std::iter::once(&entry.source).chain(entry.translations.values())
}

fn pages(site: &Site) -> BTreeMap<FileId, String> {
    let entries = site.map.entries.iter();
    let of = |entry| cards(entry).map(move |card: &Arc<Card>| (card, entry));
    let page =
        |(card, entry): (&Arc<Card>, &Entry)| (card.file, entry.url(card.lang).as_str().to_owned());
    entries.flat_map(of).map(page).collect()
}

/// How often each picture is shown, by its address, and where first.
fn uses(site: &Site) -> BTreeMap<UrlPath, (usize, Span)> {
    let mut uses: BTreeMap<UrlPath, (usize, Span)> = BTreeMap::new();
    for (at, entry) in site.map.entries.iter().enumerate() {
        for card in cards(entry) {
            let answers = &site.answers(at, card.lang).value;
            for (reference, answer) in card.references.iter().zip(answers) {
                let Answer::Picture(picture) = answer else { continue };
                for url in std::iter::once(&picture.url).chain(&picture.dark) {
                    let place = reference.origin.span();
                    uses.entry(url.clone()).or_insert((0, place)).0 += 1;
                }
            }
        }
    }
    uses
}

fn pictures(site: &Site) -> Vec<SurveyedPicture> {
    let uses = uses(site);
    // Who shows pictures of a guide that is hidden is not known.
    let pictures = site
        .map
        .assets
        .values()
        .filter(|asset| asset.picture.is_some() && !site.map.is_hidden_asset(&asset.path));
    let picture = |asset: &crate::discover::Asset| {
        let bytes = match site.inputs.file(asset.file)?.contents {
            Contents::Opaque { length, .. } => length,
            _ => 0,
        };
        let used = uses.get(&site.map.asset_url(&asset.path));
        Some(SurveyedPicture {
            file: asset.file,
            size: asset.picture.and_then(|(_, size)| size),
            bytes,
            uses: used.map_or(0, |(count, _)| *count),
            first: used.map(|(_, place)| *place),
        })
    };
    pictures.filter_map(picture).collect()
}

fn silent(site: &Site) -> Vec<(Span, String)> {
    let cards = site.map.entries.iter().flat_map(cards);
    let named = |card: &Arc<Card>, place: &Span| {
        let inside = |span: Span| {
            span.file == place.file
                && span.bytes.start >= place.bytes.start
                && span.bytes.end <= place.bytes.end
        };
        let reference = card.references.iter().find(|own| inside(own.origin.span()));
        (*place, reference.map_or_else(String::new, |own| own.written.clone()))
    };
    cards
        .flat_map(|card| card.unspoken.iter().map(|place| named(card, place)).collect::<Vec<_>>())
        .collect()
}
