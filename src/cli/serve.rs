//! `shirube serve`: the site on this computer, following every edit.
//!
//! For writers: drafts and every audience are shown. A state that may not be published
//! leaves the last good pages in place, with a message; nothing here ends the preview but
//! the writer.

mod lead;
mod overview;
mod shown;
mod told;
mod translations;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::args::ServeArgs;
use super::site::{Loaded, Site};
use super::words::{Message, Words};
use super::{Failure, streams};
use crate::config::Config;
use crate::dates::Day;
use crate::host::server::{self, Follow, News, Stage};
use crate::host::tree::{CONFIG, Change, Followed};
use crate::host::watcher::{self, Changes, Watch};
use crate::host::{clock, record};
use crate::input::Contents;
use crate::memo::Counters;
use crate::paths::OutputPath;
use crate::pipeline::{Edit, Options, Session, Step};
use crate::resolve::Show;
use shown::Shown;
use told::Told;

pub(super) fn run(
    named: Option<&Path>,
    args: &ServeArgs,
    colour: bool,
    words: &Words,
) -> Result<ExitCode, Failure> {
    let site = Site::find(named)?;
    super::site::day(args.date.as_deref(), &site.config.timezone)?;
    let out = site.out(None);
    let notes = site.root.join(record::FOLDER);
    let watch = watcher::watch(&site.root, &site.sources(), &[out.as_path(), &notes], args.poll);
    let shown = Arc::new(Shown::new(site.root.clone(), args.editor.clone(), words.clone()));
    let stage = server::start(site.root.clone(), args.port, Arc::<Shown>::clone(&shown))?;
    let address = format!("http://127.0.0.1:{}/", stage.port());
    streams::out_line(&address);
    if args.port.is_none() && stage.port() != server::FIRST {
        let message = Message::new("serve-port-taken").shown("port", server::FIRST);
        streams::err_line(&words.say(&message.shown("other", stage.port())));
    }
    let folder = site.root.display().to_string();
    streams::err_line(&words.text("serve-started", &[("folder", folder.as_str().into())]));
    let dashboard = format!("{address}_shirube/");
    streams::err_line(&words.text("serve-dashboard", &[("address", dashboard.as_str().into())]));
    let (session, followed) = begun(&site, args)?;
    shown.editor_of(&site.config);
    shown.show(session);
    let told = Told::new(words.clone(), colour);
    let mut preview = Preview {
        named,
        args,
        site,
        followed,
        watch,
        shown,
        stage,
        told,
        version: 0,
        absent: false,
    };
    preview.tell(None);
    if args.open {
        clock::open_in_browser(&address);
    }
    let _ = guarded(|| preview.work());
    while let Some(changes) = preview.watch.wait() {
        preview.notices();
        preview.follow(&changes);
    }
    Ok(ExitCode::SUCCESS)
}

/// The session of the site as it is on the disk.
fn begun(site: &Site, args: &ServeArgs) -> Result<(Session, Followed), Failure> {
    let listed = site.list(&site.out(None))?;
    let Loaded { inputs, .. } = site.load(&listed);
    let followed = site.followed(&listed)?;
    let (date, pseudo) = (args.date.clone(), args.pseudo);
    let asked = Box::new(move |config: &Config| options(config, date.as_deref(), pseudo));
    let inputs = Arc::unwrap_or_clone(inputs);
    Ok((Session::new(inputs, asked, Counters::new(clock::elapsed)), followed))
}

/// What the preview shows: everything that there is, for those who write it.
fn options(config: &Config, date: Option<&str>, pseudo: bool) -> Options {
    let today = super::site::day(date, &config.timezone);
    // What is wrong with the day was told when the preview began.
    let today = today.unwrap_or(Day { year: 1970, month: 1, day: 1 });
    let show = Show { drafts: true, audiences: config.audiences.clone(), today };
    Options { show, base_url: None, root_path: Some("/".to_owned()), pseudo }
}

/// A preview that runs.
struct Preview<'a> {
    named: Option<&'a Path>,
    args: &'a ServeArgs,
    site: Site,
    followed: Followed,
    watch: Watch,
    shown: Arc<Shown>,
    stage: Arc<Stage>,
    told: Told,
    version: u64,
    /// Whether the folder of the guides is gone just now.
    absent: bool,
}

