use crate::config::yaml::Source;
use crate::config::{self, Config};
use crate::text::FileId;
use crate::theme::load;
use crate::theme::tests::fixture::{default_layer, layer, lines};

/// The sheet of tokens of a site with those settings, and the faults.
fn sheet(settings: &str) -> (String, Vec<String>) {
    let Config { tokens, .. } = config::read(Some(Source::whole(FileId(0), settings))).value;
    let checked = load(&[default_layer()], &tokens);
    let assets = checked.value.assets();
    let sheet = assets.iter().find(|(path, _)| path.as_str().contains("style."));
    let css = String::from_utf8_lossy(&sheet.expect("there are tokens").1).into_owned();
    let own = css.rfind("\n:root{").map(|at| &css[at + 1..]);
    let own = own.and_then(|own| own.split_inclusive('\n').next()).unwrap_or_default().to_owned();
    (own, lines(&checked.diagnostics, settings))
}

fn faults(settings: &str) -> Vec<String> {
    sheet(settings).1
}

#[test]
fn tokens_of_the_site_are_laid_over() {
    let (css, faults) = sheet(
        "theme:\n  tokens:\n    accent: \"light-dark(#1f5f4a, #8fd0b5)\"\n    --font: '\"游ゴシック\", serif'\n    radius: 0\n    ink: {dark: \"#fff\"}\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(
        css,
        ":root{--accent:light-dark(#1f5f4a, #8fd0b5);--font:\"游ゴシック\", serif;--ink:light-dark(#1a1e27, #fff);--radius:0;}\n"
    );
}

#[test]
fn tokens_cannot_leave_their_rule() {
    for value in ["red;} body{display:none", "rgb(0", "a/*", "url(x)\\"] {
        let (css, faults) = sheet(&format!("theme: {{tokens: {{ink: '{value}'}}}}\n"));
        assert_eq!(css, "", "{value}");
        assert_eq!(faults.len(), 1, "{value}: {faults:?}");
        assert!(faults[0].starts_with("invalid-token ‹'"), "{faults:?}");
    }
}

#[test]
fn unknown_tokens_are_told_at_their_names() {
    assert_eq!(
        faults("theme: {tokens: {acent: red}}\n"),
        [
            "invalid-token ‹acent› the theme has no token `acent` [did you mean `accent`?] [the tokens are those of the theme's `assets/tokens.css`, without `--`]"
        ]
    );
}

#[test]
fn values_have_the_type_of_the_token() {
    let told = |name: &str, value: &str| {
        let faults = faults(&format!("theme:\n  tokens:\n    {name}: {value}\n"));
        faults.join("; ").replace("invalid-token ", "")
    };
    assert_eq!(
        told("accent", "紺色"),
        "‹紺色› the token `accent` wants a colour, not `紺色` [for example `\"#1f5f4a\"` or `\"light-dark(#1f5f4a, #8fd0b5)\"`]"
    );
    assert!(told("accent", "1f5f4a").starts_with("‹1f5f4a› the token `accent` wants a colour"));
    assert!(told("accent", "var(--accent)").contains("wants a colour"), "a circle");
    assert_eq!(
        told("radius", "8"),
        "‹8› the token `radius` wants a length with its unit, not `8` [for example `8px` or `0.5rem`]"
    );
    assert!(told("font", "12px").contains("wants names of fonts, not `12px`"));
    assert_eq!(
        told("radius", "{light: 1px, dark: 2px}"),
        "‹1px› only colours differ by scheme, and the token `radius` is none [write one value for both]"
    );
    assert_eq!(told("tone-info", "var(--accent)"), "");
    assert!(told("tone-info", "var(--radius)").contains("wants a colour"));
}

#[test]
fn a_theme_brings_new_tokens_when_something_uses_them() {
    let text = "tokens:\n  brand: \"#7a1f1f\"\n  acent: \"#000\"\n  radius: rund\n";
    let files = [
        ("theme.yaml", text),
        ("assets/extra.css", ".x { color: var(--brand); }"),
        ("templates/404.html", "{{ asset(path=\"extra.css\") }}"),
    ];
    let site = "theme: {tokens: {brand: 4px}}\n";
    let tokens = config::read(Some(Source::whole(FileId(0), site))).value.tokens;
    let checked = load(&[default_layer(), layer("ours", 1, &files)], &tokens);
    let (theirs, own): (Vec<_>, Vec<_>) =
        checked.diagnostics.into_iter().partition(|fault| fault.place.file() == Some(FileId(0)));
    let own = lines(&own, text);
    assert!(own[0].starts_with("invalid-token ‹acent› the theme has no token `acent`"), "{own:?}");
    assert!(own[1].starts_with("invalid-token ‹rund› the token `radius` wants a length"));
    assert_eq!(own.len(), 2);
    let theirs = lines(&theirs, site);
    assert!(theirs[0].starts_with("invalid-token ‹4px› the token `brand` wants a colour"));
}
