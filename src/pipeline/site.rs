//! The site-wide half: what every page may ask about, complete before any page is drawn.
//!
//! What a page asks of the map (answers to its references, lines of titles, lists beside
//! it) is worked out when it is first asked for, and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use crate::config::{Config, Links};
use crate::dates::Day;
use crate::diagnostic::{Checked, Diagnostic};
use crate::discover::{self, GuideId, GuideSource, Sources};
use crate::document::LocaleId;
use crate::input::Inputs;
use crate::memo::{Counters, Fingerprint};
use crate::messages::Messages;
use crate::parse::{GuideText, ParseOptions};
use crate::render::{RenderOptions, SiteView, message_faults};
use crate::resolve::{self, Answer, Card, SiteMap, Surroundings, Visibility};
use crate::text::FileId;
use crate::theme::{Theme, Value};
use crate::view::{Archive, Lines, SEARCH_ENGINE, View, archives};

use super::checks::{redactions, site_notes, statics, unspoken};
use super::faults::Faults;
use super::includes::SiteIncludes;
use super::memory::{By, Look, Memory, Reader, Text, against_source, file_behind, made_of};
use super::theming::leftovers;
use super::trees::Trees;
use super::{Options, searching, unknown_audiences};

/// A value for templates with its fingerprint.
pub(super) type Printed = (Value, Fingerprint);

/// Which part of a section's guides, in which language.
type Beside = (String, usize, LocaleId);

/// Everything site-wide, complete.
pub(super) struct Site {
    pub(super) inputs: Arc<Inputs>,
    pub(super) config: Arc<Config>,
    pub(super) options: Arc<Options>,
    pub(super) sources: Arc<Checked<Sources>>,
    pub(super) parse_options: ParseOptions,
    pub(super) render_options: RenderOptions,
    pub(super) map: Arc<SiteMap>,
    pub(super) look: Look,
    pub(super) includes: Arc<SiteIncludes>,
    /// The templates that guides name.
    chosen: Arc<BTreeSet<String>>,
    pub(super) trees: Arc<Trees>,
    /// The number of each text's card: another number, another tree.
    pub(super) serials: Arc<BTreeMap<FileId, u64>>,
    pub(super) faults: Faults,
    pub(super) lines: Lines,
    /// By entry, by locale.
    pub(super) answers: Vec<OnceLock<Checked<Vec<Answer>>>>,
    /// What all pages of a locale show.
    shown: Vec<OnceLock<Printed>>,
    navigation: Mutex<BTreeMap<Beside, Printed>>,
    archives: OnceLock<Vec<Archive>>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("entries", &self.map.entries.len()).finish_non_exhaustive()
    }
}

/// What a site is made from.
pub(super) struct Parts<'a> {
    pub(super) inputs: Arc<Inputs>,
    pub(super) config: Checked<Arc<Config>>,
    pub(super) options: Arc<Options>,
    /// The site before some edits, and whether they left every file what it was but for its
    /// text: then what it is need not be asked again.
    pub(super) former: Option<(&'a Site, bool)>,
}

