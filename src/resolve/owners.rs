//! Who owns which file of the published folder.
//!
//! Paths are compared as file systems that ignore letter case and Unicode form see them,
//! files against folders too, so that a site published from Windows or macOS is the same
//! site. Names that some system cannot have are told here, once for all kinds of file.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, code};
use crate::paths::UrlPath;

use super::address::reserved_name;
use super::site_map::folded;

/// The longest name of a file that every common file system takes, in bytes.
const LONGEST_NAME: usize = 255;

/// Who has which path.
#[derive(Debug, Default, Clone)]
pub struct Owners {
    files: BTreeMap<String, Owner>,
    folders: BTreeMap<String, Owner>,
}

/// What has a path, in words, and where that was written.
#[derive(Debug, Clone)]
struct Owner {
    place: Place,
    what: String,
}

impl Owners {
    /// Gives the address `url` to `what`, or says why it cannot have it.
    ///
    /// # Errors
    /// The fault, when another has the address or no system could store it.
    pub fn claim(&mut self, url: &UrlPath, place: Place, what: &str) -> Result<(), Diagnostic> {
        let output = url.output();
        if let Some(fault) = impossible(output.as_str(), place, url) {
            return Err(fault);
        }
        let key = folded(output.as_str());
        let around = key.match_indices('/').map(|(at, _)| &key[..at]);
        let taken = self.files.get(&key).or_else(|| self.folders.get(&key));
        let taken = taken.or_else(|| around.clone().find_map(|folder| self.files.get(folder)));
        if let Some(other) = taken {
            return Err(collision(url, place, what, other));
        }
        let owner = Owner { place, what: what.to_owned() };
        for folder in around {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), owner.clone());
            }
        }
        self.files.insert(key, owner);
        Ok(())
    }
}

fn collision(url: &UrlPath, place: Place, what: &str, other: &Owner) -> Diagnostic {
    let message = "{this} has the address `/{url}`, which is taken by {other}";
    let fault = Diagnostic::new(code::ADDRESS_COLLISION, place, message)
        .with("this", what)
        .with("url", url)
        .with("other", &other.what)
        .help("rename one of them, or give it another `slug`");
    match other.place {
        Place::Site => fault,
        Place::File(_) | Place::At(_) => fault.related(other.place, "the other one"),
    }
}

/// Why no file can have that path on some common system.
///
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
fn impossible(path: &str, place: Place, url: &UrlPath) -> Option<Diagnostic> {
    let fault = |message, name: &str| {
        Diagnostic::new(code::BAD_FILE_NAME, place, message)
            .with("name", name)
            .with("url", url)
            .help("give it another `slug` or name")
    };
    if let Some(name) = reserved_name(path) {
        let message = "Windows cannot have a folder or file named `{name}` (address `/{url}`)";
        return Some(fault(message, name));
    }
    let bad = |c: char| {
        c.is_control()
            || "\\<>:\"|?*".contains(c)
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    path.split('/').find_map(|part| {
        if part.len() > LONGEST_NAME {
            let message = "a part of the address `/{url}` is longer than 255 bytes";
            return Some(fault(message, part));
        }
        let message =
            "`{name}` has a character that names on Windows cannot have (address `/{url}`)";
        part.contains(bad).then(|| fault(message, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(urls: &[&str]) -> Vec<&'static str> {
        let mut owners = Owners::default();
        let claim = |url: &&str| {
            let url = UrlPath::new(url).expect("a good address");
            owners.claim(&url, Place::Site, "x").err().map(|fault| fault.code.name())
        };
        urls.iter().filter_map(claim).collect()
    }

    #[test]
    fn files_and_folders_are_told_apart_by_no_system() {
        let taken = ["address-collision"];
        assert!(check(&["a/", "b/", "a/x.png"]).is_empty());
        assert_eq!(check(&["a/", "A/"]), taken);
        assert_eq!(check(&["が/", "か\u{3099}/"]), taken);
        assert_eq!(check(&["a", "a/"]), taken, "a file where a folder must be");
        assert_eq!(check(&["a/", "a"]), taken, "a folder where a file must be");
    }

    #[test]
    fn names_that_cannot_be_stored_are_refused() {
        let bad = ["bad-file-name"];
        for url in ["con/", "a/aux.txt", "a?/", "a:b/", "a\nb/", "dot./"] {
            assert_eq!(check(&[url]), bad, "{url:?}");
        }
        assert_eq!(check(&[&format!("{}/", "あ".repeat(100))]), bad);
        assert!(check(&[&format!("{}/", "あ".repeat(80))]).is_empty());
    }
}
