//! The Markdown parser's events → blocks and inlines with spans of the source.
//!
//! One stack of frames, no recursion: whatever opens pushes a frame, whatever closes turns
//! the top frame into a node of the one below. Markdown's own constructs, `:::` blocks and
//! raw HTML share the stack, so they nest in each other. The Markdown crate is named here
//! only; what the text holds besides Markdown was settled in `prepare`.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser};

use super::mapped::Mapped;
use super::prepare::{self, Prepared};
use super::{Includes, InlineText, ParseOptions};
use crate::diagnostic::{Code, Diagnostic, code};
use crate::document::{
    Block, BlockKind, Inline, InlineKind, LocaleId, Origin, Reference, ReferenceId, ReferenceKind,
};
use crate::text::{FileId, Span, Spanned};

mod callouts;
mod close;
mod containers;
mod definitions;
mod frame;
mod links;
mod marks;
mod start;
mod tables;
mod text;

use definitions::Definitions;
pub(super) use frame::{Element, Fate, Frame, FrameKind};

/// Blocks nested deeper than this are shown at this depth.
const DEEPEST_BLOCK: usize = 64;
/// Inlines nested deeper than this, blocks around them included, lose their markup.
const DEEPEST_INLINE: usize = 96;
/// Labels within labels are read up to this depth.
const DEEPEST_LABEL: usize = 8;

/// A part of a file to read.
#[derive(Debug, Clone)]
pub(super) struct Source<'s> {
    pub(super) file: FileId,
    pub(super) lang: LocaleId,
    pub(super) text: &'s str,
    pub(super) range: Range<usize>,
    /// Where in the file the text begins.
    pub(super) shift: usize,
}

/// What is gathered over a guide and the files it includes.
pub(super) struct Shared<'o> {
    pub(super) options: &'o ParseOptions,
    pub(super) includes: Option<&'o dyn Includes>,
    pub(super) references: Vec<Reference>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) ids: Vec<Spanned<String>>,
    /// `{#id}` of headings, in order.
    pub(super) heading_ids: Vec<Spanned<String>>,
    pub(super) included: Vec<FileId>,
    /// The labels of footnotes so far.
    footnotes: BTreeSet<String>,
    /// The files that are being read, the innermost last.
    pub(super) open_files: Vec<FileId>,
    /// Whether the text is a title: no address in it is a link.
    is_prose: bool,
    label_depth: usize,
}

impl<'o> Shared<'o> {
    pub(super) fn new(
        options: &'o ParseOptions,
        includes: Option<&'o dyn Includes>,
        references: Vec<Reference>,
    ) -> Self {
        Self {
            options,
            includes,
            references,
            diagnostics: Vec::new(),
            ids: Vec::new(),
            heading_ids: Vec::new(),
            included: Vec::new(),
            footnotes: BTreeSet::new(),
            open_files: Vec::new(),
            is_prose: false,
            label_depth: 0,
        }
    }
}

/// The blocks of a text.
pub(super) fn blocks(source: &Source<'_>, shared: &mut Shared<'_>) -> Vec<Block> {
    let prepared = prepare::prepared(source.text, source.range.clone(), shared.options);
    shared.open_files.push(source.file);
    let blocks = Builder::new(source, &prepared, shared).read().blocks;
    shared.open_files.pop();
    blocks
}

/// The inlines of a text that is one line.
pub(super) fn inlines(text: InlineText<'_>, shared: &mut Shared<'_>) -> Vec<Inline> {
    let range = 0..text.text.len();
    let InlineText { file, offset, lang, text } = text;
    let source = Source { file, lang, text, range: range.clone(), shift: offset };
    let prepared = prepare::prepared_line(text, range, shared.options);
    line(&source, &prepared, shared)
}

