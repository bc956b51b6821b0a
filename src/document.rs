//! The guide as plain data: blocks, inlines, and what they refer to.
//!
//! Every node carries its [`Origin`]: file, bytes and language, because one page may mix a
//! guide, included files and (later) message catalogues of another language.
//! Knows nothing of how it was parsed, what references mean, or how it is shown.

use std::sync::Arc;

use crate::text::{ByteSpan, FileId, Span};

mod elements;
mod steps;
mod walk;

pub use elements::{is_block, is_void};
pub use steps::{Numbers, Part, STEPS, is_step, procedures, step_id, step_numbers};
pub use walk::{plain_text, visit_blocks, visit_inlines};

/// A locale of the site, by its place in `locales:`; 0 is the source locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocaleId(pub u16);

/// Where a node was written, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub bytes: ByteSpan,
    /// The language of the text.
    pub lang: LocaleId,
}

impl Origin {
    /// The bytes with their file.
    pub fn span(self) -> Span {
        Span { file: self.file, bytes: self.bytes }
    }
}

/// A part of the tree with its origin.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Node<T> {
    /// What it is.
    pub kind: T,
    /// Where it was written.
    pub origin: Origin,
}

impl<T> Node<T> {
    /// Ties `kind` to `origin`.
    pub fn new(kind: T, origin: Origin) -> Self {
        Self { kind, origin }
    }
}

/// A block with its origin.
pub type Block = Node<BlockKind>;
/// An inline with its origin.
pub type Inline = Node<InlineKind>;

/// A text of a guide as a tree, with tables of what it refers to.
#[derive(Debug, Clone, PartialEq, Default, Hash)]
pub struct Document {
    /// The text.
    pub blocks: Vec<Block>,
    /// Every link, picture and file that the text refers to, in reading order;
    /// [`ReferenceId`] counts into it.
    pub references: Vec<Reference>,
}

/// The place of a reference in [`Document::references`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceId(pub u32);

/// What a reference is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A link that the reader follows.
    Link,
    /// A picture shown in the page.
    Image,
    /// Sound or film shown in the page.
    Media,
    /// Hexo's `post_link`: the name of a guide, without extension.
    GuideName,
}

/// An address as it was written, to be resolved against the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// What for.
    pub kind: ReferenceKind,
    /// The address as written, entities and escapes undone.
    pub written: String,
    /// The bytes of the address (or of the whole link where they cannot be told apart);
    /// its file is what a relative address counts from.
    pub origin: Origin,
}

/// A block-level construct.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Inlines without a paragraph: a tight list's item, text inside raw HTML.
    Plain(Vec<Inline>),
    /// A heading.
    Heading(Heading),
    /// An ordered or bulleted list.
    List(List),
    /// A definition list.
    Definitions(Vec<Definition>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A callout of a kind that the theme knows.
    Callout(Callout),
    /// A container written with `:::` that is no callout; the theme's components say what
    /// names and attributes mean. Bodies of `steps`, `tabs`, … are ordinary blocks.
    Directive(Directive<Vec<Block>>),
    /// A code block.
    Code(Code),
    /// A table.
    Table(Table),
    /// A picture alone in its paragraph.
    Screenshot(Image),
    /// A thematic break.
    Rule,
    /// Raw HTML that the site's policy lets through, as a tree.
    Element(Element<Vec<Block>>),
    /// The text of a footnote; shown at the end of the page.
    Footnote {
        /// The label as written.
        label: String,
        /// Its text.
        body: Vec<Block>,
    },
    /// `<!-- more -->`: what stands before is the excerpt.
    More,
    /// A formula in a block of its own, as written.
    Math(String),
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum InlineKind {
    /// Text, entities and escapes undone.
    Text(String),
    /// A code span.
    Code(String),
    /// Stressed text.
    Emphasis(Vec<Inline>),
    /// Important text.
    Strong(Vec<Inline>),
    /// Text that no longer holds.
    Strikethrough(Vec<Inline>),
    /// A link.
    Link(Link),
    /// A picture inside text.
    Image(Image),
    /// A line end inside a paragraph.
    SoftBreak,
    /// A line end that is kept.
    HardBreak,
    /// `{-name}` or `{-name(key: "value")}`.
    Term {
        /// The name without the hyphen.
        name: String,
        /// The arguments, in the order written.
        arguments: Vec<(String, String)>,
        /// The whole as written, shown where the term is unknown.
        written: String,
        /// What it says in the language of its place; `None` until it is said, and where
        /// the term is unknown.
        said: Option<Arc<SaidTerm>>,
        /// Where it leads, where it is the first of its guide.
        link: Option<ReferenceId>,
        /// Whether what it means is shown at it: at the first under a heading.
        tip: bool,
    },
    /// `{$name}`.
    Variable {
        /// The name without the dollar.
        name: String,
        /// The whole as written, shown where the variable is unknown.
        written: String,
        /// Its value in the language of its place; `None` until it is said, and where the
        /// variable is unknown.
        value: Option<Arc<str>>,
    },
    /// An inline component: `:kbd[Ctrl+K]`.
    Component(Directive<()>),
    /// A mark that points to a footnote.
    FootnoteReference(String),
    /// The box of a task list's item.
    Task {
        /// Whether it is ticked.
        done: bool,
    },
    /// Raw HTML that the site's policy lets through, as a tree.
    Element(Element<Vec<Inline>>),
    /// A formula, as written.
    Math(String),
}

impl InlineKind {
    /// What a term or variable says, as written where it is unknown; `None` for all else.
    pub fn spoken(&self) -> Option<&str> {
        match self {
            InlineKind::Term { said, written, .. } => {
                Some(said.as_ref().map_or(written, |said| &said.text))
            }
            InlineKind::Variable { value, written, .. } => {
                Some(value.as_deref().unwrap_or(written))
            }
            _ => None,
        }
    }
}

/// A shared word as it is said in a language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SaidTerm {
    /// The word.
    pub text: Arc<str>,
    /// The tag of the language that it is in, where that is not the language of its place.
    pub lang: Option<Arc<str>>,
    /// What it means.
    pub definition: Option<Arc<str>>,
    /// Where more is said about it; an address that a reader may safely follow.
    pub url: Option<Arc<str>>,
}

