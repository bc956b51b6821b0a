//! The layers of look and words: the default theme, the parents of the site's theme, that
//! theme, and the site's own words.

use std::collections::BTreeSet;

use crate::config::{Config, Locale};
use crate::diagnostic::{Checked, Diagnostic, code, nearest};
use crate::input::{Contents, Inputs, Layer};
use crate::messages::{MessageSource, Messages};
use crate::render::unasked_messages;
use crate::text::{FileId, Spanned};
use crate::theme::{self, Theme, ThemeFile, ThemeLayer};

/// The theme that draws the site.
pub(super) fn load_theme(inputs: &Inputs, config: &Config) -> Checked<Theme> {
    let mut faults = Vec::new();
    let names = theme_names(inputs, config, &mut faults);
    let mut layers = vec![layer(inputs, Layer::Builtin, "default")];
    // A site's own `themes/default` lies over the built-in one.
    layers.push(layer(inputs, Layer::Site, "default"));
    layers.extend(names.iter().map(|name| layer(inputs, Layer::Site, name)));
    let mut loaded = theme::load(&layers, &config.tokens);
    if !faults.is_empty() {
        loaded.value.lacks_parent();
    }
    loaded.diagnostics.extend(faults);
    loaded
}

/// Words by layer: the default theme's, those of the themes over it, the site's own.
pub(super) fn load_messages(inputs: &Inputs, config: &Config) -> Checked<Messages> {
    let all = word_sources(inputs, config);
    let sources: Vec<MessageSource<'_>> = all
        .into_iter()
        .map(|own| MessageSource {
            file: own.file,
            locale: own.locale,
            text: own.text,
            layer: own.layer,
        })
        .collect();
    Messages::with(&sources, &config.locales, &config.variables)
}

/// A file of words.
pub(super) struct WordSource<'a> {
    pub(super) file: FileId,
    pub(super) locale: Locale,
    pub(super) text: &'a str,
    layer: u8,
    /// Whether it is the site's own and not a theme's.
    pub(super) of_site: bool,
}

/// All files of words, those of lower layers first.
pub(super) fn word_sources<'a>(inputs: &'a Inputs, config: &Config) -> Vec<WordSource<'a>> {
    // The faults of naming themes are told when the theme is loaded.
    let names = theme_names(inputs, config, &mut Vec::new());
    let mut folders = vec![
        (Layer::Builtin, "themes/default/locales".to_owned()),
        (Layer::Site, "themes/default/locales".to_owned()),
    ];
    folders.extend(names.iter().map(|name| (Layer::Site, format!("themes/{name}/locales"))));
    folders.push((Layer::Site, "locales".to_owned()));
    let mut sources = Vec::new();
    for (rank, (layer, folder)) in (0u8..).zip(&folders) {
        let site_words = folder == "locales";
        for file in inputs.files.iter().filter(|file| file.layer == *layer) {
            let Contents::Text(text) = &file.contents else { continue };
            let Some((locale, name)) =
                file.path.below(folder).and_then(|path| path.split_once('/'))
            else {
                continue;
            };
            let counts = if site_words {
                ["site.ftl", "terms.ftl"].contains(&name)
            } else {
                name.ends_with(".ftl")
            };
            let Some(locale) = Locale::new(locale).filter(|_| counts) else { continue };
            let of_site = site_words;
            sources.push(WordSource { file: file.id, locale, text, layer: rank, of_site });
        }
    }
    sources
}

/// The template or component `name` of the layers below the site's theme, which a file of
/// that theme would take the place of; else the nearest name.
pub fn original(
    inputs: &Inputs,
    config: &Config,
    name: &str,
) -> Result<theme::Original, Option<String>> {
    let own = config.theme.as_ref().map(|theme| theme.value.as_str());
    let mut layers = vec![layer(inputs, Layer::Builtin, "default")];
    if own.is_some_and(|own| own != "default") {
        layers.push(layer(inputs, Layer::Site, "default"));
    }
    // What is wrong with the names is told by a build.
    let names = theme_names(inputs, config, &mut Vec::new());
    let below = names.iter().filter(|name| Some(name.as_str()) != own);
    layers.extend(below.map(|name| layer(inputs, Layer::Site, name)));
    theme::original(&layers, name)
        .ok_or_else(|| nearest(name, theme::originals(&layers)).map(str::to_owned))
}

