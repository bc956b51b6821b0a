//! Tables, each in a region that scrolls by itself.

use crate::document::{Alignment, Block, BlockKind, Element, Inline, Origin, Table};
use crate::messages::Argument;
use crate::render::body::Body;

impl<'a> Body<'a> {
    pub(super) fn table(&mut self, origin: Origin, table: &'a Table) {
        self.open_region();
        self.open("table", origin);
        self.out.push_str(">\n");
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.out.push_str("<thead><tr>");
            for (index, cell) in table.head.iter().enumerate() {
                // An empty head cell names nothing.
                let tag = if cell.is_empty() { "td" } else { "th" };
                self.cell(tag, cell, table.alignments.get(index));
            }
            self.out.push_str("</tr></thead>\n");
        }
        self.out.push_str("<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (index, cell) in row.iter().enumerate() {
                self.cell("td", cell, table.alignments.get(index));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    /// A region that scrolls by itself, can be reached by keyboard, and has a name.
    pub(super) fn open_region(&mut self) {
        self.tables += 1;
        let number = Argument::Number(f64::from(self.tables));
        let label = self.voice.say("table-region", &[("number", number)]);
        self.out.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.out.push('>');
    }

    fn cell(&mut self, tag: &str, inlines: &'a [Inline], alignment: Option<&Alignment>) {
        self.last = None;
        self.out.extend(["<", tag]);
        if tag == "th" {
            self.out.push_str(" scope=\"col\"");
        }
        match alignment {
            None | Some(Alignment::None) => {}
            Some(Alignment::Left) => self.out.push_str(" class=\"to-left\""),
            Some(Alignment::Center) => self.out.push_str(" class=\"to-center\""),
            Some(Alignment::Right) => self.out.push_str(" class=\"to-right\""),
        }
        self.out.push('>');
        self.inlines(inlines, None);
        self.out.extend(["</", tag, ">"]);
    }
}

/// What the `<th>` of a raw `<tr>` name: all but the first cell's, columns; the first alone,
/// its row. `None` where it is not as simple.
pub(super) fn scope(row: &Element<Vec<Block>>) -> Option<&'static str> {
    let cells: Vec<bool> = row
        .children
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Element(cell) if matches!(cell.tag.as_str(), "td" | "th") => {
                Some(cell.tag == "th")
            }
            _ => None,
        })
        .collect();
    match cells.split_first()? {
        (_, []) => None,
        (_, others) if others.iter().all(|head| *head) => Some("col"),
        (true, others) if others.iter().all(|head| !head) => Some("row"),
        _ => None,
    }
}
