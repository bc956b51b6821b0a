//! Files → what each of them is: guides, pictures and downloads, words, theme files.
//!
//! In: the list of files and the settings. Out: [`Sources`] and diagnostics about names,
//! encodings and files that cannot be read. Must not read any text.

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place, code, nearest};
use crate::document::LocaleId;
use crate::input::{Contents, InputFile, Inputs, Layer, ReadFault};
use crate::paths::SitePath;
use crate::picture::PictureKind;
use crate::text::{FileId, Span};

/// The identity of a guide: its source file below the content folder, without extension
/// and locale: `account/move-authenticator`; a section's own text is `account/index`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuideId(String);

impl GuideId {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The section it stands in; for a section's own text, that section.
    pub fn section(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether it is a section's own text.
    pub fn is_section(&self) -> bool {
        self.name() == "index"
    }

    /// Its last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }
}

/// The texts of one guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideSource {
    /// Its identity.
    pub id: GuideId,
    /// The file in the source locale.
    pub source: FileId,
    /// Translations by file.
    pub translations: BTreeMap<LocaleId, FileId>,
    /// Translations by messages: the catalogues.
    pub catalogues: BTreeMap<LocaleId, FileId>,
    /// The source texts that translations by file were made from.
    pub kept: BTreeMap<LocaleId, FileId>,
}

impl GuideSource {
    fn new(id: GuideId, source: FileId) -> Self {
        Self {
            id,
            source,
            translations: BTreeMap::new(),
            catalogues: BTreeMap::new(),
            kept: BTreeMap::new(),
        }
    }
}

/// A file of the content folder that is no guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub file: FileId,
    /// Its path below the content folder.
    pub path: String,
    /// What its first bytes say it is, when it is a picture.
    pub picture: Option<(PictureKind, Option<(u32, u32)>)>,
    /// A picture's sidecar or a kept source: read, never published as it is.
    pub companion: bool,
}

/// A file that is copied to the root as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Static {
    /// The file.
    pub file: FileId,
    /// Where it is.
    pub path: SitePath,
    /// Where it goes, below the root.
    pub target: String,
}

/// What the files are.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Guides by identity.
    pub guides: BTreeMap<GuideId, GuideSource>,
    /// Other files of the content folder, by path below it.
    pub assets: BTreeMap<String, Asset>,
    /// Files of `static`.
    pub statics: Vec<Static>,
}

/// Codes of ISO 639-1: what a file name's suffix must be to count as a locale that the
/// site forgot to declare.
const LANGUAGES: &str = " aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca \
    ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl \
    gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk \
    kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my \
    na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc \
    sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw \
    ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/// Sorts the files into what they are.
pub fn sources(inputs: &Inputs, config: &Config) -> Checked<Sources> {
    let mut found = Checked::<Sources>::default();
    let mut words_of = Vec::new();
    let ignored = ignored(config);
    for file in inputs.files.iter().filter(|file| file.layer == Layer::Site) {
        if let Contents::Fault(fault) = &file.contents {
            found.diagnostics.push(read_fault(file, fault));
        } else if let Some(path) = file.path.below(&config.content) {
            if !is_apart(&file.path, config) && !ignored.is_match(path) {
                content(file, path, config, &mut found);
            }
        } else if let Some(path) = file.path.below("locales") {
            found.diagnostics.extend(words(file, path, config));
            words_of.extend(guide_words(file, path, config));
        } else if is_private(file.path.folder()) || ignored.is_match(file.path.name()) {
            // Drafts of a blog's source folder are no part of what is copied either.
        } else if let Some(target) =
            config.statics.iter().find_map(|folder| file.path.below(folder))
        {
            let target = target.to_owned();
            let path = file.path.clone();
            found.value.statics.push(Static { file: file.id, path, target });
        }
    }
    orphans(&mut found);
    for own in words_of {
        attach(own, &mut found);
    }
    found
}

/// A file of `locales/` that belongs to a guide.
struct GuideWords {
    file: FileId,
    guide: GuideId,
    locale: LocaleId,
    /// Whether it is a kept source and no catalogue.
    kept: bool,
}

