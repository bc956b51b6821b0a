//! Quotations, and callouts that are written as quotations.

use super::Builder;
use super::frame::Head;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Block, BlockKind, Callout, Fold, Inline, InlineKind, plain_text};
use crate::parse::prepare;
use crate::text::Spanned;

impl Builder<'_, '_> {
    /// The block for a quotation whose frame was closed.
    pub(super) fn closed_quote(&mut self, head: Option<Head>, mut body: Vec<Block>) -> BlockKind {
        let Some(Head { kind, fold, title, first_line }) = head else {
            return BlockKind::Quote(body);
        };
        let mut title = title;
        if let Some(line) = first_line.filter(|line| !line.is_empty()) {
            let text = plain_text(&line);
            let goes_on = !body.is_empty();
            if goes_on && (fold.is_some() || !prepare::is_sentence(&text)) {
                title = Some(line);
            } else {
                put_back(&mut body, line);
            }
        }
        // A title and nothing else is what the callout says.
        if body.is_empty()
            && let Some(line) = title.take()
        {
            put_back(&mut body, line);
        }
        if body.is_empty() {
            self.report_empty_callout(&kind);
        }
        let fold = match fold {
            Some(b'-') => Fold::Closed,
            Some(_) => Fold::Open,
            None => Fold::None,
        };
        BlockKind::Callout(Callout { kind: kind.value, kind_span: kind.span, title, fold, body })
    }

    fn report_empty_callout(&mut self, kind: &Spanned<String>) {
        let fault = Diagnostic::new(code::EMPTY_CALLOUT, kind.span, "this callout holds nothing")
            .help("begin each line that belongs to it with `> `");
        self.report(fault);
    }

    /// Takes the text beside `[!NOTE]` off the paragraph that begins the callout.
    pub(super) fn split_first_line(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let Some(head) = self.open_head() else {
            return inlines;
        };
        let is_break =
            |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
        let end = inlines.iter().position(is_break).unwrap_or(inlines.len());
        let mut line = inlines;
        let rest = line.split_off(end);
        trim_start(&mut line);
        // A sentence beside the marker runs on into the next line: one paragraph.
        let text = plain_text(&line);
        if head.fold.is_none() && !line.is_empty() && prepare::is_sentence(&text) {
            line.extend(rest);
            return line;
        }
        head.first_line = Some(line);
        rest.into_iter().skip(1).collect()
    }

    /// The head of the callout whose first paragraph was just closed.
    fn open_head(&mut self) -> Option<&mut Head> {
        let frame = self.stack.last_mut()?;
        match &mut frame.kind {
            super::FrameKind::Quote(Some(head)) if frame.blocks.is_empty() => {
                head.first_line.is_some().then_some(head)
            }
            _ => None,
        }
    }
}

/// Puts `line` before what the callout holds, in its first paragraph if it has one.
fn put_back(body: &mut Vec<Block>, line: Vec<Inline>) {
    let Some(origin) = line.first().map(|first| first.origin) else {
        return;
    };
    body.insert(0, Block::new(BlockKind::Paragraph(line), origin));
}

fn trim_start(line: &mut Vec<Inline>) {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = line.first_mut() {
        let kept = text.trim_start().to_owned();
        if kept.is_empty() {
            line.remove(0);
        } else {
            *text = kept;
        }
    }
}
