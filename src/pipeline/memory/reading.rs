//! How the text of a guide in one language is read: from its own file, or from the source's
//! tree and the messages of catalogues.

use std::cell::RefCell;
use std::sync::Arc;

use crate::config::{Config, SoftBreaks};
use crate::diagnostic::{Checked, Diagnostic};
use crate::discover::GuideId;
use crate::document::LocaleId;
use crate::input::Inputs;
use crate::localize::{self, Catalogue, Coverage, Heard, Reading, Words};
use crate::messages;
use crate::parse::{self, FrontMatter, Guide, Head, Includes, ParseOptions};
use crate::pipeline::includes::SiteIncludes;
use crate::text::FileId;

/// A text of a guide to be read.
#[derive(Debug, Clone)]
pub(in crate::pipeline) struct Text<'a> {
    pub(in crate::pipeline) id: &'a GuideId,
    /// The file that it is known by: its own, or its catalogue.
    pub(in crate::pipeline) file: FileId,
    pub(in crate::pipeline) lang: LocaleId,
    /// What stands before it; for one by messages, before its source.
    pub(in crate::pipeline) head: Head,
    pub(in crate::pipeline) by: By,
}

/// What a text is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pipeline) enum By {
    /// Its own file.
    File {
        /// The source that it says it was translated from.
        against: Option<FileId>,
    },
    /// The messages of catalogues in place of the source's texts.
    Messages {
        /// The source.
        source: FileId,
        /// The catalogues of the locale's chain, its own first.
        catalogues: Vec<(FileId, LocaleId)>,
    },
    /// The source's own texts, made to look translated.
    Pseudo {
        /// The source.
        source: FileId,
    },
}

/// What sets apart the numbers of texts that have no file.
const MADE: u32 = 1 << 31;

/// The number of the text that is made of a source: no file has it.
pub(in crate::pipeline) fn made_of(source: FileId) -> FileId {
    FileId(source.0 | MADE)
}

/// The file behind a text's number: its own, or the source that it is made of.
pub(in crate::pipeline) fn file_behind(file: FileId) -> FileId {
    FileId(file.0 & !MADE)
}

/// The source that a text by a file says it was translated from: `files` are its own and the
/// source's.
pub(in crate::pipeline) fn against_source(head: &Head, files: (FileId, FileId)) -> Option<FileId> {
    (files.0 != files.1 && head.front.source.is_some()).then_some(files.1)
}

impl Text<'_> {
    /// The files that it is read from besides its own.
    pub(in crate::pipeline) fn others(&self) -> Vec<FileId> {
        match &self.by {
            By::File { against } => against.iter().copied().collect(),
            By::Pseudo { source } => vec![*source],
            By::Messages { source, catalogues } => {
                let others = catalogues.iter().map(|(file, _)| *file);
                std::iter::once(*source).chain(others.filter(|file| *file != self.file)).collect()
            }
        }
    }
}

/// A text as it was read.
#[derive(Debug)]
pub(super) struct TextRead {
    pub(super) guide: Guide,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) coverage: Option<Coverage>,
    pub(super) stale: bool,
    /// The terms and variables that it asked for.
    pub(super) heard: Heard,
}

/// What texts are read with.
#[derive(Debug, Clone, Copy)]
pub(in crate::pipeline) struct Reader<'a> {
    pub(in crate::pipeline) inputs: &'a Inputs,
    pub(in crate::pipeline) config: &'a Config,
    pub(in crate::pipeline) options: &'a ParseOptions,
    pub(in crate::pipeline) includes: &'a SiteIncludes,
    pub(in crate::pipeline) words: &'a Words,
}

/// What a text asked for while it was parsed, and what it got.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) from: FileId,
    pub(super) path: String,
    pub(super) got: Option<(FileId, Arc<str>)>,
}

/// Finds included texts, and notes what was asked for.
struct Recorder<'a> {
    includes: &'a SiteIncludes,
    inputs: &'a Inputs,
    asked: RefCell<Vec<Asked>>,
}

impl Includes for Recorder<'_> {
    fn find(&self, from: FileId, path: &str) -> Option<(FileId, &str)> {
        let found = self.includes.find(self.inputs, from, path);
        let got = found.map(|(file, text)| (file, Arc::clone(text)));
        self.asked.borrow_mut().push(Asked { from, path: path.to_owned(), got });
        found.map(|(file, text)| (file, &**text))
    }
}

/// The source's tree, once it is known, with what it asked for.
pub(super) type SourceTree = Option<(Arc<Guide>, Vec<Asked>)>;

