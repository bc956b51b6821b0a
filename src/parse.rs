//! Guide text → [`Guide`]: front matter, the typed document, and its outline.
//!
//! In: one text (and the texts it may include). Out: a guide and diagnostics at their
//! bytes. Knows nothing of other guides, addresses or the theme; the Markdown crate is
//! named here only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::{HtmlPolicy, Moment, ValueType, Zone};
use crate::diagnostic::{Checked, Diagnostic, Reach, code};
use crate::document::{Block, BlockKind, Document, Inline, LocaleId, Reference};
use crate::text::{FileId, Spanned};

mod build;
mod code_info;
mod front_matter;
mod html;
mod include;
mod mapped;
mod outline;
mod pictures;
mod prepare;
#[cfg(test)]
mod tests;
mod urls;

use build::{Shared, Source};
pub(crate) use front_matter::entries as front_matter_entries;

/// What parsing depends on besides the text.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct ParseOptions {
    /// The kinds of callout that the theme knows, in lower case.
    pub callouts: BTreeSet<String>,
    /// The names of the theme's components: `:::steps`, `:kbd[…]`.
    pub components: BTreeSet<String>,
    /// The policy for raw HTML.
    pub html: HtmlPolicy,
    /// Whether `$x$` is a formula.
    pub math: bool,
    /// The site's zone.
    pub timezone: Zone,
    /// Further front matter keys.
    pub declared: BTreeMap<String, ValueType>,
    /// The names of `audiences`.
    pub audiences: Vec<String>,
    /// Whether parts of the theme are missing, which was told: then a name that it does not
    /// know is no fault of the guide.
    pub lacks_names: bool,
}

/// One text to parse.
#[derive(Debug, Clone, Copy)]
pub struct GuideText<'a> {
    /// Its file.
    pub file: FileId,
    /// Its language.
    pub lang: LocaleId,
    /// Its whole text, byte order mark and all.
    pub text: &'a str,
}

/// Finds the texts that `:::include` names.
pub trait Includes {
    /// The file at `path`, as written relative to the file `from`, with its text.
    fn find(&self, from: FileId, path: &str) -> Option<(FileId, &str)>;
}

/// What stands before the text of a guide, and where the text begins.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The front matter; shared by all who ask about it.
    pub front: Arc<FrontMatter>,
    /// The byte of the file at which the text begins.
    pub body: usize,
    /// Whether the front matter could not be read: it may well hold a title.
    pub broken: bool,
}

/// Reads what stands before the text of a guide: enough to decide whether it is shown.
pub fn head(text: GuideText<'_>, options: &ParseOptions) -> Checked<Head> {
    let Checked { value: (front, body), diagnostics } = front_matter::front_matter(text, options);
    let broken = diagnostics.iter().any(|fault| fault.code.reach() == Reach::Whole);
    Checked { value: Head { front: Arc::new(front), body, broken }, diagnostics }
}

/// Reads a guide below its head, whose faults were told when it was read.
///
/// Every fault is a diagnostic at its bytes; whatever the text, a guide comes out, and
/// what is not understood stays visible as text. A guide without a title has an empty
/// one: its name is not known here.
///
/// # Panics
/// Never, for any text below 4 GiB.
pub fn guide(
    text: GuideText<'_>,
    head: &Head,
    options: &ParseOptions,
    includes: &dyn Includes,
) -> Checked<Guide> {
    let mut shared = Shared::new(options, Some(includes), Vec::new());
    let source = Source {
        file: text.file,
        lang: text.lang,
        text: text.text,
        range: head.body..text.text.len(),
        shift: 0,
    };
    let blocks = build::blocks(&source, &mut shared);
    guide_of(text, head.clone(), blocks, shared)
}

/// Puts a guide together from its parts: title and headings are settled here.
fn guide_of(
    text: GuideText<'_>,
    head: Head,
    mut blocks: Vec<Block>,
    mut shared: Shared<'_>,
) -> Checked<Guide> {
    let mut diagnostics = std::mem::take(&mut shared.diagnostics);
    let front = &head.front;
    let prose = |value: &Spanned<String>| build::prose(value, text.lang, shared.options);
    let description = front.description.as_ref().map(prose).unwrap_or_default();
    let title = match front.title.as_ref().map(prose) {
        Some(title) => title,
        None => outline::first_heading(&blocks).unwrap_or_else(|| {
            diagnostics.extend((!head.broken).then(|| {
                Diagnostic::new(code::MISSING_TITLE, text.file, "this guide has no title")
                    .help("begin the file with `---`, `title: …`, `---`, or with a heading `# …`")
            }));
            Vec::new()
        }),
    };
    // A heading that became the title only for want of another stays unless it leads.
    let leads = blocks.first().is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
    let title_heading = (front.title.is_some() || leads)
        .then(|| outline::drop_title(&mut blocks, &title, &shared.heading_ids))
        .flatten();
    let headings = outline::settle(&mut blocks, &shared.heading_ids);
    let document = Document { blocks, references: shared.references };
    let (ids, included) = (shared.ids, shared.included);
    Checked {
        value: Guide { head, title, title_heading, description, document, headings, ids, included },
        diagnostics,
    }
}

