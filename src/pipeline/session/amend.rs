//! Puts an edited text into the state of the site that is there, where nothing that other
//! pages ask about has changed.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use crate::diagnostic::{Diagnostic, Reach};
use crate::discover::{is_apart, is_guide_text};
use crate::document::LocaleId;
use crate::input::{Contents, Inputs, Layer};
use crate::memo::Counters;
use crate::pipeline::memory::{By, CardMade, Memory, Text, against_source, is_of_interface};
use crate::pipeline::site::Site;
use crate::resolve::{Answer, Card, Difference, is_placed_alike};
use crate::text::FileId;

use super::state::State;
use super::{Edit, Session};

/// A card with its number.
type Numbered = (Arc<Card>, u64);

/// Of so many guides the pages are drawn at once: one that cannot be drawn is found while the
/// state before it is at hand.
const FEW: usize = 16;

/// An edited text that other pages see as before.
struct Amendment {
    at: usize,
    made: CardMade,
    difference: Difference,
}

impl Session {
    /// Takes edits into the newest state, where they are of texts alone and change nothing
    /// that other pages ask about; gives the addresses of the guides.
    pub(super) fn amend(&self, edits: &[Edit], memory: &mut Memory) -> Option<Vec<String>> {
        let mut states = self.states.write().unwrap_or_else(PoisonError::into_inner);
        let state = &mut states.newest;
        // What keeps it from being shown may be gone with the edits: only a new one can tell.
        if state.is_blocked() {
            return None;
        }
        let files: Option<Vec<_>> = edits.iter().map(|edit| place(&state.site, edit)).collect();
        let files = files?;
        // Another state shares the map while it is the one that is shown if this one fails.
        Arc::get_mut(&mut state.site.map)?;
        let former = swap(Arc::make_mut(&mut state.site.inputs), &files, edits);
        let Some(amendments) = amendments(&state.site, &files, memory, &self.counters) else {
            let inputs = Arc::make_mut(&mut state.site.inputs);
            for ((_, place), contents) in files.into_iter().zip(former) {
                inputs.files[place].contents = contents;
            }
            return None;
        };
        let urls = amendments.iter().map(|amendment| {
            state.site.map.entries[amendment.at].url(LocaleId::default()).as_str().to_owned()
        });
        let urls: BTreeSet<String> = urls.collect();
        let faults = state.site.faults.clone();
        for (file, _) in &files {
            if let Some(new) = memory.head_faults(*file) {
                state.site.faults.note_head(*file, new);
            }
        }
        let entries: Vec<usize> = amendments.iter().map(|amendment| amendment.at).collect();
        let cards = put_all(state, amendments);
        for at in entries.iter().take(FEW) {
            state.draw(*at, &self.drawings, &self.counters);
        }
        if !state.is_blocked() {
            return Some(urls.into_iter().collect());
        }
        // A template refuses it: the state as it was is the one to be shown.
        put_back(state, entries.into_iter().zip(cards));
        state.site.faults = faults;
        let inputs = Arc::make_mut(&mut state.site.inputs);
        for ((_, place), contents) in files.into_iter().zip(former) {
            inputs.files[place].contents = contents;
        }
        None
    }
}

/// Puts the new cards in; gives those that were there.
fn put_all(state: &mut State, amendments: Vec<Amendment>) -> Vec<Numbered> {
    let most = amendments.iter().map(|amendment| amendment.difference).max();
    let cards = amendments.into_iter().map(|amendment| put(state, amendment)).collect();
    match most {
        None | Some(Difference::Nothing) => {}
        Some(Difference::Summary) => state.forget_lists(),
        Some(Difference::Words | Difference::More) => state.forget_all(),
    }
    cards
}

/// Puts former cards back.
fn put_back(state: &mut State, cards: impl Iterator<Item = (usize, Numbered)>) {
    for (at, card) in cards {
        set_card(&mut state.site, at, card);
    }
    state.forget_all();
    state.unblock();
}

/// Where the file of an edit stands, when it is a text that was one before.
fn place(site: &Site, edit: &Edit) -> Option<(FileId, usize)> {
    let Some(Contents::Text(_)) = &edit.contents else { return None };
    let is_text = |path: &str| {
        is_guide_text(path) && !path.ends_with(".source.md") && !is_apart(&edit.path, &site.config)
    };
    let is_catalogue = |path: &str| path.ends_with(".ftl") && !is_of_interface(path);
    let catalogue = edit.path.below("locales").is_some_and(is_catalogue);
    if !catalogue && !edit.path.below(&site.config.content).is_some_and(is_text) {
        return None;
    }
    let files = &site.inputs.files;
    let own = files.partition_point(|file| file.layer == Layer::Site);
    let place = files[..own].binary_search_by(|file| file.path.cmp(&edit.path)).ok()?;
    let file = files[place].id;
    // One in which nothing is translated yet has no page, and may get one.
    if catalogue && !site.map.files.contains_key(&file) {
        return None;
    }
    matches!(files[place].contents, Contents::Text(_)).then_some((file, place))
}

