//! A guide's tree in the words of a catalogue: the source's structure, the translator's
//! texts.
//!
//! In: the parsed source and the catalogues of a locale's chain, the locale's own first.
//! Out: the same tree with each text that is translated in the locale's words, and how many
//! are. A text whose message is missing or stale keeps the source's words and says so by its
//! language. What a translation drops or makes up of the parts that it was to keep is told at
//! its bytes.

use crate::diagnostic::{Checked, Diagnostic};
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, LocaleId, Reference, visit_inlines,
};
use crate::messages::Entry;
use crate::parse::{Guide, ParseOptions};
use crate::text::Span;

use super::matching::{Catalogue, Matching, State};
use super::saying::{self, Saying};
use super::slots::{self, Kind};
use super::wording::{Style, Wording, wording};

/// How much of a guide is translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Coverage {
    /// How many texts have words.
    pub texts: u32,
    /// How many of them stand in words of the page's language.
    pub translated: u32,
    /// How many have a translation of another source text.
    pub stale: u32,
}

impl Coverage {
    /// The share that is translated, in whole percent, rounded down.
    pub fn percent(self) -> u32 {
        (u64::from(self.translated) * 100).checked_div(u64::from(self.texts)).unwrap_or(100) as u32
    }

    /// Whether nothing stands in.
    pub fn is_whole(self) -> bool {
        self.translated == self.texts
    }
}

/// How texts are read and written.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// How Markdown is read.
    pub options: &'a ParseOptions,
    /// Whether a line's end in the source is shown as one.
    pub breaks: bool,
}

/// A text of a guide that can be translated.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub wording: Wording,
    /// Its bytes, from its first inline to its last; what is around it belongs to its block.
    pub span: Option<Span>,
    /// Whether it stands in a callout that warns.
    pub warns: bool,
}

/// The kinds of callout that warn of harm.
const WARNINGS: [&str; 4] = ["warning", "caution", "danger", "important"];

/// Each text of a guide, in reading order; texts without a word of their own are left out.
pub fn texts(guide: &Guide, reading: Reading<'_>) -> Vec<Text> {
    let mut guide = guide.clone();
    let references = std::mem::take(&mut guide.document.references);
    let titled = guide.head.front.title.is_some();
    let warnings = warnings(&guide.document);
    let mut found = Vec::new();
    slots::visit(&mut guide, &mut |kind, text| {
        let wording = wording(text, style(kind, titled, &references, reading));
        if !wording.is_wordless() {
            let span = extent(text);
            let warns = span.is_some_and(|span| warnings.iter().any(|own| holds(*own, span)));
            found.push(Text { kind, wording, span, warns });
        }
    });
    found
}

/// Where a guide warns.
fn warnings(document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    crate::document::visit_blocks(&document.blocks, &mut |block| {
        if let BlockKind::Callout(callout) = &block.kind
            && WARNINGS.contains(&callout.kind.as_str())
        {
            found.push(block.origin.span());
        }
    });
    found
}

fn holds(outer: Span, inner: Span) -> bool {
    let (outer_bytes, inner_bytes) = (outer.bytes.range(), inner.bytes.range());
    outer.file == inner.file
        && outer_bytes.start <= inner_bytes.start
        && inner_bytes.end <= outer_bytes.end
}

/// From the first inline to the last, where they stand in one file.
fn extent(text: &[Inline]) -> Option<Span> {
    let (first, last) = (text.first()?.origin, text.last()?.origin);
    let bytes = first.bytes.range().start..last.bytes.range().end;
    (first.file == last.file && bytes.start <= bytes.end).then(|| Span::new(first.file, bytes))
}

fn style<'a>(
    kind: Kind,
    titled: bool,
    references: &'a [Reference],
    reading: Reading<'_>,
) -> Style<'a> {
    let prose = kind == Kind::Description || (kind == Kind::Title && titled);
    Style { references, breaks: reading.breaks, prose, math: reading.options.math }
}