impl Preview<'_> {
    /// Takes in what has changed on the disk. A fault of the program itself ends nothing:
    /// the session is begun anew from the files.
    fn follow(&mut self, changes: &Changes) {
        if guarded(|| self.take(changes)).is_some() {
            return;
        }
        self.told.fault();
        let again = guarded(|| begun(&self.site, self.args));
        if let Some(Ok((session, followed))) = again {
            self.followed = followed;
            self.shown.show(session);
            self.tell(None);
            let _ = guarded(|| self.work());
        }
    }

    fn take(&mut self, changes: &Changes) {
        let began = clock::elapsed();
        if matches!(changes, Changes::Rescan) && !self.args.poll {
            self.told.lost();
        }
        let Some(edits) = self.edits(changes) else { return };
        let session = self.shown.session();
        let edits = session.real(edits);
        let lead = self.args.follow.then(|| lead::before(&session, &edits)).flatten();
        let names: Vec<String> = edits.iter().map(|edit| edit.path.as_str().to_owned()).collect();
        // Of pictures and copied files no more is known than their size.
        let unread = |edit: &Edit| matches!(edit.contents, Some(Contents::Opaque { .. }));
        let replaced = edits.iter().any(unread);
        let step = session.edit(edits);
        if step == Step::Same && replaced {
            self.tell(None);
        }
        if step == Step::Same && !self.told.is_waiting() {
            return;
        }
        if step != Step::Same {
            self.draw_watched(&session);
            self.told.rebuilt(names, clock::elapsed().saturating_sub(began));
            // Where the pages stay, what is wrong is told when all of it is known.
            if !session.is_blocked() {
                self.tell(lead.and_then(|lead| lead.after(&session)));
            }
        }
        self.work();
    }

    /// What became of the site's files; `None` when the site cannot be read just now.
    fn edits(&mut self, changes: &Changes) -> Option<Vec<Edit>> {
        let mut changed = match changes {
            Changes::Paths(paths) => self.followed.changed(paths),
            Changes::Rescan => self.rescanned()?,
        };
        if !self.site.root.is_dir() {
            self.told.gone();
            self.absent = true;
            return None;
        }
        if self.absent || changed.iter().any(|change| change.path.as_str() == CONFIG) {
            changed.extend(self.settings_changed()?);
        }
        let mut edits: Vec<Edit> =
            changed.into_iter().map(|Change { path, contents }| Edit { path, contents }).collect();
        let fault = self.site.fault();
        if fault.is_some() {
            // Guides that are gone with their folder are not gone for good.
            edits.retain(|edit| edit.contents.is_some());
        } else if self.absent {
            self.told.back();
            let paths = self.shown.session().paths();
            let lost = paths.into_iter().filter(|path| !self.followed.knows(path));
            edits.extend(lost.map(|path| Edit { path, contents: None }));
        }
        self.absent = fault.is_some();
        self.told.absence(fault);
        Some(edits)
    }

    fn rescanned(&mut self) -> Option<Vec<Change>> {
        match self.followed.rescan() {
            Ok(changes) => Some(changes),
            Err(_) => {
                self.told.gone();
                self.absent = true;
                None
            }
        }
    }

    /// Settings may name other folders.
    fn settings_changed(&mut self) -> Option<Vec<Change>> {
        let Ok(site) = Site::find(self.named) else {
            self.told.gone();
            self.absent = true;
            return None;
        };
        if !site.sound {
            // The last good ones stay.
            return Some(Vec::new());
        }
        self.site = site;
        self.watch.follow(&self.site.sources());
        self.site.look_into(&mut self.followed);
        self.shown.editor_of(&self.site.config);
        let (days, shallow) = self.site.changed();
        self.shown.session().refresh(days, shallow);
        self.rescanned()
    }

    /// The pages that browsers look at come first.
    fn draw_watched(&self, session: &Session) {
        for page in self.stage.watched() {
            let page = page.trim_start_matches('/');
            let file = if page.is_empty() || page.ends_with('/') {
                format!("{page}index.html")
            } else {
                page.to_owned()
            };
            if let Some(path) = OutputPath::new(&file) {
                drop(session.file(&path));
            }
        }
    }

    /// Tells browsers that there are other pages.
    fn tell(&mut self, follow: Option<Follow>) {
        self.version += 1;
        let broken = self.shown.session().is_blocked();
        let news = self.told.news();
        self.stage.tell(News { version: self.version, broken, quiet: broken, follow, ..news });
    }

    /// Draws and checks what is left, and tells what is wrong. Stops where files change.
    fn work(&mut self) {
        let session = self.shown.session();
        if !session.work(&|| self.watch.poll()) {
            return;
        }
        let before = (self.told.news(), self.shown.is_broken());
        let broken = session.is_blocked();
        let sorted = self.told.report(&session, broken);
        self.shown.problems(sorted, broken);
        if before != (self.told.news(), broken) || self.told.differs() {
            self.version += 1;
            // Drawing may have found that this state cannot be shown.
            let quiet = before.1 == broken;
            let news = self.told.news();
            self.stage.tell(News { version: self.version, broken, quiet, ..news });
        }
    }

    fn notices(&self) {
        for notice in self.watch.notices() {
            self.told.notice(&notice, watcher::INTERVAL);
        }
    }
}

/// What `work` gives, or `None` when it panics: one bad state must not end the preview.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Nothing of a state that failed is used again: the next one begins with the files.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_end() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("while a test runs") }), None);
    }
}
