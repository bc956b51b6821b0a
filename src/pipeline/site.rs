//! The site-wide half: what every page may ask about, made before any page is drawn.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Config, Links, Updated};
use crate::dates::Day;
use crate::diagnostic::{Checked, Diagnostic, Place, code};
use crate::discover::{self, GuideId, Sources};
use crate::document::LocaleId;
use crate::input::Inputs;
use crate::memo::Counters;
use crate::messages::Messages;
use crate::parse::{self, GuideText, Head, ParseOptions};
use crate::render::{RenderOptions, message_faults};
use crate::resolve::{self, Answer, Card, Parts, SiteMap, Surroundings, Visibility};
use crate::text::FileId;
use crate::theme::Theme;

use super::Options;
use super::checks::{redactions, statics};
use super::includes::SiteIncludes;
use super::theming::{leftovers, load_messages, load_theme};

/// Everything site-wide, complete.
pub struct Site<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) config: &'a Config,
    pub(super) options: &'a Options,
    pub(super) sources: Sources,
    pub(super) parse_options: ParseOptions,
    pub(super) render_options: RenderOptions,
    pub(super) map: SiteMap,
    /// By entry, by locale, by reference.
    pub(super) answers: Vec<Vec<Vec<Answer>>>,
    pub(super) theme: Theme,
    pub(super) messages: Arc<Messages>,
    pub(super) includes: SiteIncludes<'a>,
}

impl std::fmt::Debug for Site<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("entries", &self.map.entries.len()).finish_non_exhaustive()
    }
}

/// A text of a guide to be read.
struct Text<'a> {
    id: &'a GuideId,
    file: FileId,
    lang: LocaleId,
    head: Head,
}

/// Makes the site-wide half.
pub(super) fn site<'a>(
    inputs: &'a Inputs,
    config: &'a Config,
    options: &'a Options,
    counters: &Counters,
) -> Checked<Site<'a>> {
    let mut faults = Vec::new();
    let sources = discover::sources(inputs, config).take(&mut faults);
    let theme = counters.time("theme", 1, || load_theme(inputs, config)).take(&mut faults);
    let messages = counters.time("messages", 1, || load_messages(inputs, config)).take(&mut faults);
    let parse_options = parse_options(config, &theme);
    let render_options = render_options(config);
    let texts = texts(inputs, &sources, &parse_options, counters).take(&mut faults);
    let chosen = texts.iter().filter_map(|text| text.head.front.template.as_ref());
    let chosen =
        chosen.map(|name| name.value.strip_suffix(".html").unwrap_or(&name.value)).collect();
    faults.extend(leftovers(inputs, &theme, &messages, &chosen));
    let fronts = texts.iter().map(|text| (text.file, Arc::clone(&text.head.front))).collect();
    let shown = resolve::visibility(&sources.guides, &fronts, &options.show).take(&mut faults);
    drop(fronts);
    let (shown_texts, hidden_files) = split(texts, &shown);
    let includes = SiteIncludes::new(inputs, config, &hidden_files, &shown);
    let cards = counters.map("parse", &shown_texts, |text| {
        let written = guide_text(inputs, text.file, text.lang);
        let read = parse::guide(written, &text.head, &parse_options, &includes);
        let card = resolve::card(text.id, text.file, text.lang, read.value, config);
        Checked { value: card, diagnostics: read.diagnostics }
    });
    let cards: Vec<Card> = cards.into_iter().map(|card| card.take(&mut faults)).collect();
    faults.extend(unspoken(&cards));
    let parts = Parts {
        cards,
        hidden: shown.guides,
        assets: sources.assets.clone(),
        statics: statics(&sources, &mut faults),
        search: theme.asset(crate::view::SEARCH_ENGINE).is_some(),
    };
    let map = counters.time("assemble", 1, || resolve::assemble(parts, config)).take(&mut faults);
    let answers = answers(inputs, config, &map, counters, &mut faults);
    faults.extend(redactions(inputs, &sources));
    faults.extend(resolve::setting_faults(&map, config));
    faults.extend(site_notes(inputs, config));
    let locales = u16::try_from(config.locales.len()).expect("few locales");
    if !theme.is_lacking() {
        faults.extend(message_faults(&theme, &messages, locales));
    }
    let site = Site {
        inputs,
        config,
        options,
        sources,
        parse_options,
        render_options,
        map,
        answers,
        theme,
        messages: Arc::new(messages),
        includes,
    };
    Checked { value: site, diagnostics: faults }
}

