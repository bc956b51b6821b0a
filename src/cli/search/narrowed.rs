//! What `--section` and `--tag` name, found among the names of the index.
//!
//! In: a name as people write it, and those of the index. Out: one of the index, or what is
//! wrong with it.

use super::{Failure, shown};
use crate::cli::words::Message;
use crate::diagnostic::nearest;
use crate::paths::decoded;

/// How many names are told where none is near.
const TOLD: usize = 10;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Section,
    Tag,
}

impl What {
    /// The message for a name that is near another.
    fn unknown(self) -> &'static str {
        match self {
            What::Section => "search-no-section",
            What::Tag => "search-no-tag",
        }
    }

    /// The message for a name where there is none at all.
    fn none(self) -> &'static str {
        match self {
            What::Section => "search-no-section-at-all",
            What::Tag => "search-no-tag-at-all",
        }
    }

    /// The message for a name where there are only others.
    fn others(self) -> &'static str {
        match self {
            What::Section => "search-no-section-of",
            What::Tag => "search-no-tag-of",
        }
    }

    /// A name of the index of `locale` as people write it.
    fn plain(self, name: &str, locale: &str) -> String {
        match self {
            What::Section => {
                let path = path(name);
                outside(&path, locale).unwrap_or(&path).to_owned()
            }
            What::Tag => name.to_owned(),
        }
    }
}

/// A path from the published root, decoded, without slashes at its ends.
fn path(text: &str) -> String {
    decoded(ends(text))
}

/// Without what a path may have at its ends: where links name files, so does the index.
fn ends(text: &str) -> &str {
    let text = text.trim().trim_matches('/');
    text.strip_suffix("/index.html").unwrap_or(text)
}

/// A path below the folder of `locale`.
fn outside<'a>(path: &'a str, locale: &str) -> Option<&'a str> {
    path.strip_prefix(locale)?.strip_prefix('/')
}

/// The path among `all` that a section is named by; those that need less changing go first.
fn section<'a>(written: &str, all: &'a [String], locale: &str) -> Option<&'a String> {
    let plain = [ends(written).to_owned(), path(written)];
    let whole = |one: &&String| plain.contains(&path(one));
    let below = |one: &&String| {
        outside(&path(one), locale).is_some_and(|one| plain.iter().any(|plain| plain == one))
    };
    // Nor need a locale without a folder of its own be left out.
    let above = |one: &&String| {
        plain.iter().any(|plain| outside(plain, locale) == Some(path(one).as_str()))
    };
    let found = all.iter().find(whole).or_else(|| all.iter().find(below));
    found.or_else(|| all.iter().find(above))
}

fn tag<'a>(written: &str, all: &'a [String]) -> Option<&'a String> {
    let written = written.trim();
    let folded = written.to_lowercase();
    let same = all.iter().find(|one| *one == written);
    same.or_else(|| all.iter().find(|one| one.to_lowercase() == folded))
}

/// The name among `all`, those of the index of `locale`, that `written` is.
pub(super) fn named(
    what: What,
    written: &str,
    all: &[String],
    locale: &str,
) -> Result<String, Failure> {
    let found = match what {
        What::Section => section(written, all, locale),
        What::Tag => tag(written, all),
    };
    found.cloned().ok_or_else(|| unknown(what, written, all, locale))
}

fn unknown(what: What, written: &str, all: &[String], locale: &str) -> Failure {
    let plain: Vec<String> = all.iter().map(|one| what.plain(one, locale)).collect();
    let wanted = what.plain(written, locale);
    let about = |id| Message::new(id).shown("locale", locale).with("name", shown(written));
    if let Some(near) = nearest(&wanted, plain.iter().map(String::as_str)) {
        return about(what.unknown()).near(Some(&shown(near))).into();
    }
    if plain.is_empty() {
        return about(what.none()).into();
    }
    let told: Vec<String> = plain.iter().take(TOLD).map(|one| shown(one)).collect();
    let more = if plain.len() > TOLD { ", …" } else { "" };
    about(what.others()).with("all", told.join(", ") + more).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::words::{Lang, Words};

    fn found(what: What, written: &str, all: &[&str], locale: &str) -> Result<String, String> {
        let all: Vec<String> = all.iter().map(|one| (*one).to_owned()).collect();
        named(what, written, &all, locale).map_err(|error| error.text(&Words::new(Lang::En)))
    }

    #[test]
    fn sections_are_named_as_people_write_them() {
        let all = ["en/network/", "en/network/%E7%A4%BE%E5%86%85/"];
        for written in ["network", "/network/", "network/", "en/network", "/en/network/"] {
            let found = found(What::Section, written, &all, "en");
            assert_eq!(found.as_deref(), Ok("en/network/"), "{written}");
        }
        for written in ["network/社内", "en/network/社内/", "network/%E7%A4%BE%E5%86%85"] {
            assert_eq!(found(What::Section, written, &all, "en").as_deref(), Ok(all[1]));
        }
        let portable = ["network/index.html"];
        assert_eq!(found(What::Section, "network/", &portable, "ja").as_deref(), Ok(portable[0]));
        let found = |written| found(What::Section, written, &["en/", "en/en/", "100%25/"], "en");
        assert_eq!(found("en").as_deref(), Ok("en/"));
        assert_eq!(found("en/en").as_deref(), Ok("en/en/"));
        assert_eq!(found("100%").as_deref(), Ok("100%25/"));
        assert_eq!(found("en/100%25").as_deref(), Ok("100%25/"));
    }

    #[test]
    fn tags_are_named_in_any_case() {
        let found = |written| found(What::Tag, written, &["VPN", "vpn", "Wi-Fi"], "ja");
        assert_eq!(found("vpn").as_deref(), Ok("vpn"));
        assert_eq!(found("Vpn").as_deref(), Ok("VPN"));
        assert_eq!(found("wi-fi").as_deref(), Ok("Wi-Fi"));
    }

    #[test]
    fn unknown_names_are_told_with_the_nearest() {
        let told = |what, written, all: &[&str]| found(what, written, all, "en").unwrap_err();
        assert_eq!(
            told(What::Section, "/en/netwrok", &["en/mail/", "en/network/"]),
            "the search index for `en` has no section `/en/netwrok`; did you mean `network`?"
        );
        assert_eq!(
            told(What::Tag, "printer", &["VPN", "mail"]),
            "the search index for `en` has no tag `printer` (it has VPN, mail)"
        );
        assert!(told(What::Tag, "x", &[]).ends_with("has no tag `x`; it has no tag at all"));
    }
}
