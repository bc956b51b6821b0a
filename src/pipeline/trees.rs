//! The parsed trees of the texts that were read last, up to a budget.
//!
//! A text that was edited is parsed once and then drawn in several languages and read by
//! the search. Trees are ten to twenty times as large as their texts, so few are kept;
//! forgetting one costs time and nothing else.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::parse::Guide;
use crate::text::FileId;

/// How many bytes of text the kept trees may have in all.
const BUDGET: usize = 1 << 20;

/// Which tree: of which file, and the number of the card that was made with it.
pub(super) type Key = (FileId, u64);

/// The trees.
#[derive(Debug, Default)]
pub(super) struct Trees(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    trees: VecDeque<(Key, usize, Arc<Guide>)>,
    bytes: usize,
}

impl Trees {
    /// Keeps the tree of a text of so many bytes, and gives it back to be shared.
    pub(super) fn keep(&self, key: Key, bytes: usize, guide: Guide) -> Arc<Guide> {
        let guide = Arc::new(guide);
        let mut kept = self.0.lock().expect("nothing panics while it holds the lock");
        if bytes <= BUDGET {
            kept.bytes += bytes;
            kept.trees.push_back((key, bytes, Arc::clone(&guide)));
        }
        let mut forgotten = Vec::new();
        while kept.bytes > BUDGET {
            let (_, bytes, guide) = kept.trees.pop_front().expect("something holds the bytes");
            kept.bytes -= bytes;
            forgotten.push(guide);
        }
        drop(kept);
        guide
    }

    /// The tree, if it is still kept.
    pub(super) fn get(&self, key: Key) -> Option<Arc<Guide>> {
        let kept = self.0.lock().expect("nothing panics while it holds the lock");
        // What is asked for was mostly kept just now.
        kept.trees
            .iter()
            .rev()
            .find(|(own, _, _)| *own == key)
            .map(|(_, _, guide)| Arc::clone(guide))
    }
}
