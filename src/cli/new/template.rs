//! `shirube new template PATH`: a file of the theme below, copied into the site's own.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::init::wrote;
use crate::cli::site::{Loaded, Site};
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::host::Error;
use crate::pipeline;
use crate::theme::Original;

pub(super) fn run(
    named: Option<&Path>,
    path: &str,
    print: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let original = original(&site, path)?;
    if print {
        streams::out(&original.copy());
        return Ok(ExitCode::SUCCESS);
    }
    let Some(theme) = &site.config.theme else {
        return Err(Message::new("new-no-theme").into());
    };
    if theme.value.starts_with('.') || theme.value.contains(['/', '\\', ':']) {
        return Err(Message::new("new-bad-theme").shown("theme", &theme.value).into());
    }
    let file = site.root.join("themes").join(&theme.value).join(&original.path);
    if file.exists() {
        return Err(Message::new("new-template-exists").shown("path", file.display()).into());
    }
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(Error::on("make", parent))?;
    }
    fs::write(&file, original.copy()).map_err(Error::on("write", &file))?;
    streams::err_line(&wrote(&file, words));
    Ok(ExitCode::SUCCESS)
}

/// What `path` means in the themes below the site's own.
fn original(site: &Site, path: &str) -> Result<Original, Failure> {
    let typed = path.replace('\\', "/");
    let theme = site.config.theme.as_ref().map_or("default", |theme| theme.value.as_str());
    let name = typed.strip_prefix(&format!("themes/{theme}/")).unwrap_or(&typed);
    let listed = site.list(&site.out(None))?;
    let Loaded { inputs, .. } = site.load(&listed);
    pipeline::original(&inputs, &site.config, name).map_err(|near| {
        Message::new("new-no-template").shown("name", name).near(near.as_deref()).into()
    })
}