/// Makes the site-wide half.
pub(super) fn site(parts: Parts<'_>, memory: &mut Memory, counters: &Counters) -> Site {
    let Parts { inputs, config, options, former } = parts;
    let mut before = config.diagnostics;
    let config = config.value;
    before.extend(unknown_audiences(&config, &options));
    let alike = former.filter(|(former, alike)| *alike && former.config == config);
    let sources = match alike {
        Some((former, _)) => Arc::clone(&former.sources),
        None => Arc::new(discover::sources(&inputs, &config)),
    };
    before.extend(sources.diagnostics.iter().cloned());
    let look = memory.look(&inputs, &config, counters);
    let parse_options = parse_options(&config, &look.theme);
    memory.made_with(&parse_options, &config);
    memory.keep(|file| inputs.file(file).is_some());
    let mut faults = Faults::default();
    let shared = (&*inputs, &parse_options);
    let texts = texts(shared, &sources.value, memory, &mut faults.heads, counters);
    let chosen = texts.iter().filter_map(|text| text.head.front.template.as_ref());
    let chosen = chosen.map(|name| name.value.strip_suffix(".html").unwrap_or(&name.value));
    let chosen: Arc<BTreeSet<String>> = Arc::new(chosen.map(str::to_owned).collect());
    faults.look = look_faults((&inputs, &config), &look, &chosen);
    let fronts = texts.iter().map(|text| (text.file, Arc::clone(&text.head.front))).collect();
    let guides = &sources.value.guides;
    let shown = resolve::visibility(guides, &fronts, &options.show).take(&mut before);
    drop(fronts);
    let (texts, hidden_files) = split(texts, &shown);
    let texts = with_messages(&texts, &sources.value, (&inputs, &config));
    let includes = SiteIncludes::new(&inputs, &config, &hidden_files, &shown);
    let reader = Reader {
        inputs: &inputs,
        config: &config,
        options: &parse_options,
        includes: &includes,
        words: &look.words,
    };
    let mut made = memory.cards(reader, &texts, counters);
    let serials = made.iter().map(|made| (made.card.file, made.serial)).collect();
    for made in &made {
        faults.note(made);
    }
    // Where nothing is translated yet, the page is another language's.
    made.retain(|made| made.card.coverage.is_none_or(|coverage| coverage.translated > 0));
    faults.before = before;
    let markdown = |former: &Site| former.config.markdown.extra_anchors;
    let former = former.map(|(former, _)| former);
    let former = former.filter(|former| markdown(former) == config.markdown.extra_anchors);
    let parts = resolve::Parts {
        cards: made.into_iter().map(|made| made.card).collect(),
        hidden: shown.guides,
        assets: sources.value.assets.clone(),
        statics: statics(&sources.value, &mut faults.after),
        search: look.theme.asset(SEARCH_ENGINE).is_some(),
        glossary: glossaries(&config, &look.messages),
        former: former.map(|former| &*former.map),
    };
    let map = counters.time("assemble", 1, || resolve::assemble(parts, &config));
    let map = map.take(&mut faults.after);
    faults.after.extend(redactions(&inputs, &sources.value));
    faults.after.extend(resolve::setting_faults(&map, &config));
    faults.after.extend(site_notes(&inputs, &config));
    let locales = config.locales.len();
    Site {
        render_options: render_options(&config),
        lines: Lines::new(map.entries.len(), locales),
        answers: empty(map.entries.len() * locales),
        shown: empty(locales),
        trees: Arc::clone(&memory.trees),
        navigation: Mutex::default(),
        archives: OnceLock::new(),
        inputs,
        config,
        options,
        sources,
        parse_options,
        map: Arc::new(map),
        look,
        includes: Arc::new(includes),
        chosen,
        serials: Arc::new(serials),
        faults,
    }
}

/// What is wrong with the theme and the words.
fn look_faults(
    (inputs, config): (&Inputs, &Config),
    look: &Look,
    chosen: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> =
        look.theme_faults.iter().chain(&look.messages_faults).cloned().collect();
    let chosen = chosen.iter().map(String::as_str).collect();
    faults.extend(leftovers(inputs, &look.theme, &look.messages, &chosen));
    if !look.theme.is_lacking() {
        let locales = u16::try_from(config.locales.len()).expect("few locales");
        faults.extend(message_faults(&look.theme, &look.messages, locales));
    }
    faults.extend(searching::faults(inputs, config));
    faults
}

/// Whether the words have a glossary, by locale.
fn glossaries(config: &Config, messages: &Messages) -> Vec<bool> {
    config.locale_ids().map(|(locale, _)| messages.has_glossary(locale)).collect()
}

fn empty<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}

/// All texts of guides with their heads, which decide what is shown.
fn texts<'a>(
    (inputs, options): (&Inputs, &ParseOptions),
    sources: &'a Sources,
    memory: &mut Memory,
    faults: &mut BTreeMap<FileId, Vec<Diagnostic>>,
    counters: &Counters,
) -> Vec<Text<'a>> {
    let mut ids: Vec<&'a GuideId> = Vec::new();
    let mut listed: Vec<(FileId, LocaleId)> = Vec::new();
    for guide in sources.guides.values() {
        listed.push((guide.source, LocaleId::default()));
        listed.extend(guide.translations.iter().map(|(lang, file)| (*file, *lang)));
        ids.resize(listed.len(), &guide.id);
    }
    let heads = memory.heads(inputs, &listed, options, counters);
    let texts = ids.into_iter().zip(listed).zip(heads).map(|((id, (file, lang)), head)| {
        if !head.diagnostics.is_empty() {
            faults.insert(file, head.diagnostics);
        }
        let source = sources.guides[id].source;
        let against = against_source(&head.value, (file, source));
        Text { id, file, lang, head: head.value, by: By::File { against } }
    });
    texts.collect()
}

