//! What is known of pages across the states of a site.
//!
//! Of every page the fingerprint of what it was drawn from, and what was wrong with it; of
//! those that were asked for last the HTML, up to a budget: forgetting one costs the time
//! to draw it again.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::diagnostic::Diagnostic;
use crate::emit::Output;
use crate::memo::Fingerprint;
use crate::paths::OutputPath;

/// How many bytes of HTML are kept.
const BUDGET: usize = 32 << 20;

/// A page that was drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Of everything that it was drawn from.
    pub(super) key: Fingerprint,
    /// Of its HTML.
    pub(super) print: Fingerprint,
    /// The style sheet of this page alone.
    pub(super) style: Option<(OutputPath, Arc<str>)>,
    pub(super) faults: Vec<Diagnostic>,
}

/// The pages of a session.
#[derive(Debug, Default)]
pub(super) struct Drawings(Mutex<Known>);

#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) pages: BTreeMap<OutputPath, Arc<Drawn>>,
    html: BTreeMap<OutputPath, (Fingerprint, Arc<[u8]>)>,
    /// Those of `html`, the one that was asked for longest ago first.
    order: VecDeque<OutputPath>,
    bytes: usize,
    /// Sheets of pages, by path: their names change with their content.
    pub(super) styles: BTreeMap<OutputPath, Arc<str>>,
}

impl Drawings {
    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("nothing panics while it holds the lock")
    }
}

impl Known {
    /// The HTML of a page, if it is kept and still what was drawn.
    pub(super) fn html(&self, path: &OutputPath, print: Fingerprint) -> Option<Arc<[u8]>> {
        self.html.get(path).filter(|(own, _)| *own == print).map(|(_, html)| Arc::clone(html))
    }

    /// The HTML of a page as it was last seen, whatever has become of it.
    pub(super) fn last(&self, path: &OutputPath) -> Option<Output> {
        self.html.get(path).map(|(_, html)| Output::Write(html.to_vec()))
    }

    /// Forgets pages that went away, once they are as many as those that there are: asking for
    /// a page again draws it.
    pub(super) fn prune(&mut self, pages: usize) {
        if self.pages.len() > 2 * pages + 1_000 {
            self.pages.clear();
            self.styles.clear();
        }
    }

    /// Whether some HTML of the page is kept: it is one that is looked at.
    pub(super) fn is_looked_at(&self, path: &OutputPath) -> bool {
        self.html.contains_key(path)
    }

    /// Keeps the HTML of a page that was asked for.
    pub(super) fn keep(&mut self, path: &OutputPath, print: Fingerprint, html: Arc<[u8]>) {
        self.bytes += html.len();
        if let Some((_, former)) = self.html.insert(path.clone(), (print, html)) {
            self.bytes -= former.len();
            self.order.retain(|other| other != path);
        }
        self.order.push_back(path.clone());
        while self.bytes > BUDGET && self.order.len() > 1 {
            let oldest = self.order.pop_front().expect("there are several");
            let forgotten = self.html.remove(&oldest).expect("what is in order is kept");
            self.bytes -= forgotten.1.len();
        }
    }

    /// Notes a page that was drawn.
    pub(super) fn note(&mut self, path: &OutputPath, drawn: &Arc<Drawn>) {
        self.pages.insert(path.clone(), Arc::clone(drawn));
        self.styles.extend(drawn.style.clone());
    }
}
