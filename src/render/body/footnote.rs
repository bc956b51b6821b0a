//! Footnotes: their texts at the end, and the marks that lead there and back.

use std::collections::BTreeMap;

use crate::document::Block;
use crate::paths::encoded;
use crate::render::body::Body;

/// Footnotes: their texts, and the order in which they are referred to.
#[derive(Default)]
pub(in crate::render) struct Notes<'a> {
    /// The texts of each label; a label defined twice has them one after the other.
    pub(in crate::render) bodies: BTreeMap<&'a str, Vec<&'a [Block]>>,
    /// The labels in order of their numbers, with how often each is referred to.
    pub(in crate::render) order: Vec<(&'a str, u32)>,
}

impl<'a> Body<'a> {
    /// The notes at the end, in order of their numbers; those that nothing refers to follow,
    /// since no text of the source is lost.
    pub(super) fn footnotes(&mut self) {
        if self.notes.bodies.is_empty() {
            return;
        }
        let title = self.voice.say("footnotes", &[]);
        let back = self.voice.say("footnote-back", &[]);
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.attribute("aria-label", &title);
        self.out.push_str("><ol>\n");
        let mut index = 0;
        loop {
            // A note can refer to further notes, so the list grows while it is written.
            let Some((label, uses)) = self.notes.order.get(index).copied() else {
                let known = |label: &&str| self.notes.order.iter().any(|(name, _)| name == label);
                let Some(label) = self.notes.bodies.keys().copied().find(|label| !known(label))
                else {
                    break;
                };
                self.notes.order.push((label, 0));
                continue;
            };
            index += 1;
            self.footnote(index, label, uses, &back);
        }
        self.out.push_str("</ol></section>\n");
    }

    fn footnote(&mut self, number: usize, label: &'a str, uses: u32, back: &str) {
        let number = number.to_string();
        self.out.extend(["<li id=\"fn:", &number, "\">"]);
        let outer = std::mem::replace(&mut self.in_step, true);
        for inner in self.notes.bodies.get(label).cloned().unwrap_or_default() {
            self.blocks(inner);
        }
        self.in_step = outer;
        self.out.truncate(self.out.trim_end_matches('\n').len());
        // The way back stands in the last paragraph where there is one.
        let inside = self.out.ends_with("</p>");
        if inside {
            self.out.truncate(self.out.len() - "</p>".len());
        }
        for use_number in 1..=uses {
            self.out.push_str(" <a class=\"back\" role=\"doc-backlink\" href=\"#");
            self.out.push_str(&encoded(&note_id(&number, use_number)));
            self.out.push('"');
            self.attribute("aria-label", back);
            self.out.push_str(">↩</a>");
        }
        self.out.push_str(if inside { "</p></li>\n" } else { "</li>\n" });
    }
}

/// The id of the place that refers to a note.
pub(in crate::render) fn note_id(number: &str, use_number: u32) -> String {
    if use_number == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{use_number}") }
}
