//! Loads a site from the disk: its settings, its files, and what the command line adds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::args::ShowArgs;
use super::words::Message;
use crate::config::yaml::Source;
use crate::config::{self, Config, Updated};
use crate::dates::{Day, Zone};
use crate::diagnostic::{Checked, Diagnostic, Place, code};
use crate::host::tree::{self, Listed};
use crate::host::{builtin, clock, git, record};
use crate::input::{Contents, Inputs};
use crate::paths::SitePath;
use crate::pipeline::Options;
use crate::resolve::Show;
use crate::text::FileId;

/// A site on the disk, not yet read.
pub(super) struct Site {
    /// Its folder.
    pub(super) root: PathBuf,
    /// Its settings, read for the folders that they name.
    pub(super) config: Config,
    /// Whether they could be read.
    pub(super) sound: bool,
}

/// A site's files, read.
pub(super) struct Loaded {
    /// The settings, with what was wrong in them.
    pub(super) config: Checked<Config>,
    /// The files.
    pub(super) inputs: Arc<Inputs>,
}

impl Site {
    /// Finds the site that a command is about.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .map_err(|error| Message::new("site-no-current").shown("reason", error))?;
        let Some(root) = tree::find(named, &current) else {
            let none = match named {
                None => Message::new("site-none-here"),
                Some(folder) => Message::new("site-none").shown("place", folder.display()),
            };
            return Err(none.into());
        };
        // What is wrong with the settings is said when all files are read.
        let files = tree::read(tree::settings(&root).as_slice());
        let config = match files.first().map(|file| &file.contents) {
            Some(Contents::Text(text)) => config::read(Some(Source::whole(FileId(0), text))),
            _ => config::read(None),
        };
        let sound = !config.diagnostics.iter().any(|fault| super::build::blocks(fault, false));
        Ok(Self { root, config: config.value, sound })
    }

    /// The folders that the site is made of, relative to its own.
    fn folders(&self) -> Vec<&str> {
        let mut folders = vec![self.config.content.as_str(), "locales", "themes"];
        folders.extend(self.config.statics.iter().map(String::as_str));
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// The same folders, the settings and the program's notes on the disk, whether they
    /// exist yet or not.
    pub(super) fn sources(&self) -> Vec<PathBuf> {
        let folders = self.folders().into_iter().chain([tree::CONFIG, record::FOLDER]);
        folders.map(|folder| self.root.join(folder)).collect()
    }

    /// Why the site as a whole cannot be read: without its guides it would be replaced by
    /// an empty one.
    pub(super) fn fault(&self) -> Option<Diagnostic> {
        let content = self.root.join(&self.config.content);
        if content.is_dir() {
            return None;
        }
        let message = if content.exists() {
            "the content folder `{path}` is no folder"
        } else {
            "the content folder `{path}` does not exist"
        };
        let fault = Diagnostic::new(code::UNREADABLE_FILE, Place::Site, message)
            .with("path", &self.config.content)
            .help("correct `content:` in shirube.yaml, or make the folder; if it lies on a network drive, see that it is mounted");
        Some(fault)
    }

    /// The published folder: `named`, relative to the current folder, else `output`,
    /// relative to the site.
    pub(super) fn out(&self, named: Option<&Path>) -> PathBuf {
        named.map_or_else(|| self.root.join(&self.config.output), Path::to_owned)
    }

    /// Lists the site's files; nothing below `out` is one.
    pub(super) fn list(&self, out: &Path) -> Result<Vec<Listed>, Failure> {
        let skip = crate::host::output::resolved(out);
        Ok(self.with_folders(|folders| tree::list_with(&self.root, folders, &skip))?)
    }

    fn with_folders<R>(&self, work: impl FnOnce(tree::Folders<'_>) -> R) -> R {
        work(tree::Folders {
            all: &self.folders(),
            content: &self.config.content,
            statics: &self.config.statics,
        })
    }

    /// Follows the listed files from now on.
    pub(super) fn followed(&self, listed: &[Listed]) -> Result<tree::Followed, Failure> {
        let skip = crate::host::output::resolved(&self.out(None));
        Ok(self.with_folders(|folders| tree::Followed::new(&self.root, folders, &skip, listed))?)
    }

    /// Lets `followed` look into the folders that the settings name.
    pub(super) fn look_into(&self, followed: &mut tree::Followed) {
        let skip = crate::host::output::resolved(&self.out(None));
        self.with_folders(|folders| followed.look_into(folders, &skip));
    }

    /// Reads the listed files, with the program's own beside them.
    pub(super) fn load(&self, listed: &[Listed]) -> Loaded {
        let mut files = tree::read(listed);
        let settings = files.iter().find(|file| file.path.as_str() == tree::CONFIG);
        let config = match settings.map(|file| (file.id, &file.contents)) {
            Some((id, Contents::Text(text))) => config::read(Some(Source::whole(id, text))),
            _ => config::read(None),
        };
        let first = u32::try_from(files.len()).expect("fewer than four thousand million files");
        files.extend(builtin::files(first));
        let mut inputs = Inputs::new(files);
        (inputs.changed, inputs.shallow) = changed(&self.root, &config.value);
        Loaded { config, inputs: Arc::new(inputs) }
    }

    /// The state of the repository that dates of change come from; empty when they are not asked of git.
    pub(super) fn head(&self) -> String {
        match self.config.updated {
            Updated::Git => git::head(&self.root),
            Updated::None => String::new(),
        }
    }

    /// What is known of the repository: days of change, and whether its history is cut short.
    pub(super) fn changed(&self) -> (BTreeMap<SitePath, Day>, bool) {
        changed(&self.root, &self.config)
    }

    /// What the command line says about a build.
    pub(super) fn options(&self, show: &ShowArgs) -> Result<Options, Failure> {
        Ok(Options {
            show: Show {
                drafts: show.drafts,
                audiences: show.audience.clone(),
                today: day(show.date.as_deref(), &self.config.timezone)?,
            },
            base_url: match &show.base_url {
                None => None,
                Some(url) => Some(
                    config::base_url(url)
                        .ok_or_else(|| Message::new("site-bad-url").shown("url", url))?,
                ),
            },
            root_path: None,
            pseudo: false,
        })
    }
}

fn changed(root: &Path, config: &Config) -> (BTreeMap<SitePath, Day>, bool) {
    let changed = match config.updated {
        Updated::Git => git::changed(root, &config.timezone),
        Updated::None => git::Changed::default(),
    };
    (changed.days, changed.shallow)
}

/// The day that a build takes for today.
pub(super) fn day(named: Option<&str>, zone: &Zone) -> Result<Day, Failure> {
    match named {
        None => today(zone),
        Some(text) => Day::read(text, zone)
            .ok_or_else(|| Message::new("site-bad-day").shown("text", text).into()),
    }
}

/// Today, or the day that the environment names.
pub(super) fn today(zone: &Zone) -> Result<Day, Failure> {
    clock::today(zone).map_err(|text| Message::new("site-bad-epoch").shown("text", text).into())
}
