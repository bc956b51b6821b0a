//! What is wrong with the terms and variables of a guide.

use crate::diagnostic::{Diagnostic, code};
use crate::document::Origin;
use crate::messages::TermFault;
use crate::text::Span;

/// A term that was asked for wrongly at `origin`.
pub(super) fn term(origin: Origin, name: &str, fault: &TermFault) -> Diagnostic {
    let new = |code, message| Diagnostic::new(code, origin.span(), message).with("name", name);
    match fault {
        TermFault::Missing { nearest } => {
            new(code::UNKNOWN_TERM, "there is no term `-{name}`; it is shown as written")
                .nearest(nearest.as_deref())
                .help("write it into `terms.ftl` in the folder of its language in `locales/`")
        }
        TermFault::Unasked { name: argument, nearest } => {
            new(code::WRONG_TERM, "the term `-{name}` does not ask for `{argument}`")
                .with("argument", argument)
                .nearest(nearest.as_deref())
        }
        TermFault::Untold { name: argument, defined } => {
            new(code::WRONG_TERM, "the term `-{name}` wants to be told `{argument}`")
                .with("argument", argument)
                .related(*defined, "it is written here")
        }
        TermFault::Reference { target, defined } => {
            new(code::WRONG_TERM, "the term `-{name}` cannot be said in full: {target}")
                .with("target", target)
                .related(*defined, "it is written here")
        }
    }
}

/// A term's `.url` that no reader may follow.
pub(super) fn address(origin: Origin, name: &str, url: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_TERM, origin.span(), "`.url` of `-{name}` leads nowhere: `{url}`")
        .with("name", name)
        .with("url", url)
        .help("write `https://…`, `mailto:…` or a path from the site's root: `/vpn/`")
}

/// A variable that does not exist.
pub(super) fn variable(origin: Origin, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = "there is no variable `${name}`; it is shown as written";
    Diagnostic::new(code::UNKNOWN_VARIABLE, origin.span(), message)
        .with("name", name)
        .nearest(nearest)
        .help("give it a value under `variables:` in `shirube.yaml`")
}

/// A word that a term's `.avoid` names.
pub(super) fn avoided(place: Span, word: &str, name: &str, value: &str) -> Diagnostic {
    Diagnostic::new(code::AVOIDED_WORD, place, "`{word}` is not written here")
        .with("word", word)
        .with("term", format!("{{-{name}}}"))
        .with("value", value)
        .help("write `{term}`, which says `{value}`")
}
