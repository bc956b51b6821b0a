//! What can be open while a text is read.

use std::ops::Range;

use crate::document::{
    Alignment, Attribute, Block, Definition, HtmlAttribute, Inline, ListItem, ReferenceId,
};
use crate::text::Spanned;

/// Something open, with what it holds so far.
#[derive(Debug)]
pub(in crate::parse) struct Frame {
    /// What it is.
    pub(in crate::parse) kind: FrameKind,
    /// Where it begins in the source.
    pub(in crate::parse) start: usize,
    /// Whether the Markdown parser opened it and will close it.
    pub(in crate::parse) markdown: bool,
    /// The blocks in it.
    pub(in crate::parse) blocks: Vec<Block>,
    /// The inlines in it.
    pub(in crate::parse) inlines: Vec<Inline>,
    /// Where the last thing in it ends, in the prepared text.
    pub(in crate::parse) inner_end: usize,
    /// End tags that wait for this paragraph to end.
    pub(in crate::parse) waiting: Vec<(String, Range<usize>)>,
}

impl Frame {
    /// An empty frame.
    pub(super) fn new(kind: FrameKind, start: usize, markdown: bool) -> Self {
        Self {
            kind,
            start,
            markdown,
            blocks: Vec::new(),
            inlines: Vec::new(),
            inner_end: 0,
            waiting: Vec::new(),
        }
    }
}

/// The kinds of frame.
#[derive(Debug)]
pub(in crate::parse) enum FrameKind {
    /// The text as a whole.
    Root,
    /// A paragraph.
    Paragraph,
    /// Inlines where only blocks were open.
    Plain,
    /// A heading, with the bytes of the hyphens below it.
    Heading { level: u8, id: Option<Spanned<String>>, underline: Option<Range<usize>> },
    /// A quotation, or a callout once its marker is met.
    Quote(Option<Head>),
    /// A list.
    List { start: Option<u64>, loose: bool, items: Vec<ListItem> },
    /// An item of a list.
    Item { loose: bool },
    /// The text of a footnote.
    Footnote(String),
    /// A definition list.
    Definitions(Vec<Definition>),
    /// The term of a definition list.
    Term,
    /// What a term means.
    Details,
    /// A code block.
    Code { info: Option<String>, start: usize, text: String },
    /// A table.
    Table { alignments: Vec<Alignment>, head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>> },
    /// A row of a table, with its cells.
    Row(Vec<Vec<Inline>>),
    /// A cell of a table.
    Cell,
    /// Stressed text.
    Emphasis,
    /// Important text.
    Strong,
    /// Text that no longer holds; written with one `~` it is text with two of them.
    Strikethrough { single: bool },
    /// A link.
    Link { target: ReferenceId, title: Option<String>, bare: bool, malformed: Option<&'static str> },
    /// A picture.
    Image { source: ReferenceId, title: Option<String>, malformed: Option<&'static str> },
    /// A raw HTML element.
    Element(Element),
    /// A `:::` block, or a block of Hexo's.
    Container(Container),
}

impl FrameKind {
    /// Whether inlines stand in it directly.
    pub(in crate::parse) fn takes_inlines(&self) -> bool {
        match self {
            FrameKind::Paragraph
            | FrameKind::Plain
            | FrameKind::Heading { .. }
            | FrameKind::Term
            | FrameKind::Cell
            | FrameKind::Emphasis
            | FrameKind::Strong
            | FrameKind::Strikethrough { .. }
            | FrameKind::Link { .. }
            | FrameKind::Image { .. } => true,
            FrameKind::Element(element) => element.inline,
            FrameKind::Root
            | FrameKind::Quote(_)
            | FrameKind::List { .. }
            | FrameKind::Item { .. }
            | FrameKind::Footnote(_)
            | FrameKind::Definitions(_)
            | FrameKind::Details
            | FrameKind::Code { .. }
            | FrameKind::Table { .. }
            | FrameKind::Row(_)
            | FrameKind::Container(_) => false,
        }
    }
}

/// The head of a callout.
#[derive(Debug)]
pub(in crate::parse) struct Head {
    /// The kind in lower case.
    pub(in crate::parse) kind: Spanned<String>,
    /// `+` or `-`.
    pub(in crate::parse) fold: Option<u8>,
    /// The title, where the marker stands on a line of its own.
    pub(in crate::parse) title: Option<Vec<Inline>>,
    /// The text beside the marker, in a paragraph that may go on.
    pub(in crate::parse) first_line: Option<Vec<Inline>>,
}

/// What becomes of a raw HTML element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) enum Fate {
    /// It is kept.
    Keep,
    /// Its tags go, its text stays.
    Unwrap,
    /// It goes with all it holds.
    Drop,
}

/// An open raw HTML element.
#[derive(Debug)]
pub(in crate::parse) struct Element {
    /// The tag as written, in lower case.
    pub(in crate::parse) written: String,
    /// The tag it becomes.
    pub(in crate::parse) tag: String,
    /// What the policy left of its attributes.
    pub(in crate::parse) attributes: Vec<HtmlAttribute>,
    /// Where its address leads, for a link without an id.
    pub(in crate::parse) link: Option<ReferenceId>,
    /// What becomes of it.
    pub(in crate::parse) fate: Fate,
    /// Whether it stands in a line of text.
    pub(in crate::parse) inline: bool,
    /// The bytes of its start tag.
    pub(in crate::parse) opened: Range<usize>,
    /// Whether the writer gave it any attribute.
    pub(in crate::parse) bare: bool,
}

/// An open `:::` block.
#[derive(Debug)]
pub(in crate::parse) struct Container {
    /// Its colons; 0 for Hexo's.
    pub(in crate::parse) colons: usize,
    /// The name of Hexo's tag that ends it, without `end`.
    pub(in crate::parse) hexo: Option<&'static str>,
    /// Its name.
    pub(in crate::parse) name: Spanned<String>,
    /// Its label.
    pub(in crate::parse) label: Option<Vec<Inline>>,
    /// What stands in braces.
    pub(in crate::parse) attributes: Vec<Attribute>,
    /// The bytes of its opening line.
    pub(in crate::parse) opened: Range<usize>,
}
