//! The look of pages: compiled templates, the table of components and of callouts, assets.
//!
//! In: the files of a theme's layers, lowest first. Out: a [`Theme`] that turns values into
//! HTML, and the files it wants published. The only module that names the template engine.
//! Must not know guides, messages or addresses: words reach templates through a [`Voice`].

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::config::Token;
use crate::diagnostic::{Checked, Diagnostic};
use crate::paths::OutputPath;
use crate::text::{FileId, Span};

mod assets;
mod colour;
mod component;
mod contrast;
mod copies;
mod css;
mod fallback;
mod faults;
mod functions;
mod icons;
mod lacking;
mod links;
mod mismatch;
mod names;
mod scan;
mod settings;
mod stylesheet;
mod templates;
mod tokens;
mod unused;
mod uses;
mod value;

pub(crate) use assets::fingerprint;
pub(crate) use component::Call;
pub use component::{Argument, ComponentKind};
pub use copies::{Original, original, originals};
pub use functions::{Voice, WordArgument};
pub use settings::{Callout, TONES, parent};
use templates::{Template, TemplateSource};
pub(crate) use tera::Value as EngineValue;
use tokens::Tokens;
use unused::Unused;
pub use uses::MessageUse;
use uses::Words;
pub use value::{Fields, Html, Show, Value};
pub(crate) use value::{map_of, shown};

/// How many bytes most pages fit into.
const USUAL_PAGE: usize = 65_536;

/// The kinds of page that show other things than a guide.
const OTHERS: [&str; 9] =
    ["all", "archive", "front", "not_found", "redirect", "search", "section", "tag", "tags"];

/// One file of a theme.
#[derive(Debug, Clone, Copy)]
pub struct ThemeFile<'a> {
    /// The file.
    pub file: FileId,
    /// Its path below the theme's folder: `theme.yaml`, `templates/guide.html`,
    /// `components/kbd.html`, `icons/info.svg`, `assets/style.css`.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The files of one theme.
#[derive(Debug, Clone)]
pub struct ThemeLayer<'a> {
    /// The theme's name: `default`, or its folder's.
    pub name: &'a str,
    /// Its files.
    pub files: Vec<ThemeFile<'a>>,
    /// The paths of those that cannot be read, which is told where files are taken in.
    pub unread: Vec<&'a str>,
}

/// A theme, ready to draw pages.
pub struct Theme {
    engine: tera::Tera,
    /// Whether the templates could not be compiled; then nothing is drawn, since the fault
    /// was told once and keeps the site from being written.
    broken: bool,
    /// Whether files or rows are missing, so that names may be unknown for that reason.
    lacking: bool,
    /// Whether all that it uses is known.
    knows_uses: bool,
    sources: BTreeMap<String, TemplateSource>,
    /// The file at the root of each template that extends another.
    bases: BTreeMap<String, FileId>,
    /// The templates that show no page's text.
    textless: BTreeSet<String>,
    callouts: BTreeMap<String, Callout>,
    /// The template of each kind of page.
    pages: BTreeMap<String, String>,
    components: BTreeMap<String, component::Component>,
    /// The names of those that guides can use, whatever the engine could read.
    usable: BTreeSet<String>,
    /// Where each component's name stands in its file.
    definitions: BTreeMap<String, Span>,
    assets: Vec<(OutputPath, Arc<[u8]>)>,
    /// The published names of assets, encoded, by their own.
    asset_names: BTreeMap<String, String>,
    words: Words,
    unused: Vec<Unused>,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("templates", &self.sources.keys()).finish_non_exhaustive()
    }
}

