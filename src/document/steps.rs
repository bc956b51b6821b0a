//! Which ordered lists of a text are procedures, and how their steps are numbered.
//!
//! In: blocks. Out: the lists that are parts of a procedure, and the numbers that each
//! procedure of a text has. Those who draw steps and those who check links to them must agree,
//! so both ask here.

use std::collections::BTreeMap;

use super::{Block, BlockKind, List, ListItem};

/// The directive in which every ordered list is a procedure.
pub const STEPS: &str = "steps";

/// A list that is a part of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which procedure of these blocks it is a part of, from 0.
    pub procedure: usize,
    /// Whether any part of it has a screenshot.
    pub pictured: bool,
}

/// The numbers of a procedure's steps: from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

/// The lists among `blocks` that are parts of procedures, by their places: ordered lists with
/// screenshots, and all ordered lists `in_steps`. A picture, note or code that is not indented
/// breaks a list, and the rest goes on with the next number; all its parts are one procedure.
pub fn procedures(blocks: &[Block], in_steps: bool) -> BTreeMap<usize, Part> {
    let mut runs: Vec<Run> = Vec::new();
    let mut next = None;
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::List(List { start: Some(start), items, .. }) => {
                if next != Some(*start) || *start <= 1 {
                    runs.push(Run::default());
                }
                if let Some(run) = runs.last_mut() {
                    run.lists.push(at);
                    run.pictured |= items.iter().any(holds_screenshot);
                }
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
    let shown = runs.into_iter().filter(|run| run.pictured || in_steps);
    let parts = shown.enumerate().flat_map(|(procedure, run)| {
        let part = Part { procedure, pictured: run.pictured };
        run.lists.into_iter().map(move |at| (at, part))
    });
    parts.collect()
}

/// Lists that go on from each other.
#[derive(Default)]
struct Run {
    lists: Vec<usize>,
    pictured: bool,
}

fn holds_screenshot(item: &ListItem) -> bool {
    item.body.iter().any(|block| matches!(block.kind, BlockKind::Screenshot(_)))
}

/// The numbers of all procedures of a text, in reading order. Lists inside a step belong to
/// it and have none; neither have those in footnotes, which stand elsewhere.
pub fn step_numbers(blocks: &[Block]) -> Vec<Numbers> {
    let mut found = Vec::new();
    walk(blocks, false, &mut found);
    found
}

fn walk(blocks: &[Block], in_steps: bool, found: &mut Vec<Numbers>) {
    let parts = procedures(blocks, in_steps);
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::List(list) => {
                if let (Some(part), Some(first)) = (parts.get(&at), list.start) {
                    let last = first.saturating_add(list.items.len() as u64).saturating_sub(1);
                    let place = *places.entry(part.procedure).or_insert_with(|| {
                        found.push(Numbers { first, last });
                        found.len() - 1
                    });
                    found[place].last = last;
                    continue;
                }
                for item in &list.items {
                    walk(&item.body, in_steps, found);
                }
            }
            BlockKind::Quote(inner) => walk(inner, in_steps, found),
            BlockKind::Callout(callout) => walk(&callout.body, in_steps, found),
            BlockKind::Directive(directive) => {
                walk(&directive.body, in_steps || directive.name == STEPS, found);
            }
            BlockKind::Element(element) => walk(&element.children, in_steps, found),
            BlockKind::Definitions(definitions) => {
                for details in definitions.iter().flat_map(|definition| &definition.details) {
                    walk(details, in_steps, found);
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Plain(_)
            | BlockKind::Heading(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Screenshot(_)
            | BlockKind::Rule
            | BlockKind::Footnote { .. }
            | BlockKind::More
            | BlockKind::Math(_) => {}
        }
    }
}

/// The id of a step: `step:3`, in the second procedure of a page `step:2:3`. `procedure`
/// counts from 0.
pub fn step_id(procedure: usize, number: u64) -> String {
    if procedure == 0 {
        format!("step:{number}")
    } else {
        format!("step:{}:{number}", procedure + 1)
    }
}

/// Whether `id` is that of a step of these procedures.
pub fn is_step(id: &str, procedures: &[Numbers]) -> bool {
    let Some(rest) = id.strip_prefix("step:") else { return false };
    let (procedure, number) = rest.split_once(':').unwrap_or(("1", rest));
    let (Ok(procedure), Ok(number)) = (procedure.parse::<usize>(), number.parse::<u64>()) else {
        return false;
    };
    let Some(at) = procedure.checked_sub(1) else { return false };
    let held = procedures.get(at).is_some_and(|held| (held.first..=held.last).contains(&number));
    // `step:1:3` and `step:03` are read above, and nothing has such an id.
    held && step_id(at, number) == id
}