/// A heading and how it is addressed.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Heading {
    /// 1 to 6, as shown: where a body holds further level-1 headings, all are one deeper
    /// than written.
    pub level: u8,
    /// Its text.
    pub text: Vec<Inline>,
    /// `{#id}` at its end.
    pub id: Option<String>,
    /// Its place among the headings of the document, from 0.
    pub index: u32,
}

/// An ordered or bulleted list.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct List {
    /// The first number, for an ordered list.
    pub start: Option<u64>,
    /// Whether its items are set without space between them.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct ListItem {
    /// Where it was written.
    pub origin: Origin,
    /// Its text.
    pub body: Vec<Block>,
}

/// A term of a definition list with what it means.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means, one or more.
    pub details: Vec<Vec<Block>>,
}

/// A box with a label: a note, a warning.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Callout {
    /// The kind in lower case: `note`.
    pub kind: String,
    /// Where the kind was written.
    pub kind_span: Span,
    /// A title that takes the place of the kind's label.
    pub title: Option<Vec<Inline>>,
    /// Whether it can be folded.
    pub fold: Fold,
    /// Its text.
    pub body: Vec<Block>,
}

/// Whether a callout can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fold {
    /// It cannot.
    None,
    /// It can and begins open: `+`.
    Open,
    /// It can and begins closed: `-`.
    Closed,
}

/// A use of a component: `:::name[label]{key="value"}` or `:name[label]{…}`.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Directive<B> {
    /// The component's name.
    pub name: String,
    /// Where the name was written.
    pub name_span: Span,
    /// The text in brackets.
    pub label: Option<Vec<Inline>>,
    /// What stands in braces, in the order written.
    pub attributes: Vec<Attribute>,
    /// What it holds.
    pub body: B,
}

/// A named value of a directive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value; a name alone has the value `true`.
    pub value: String,
    /// The bytes of name and value.
    pub span: Span,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Link {
    /// Where it leads.
    pub target: ReferenceId,
    /// The title.
    pub title: Option<String>,
    /// Its text.
    pub text: Vec<Inline>,
    /// Whether the text is the address itself, written bare or between `<` and `>`.
    pub bare: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Image {
    /// The file.
    pub source: ReferenceId,
    /// The text alternative.
    pub alt: Vec<Inline>,
    /// The title, shown as a caption where the picture stands alone.
    pub title: Option<Vec<Inline>>,
    /// Width and height that the writer asked for, in CSS pixels or percent, as written.
    pub size: (Option<String>, Option<String>),
    /// A link around the picture.
    pub link: Option<ReferenceId>,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Code {
    /// The language's name as written, with its bytes.
    pub language: Option<crate::text::Spanned<String>>,
    /// A title shown above.
    pub title: Option<String>,
    /// The code, line ends as `\n`.
    pub text: String,
    /// Lines to mark, from 1.
    pub marked: Vec<u32>,
    /// The number of the first line, where lines are numbered.
    pub first_number: Option<u32>,
    /// Lines added and removed, from 1.
    pub added: Vec<u32>,
    /// Lines removed, from 1.
    pub removed: Vec<u32>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// As the language does.
    None,
    /// Left.
    Left,
    /// Centre.
    Center,
    /// Right.
    Right,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Table {
    /// One an column.
    pub alignments: Vec<Alignment>,
    /// The cells of the head.
    pub head: Vec<Vec<Inline>>,
    /// The cells of the rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A raw HTML element that passed the site's policy.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Element<C> {
    /// The tag in lower case.
    pub tag: String,
    /// Its attributes, as the policy left them.
    pub attributes: Vec<HtmlAttribute>,
    /// What it holds; empty for void elements.
    pub children: C,
}

/// An attribute of a raw HTML element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HtmlAttribute {
    /// The name in lower case.
    pub name: String,
    /// The value.
    pub value: HtmlValue,
}

/// The value of a raw HTML attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HtmlValue {
    /// Text, to be escaped.
    Text(String),
    /// An address, to be resolved.
    Reference(ReferenceId),
    /// Style declarations that passed the policy, normalised: `color:red;width:50%`.
    /// Shown through a class of a generated style sheet.
    Style(String),
}
