//! Lists: steps with their screenshots, tasks, definitions.

use crate::document::{
    Block, BlockKind, Definition, InlineKind, List, ListItem, Origin, Part, procedures, step_id,
};
use crate::render::body::Body;

impl<'a> Body<'a> {
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        let parts = procedures(blocks, self.in_steps);
        let mut numbers: Vec<(usize, usize)> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            match (&block.kind, parts.get(&at)) {
                (BlockKind::List(list), Some(part)) => {
                    let number = (!self.in_step).then(|| self.procedure(*part, &mut numbers));
                    let class = if part.pictured { Some("steps") } else { class(list) };
                    self.list(block.origin, list, class, number);
                }
                _ => self.block(block),
            }
        }
    }

    /// Which procedure of the page a part belongs to; `numbers` remembers those of the blocks
    /// around it.
    fn procedure(&mut self, part: Part, numbers: &mut Vec<(usize, usize)>) -> usize {
        let known = numbers.iter().find(|(held, _)| *held == part.procedure);
        if let Some((_, number)) = known {
            return *number;
        }
        let number = self.procedures;
        self.procedures += 1;
        numbers.push((part.procedure, number));
        number
    }

    /// A list; where it is a part of a procedure, its steps can be linked to.
    pub(super) fn list(
        &mut self,
        origin: Origin,
        list: &'a List,
        class: Option<&str>,
        procedure: Option<usize>,
    ) {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        self.open(tag, origin);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        if let Some(class) = class {
            self.attribute("class", class);
        }
        self.out.push_str(">\n");
        let in_step = self.in_step;
        self.in_step |= procedure.is_some();
        for (number, item) in (list.start.unwrap_or(1)..).zip(&list.items) {
            let outer = self.lang;
            self.open("li", item.origin);
            let id = procedure.map(|procedure| step_id(procedure, number));
            if let Some(id) = id.filter(|id| !self.is_taken(id)) {
                self.attribute("id", &id);
            }
            self.out.push('>');
            self.blocks(&item.body);
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out.push_str("</li>\n");
            self.lang = outer;
        }
        self.in_step = in_step;
        self.out.extend(["</", tag, ">\n"]);
    }

    /// Whether the writer gave an id to something else.
    fn is_taken(&self, id: &str) -> bool {
        let headings = self.text.anchors.iter();
        let mut ids = headings.flat_map(|held| std::iter::once(&held.id).chain(&held.extra));
        ids.any(|held| held == id) || self.text.guide.ids.iter().any(|held| held.value == id)
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

fn is_task(item: &ListItem) -> bool {
    item.body.first().is_some_and(|block| match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
            matches!(inlines.first().map(|inline| &inline.kind), Some(InlineKind::Task { .. }))
        }
        _ => false,
    })
}