/// What the site's themes and words hold that nothing uses, where guides have chosen the
/// templates `chosen`.
pub(super) fn leftovers(
    inputs: &Inputs,
    theme: &Theme,
    messages: &Messages,
    chosen: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    let is_own = |file| inputs.file(file).is_some_and(|file| file.layer == Layer::Site);
    let mut faults = theme.unused(chosen);
    if theme.knows_uses() {
        faults.extend(unasked_messages(theme, messages, &is_own));
    }
    faults
}

/// The names of the site's themes that lie over the default one, the lowest first.
fn theme_names(inputs: &Inputs, config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut wanted = config.theme.clone();
    while let Some(named) = wanted.take().filter(|name| name.value != "default") {
        if names.contains(&named.value) {
            faults.push(circle(&named, &names));
            break;
        }
        if names.len() == MOST_THEMES {
            faults.push(too_many(&named));
            break;
        }
        let held = layer(inputs, Layer::Site, &named.value);
        if held.files.is_empty() && held.unread.is_empty() {
            faults.push(unknown_theme(inputs, &named, names.first()));
            break;
        }
        wanted = theme::parent(&held.files);
        names.insert(0, named.value);
    }
    names
}

/// How many themes may lie over each other; each is one more place to look for a file.
const MOST_THEMES: usize = 16;

/// `names` lead from the theme that names `named` up to the site's own.
fn circle(named: &Spanned<String>, names: &[String]) -> Diagnostic {
    let up = names.iter().take_while(|name| **name != named.value).map(String::as_str);
    let mut chain: Vec<&str> = up.collect();
    chain.push(&named.value);
    chain.reverse();
    chain.push(&named.value);
    Diagnostic::new(code::INVALID_THEME, named.span, "the theme `{name}` is its own parent")
        .with("name", &named.value)
        .with("chain", chain.join(" → "))
        .help("the circle is {chain}; name another `parent`, or leave it out")
}

fn too_many(named: &Spanned<String>) -> Diagnostic {
    let message = "more than {most} themes lie over each other";
    Diagnostic::new(code::INVALID_THEME, named.span, message)
        .with("most", MOST_THEMES)
        .help("put their files together into fewer themes")
}

/// `child` is the theme that names it as its parent, if a theme does.
fn unknown_theme(inputs: &Inputs, named: &Spanned<String>, child: Option<&String>) -> Diagnostic {
    let themes: BTreeSet<&str> = inputs
        .files
        .iter()
        .filter(|file| file.layer == Layer::Site)
        .filter_map(|file| file.path.below("themes")?.split('/').next())
        .collect();
    let others = themes.into_iter().filter(|theme| child.is_none_or(|child| child != theme));
    let help = match child {
        Some(_) => "make the folder `themes/{name}`, or leave `parent:` out for the built-in one",
        None => "make the folder `themes/{name}`, or leave `theme:` out for the built-in one",
    };
    Diagnostic::new(code::UNKNOWN_THEME, named.span, "there is no theme `{name}` in `themes/`")
        .with("name", &named.value)
        .help(help)
        .nearest(nearest(&named.value, others))
}

/// The files of one theme, paths counted from its folder.
fn layer<'a>(inputs: &'a Inputs, layer: Layer, name: &'a str) -> ThemeLayer<'a> {
    let folder = format!("themes/{name}");
    let of = inputs.files.iter().filter(|file| file.layer == layer);
    let mut found = ThemeLayer { name, files: Vec::new(), unread: Vec::new() };
    for file in of {
        let Some(path) = file.path.below(&folder) else { continue };
        match &file.contents {
            Contents::Text(text) => {
                found.files.push(ThemeFile { file: file.id, path, bytes: text.as_bytes() });
            }
            Contents::Bytes(bytes) => found.files.push(ThemeFile { file: file.id, path, bytes }),
            Contents::Fault(_) => found.unread.push(path),
            Contents::Opaque { .. } => {}
        }
    }
    found
}
