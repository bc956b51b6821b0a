//! What goes on beside the events: a trial whether there are any, looking where there are
//! none, and the site's own folder, whose going and coming nobody tells of.

use std::path::Path;
use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::look::Look;
use super::pending::Pending;
use super::places::{Identity, Places};
use super::{CALM, INTERVAL, Inbox, Notice, Watch, Way, lock, shares};
use crate::host::record;

/// How long an event may take to come.
const PATIENCE: Duration = Duration::from_secs(1);

const PROBE: &str = ".shirube-probe-";

/// Whether a path is of a file written as a trial, by this program or another.
pub(super) fn is_probe(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PROBE))
}

/// Begins, in a thread of its own that ends soon after the watch does.
pub(super) fn start(watch: &Watch, way: Way) {
    let inbox = Arc::clone(&watch.inbox);
    let places = Arc::downgrade(&watch.places);
    let root = Identity::of(&lock(&watch.places).root);
    thread::spawn(move || {
        find_links(&inbox, &places);
        if way == Way::Looking {
            lock(&inbox.notices).must_look = true;
        } else {
            prove(&inbox);
        }
        keep(&inbox, &places, root);
    });
}

/// Links in sources are watched, too.
fn find_links(inbox: &Inbox, places: &Weak<Mutex<Places>>) {
    let concern = inbox.concern.read().expect(CALM);
    let (root, sources) = (concern.root.clone(), concern.sources.clone());
    drop(concern);
    let links = Places::find_links(&root, &sources);
    let Some(places) = places.upgrade().filter(|_| !links.is_empty()) else { return };
    let mut places = lock(&places);
    places.set_links(links);
    let (_, refused) = places.follow(&sources);
    drop(places);
    refused.into_iter().for_each(|error| inbox.refuse(error));
}

/// Writes a file and waits for its event. Where the trial cannot be made, nothing is said.
fn prove(inbox: &Inbox) {
    let root = inbox.concern.read().expect(CALM).root.clone();
    let notes = root.join(record::FOLDER);
    let folder = if notes.is_dir() { notes } else { root.clone() };
    let probe = folder.join(format!("{PROBE}{}", std::process::id()));
    let written = std::fs::write(&probe, "");
    let pending = lock(&inbox.pending);
    let proven = |_: &mut Pending| !*lock(&inbox.proven);
    let waited = inbox.news.wait_timeout_while(pending, PATIENCE, proven).expect(CALM);
    drop(waited);
    // Another program may have been quicker.
    let _ = std::fs::remove_file(&probe);
    if written.is_ok() && !*lock(&inbox.proven) {
        inbox.notice(Notice::NoEvents);
    } else if let Some(name) = shares::shared(&root) {
        inbox.notice(Notice::Shared(name));
    }
}

fn keep(inbox: &Inbox, places: &Weak<Mutex<Places>>, mut identity: Option<Identity>) {
    let mut look: Option<Look> = None;
    let mut pause = INTERVAL;
    loop {
        let Some(places) = places.upgrade() else { return };
        let now = Identity::of(&inbox.concern.read().expect(CALM).root);
        if now != identity {
            identity = now;
            let mut places = lock(&places);
            places.forget_all();
            let (_, refused) = places.follow(&inbox.concern.read().expect(CALM).sources);
            drop(places);
            refused.into_iter().for_each(|error| inbox.refuse(error));
            inbox.put(Pending::lose);
        }
        if lock(&inbox.notices).must_look {
            let began = Instant::now();
            let concern = inbox.concern.read().expect(CALM);
            let is_first = look.is_none();
            let changed = look.get_or_insert_default().again(&concern, SystemTime::now());
            drop(concern);
            if is_first {
                // What changed before nobody has seen.
                inbox.put(Pending::lose);
            }
            for path in changed.into_iter().filter(|_| !is_first) {
                inbox.put(|pending, now| pending.add(path, false, now));
            }
            // On slow file systems looking must not be all that is done.
            pause = INTERVAL.max(began.elapsed() * 4);
        }
        drop(places);
        thread::sleep(pause);
    }
}
