//! The state of translations for people: a table of what is not complete, then each text that
//! is behind with what changed in it.

use super::Told;
use crate::cli::search::shown;
use crate::cli::words::{Arg, Words};
use crate::localize::{Behind, Form, Lack, Progress, Severity, Side, changes};
use crate::pipeline::GuideStanding;

/// Writes in a language, coloured or not.
struct Writer<'a> {
    told: &'a Told<'a>,
    words: &'a Words,
    colour: bool,
}

pub(super) fn locale(told: &Told<'_>, colour: bool, words: &Words) -> String {
    let writer = Writer { told, words, colour };
    let rows: String = told.guides.iter().filter_map(|guide| writer.row(guide)).collect();
    let details: String = told.guides.iter().map(|guide| writer.details(guide)).collect();
    format!("{}{rows}\n{details}", writer.head())
}

impl Writer<'_> {
    fn say(&self, id: &str, arguments: &[(&str, Arg<'_>)]) -> String {
        self.words.text(id, arguments)
    }

    fn style(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn head(&self) -> String {
        let count = |wanted: Progress| {
            let all = self.told.guides.iter();
            all.filter(|guide| guide.standing.progress() == wanted).count()
        };
        let counts = [
            ("i18n-complete", count(Progress::Complete)),
            ("i18n-partly", count(Progress::Partly)),
            ("i18n-stale", count(Progress::Stale)),
            ("i18n-missing", count(Progress::Missing)),
        ];
        let head = self.say(
            "i18n-locale",
            &[
                ("locale", self.told.locale.into()),
                ("percent", self.told.percent().into()),
                ("texts", self.told.texts().into()),
                ("guides", self.told.guides.len().into()),
            ],
        );
        let guides = self.counts(&counts);
        format!("{}\n  {guides}\n", self.style("1", &head))
    }

    /// Those of some counts that are not nothing, in a row.
    fn counts(&self, counts: &[(&str, usize)]) -> String {
        let some = counts.iter().filter(|(_, count)| *count > 0);
        let said: Vec<String> =
            some.map(|(id, count)| self.say(id, &[("count", (*count).into())])).collect();
        self.words.join(&said)
    }

    /// A guide of the table; complete ones only where they were asked for.
    fn row(&self, guide: &GuideStanding) -> Option<String> {
        let standing = &guide.standing;
        let pictures = &guide.pictures;
        let mut said = self.counts(&[
            ("i18n-texts-stale", standing.count(Lack::Stale)),
            ("i18n-texts-missing", standing.count(Lack::Missing)),
            ("i18n-texts-gone", standing.count(Lack::Gone)),
            ("i18n-pictures-missing", pictures.missing.len()),
            ("i18n-pictures-older", pictures.older.len()),
        ]);
        let notes = [
            (standing.form == Form::None, "i18n-not-begun"),
            (!standing.tracked, "i18n-not-tracked"),
            (standing.unextracted, "i18n-not-extracted"),
        ];
        let notes = notes.into_iter().filter(|(is, _)| *is).map(|(_, id)| self.say(id, &[]));
        for note in notes {
            said = if said.is_empty() { note } else { self.words.join(&[said, note]) };
        }
        let complete = standing.progress() == Progress::Complete && standing.tracked;
        if complete && !standing.unextracted && pictures.older.is_empty() && !self.told.whole {
            return None;
        }
        let code = match standing.progress() {
            Progress::Complete => "32",
            Progress::Partly => "33",
            Progress::Stale | Progress::Missing => "31",
        };
        let percent = self.style(code, &format!("{:>4} %", standing.percent()));
        let said = if said.is_empty() { said } else { format!(" — {said}") };
        Some(format!("{percent}  {}{said}\n", shown(guide.id.as_str())))
    }

    /// The texts of a guide that are behind; of one that is not begun only where it was asked
    /// for.
    fn details(&self, guide: &GuideStanding) -> String {
        let standing = &guide.standing;
        let lists = !guide.pictures.older.is_empty() || self.told.whole;
        let begun = standing.progress() != Progress::Missing || self.told.whole;
        if !begun || (standing.behind.is_empty() && !lists) {
            return String::new();
        }
        let title = format!("{} ({})", guide.id.as_str(), self.told.locale);
        let mut out = format!("{}\n", self.style("1", &shown(&title)));
        for own in &standing.behind {
            out += &self.behind(own, guide);
        }
        let older = guide.pictures.older.iter().map(|path| ("i18n-picture-older", path));
        let missing = guide.pictures.missing.iter().map(|path| ("i18n-picture-missing", path));
        let missing = missing.filter(|_| self.told.whole);
        for (id, path) in older.chain(missing) {
            out += &format!("  {}\n", self.say(id, &[("path", shown(path).into())]));
        }
        out + "\n"
    }

    fn behind(&self, own: &Behind, guide: &GuideStanding) -> String {
        let id = match own.lack {
            Lack::Stale => "i18n-text-stale",
            Lack::Missing => "i18n-text-missing",
            Lack::Gone => "i18n-text-gone",
        };
        let message = guide.place.zip(own.place.as_ref().map(|bytes| bytes.start));
        let source = own.span.map(|span| (span.file, span.bytes.start as usize));
        let place = message.or(source).map(|(file, byte)| self.told.place(file, byte));
        let place = place.map(|(path, line)| format!("{}:{line}  ", shown(path)));
        let name = own.id.as_ref().map(|id| format!("{id}  ")).unwrap_or_default();
        let state = self.say(id, &[]);
        let grave = match own.severity {
            Severity::Grave => self.style("31", &self.say("i18n-grave", &[])),
            Severity::Words => String::new(),
        };
        let place = self.style("36", &place.unwrap_or_default());
        format!("  {place}{name}{state}{grave}\n    {}\n", self.difference(own))
    }

    /// What changed, in colour or with signs around it.
    fn difference(&self, own: &Behind) -> String {
        let (old, new) = (own.old.as_deref(), own.new.as_deref());
        let (Some(old), Some(new)) = (old, new) else {
            return shown(old.or(new).unwrap_or_default());
        };
        let piece = |(side, text): (Side, String)| match (side, self.colour) {
            (Side::Same, _) => shown(&text),
            (Side::Old, true) => format!("\u{1b}[9;31m{}\u{1b}[0m", shown(&text)),
            (Side::New, true) => format!("\u{1b}[32m{}\u{1b}[0m", shown(&text)),
            (Side::Old, false) => format!("[-{}-]", shown(&text)),
            (Side::New, false) => format!("{{+{}+}}", shown(&text)),
        };
        changes(old, new).into_iter().map(piece).collect()
    }
}
