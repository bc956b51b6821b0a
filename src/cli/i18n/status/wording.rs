//! The words of the site, for people and for programs: what a language lacks, what nothing
//! asks for, and what asks for other variables than the source.

use serde_json::{Value, json};

use super::Told;
use crate::cli::search::shown;
use crate::cli::words::{Arg, Words};
use crate::pipeline::{WordFault, WordLack};

/// How many names are told to people where there are many.
const SOME: usize = 5;

/// A line for each fault, for people; nothing where there is none.
pub(super) fn lines(told: &Told<'_>, words: &Words) -> String {
    if told.faults.is_empty() {
        return String::new();
    }
    let head = words.text("i18n-words", &[("locale", told.locale.into())]);
    let lines: String = told.faults.iter().map(|fault| line(fault, told, words)).collect();
    format!("{head}\n{lines}\n")
}

fn line(fault: &WordFault, told: &Told<'_>, words: &Words) -> String {
    let place = fault.place.map(|(file, byte)| told.place(file, byte));
    let place = place.map(|(path, line)| format!("{}:{line}  ", shown(path))).unwrap_or_default();
    let said = said(&fault.lack, words);
    said.into_iter().map(|said| format!("  {place}{said}\n")).collect()
}

fn said(lack: &WordLack, words: &Words) -> Vec<String> {
    let named = |id: &str, name: &str| words.text(id, &[("id", shown(name).into())]);
    let listed = |id: &str, name: &str, sign: &str, names: &[String]| {
        let names: Vec<String> =
            names.iter().map(|own| format!("`{sign}{}`", shown(own))).collect();
        words.text(id, &[("id", shown(name).into()), ("names", words.join(&names).into())])
    };
    match lack {
        WordLack::Message(id) => vec![named("i18n-word-message", id)],
        WordLack::Term(id) => vec![named("i18n-word-term", id)],
        WordLack::Unused(id) => vec![named("i18n-word-unused", id)],
        WordLack::Attributes(id, names) => vec![listed("i18n-word-attributes", id, ".", names)],
        WordLack::Variables { id, dropped, invented } => {
            [("i18n-word-dropped", dropped), ("i18n-word-invented", invented)]
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(message, names)| listed(message, id, "$", names))
                .collect()
        }
        WordLack::Interface(ids) => {
            let some: Vec<String> = ids.iter().take(SOME).map(|id| shown(id)).collect();
            let more = ids.len().saturating_sub(SOME);
            let arguments: [(&str, Arg<'_>); 3] = [
                ("count", ids.len().into()),
                ("names", words.join(&some).into()),
                ("more", more.into()),
            ];
            vec![words.text("i18n-word-interface", &arguments)]
        }
    }
}

/// An object a line for each fault, for programs.
pub(super) fn objects(told: &Told<'_>) -> String {
    told.faults.iter().map(|fault| format!("{}\n", object(fault, told))).collect()
}

fn object(fault: &WordFault, told: &Told<'_>) -> Value {
    let place = fault.place.map(|(file, byte)| told.place(file, byte));
    let mut object = json!({ "locale": told.locale });
    let facts = match &fault.lack {
        WordLack::Message(id) => json!({ "kind": "missing-message", "id": id }),
        WordLack::Term(id) => json!({ "kind": "missing-term", "id": id }),
        WordLack::Attributes(id, names) => {
            json!({ "kind": "missing-attributes", "id": id, "attributes": names })
        }
        WordLack::Variables { id, dropped, invented } => {
            json!({ "kind": "variables", "id": id, "dropped": dropped, "invented": invented })
        }
        WordLack::Unused(id) => json!({ "kind": "unused-message", "id": id }),
        WordLack::Interface(ids) => json!({ "kind": "interface", "ids": ids }),
    };
    let place = place.map(|(path, line)| json!({ "file": path, "line": line }));
    for facts in [Some(facts), place].into_iter().flatten() {
        if let (Value::Object(own), Value::Object(facts)) = (&mut object, facts) {
            own.extend(facts);
        }
    }
    object
}
