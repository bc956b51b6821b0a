//! Tells when something that a site is made from changes.
//!
//! Only the folders of sources are watched, and those that they may yet appear in: a
//! system's watches are few, and a repository or a cache beside them may be large. An event
//! is a hint and nothing more: whoever listens reads the files again. Where a file system
//! sends no events, or the system gives no watch, the sources are looked at in intervals;
//! that this is so is found out beside the work, and said as a [`Notice`].

mod concern;
mod keeper;
mod look;
mod pending;
mod places;
mod shares;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, RwLock};
use std::time::{Duration, Instant};

use notify::{Config, EventKind, RecommendedWatcher, Watcher};

use concern::Concern;
use pending::Pending;
use places::Places;

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These files and folders (of a folder: anything in it), as absolute paths below the
    /// resolved folder of the site. None at all: there is a new [`Notice`].
    Paths(BTreeSet<PathBuf>),
    /// Anything may have: events were lost, or the whole folder was away.
    Rescan,
}

/// Something about the watch that a writer should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// A file was written, and no event told of it: the sources are looked at in intervals.
    NoEvents,
    /// On this file system (`NFS`) others change files without events: the sources are
    /// looked at in intervals, too.
    Shared(&'static str),
    /// The system gives no watch (here is what it says): the sources are looked at in
    /// intervals.
    Refused(String),
}

/// How often the sources are looked at where events are not to be had.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// A site under watch.
pub struct Watch {
    inbox: Arc<Inbox>,
    places: Arc<Mutex<Places>>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// Begins to watch `sources` below `site`, whether they exist yet or not, but for what
/// lies in `skip`. With `poll`, events are not even asked for.
pub fn watch(site: &Path, sources: &[PathBuf], skip: &[&Path], poll: bool) -> Watch {
    begin(site, sources, skip, if poll { Way::Looking } else { Way::Events })
}

/// How changes are found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Events,
    Looking,
    /// As on a file system without events.
    #[cfg(test)]
    Deaf,
}

fn begin(site: &Path, sources: &[PathBuf], skip: &[&Path], way: Way) -> Watch {
    let root = super::output::resolved(site);
    let skip = skip.iter().map(|path| super::output::resolved(path)).collect();
    let concern = Concern { root: root.clone(), skip, sources: Vec::new() };
    let inbox = Arc::new(Inbox::new(concern));
    let ears = Arc::clone(&inbox);
    let watcher = match way {
        Way::Looking => None,
        Way::Events => made(move |event| ears.hear(event), &inbox),
        #[cfg(test)]
        Way::Deaf => made(|_| {}, &inbox),
    };
    let places = Arc::new(Mutex::new(Places::new(root, watcher)));
    let watch = Watch { inbox, places };
    watch.follow(sources);
    keeper::start(&watch, way);
    watch
}

fn made(
    hear: impl Fn(notify::Result<notify::Event>) + Send + 'static,
    inbox: &Inbox,
) -> Option<RecommendedWatcher> {
    match RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false)) {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            inbox.notice(Notice::Refused(error.to_string()));
            None
        }
    }
}

impl Watch {
    /// Waits for a change and until it has settled; `None` when the watch has ended.
    pub fn wait(&self) -> Option<Changes> {
        let (mut changes, gone) = self.inbox.settled();
        let mut places = lock(&self.places);
        places.forget(&gone);
        if let Changes::Paths(paths) = &changes {
            places.link(paths);
        }
        // Before anybody reads: what changes from now on is told.
        let (begun, refused) = places.follow(&self.inbox.concern.read().expect(CALM).sources);
        drop(places);
        if let Changes::Paths(paths) = &mut changes {
            paths.extend(begun);
            self.inbox.look_again(paths);
        }
        refused.into_iter().for_each(|error| self.inbox.refuse(error));
        Some(changes)
    }

    /// Whether there is something that [`Watch::wait`] would tell, settled or not.
    pub fn poll(&self) -> bool {
        !lock(&self.inbox.pending).is_empty()
    }

