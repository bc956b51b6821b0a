//! `shirube i18n convert`: a translation by file becomes one by messages, and back.

use std::path::Path;
use std::process::ExitCode;

use super::accept::keep_source;
use super::{Translated, catalogue_path, kept_path, obsolete_path, read, write};
use crate::cli::args::ConvertArgs;
use crate::cli::init::wrote;
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::document::LocaleId;
use crate::localize::{
    Catalogue, Converted, Files, Ids, Text, body, extract, fingerprint, is_in_conflict, to_file,
    to_messages, with_source,
};
use crate::messages;
use crate::pipeline::Translatable;
use crate::text::FileId;

pub(super) fn run(
    named: Option<&Path>,
    args: &ConvertArgs,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Translated::read(named)?;
    let locale = site.locale(&args.locale)?;
    let guide = site.guide(&args.guide)?;
    let turn = Turn { site: &site, guide, locale, words };
    if let Some((file, texts)) = guide.files.get(&locale) {
        turn.messages(*file, texts)?;
    } else if let Some(file) = guide.catalogues.get(&locale) {
        turn.file(*file)?;
    } else {
        return Err(Message::new("i18n-not-translated")
            .shown("guide", guide.id.as_str())
            .shown("locale", &args.locale)
            .into());
    }
    Ok(ExitCode::SUCCESS)
}

struct Turn<'a> {
    site: &'a Translated,
    guide: &'a Translatable,
    locale: LocaleId,
    words: &'a Words,
}

impl Turn<'_> {
    fn path(&self, of: fn(&str, &str) -> String) -> String {
        of(self.site.tag(self.locale), self.guide.id.as_str())
    }

    fn write(&self, path: &str, text: &str) -> Result<(), Failure> {
        let on_disk = self.site.root.join(path);
        write(&on_disk, text)?;
        streams::err_line(&wrote(Path::new(path), self.words));
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<(), Failure> {
        let on_disk = self.site.root.join(path);
        if on_disk.exists() {
            write(&on_disk, "")?;
            let removed = Message::new("i18n-removed").shown("path", path);
            streams::err_line(&self.words.say(&removed));
        }
        Ok(())
    }

    /// What was made from an older source is stale in the catalogue.
    fn messages(&self, file: FileId, texts: &[Text]) -> Result<(), Failure> {
        let path = self.path(catalogue_path);
        if self.site.root.join(&path).exists() {
            return Err(Message::new("exists").shown("path", &path).into());
        }
        let kept = self.guide.kept.get(&self.locale).map(|(_, texts)| texts);
        let blocks = |locale| self.guide.blocks.get(&locale).map(Vec::as_slice).unwrap_or_default();
        let own = (texts, blocks(self.locale));
        let source = kept.unwrap_or(&self.guide.texts);
        let done = to_messages((source, blocks(LocaleId::default())), own);
        let obsolete = read(&self.site.root.join(self.path(obsolete_path)))?;
        let files = Files { catalogue: done.text.clone(), obsolete: obsolete.clone() };
        let (now, _) = extract(&self.guide.texts, &files, &Ids::default());
        if now.obsolete != obsolete {
            self.write(&self.path(obsolete_path), &now.obsolete)?;
        }
        self.write(&path, &now.catalogue)?;
        self.remove(&self.site.shown(file))?;
        self.remove(&self.path(kept_path))?;
        self.tell(&path, &done, &path);
        Ok(())
    }

    fn file(&self, catalogue: FileId) -> Result<(), Failure> {
        let name = self.site.shown(self.guide.file);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "md"));
        let path = format!("{stem}.{}.{extension}", self.site.tag(self.locale));
        let (shown, aside) = (self.site.shown(catalogue), self.path(obsolete_path));
        let text = self.site.inputs.text(catalogue).unwrap_or_default();
        if is_in_conflict(text) {
            return Err(Message::new("i18n-conflict").shown("path", shown).into());
        }
        let blocks = messages::catalogue(catalogue, text).value;
        let own = Catalogue { file: catalogue, lang: self.locale, text, blocks: &blocks };
        let source = self.site.inputs.text(self.guide.file).unwrap_or_default();
        let mut done = to_file(&self.guide.texts, source, body(source), &own);
        if !done.stale {
            done.text = with_source(&done.text, &fingerprint(&self.guide.texts));
        }
        self.write(&path, &done.text)?;
        if !done.stale {
            keep_source(self.site, self.guide, self.locale, self.words)?;
        }
        let left = [&done.left[..], &done.notes[..]].concat();
        if !left.is_empty() {
            let before = read(&self.site.root.join(&aside))?;
            let between = if before.is_empty() { "" } else { "\n" };
            self.write(&aside, &format!("{before}{between}{}\n", left.join("\n\n")))?;
        }
        self.remove(&shown)?;
        self.tell(&path, &done, &aside);
        Ok(())
    }

    fn tell(&self, path: &str, done: &Converted, left: &str) {
        let message = Message::new("i18n-converted")
            .shown("path", path)
            .with("matched", done.matched)
            .with("all", self.guide.texts.len());
        streams::err_line(&self.words.say(&message));
        let counts = [
            ("i18n-left", done.left.len() - done.codes),
            ("i18n-left-code", done.codes),
            ("i18n-notes", done.notes.len()),
        ];
        for (id, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let message = Message::new(id).with("count", count).shown("path", left);
            streams::err_line(&self.words.say(&message));
        }
    }
}
