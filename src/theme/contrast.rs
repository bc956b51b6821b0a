//! Which ink stands on which paper, and how much they must differ.
//!
//! The one place for it: the built-in theme is tested against these rows, and what a theme
//! or a site lays over it is warned about. Texts want 4.5 : 1 (WCAG 2.2, 1.4.3), signs such
//! as icons, lines of fields and the focus ring 3 : 1 (1.4.11).

use std::collections::BTreeMap;

use super::colour::{Colour, Scheme, Texts};
use super::tokens::Tokens;
use crate::diagnostic::{Diagnostic, code};
use crate::text::Span;

/// What an ink stands on.
#[derive(Debug, Clone, Copy)]
enum Ground {
    /// A token.
    Plain(&'static str),
    /// So many parts in a hundred of a token, over another.
    Tint(&'static str, u8, &'static str),
    /// So many parts in a hundred of the ink itself, over a token.
    Own(u8, &'static str),
}

/// Inks that stand on all of some grounds.
struct Row {
    inks: &'static [&'static str],
    grounds: &'static [Ground],
    least: f64,
}

/// The least contrast of texts.
const TEXT: f64 = 4.5;
/// The least contrast of signs.
const SIGN: f64 = 3.0;

const TONES: &[&str] = &["tone-info", "tone-tip", "tone-warn", "tone-danger", "tone-success"];
const PAPERS: &[Ground] = &[Ground::Plain("paper"), Ground::Plain("paper-raised")];

/// Callouts stand on eight parts of their tone.
const CALLOUTS: &[Ground] = &[
    Ground::Tint("tone-info", 8, "paper"),
    Ground::Tint("tone-tip", 8, "paper"),
    Ground::Tint("tone-warn", 8, "paper"),
    Ground::Tint("tone-danger", 8, "paper"),
    Ground::Tint("tone-success", 8, "paper"),
];

/// The head of the front page, tags, where one is in a list, results of the search.
const ACCENTED: &[Ground] =
    &[Ground::Tint("accent", 8, "paper"), Ground::Tint("accent", 9, "paper")];

/// Where a link led to.
const TARGETS: &[Ground] = &[Ground::Tint("hit", 45, "paper")];

/// Lines of code that are marked, added or removed.
const LINES: &[Ground] = &[
    Ground::Tint("accent", 10, "paper-raised"),
    Ground::Tint("tone-success", 10, "paper-raised"),
    Ground::Tint("tone-danger", 10, "paper-raised"),
];

const CODE: &[&str] = &[
    "code-comment",
    "code-string",
    "code-number",
    "code-constant",
    "code-word",
    "code-function",
    "code-type",
    "code-variable",
];

const ROWS: &[Row] = &[
    Row { inks: &["ink", "ink-soft", "accent"], grounds: PAPERS, least: TEXT },
    Row { inks: &["ink", "accent"], grounds: CALLOUTS, least: TEXT },
    Row { inks: &["ink", "ink-soft", "accent"], grounds: ACCENTED, least: TEXT },
    Row { inks: &["ink"], grounds: &[Ground::Plain("hit")], least: TEXT },
    Row { inks: &["ink", "ink-soft", "accent"], grounds: TARGETS, least: TEXT },
    Row { inks: &["ink"], grounds: LINES, least: TEXT },
    Row { inks: TONES, grounds: PAPERS, least: TEXT },
    Row { inks: TONES, grounds: &[Ground::Own(8, "paper")], least: TEXT },
    Row { inks: CODE, grounds: PAPERS, least: TEXT },
    Row { inks: CODE, grounds: LINES, least: TEXT },
    Row { inks: &["accent-ink"], grounds: &[Ground::Plain("accent")], least: TEXT },
    Row { inks: &["line-strong"], grounds: PAPERS, least: SIGN },
];

/// Colours that nobody has to see: lines and shadows of things that stand apart anyway.
#[cfg(test)]
const ORNAMENT: &[&str] = &["line", "shadow"];

/// An ink that does not stand out.
#[derive(Debug, Clone)]
struct Failure {
    ink: &'static str,
    ground: Ground,
    scheme: Scheme,
    ratio: f64,
    least: f64,
    /// The override that is at fault.
    place: Option<Span>,
}

/// The overrides that keep something from being read: the worst pair of each, by scheme.
pub(super) fn faults(tokens: &Tokens) -> Vec<Diagnostic> {
    let mut worst: BTreeMap<(Span, Scheme), (Failure, usize)> = BTreeMap::new();
    for failure in failures(tokens) {
        let Some(place) = failure.place else { continue };
        let (kept, count) =
            worst.entry((place, failure.scheme)).or_insert_with(|| (failure.clone(), 0));
        *count += 1;
        if failure.ratio / failure.least < kept.ratio / kept.least {
            *kept = failure;
        }
    }
    worst
        .into_iter()
        .map(|((place, _), (failure, count))| told(tokens, place, &failure, count))
        .collect()
}

fn told(tokens: &Tokens, place: Span, failure: &Failure, count: usize) -> Diagnostic {
    let message = "`{ink}` on {ground} has a contrast of {ratio} : 1 in the {scheme} scheme; it wants {least} : 1";
    let fault = Diagnostic::new(code::LOW_CONTRAST, place, message)
        .with("ink", failure.ink)
        .with("ground", failure.ground.name(failure.ink))
        // Cut, not rounded: 4.499 is not 4.5.
        .with("ratio", format!("{:.2}", (failure.ratio * 100.0).floor() / 100.0))
        .with("scheme", failure.scheme.name())
        .with("least", failure.least);
    let fault = match count {
        1 => fault,
        _ => fault.with("others", count - 1).help("and so with {others} more pairs"),
    };
    match example(tokens, place, failure) {
        Some(example) => fault.with("example", example).help("for example `{example}`"),
        None => fault.help("write a colour for each scheme: `light` and `dark`"),
    }
}

/// The overridden token with a colour that would do in the scheme that fails.
fn example(tokens: &Tokens, place: Span, failure: &Failure) -> Option<String> {
    let scheme = failure.scheme;
    let tried = [failure.ink].into_iter().chain(failure.ground.tokens(failure.ink));
    let name = tried.into_iter().find(|name| tokens.place(name, scheme) == Some(place))?;
    let better = better(tokens, name, place, scheme)?;
    let mut texts = Scheme::ALL.map(|scheme| tokens.text(name, scheme).unwrap_or_default());
    texts[scheme as usize] = &better;
    Some(format!("{name}: {{ light: \"{}\", dark: \"{}\" }}", texts[0], texts[1]))
}

/// The nearest lighter or darker colour with which nothing is wrong.
fn better(tokens: &Tokens, name: &str, place: Span, scheme: Scheme) -> Option<String> {
    let own = tokens.colour(name, scheme)?;
    let steps = (1..20u8).map(|step| f64::from(step) / 20.0);
    let tried =
        steps.flat_map(|share| [Colour::WHITE, Colour::BLACK].map(|end| end.mixed(share, own)));
    tried.map(Colour::hex).find(|hex| {
        let with = tokens.with(name, scheme, hex.clone());
        let at_fault = |failure: &Failure| failure.place == Some(place) && failure.scheme == scheme;
        !failures(&with).iter().any(at_fault)
    })
}

fn failures(tokens: &Tokens) -> Vec<Failure> {
    let mut found = Vec::new();
    for row in ROWS {
        for ink in row.inks {
            for ground in row.grounds {
                found.extend(
                    Scheme::ALL
                        .iter()
                        .filter_map(|scheme| failure(tokens, ink, *ground, *scheme, row.least)),
                );
            }
        }
    }
    found
}

/// A pair that is no pair in this theme, since it has no such token, is none.
fn failure(
    tokens: &Tokens,
    ink: &'static str,
    ground: Ground,
    scheme: Scheme,
    least: f64,
) -> Option<Failure> {
    let under = ground.colour(tokens, ink, scheme)?;
    let ratio = tokens.colour(ink, scheme)?.over(under).contrast(under);
    let places = [ink].into_iter().chain(ground.tokens(ink));
    let place = places.into_iter().find_map(|name| tokens.place(name, scheme));
    (ratio < least).then_some(Failure { ink, ground, scheme, ratio, least, place })
}

impl Ground {
    fn colour(self, tokens: &Tokens, ink: &str, scheme: Scheme) -> Option<Colour> {
        let colour = |name| tokens.colour(name, scheme);
        let found = match self {
            Ground::Plain(name) => colour(name)?,
            Ground::Tint(tint, share, over) => {
                colour(tint)?.mixed(f64::from(share) / 100.0, colour(over)?)
            }
            Ground::Own(share, over) => colour(ink)?.mixed(f64::from(share) / 100.0, colour(over)?),
        };
        // What shows through is the page.
        Some(found.over(tokens.colour("paper", scheme).unwrap_or(found)))
    }

    /// The tokens that it is made of.
    fn tokens(self, ink: &'static str) -> Vec<&'static str> {
        match self {
            Ground::Plain(name) => vec![name],
            Ground::Tint(tint, _, over) => vec![tint, over],
            Ground::Own(_, over) => vec![ink, over],
        }
    }

    fn name(self, ink: &str) -> String {
        match self {
            Ground::Plain(name) => format!("`{name}`"),
            Ground::Tint(tint, share, over) => format!("{share} % of `{tint}` over `{over}`"),
            Ground::Own(share, over) => format!("{share} % of `{ink}` over `{over}`"),
        }
    }
}

#[cfg(test)]
mod tests;
