//! What is wrong with a site as a whole, by where it was noticed, so that an edit replaces
//! what is wrong with its own text alone.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::text::FileId;

use super::memory::CardMade;

/// What is wrong with the site, but for its pages, in the order of the stages.
#[derive(Debug, Default, Clone)]
pub(super) struct Faults {
    pub(super) before: Vec<Diagnostic>,
    /// Of the theme and the words.
    pub(super) look: Vec<Diagnostic>,
    /// Of what stands before texts, by file.
    pub(super) heads: BTreeMap<FileId, Vec<Diagnostic>>,
    /// Of texts, by file.
    pub(super) texts: BTreeMap<FileId, Vec<Diagnostic>>,
    pub(super) after: Vec<Diagnostic>,
}

impl Faults {
    /// Notes what is wrong with a text, in place of what was.
    pub(super) fn note(&mut self, made: &CardMade) {
        if made.faults.is_empty() {
            self.texts.remove(&made.card.file);
        } else {
            self.texts.insert(made.card.file, made.faults.clone());
        }
    }

    /// Notes what is wrong with what stands before a text, in place of what was.
    pub(super) fn note_head(&mut self, file: FileId, faults: &[Diagnostic]) {
        if faults.is_empty() {
            self.heads.remove(&file);
        } else {
            self.heads.insert(file, faults.to_vec());
        }
    }

    /// What is wrong with a file as a guide.
    pub(super) fn of(&self, file: FileId) -> impl Iterator<Item = &Diagnostic> {
        self.heads.get(&file).into_iter().chain(self.texts.get(&file)).flatten()
    }

    /// Whether something that is wrong with the site as a whole points into a file.
    pub(super) fn point_into(&self, file: FileId) -> bool {
        let into = |fault: &Diagnostic| {
            let related = fault.related.iter().map(|label| label.place);
            std::iter::once(fault.place).chain(related).any(|place| place.file() == Some(file))
        };
        self.before.iter().chain(&self.look).chain(&self.after).any(into)
    }
}