/// Puts the words of `catalogues` into a guide, for a page of `locale`; `own` says which locales
/// are of its language: itself and its parents.
pub fn compose(
    guide: &mut Guide,
    (locale, own): (LocaleId, &[LocaleId]),
    catalogues: &[Catalogue<'_>],
    reading: Reading<'_>,
) -> Checked<Coverage> {
    let references = own_references(guide);
    let titled = guide.head.front.title.is_some();
    let mut work = Work {
        locale,
        own,
        matchings: catalogues.iter().map(Matching::new).collect(),
        catalogues,
        saying: Saying::new(reading.options),
        coverage: Coverage::default(),
        diagnostics: Vec::new(),
    };
    slots::visit(guide, &mut |kind, text| {
        work.text(kind, text, style(kind, titled, &references, reading));
    });
    let Work { coverage, diagnostics, .. } = work;
    relabel(&mut guide.document, locale);
    guide.document.references = references;
    Checked { value: coverage, diagnostics }
}

/// What a guide refers to, but for what its terms, already said, lead to: those of another
/// language lead elsewhere.
fn own_references(guide: &mut Guide) -> Vec<Reference> {
    let mut own = guide.document.references.len();
    visit_inlines(&guide.document.blocks, &mut |inline| {
        if let InlineKind::Term { link: Some(link), .. } = &inline.kind {
            own = own.min(link.0 as usize);
        }
    });
    let mut references = std::mem::take(&mut guide.document.references);
    references.truncate(own);
    references
}

struct Work<'a> {
    locale: LocaleId,
    own: &'a [LocaleId],
    matchings: Vec<Matching<'a>>,
    catalogues: &'a [Catalogue<'a>],
    saying: Saying,
    coverage: Coverage,
    diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    fn text(&mut self, kind: Kind, text: &mut Vec<Inline>, style: Style<'_>) {
        let wording = wording(text, style);
        if wording.is_wordless() {
            return saying::speak(text, self.locale);
        }
        self.coverage.texts += 1;
        let source = wording.text();
        let mut chosen = None;
        for (at, matching) in self.matchings.iter_mut().enumerate() {
            let entry = matching.next(kind, &source);
            let state = matching.state(entry);
            if at == 0 && state == State::Stale {
                self.coverage.stale += 1;
            }
            if chosen.is_none() && state == State::Current {
                chosen = entry.map(|entry| (at, entry));
            }
        }
        let Some((at, entry)) = chosen else { return };
        self.coverage.translated += u32::from(self.own.contains(&self.catalogues[at].lang));
        *text = self.said(&self.catalogues[at], entry, &wording, text, style);
    }

    fn said(
        &mut self,
        catalogue: &Catalogue<'_>,
        entry: &Entry,
        wording: &Wording,
        source: &[Inline],
        style: Style<'_>,
    ) -> Vec<Inline> {
        let said = self.saying.say(catalogue, entry, (wording, extent(source)), style.prose);
        said.take(&mut self.diagnostics)
    }
}

/// Blocks are the locale's, but for those whose texts stand in.
fn relabel(document: &mut Document, locale: LocaleId) {
    document.blocks.iter_mut().for_each(|block| relabel_block(block, locale));
}

fn relabel_block(block: &mut Block, locale: LocaleId) {
    let of = |text: &[Inline]| text.first().map_or(locale, |first| first.origin.lang);
    let own = match &mut block.kind {
        BlockKind::Paragraph(text) | BlockKind::Plain(text) => of(text),
        BlockKind::Heading(heading) => of(&heading.text),
        BlockKind::List(list) => {
            for item in &mut list.items {
                item.origin.lang = locale;
                item.body.iter_mut().for_each(|block| relabel_block(block, locale));
            }
            locale
        }
        BlockKind::Definitions(definitions) => {
            for details in definitions.iter_mut().flat_map(|own| &mut own.details) {
                details.iter_mut().for_each(|block| relabel_block(block, locale));
            }
            locale
        }
        BlockKind::Quote(body) | BlockKind::Footnote { body, .. } => {
            body.iter_mut().for_each(|block| relabel_block(block, locale));
            locale
        }
        BlockKind::Callout(callout) => {
            callout.body.iter_mut().for_each(|block| relabel_block(block, locale));
            locale
        }
        BlockKind::Directive(directive) => {
            directive.body.iter_mut().for_each(|block| relabel_block(block, locale));
            locale
        }
        BlockKind::Element(element) => {
            element.children.iter_mut().for_each(|block| relabel_block(block, locale));
            locale
        }
        BlockKind::Code(_)
        | BlockKind::Table(_)
        | BlockKind::Screenshot(_)
        | BlockKind::Rule
        | BlockKind::More
        | BlockKind::Math(_) => locale,
    };
    block.origin.lang = own;
}