/// Puts the edited texts in; gives those that were there.
fn swap(inputs: &mut Inputs, files: &[(FileId, usize)], edits: &[Edit]) -> Vec<Contents> {
    let swapped = files.iter().zip(edits).map(|((_, place), edit)| {
        let contents = edit.contents.clone().expect("every edit is of a text");
        std::mem::replace(&mut inputs.files[*place].contents, contents)
    });
    swapped.collect()
}

/// What becomes of the cards; `None` when the map of the site is another, or might be.
fn amendments(
    site: &Site,
    files: &[(FileId, usize)],
    memory: &mut Memory,
    counters: &Counters,
) -> Option<Vec<Amendment>> {
    let edited: Vec<FileId> = files.iter().map(|(file, _)| *file).collect();
    let guides: Vec<_> =
        edited.iter().filter_map(|file| Some((*file, memory.lang(*file)?))).collect();
    let former: Vec<_> =
        guides.iter().filter_map(|(file, _)| memory.head(*file).cloned()).collect();
    let heads = memory.heads(&site.inputs, &guides, &site.parse_options, counters);
    for ((former, head), (file, _)) in former.iter().zip(&heads).zip(&guides) {
        let alike = match site.map.files.contains_key(file) {
            true => is_placed_alike(&former.front, &head.value.front),
            // Of a hidden guide nothing but what is wrong with it is seen.
            false => *former == head.value,
        };
        let moved = *former != head.value && site.faults.point_into(*file);
        if !alike || moved || former.broken || head.value.broken {
            return None;
        }
    }
    let mut touched: BTreeSet<FileId> = edited.iter().copied().collect();
    touched.extend(memory.includers(&touched));
    // A text that is no guide, or a hidden one, has no page.
    let entries: BTreeSet<usize> =
        touched.iter().filter_map(|file| site.map.files.get(file).copied()).collect();
    let mut texts = Vec::new();
    let mut places = Vec::new();
    for at in entries {
        let entry = &site.map.entries[at];
        // A catalogue that has no page yet may get one from another source.
        let catalogues = site.sources.value.guides[&entry.id].catalogues.values();
        if catalogues.into_iter().any(|file| !site.map.files.contains_key(file)) {
            return None;
        }
        for card in std::iter::once(&entry.source).chain(entry.translations.values()) {
            let text = text_now(site, card, memory)?;
            if touched.contains(&card.file) || text.others().iter().any(|f| touched.contains(f)) {
                texts.push(text);
                places.push((at, Arc::clone(card)));
            }
        }
    }
    let made = memory.cards(site.reader(), &texts, counters);
    let mut amendments = Vec::new();
    for ((at, card), made) in places.into_iter().zip(made) {
        let difference = card.difference(&made.card);
        let whole = |fault: &Diagnostic| fault.code.reach() == Reach::Whole;
        if difference == Difference::More
            || site.faults.of(card.file).chain(&made.faults).any(whole)
        {
            return None;
        }
        amendments.push(Amendment { at, made, difference });
    }
    let blocked = heads.iter().flat_map(|head| &head.diagnostics);
    if blocked.into_iter().any(|fault| fault.code.reach() == Reach::Whole) {
        return None;
    }
    Some(amendments)
}

/// What the text of a card is read from, with what stands before it now.
fn text_now<'a>(site: &'a Site, card: &Card, memory: &Memory) -> Option<Text<'a>> {
    let mut text = site.text_of(card);
    let file = match &text.by {
        By::File { .. } => card.file,
        By::Messages { source, .. } | By::Pseudo { source } => *source,
    };
    text.head = memory.head(file)?.clone();
    if let By::File { against } = &mut text.by {
        let source = site.sources.value.guides[&card.guide].source;
        *against = against_source(&text.head, (card.file, source));
    }
    Some(text)
}

fn put(state: &mut State, Amendment { at, made, difference }: Amendment) -> Numbered {
    let former = files_of(&state.site, at);
    let site = &mut state.site;
    site.faults.note(&made);
    let card = set_card(site, at, (made.card, made.serial));
    state.forget(at);
    if difference != Difference::Nothing {
        state.site.lines.forget(at);
    }
    if former != files_of(&state.site, at) {
        state.forget_extras();
    }
    card
}

/// Sets the card of one of an entry's texts; gives the one that was there.
fn set_card(site: &mut Site, at: usize, (card, serial): Numbered) -> Numbered {
    let serials = Arc::make_mut(&mut site.serials);
    let former_serial = serials.insert(card.file, serial).expect("every card has a number");
    let map = Arc::get_mut(&mut site.map).expect("it was found to be held here alone");
    let entry = &mut map.entries[at];
    let slot = match entry.source.file == card.file {
        true => &mut entry.source,
        false => entry.translations.get_mut(&card.lang).expect("the text is one of the guide's"),
    };
    let former = std::mem::replace(slot, card);
    entry.give_anchors(&site.config);
    site.forget_answers(at);
    (former, former_serial)
}

/// The files of the site that the pages of an entry refer to.
fn files_of(site: &Site, at: usize) -> Vec<Answer> {
    let answers = site.config.locale_ids().flat_map(|(locale, _)| &site.answers(at, locale).value);
    answers.filter(|a| matches!(a, Answer::File { .. } | Answer::Picture(_))).cloned().collect()
}
