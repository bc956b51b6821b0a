//! A folder that was listed, brought up to date from the paths that are said to have
//! changed.
//!
//! A path is a hint: what is there now is looked at, and read again. A folder that is named
//! is walked, so that one that was moved in brings its files. Costs what the change costs,
//! however large the site.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::{
    CONFIG, Folders, Listed, Stamp, contents, is_below, is_hidden_path, settings_in, walk,
};
use crate::host::Error;
use crate::input::{Contents, ReadFault};
use crate::paths::SitePath;

/// A file that was changed so shortly before it was looked at may have been changed again
/// with the same times.
const RECENT: Duration = Duration::from_secs(3);

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which.
    pub path: SitePath,
    /// What it holds now; `None` when it is gone.
    pub contents: Option<Contents>,
}

/// The files of a site as they were last seen.
#[derive(Debug)]
pub struct Followed {
    site: PathBuf,
    root: PathBuf,
    all: Vec<String>,
    content: String,
    statics: Vec<String>,
    skip: PathBuf,
    seen: BTreeMap<SitePath, Seen>,
    /// Whether a file of the site has been met under another of its paths: then whichever
    /// is named, all may have changed.
    linked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    stamp: Option<Stamp>,
    fault: Option<ReadFault>,
    /// Whether its times may yet hide a change.
    recent: bool,
}

impl Followed {
    /// Follows the files of `site` that were `listed` with these folders.
    ///
    /// # Errors
    /// When the site's folder cannot be found on the disk.
    pub fn new(
        site: &Path,
        folders: Folders<'_>,
        skip: &Path,
        listed: &[Listed],
    ) -> Result<Self, Error> {
        let root = site.canonicalize().map_err(Error::on("read", site))?;
        let mut followed = Self {
            site: site.to_owned(),
            root,
            all: Vec::new(),
            content: String::new(),
            statics: Vec::new(),
            skip: skip.to_owned(),
            seen: listed.iter().map(|file| (file.path.clone(), Seen::of(file))).collect(),
            linked: has_links(listed),
        };
        followed.look_into(folders, skip);
        Ok(followed)
    }

    /// Follows other folders from now on; [`Followed::rescan`] sees what is in them.
    pub fn look_into(&mut self, folders: Folders<'_>, skip: &Path) {
        self.all = folders.all.iter().map(|folder| (*folder).to_owned()).collect();
        folders.content.clone_into(&mut self.content);
        self.statics = folders.statics.to_vec();
        skip.clone_into(&mut self.skip);
    }

    /// Whether a file was there when it was last looked at.
    pub fn knows(&self, path: &SitePath) -> bool {
        self.seen.contains_key(path)
    }

    /// What became of the files at and below `paths`. An empty list where that is nothing.
    pub fn changed(&mut self, paths: &BTreeSet<PathBuf>) -> Vec<Change> {
        let mut before = BTreeSet::new();
        let mut now: BTreeMap<SitePath, Listed> = BTreeMap::new();
        let mut named = BTreeSet::new();
        let mut paths = paths.clone();
        self.linked |= paths.iter().any(|path| self.is_linked(path));
        if self.linked {
            paths.insert(self.root.clone());
        }
        for path in &paths {
            let Ok(below) = path.strip_prefix(&self.root) else { continue };
            let (at, _) = super::site_path(below);
            before.extend(self.seen_below(&at));
            now.extend(self.found_at(path, below).into_iter().map(|f| (f.path.clone(), f)));
            named.insert(at);
        }
        self.settled(before, now, |path| named.contains(path))
    }

    /// Whether a path leads to a place of the site by a link.
    fn is_linked(&self, path: &Path) -> bool {
        let real = path.canonicalize();
        real.is_ok_and(|real| real != path && real.starts_with(&self.root))
    }