/// The texts with those that are put together from messages, behind those of their guide.
fn with_messages<'a>(
    texts: &[Text<'a>],
    sources: &'a Sources,
    (inputs, config): (&Inputs, &Config),
) -> Vec<Text<'a>> {
    let mut all = Vec::with_capacity(texts.len());
    for of_guide in texts.chunk_by(|a, b| a.id == b.id) {
        all.extend_from_slice(of_guide);
        let guide = &sources.guides[of_guide[0].id];
        let Some(source) = of_guide.iter().find(|text| text.file == guide.source) else { continue };
        all.extend(by_messages(guide, source, (inputs, config)));
    }
    all
}

/// The texts of a guide that are put together from messages.
pub(super) fn by_messages<'a>(
    guide: &'a GuideSource,
    source: &Text<'a>,
    (inputs, config): (&Inputs, &Config),
) -> Vec<Text<'a>> {
    let text = |(locale, file): (&LocaleId, &FileId)| {
        inputs.shared_text(*file)?;
        let chain = config.chain(*locale).into_iter();
        let catalogues =
            chain.filter_map(|lang| Some((*guide.catalogues.get(&lang)?, lang))).collect();
        let by = By::Messages { source: guide.source, catalogues };
        Some(Text { id: source.id, file: *file, lang: *locale, head: source.head.clone(), by })
    };
    let mut texts: Vec<Text<'a>> = guide.catalogues.iter().filter_map(text).collect();
    texts.extend(config.pseudo().map(|lang| Text {
        id: source.id,
        file: made_of(guide.source),
        lang,
        head: source.head.clone(),
        by: By::Pseudo { source: guide.source },
    }));
    texts
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

pub(super) fn parse_options(config: &Config, theme: &Theme) -> ParseOptions {
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
    }
}

