//! Components that do not take what those take whose place they have: guides and the
//! generator go on calling them as before.

use super::scan::{Definition, Parameter, Scan, scan};
use super::{ThemeFile, ThemeLayer};
use crate::diagnostic::{Diagnostic, code};
use crate::text::Span;

/// The faults of the components of `layers` against those that they hide.
pub(super) fn components(layers: &[ThemeLayer<'_>]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (rank, layer) in layers.iter().enumerate() {
        let components = layer.files.iter().filter(|file| file.path.starts_with("components/"));
        for file in components {
            let below = layers[..rank].iter().rev().flat_map(|layer| &layer.files);
            if let Some(hidden) = below.into_iter().find(|other| other.path == file.path) {
                faults.extend(compared(file, hidden));
            }
        }
    }
    faults
}

fn compared(file: &ThemeFile<'_>, hidden: &ThemeFile<'_>) -> Vec<Diagnostic> {
    let (own, former) = (scanned(file), scanned(hidden));
    let mut faults = Vec::new();
    for definition in &own.definitions {
        let name = definition.name.name;
        if let Some(former) = former.definitions.iter().find(|former| former.name.name == name) {
            faults.extend(differences(file, definition, former));
        }
    }
    faults
}

fn scanned<'a>(file: &ThemeFile<'a>) -> Scan<'a> {
    std::str::from_utf8(file.bytes).map(scan).unwrap_or_default()
}

fn differences(
    file: &ThemeFile<'_>,
    own: &Definition<'_>,
    former: &Definition<'_>,
) -> Vec<Diagnostic> {
    let at = own.name.at;
    let span = Span::new(file.file, at..at + own.name.name.len());
    let fault = |message, names: &[&str]| {
        Diagnostic::new(code::COMPONENT_MISMATCH, span, message)
            .with("name", own.name.name)
            .with("arguments", names.join("`, `"))
    };
    let mut faults = Vec::new();
    let dropped = if own.takes_any { Vec::new() } else { lacking(own, former) };
    if !dropped.is_empty() {
        let message =
            "the component `{name}` does not take `{arguments}`, which the one it replaces takes";
        faults.push(
            fault(message, &dropped)
                .help("guides and pages pass it: take it, or all further ones with `...rest`"),
        );
    }
    let wanted = demanded(own, former);
    if !wanted.is_empty() {
        let message =
            "the component `{name}` wants `{arguments}`, which the one it replaces does not want";
        faults.push(
            fault(message, &wanted)
                .with("first", wanted[0])
                .help("give it a value of its own, for example `{first}: string = \"\"`"),
        );
    }
    let changed = retyped(own, former);
    if !changed.is_empty() {
        let message =
            "the component `{name}` takes `{arguments}` as another type than the one it replaces";
        faults.push(fault(message, &changed).help("keep the type: pages pass it as before"));
    }
    faults
}

fn parameter<'a>(of: &'a Definition<'_>, name: &str) -> Option<&'a Parameter<'a>> {
    of.parameters.iter().find(|parameter| parameter.name == name)
}

/// What `former` takes and `own` does not.
fn lacking<'a>(own: &Definition<'_>, former: &Definition<'a>) -> Vec<&'a str> {
    let names = former.parameters.iter().map(|parameter| parameter.name);
    names.filter(|name| parameter(own, name).is_none()).collect()
}

/// What `own` must be given and `former` need not.
fn demanded<'a>(own: &Definition<'a>, former: &Definition<'_>) -> Vec<&'a str> {
    let required = own.parameters.iter().filter(|parameter| parameter.required);
    let names = required.map(|parameter| parameter.name);
    names.filter(|name| parameter(former, name).is_none_or(|other| !other.required)).collect()
}

/// What both take, but not as the same type.
fn retyped<'a>(own: &Definition<'a>, former: &Definition<'_>) -> Vec<&'a str> {
    let differs = |own: &&Parameter<'_>| {
        let other = parameter(former, own.name).and_then(|other| other.value_type);
        own.value_type.is_some_and(|own| other.is_some_and(|other| other != own))
    };
    own.parameters.iter().filter(differs).map(|parameter| parameter.name).collect()
}