/// A catalogue, or a kept source; the source locale's catalogues are made for other programs.
fn guide_words(file: &InputFile, path: &str, config: &Config) -> Option<GuideWords> {
    let (tag, name) = path.split_once('/')?;
    let name = name.strip_prefix("guides/")?;
    let (locale, _) = config.locale_ids().find(|(_, locale)| locale.as_str() == tag)?;
    if locale == LocaleId::default() {
        return None;
    }
    let catalogue = name.strip_suffix(".ftl");
    let guide = catalogue.or_else(|| name.strip_suffix(".source.md"))?;
    let guide = GuideId(guide.nfc().collect());
    Some(GuideWords { file: file.id, guide, locale, kept: catalogue.is_none() })
}

fn attach(own: GuideWords, found: &mut Checked<Sources>) {
    let GuideWords { file, guide, locale, kept } = own;
    let Some(known) = found.value.guides.get_mut(&guide) else {
        found.diagnostics.push(
            Diagnostic::new(
                code::UNKNOWN_WORDS,
                file,
                "there is no guide `{guide}.md`, so this translation of it is never seen",
            )
            .with("guide", guide.as_str())
            .help("where the guide has moved, move this file along; where it is gone, remove it"),
        );
        return;
    };
    if kept {
        known.kept.insert(locale, file);
        return;
    }
    if let Some(other) = known.translations.get(&locale) {
        found.diagnostics.push(
            Diagnostic::new(
                code::UNKNOWN_WORDS,
                file,
                "this guide is translated as a file, so these messages are never seen",
            )
            .related(*other, "the translation that is shown")
            .help("keep one of the two"),
        );
        return;
    }
    known.catalogues.insert(locale, file);
}

/// The patterns of `ignore`: a path below the content folder, or a name anywhere in it.
fn ignored(config: &Config) -> GlobSet {
    let mut patterns = GlobSetBuilder::new();
    for pattern in &config.ignore {
        let pattern = pattern.trim_end_matches('/');
        let pattern = literal(pattern);
        for glob in [
            pattern.clone(),
            format!("{pattern}/**"),
            format!("**/{pattern}"),
            format!("**/{pattern}/**"),
        ] {
            patterns.add(Glob::new(&glob).expect("only `*` and `?` are left in it"));
        }
    }
    patterns.build().expect("few patterns of sound parts make a set")
}

/// The pattern with nothing but `*` and `?` left to mean more than themselves.
fn literal(pattern: &str) -> String {
    let mut plain = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        match c {
            '[' | ']' | '{' | '}' | '!' | '\\' => plain.extend(['[', c, ']']),
            _ => plain.push(c),
        }
    }
    plain
}

/// Whether a file is of another kind although it lies below the content folder: the
/// content folder may be the site's own.
pub fn is_apart(path: &SitePath, config: &Config) -> bool {
    config.content.is_empty()
        && (path.as_str() == "shirube.yaml"
            || ["themes", "locales"].iter().any(|folder| path.below(folder).is_some())
            || config.statics.iter().any(|folder| path.below(folder).is_some()))
}

/// Whether a file lies in a folder, or has a name, that begins with `_`: it can be
/// included and referred to, and is nothing by itself.
pub fn is_private(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('_'))
}

fn content(file: &InputFile, path: &str, config: &Config, found: &mut Checked<Sources>) {
    let path: String = path.nfc().collect();
    if is_guide_text(&path) && !path.ends_with(".source.md") {
        if !is_private(&path) {
            guide(file, &path, config, found);
        }
        return;
    }
    let picture = match &file.contents {
        Contents::Opaque { picture, .. } => *picture,
        Contents::Text(_) | Contents::Bytes(_) | Contents::Fault(_) => None,
    };
    let asset = Asset { file: file.id, companion: is_companion(&path), picture, path };
    if let Some(other) = found.value.assets.insert(asset.path.clone(), asset) {
        found.diagnostics.push(
            Diagnostic::new(
                code::ADDRESS_COLLISION,
                file.id,
                "two files differ by the Unicode form of their names only",
            )
            .related(other.file, "the other one")
            .help("keep one of the two files"),
        );
    }
}

