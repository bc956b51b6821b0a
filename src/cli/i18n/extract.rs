//! `shirube i18n extract`: catalogues brought up to their guides, and begun.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use super::{Translated, catalogue_path, obsolete_path, read, write};
use crate::cli::args::ExtractArgs;
use crate::cli::words::{Message, Words};
use crate::cli::{Failure, streams};
use crate::document::LocaleId;
use crate::localize::{Changes, Files, Ids, extract, is_in_conflict, reference, shared};
use crate::memo;
use crate::pipeline::Translatable;

/// The settings of programs that read the reference files.
const PROJECT: &str = "l10n.toml";

pub(super) fn run(
    named: Option<&Path>,
    args: &ExtractArgs,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Translated::read(named)?;
    let locales: Vec<LocaleId> = match &args.locale {
        Some(tag) => vec![site.locale(tag)?],
        None => site.config.locale_ids().skip(1).map(|(id, _)| id).collect(),
    };
    if locales.is_empty() {
        return Err(Message::new("i18n-one-locale").into());
    }
    let named: Vec<&str> = args
        .guides
        .iter()
        .map(|guide| Ok(site.guide(guide)?.id.as_str()))
        .collect::<Result<_, Failure>>()?;
    let run = Run { refers: refers(&site, args), site: &site, args, named, locales };
    let done = memo::map(&site.guides, |guide| run.guide(guide));
    let mut report = Report::default();
    for one in done {
        report.add(one?);
    }
    run.finish(&mut report)?;
    run.tell(&report, words);
    let behind = args.check && !report.written.is_empty();
    Ok(ExitCode::from(u8::from(behind || report.refused)))
}

/// Whether reference files are wanted: they are asked for, or they are there.
fn refers(site: &Translated, args: &ExtractArgs) -> bool {
    args.reference || site.root.join(PROJECT).exists()
}

struct Run<'a> {
    site: &'a Translated,
    args: &'a ExtractArgs,
    named: Vec<&'a str>,
    locales: Vec<LocaleId>,
    refers: bool,
}

/// What was done, or is to be done.
#[derive(Default)]
struct Report {
    locales: BTreeMap<LocaleId, (u64, u64, Changes)>,
    written: Vec<String>,
    removed: Vec<String>,
    told: Vec<Message>,
    /// Whether something was left as it is although it should be written.
    refused: bool,
}

impl Report {
    fn add(&mut self, other: Report) {
        for (locale, (files, written, changes)) in other.locales {
            let own = self.locales.entry(locale).or_default();
            own.0 += files;
            own.1 += written;
            own.2.new += changes.new;
            own.2.revived += changes.revived;
            own.2.changed += changes.changed;
            own.2.kept += changes.kept;
            own.2.obsolete += changes.obsolete;
        }
        self.written.extend(other.written);
        self.removed.extend(other.removed);
        self.told.extend(other.told);
        self.refused |= other.refused;
    }
}