/// All texts of guides with their heads, which decide what is shown.
fn texts<'a>(
    inputs: &Inputs,
    sources: &'a Sources,
    options: &ParseOptions,
    counters: &Counters,
) -> Checked<Vec<Text<'a>>> {
    let mut listed: Vec<(&'a GuideId, FileId, LocaleId)> = Vec::new();
    for guide in sources.guides.values() {
        listed.push((&guide.id, guide.source, LocaleId::default()));
        let translations = guide.translations.iter();
        listed.extend(translations.map(|(lang, file)| (&guide.id, *file, *lang)));
    }
    let read = counters.map("front matter", &listed, |(_, file, lang)| {
        parse::head(guide_text(inputs, *file, *lang), options)
    });
    let mut diagnostics = Vec::new();
    let texts = listed.into_iter().zip(read).map(|((id, file, lang), head)| {
        let head = head.take(&mut diagnostics);
        Text { id, file, lang, head }
    });
    Checked { value: texts.collect(), diagnostics }
}

pub(super) fn guide_text(inputs: &Inputs, file: FileId, lang: LocaleId) -> GuideText<'_> {
    let text = inputs.text(file).expect("guides are texts: discover sorted them");
    GuideText { file, lang, text }
}

/// Texts that are shown, and the files of those that are not.
fn split<'a>(texts: Vec<Text<'a>>, shown: &Visibility) -> (Vec<Text<'a>>, BTreeSet<FileId>) {
    let is_hidden =
        |text: &Text<'_>| shown.guides.contains(text.id) || shown.translations.contains(&text.file);
    let hidden = texts.iter().filter(|text| is_hidden(text)).map(|text| text.file).collect();
    (texts.into_iter().filter(|text| !is_hidden(text)).collect(), hidden)
}

fn parse_options(config: &Config, theme: &Theme) -> ParseOptions {
    ParseOptions {
        callouts: theme.callouts().map(str::to_owned).collect(),
        components: theme.components().map(str::to_owned).collect(),
        html: config.markdown.html,
        math: config.markdown.math,
        timezone: config.timezone.clone(),
        declared: config.front_matter.clone(),
        audiences: config.audiences.clone(),
        lacks_names: !theme.is_whole(),
    }
}

fn render_options(config: &Config) -> RenderOptions {
    RenderOptions {
        locales: config.locales.clone(),
        soft_breaks: config.markdown.soft_breaks,
        index_links: config.links == Links::Portable,
        remote_images: config.remote_images,
        html: config.markdown.html,
        plain_code: !config.highlight,
        variables: config.variables.clone(),
    }
}

fn answers(
    inputs: &Inputs,
    config: &Config,
    map: &SiteMap,
    counters: &Counters,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Vec<Vec<Answer>>> {
    let content_path = |file: FileId| inputs.file(file)?.path.below(&config.content);
    let around = Surroundings { map, config, content_path: &content_path };
    let entries: Vec<usize> = (0..map.entries.len()).collect();
    let found = counters.map("resolve", &entries, |at| {
        let locales = config.locale_ids().map(|(locale, _)| {
            let card = map.entries[*at].card(locale);
            resolve::answers(around, *at, locale, &card.references)
        });
        locales.collect::<Vec<_>>()
    });
    let take = |locales: Vec<Checked<Vec<Answer>>>| {
        locales.into_iter().map(|answers| answers.take(faults)).collect()
    };
    found.into_iter().map(take).collect()
}

/// Pictures without a text alternative: each where there are few, a sum where there are
/// many, so that other messages are not drowned.
fn unspoken(cards: &[Card]) -> Vec<Diagnostic> {
    const FEW: usize = 5;
    let places: Vec<_> = cards.iter().flat_map(|card| &card.unspoken).copied().collect();
    let help =
        "write what it shows between `![` and `]`: people who cannot see it, and search, need it";
    if places.len() <= FEW {
        let fault = |place| {
            Diagnostic::new(code::MISSING_ALT, place, "this picture has no text alternative")
        };
        return places.into_iter().map(|place| fault(place).help(help)).collect();
    }
    let guides = cards.iter().filter(|card| !card.unspoken.is_empty()).count();
    let sum = Diagnostic::new(
        code::MISSING_ALT,
        Place::Site,
        "{count} pictures in {guides} guides have no text alternative",
    );
    let sum = sum.with("count", places.len()).with("guides", guides).help(help);
    vec![places.iter().take(3).fold(sum, |sum, place| sum.related(*place, "for one"))]
}

fn site_notes(inputs: &Inputs, config: &Config) -> Vec<Diagnostic> {
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

/// What is known of source files.
#[derive(Debug)]
pub(super) struct SourceFiles<'a>(pub(super) &'a Inputs);

impl crate::view::Files for SourceFiles<'_> {
    fn changed(&self, file: FileId) -> Option<Day> {
        self.0.changed.get(&self.0.file(file)?.path).copied()
    }

    fn path(&self, file: FileId) -> Option<&str> {
        Some(self.0.file(file)?.path.as_str())
    }
}

impl Site<'_> {
    /// The answers to the references of one page.
    pub(super) fn answers(&self, at: usize, locale: LocaleId) -> &[Answer] {
        &self.answers[at][usize::from(locale.0)]
    }
}