    /// Looks at everything again.
    ///
    /// # Errors
    /// When the site's folder cannot be found on the disk.
    pub fn rescan(&mut self) -> Result<Vec<Change>, Error> {
        self.root = self.site.canonicalize().map_err(Error::on("read", &self.site))?;
        let all: Vec<&str> = self.all.iter().map(String::as_str).collect();
        let folders = Folders { all: &all, content: &self.content, statics: &self.statics };
        let listed = super::list_with(&self.root, folders, &self.skip)?;
        let before = self.seen.keys().cloned().collect();
        let now = listed.into_iter().map(|file| (file.path.clone(), file)).collect();
        Ok(self.settled(before, now, |_| false))
    }

    /// The files at and below a path that are known.
    fn seen_below(&self, at: &SitePath) -> Vec<SitePath> {
        if at.as_str().is_empty() {
            return self.seen.keys().cloned().collect();
        }
        let from = (Bound::Included(at.clone()), Bound::Unbounded);
        let begins = |path: &SitePath| path.as_str().starts_with(at.as_str());
        let range = self.seen.range(from).map(|(path, _)| path).take_while(|path| begins(path));
        range.filter(|path| *path == at || path.below(at.as_str()).is_some()).cloned().collect()
    }

    /// The files of the site that are now at and below a path.
    fn found_at(&self, path: &Path, below: &Path) -> Vec<Listed> {
        let all: Vec<&str> = self.all.iter().map(String::as_str).collect();
        let folders = Folders { all: &all, content: &self.content, statics: &self.statics };
        let mut found = Vec::new();
        let text = super::site_path(below).0;
        if text.as_str().is_empty() || text.as_str() == CONFIG {
            found.extend(settings_in(&self.root));
        }
        let inside = self.all.iter().any(|folder| is_below(text.as_str(), folder));
        if inside && !is_apart(below, folders) && !path.starts_with(&self.skip) {
            walk(&self.root, path, folders, &self.skip, &mut found);
        }
        for folder in self.all.iter().filter(|f| !inside && is_below(f, text.as_str())) {
            walk(&self.root, &self.root.join(folder), folders, &self.skip, &mut found);
        }
        found
    }

    /// Takes in what is there now of the files that were there `before`; those that are
    /// `named` are read whatever their times say.
    fn settled(
        &mut self,
        before: BTreeSet<SitePath>,
        now: BTreeMap<SitePath, Listed>,
        named: impl Fn(&SitePath) -> bool,
    ) -> Vec<Change> {
        let gone: Vec<SitePath> =
            before.into_iter().filter(|path| !now.contains_key(path)).collect();
        let is_new = |file: &Listed| {
            let known = self.seen.get(&file.path);
            named(&file.path) || known.is_none_or(|seen| seen.recent || !seen.is_of(file))
        };
        let new: Vec<Listed> = now.into_values().filter(is_new).collect();
        let mut changes: Vec<Change> = new
            .par_iter()
            .map(|file| Change { path: file.path.clone(), contents: Some(contents(file)) })
            .collect();
        for file in new {
            self.seen.insert(file.path.clone(), Seen::of(&file));
        }
        for path in gone {
            self.seen.remove(&path);
            changes.push(Change { path, contents: None });
        }
        changes
    }
}

impl Seen {
    fn of(file: &Listed) -> Self {
        let modified = file.stamp.map_or(0, |stamp| stamp.modified.max(stamp.changed));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.map_or(0, |now| i128::try_from(now.as_nanos()).unwrap_or(0));
        let recent = now - modified < i128::try_from(RECENT.as_nanos()).unwrap_or(0);
        Self { stamp: file.stamp, fault: file.fault.clone(), recent }
    }

    fn is_of(&self, file: &Listed) -> bool {
        self.stamp.is_some() && self.stamp == file.stamp && self.fault == file.fault
    }
}

/// Whether files lie in folders that are links.
fn has_links(listed: &[Listed]) -> bool {
    let folders = listed.iter().filter_map(|file| file.on_disk.parent());
    let folders: BTreeSet<&Path> = folders.collect();
    folders.into_iter().any(Path::is_symlink)
}

