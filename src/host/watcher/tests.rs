use super::*;

fn root_of(folder: &tempfile::TempDir) -> PathBuf {
    super::super::output::resolved(folder.path())
}

/// Waits in a thread, so that a change which is never told fails the test.
fn told(watch: &Arc<Watch>, wanted: impl Fn(&Changes) -> bool) -> Vec<Changes> {
    let (sender, changes) = std::sync::mpsc::channel();
    let mut all = Vec::new();
    loop {
        let (watch, sender) = (Arc::clone(watch), sender.clone());
        std::thread::spawn(move || sender.send(watch.wait()));
        let change = changes.recv_timeout(Duration::from_secs(20));
        let change = change.unwrap_or_else(|_| panic!("only {all:?} was told"));
        let change = change.expect("the watch goes on");
        let done = wanted(&change);
        all.push(change);
        if done {
            return all;
        }
    }
}

fn has(changes: &Changes, path: &Path) -> bool {
    match changes {
        Changes::Paths(paths) => paths.contains(path),
        Changes::Rescan => false,
    }
}

#[test]
fn folders_that_come_and_are_replaced_are_followed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = root_of(&folder);
    std::fs::create_dir_all(root.join("content/a")).expect("a folder");
    let sources = [root.join("content"), root.join("docs/static"), root.join("shirube.yaml")];
    let watch = Arc::new(watch(&root, &sources, &[], false));
    let names = || lock(&watch.places).watched();
    assert_eq!(names(), ["", "content"]);
    std::fs::create_dir_all(root.join("docs/static")).expect("a folder");
    told(&watch, |changes| has(changes, &root.join("docs/static")));
    assert_eq!(names(), ["", "content", "docs", "docs/static"]);
    let file = root.join("docs/static/x.txt");
    std::fs::write(&file, "x").expect("a file");
    told(&watch, |changes| has(changes, &file));
    std::fs::remove_dir_all(root.join("content")).expect("a folder");
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    told(&watch, |changes| has(changes, &root.join("content")));
    let file = root.join("content/新しい.md");
    std::fs::write(&file, "x").expect("a file");
    told(&watch, |changes| has(changes, &file));
    assert_eq!(watch.notices(), []);
}

#[test]
fn a_file_system_without_events_is_found_out_and_looked_at() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = root_of(&folder);
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    let watch = Arc::new(begin(&root, &[root.join("content")], &[], Way::Deaf));
    told(&watch, |changes| *changes == Changes::Rescan);
    assert_eq!(watch.notices(), [Notice::NoEvents]);
    assert_eq!(watch.notices(), []);
    let entries = std::fs::read_dir(&root).expect("a folder").count();
    assert_eq!(entries, 1, "the trial is gone");
    let file = root.join("content/a.md");
    std::fs::write(&file, "x").expect("a file");
    told(&watch, |changes| has(changes, &file));
}

#[test]
fn the_folder_of_the_site_may_go_and_come_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = root_of(&folder).join("site");
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    let watch = Arc::new(watch(&root, &[root.join("content")], &[], false));
    // The trial may be written just while the folder is emptied.
    while root.exists() {
        let _ = std::fs::remove_dir_all(&root);
    }
    told(&watch, |changes| *changes == Changes::Rescan);
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    told(&watch, |changes| *changes == Changes::Rescan);
    let file = root.join("content/a.md");
    std::fs::write(&file, "x").expect("a file");
    told(&watch, |changes| has(changes, &file));
}

#[test]
fn what_was_lost_and_refused_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = root_of(&folder);
    let watch = watch(&root, &[root.join("content")], &[], false);
    let lost = notify::Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
    watch.inbox.hear(Ok(lost));
    assert!(watch.poll());
    assert_eq!(watch.wait(), Some(Changes::Rescan));
    let full = || notify::Error::new(notify::ErrorKind::MaxFilesWatch).add_path(root.join("x"));
    watch.inbox.hear(Err(full()));
    watch.inbox.hear(Err(full()));
    assert_eq!(watch.wait(), Some(Changes::Rescan));
    let said = watch.notices();
    assert!(matches!(&said[..], [Notice::Refused(why)] if why.contains("limit")), "{said:?}");
    assert!(lock(&watch.inbox.notices).must_look);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_site_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let other = tempfile::tempdir().expect("a temporary folder");
    let root = root_of(&folder);
    for path in ["content/a", "shared/b"] {
        std::fs::create_dir_all(root.join(path)).expect("a folder");
    }
    let link = |to: &Path, from: &str| {
        std::os::unix::fs::symlink(to, root.join(from)).expect("a link");
    };
    link(&root.join("shared"), "content/linked");
    link(&root.join("content"), "content/a/loop");
    link(other.path(), "content/outside");
    let watch = Arc::new(watch(&root, &[root.join("content")], &[], false));
    // A wait gives the keeper its time.
    std::fs::write(root.join("content/x.md"), "x").expect("a file");
    told(&watch, |changes| has(changes, &root.join("content/x.md")));
    for _ in 0..1000 {
        if lock(&watch.places).watched().len() > 2 {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    // What lies in a source is watched there, whatever else leads to it.
    assert_eq!(lock(&watch.places).watched(), ["", "content", "content/linked"]);
    let file = root.join("content/linked/b/c.md");
    std::fs::write(root.join("shared/b/c.md"), "x").expect("a file");
    told(&watch, |changes| has(changes, &file));
}
