//! `theme.yaml`: parent, callouts, pages, components and tokens of a theme, as data.

use std::collections::{BTreeMap, BTreeSet};

use super::{ComponentKind, MessageUse, ThemeFile, ThemeLayer};
use crate::config::yaml::{self, Entry, Fields, Prose, Source, Yaml};
use crate::config::{self, Token};
use crate::diagnostic::{Checked, Diagnostic, code, nearest};
use crate::text::{Span, Spanned};

/// How a kind of callout is shown: a row of `callouts:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// A file of `icons/`, without extension.
    pub icon: String,
    /// One of [`TONES`].
    pub tone: String,
    /// The message that labels it.
    pub message: String,
}

/// The tones that style sheets know.
pub const TONES: [&str; 5] = ["info", "tip", "warn", "danger", "success"];

/// `theme.yaml` as it is written.
#[derive(Debug, Default)]
struct File {
    parent: Option<Spanned<String>>,
    callouts: Vec<Row>,
    components: Vec<(String, Listed)>,
    tokens: Vec<Token>,
    pages: Vec<(String, Spanned<String>)>,
    /// Whether something in it could not be read, so that rows may be missing.
    lacking: bool,
}

/// A row of `callouts:` with its places; what it misses was reported.
#[derive(Debug)]
struct Row {
    kind: String,
    icon: Option<Spanned<String>>,
    tone: Option<&'static str>,
    message: Option<Spanned<String>>,
}

/// What stands in for what a row of `callouts:` misses, so that guides that use it are not
/// told that there is no such kind.
const STAND_IN: (&str, &str, &str) = ("info", "info", "callout-note");

/// A component that guides can use: a row of `components:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) kind: ComponentKind,
    /// The bytes that name it.
    pub(super) span: Span,
}

/// The settings of all layers, laid over each other.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) callouts: BTreeMap<String, Callout>,
    /// The components that guides can use.
    pub(super) components: BTreeMap<String, Listed>,
    /// Those of lower layers first.
    pub(super) tokens: Vec<Token>,
    /// The template of each kind of page.
    pub(super) pages: BTreeMap<String, String>,
    /// Whether a file could not be read to its end, so that rows may be missing.
    pub(super) lacking: bool,
    /// Whether something stands in for what a row wants, so that uses are not all known.
    pub(super) stood_in: bool,
    uses: Vec<MessageUse>,
}

impl Settings {
    pub(super) fn uses(&self) -> Vec<MessageUse> {
        self.uses.clone()
    }
}

/// The name of `parent:` in a theme's `theme.yaml`. Faults of the file are told by
/// [`super::load`], not here.
pub fn parent(files: &[ThemeFile<'_>]) -> Option<Spanned<String>> {
    let file = files.iter().find(|file| file.path == NAME)?;
    read(file).value.parent
}

/// The file of a theme's settings.
const NAME: &str = "theme.yaml";

/// The fault of a file that was meant as the settings and is not read.
fn misnamed(file: &ThemeFile<'_>) -> Option<Diagnostic> {
    let meant = [NAME, "theme.yml"].iter().any(|name| file.path.eq_ignore_ascii_case(name));
    (meant && file.path != NAME).then(|| {
        Diagnostic::new(code::UNUSED_FILE, file.file, "nothing uses `{path}`")
            .with("path", file.path)
            .nearest(Some(NAME))
    })
}

/// What rows may name.
pub(super) struct Names<'a> {
    pub(super) icons: BTreeSet<&'a str>,
    pub(super) templates: BTreeSet<&'a str>,
}

