//! The program's own words, in the language of whoever runs it.
//!
//! In: a language, chosen by `--lang` or the environment. Out: [`Words`], which says a
//! message of `words/{ja,en}/*.ftl`. The language is a value that is passed down; nothing
//! here remembers one. Diagnostics have a catalogue of their own, in `report`.
//! Must not know what the words are for.

use std::sync::Arc;

use clap::ValueEnum;

use crate::config::Locale;
use crate::document::LocaleId;
pub(super) use crate::messages::Argument as Arg;
use crate::messages::{MessageSource, Messages};
use crate::text::FileId;

/// The language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Its tag, `ja` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Ja => "ja",
            Lang::En => "en",
        }
    }

    /// The language of an environment: the first of the variables that is set decides, as
    /// POSIX has it, else the language that the system has; what is not Japanese is English.
    pub(super) fn of_environment(
        variable: impl Fn(&str) -> Option<String>,
        system: impl FnOnce() -> Option<String>,
    ) -> Self {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let set = |name| variable(name).filter(|value| !value.is_empty());
        match names.into_iter().find_map(set).or_else(system) {
            Some(value) if is_japanese(&value) => Lang::Ja,
            _ => Lang::En,
        }
    }
}

/// Whether a locale's name is `ja`, `ja_JP.UTF-8`, `ja-JP` and the like.
fn is_japanese(name: &str) -> bool {
    let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
    language.eq_ignore_ascii_case("ja") || language.eq_ignore_ascii_case("japanese")
}

/// The `.ftl` files of a language.
type Files = [&'static str; 4];

const JAPANESE: Files = [
    include_str!("words/ja/terminal.ftl"),
    include_str!("words/ja/panel.ftl"),
    include_str!("words/ja/dashboard.ftl"),
    include_str!("words/ja/translations.ftl"),
];
const ENGLISH: Files = [
    include_str!("words/en/terminal.ftl"),
    include_str!("words/en/panel.ftl"),
    include_str!("words/en/dashboard.ftl"),
    include_str!("words/en/translations.ftl"),
];

/// The words of one language; a copy costs nothing.
#[derive(Debug, Clone)]
pub struct Words {
    lang: Lang,
    messages: Arc<Messages>,
}

impl Words {
    /// Reads the words of `lang`.
    pub fn new(lang: Lang) -> Self {
        let checked = match lang {
            Lang::Ja => read(lang, JAPANESE),
            Lang::En => read(lang, ENGLISH),
        };
        Self { lang, messages: Arc::new(checked.value) }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// What the message `id` says with those arguments.
    pub fn text(&self, id: &str, arguments: &[(&str, Arg<'_>)]) -> String {
        let said = self.messages.text(LocaleId(0), id, arguments);
        debug_assert!(said.faults.is_empty(), "{:?}", said.faults);
        said.text.to_string()
    }

    /// What a message says.
    pub(super) fn say(&self, message: &Message) -> String {
        let mut text = self.text(message.id, &message.arguments);
        if let Some(near) = &message.near {
            text.push_str(&self.text("near", &[("name", near.as_str().into())]));
        }
        text
    }

    /// Names in a row, separated as the language does it.
    pub(super) fn join(&self, names: &[String]) -> String {
        names.join(&self.text("join", &[]))
    }
}

/// A message that is said later, by whoever knows the language.
#[derive(Debug)]
pub(super) struct Message {
    id: &'static str,
    arguments: Vec<(&'static str, Arg<'static>)>,
    near: Option<String>,
}

impl Message {
    /// The message `id`.
    pub(super) fn new(id: &'static str) -> Self {
        Self { id, arguments: Vec::new(), near: None }
    }

    /// Sets an argument.
    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Arg<'static>>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// Sets an argument to what a path, an error and the like show.
    #[must_use]
    pub(super) fn shown(self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.with(name, value.to_string())
    }

    /// Adds "did you mean" when there is a near name.
    #[must_use]
    pub(super) fn near(mut self, near: Option<&str>) -> Self {
        self.near = near.map(str::to_owned);
        self
    }
}

fn read(lang: Lang, files: Files) -> crate::diagnostic::Checked<Messages> {
    let locale = Locale::new(lang.tag()).expect("the tag of a language");
    let sources =
        files.map(|text| MessageSource { file: FileId(0), locale: locale.clone(), layer: 0, text });
    Messages::new(&sources, &[locale])
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text.into())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(text.into())
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::from(count as u64)
    }
}

impl From<u64> for Arg<'_> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    fn from(count: u64) -> Self {
        Arg::Number(count as f64)
    }
}

#[cfg(test)]
mod tests;
