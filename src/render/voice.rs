//! What a page lends to its templates, and the faults of words noticed on the way.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Severity, code};
use crate::document::LocaleId;
use crate::messages::{Argument, DateStyle, Fault, Messages};
use crate::text::Span;
use crate::theme::{Theme, Voice, WordArgument};

/// The voice of one page.
pub(super) struct PageVoice {
    pub(super) messages: Arc<Messages>,
    pub(super) locale: LocaleId,
    pub(super) tag: String,
    pub(super) root: String,
    pub(super) serial: Cell<u32>,
    pub(super) faults: RefCell<BTreeSet<Fault>>,
    /// The icons that the page shows and that no sprite has drawn yet.
    pub(super) icons: RefCell<BTreeSet<String>>,
}

impl PageVoice {
    pub(super) fn say(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> Arc<str> {
        let said = self.messages.text(self.locale, id, arguments);
        if !said.faults.is_empty() {
            self.faults.borrow_mut().extend(said.faults);
        }
        said.text
    }
}

impl Voice for PageVoice {
    fn message(&self, id: &str, arguments: &[(&str, WordArgument)]) -> Arc<str> {
        let arguments: Vec<(&str, Argument<'_>)> = arguments
            .iter()
            .map(|(name, value)| match value {
                WordArgument::Text(text) => (*name, Argument::Text(text.into())),
                WordArgument::Number(number) => (*name, Argument::Number(*number)),
            })
            .collect();
        self.say(id, &arguments)
    }

    fn date(&self, date: &str, style: &str) -> Result<String, String> {
        let Some(known) = DateStyle::named(style) else {
            return Err(format!(
                "There is no date style `{style}`; there are short, medium, long, month and year"
            ));
        };
        let text = self.messages.date(self.locale, date, known);
        text.ok_or_else(|| format!("`{date}` is no date"))
    }

    fn root(&self) -> &str {
        &self.root
    }

    fn locale(&self) -> &str {
        &self.tag
    }

    fn serial(&self) -> u32 {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }

    fn note_icon(&self, name: &str) {
        let mut icons = self.icons.borrow_mut();
        if !icons.contains(name) {
            icons.insert(name.to_owned());
        }
    }

    fn drawn_icons(&self) -> Vec<String> {
        self.icons.take().into_iter().collect()
    }
}

/// The messages that are asked for by no template: by rendering itself, and for the titles
/// of pages. With their arguments.
pub(super) const OWN: &[(&str, &[&str])] = &[
    ("tags", &[]),
    ("glossary", &[]),
    ("all-guides", &[]),
    ("archives", &[]),
    ("search", &[]),
    ("not-found-title", &[]),
    ("table-region", &["number"]),
    ("code-block", &[]),
    ("task-done", &[]),
    ("task-open", &[]),
    ("footnotes", &[]),
    ("footnote-back", &[]),
    ("remote-media", &[]),
    ("remote-picture", &[]),
];

/// How many messages a locale may lack that are told one by one.
const FEW: usize = 5;

/// Checks every message that the theme asks for by name, in all `count` locales of the site:
/// missing ones and missing arguments, each at the template's own bytes; a locale that lacks
/// many is told of once. To be called once.
pub fn message_faults(theme: &Theme, messages: &Messages, count: u16) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for locale in (0..count).map(LocaleId) {
        let mut lacking = BTreeMap::new();
        let mut told_of = |faults: Vec<Fault>, place: Place| {
            for fault in faults {
                match fault {
                    Fault::StoodIn { .. } => drop(lacking.entry(fault).or_insert(place)),
                    fault => diagnostics.push(told(&fault, place)),
                }
            }
        };
        for asked in theme.message_uses() {
            let names: Vec<&str> = asked.arguments.iter().map(String::as_str).collect();
            told_of(messages.faults(locale, &asked.id, &names), asked.span.into());
        }
        for (id, names) in OWN {
            told_of(messages.faults(locale, id, names), Place::Site);
        }
        diagnostics.extend(all_lacking(&lacking));
    }
    diagnostics
}

/// What is told of the messages that a locale lacks.
fn all_lacking(lacking: &BTreeMap<Fault, Place>) -> Vec<Diagnostic> {
    let Some((Fault::StoodIn { locale, found, .. }, _)) = lacking.first_key_value() else {
        return Vec::new();
    };
    if lacking.len() <= FEW {
        return lacking.iter().map(|(fault, place)| told(fault, *place)).collect();
    }
    let names: Vec<&str> = lacking.keys().take(3).map(Fault::id).collect();
    let message = "{count} messages of the theme are missing in `{locale}`, such as {names}";
    let fault = Diagnostic::new(code::MISSING_MESSAGE, Place::Site, message)
        .with("count", lacking.len())
        .with("locale", locale)
        .with("names", names.join(", "))
        .with("found", found)
        .help("`{found}` stands in; write them in `locales/{locale}/site.ftl`");
    vec![fault]
}

/// The faults of a page that [`message_faults`] cannot foresee: names put together while
/// drawing.
pub(super) fn unforeseen(voice: &PageVoice, theme: &Theme) -> Vec<Diagnostic> {
    let faults = voice.faults.take();
    faults
        .iter()
        .filter(|fault| {
            let id = fault.id();
            !theme.message_uses().iter().any(|asked| asked.id == id)
                && !OWN.iter().any(|(own, _)| *own == id)
        })
        .map(|fault| told(fault, Place::Site))
        .collect()
}

/// Icons that `template` shows and that nothing of it draws. The words are the same on all
/// pages, so that the fault of a base template is told once.
pub(super) fn unseen_icons(voice: &PageVoice, theme: &Theme, template: &str) -> Option<Diagnostic> {
    if voice.icons.take().is_empty() {
        return None;
    }
    let place = theme.base_of(template).map_or(Place::Site, Place::File);
    let message = "pages of this template use icons, and no `sprite()` after them draws these";
    let fault = Diagnostic::new(code::INVALID_THEME, place, message);
    Some(
        fault
            .severity(Severity::Warning)
            .help("write `{{ sprite() }}` once, just before `</body>`"),
    )
}

fn told(fault: &Fault, place: Place) -> Diagnostic {
    let fault_of = |code, message| Diagnostic::new(code, place, message);
    match fault {
        Fault::Missing { id, locale, nearest } => {
            fault_of(code::MISSING_MESSAGE, "there is no message `{id}` in `{locale}`")
                .with("id", id)
                .with("locale", locale)
                .nearest(nearest.as_deref())
        }
        Fault::StoodIn { id, locale, found } => {
            fault_of(code::MISSING_MESSAGE, "the message `{id}` is missing in `{locale}`")
                .with("id", id)
                .with("locale", locale)
                .with("found", found)
                .help("`{found}` stands in; write it in `locales/{locale}/site.ftl`")
        }
        Fault::Argument { id, name, defined } => defined_at(
            *defined,
            fault_of(code::MESSAGE_ARGUMENT, "the message `{id}` wants `${name}`"),
        )
        .with("id", id)
        .with("name", name),
        Fault::Reference { id, target, defined } => defined_at(
            *defined,
            fault_of(code::MESSAGE_ARGUMENT, "the message `{id}` cannot be said: {target}"),
        )
        .with("id", id)
        .with("target", target),
    }
}

fn defined_at(span: Span, fault: Diagnostic) -> Diagnostic {
    fault.related(span, "defined here")
}
