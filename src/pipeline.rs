//! The order of the stages: a build is a function from inputs to outputs and diagnostics.
//!
//! Two halves: `site`, everything site-wide (cards, map, words, theme), and `pages`, each
//! page drawn and its tree let go again. Guides are parsed twice, which costs less than
//! holding all trees. [`build`] draws all pages into a sink; a [`Session`] holds the site,
//! follows its edits, and draws the pages that are asked for. Touches no disk, clock or
//! terminal.

mod checks;
mod extras;
mod faults;
mod includes;
mod memory;
mod once;
mod pages;
mod searching;
mod session;
mod site;
mod standing;
mod theming;
mod translating;
mod trees;
mod whole;
mod wording;

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place, Reach, Severity, code, nearest};
use crate::emit::Sink;
use crate::input::Inputs;
use crate::memo::Counters;
use crate::resolve::Show;

pub use session::{Asked, Edit, Session, Step, Survey, SurveyedGuide, SurveyedPicture};
pub use standing::{GuideStanding, PictureStanding, standings};
pub use theming::original;
pub use translating::{Translatable, translatable};
pub use wording::{WordFault, WordLack, word_faults};

/// What a build depends on besides its files.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Options {
    /// Which guides are shown.
    pub show: Show,
    /// Where the site is published, in place of the settings'; ends in `/`.
    pub base_url: Option<String>,
    /// The absolute path of the root for the page of missing addresses, in place of the
    /// one that the address of the site has: the preview's.
    pub root_path: Option<String>,
    /// Whether the site is shown in the pseudo-locale too, as its last one.
    pub pseudo: bool,
}

/// What a build has to say; its files went to the sink.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Everything that was noticed, the site's own levels applied, in no order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages were handed to the sink.
    pub pages: u64,
}

/// Builds the site that `inputs` are, into `sink`.
pub fn build(
    inputs: &Arc<Inputs>,
    config: Checked<Config>,
    options: &Options,
    sink: &dyn Sink,
    counters: &Counters,
) -> Outcome {
    let parts = site::Parts {
        inputs: Arc::clone(inputs),
        config: overridden(config, options),
        options: Arc::new(options.clone()),
        former: None,
    };
    let site = site::site(parts, &mut memory::Memory::default(), counters);
    whole::answers(&site, counters);
    let mut faults = site.all_faults();
    let pages = whole::all(&site, sink, counters, &mut faults);
    extras::files(&site, sink, counters, &mut faults);
    Outcome { diagnostics: leveled(once::once(faults), &site.config), pages }
}

/// The settings, with what the options say in their place.
fn overridden(config: Checked<Config>, options: &Options) -> Checked<Arc<Config>> {
    let mut value = config.value;
    if let Some(url) = &options.base_url {
        let place = crate::text::Span::new(crate::text::FileId(0), 0..0);
        value.base_url = Some(crate::text::Spanned::new(url.clone(), place));
    }
    let is_there = value.locales.iter().any(|tag| tag.as_str() == crate::messages::PSEUDO);
    if options.pseudo && !is_there {
        value.locales.extend(crate::config::Locale::new(crate::messages::PSEUDO));
    }
    Checked { value: Arc::new(value), diagnostics: config.diagnostics }
}

fn unknown_audiences(config: &Config, options: &Options) -> Vec<Diagnostic> {
    // The names of the preview are the settings' own.
    let unknown = options.show.audiences.iter().filter(|name| !config.audiences.contains(name));
    let fault = |name: &String| {
        Diagnostic::new(code::UNKNOWN_AUDIENCE, Place::Site, "`--audience {name}` is not declared")
            .with("name", name)
            .help("add it to `audiences:` in shirube.yaml")
            .nearest(nearest(name, config.audiences.iter().map(String::as_str)))
    };
    unknown.map(fault).collect()
}

/// Whether faults keep a site from being shown, by the site's own severities.
fn blocks(mut faults: Vec<Diagnostic>, config: &Config) -> bool {
    faults.retain(|fault| fault.code.reach() == Reach::Whole);
    leveled(faults, config).iter().any(|fault| fault.severity == Severity::Error)
}

/// Applies the site's own severities by code.
fn leveled(faults: Vec<Diagnostic>, config: &Config) -> Vec<Diagnostic> {
    let level = |mut fault: Diagnostic| match config.levels.get(fault.code.name()) {
        None => Some(fault),
        Some((_, None)) => None,
        Some((_, Some(severity))) => {
            fault.severity = *severity;
            Some(fault)
        }
    };
    let mut kept: Vec<Diagnostic> = faults.into_iter().filter_map(level).collect();
    kept.retain(|fault| fault.severity <= Severity::Note);
    kept
}
