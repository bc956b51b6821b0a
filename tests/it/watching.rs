//! The watch over real files, saved as editors and other programs save them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use shirube::host::watcher::{Changes, Watch, watch};

struct Site {
    root: PathBuf,
    watch: Arc<Watch>,
    changes: Receiver<Changes>,
    _folder: tempfile::TempDir,
}

impl Site {
    fn new(poll: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("a folder");
        fs::create_dir_all(root.join("content/手順")).expect("a folder");
        fs::write(root.join("content/手順/a.md"), "# 一\n").expect("a file");
        let sources = [root.join("content"), root.join("themes"), root.join("shirube.yaml")];
        let skip = [root.join("public"), root.join(".shirube")];
        let skip: Vec<&Path> = skip.iter().map(PathBuf::as_path).collect();
        let watch = Arc::new(watch(&root, &sources, &skip, poll));
        let (sender, changes) = channel();
        let waiting = Arc::clone(&watch);
        thread::spawn(move || {
            while let Some(change) = waiting.wait() {
                if sender.send(change).is_err() {
                    break;
                }
            }
        });
        let site = Self { root, watch, changes, _folder: folder };
        if poll {
            assert_eq!(site.next(), Changes::Rescan, "what was before nobody has seen");
        }
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join("content/手順").join(name)
    }

    /// The next change; none at all fails the test.
    fn next(&self) -> Changes {
        self.changes.recv_timeout(Duration::from_secs(30)).expect("a change is told")
    }

    /// All changes until one holds `path`, and how many there were.
    fn until(&self, path: &Path) -> (BTreeSet<PathBuf>, usize) {
        let (mut all, mut count) = (BTreeSet::new(), 0);
        loop {
            count += 1;
            match self.next() {
                Changes::Rescan => panic!("nothing was lost"),
                Changes::Paths(paths) => all.extend(paths),
            }
            if all.contains(path) {
                return (all, count);
            }
        }
    }

    fn is_quiet(&self) -> bool {
        self.changes.recv_timeout(Duration::from_millis(300)).is_err()
    }
}

#[test]
fn a_file_that_vim_saves_is_told_once_and_whole() {
    let site = Site::new(false);
    let guide = site.path("a.md");
    for (name, text) in [("4913", ""), (".a.md.swp", "vim")] {
        fs::write(site.path(name), text).expect("a file");
    }
    fs::remove_file(site.path("4913")).expect("a file");
    fs::rename(&guide, site.path("a.md~")).expect("a file");
    fs::write(&guide, "# 二\n").expect("a file");
    fs::remove_file(site.path("a.md~")).expect("a file");
    site.until(&guide);
    assert_eq!(fs::read_to_string(&guide).expect("the guide is there"), "# 二\n");
    fs::remove_file(site.path(".a.md.swp")).expect("a file");
    assert!(site.is_quiet(), "swap files are nobody's concern");
}

#[test]
fn a_file_that_is_emptied_first_is_told_when_it_is_written() {
    let site = Site::new(false);
    let guide = site.path("a.md");
    let file = fs::File::create(&guide).expect("a file");
    // Longer than the settling of a handful of changes, as a busy editor may take.
    thread::sleep(Duration::from_millis(10));
    std::io::Write::write_all(&mut &file, "# 三\n".as_bytes()).expect("a file");
    drop(file);
    let (_, count) = site.until(&guide);
    assert_eq!(count, 1);
    assert_eq!(fs::read_to_string(&guide).expect("the guide is there"), "# 三\n");
}

#[test]
fn a_file_that_takes_another_ones_place_is_told() {
    let site = Site::new(false);
    let guide = site.path("a.md");
    fs::write(site.path("a.md.tmp"), "# 四\n").expect("a file");
    fs::rename(site.path("a.md.tmp"), &guide).expect("a file");
    site.until(&guide);
    fs::remove_file(&guide).expect("a file");
    site.until(&guide);
    assert!(!guide.exists());
}

#[test]
fn a_checkout_of_a_hundred_files_is_a_few_changes() {
    let site = Site::new(false);
    for n in 0..100 {
        let path = site.path(&format!("{n}.md"));
        fs::write(&path, "x").expect("a file");
    }
    let mut all = BTreeSet::new();
    let mut count = 0;
    while all.len() < 100 {
        let Changes::Paths(paths) = site.next() else { panic!("nothing was lost") };
        all.extend(paths);
        count += 1;
    }
    // One or two, but that whoever writes them may be kept waiting in between.
    assert!(count <= 10, "{count} changes");
}

#[test]
fn what_is_in_a_folder_that_is_moved_in_is_told_of() {
    let site = Site::new(false);
    let outside = site.root.join("elsewhere/b/c");
    fs::create_dir_all(&outside).expect("a folder");
    fs::write(outside.join("d.md"), "x").expect("a file");
    fs::rename(site.root.join("elsewhere/b"), site.path("b")).expect("a folder");
    site.until(&site.path("b"));
    let guide = site.path("b/c/d.md");
    fs::write(&guide, "y").expect("a file");
    site.until(&guide);
}

#[test]
fn folders_made_at_a_stroke_are_looked_at_twice() {
    let site = Site::new(false);
    let guide = site.path("x/y/z.md");
    fs::create_dir_all(site.path("x/y")).expect("a folder");
    fs::write(&guide, "x").expect("a file");
    // Its own event, or that of a folder around it, after it was written.
    let folder = site.path("x");
    site.until(&folder);
    let (paths, _) = site.until(&folder);
    assert!(paths.contains(&folder));
}

#[test]
fn what_is_published_or_noted_is_no_change() {
    let site = Site::new(false);
    for folder in ["public", ".shirube", "content/.git", "logs"] {
        fs::create_dir_all(site.root.join(folder)).expect("a folder");
        fs::write(site.root.join(folder).join("x.md"), "x").expect("a file");
    }
    assert!(site.is_quiet());
    fs::create_dir_all(site.root.join("themes/own")).expect("a folder");
    site.until(&site.root.join("themes"));
    fs::write(site.root.join("shirube.yaml"), "title: x\n").expect("a file");
    site.until(&site.root.join("shirube.yaml"));
}

#[test]
fn looking_in_intervals_finds_the_same() {
    let site = Site::new(true);
    fs::write(site.path("a.md"), "# 五\n").expect("a file");
    site.until(&site.path("a.md"));
    fs::rename(site.path("a.md"), site.path("b.md")).expect("a file");
    let (paths, _) = site.until(&site.path("b.md"));
    assert!(paths.contains(&site.path("a.md")));
    assert!(site.is_quiet());
    assert_eq!(site.watch.notices(), [], "it was asked for");
}