impl Site {
    /// With what texts are read.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            inputs: &self.inputs,
            config: &self.config,
            options: &self.parse_options,
            includes: &self.includes,
            words: &self.look.words,
        }
    }

    /// What the text of a card is read from.
    pub(super) fn text_of(&self, card: &Card) -> Text<'_> {
        let guide = &self.sources.value.guides[&card.guide];
        let (id, file, lang) = (&guide.id, card.file, card.lang);
        let by = By::File { against: None };
        if guide.catalogues.get(&lang) != Some(&file) && file_behind(file) == file {
            return Text { id, file, lang, head: card.head(), by };
        }
        let source = self.map.index.get(id).map(|at| self.map.entries[*at].source.head());
        let head = source.expect("a translation is shown beside its source");
        let source = Text { id, file: guide.source, lang: LocaleId::default(), head, by };
        let all = by_messages(guide, &source, (&self.inputs, &self.config));
        all.into_iter().find(|text| text.file == file).expect("it is one of them")
    }

    /// The theme.
    pub(super) fn theme(&self) -> &Theme {
        &self.look.theme
    }

    /// The words.
    pub(super) fn messages(&self) -> &Arc<Messages> {
        &self.look.messages
    }

    /// The site as pages ask about it.
    pub(super) fn view(&self) -> View<'_> {
        View {
            map: &self.map,
            config: &self.config,
            options: &self.render_options,
            lines: &self.lines,
            today: self.options.show.today,
            files: &*self.inputs,
        }
    }

    /// The answers to the references of one page, with what is wrong with them.
    pub(super) fn answers(&self, at: usize, locale: LocaleId) -> &Checked<Vec<Answer>> {
        let slot = &self.answers[at * self.config.locales.len() + usize::from(locale.0)];
        slot.get_or_init(|| {
            let content_path =
                |file: FileId| self.inputs.file(file)?.path.below(&self.config.content);
            let around =
                Surroundings { map: &self.map, config: &self.config, content_path: &content_path };
            let card = self.map.entries[at].card(locale);
            resolve::answers(around, at, locale, &card.references)
        })
    }

    /// The same site with other files of its theme or its words, where the map of it is the
    /// same and nothing keeps it from being shown.
    pub(super) fn with_look(
        &self,
        inputs: Inputs,
        memory: &mut Memory,
        counters: &Counters,
    ) -> Option<Self> {
        let look = memory.look(&inputs, &self.config, counters);
        let search = look.theme.asset(SEARCH_ENGINE).is_some();
        let faults = look_faults((&inputs, &self.config), &look, &self.chosen);
        let alike = parse_options(&self.config, &look.theme) == self.parse_options
            && search == self.map.search
            && glossaries(&self.config, &look.messages) == self.map.glossary
            && memory.hold(&look.words)
            && !super::blocks(faults.clone(), &self.config);
        alike.then(|| Self {
            inputs: Arc::new(inputs),
            config: Arc::clone(&self.config),
            options: Arc::clone(&self.options),
            sources: Arc::clone(&self.sources),
            parse_options: self.parse_options.clone(),
            render_options: self.render_options.clone(),
            map: Arc::clone(&self.map),
            look,
            includes: Arc::clone(&self.includes),
            chosen: Arc::clone(&self.chosen),
            trees: Arc::clone(&self.trees),
            serials: Arc::clone(&self.serials),
            faults: Faults { look: faults, ..self.faults.clone() },
            lines: Lines::new(self.map.entries.len(), self.config.locales.len()),
            answers: empty(self.answers.len()),
            shown: empty(self.config.locales.len()),
            navigation: Mutex::default(),
            archives: OnceLock::new(),
        })
    }

    /// Forgets everything that pages show of one another.
    pub(super) fn forget_words(&mut self) {
        self.lines = Lines::new(self.map.entries.len(), self.config.locales.len());
        self.answers = empty(self.answers.len());
        self.shown = empty(self.config.locales.len());
        self.navigation = Mutex::default();
        self.archives = OnceLock::new();
    }

    /// Forgets the answers of an entry, whose text has changed.
    pub(super) fn forget_answers(&mut self, at: usize) {
        let locales = self.config.locales.len();
        self.answers[at * locales..(at + 1) * locales].fill_with(OnceLock::new);
    }

    /// What templates see of the site on all pages of a locale.
    pub(super) fn shown(&self, locale: LocaleId) -> &Printed {
        self.shown[usize::from(locale.0)].get_or_init(|| {
            let engine = self.theme().asset(SEARCH_ENGINE);
            let context = self.view().site(locale, engine);
            (SiteView::shown(&context, &self.render_options), Fingerprint::of(&context))
        })
    }

    /// The guides beside entry `at`, made once for each part of a section and locale.
    pub(super) fn navigation(&self, at: usize, locale: LocaleId) -> Printed {
        let view = self.view();
        let (section, part) = view.navigation_part(at);
        let key = (section, part, locale);
        let held = || self.navigation.lock().expect("nothing panics while it holds the lock");
        if let Some(known) = held().get(&key) {
            return known.clone();
        }
        let context = view.navigation(&key.0, part, locale);
        let made = (Value::of(&context), Fingerprint::of(&context));
        held().entry(key).or_insert(made).clone()
    }

    /// The pages of archives; none where the site has no archives.
    pub(super) fn archives(&self) -> &[Archive] {
        let made = || if self.config.archives { archives(&self.map) } else { Vec::new() };
        self.archives.get_or_init(made)
    }

    /// What is wrong with the site, but for its pages.
    pub(super) fn all_faults(&self) -> Vec<Diagnostic> {
        let mut all = self.faults.before.clone();
        all.extend(self.faults.look.iter().cloned());
        all.extend(self.faults.heads.values().flatten().cloned());
        all.extend(self.faults.texts.values().flatten().cloned());
        let entries = || self.map.entries.iter();
        let cards =
            entries().flat_map(|e| std::iter::once(&e.source).chain(e.translations.values()));
        all.extend(unspoken(cards));
        all.extend(self.faults.after.iter().cloned());
        all.extend(entries().flat_map(|entry| &entry.anchored.faults).cloned());
        let answered = self.answers.iter().filter_map(OnceLock::get);
        all.extend(answered.flat_map(|answers| &answers.diagnostics).cloned());
        all
    }

    /// Whether something keeps all of the site from being shown.
    pub(super) fn is_blocked(&self) -> bool {
        super::blocks(self.all_faults(), &self.config)
    }
}

/// What is known of source files.
impl crate::view::Files for Inputs {
    fn changed(&self, file: FileId) -> Option<Day> {
        self.changed.get(&self.file(file)?.path).copied()
    }

    fn path(&self, file: FileId) -> Option<&str> {
        Some(self.file(file)?.path.as_str())
    }
}