/// What is odd about a file of `locales/`: words nobody would ever see.
fn words(file: &InputFile, path: &str, config: &Config) -> Option<Diagnostic> {
    const NAMES: [&str; 3] = ["site.ftl", "terms.ftl", "synonyms.yaml"];
    let (tag, name) = path.split_once('/')?;
    let tags = || config.locales.iter().map(|locale| locale.as_str());
    let fault = |message| Diagnostic::new(code::UNKNOWN_WORDS, file.id, message);
    if !tags().any(|known| known == tag) {
        return Some(
            fault("`{tag}` is no locale of this site, so these words are never seen")
                .with("tag", tag)
                .help("add it to `locales:` in shirube.yaml, or rename the folder")
                .nearest(nearest(tag, tags())),
        );
    }
    let of_guides = ["guides/", "obsolete/"].iter().any(|folder| name.starts_with(folder));
    if NAMES.contains(&name) || of_guides {
        return None;
    }
    Some(
        fault("`{name}` is no file of words that is read")
            .with("name", name)
            .help("words of the interface are in `site.ftl`, terms in `terms.ftl`")
            .nearest(nearest(name, NAMES)),
    )
}

/// Whether a file of the content folder is a guide by its name.
pub fn is_guide_text(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// `setup.png.yaml` beside a picture, `x.source.md` beside a translation.
fn is_companion(path: &str) -> bool {
    const PICTURES: [&str; 10] =
        [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff"];
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".source.md")
        || lower
            .strip_suffix(".yaml")
            .or(lower.strip_suffix(".yml"))
            .is_some_and(|stem| PICTURES.iter().any(|extension| stem.ends_with(extension)))
}

fn guide(file: &InputFile, path: &str, config: &Config, found: &mut Checked<Sources>) {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let (stem, locale) = match locale_suffix(stem, config) {
        Suffix::Declared(stem, locale) => (stem, locale),
        Suffix::None => (stem, LocaleId::default()),
        Suffix::Undeclared(tag) => {
            found.diagnostics.push(undeclared(file, tag, config));
            return;
        }
    };
    let id = GuideId(stem.to_owned());
    if locale == LocaleId::default() {
        let new = GuideSource::new(id.clone(), file.id);
        match found.value.guides.get_mut(&id) {
            Some(known) if known.source == UNKNOWN => known.source = file.id,
            Some(known) => found.diagnostics.push(twice(file.id, known.source)),
            None => {
                found.value.guides.insert(id, new);
            }
        }
    } else {
        let known =
            found.value.guides.entry(id.clone()).or_insert_with(|| GuideSource::new(id, UNKNOWN));
        if let Some(other) = known.translations.insert(locale, file.id) {
            found.diagnostics.push(twice(file.id, other));
        }
    }
}

/// Stands for a source that has not been met while files are sorted.
const UNKNOWN: FileId = FileId(u32::MAX);

fn orphans(found: &mut Checked<Sources>) {
    for guide in found.value.guides.values().filter(|guide| guide.source == UNKNOWN) {
        for file in guide.translations.values() {
            found.diagnostics.push(
                Diagnostic::new(
                    code::ORPHAN_TRANSLATION,
                    *file,
                    "this translation has no guide `{guide}.md` to belong to",
                )
                .with("guide", guide.id.as_str())
                .help("write `{guide}.md` in the site's first locale, or rename this file"),
            );
        }
    }
    found.value.guides.retain(|_, guide| guide.source != UNKNOWN);
}

enum Suffix<'a> {
    None,
    Declared(&'a str, LocaleId),
    Undeclared(&'a str),
}

fn locale_suffix<'a>(stem: &'a str, config: &Config) -> Suffix<'a> {
    let name_start = stem.rfind('/').map_or(0, |slash| slash + 1);
    let Some((before, tag)) = stem[name_start..].rsplit_once('.') else { return Suffix::None };
    let declared = config.locale_ids().find(|(_, locale)| locale.as_str() == tag);
    match declared {
        Some((id, _)) => Suffix::Declared(&stem[..name_start + before.len()], id),
        None if looks_like_locale(tag) => Suffix::Undeclared(tag),
        None => Suffix::None,
    }
}