/// Whether a path, or a folder around it, is no part of a site by its name.
fn is_apart(below: &Path, folders: Folders<'_>) -> bool {
    let mut path = PathBuf::new();
    let mut parts = below.components().filter(|part| matches!(part, Component::Normal(_)));
    parts.any(|part| {
        path.push(part);
        is_hidden_path(&path, folders)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::tree;
    use std::fs;

    struct Folder {
        folder: tempfile::TempDir,
        followed: Followed,
    }

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let write = |(path, text): &(&str, &str)| put(folder.path(), path, text);
            files.iter().for_each(write);
            let folders = FOLDERS;
            let skip = folder.path().join("public");
            let listed = tree::list_with(folder.path(), folders, &skip).expect("a list");
            let followed = Followed::new(folder.path(), folders, &skip, &listed).expect("a site");
            Self { folder, followed }
        }

        fn changed(&mut self, paths: &[&str]) -> Vec<String> {
            let root = self.followed.root.clone();
            let paths = paths.iter().map(|path| root.join(path)).collect();
            told(self.followed.changed(&paths))
        }
    }

    const FOLDERS: Folders<'static> =
        Folders { all: &["content", "static", "themes"], content: "content", statics: &[] };

    fn put(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn told(changes: Vec<Change>) -> Vec<String> {
        let tell = |change: Change| match change.contents {
            Some(Contents::Text(text)) => format!("{}={text}", change.path),
            Some(_) => format!("{}=?", change.path),
            None => format!("{} is gone", change.path),
        };
        let mut told: Vec<String> = changes.into_iter().map(tell).collect();
        told.sort();
        told
    }

    #[test]
    fn what_is_named_is_read_and_nothing_else() {
        let mut site = Folder::new(&[
            ("content/手順.md", "一"),
            ("content/b/c.md", "c"),
            ("shirube.yaml", ""),
        ]);
        let root = site.folder.path().to_owned();
        put(&root, "content/手順.md", "二");
        put(&root, "content/b/c.md", "d");
        assert_eq!(site.changed(&["content/手順.md"]), ["content/手順.md=二"]);
        assert_eq!(site.changed(&["content/none.md", "elsewhere/x.md"]), [""; 0]);
        assert_eq!(site.changed(&["content/b"]), ["content/b/c.md=d"]);
        put(&root, "shirube.yaml", "title: x");
        assert_eq!(site.changed(&["shirube.yaml"]), ["shirube.yaml=title: x"]);
    }

    #[test]
    fn folders_come_and_go_with_their_files() {
        let mut site = Folder::new(&[("content/a.md", "a"), ("content/ab/x.md", "x")]);
        let root = site.folder.path().to_owned();
        put(&root, "content/n/m/y.md", "y");
        put(&root, "content/n/.y.md.swp", "swap");
        put(&root, "content/.git/z.md", "z");
        assert_eq!(site.changed(&["content/n", "content/.git/z.md"]), ["content/n/m/y.md=y"]);
        fs::rename(root.join("content/ab"), root.join("content/ac")).expect("a rename");
        let told = site.changed(&["content/ab", "content/ac"]);
        assert_eq!(told, ["content/ab/x.md is gone", "content/ac/x.md=x"]);
        fs::remove_dir_all(root.join("content")).expect("it is removed");
        let told = site.changed(&["content"]);
        assert_eq!(
            told,
            ["content/a.md is gone", "content/ac/x.md is gone", "content/n/m/y.md is gone"]
        );
        put(&root, "content/a.md", "new");
        assert_eq!(site.changed(&[""]), ["content/a.md=new"]);
    }

    #[test]
    fn a_rescan_sees_what_no_event_told() {
        let mut site = Folder::new(&[("content/a.md", "a"), ("content/b.md", "b")]);
        let root = site.folder.path().to_owned();
        put(&root, "content/a.md", "A");
        fs::remove_file(root.join("content/b.md")).expect("it is removed");
        put(&root, "public/a.md", "published");
        let told = told(site.followed.rescan().expect("the folder is there"));
        assert_eq!(told, ["content/a.md=A", "content/b.md is gone"]);
    }
}
