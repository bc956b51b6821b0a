use std::collections::BTreeSet;

use super::*;
use crate::config::{self, yaml::Source};
use crate::text::FileId;
use crate::theme::load;
use crate::theme::tests::fixture::{default_layer, layer, lines};

fn default_tokens() -> Tokens {
    let layer = default_layer();
    let sheet = layer.files.iter().find(|file| file.path == "assets/tokens.css");
    let sheet = sheet.expect("the theme has tokens").bytes;
    Tokens::of(std::str::from_utf8(sheet).expect("our sheets are UTF-8"), None)
}

fn faults(settings: &str) -> Vec<String> {
    let tokens = config::read(Some(Source::whole(FileId(0), settings))).value.tokens;
    lines(&load(&[default_layer()], &tokens).diagnostics, settings)
}

#[test]
fn the_built_in_theme_keeps_every_contrast_in_both_schemes() {
    let found = failures(&default_tokens());
    let told: Vec<String> = found
        .iter()
        .map(|failure| {
            let Failure { ink, scheme, ratio, least, .. } = failure;
            let ground = failure.ground.name(ink);
            format!("{ink} on {ground}, {}: {ratio:.2} and not {least}", scheme.name())
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// A colour that is in no row is one whose contrast nobody looks at.
#[test]
fn every_colour_of_the_built_in_theme_is_in_a_row() {
    let mut rows: BTreeSet<&str> = ORNAMENT.iter().copied().collect();
    for row in ROWS {
        for ink in row.inks {
            rows.insert(ink);
            rows.extend(row.grounds.iter().flat_map(|ground| ground.tokens(ink)));
        }
    }
    let tokens = default_tokens();
    let colours: BTreeSet<&str> = tokens.colours().collect();
    assert_eq!(colours.difference(&rows).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(rows.difference(&colours).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn a_colour_for_one_scheme_only_is_told_with_one_that_would_do() {
    assert_eq!(
        faults("theme: {tokens: {accent: \"#1f5f4a\"}}\n"),
        [
            "low-contrast ‹\"#1f5f4a\"› `accent` on 8 % of `tone-warn` over `paper` has a contrast of 2.06 : 1 in the dark scheme; it wants 4.5 : 1 [and so with 7 more pairs] [write a colour for each scheme: `accent: { light: \"#1f5f4a\", dark: \"#6d9789\" }`]"
        ]
    );
    assert_eq!(
        faults("theme: {tokens: {accent: {light: \"#1f5f4a\", dark: \"#8fd0b5\"}}}\n"),
        Vec::<String>::new()
    );
}

#[test]
fn paper_under_a_theme_s_ink_is_told_at_the_paper() {
    let text = "tokens:\n  paper: {light: \"#777\"}\n";
    let layers = [default_layer(), layer("ours", 1, &[("theme.yaml", text)])];
    let found = lines(&load(&layers, &[]).diagnostics, text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("low-contrast ‹\"#777\"› "), "{found:?}");
}

#[test]
fn a_theme_s_own_sheet_is_told_at_its_bytes() {
    let text = ":root { --ink: light-dark(#999, #eee); --paper: light-dark(#fff, #000); }";
    let layers = [default_layer(), layer("ours", 1, &[("assets/tokens.css", text)])];
    let found = lines(&load(&layers, &[]).diagnostics, text);
    assert!(
        found[0].starts_with("low-contrast ‹light-dark(#999, #eee)› `ink` on `paper`"),
        "{found:?}"
    );
}
