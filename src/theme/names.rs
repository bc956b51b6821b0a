//! Icons, assets and styles of dates that templates name and that do not exist: found
//! without drawing a page, so also in a branch that no page takes today.

use std::collections::BTreeMap;

use super::Template;
use super::scan::{Call, Named, Written};
use crate::dates::STYLES;
use crate::diagnostic::{Diagnostic, code, nearest};

/// What templates may name, by name.
pub(super) struct Known<'a> {
    pub(super) icons: &'a BTreeMap<String, String>,
    pub(super) assets: &'a BTreeMap<String, String>,
}

/// The faults of names that are written out, each at its bytes.
pub(super) fn unknown(templates: &[Template<'_>], known: &Known<'_>) -> Vec<Diagnostic> {
    templates.iter().flat_map(|template| of(template, known)).collect()
}

fn of(template: &Template<'_>, known: &Known<'_>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for call in &template.scan.calls {
        for name in icons(call).into_iter().filter(|name| !known.icons.contains_key(name.name)) {
            let message = "the theme has no icon `{name}`";
            let names = known.icons.keys().map(String::as_str);
            faults.push(
                fault(template, name, message, nearest(name.name, names))
                    .help("put it at `icons/{name}.svg` of the theme"),
            );
        }
        for name in asset(call).into_iter().filter(|name| !known.assets.contains_key(name.name)) {
            let message = "the theme has no asset `{name}`";
            let names = known.assets.keys().map(String::as_str);
            faults.push(
                fault(template, name, message, nearest(name.name, names))
                    .help("put it at `assets/{name}` of the theme"),
            );
        }
        for name in style(call).into_iter().filter(|name| !STYLES.contains(&name.name)) {
            let message = "there is no date style `{name}`";
            faults.push(
                fault(template, name, message, nearest(name.name, STYLES))
                    .with("all", STYLES.join("`, `"))
                    .help("choose one of `{all}`"),
            );
        }
    }
    faults
}

fn fault(
    template: &Template<'_>,
    name: Named<'_>,
    message: &'static str,
    near: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(code::TEMPLATE_ERROR, template.span(name), message)
        .with("name", name.name)
        .nearest(near)
}

/// The icons that a call names.
pub(super) fn icons<'a>(call: &Call<'a>) -> Vec<Named<'a>> {
    match call.argument("also") {
        Some(Written::List(icons)) if call.function == "sprite" => icons.clone(),
        _ => literal(call, "icon", "name").into_iter().collect(),
    }
}

/// The asset that a call names.
pub(super) fn asset<'a>(call: &Call<'a>) -> Option<Named<'a>> {
    literal(call, "asset", "path")
}

fn style<'a>(call: &Call<'a>) -> Option<Named<'a>> {
    literal(call, "date", "style")
}

fn literal<'a>(call: &Call<'a>, function: &str, argument: &str) -> Option<Named<'a>> {
    match call.argument(argument) {
        Some(Written::Literal(name)) if call.function == function => Some(*name),
        _ => None,
    }
}
