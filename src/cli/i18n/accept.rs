//! `shirube i18n accept`: a translation is of the source as it is now.

use std::path::Path;
use std::process::ExitCode;

use super::{Translated, catalogue_path, kept_path, read, write};
use crate::cli::args::AcceptArgs;
use crate::cli::init::wrote;
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::document::LocaleId;
use crate::localize::{accept, fingerprint, is_in_conflict, with_source};
use crate::pipeline::Translatable;
use crate::text::FileId;

pub(super) fn run(
    named: Option<&Path>,
    args: &AcceptArgs,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Translated::read(named)?;
    let locale = site.locale(&args.locale)?;
    let guide = site.guide(&args.guide)?;
    if let Some((file, _)) = guide.files.get(&locale) {
        file_accepted(&site, guide, locale, *file, words)?;
    } else if guide.catalogues.contains_key(&locale) {
        messages_accepted(&site, guide, locale, &args.ids, words)?;
    } else {
        return Err(Message::new("i18n-not-translated")
            .shown("guide", guide.id.as_str())
            .shown("locale", &args.locale)
            .into());
    }
    Ok(ExitCode::SUCCESS)
}

fn messages_accepted(
    site: &Translated,
    guide: &Translatable,
    locale: LocaleId,
    ids: &[String],
    words: &Words,
) -> Result<(), Failure> {
    let path = catalogue_path(site.tag(locale), guide.id.as_str());
    let on_disk = site.root.join(&path);
    let text = read(&on_disk)?;
    if is_in_conflict(&text) {
        return Err(Message::new("i18n-conflict").shown("path", &path).into());
    }
    let (done, count, unknown) = accept(&text, ids);
    if let Some(id) = unknown.first() {
        return Err(Message::new("i18n-no-id").shown("path", &path).shown("id", id).into());
    }
    if done != text {
        write(&on_disk, &done)?;
    }
    let message = Message::new("i18n-accepted").shown("path", &path).with("count", count);
    streams::err_line(&words.say(&message));
    Ok(())
}

fn file_accepted(
    site: &Translated,
    guide: &Translatable,
    locale: LocaleId,
    file: FileId,
    words: &Words,
) -> Result<(), Failure> {
    keep_source(site, guide, locale, words)?;
    let path = site.root.join(site.shown(file));
    let text = read(&path)?;
    let done = with_source(&text, &fingerprint(&guide.texts));
    if done != text {
        write(&path, &done)?;
        streams::err_line(&wrote(&path, words));
    }
    Ok(())
}

/// Keeps the source as it is now beside a translation by file.
pub(super) fn keep_source(
    site: &Translated,
    guide: &Translatable,
    locale: LocaleId,
    words: &Words,
) -> Result<(), Failure> {
    let source = read(&site.root.join(site.shown(guide.file)))?;
    let kept = site.root.join(kept_path(site.tag(locale), guide.id.as_str()));
    if read(&kept)? != source {
        write(&kept, &source)?;
        streams::err_line(&wrote(&kept, words));
    }
    Ok(())
}