/// `fr`, `zh-TW`; not `2` of `release-1.2.md`, nor `net` of `about.net.md`.
fn looks_like_locale(tag: &str) -> bool {
    let (language, region) = tag.split_once('-').map_or((tag, None), |(l, r)| (l, Some(r)));
    let known =
        language.len() == 2 && LANGUAGES.contains(&format!(" {} ", language.to_lowercase()));
    known && region.is_none_or(|region| (2..=4).contains(&region.len()))
}

fn undeclared(file: &InputFile, tag: &str, config: &Config) -> Diagnostic {
    let declared: Vec<&str> = config.locales.iter().map(|locale| locale.as_str()).collect();
    Diagnostic::new(
        code::UNKNOWN_LOCALE_SUFFIX,
        file.id,
        "`{path}` looks like a guide in `{tag}`, which is no locale of this site",
    )
    .with("path", &file.path)
    .with("tag", tag)
    .with("declared", declared.join(", "))
    .help("add `{tag}` to `locales:` in shirube.yaml (now: {declared}), or rename the file")
}

fn twice(file: FileId, other: FileId) -> Diagnostic {
    Diagnostic::new(code::ADDRESS_COLLISION, file, "two files are the same guide in one locale")
        .related(other, "the other one")
        .help("keep one of the two files")
}

fn read_fault(file: &InputFile, fault: &ReadFault) -> Diagnostic {
    let at = |code, message| Diagnostic::new(code, file.id, message).with("path", &file.path);
    match fault {
        ReadFault::Encoding { guess, line, offset, .. } => {
            let place = Place::At(Span::new(file.id, *offset..*offset + 1));
            Diagnostic::new(
                code::WRONG_ENCODING,
                place,
                "this file is not UTF-8 (line {line}); it looks like {guess}",
            )
            .with("line", line)
            .with("guess", guess)
            .help("save it as UTF-8: in your editor choose “Save with encoding … UTF-8”")
        }
        ReadFault::NotAFile => {
            at(code::UNREADABLE_FILE, "`{path}` is no regular file (a pipe, a socket or a device)")
                .help("move it out of the site's folder")
        }
        ReadFault::Refused(reason) => {
            at(code::UNREADABLE_FILE, "`{path}` cannot be read: {reason}")
                .with("reason", reason)
                .help("check the file's permissions, and that no other program locks it")
        }
        ReadFault::TooLarge(length) => {
            at(code::FILE_TOO_LARGE, "`{path}` is {length} bytes long; a text may have 8,388,608")
                .with("length", length)
                .help("split it, or, if it is a download, give it another extension")
        }
        ReadFault::LeavesSite => {
            at(code::LINK_OUTSIDE, "`{path}` is a link that leads out of the site's folder")
                .help("copy the file into the site")
        }
        ReadFault::Name => at(code::BAD_FILE_NAME, "the name of `{path}` cannot be an address")
            .help("rename it without backslashes and control characters, in UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn check(names: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut config = config::Config::default();
        config.locales = ["ja", "en"].iter().filter_map(|tag| config::Locale::new(tag)).collect();
        let files = names
            .iter()
            .zip(0..)
            .map(|(name, id)| InputFile {
                id: FileId(id),
                path: SitePath::new(name).expect("a good path"),
                layer: Layer::Site,
                contents: Contents::Text("".into()),
            })
            .collect();
        let found = sources(&Inputs::new(files), &config);
        let guides = found
            .value
            .guides
            .values()
            .map(|guide| format!("{}+{}", guide.id.as_str(), guide.translations.len()))
            .collect();
        let codes = found.diagnostics.iter().map(|d| d.code.name().to_owned()).collect();
        (guides, codes)
    }

    #[test]
    fn suffixes_are_locales_only_when_declared() {
        let (guides, codes) = check(&[
            "content/a.en.md",
            "content/a.md",
            "content/release-1.2.md",
            "content/日本語.md",
            "content/b.fr.md",
        ]);
        assert_eq!(guides, ["a+1", "release-1.2+0", "日本語+0"]);
        assert_eq!(codes, ["unknown-locale-suffix"]);
    }

    #[test]
    fn translation_without_source_is_reported() {
        let (guides, codes) = check(&["content/a.en.md"]);
        assert!(guides.is_empty());
        assert_eq!(codes, ["orphan-translation"]);
    }
}
