//! Which changes matter: those of sources, and of folders that sources may appear in.

use std::path::{Path, PathBuf};

use crate::host::output::LITTER;

/// What changes must have to do with.
#[derive(Debug)]
pub(super) struct Concern {
    pub(super) root: PathBuf,
    /// Published folders and the program's own notes.
    pub(super) skip: Vec<PathBuf>,
    pub(super) sources: Vec<PathBuf>,
}

impl Concern {
    /// Whether a change lies in a source, or is of a folder around one. A log that is written
    /// beside the sources must not make builds that write into the log.
    pub(super) fn has(&self, path: &Path) -> bool {
        let related = |source: &PathBuf| path.starts_with(source) || source.starts_with(path);
        path != self.root && self.sources.iter().any(related) && !self.skips(path)
    }

    /// Whether a change is of no interest: in a published folder or one in the making, in
    /// a repository's own files, or in what editors keep beside the files that they edit.
    pub(super) fn skips(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        self.skip.iter().any(|skip| path.starts_with(skip))
            || below.components().any(|part| {
                let name = part.as_os_str().to_string_lossy();
                name == ".git" || name.contains(".shirube-") || LITTER.contains(&name.as_ref())
            })
            || below.file_name().is_some_and(|name| is_of_editor(&name.to_string_lossy()))
    }
}

/// Vim's swap files, Emacs' locks, and those of LibreOffice and Word.
fn is_of_editor(name: &str) -> bool {
    let hidden = name.starts_with('.');
    let swap = [".swp", ".swo", ".swn", ".swx", ".un~"];
    (hidden && swap.iter().any(|end| name.ends_with(end)))
        || name.starts_with(".#")
        || name.starts_with(".~lock.")
        || name.starts_with("~$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_the_folders_around_them_matter() {
        // In a folder that is hidden itself: names above the site do not count.
        let root = Path::new("/home/.git/site");
        let sources = ["content", "docs/static", "shirube.yaml"].map(|path| root.join(path));
        let skip = vec![root.join("content/public")];
        let concern = Concern { root: root.to_owned(), skip, sources: sources.to_vec() };
        let check = |path: &str| concern.has(&root.join(path));
        assert!(check("content/a/b.md") && check("docs") && check("shirube.yaml"));
        assert!(check("content/.gitkeep") && check("content/4913") && check("content/a.md~"));
        assert!(!check("serve.log") && !check("docs/other") && !check(""));
        assert!(!check("content/public/a.html") && !check("content/.git/index"));
        assert!(!check("content/.a.shirube-next/x") && !check("content/.DS_Store"));
        assert!(!check("content/.a.md.swp") && !check("content/~$手順.docx"));
    }
}
