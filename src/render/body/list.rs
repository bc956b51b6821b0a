//! Lists: steps with their screenshots, tasks, definitions.

use std::collections::BTreeSet;

use crate::document::{Block, BlockKind, Definition, InlineKind, List, ListItem, Origin};
use crate::render::body::Body;

impl<'a> Body<'a> {
    pub(super) fn list(&mut self, origin: Origin, list: &'a List, class: Option<&str>) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        self.open(tag, origin);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        if let Some(class) = class {
            self.attribute("class", class);
        }
        self.out.push_str(">\n");
        for item in &list.items {
            let outer = self.lang;
            self.open("li", item.origin);
            self.out.push('>');
            self.blocks(&item.body);
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out.push_str("</li>\n");
            self.lang = outer;
        }
        self.out.extend(["</", tag, ">\n"]);
    }

    pub(super) fn definitions(&mut self, origin: Origin, definitions: &'a [Definition]) {
        self.open("dl", origin);
        self.out.push_str(">\n");
        for definition in definitions {
            self.out.push_str("<dt>");
            self.last = None;
            self.inlines(&definition.term, None);
            self.out.push_str("</dt>\n");
            for details in &definition.details {
                self.out.push_str("<dd>");
                self.blocks(details);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }
}

/// How a list that stands by itself is shown.
pub(super) fn class(list: &List) -> Option<&'static str> {
    let tasks = list.start.is_none() && list.items.iter().any(is_task);
    tasks.then_some("tasks")
}

/// The lists among `blocks` that are procedures, by their places: ordered lists with
/// screenshots. A picture, note or code that is not indented breaks a list, and the rest goes
/// on with the next number; all its parts are one procedure.
pub(super) fn procedures(blocks: &[Block]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut parts: Vec<usize> = Vec::new();
    let (mut next, mut shown) = (None, false);
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::List(List { start: Some(start), items, .. }) => {
                if next != Some(*start) || *start <= 1 {
                    found.extend(parts.drain(..).filter(|_| shown));
                    shown = false;
                }
                parts.push(at);
                shown |= items.iter().any(holds_screenshot);
                next = start.checked_add(items.len() as u64);
            }
            BlockKind::Screenshot(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Plain(_)
            | BlockKind::Code(_)
            | BlockKind::Callout(_)
            | BlockKind::Quote(_)
            | BlockKind::Table(_)
            | BlockKind::List(_)
            | BlockKind::Footnote { .. }
            | BlockKind::More
            | BlockKind::Math(_) => {}
            BlockKind::Heading(_)
            | BlockKind::Definitions(_)
            | BlockKind::Directive(_)
            | BlockKind::Rule
            | BlockKind::Element(_) => next = None,
        }
    }
    found.extend(parts.into_iter().filter(|_| shown));
    found
}

fn is_task(item: &ListItem) -> bool {
    item.body.first().is_some_and(|block| match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
            matches!(inlines.first().map(|inline| &inline.kind), Some(InlineKind::Task { .. }))
        }
        _ => false,
    })
}

fn holds_screenshot(item: &ListItem) -> bool {
    item.body.iter().any(|block| matches!(block.kind, BlockKind::Screenshot(_)))
}