impl Reader<'_> {
    /// Reads a text; `source` is the tree of its guide's source, read if need be.
    pub(super) fn read(
        &self,
        text: &Text<'_>,
        source: &mut SourceTree,
        asked: &mut Vec<Asked>,
    ) -> TextRead {
        let (mut guide, mut faults, coverage, stale) = match &text.by {
            By::File { against } => {
                let read = self.file(text.file, text.lang, &text.head, asked);
                let stale = against.is_some_and(|file| self.is_behind(file, text, source));
                (read.value, read.diagnostics, None, stale)
            }
            By::Messages { source: file, catalogues } => {
                let (tree, of_source) = self.source(*file, Some(&text.head), source);
                asked.extend(of_source);
                let mut guide = Guide::clone(&tree);
                let composed = self.compose(&mut guide, text, catalogues);
                (guide, composed.diagnostics, Some(composed.value), false)
            }
            By::Pseudo { source: file } => {
                let (tree, of_source) = self.source(*file, Some(&text.head), source);
                asked.extend(of_source);
                let mut guide = Guide::clone(&tree);
                let coverage = self.pretend(&mut guide, text);
                (guide, Vec::new(), Some(coverage), false)
            }
        };
        let place = (file_behind(text.file), text.lang);
        let heard = localize::fill(&mut guide, place, self.words).take(&mut faults);
        if matches!(text.by, By::Pseudo { .. }) {
            // All that is wrong with it is wrong with its source, and told there.
            faults.clear();
        }
        TextRead { guide, faults, coverage, stale, heard }
    }

    fn file(
        &self,
        file: FileId,
        lang: LocaleId,
        head: &Head,
        asked: &mut Vec<Asked>,
    ) -> Checked<Guide> {
        let recorder =
            Recorder { includes: self.includes, inputs: self.inputs, asked: RefCell::default() };
        let written = super::guide_text(self.inputs, file, lang);
        let read = parse::guide(written, head, self.options, &recorder);
        asked.extend(recorder.asked.into_inner());
        read
    }

    /// The tree of a guide's source.
    fn source(
        &self,
        file: FileId,
        head: Option<&Head>,
        known: &mut SourceTree,
    ) -> (Arc<Guide>, Vec<Asked>) {
        let read = || {
            let mut asked = Vec::new();
            let lang = LocaleId::default();
            let own =
                || parse::head(super::guide_text(self.inputs, file, lang), self.options).value;
            let head = head.cloned().unwrap_or_else(own);
            // What is wrong with it is told with its own card.
            (Arc::new(self.file(file, lang, &head, &mut asked).value), asked)
        };
        known.get_or_insert_with(read).clone()
    }

    fn compose(
        &self,
        guide: &mut Guide,
        text: &Text<'_>,
        catalogues: &[(FileId, LocaleId)],
    ) -> Checked<Coverage> {
        let mut faults = Vec::new();
        let mut read = Vec::new();
        for (file, lang) in catalogues {
            // One that cannot be read was told of, and says nothing.
            let written = self.inputs.text(*file).unwrap_or_default();
            let blocks = messages::catalogue(*file, written);
            faults.extend(blocks.diagnostics.into_iter().filter(|_| *file == text.file));
            read.push((*file, *lang, written, blocks.value));
        }
        let held = |(file, lang, text, blocks)| Catalogue { file, lang, text, blocks };
        let held: Vec<Catalogue<'_>> =
            read.iter().map(|own| held((own.0, own.1, own.2, own.3.as_slice()))).collect();
        let own = self.config.kin(text.lang);
        let mut done = localize::compose(guide, (text.lang, &own), &held, self.reading());
        done.diagnostics.splice(0..0, faults);
        guide.head.front = Arc::new(inherited(&text.head.front));
        done
    }

    fn pretend(&self, guide: &mut Guide, text: &Text<'_>) -> Coverage {
        let written = localize::pseudo::catalogue(&localize::texts(guide, self.reading()));
        let file = file_behind(text.file);
        let blocks = messages::catalogue(file, &written).value;
        let held = Catalogue { file, lang: text.lang, text: &written, blocks: &blocks };
        let own = [text.lang];
        let done = localize::compose(guide, (text.lang, &own), &[held], self.reading());
        guide.head.front = Arc::new(inherited(&text.head.front));
        done.value
    }

    fn reading(&self) -> Reading<'_> {
        let breaks = self.config.markdown.soft_breaks == SoftBreaks::Break;
        Reading { options: self.options, breaks }
    }

    /// Whether a source has changed since a text was translated from it.
    fn is_behind(&self, file: FileId, text: &Text<'_>, known: &mut SourceTree) -> bool {
        let Some(print) = &text.head.front.source else { return false };
        let (tree, _) = self.source(file, None, known);
        print.value != localize::fingerprint(&localize::texts(&tree, self.reading()))
    }
}

/// The front matter of a text by messages: what is not text it has from its source, as every
/// translation does; what is free is shown as the source has it. Terms among its tags are said
/// in its own language.
fn inherited(source: &FrontMatter) -> FrontMatter {
    let holds = |text: &str| text.contains("{-") || text.contains("{$");
    let tags = source.tags.clone();
    FrontMatter {
        extra: source.extra.clone(),
        tags: tags.filter(|tags| tags.iter().any(|tag| holds(&tag.value))),
        owner: source.owner.clone().filter(|owner| holds(owner)),
        ..FrontMatter::default()
    }
}
