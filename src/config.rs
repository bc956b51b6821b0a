//! The site's settings: `shirube.yaml` as typed values, each fault at its own bytes.
//!
//! In: the text of the file. Out: a complete [`Config`] (defaults filled in) and
//! diagnostics. YAML is read here (`yaml`) for front matter and `theme.yaml` too.
//! Must not know guides, themes, or the disk.

mod front;
mod preview;
mod read;
mod theme;
mod values;
mod variables;
pub mod yaml;

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity};
use crate::document::LocaleId;
use crate::text::Spanned;

pub use front::{Announcement, Front, TONES};
pub use preview::{Preview, editor};
pub use read::read;
pub use theme::{Token, TokenValue, tokens};
pub use values::{base_url, link_is_safe};

/// A locale's tag as it stands in `locales:` and in `lang` attributes: `ja`, `en`, `fr-CA`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

impl Locale {
    /// A locale from a tag; `None` when it is no well-formed language tag.
    pub fn new(tag: &str) -> Option<Self> {
        let good = !tag.is_empty()
            && tag.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            })
            && tag.split('-').next().is_some_and(|first| {
                (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic())
            });
        good.then(|| Self(tag.to_owned()))
    }

    /// The tag as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `rtl` for a language that is written from right to left, else `ltr`.
    pub fn direction(&self) -> &'static str {
        match self.0.split('-').next().unwrap_or(&self.0) {
            "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" => "rtl",
            _ => "ltr",
        }
    }
}

/// The tag of the locale in which every text looks translated: `serve --pseudo`. Windows and
/// Microsoft's tools know it.
pub const PSEUDO: &str = "qps-ploc";

/// A day of the calendar, as `dates` reads and `messages` shows it.
pub use crate::dates::{Day, Moment, Zone};

/// How line ends inside paragraphs are shown: `markdown.soft_breaks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SoftBreaks {
    /// Nothing between two Japanese or Chinese characters, else a space.
    #[default]
    Join,
    /// A space.
    Space,
    /// A line break.
    Break,
}

/// What happens to raw HTML in guides: `markdown.html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum HtmlPolicy {
    /// Everything is kept as written.
    Allow,
    /// What runs script or loads from other hosts is removed.
    #[default]
    Sanitize,
    /// Tags are shown as text.
    Escape,
}

/// The rule by which extra anchors are added to headings: `markdown.extra_anchors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExtraAnchors {
    /// None.
    #[default]
    None,
    /// Those that Hexo gave.
    Hexo,
}

/// `markdown:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Markdown {
    /// How line ends inside paragraphs are shown.
    pub soft_breaks: SoftBreaks,
    /// What happens to raw HTML.
    pub html: HtmlPolicy,
    /// Whether `$x$` is a formula.
    pub math: bool,
    /// Extra anchors on headings.
    pub extra_anchors: ExtraAnchors,
}

/// Whether pages are linked as folders or as files: `links`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Links {
    /// `../b/`.
    #[default]
    Clean,
    /// `../b/index.html`, for file shares without script.
    Portable,
}

/// Which files of `content/` are published: `assets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Assets {
    /// Those that a published page refers to.
    #[default]
    Referenced,
    /// All but those of hidden guides.
    All,
}

/// Where the date of change comes from when front matter has none: `updated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Updated {
    /// Nowhere.
    #[default]
    None,
    /// The last commit that touched the file.
    Git,
}

/// The type of a declared front matter key: `front_matter.KEY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Text.
    Text,
    /// A whole or decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date in any form that `date` takes.
    Date,
    /// A list of texts (one text counts as a list of one).
    List,
    /// Anything.
    Any,
}

/// What readers are asked at the foot of a guide: `feedback`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Feedback {
    /// An address that gets `?page=…&helpful=yes|no` appended (`{page}` is filled in).
    pub url: Option<String>,
    /// A mail address.
    pub mail: Option<String>,
}

/// A value by locale; one without a locale holds for all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Localized {
    /// For all locales that have none of their own.
    pub default: Option<String>,
    /// By locale tag.
    pub by_locale: BTreeMap<String, String>,
}

impl Localized {
    /// The same text in every locale.
    pub fn same(text: impl Into<String>) -> Self {
        Self { default: Some(text.into()), by_locale: BTreeMap::new() }
    }

