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

/// Every ground that the sheets mix is one of the rows.
#[test]
fn the_tints_of_the_sheets_are_those_of_the_rows() {
    let grounds = ROWS.iter().flat_map(|row| row.grounds);
    let known: BTreeSet<(&str, u8)> = grounds
        .filter_map(|ground| match ground {
            Ground::Plain(_) => None,
            Ground::Tint(tint, share, _) => Some((*tint, *share)),
            Ground::Own(share, _) => Some(("tone", *share)),
        })
        .collect();
    let layer = default_layer();
    let sheets = layer.files.iter().filter(|file| file.path.ends_with(".css"));
    let mut mixed = BTreeSet::new();
    for sheet in sheets {
        let text = std::str::from_utf8(sheet.bytes).expect("our sheets are UTF-8");
        for rule in text.split("background: color-mix(in srgb, var(--").skip(1) {
            let (name, rest) = rule.split_once(") ").expect("a token and its share");
            let (share, _) = rest.split_once('%').expect("a share");
            mixed.insert((name, share.parse::<u8>().expect("a number")));
        }
    }
    assert!(mixed.len() > 3, "the tints were found");
    assert_eq!(mixed.difference(&known).collect::<Vec<_>>(), Vec::<&(&str, u8)>::new());
}

#[test]
fn a_colour_for_one_scheme_only_is_told_with_one_that_would_do() {
    let told = faults("theme: {tokens: {accent: \"#1f5f4a\"}}\n");
    assert_eq!(told.len(), 1, "it does well in the light scheme: {told:?}");
    let start = "low-contrast ‹\"#1f5f4a\"› `accent` on ";
    assert!(told[0].starts_with(start), "{told:?}");
    assert!(told[0].contains(" : 1 in the dark scheme; it wants 4.5 : 1 [and so with "));
    let (_, example) = told[0].split_once("for example `").expect("an example");
    let (example, _) = example.split_once('`').expect("its end");
    assert!(example.starts_with("accent: { light: \"#1f5f4a\", dark: \"#"), "{example}");
    let better = format!("theme: {{tokens: {{{example}}}}}\n");
    assert_eq!(faults(&better), Vec::<String>::new(), "what is proposed does");
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
