//! The state of translations for programs: an object a line for each guide and language.

use serde_json::{Value, json};

use super::Told;
use crate::localize::{Behind, Form, Lack, Progress, Severity, Side, changes};
use crate::pipeline::GuideStanding;

pub(super) fn lines(told: &Told<'_>) -> String {
    told.guides.iter().map(|guide| format!("{}\n", object(guide, told))).collect()
}

fn object(guide: &GuideStanding, told: &Told<'_>) -> Value {
    let standing = &guide.standing;
    let place = guide.place.and_then(|file| told.inputs.file(file));
    json!({
        "kind": "guide",
        "guide": guide.id.as_str(),
        "locale": told.locale,
        "state": progress(standing.progress()),
        "percent": standing.percent(),
        "texts": standing.texts,
        "translated": standing.translated,
        "stale": standing.count(Lack::Stale),
        "missing": standing.count(Lack::Missing),
        "gone": standing.count(Lack::Gone),
        "form": match standing.form {
            Form::None => Value::Null,
            Form::Messages => json!("messages"),
            Form::File => json!("file"),
        },
        "file": place.map(|file| file.path.as_str()),
        "tracked": standing.tracked,
        "extracted": !standing.unextracted,
        "changes": standing.behind.iter().map(|own| change(own, guide, told)).collect::<Vec<_>>(),
        "pictures": {
            "all": guide.pictures.all,
            "missing": guide.pictures.missing,
            "older": guide.pictures.older,
        },
    })
}

fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::Complete => "complete",
        Progress::Partly => "partly",
        Progress::Stale => "stale",
        Progress::Missing => "missing",
    }
}

fn change(own: &Behind, guide: &GuideStanding, told: &Told<'_>) -> Value {
    let diff = own.old.as_ref().zip(own.new.as_ref()).map(|(old, new)| {
        let side = |side| match side {
            Side::Same => "same",
            Side::Old => "old",
            Side::New => "new",
        };
        changes(old, new)
            .into_iter()
            .map(|(own, text)| json!([side(own), text]))
            .collect::<Vec<_>>()
    });
    let source = own.span.map(|span| told.place(span.file, span.bytes.start as usize));
    let message = guide.place.zip(own.place.as_ref());
    let message = message.map(|(file, bytes)| told.place(file, bytes.start));
    json!({
        "state": match own.lack {
            Lack::Stale => "stale",
            Lack::Missing => "missing",
            Lack::Gone => "gone",
        },
        "severity": match own.severity {
            Severity::Grave => "grave",
            Severity::Words => "words",
        },
        "kind": own.kind.name(),
        "id": own.id,
        "old": own.old,
        "new": own.new,
        "diff": diff,
        "source": source.map(|(path, line)| json!({ "file": path, "line": line })),
        "line": message.map(|(_, line)| line),
    })
}