    /// The text for `locale`, else the default, else the first there is.
    pub fn get(&self, locale: &Locale) -> Option<&str> {
        self.own(locale).or_else(|| self.by_locale.values().next().map(String::as_str))
    }

    /// The text for `locale`, else the default.
    pub fn own(&self, locale: &Locale) -> Option<&str> {
        self.by_locale.get(locale.as_str()).or(self.default.as_ref()).map(String::as_str)
    }
}

/// A value that guides and terms name as `{$name}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Variable {
    /// How it is shown.
    pub kind: VariableKind,
    /// Its value: a text, a number in digits, or a day `2026-04-01`.
    pub value: Localized,
}

/// How the value of a variable is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VariableKind {
    /// As it is.
    #[default]
    Text,
    /// A number in the locale's way.
    Number,
    /// A day in the locale's way.
    Date(DateForm),
}

/// How much of a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DateForm {
    /// `short`: in digits.
    Short,
    /// `medium`.
    Medium,
    /// `long`: with the month's name.
    #[default]
    Long,
}

/// A link in the foot of every page: `footer.links`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FooterLink {
    /// What it says.
    pub text: Localized,
    /// Where it leads: an address, or a guide's path in `content/`.
    pub url: Spanned<String>,
}

/// The settings of a site, complete.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Config {
    /// `title`: the site's name.
    pub title: Localized,
    /// `description`: one line about the site.
    pub description: Localized,
    /// `base_url`: what the output folder is served from; ends in `/`.
    pub base_url: Option<Spanned<String>>,
    /// `content`: the folder of guides; `content`.
    pub content: String,
    /// `locales`: the first is the source locale.
    pub locales: Vec<Locale>,
    /// `output`: the published folder; `public`.
    pub output: String,
    /// `theme`, or `theme.name`: a folder of `themes/`, else the built-in one.
    pub theme: Option<Spanned<String>>,
    /// `theme.tokens`: design tokens laid over the theme's.
    pub tokens: Vec<Token>,
    /// `timezone`: of times without one, and of "today".
    pub timezone: Zone,
    /// `links`.
    pub links: Links,
    /// `assets`.
    pub assets: Assets,
    /// `updated`.
    pub updated: Updated,
    /// `remote_images: allow | link`: whether pictures of other hosts are loaded, or become
    /// links.
    pub remote_images: bool,
    /// `markdown`.
    pub markdown: Markdown,
    /// `audiences`: the names that guides may use.
    pub audiences: Vec<String>,
    /// `variables`: values of `{$name}`.
    pub variables: BTreeMap<String, Variable>,
    /// `front_matter`: further keys with their types.
    pub front_matter: BTreeMap<String, ValueType>,
    /// `levels`: severities by code; `None` is off (errors of the whole cannot be).
    pub levels: BTreeMap<&'static str, (Code, Option<Severity>)>,
    /// `permalink`: the pattern of guides' addresses, `:title/` when not given. `:title` is a
    /// guide's path below the content folder, `:name` its last part, `:category` the rest;
    /// `:year`, `:month`, `:day` and the like are of its date.
    pub permalink: Option<Spanned<String>>,
    /// `static`: folders whose files are copied to the root as they are; `[static]`.
    pub statics: Vec<String>,
    /// `ignore`: names or paths (with `*`) below the content folder that are no part of the site.
    pub ignore: Vec<String>,
    /// `highlight`: whether code is coloured by its language; `true`.
    pub highlight: bool,
    /// `archives`: whether pages of guides by year and month are made, at `archives/`.
    pub archives: bool,
    /// `feed.limit`: how many guides the feed holds; 20.
    pub feed_limit: usize,
    /// `edit_url`: where a page's source is edited; `{path}` is filled in.
    pub edit_url: Option<String>,
    /// `contact`: whom to ask, one line of text per locale.
    pub contact: Localized,
    /// `footer.links`.
    pub footer_links: Vec<FooterLink>,
    /// `feedback`.
    pub feedback: Feedback,
    /// `front`: what the front page says besides its guides.
    pub front: Front,
    /// `preview`: how the site is shown beside the writer.
    pub preview: Preview,
    /// `max_image_megapixels`: above it a picture is an error; 268 (16,384 × 16,384).
    pub max_image_pixels: u64,
}