impl Run<'_> {
    /// One guide in all languages.
    fn guide(&self, guide: &Translatable) -> Result<Report, Failure> {
        let mut report = Report::default();
        let id = guide.id.as_str();
        if !self.named.is_empty() && !self.named.contains(&id) {
            return Ok(report);
        }
        let wanted: Vec<LocaleId> = self
            .locales
            .iter()
            .copied()
            .filter(|locale| self.wants(guide, *locale, &mut report))
            .collect();
        if wanted.is_empty() && guide.catalogues.is_empty() {
            return Ok(report);
        }
        let mut ids = self.ids(guide)?;
        for locale in wanted {
            self.catalogue(guide, locale, &mut ids, &mut report)?;
        }
        if self.refers && !report.refused {
            let path = catalogue_path(self.site.config.source_locale().as_str(), id);
            self.put(&path, &reference(&guide.texts, &ids), &mut report)?;
        }
        Ok(report)
    }

    /// Whether there is another file in which a text has the same id.
    fn shares_ids(&self) -> bool {
        self.refers || self.site.config.locales.len() > 2
    }

    fn wants(&self, guide: &Translatable, locale: LocaleId, report: &mut Report) -> bool {
        if let Some((file, _)) = guide.files.get(&locale) {
            if !self.named.is_empty() {
                report.told.push(
                    Message::new("i18n-by-file")
                        .shown("guide", guide.id.as_str())
                        .with("path", self.site.shown(*file))
                        .shown("locale", self.site.tag(locale)),
                );
            }
            return false;
        }
        let begun = guide.catalogues.contains_key(&locale);
        begun || self.args.all || !self.named.is_empty()
    }

    /// The ids that the texts of a guide have in its catalogues, those of the reference first.
    fn ids(&self, guide: &Translatable) -> Result<Ids, Failure> {
        let mut ids = Ids::default();
        if !self.shares_ids() {
            return Ok(ids);
        }
        let source = self.site.config.source_locale().as_str();
        if self.refers {
            let path = self.site.root.join(catalogue_path(source, guide.id.as_str()));
            ids.refer(&read(&path)?);
        }
        for file in guide.catalogues.values() {
            if let Some(text) = self.site.inputs.text(*file).filter(|text| !is_in_conflict(text)) {
                ids.learn(text);
            }
        }
        Ok(ids)
    }

    fn catalogue(
        &self,
        guide: &Translatable,
        locale: LocaleId,
        ids: &mut Ids,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let tag = self.site.tag(locale);
        let (path, aside) =
            (catalogue_path(tag, guide.id.as_str()), obsolete_path(tag, guide.id.as_str()));
        let mut texts = Vec::new();
        for path in [&path, &aside] {
            let text = match read(&self.site.root.join(path)) {
                Ok(text) => text,
                Err(Failure::Said(message)) => {
                    report.refuse(message);
                    return Ok(());
                }
                Err(failure) => return Err(failure),
            };
            if is_in_conflict(&text) {
                report.refuse(Message::new("i18n-conflict").shown("path", path));
                return Ok(());
            }
            texts.push(text);
        }
        let obsolete = texts.pop().unwrap_or_default();
        let files = Files { catalogue: texts.pop().unwrap_or_default(), obsolete };
        let (done, changes) = extract(&guide.texts, &files, ids);
        if self.shares_ids() {
            ids.learn(&done.catalogue);
        }
        let written = u64::from(done != files);
        report.locales.insert(locale, (1, written, changes));
        // What is moved is there twice rather than nowhere, should this be interrupted.
        if done.obsolete != files.obsolete && changes.revived == 0 {
            self.put(&aside, &done.obsolete, report)?;
        }
        self.put(&path, &done.catalogue, report)?;
        self.put(&aside, &done.obsolete, report)
    }

    /// Writes what is not there already.
    fn put(&self, path: &str, text: &str, report: &mut Report) -> Result<(), Failure> {
        let on_disk = self.site.root.join(path);
        if read(&on_disk)? == text {
            return Ok(());
        }
        report.written.push(path.to_owned());
        if self.args.check { Ok(()) } else { write(&on_disk, text) }
    }

    /// What is for the site as a whole.
    fn finish(&self, report: &mut Report) -> Result<(), Failure> {
        if self.refers {
            let text = self.project();
            self.put(PROJECT, &text, report)?;
            self.forget(report)?;
        }
        self.orphans(report);
        Ok(())
    }

    fn project(&self) -> String {
        let config = &self.site.config;
        let tags: Vec<String> =
            config.locales[1..].iter().map(|own| format!("\"{}\"", own.as_str())).collect();
        format!(
            "basepath = \".\"\nlocales = [{}]\n\n[[paths]]\n    reference = \"locales/{}/guides/**/*.ftl\"\n    \
             l10n = \"locales/{{locale}}/guides/**/*.ftl\"\n",
            tags.join(", "),
            config.source_locale().as_str()
        )
    }

    /// Removes the reference files of guides that have no catalogue any more.
    fn forget(&self, report: &mut Report) -> Result<(), Failure> {
        let folder = format!("locales/{}/guides", self.site.config.source_locale().as_str());
        let begun = |guide: &&Translatable| {
            let path = catalogue_path(self.site.config.source_locale().as_str(), guide.id.as_str());
            !guide.catalogues.is_empty() || report.written.contains(&path)
        };
        let known: BTreeSet<&str> =
            self.site.guides.iter().filter(begun).map(|guide| guide.id.as_str()).collect();
        let mut gone = Vec::new();
        for file in &self.site.inputs.files {
            let guide = file.path.below(&folder).and_then(|path| path.strip_suffix(".ftl"));
            if guide.is_some_and(|guide| !known.contains(guide)) {
                gone.push(file.path.as_str().to_owned());
            }
        }
        for path in gone {
            if !self.args.check {
                write(&self.site.root.join(&path), "")?;
            }
            report.removed.push(path);
        }
        Ok(())
    }

    /// Catalogues without a guide, where one can tell which guide they were for.
    fn orphans(&self, report: &mut Report) {
        let known: BTreeSet<&str> = self.site.guides.iter().map(|own| own.id.as_str()).collect();
        for locale in &self.locales {
            let tag = self.site.tag(*locale);
            let folder = format!("locales/{tag}/guides");
            for file in &self.site.inputs.files {
                let guide = file.path.below(&folder).and_then(|path| path.strip_suffix(".ftl"));
                let Some(text) =
                    guide.filter(|path| !known.contains(path)).and(self.site.inputs.text(file.id))
                else {
                    continue;
                };
                report.told.extend(self.moved(file.path.as_str(), text, *locale));
            }
        }
    }

    /// The guide without translation that has most of a catalogue's texts.
    fn moved(&self, path: &str, text: &str, locale: LocaleId) -> Option<Message> {
        let free = self.site.guides.iter().filter(|guide| {
            !guide.catalogues.contains_key(&locale) && !guide.files.contains_key(&locale)
        });
        let scored = free.map(|guide| (shared(text, &guide.texts), guide));
        let ((same, all), guide) = scored.max_by_key(|((same, _), _)| *same)?;
        (same * 2 > all).then(|| {
            Message::new("i18n-moved")
                .shown("path", path)
                .with("same", same)
                .with("all", all)
                .shown("guide", guide.id.as_str())
                .with("target", catalogue_path(self.site.tag(locale), guide.id.as_str()))
        })
    }

    fn tell(&self, report: &Report, words: &Words) {
        for message in &report.told {
            streams::err_line(&words.say(message));
        }
        let mut written = report.written.clone();
        written.sort();
        written.dedup();
        let few = !self.named.is_empty() || written.len() <= 10 || self.args.check;
        for path in written.iter().filter(|_| few) {
            let id = if self.args.check { "i18n-behind" } else { "wrote" };
            streams::err_line(&words.say(&Message::new(id).shown("path", path)));
        }
        for path in &report.removed {
            streams::err_line(&words.say(&Message::new("i18n-removed").shown("path", path)));
        }
        for (locale, (files, written, changes)) in &report.locales {
            let message = Message::new("i18n-extracted")
                .shown("locale", self.site.tag(*locale))
                .with("files", *files)
                .with("written", *written)
                .with("new", changes.new)
                .with("changed", changes.changed)
                .with("kept", changes.kept)
                .with("revived", changes.revived)
                .with("obsolete", changes.obsolete);
            streams::err_line(&words.say(&message));
        }
        if report.locales.is_empty() && report.told.is_empty() {
            streams::err_line(&words.text("i18n-none", &[]));
        }
    }
}

impl Report {
    /// Leaves a file as it is.
    fn refuse(&mut self, message: Message) {
        self.told.push(message);
        self.refused = true;
    }
}