fn line(source: &Source<'_>, prepared: &Prepared<'_>, shared: &mut Shared<'_>) -> Vec<Inline> {
    let mut builder = Builder::new(source, prepared, shared);
    builder.is_line = true;
    let blocks = builder.read().blocks;
    let mut inlines = Vec::new();
    for block in blocks {
        match block.kind {
            BlockKind::Paragraph(text) | BlockKind::Plain(text) => inlines.extend(text),
            BlockKind::Heading(heading) => inlines.extend(heading.text),
            BlockKind::Screenshot(image) => {
                inlines.push(Inline::new(InlineKind::Image(image), block.origin));
            }
            BlockKind::List(_)
            | BlockKind::Definitions(_)
            | BlockKind::Quote(_)
            | BlockKind::Callout(_)
            | BlockKind::Directive(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Rule
            | BlockKind::Element(_)
            | BlockKind::Footnote { .. }
            | BlockKind::More
            | BlockKind::Math(_) => {}
        }
    }
    inlines
}

/// A title or description of front matter as inlines: code, strong and stressed text,
/// terms and variables; everything else is text as it is.
pub(super) fn prose(
    value: &Spanned<String>,
    lang: LocaleId,
    options: &ParseOptions,
) -> Vec<Inline> {
    let origin = Origin { file: value.span.file, bytes: value.span.bytes, lang };
    if !value.value.contains(['`', '*', '_']) {
        return literal(value, lang);
    }
    let text = prepare::prose(&value.value);
    let range = 0..text.len();
    let source = Source { file: origin.file, lang, text: &text, range: range.clone(), shift: 0 };
    let prepared = prepare::prepared_line(&text, range, options);
    // Faults of a title would point into the escaped text, and it can have none of its own.
    let mut shared = Shared::new(options, None, Vec::new());
    shared.is_prose = true;
    let mut inlines = line(&source, &prepared, &mut shared);
    place(&mut inlines, origin);
    inlines
}

/// Gives all of `inlines` one origin: YAML's escapes leave no way back to their bytes.
fn place(inlines: &mut [Inline], origin: Origin) {
    for inline in inlines {
        inline.origin = origin;
        if let InlineKind::Emphasis(list) | InlineKind::Strong(list) = &mut inline.kind {
            place(list, origin);
        }
    }
}

/// An attribute's value as inlines: its text as it is, terms and variables aside.
pub(super) fn literal(value: &Spanned<String>, lang: LocaleId) -> Vec<Inline> {
    let origin = Origin { file: value.span.file, bytes: value.span.bytes, lang };
    let mut inlines = Vec::new();
    let mut at = 0;
    let text = |part: &str| {
        let text = part.replace("\\{$", "{$").replace("\\{-", "{-");
        let text = InlineKind::Text(prepare::visible(&text).into_owned());
        (!part.is_empty()).then(|| Inline::new(text, origin))
    };
    for (range, kind) in prepare::values(&value.value) {
        inlines.extend(text(&value.value[at..range.start]));
        let written = value.value[range.clone()].to_owned();
        inlines.extend(text::value(kind, written).map(|kind| Inline::new(kind, origin)));
        at = range.end;
    }
    inlines.extend(text(&value.value[at..]));
    inlines
}

/// The state of reading one text.
pub(super) struct Builder<'t, 'o> {
    pub(super) shared: &'t mut Shared<'o>,
    pub(super) prepared: &'t Prepared<'t>,
    source: &'t Source<'t>,
    is_line: bool,
    stack: Vec<Frame>,
    /// For each open event of the parser, whether it has a frame.
    has_frame: Vec<bool>,
    /// Text since the last node.
    run: Mapped,
    /// Raw HTML since the block of it began.
    pub(super) html: Mapped,
    /// Links and pictures around the current place: no bare address is a link in them.
    pub(super) links: usize,
    said_deep: bool,
}

impl<'t, 'o> Builder<'t, 'o> {
    fn new(source: &'t Source<'t>, prepared: &'t Prepared<'t>, shared: &'t mut Shared<'o>) -> Self {
        Self {
            links: usize::from(shared.is_prose),
            shared,
            prepared,
            source,
            is_line: false,
            stack: vec![Frame::new(FrameKind::Root, source.range.start, true)],
            has_frame: Vec::new(),
            run: Mapped::default(),
            html: Mapped::default(),
            said_deep: false,
        }
    }

    fn read(mut self) -> Frame {
        let prepared = self.prepared;
        self.report_controls();
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST;
        options.set(Options::ENABLE_MATH, self.shared.options.math);
        let undefined = RefCell::new(Vec::new());
        let note = |link: BrokenLink<'_>| {
            if matches!(link.link_type, LinkType::Reference) {
                undefined.borrow_mut().push(link.span);
            }
            None
        };
        let note = (!self.is_line).then_some(note);
        let mut events =
            Parser::new_with_broken_link_callback(&prepared.text, options, note).into_offset_iter();
        let mut definitions = Definitions::new(&prepared.definitions);
        while let Some((event, range)) = events.next() {
            definitions.see(&event, || prepared.range(range.clone()));
            let definition = links::label(&event)
                .and_then(|label| events.reference_definitions().get(label))
                .map(|definition| definition.span.clone());
            self.event(event, range, definition);
        }
        for definition in definitions.left() {
            let label = &prepared.source[definition.clone()];
            let first = events.reference_definitions().get(label).map(|first| first.span.clone());
            if let Some(first) = first {
                self.report_second_definition(definition, prepared.range(first));
            }
        }
        for span in undefined.take() {
            self.report_undefined(span);
        }
        let end = self.source.range.end;
        self.flush();
        while self.stack.len() > 1 {
            self.close_unfinished(end);
        }
        self.stack.pop().expect("the root is closed here only")
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, definition: Option<Range<usize>>) {
        if let Event::Text(text) = &event {
            self.text_event(text, range);
            return;
        }
        if let Event::Html(text) = &event {
            return self.push_html(text, range);
        }
        self.flush();
        if !matches!(event, Event::End(_)) {
            self.top().inner_end = range.end;
        }
        match event {
            Event::Start(tag) => self.start(tag, range, definition),
            Event::End(tag) => self.end(&tag, range),
            Event::Code(text) => self.leaf(InlineKind::Code(self.restored(&text)), range),
            Event::InlineHtml(text) => self.inline_html(&text, range),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.leaf(InlineKind::Math(self.restored(&text)), range);
            }
            Event::FootnoteReference(label) => {
                self.leaf(InlineKind::FootnoteReference(self.restored(&label)), range);
            }
            Event::SoftBreak => self.leaf(InlineKind::SoftBreak, range),
            Event::HardBreak => self.leaf(InlineKind::HardBreak, range),
            Event::Rule => self.block(BlockKind::Rule, self.prepared.range(range)),
            Event::TaskListMarker(done) => self.leaf(InlineKind::Task { done }, range),
            Event::Text(_) | Event::Html(_) => unreachable!("both are handled above"),
        }
    }

    /// Adds an inline that the parser gave for `range`.
    fn leaf(&mut self, kind: InlineKind, range: Range<usize>) {
        let bytes = self.prepared.range(range);
        self.inline(kind, bytes);
    }

    fn restored(&self, text: &str) -> String {
        self.prepared.restored(text).into_owned()
    }

    /// What is open, the innermost last.
    pub(super) fn frames(&self) -> &[Frame] {
        &self.stack
    }

    /// Opens a frame that the parser knows nothing of.
    pub(super) fn push_frame(&mut self, kind: FrameKind, start: usize) {
        self.stack.push(Frame::new(kind, start, false));
    }

    pub(super) fn pop_frame(&mut self) -> Option<Frame> {
        self.flush();
        self.stack.pop()
    }

    /// Lets an end tag wait until the frame at `index` is closed.
    pub(super) fn wait(&mut self, index: usize, tag: String, bytes: Range<usize>) {
        self.stack[index].waiting.push((tag, bytes));
    }

    /// Whether another element fits; reports once that it does not.
    pub(super) fn has_room_for_element(&mut self, bytes: Range<usize>) -> bool {
        let room = self.stack.len() < DEEPEST_INLINE;
        if !room {
            self.report_depth(bytes);
        }
        room
    }

    /// Appends to the text that is gathered.
    pub(super) fn push_text(&mut self, text: &str, bytes: Range<usize>) {
        self.run.push(text, bytes);
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().expect("the root is never closed while reading")
    }

    pub(super) fn origin(&self, bytes: Range<usize>) -> Origin {
        Origin { file: self.source.file, bytes: self.span(bytes).bytes, lang: self.source.lang }
    }

    pub(super) fn lang(&self) -> LocaleId {
        self.source.lang
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        let shift = self.source.shift;
        Span::new(self.source.file, bytes.start + shift..bytes.end + shift)
    }

    /// Adds a block where the text stands.
    pub(super) fn block(&mut self, kind: BlockKind, bytes: Range<usize>) {
        self.close_plain();
        let block = Block::new(kind, self.origin(bytes));
        self.top().blocks.push(block);
    }

    /// Adds an inline where the text stands; opens a run of inlines where only blocks do.
    pub(super) fn inline(&mut self, kind: InlineKind, bytes: Range<usize>) {
        if !self.top().kind.takes_inlines() {
            self.stack.push(Frame::new(FrameKind::Plain, bytes.start, false));
        }
        let inline = Inline::new(kind, self.origin(bytes));
        self.push_inline(inline);
    }

    /// Adds an inline to what is open; text directly behind text becomes part of it.
    pub(super) fn push_inline(&mut self, inline: Inline) {
        let inlines = &mut self.top().inlines;
        if let (Some(Inline { kind: InlineKind::Text(before), origin }), InlineKind::Text(text)) =
            (inlines.last_mut(), &inline.kind)
            && origin.bytes.end == inline.origin.bytes.start
        {
            before.push_str(text);
            origin.bytes.end = inline.origin.bytes.end;
            return;
        }
        inlines.push(inline);
    }

    /// Adds what `text` says as it is.
    pub(super) fn words(&mut self, text: &str, bytes: Range<usize>) {
        if !text.is_empty() {
            self.inline(InlineKind::Text(text.to_owned()), bytes);
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.shared.diagnostics.push(diagnostic);
    }

    pub(super) fn fault(
        &self,
        code: Code,
        bytes: Range<usize>,
        message: &'static str,
    ) -> Diagnostic {
        Diagnostic::new(code, self.span(bytes), message)
    }

    /// Adds an address to the document's table.
    pub(super) fn reference(
        &mut self,
        kind: ReferenceKind,
        written: String,
        bytes: Range<usize>,
    ) -> ReferenceId {
        let id = u32::try_from(self.shared.references.len()).expect("a text below 4 GiB has fewer");
        let origin = self.origin(bytes);
        self.shared.references.push(Reference { kind, written, origin });
        ReferenceId(id)
    }

    /// Parses a part of the source as one line of its own.
    pub(super) fn label(&mut self, bytes: Range<usize>) -> Vec<Inline> {
        if self.shared.label_depth >= DEEPEST_LABEL {
            let text = prepare::visible(&self.prepared.source[bytes.clone()]).into_owned();
            return vec![Inline::new(InlineKind::Text(text), self.origin(bytes))];
        }
        self.shared.label_depth += 1;
        let prepared = prepare::prepared_line(self.prepared.source, bytes, self.shared.options);
        let inlines = line(self.source, &prepared, self.shared);
        self.shared.label_depth -= 1;
        inlines
    }

    fn report_controls(&mut self) {
        const SHOWN: usize = 5;
        let controls = &self.prepared.controls;
        for bytes in controls.iter().take(SHOWN) {
            let c = self.prepared.character(bytes.start);
            let fault = self
                .fault(
                    code::CONTROL_CHARACTER,
                    bytes.clone(),
                    "the character {code} cannot be shown",
                )
                .with("code", format!("U+{:04X}", c as u32))
                .help("delete it; it was probably pasted from another program");
            self.report(fault);
        }
        if let Some(next) = controls.get(SHOWN) {
            let fault = self
                .fault(
                    code::CONTROL_CHARACTER,
                    next.clone(),
                    "{count} more characters of this file cannot be shown",
                )
                .with("count", controls.len() - SHOWN);
            self.report(fault);
        }
    }

    fn report_depth(&mut self, bytes: Range<usize>) {
        if !self.said_deep {
            self.said_deep = true;
            let fault = self
                .fault(code::DEEP_NESTING, bytes, "this is nested more than {limit} levels deep")
                .with("limit", DEEPEST_BLOCK)
                .help("what is deeper is shown at that level; use fewer levels");
            self.report(fault);
        }
    }

    /// The names that `:::` takes.
    fn directive_names(&self) -> BTreeSet<&'o str> {
        let options = self.shared.options;
        let names = options.callouts.iter().chain(&options.components).map(String::as_str);
        names.chain(["include"]).collect()
    }
}
