//! `shirube i18n`: the files of translators, written and marked.
//!
//! In: the site as translators meet it. Out: catalogues, kept sources, and files for other
//! programs. What is in these files is the business of [`crate::localize`].

mod accept;
mod convert;
mod exchange;
mod extract;
mod status;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::Failure;
use super::args::I18nWhat;
use super::site::{Loaded, Site};
use super::words::{Message, Words};
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::document::LocaleId;
use crate::host::replace::replace;
use crate::host::{Error, clock};
use crate::input::Inputs;
use crate::memo::Counters;
use crate::pipeline::{self, Translatable};

pub(super) use exchange::{ExportArgs, ImportArgs};
pub(super) use status::StatusArgs;

/// Runs a command; `colour` is about standard output.
pub(super) fn run(
    named: Option<&Path>,
    what: &I18nWhat,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    match what {
        I18nWhat::Extract(args) => extract::run(named, args, words),
        I18nWhat::Accept(args) => accept::run(named, args, words),
        I18nWhat::Export(args) => exchange::export(named, args, words),
        I18nWhat::Import(args) => exchange::import(named, args, words),
        I18nWhat::Status(args) => status::run(named, args, colour, words),
        I18nWhat::Convert(args) => convert::run(named, args, words),
    }
}

/// A site as translators meet it.
struct Translated {
    root: PathBuf,
    config: Config,
    inputs: Arc<Inputs>,
    guides: Vec<Translatable>,
}

impl Translated {
    fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let site = Site::find(named)?;
        let listed = site.list(&site.out(None))?;
        let Loaded { config, inputs } = site.load(&listed);
        let counters = Counters::new(clock::elapsed);
        let guides = pipeline::translatable(&inputs, &config.value, &counters);
        Ok(Self { root: site.root, config: config.value, inputs, guides })
    }

    /// The language that is named; it must be one that is translated into.
    fn locale(&self, named: &str) -> Result<LocaleId, Failure> {
        locale(&self.config, named)
    }

    fn tag(&self, locale: LocaleId) -> &str {
        self.config.locales[locale.0 as usize].as_str()
    }

    /// The guide that is named, as people name one: by its path, or by a file of it.
    fn guide(&self, named: &str) -> Result<&Translatable, Failure> {
        let typed = named.replace('\\', "/");
        let typed = typed.trim_start_matches("./");
        let path = typed.strip_prefix(&format!("{}/", self.config.content)).unwrap_or(typed);
        let path = [".markdown", ".md"]
            .iter()
            .find_map(|end| path.strip_suffix(end))
            .unwrap_or(path)
            .trim_end_matches('/');
        let found = |path: &str| self.guides.iter().find(|guide| guide.id.as_str() == path);
        found(path).or_else(|| found(&format!("{path}/index"))).ok_or_else(|| {
            let names = self.guides.iter().map(|guide| guide.id.as_str());
            let near = nearest(path, names);
            Message::new("i18n-no-guide").shown("guide", named).near(near).into()
        })
    }

    /// A path of the site, for people.
    fn shown(&self, file: crate::text::FileId) -> String {
        self.inputs.file(file).map(|file| file.path.as_str().to_owned()).unwrap_or_default()
    }
}

/// The language that is named; it must be one that is translated into.
fn locale(config: &Config, named: &str) -> Result<LocaleId, Failure> {
    let mut all = config.locale_ids().skip(1);
    let found = all.find(|(_, locale)| locale.as_str() == named);
    found.map(|(id, _)| id).ok_or_else(|| {
        let tags = config.locales.iter().skip(1).map(|locale| locale.as_str());
        let message = Message::new("i18n-no-locale").shown("locale", named);
        message.near(nearest(named, tags)).into()
    })
}

/// Where the files of a guide's translation are, below the site's folder.
fn catalogue_path(tag: &str, guide: &str) -> String {
    format!("locales/{tag}/guides/{guide}.ftl")
}

/// Where translations go whose texts are gone.
fn obsolete_path(tag: &str, guide: &str) -> String {
    format!("locales/{tag}/obsolete/{guide}.ftl")
}

/// Where the source is kept that a translation by file was made from.
fn kept_path(tag: &str, guide: &str) -> String {
    format!("locales/{tag}/guides/{guide}.source.md")
}

/// The text of a file, empty where there is none; an error where it is no text.
fn read(path: &Path) -> Result<String, Failure> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(Error::on("read", path)(error).into()),
    };
    String::from_utf8(bytes)
        .map_err(|_| Message::new("i18n-not-utf8").shown("path", path.display()).into())
}

/// Writes a file and the folders above it; an empty one is removed.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if text.is_empty() {
        return match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::on("remove", path)(error).into())
            }
            _ => Ok(()),
        };
    }
    Ok(replace(path, text)?)
}