/// Compiles the theme made of `layers` (lowest first: default, parents, the site's own), a
/// file of a higher layer taking the place of the one with its path; `tokens` are the
/// site's own design tokens.
///
/// A template that is hidden by a higher layer's stays within reach as
/// `<theme>/<template>`, so that it can be extended.
pub fn load(layers: &[ThemeLayer<'_>], tokens: &[Token]) -> Checked<Theme> {
    let mut diagnostics = Vec::new();
    let icons = icons::symbols(layers, &mut diagnostics);
    let templates = templates::all(layers);
    let names = settings::Names {
        icons: icons.keys().map(String::as_str).collect(),
        templates: templates.iter().map(|template| template.name.as_str()).collect(),
    };
    let settings = settings::merged(layers, &names, &mut diagnostics);
    let tokens = laid_tokens(layers, &settings.tokens, tokens, &mut diagnostics);
    let assets = assets::published(layers, &tokens.css(), &mut diagnostics);
    let mut engine = tera::Tera::new();
    let known = names::Known { icons: &icons, assets: &assets.names };
    let unread = layers.iter().any(|layer| !layer.unread.is_empty());
    let unknown = if unread { Vec::new() } else { names::unknown(&templates, &known) };
    functions::register(&mut engine, assets.names.clone(), icons);
    let compiled = faults::compile(&mut engine, &templates, unread);
    let broken = unread || !compiled.is_empty() || !unknown.is_empty();
    diagnostics.extend(compiled.into_iter().chain(unknown));
    diagnostics.extend(mismatch::components(layers));
    diagnostics.extend(copies::outdated(layers));
    let components = component::table(&engine, &settings);
    let missing = if broken { Vec::new() } else { component::missing(&components, &settings) };
    let ungivable = component::ungivable(&templates, &settings);
    // What guides cannot give right is not told again at each of them.
    let broken = broken || !ungivable.is_empty();
    diagnostics.extend(ungivable);
    let lacking = unread || settings.lacking || !missing.is_empty();
    diagnostics.extend(missing);
    let theme = Theme {
        engine,
        broken,
        lacking,
        knows_uses: !broken && !lacking && !settings.stood_in,
        usable: settings.components.keys().cloned().collect(),
        bases: templates::bases(&templates),
        textless: templates::textless(&templates),
        definitions: templates::definitions(&templates),
        unused: unused::files(layers, &templates, &settings),
        words: Words::of(&templates, settings.uses()),
        sources: templates::sources(templates),
        callouts: settings.callouts,
        pages: settings.pages,
        components,
        assets: assets.files,
        asset_names: assets.names,
    };
    Checked { value: theme, diagnostics }
}

impl Theme {
    /// The kinds of callout, in lower case.
    pub fn callouts(&self) -> impl Iterator<Item = &str> {
        self.callouts.keys().map(String::as_str)
    }

    /// The names of components that guides can use.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.usable.iter().map(String::as_str)
    }

    /// Whether all of the theme is there. Where it is not, a fault says so, and what is not
    /// found may be in the missing part: nothing is to be said of it.
    pub fn is_whole(&self) -> bool {
        !self.broken && !self.lacking
    }

    /// Whether files or rows of it are missing, whether or not its templates can be read.
    pub fn is_lacking(&self) -> bool {
        self.lacking
    }

    /// Whether all that it uses is known. What a template that cannot be read would have
    /// named is not, nor what a faulty row would have.
    pub fn knows_uses(&self) -> bool {
        self.knows_uses && !self.lacking
    }

    /// Notes that a theme below is missing, which was told.
    pub fn lacks_parent(&mut self) {
        self.lacking = true;
    }

    /// How a kind of callout is shown.
    pub fn callout(&self, kind: &str) -> Option<&Callout> {
        self.callouts.get(kind)
    }

    /// The files to be published, with their hash in the name.
    pub fn assets(&self) -> &[(OutputPath, Arc<[u8]>)] {
        &self.assets
    }

    /// Where an asset is published, as a path from the root, encoded.
    pub fn asset(&self, name: &str) -> Option<&str> {
        self.asset_names.get(name).map(String::as_str)
    }

    /// The messages that templates and settings ask for by a written name, so that they can
    /// be checked once, and not on every page.
    pub fn message_uses(&self) -> &[MessageUse] {
        &self.words.messages
    }

    /// Whether a template may ask for the message `id`, by its name or by one that is put
    /// together while drawing.
    pub fn may_ask_for(&self, id: &str) -> bool {
        let asked = self.words.messages.iter().map(|asked| asked.id.as_str());
        asked.map(|asked| asked.split('.').next().unwrap_or(asked)).any(|asked| asked == id)
            || self.words.computed.iter().any(|head| id.starts_with(head.as_str()))
    }

    /// The files of a site's themes that nothing uses, where guides have chosen the
    /// templates `chosen`.
    pub fn unused(&self, chosen: &BTreeSet<&str>) -> Vec<Diagnostic> {
        if !self.knows_uses() {
            return Vec::new();
        }
        self.unused.iter().filter_map(|unused| unused.fault(chosen)).collect()
    }

    /// The template that draws pages of `kind`: a row of `pages:`.
    pub fn page(&self, kind: &str) -> Option<&str> {
        self.pages.get(kind).map(String::as_str)
    }

    /// The template that a guide's `template: name` means: a kind of page, or a file.
    pub fn layout<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.named(name).filter(|_| self.is_layout(name))
    }

    /// Whether `name` is known, but draws no text of a writer.
    pub fn draws_others(&self, name: &str) -> bool {
        self.named(name).is_some() && !self.is_layout(name)
    }

    /// Whether a page of a text can be drawn by `name`: no part of a page, and nothing that
    /// only draws pages of another kind.
    fn is_layout(&self, name: &str) -> bool {
        let file = format!("{name}.html");
        let mut kinds = self.pages.iter().filter(|(_, drawn)| **drawn == file).peekable();
        let other =
            kinds.peek().is_some() && kinds.all(|(kind, _)| OTHERS.contains(&kind.as_str()));
        let part = ["parts/", "components/"].iter().any(|folder| name.starts_with(folder));
        !other && !part && !OTHERS.contains(&name)
    }

    fn named<'a>(&'a self, name: &str) -> Option<&'a str> {
        let file = format!("{name}.html");
        let template = self.sources.get_key_value(&file).map(|(name, _)| name.as_str());
        self.page(name).or(template)
    }

    /// The names that [`layout`](Theme::layout) knows.
    pub fn layouts(&self) -> impl Iterator<Item = &str> {
        let files = self.sources.keys();
        let names = files.map(|name| name.strip_suffix(".html").unwrap_or(name));
        let all = self.pages.keys().map(String::as_str).chain(names);
        all.filter(|name| self.is_layout(name))
    }

    /// The file of `template` if its pages lack their text.
    pub fn loses_text(&self, template: &str) -> Option<FileId> {
        let source = self
            .sources
            .get(template)
            .filter(|_| self.is_whole() && self.textless.contains(template))?;
        Some(source.file)
    }

    /// The file that the pages of `template` begin and end with: its own, or that of the
    /// template that it extends.
    pub fn base_of(&self, template: &str) -> Option<FileId> {
        let own = || self.sources.get(template).map(|source| source.file);
        self.bases.get(template).copied().or_else(own)
    }

    /// Draws `template` with `variables`, words and addresses coming from `voice`: HTML in
    /// UTF-8, as bytes, since all that is left to do is to write it.
    pub fn draw(
        &self,
        template: &str,
        variables: Vec<(&'static str, Value)>,
        voice: &Rc<dyn Voice>,
    ) -> Checked<Vec<u8>> {
        if self.broken {
            return Checked::clean(Vec::new());
        }
        let mut context = tera::Context::new();
        for (name, value) in variables {
            context.insert_value(name, value.0);
        }
        let mut html = Vec::with_capacity(USUAL_PAGE);
        let drawn =
            functions::speaking(voice, || self.engine.render_to(template, &context, &mut html));
        match drawn {
            Ok(()) => Checked::clean(html),
            Err(error) => {
                let fault = faults::rendering(&error, &self.sources, template);
                Checked { value: Vec::new(), diagnostics: vec![fault] }
            }
        }
    }
}

/// The tokens of the theme's sheet with those of its settings and of the site laid over.
fn laid_tokens(
    layers: &[ThemeLayer<'_>],
    theme: &[Token],
    site: &[Token],
    diagnostics: &mut Vec<Diagnostic>,
) -> Tokens {
    let Some((file, own)) = assets::token_sheet(layers) else { return Tokens::default() };
    let sheet = String::from_utf8_lossy(file.bytes);
    let mut tokens = Tokens::of(&sheet, own.then_some(file.file));
    let is_new = |name: &str| mentions(layers, &format!("var(--{name}"));
    tokens.lay(theme, &is_new, diagnostics);
    tokens.lay(site, &|_| false, diagnostics);
    diagnostics.extend(contrast::faults(&tokens));
    diagnostics.extend(lacking::fault(layers, &tokens));
    tokens
}

/// Whether `text` stands in any file of the theme.
fn mentions(layers: &[ThemeLayer<'_>], text: &str) -> bool {
    let mut files = layers.iter().flat_map(|layer| &layer.files);
    files.any(|file| std::str::from_utf8(file.bytes).is_ok_and(|held| held.contains(text)))
}

#[cfg(test)]
pub(crate) mod tests;
