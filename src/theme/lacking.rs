//! Tokens that a site's own sheet of tokens does not define although style sheets ask for
//! them: what is drawn with them is drawn without colour, space or font.

use std::collections::BTreeSet;

use super::assets::{highest, token_sheet};
use super::css::declarations;
use super::tokens::Tokens;
use super::{ThemeLayer, mentions};
use crate::diagnostic::{Diagnostic, code};

/// How many names are told.
const FEW: usize = 5;

/// The fault of a site's own sheet in the place of the built-in one, once for all that it
/// lacks; `tokens` are those of the sheet and of all that was laid over it.
pub(super) fn fault(layers: &[ThemeLayer<'_>], tokens: &Tokens) -> Option<Diagnostic> {
    let (sheet, _) = token_sheet(layers).filter(|(_, own)| *own)?;
    let (built_in, _) = token_sheet(layers.get(..1)?)?;
    let built_in = String::from_utf8_lossy(built_in.bytes);
    let names: BTreeSet<&str> =
        declarations(&built_in).into_iter().map(|declared| declared.name).collect();
    let lacking: Vec<&str> = names
        .into_iter()
        .filter(|name| !tokens.has(name) && is_asked_for(layers, name))
        .filter(|name| !mentions(&layers[1..], &format!("--{name}:")))
        .collect();
    let told = lacking.iter().take(FEW).copied().collect::<Vec<_>>().join("`, `");
    let message = match lacking.len() {
        0 => return None,
        1..=FEW => "`tokens.css` does not define `{names}`, which style sheets use",
        _ => "`tokens.css` does not define `{names}` and {others} more, which style sheets use",
    };
    let fault = Diagnostic::new(code::INVALID_TOKEN, sheet.file, message)
        .with("names", told)
        .with("others", lacking.len().saturating_sub(FEW));
    Some(fault.help("start from a copy of the theme's own: what is not defined has no value"))
}

/// Whether a style sheet that is in use asks for a token, and has nothing in its place.
fn is_asked_for(layers: &[ThemeLayer<'_>], name: &str) -> bool {
    let use_of = format!("var(--{name})");
    let files = highest(layers);
    let mut sheets = files.iter().filter(|(name, _)| name.ends_with(".css"));
    sheets.any(|(_, (_, file))| {
        std::str::from_utf8(file.bytes).is_ok_and(|text| text.contains(&use_of))
    })
}

#[cfg(test)]
mod tests {
    use crate::theme::tests::fixture::{lines, theme};

    fn told(sheet: &str) -> Vec<String> {
        lines(&theme(&[("assets/tokens.css", sheet)]).diagnostics, sheet)
    }

    #[test]
    fn a_sheet_of_tokens_that_lacks_some_is_told_once() {
        assert_eq!(
            told(":root {}"),
            [
                "invalid-token ‹(file)› `tokens.css` does not define `accent`, `accent-ink`, `code-comment`, `code-constant`, `code-function` and 24 more, which style sheets use [start from a copy of the theme's own: what is not defined has no value]"
            ]
        );
        let whole = include_str!("../../themes/default/assets/tokens.css");
        assert_eq!(told(whole), Vec::<String>::new());
        let lacking = whole.replace("--radius: 8px;", "");
        assert_eq!(
            told(&lacking),
            [
                "invalid-token ‹(file)› `tokens.css` does not define `radius`, which style sheets use [start from a copy of the theme's own: what is not defined has no value]"
            ]
        );
        assert_eq!(told(&lacking.replace(":root {", ":root {--radius:0;")), Vec::<String>::new());
    }
}
