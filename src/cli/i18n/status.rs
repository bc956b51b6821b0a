//! `shirube i18n status`: what is translated, what is behind, and what changed since.

mod json;
mod text;
mod wording;

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::locale;
use crate::cli::args::Format;
use crate::cli::site::{Loaded, Site};
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::config::Config;
use crate::discover::GuideId;
use crate::document::LocaleId;
use crate::host::clock;
use crate::input::Inputs;
use crate::memo::Counters;
use crate::pipeline::{self, GuideStanding, WordFault};
use crate::text::{FileId, LineIndex};

/// `i18n status`.
#[derive(Debug, Args)]
pub(in crate::cli) struct StatusArgs {
    /// Only these guides, by path, or those of these sections.
    #[arg(value_name = "GUIDE")]
    guides: Vec<String>,
    /// Only this language.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// How it is written; JSON has one object a line for each guide and language.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 when less than this share of a language's texts is translated.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

/// What is told of: the standings of one locale.
struct Told<'a> {
    locale: &'a str,
    guides: Vec<&'a GuideStanding>,
    /// What is wrong with its words; nothing where guides were named.
    faults: Vec<&'a WordFault>,
    inputs: &'a Inputs,
    /// Whether guides were named, so that all of them is wanted.
    whole: bool,
}

impl Told<'_> {
    fn texts(&self) -> usize {
        self.guides.iter().map(|guide| guide.standing.texts).sum()
    }

    /// The share that is translated, in whole percent, rounded down.
    fn percent(&self) -> usize {
        let translated: usize = self.guides.iter().map(|guide| guide.standing.translated).sum();
        (translated * 100).checked_div(self.texts()).unwrap_or(100)
    }

    /// The path of a file and the line of a byte of it.
    fn place(&self, file: FileId, byte: usize) -> (&str, usize) {
        let path = self.inputs.file(file).map_or("", |file| file.path.as_str());
        let text = self.inputs.text(file).unwrap_or_default();
        (path, LineIndex::new(text).position(text, byte).line)
    }
}

pub(super) fn run(
    named: Option<&Path>,
    args: &StatusArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let wanted = args.locale.as_deref().map(|name| locale(&site.config, name)).transpose()?;
    let listed = site.list(&site.out(None))?;
    let Loaded { config, inputs } = site.load(&listed);
    let config = config.value;
    let counters = Counters::new(clock::elapsed);
    let all = pipeline::standings(&inputs, &config, &counters);
    let guides = Named::of(&args.guides, &config, &all.iter().map(|own| &own.id))?;
    let faults = match guides.is_empty() {
        true => pipeline::word_faults(&inputs, &config),
        false => Vec::new(),
    };
    let mut short = Vec::new();
    let mut out = String::new();
    for (id, tag) in config.locale_ids() {
        let is_wanted = id != LocaleId::default() && wanted.is_none_or(|wanted| wanted == id);
        if !is_wanted {
            continue;
        }
        let of = all.iter().filter(|own| own.locale == id && guides.has(&own.id));
        let told = Told {
            locale: tag.as_str(),
            guides: of.collect(),
            faults: faults.iter().filter(|own| own.locale == id).collect(),
            inputs: &inputs,
            whole: !guides.is_empty(),
        };
        if let Some(least) = args.fail_under.filter(|least| told.percent() < usize::from(*least)) {
            let message = Message::new("i18n-under").shown("locale", tag.as_str());
            short.push(message.with("percent", told.percent()).with("least", usize::from(least)));
        }
        out += &match args.format {
            Format::Json => json::lines(&told) + &wording::objects(&told),
            Format::Text => text::locale(&told, colour, words) + &wording::lines(&told, words),
        };
    }
    if out.is_empty() && args.format == Format::Text {
        out = words.text("i18n-one-locale", &[]) + "\n";
    }
    streams::out(&out);
    short.iter().for_each(|message| streams::err_line(&words.say(message)));
    Ok(ExitCode::from(u8::from(!short.is_empty())))
}

/// The guides, and the folders of guides, that a command names.
pub(super) struct Named(Vec<String>);

impl Named {
    /// Each must name one of `guides`; by its path below the content folder, or by its file.
    pub(super) fn of<'a>(
        written: &[String],
        config: &Config,
        guides: &(impl Iterator<Item = &'a GuideId> + Clone),
    ) -> Result<Self, Failure> {
        let mut found = Self(Vec::new());
        for name in written {
            let path = name.replace('\\', "/");
            let content = format!("{}/", config.content);
            let path = path.trim_start_matches("./").trim_end_matches('/');
            let path = path.strip_prefix(&content).unwrap_or(path);
            let path = path.strip_suffix(".md").unwrap_or(path);
            let one = Self(vec![path.to_owned()]);
            if !guides.clone().any(|guide| one.has(guide)) {
                let all = guides.clone().map(GuideId::as_str);
                let near = crate::diagnostic::nearest(path, all);
                return Err(Message::new("i18n-no-guide").shown("guide", name).near(near).into());
            }
            found.0.extend(one.0);
        }
        Ok(found)
    }

    /// Whether a guide is named; all are where none is.
    pub(super) fn has(&self, guide: &GuideId) -> bool {
        let path = guide.as_str();
        let below = |folder: &String| {
            path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        self.0.is_empty() || self.0.iter().any(|name| path == name || below(name))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
