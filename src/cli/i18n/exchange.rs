//! `shirube i18n export` and `import`: catalogues as files for other translation tools, and
//! the way back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::status::Named;
use super::{Translated, catalogue_path, obsolete_path, read, write};
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::document::LocaleId;
use crate::localize::{about, exported, imported, is_in_conflict, po};
use crate::pipeline::Translatable;

/// `i18n export`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    /// Only these guides, by path, or those of these sections.
    #[arg(value_name = "GUIDE")]
    guides: Vec<String>,
    /// What is written: PO files, one a guide and language.
    #[arg(long, value_name = "FORMAT", default_value = "po")]
    format: Exchange,
    /// Only this language.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// The folder that they are written into.
    #[arg(long, value_name = "DIR", default_value = "po")]
    out: PathBuf,
}

/// What other tools read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Exchange {
    /// The files of gettext.
    Po,
}

/// `i18n import`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// PO files that `export` wrote.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Their language, where they do not say it.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
}

pub(super) fn export(
    named: Option<&Path>,
    args: &ExportArgs,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let Exchange::Po = args.format;
    let site = Translated::read(named)?;
    let wanted = args.locale.as_deref().map(|name| site.locale(name)).transpose()?;
    let guides = site.guides.iter().map(|guide| &guide.id);
    let chosen = Named::of(&args.guides, &site.config, &guides)?;
    for (locale, tag) in site.config.locale_ids().skip(1) {
        if wanted.is_some_and(|wanted| wanted != locale) {
            continue;
        }
        let mut count = 0usize;
        for guide in site.guides.iter().filter(|guide| chosen.has(&guide.id)) {
            count += usize::from(export_guide(&site, guide, locale, &args.out)?);
        }
        let message = match count {
            0 => Message::new("i18n-nothing-to-export"),
            _ => Message::new("i18n-exported")
                .with("files", count)
                .shown("folder", args.out.join(tag.as_str()).display()),
        };
        streams::err_line(&words.say(&message.shown("locale", tag.as_str())));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the guide has a catalogue to write.
fn export_guide(
    site: &Translated,
    guide: &Translatable,
    locale: LocaleId,
    out: &Path,
) -> Result<bool, Failure> {
    if !guide.catalogues.contains_key(&locale) {
        return Ok(false);
    }
    let (tag, id) = (site.tag(locale), guide.id.as_str());
    let catalogue = read(&site.root.join(catalogue_path(tag, id)))?;
    let obsolete = read(&site.root.join(obsolete_path(tag, id)))?;
    let text = exported(id, &site.shown(guide.file), tag, &catalogue, &obsolete);
    write(&out.join(tag).join(format!("{id}.po")), &text)?;
    Ok(true)
}

pub(super) fn import(
    named: Option<&Path>,
    args: &ImportArgs,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Translated::read(named)?;
    let mut whole = true;
    for path in &args.files {
        whole &= import_file(&site, path, args.locale.as_deref(), words)?;
    }
    Ok(ExitCode::from(u8::from(!whole)))
}

/// Whether all of a file was taken.
fn import_file(
    site: &Translated,
    path: &Path,
    named: Option<&str>,
    words: &Words,
) -> Result<bool, Failure> {
    let about_file = |id| Message::new(id).shown("path", path.display());
    if !path.exists() {
        read_strictly(path)?;
    }
    let text = read(path)?;
    let items =
        po::read(&text).map_err(|fault| about_file("i18n-not-po").shown("line", fault.0))?;
    let (guide, language) = about(&items);
    let guide = guide.ok_or_else(|| about_file("i18n-no-guide-in"))?;
    let language = named.map(str::to_owned).or(language);
    let locale = site.locale(&language.ok_or_else(|| about_file("i18n-no-language-in"))?)?;
    let guide = site.guide(guide)?;
    let tag = site.tag(locale);
    if !guide.catalogues.contains_key(&locale) {
        let message = about_file("i18n-no-catalogue").shown("guide", guide.id.as_str());
        return Err(message.shown("locale", tag).into());
    }
    let catalogue = catalogue_path(tag, guide.id.as_str());
    let on_disk = site.root.join(&catalogue);
    let before = read(&on_disk)?;
    if is_in_conflict(&before) {
        return Err(Message::new("i18n-conflict").shown("path", &catalogue).into());
    }
    let (after, done) = imported(&before, &items);
    if after != before {
        write(&on_disk, &after)?;
    }
    let message = Message::new("i18n-imported").shown("path", &catalogue);
    let message = message.with("count", done.written).with("stale", done.stale);
    streams::err_line(&words.say(&message));
    let left = [
        ("i18n-import-unknown", &done.unknown),
        ("i18n-import-older", &done.older),
        ("i18n-import-unreadable", &done.unreadable),
    ];
    for (id, ids) in left.iter().filter(|(_, ids)| !ids.is_empty()) {
        streams::err_line(&words.say(&about_file(id).with("ids", words.join(ids))));
    }
    Ok(left.iter().all(|(_, ids)| ids.is_empty()))
}

/// A file that must be there.
fn read_strictly(path: &Path) -> Result<Vec<u8>, Failure> {
    Ok(std::fs::read(path).map_err(crate::host::Error::on("read", path))?)
}