    /// Watches these sources from now on: settings may name others.
    pub fn follow(&self, sources: &[PathBuf]) {
        let sources: Vec<_> = sources.iter().map(|path| super::output::resolved(path)).collect();
        let (_, refused) = lock(&self.places).follow(&sources);
        self.inbox.concern.write().expect(CALM).sources = sources;
        refused.into_iter().for_each(|error| self.inbox.refuse(error));
    }

    /// What has become known of the watch since this was last asked.
    pub fn notices(&self) -> Vec<Notice> {
        std::mem::take(&mut lock(&self.inbox.notices).new)
    }
}

const CALM: &str = "nothing panics while it holds the lock";

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect(CALM)
}

/// Where changes come in.
struct Inbox {
    concern: RwLock<Concern>,
    pending: Mutex<Pending>,
    news: Condvar,
    notices: Mutex<Notices>,
    /// Whether the file that was written as a trial has been heard of.
    proven: Mutex<bool>,
}

#[derive(Default)]
struct Notices {
    new: Vec<Notice>,
    told: BTreeSet<Notice>,
    /// Whether events are not enough.
    must_look: bool,
}

impl Inbox {
    fn new(concern: Concern) -> Self {
        Self {
            concern: RwLock::new(concern),
            pending: Mutex::default(),
            news: Condvar::new(),
            notices: Mutex::default(),
            proven: Mutex::new(false),
        }
    }

    /// Takes what the system tells.
    fn hear(&self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) if event.need_rescan() => return self.put(Pending::lose),
            Ok(event) => event,
            Err(error) => {
                self.refuse(error);
                return self.put(Pending::lose);
            }
        };
        if is_reading(event.kind) {
            return;
        }
        let gone = matches!(event.kind, EventKind::Remove(_))
            || matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Name(_)));
        let concern = self.concern.read().expect(CALM);
        for path in event.paths {
            if keeper::is_probe(&path) {
                *lock(&self.proven) = true;
                self.news.notify_all();
            } else if concern.has(&path) {
                self.put(|pending, now| pending.add(path, gone, now));
            }
        }
    }

    fn put(&self, change: impl FnOnce(&mut Pending, Instant)) {
        change(&mut lock(&self.pending), Instant::now());
        self.news.notify_all();
    }

    /// The system gives no watch for something: events are not enough from now on.
    fn refuse(&self, error: notify::Error) {
        // The folder around it tells when it comes back.
        if !matches!(error.kind, notify::ErrorKind::PathNotFound) {
            let what = notify::Error { paths: Vec::new(), ..error };
            self.notice(Notice::Refused(what.to_string()));
        }
    }

    fn notice(&self, notice: Notice) {
        let mut notices = lock(&self.notices);
        notices.must_look = true;
        // The same for another folder says nothing new.
        if notices.told.insert(notice.clone()) {
            notices.new.push(notice);
            drop(notices);
            self.put(|pending, _| pending.wake());
        }
    }

    fn look_again(&self, paths: &BTreeSet<PathBuf>) {
        self.put(|pending, now| pending.look_again(paths, now));
    }

    /// Waits until something has come in and nothing more is coming.
    fn settled(&self) -> (Changes, BTreeSet<PathBuf>) {
        let mut pending = lock(&self.pending);
        loop {
            let now = Instant::now();
            pending = match pending.ready_at(now) {
                None => self.news.wait(pending).expect(CALM),
                Some(at) if at > now => self.news.wait_timeout(pending, at - now).expect(CALM).0,
                Some(_) => return pending.take(),
            };
        }
    }
}

/// Whether an event tells of reading only. The end of writing is a change: files that are
/// mapped into memory tell of no other.
fn is_reading(kind: EventKind) -> bool {
    use notify::event::{AccessKind, AccessMode};
    matches!(kind, EventKind::Access(access)
        if access != AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests;