/// The settings of `layers`, whose rows may use `names`.
pub(super) fn merged(
    layers: &[ThemeLayer<'_>],
    names: &Names<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Settings {
    let mut settings = Settings::default();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if let Some(fault) = misnamed(file) {
            settings.lacking = true;
            diagnostics.push(fault);
        }
        if file.path != NAME {
            continue;
        }
        let read = read(file).take(diagnostics);
        for row in read.callouts {
            settings.add(row, names, diagnostics);
        }
        for (kind, template) in read.pages {
            settings.add_page(kind, &template, names, diagnostics);
        }
        settings.lacking |= read.lacking;
        // The higher layer's row says where a component stands.
        settings.components.extend(read.components);
        settings.tokens.extend(read.tokens);
    }
    settings
}

impl Settings {
    fn add(&mut self, row: Row, names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
        let unknown = |icon: &&Spanned<String>| !names.icons.contains(icon.value.as_str());
        diagnostics.extend(row.icon.iter().find(unknown).map(|icon| {
            Diagnostic::new(code::INVALID_THEME, icon.span, "there is no icon `{icon}`")
                .with("icon", &icon.value)
                .nearest(nearest(&icon.value, names.icons.iter().copied()))
                .help("put it at `icons/{icon}.svg` of the theme")
        }));
        self.uses.extend(row.message.iter().map(|message| MessageUse {
            id: message.value.clone(),
            span: message.span,
            arguments: Vec::new(),
        }));
        let (icon, tone, message) = STAND_IN;
        let known = row.icon.filter(|icon| !unknown(&icon));
        self.stood_in |= known.is_none() || row.tone.is_none() || row.message.is_none();
        let callout = Callout {
            icon: known.map_or(icon.to_owned(), |icon| icon.value),
            tone: row.tone.unwrap_or(tone).to_owned(),
            message: row.message.map_or(message.to_owned(), |message| message.value),
        };
        self.callouts.insert(row.kind, callout);
    }

    /// A row whose template does not exist leaves the lower layer's in its place, or the
    /// guide's: guides that choose the kind did nothing wrong.
    fn add_page(
        &mut self,
        kind: String,
        template: &Spanned<String>,
        names: &Names<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if names.templates.contains(template.value.as_str()) {
            self.pages.insert(kind, template.value.clone());
            return;
        }
        if let Some(usual) = self.pages.get("guide").cloned() {
            self.pages.entry(kind.clone()).or_insert(usual);
        }
        let message = "there is no template `{template}` for pages of the kind `{kind}`";
        diagnostics.push(
            Diagnostic::new(code::INVALID_THEME, template.span, message)
                .with("template", &template.value)
                .with("kind", kind)
                .nearest(nearest(&template.value, names.templates.iter().copied()))
                .help("put it at `templates/{template}` of the theme"),
        );
    }
}

fn read(file: &ThemeFile<'_>) -> Checked<File> {
    let Ok(text) = std::str::from_utf8(file.bytes) else {
        // Told where files are taken in.
        return Checked::clean(File { lacking: true, ..File::default() });
    };
    let mut diagnostics = Vec::new();
    let tree = yaml::read(Source::whole(file.file, text), Prose::default());
    let value = match tree.take(&mut diagnostics) {
        Some(tree) => settings(&tree, &mut diagnostics),
        None => File { lacking: !diagnostics.is_empty(), ..File::default() },
    };
    Checked { value, diagnostics }
}

fn settings(tree: &Yaml, diagnostics: &mut Vec<Diagnostic>) -> File {
    let mut fields = Fields::of(tree, "the theme's settings");
    let mut lost = Vec::new();
    // The folder's name is the theme's; `name` is for people.
    fields.text("name");
    let mut file = File { parent: fields.text("parent"), ..File::default() };
    if let Some(rows) = fields.value("callouts") {
        let rows_of = Fields::of(rows, "`callouts`");
        file.callouts = rows_of.entries().iter().map(|entry| row(entry, diagnostics)).collect();
        lost.extend(rows_of.finish_open());
    }
    if let Some(rows) = fields.value("pages") {
        file.pages = pages(rows).take(&mut lost);
    }
    if let Some(listed) = fields.value("components") {
        file.components = components(listed, diagnostics).take(&mut lost);
    }
    file.tokens = config::tokens(&mut fields);
    lost.extend(fields.finish());
    file.lacking = !lost.is_empty();
    diagnostics.extend(lost);
    file
}

/// The lists of `components:`; a name in both stays what the first list says.
fn components(listed: &Yaml, diagnostics: &mut Vec<Diagnostic>) -> Checked<Vec<(String, Listed)>> {
    let mut fields = Fields::of(listed, "`components`");
    let mut value: Vec<(String, Listed)> = Vec::new();
    for (key, kind) in [("block", ComponentKind::Block), ("inline", ComponentKind::Inline)] {
        for name in fields.texts(key).into_iter().flatten() {
            let former = value.iter().find(|(known, _)| *known == name.value);
            match former.filter(|(_, former)| former.kind != kind) {
                Some((_, former)) => diagnostics.push(listed_twice(&name, former.span)),
                None => value.push((name.value, Listed { kind, span: name.span })),
            }
        }
    }
    Checked { value, diagnostics: fields.finish() }
}

fn listed_twice(name: &Spanned<String>, first: Span) -> Diagnostic {
    let message = "the component `{name}` stands in both lists";
    Diagnostic::new(code::INVALID_THEME, name.span, message)
        .with("name", &name.value)
        .related(first, "first listed here")
        .help("a component stands between blocks or inside a line; take it out of one list")
}

/// The rows of `pages:`: a kind and its template.
fn pages(rows: &Yaml) -> Checked<Vec<(String, Spanned<String>)>> {
    let mut fields = Fields::of(rows, "`pages`");
    let mut value = Vec::new();
    for Entry { key, value: template } in fields.entries() {
        if let Some(template) = template.spanned_text() {
            value.push((key.value.clone(), template));
        } else {
            let example = format!("{}: guide.html", key.value);
            fields.report(yaml::wrong(&key.value, template, "a template", &example));
        }
    }
    Checked { value, diagnostics: fields.finish_open() }
}

/// A row of `callouts:`; what it misses is reported.
fn row(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Row {
    let mut fields = Fields::of(&entry.value, "a callout");
    let (icon, message) = (fields.text("icon"), fields.text("message"));
    let tone = fields.choice("tone", &TONES.map(|tone| (tone, tone)));
    let faults = fields.finish();
    let missing = icon.is_none() || tone.is_none() || message.is_none();
    if missing && faults.is_empty() {
        diagnostics.push(meagre(&entry.key));
    }
    diagnostics.extend(faults);
    Row { kind: entry.key.value.to_lowercase(), icon, tone, message }
}

fn meagre(kind: &Spanned<String>) -> Diagnostic {
    let message = "the callout `{kind}` wants an icon, a tone and a message";
    let name = &kind.value;
    let example = format!("{name}: {{ icon: info, tone: info, message: callout-{name} }}");
    Diagnostic::new(code::INVALID_THEME, kind.span, message)
        .with("kind", name)
        .with("example", example)
        .help("for example `{example}`")
}
