//! `shirube new guide PATH`: a guide from a template, with its folder for screenshots; and
//! `shirube new template PATH`.

mod template;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use super::init::wrote;
use super::site::{Site, today};
use super::words::{Message, Words};
use super::{Failure, report, streams};
use crate::dates::Day;
use crate::diagnostic::{Checked, Diagnostic, Reach};
use crate::discover;
use crate::emit::Nothing;
use crate::host::{Error, builtin, clock};
use crate::input::{Contents, InputFile, Inputs, Layer};
use crate::memo::Counters;
use crate::paths::{SitePath, normalized};
use crate::pipeline::{self, Options};
use crate::resolve::Show;
use crate::text::FileId;

use super::args::NewWhat;

pub(super) fn run(
    named: Option<&Path>,
    what: &NewWhat,
    words: &Words,
) -> Result<ExitCode, Failure> {
    match what {
        NewWhat::Guide { path } => guide(named, path, words),
        NewWhat::Template { path, print } => template::run(named, path, *print, words),
    }
}

fn guide(named: Option<&Path>, path: &str, words: &Words) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    let typed = path.replace('\\', "/");
    let stem = typed.strip_suffix(".md").unwrap_or(&typed);
    let inside = stem.strip_prefix(&format!("{}/", site.config.content)).unwrap_or(stem);
    let good = normalized(inside).filter(|clean| !clean.is_empty() && !stem.starts_with('/'));
    let Some(clean) = good else {
        return Err(Message::new("new-outside").shown("path", path).into());
    };
    let content = site.root.join(&site.config.content);
    let file = content.join(format!("{clean}.md"));
    if file.exists() {
        return Err(Message::new("exists").shown("path", file.display()).into());
    }
    let japanese = site.config.source_locale().as_str().starts_with("ja");
    let day = today(&site.config.timezone)?;
    let text = beginning(&clean, japanese, &day.to_string());
    if let Some(reason) = refused(&site, &clean, &text, day, words) {
        return Err(Message::new("new-refused").shown("path", path).with("reason", reason).into());
    }
    let folder = content.join(&clean);
    if clean != "index" && !clean.ends_with("/index") {
        fs::create_dir_all(&folder).map_err(Error::on("make", &folder))?;
    }
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(Error::on("make", parent))?;
    }
    fs::write(&file, text).map_err(Error::on("write", &file))?;
    streams::err_line(&wrote(&file, words));
    let pictures = Message::new("new-screenshots").shown("folder", folder.display());
    streams::err_line(&words.say(&pictures));
    Ok(ExitCode::SUCCESS)
}

/// Why a build would refuse a guide of this name, or pass it over.
fn refused(site: &Site, clean: &str, text: &str, today: Day, words: &Words) -> Option<String> {
    let said = |fault: &Diagnostic| report::rendered(fault, words.lang()).message;
    if clean.contains(char::is_control) {
        return Some(words.text("new-control", &[]));
    }
    if clean.split('/').any(|part| part.starts_with('.')) {
        return Some(words.text("new-hidden", &[]));
    }
    let path = SitePath::new(&format!("{}/{clean}.md", site.config.content))?;
    let id = FileId(0);
    let guide = InputFile { id, path, layer: Layer::Site, contents: Contents::Text(text.into()) };
    let mut files = vec![guide];
    files.extend(builtin::files(1));
    let inputs = std::sync::Arc::new(Inputs::new(files));
    let found = discover::sources(&inputs, &site.config);
    if let Some(fault) = found.diagnostics.first() {
        return Some(said(fault));
    }
    if found.value.guides.is_empty() {
        return Some(words.text("new-passed-over", &[]));
    }
    let show = Show { drafts: true, audiences: site.config.audiences.clone(), today };
    let options = Options { show, base_url: None, root_path: None, pseudo: false };
    let config = Checked::clean(site.config.clone());
    let counters = Counters::new(clock::elapsed);
    let outcome = pipeline::build(&inputs, config, &options, &Nothing, &counters);
    let about_name =
        |fault: &&Diagnostic| fault.place.file() == Some(id) && fault.code.reach() == Reach::Whole;
    outcome.diagnostics.iter().find(about_name).map(said)
}

fn beginning(path: &str, japanese: bool, day: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).replace('"', "'");
    if japanese {
        format!(
            "---\ntitle: \"{name}\"\ndescription: このガイドでできることを 1 行で。\ndate: {day}\n\
             tags: []\ndraft: true\n---\n\nこのガイドは、だれが、何をするためのものかを書きます。\n\n\
             ## 手順\n\n1. 最初にすること。\n2. 次にすること。\n\n> [!NOTE]\n> 書き終えたら、上の \
             `draft: true` を消すと公開されます。\n"
        )
    } else {
        format!(
            "---\ntitle: \"{name}\"\ndescription: What this guide does, in one line.\ndate: {day}\n\
             tags: []\ndraft: true\n---\n\nSay whom this guide is for and what they can do with it.\n\n\
             ## Steps\n\n1. The first thing to do.\n2. The next one.\n\n> [!NOTE]\n> When it is \
             finished, remove `draft: true` above to publish it.\n"
        )
    }
}