/// A text of one line to read on its own: a title, a caption, a message.
#[derive(Debug, Clone, Copy)]
pub struct InlineText<'a> {
    /// Its file.
    pub file: FileId,
    /// Where in the file it begins, in bytes.
    pub offset: usize,
    /// Its language.
    pub lang: LocaleId,
    /// The text, as it stands in the file.
    pub text: &'a str,
}

/// Reads a text as inlines, whatever it begins with: `# a` and `- a` are text here.
/// What it refers to is added to `references`.
pub fn inline(
    text: InlineText<'_>,
    options: &ParseOptions,
    references: &mut Vec<Reference>,
) -> Checked<Vec<Inline>> {
    let mut shared = Shared::new(options, None, std::mem::take(references));
    let value = build::inlines(text, &mut shared);
    *references = shared.references;
    Checked { value, diagnostics: shared.diagnostics }
}

/// Reads a text as a title or description of front matter: code, stress, terms and variables;
/// everything else is text as it is. All of it is at the place of the whole.
pub fn prose(text: &Spanned<String>, lang: LocaleId, options: &ParseOptions) -> Vec<Inline> {
    build::prose(text, lang, options)
}

/// A word of front matter as inlines: terms and variables, all else as it is.
pub fn words_of(value: &Spanned<String>, lang: LocaleId) -> Vec<Inline> {
    build::literal(value, lang)
}

/// A guide in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// What stands before its text.
    pub head: Head,
    /// The title as inlines: front matter's, else the first heading's.
    pub title: Vec<Inline>,
    /// The first heading, where it was dropped because it says what the title says: the
    /// page's own heading takes over its anchors. Its level is 1, and it is not among
    /// `headings`. `None` where the title comes from front matter alone, or the heading
    /// holds more than a title can and so stayed in the text.
    pub title_heading: Option<HeadingFact>,
    /// The description as inlines.
    pub description: Vec<Inline>,
    /// Its text; a first heading equal to the title is not in it.
    pub document: Document,
    /// Its headings in order; [`crate::document::Heading::index`] counts into it.
    pub headings: Vec<HeadingFact>,
    /// Ids given by raw HTML (`<a id>`, `<a name>`, `id=`), in order.
    pub ids: Vec<Spanned<String>>,
    /// The files brought in by `:::include`, in order.
    pub included: Vec<FileId>,
}

/// A heading as others may address it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct HeadingFact {
    /// 1 to 6, as shown (a heading under the title is 2 or more).
    pub level: u8,
    /// Its text.
    pub text: Vec<Inline>,
    /// `{#id}`.
    pub id: Option<Spanned<String>>,
    /// Where it is.
    pub span: crate::text::Span,
}

/// What stands between the `---` lines of a guide, typed; `None` where a key is absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrontMatter {
    /// The title as written.
    pub title: Option<Spanned<String>>,
    /// One line about the guide.
    pub description: Option<Spanned<String>>,
    /// When it was written.
    pub date: Option<Spanned<Moment>>,
    /// When it was last changed.
    pub updated: Option<Spanned<Moment>>,
    /// Words to find it by.
    pub tags: Option<Vec<Spanned<String>>>,
    /// Its place among its neighbours.
    pub order: Option<i64>,
    /// Whether it is not finished.
    pub draft: Option<bool>,
    /// The first day it is shown.
    pub publish: Option<Spanned<Moment>>,
    /// The first day it is no longer shown.
    pub expires: Option<Spanned<Moment>>,
    /// The day by which it should be read again.
    pub review_by: Option<Spanned<Moment>>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who may read it; `None` or empty means everyone.
    pub audience: Option<Vec<Spanned<String>>>,
    /// Words found by search and not shown.
    pub keywords: Vec<String>,
    /// Old addresses.
    pub aliases: Option<Vec<Spanned<String>>>,
    /// The last part of its address.
    pub slug: Option<Spanned<String>>,
    /// Whether contents are shown.
    pub toc: Option<bool>,
    /// Whether search finds it.
    pub search: Option<bool>,
    /// The template that draws it.
    pub template: Option<Spanned<String>>,
    /// For a translation: the fingerprint of the source it was made from.
    pub source: Option<Spanned<String>>,
    /// `extra`, and the site's declared keys, as JSON values.
    pub extra: serde_json::Map<String, serde_json::Value>,
}