/// The front matter keys that every guide may have; a site cannot declare them again.
pub const GUIDE_KEYS: &[&str] = &[
    "title",
    "description",
    "date",
    "updated",
    "tags",
    "order",
    "draft",
    "publish",
    "expires",
    "review_by",
    "owner",
    "audience",
    "keywords",
    "aliases",
    "slug",
    "toc",
    "search",
    "template",
    "source",
    "extra",
];

impl Default for Config {
    /// The settings of a site without any.
    fn default() -> Self {
        Self {
            title: Localized::default(),
            description: Localized::default(),
            base_url: None,
            content: "content".to_owned(),
            locales: vec![Locale("en".to_owned())],
            output: "public".to_owned(),
            theme: None,
            tokens: Vec::new(),
            timezone: Zone::utc(),
            links: Links::default(),
            assets: Assets::default(),
            updated: Updated::default(),
            remote_images: false,
            markdown: Markdown::default(),
            audiences: Vec::new(),
            variables: BTreeMap::new(),
            front_matter: BTreeMap::new(),
            levels: BTreeMap::new(),
            permalink: None,
            statics: vec!["static".to_owned()],
            ignore: Vec::new(),
            highlight: true,
            archives: false,
            feed_limit: 20,
            edit_url: None,
            contact: Localized::default(),
            footer_links: Vec::new(),
            feedback: Feedback::default(),
            front: Front::default(),
            preview: Preview::default(),
            max_image_pixels: 16_384 * 16_384,
        }
    }
}

impl Config {
    /// The source locale.
    pub fn source_locale(&self) -> &Locale {
        &self.locales[0]
    }

    /// The locale with that id.
    pub fn locale(&self, id: LocaleId) -> &Locale {
        &self.locales[id.0 as usize]
    }

    /// The locales whose words stand in for those of `id`, itself first: its parents, English,
    /// the source locale, as far as the site has them: `fr-CA → fr → en → ja`.
    ///
    /// ```
    /// use shirube::config::{Config, Locale};
    /// use shirube::document::LocaleId;
    /// let mut config = Config::default();
    /// config.locales = ["ja", "fr-CA", "en", "fr"].iter().filter_map(|l| Locale::new(l)).collect();
    /// assert_eq!(config.chain(LocaleId(1)), [1, 3, 2, 0].map(LocaleId));
    /// assert_eq!(config.chain(LocaleId(0)), [LocaleId(0)]);
    /// ```
    pub fn chain(&self, id: LocaleId) -> Vec<LocaleId> {
        if id == LocaleId::default() {
            return vec![id];
        }
        let own = self.locale(id).as_str();
        let parents = own.rmatch_indices('-').map(|(end, _)| &own[..end]);
        let tags = std::iter::once(own).chain(parents).chain(["en", self.source_locale().as_str()]);
        let mut chain = Vec::new();
        for tag in tags {
            let known = self.locale_ids().find(|(_, locale)| locale.as_str() == tag);
            chain.extend(known.map(|(known, _)| known).filter(|known| !chain.contains(known)));
            if chain.last() == Some(&LocaleId::default()) {
                break;
            }
        }
        chain
    }

    /// The pseudo-locale, where the site is shown in it.
    pub fn pseudo(&self) -> Option<LocaleId> {
        self.locale_ids().find(|(_, locale)| locale.as_str() == PSEUDO).map(|(id, _)| id)
    }

    /// The locales of the site that are of the language of `id`: itself and its parents, `fr-CA`
    /// and `fr`.
    pub fn kin(&self, id: LocaleId) -> Vec<LocaleId> {
        let own = self.locale(id).as_str();
        let is_parent = |tag: &str| own.strip_prefix(tag).is_some_and(|rest| rest.starts_with('-'));
        let kin = self.locale_ids().filter(|(known, tag)| *known == id || is_parent(tag.as_str()));
        kin.map(|(known, _)| known).collect()
    }

    /// All locales with their ids, the source locale first.
    pub fn locale_ids(&self) -> impl Iterator<Item = (LocaleId, &Locale)> {
        (0u16..).map(LocaleId).zip(&self.locales)
    }
}
