//! `theme.yaml`: parent, callouts, pages, components and tokens of a theme, as data.

use std::collections::{BTreeMap, BTreeSet};

use super::{MessageUse, ThemeFile, ThemeLayer};
use crate::config::yaml::{self, Entry, Fields, Prose, Source, Yaml};
use crate::config::{self, Token};
use crate::diagnostic::{Checked, Diagnostic, Place, code, nearest};
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
    parent: Option<String>,
    callouts: Vec<Row>,
    block: Vec<(String, Span)>,
    inline: Vec<(String, Span)>,
    tokens: Vec<Token>,
    pages: Vec<(String, Spanned<String>)>,
}

/// A row of `callouts:` with its places.
#[derive(Debug)]
struct Row {
    kind: String,
    icon: Spanned<String>,
    tone: String,
    message: Spanned<String>,
}

/// The settings of all layers, laid over each other.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) callouts: BTreeMap<String, Callout>,
    /// Components that stand between blocks, with the bytes that name them.
    pub(super) block: BTreeMap<String, Span>,
    /// Components that stand in a line.
    pub(super) inline: BTreeMap<String, Span>,
    /// Those of lower layers first.
    pub(super) tokens: Vec<Token>,
    /// The template of each kind of page.
    pub(super) pages: BTreeMap<String, String>,
    uses: Vec<MessageUse>,
}

impl Settings {
    pub(super) fn uses(&self) -> Vec<MessageUse> {
        self.uses.clone()
    }
}

/// The name of `parent:` in a theme's `theme.yaml`. Faults of the file are told by
/// [`super::load`], not here.
pub fn parent(files: &[ThemeFile<'_>]) -> Option<String> {
    let file = files.iter().find(|file| file.path == "theme.yaml")?;
    read(file).value.parent
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
        if file.path != "theme.yaml" {
            continue;
        }
        let read = read(file).take(diagnostics);
        for row in read.callouts {
            settings.add(row, names, diagnostics);
        }
        for (kind, template) in read.pages {
            settings.add_page(kind, &template, names, diagnostics);
        }
        settings.block.extend(read.block);
        settings.inline.extend(read.inline);
        settings.tokens.extend(read.tokens);
    }
    settings
}

impl Settings {
    fn add(&mut self, row: Row, names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
        if !names.icons.contains(row.icon.value.as_str()) {
            diagnostics.push(
                Diagnostic::new(code::INVALID_THEME, row.icon.span, "there is no icon `{icon}`")
                    .with("icon", &row.icon.value)
                    .nearest(nearest(&row.icon.value, names.icons.iter().copied()))
                    .help("put it at `icons/{icon}.svg` of the theme"),
            );
            return;
        }
        self.uses.push(MessageUse {
            id: row.message.value.clone(),
            span: row.message.span,
            arguments: Vec::new(),
        });
        let callout = Callout { icon: row.icon.value, tone: row.tone, message: row.message.value };
        self.callouts.insert(row.kind, callout);
    }

    /// A row whose template does not exist leaves the lower layer's in its place.
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
        let place = Place::File(file.file);
        let fault = Diagnostic::new(code::WRONG_ENCODING, place, "this file is not UTF-8");
        return Checked { value: File::default(), diagnostics: vec![fault] };
    };
    let mut diagnostics = Vec::new();
    let tree = yaml::read(Source::whole(file.file, text), Prose::default());
    let value = match tree.take(&mut diagnostics) {
        Some(tree) => settings(&tree, &mut diagnostics),
        None => File::default(),
    };
    Checked { value, diagnostics }
}

fn settings(tree: &Yaml, diagnostics: &mut Vec<Diagnostic>) -> File {
    let mut fields = Fields::of(tree, "the theme's settings");
    // The folder's name is the theme's; `name` is for people.
    fields.text("name");
    let mut file = File { parent: fields.text("parent").map(|name| name.value), ..File::default() };
    if let Some(rows) = fields.value("callouts") {
        let rows_of = Fields::of(rows, "`callouts`");
        file.callouts =
            rows_of.entries().iter().filter_map(|entry| row(entry, diagnostics)).collect();
        diagnostics.extend(rows_of.finish_open());
    }
    if let Some(rows) = fields.value("pages") {
        file.pages = pages(rows).take(diagnostics);
    }
    if let Some(components) = fields.value("components") {
        let mut kinds = Fields::of(components, "`components`");
        let names = |texts: Option<Vec<Spanned<String>>>| {
            texts.into_iter().flatten().map(|name| (name.value, name.span)).collect()
        };
        file.block = names(kinds.texts("block"));
        file.inline = names(kinds.texts("inline"));
        diagnostics.extend(kinds.finish());
    }
    file.tokens = config::tokens(&mut fields);
    diagnostics.extend(fields.finish());
    file
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

/// A row of `callouts:`; one that misses something is left out and reported.
fn row(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Row> {
    let mut fields = Fields::of(&entry.value, "a callout");
    let (icon, message) = (fields.text("icon"), fields.text("message"));
    let tone = fields.choice("tone", &TONES.map(|tone| (tone, tone)));
    diagnostics.extend(fields.finish());
    let row = match (icon, tone, message) {
        (Some(icon), Some(tone), Some(message)) => {
            Some(Row { kind: entry.key.value.to_lowercase(), icon, tone: tone.to_owned(), message })
        }
        _ => None,
    };
    if row.is_none() {
        diagnostics.push(
            Diagnostic::new(
                code::INVALID_THEME,
                entry.key.span,
                "the callout `{kind}` wants an icon, a tone and a message",
            )
            .with("kind", &entry.key.value)
            .help("for example `{kind}: { icon: info, tone: info, message: callout-{kind} }`"),
        );
    }
    row
}
