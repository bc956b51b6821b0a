//! Faults of templates, told once each and with a page on which they show.
//!
//! A template draws many pages, and what is wrong with it is wrong on all of them: two
//! thousand guides would say the same two thousand times.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place, code};
use crate::paths::UrlPath;
use crate::text::FileId;

/// The faults that belong to templates and not to the page that came by.
const OF_TEMPLATES: [Code; 3] =
    [code::TEMPLATE_ERROR, code::MISSING_MESSAGE, code::MESSAGE_ARGUMENT];

/// A page that was drawn, as its writer knows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) url: &'a UrlPath,
    /// The file of its guide; `None` for pages that list guides, or stand for none.
    pub(super) guide: Option<FileId>,
}

/// The faults of a page, those of templates with its name.
pub(super) fn named(faults: Vec<Diagnostic>, page: Drawn<'_>) -> Vec<Diagnostic> {
    let name = |fault: Diagnostic| {
        let own = fault.place.file().is_some() && fault.place.file() == page.guide;
        if own || !OF_TEMPLATES.contains(&fault.code) {
            return fault;
        }
        let fault = fault.with(PAGE, page.url.output());
        match page.guide {
            Some(file) => fault.related(file, "noticed while the page of this guide was drawn"),
            None => fault.help("noticed while the page `{page}` was drawn"),
        }
    };
    faults.into_iter().map(name).collect()
}

/// The argument that holds the page on which a fault was noticed.
const PAGE: &str = "page";

/// Of the faults of templates at one place the first, which says on how many pages more
/// the same is wrong.
pub(super) fn once(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(faults.len());
    let mut seen: BTreeMap<Identity, (usize, BTreeSet<String>)> = BTreeMap::new();
    for fault in faults {
        if !OF_TEMPLATES.contains(&fault.code) {
            kept.push(fault);
            continue;
        }
        let page = fault.arguments.iter().find(|(name, _)| *name == PAGE);
        let page = page.map(|(_, page)| page.clone());
        let (_, pages) = seen.entry(identity(&fault)).or_insert_with(|| {
            kept.push(fault);
            (kept.len() - 1, BTreeSet::new())
        });
        pages.extend(page);
    }
    for (at, pages) in seen.into_values().filter(|(_, pages)| pages.len() > 1) {
        let fault = kept[at].clone().with("more", pages.len() - 1);
        kept[at] = match pages.len() {
            2 => fault.help("the same is wrong on one more page"),
            _ => fault.help("the same is wrong on {more} more pages"),
        };
    }
    kept
}

/// What makes two faults one.
type Identity = (&'static str, Place, Option<String>);

/// At one place of a template there is one fault, whatever value a page gave it; without a
/// place, and of words, which are asked for in several languages, the text tells.
fn identity(fault: &Diagnostic) -> Identity {
    let by_place = fault.code == code::TEMPLATE_ERROR && matches!(fault.place, Place::At(_));
    (fault.code.name(), fault.place, (!by_place).then(|| fault.text()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn fault(code: Code, at: usize, text: &str) -> Diagnostic {
        Diagnostic::new(code, Span::new(FileId(9), at..at + 1), "{text}").with("text", text)
    }

    #[test]
    fn a_fault_of_a_template_is_told_once_with_its_first_page() {
        let [a, b, tags] = ["a/", "b/", "tags/"].map(|url| UrlPath::new(url).unwrap());
        let of_page = |url, guide| {
            let fault = || fault(code::TEMPLATE_ERROR, 1, "語");
            named(vec![fault(), fault()], Drawn { url, guide })
        };
        let mut faults = of_page(&a, Some(FileId(1)));
        faults.extend(of_page(&b, Some(FileId(2))));
        faults.extend(of_page(&tags, None));
        faults.push(fault(code::TEMPLATE_ERROR, 2, "別"));
        let told = once(faults);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].related[0].place, Place::File(FileId(1)));
        assert_eq!(told[0].help_texts(), ["the same is wrong on 2 more pages"]);
        let told = once(of_page(&tags, None));
        assert_eq!(told[0].help_texts(), ["noticed while the page `tags/index.html` was drawn"]);
    }

    #[test]
    fn faults_of_guides_are_told_each() {
        let link = || fault(code::BROKEN_LINK, 1, "x");
        let url = UrlPath::new("a/").unwrap();
        let faults = named(vec![link(), link()], Drawn { url: &url, guide: Some(FileId(9)) });
        assert_eq!(faults, [link(), link()]);
        assert_eq!(once(faults).len(), 2);
    }
}
