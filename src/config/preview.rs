//! `preview`: how `shirube serve` works beside the writer. Nothing of it reaches a
//! published site.

use super::yaml::Fields;
use crate::diagnostic::{Diagnostic, code};

/// `preview`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Preview {
    /// `preview.editor`: the address that opens a place in an editor, with `{path}`, and
    /// `{line}` and `{column}` where it takes them.
    pub editor: Option<String>,
}

pub(super) fn preview(fields: &mut Fields<'_>) -> Preview {
    let Some(mut inner) = fields.fields("preview") else { return Preview::default() };
    let written = inner.text("editor");
    let editor = written.and_then(|written| {
        let good = editor(&written.value);
        if good.is_none() {
            let message = "`{key}`: `{pattern}` opens no file in an editor";
            let fault = Diagnostic::new(code::INVALID_VALUE, written.span, message);
            let fault = fault.with("key", "editor").with("pattern", &written.value);
            inner.report(fault.help("for example `editor: vscode://file/{path}:{line}:{column}`"));
        }
        good
    });
    fields.absorb(inner);
    Preview { editor }
}

/// The pattern of an editor's addresses; `None` when it has no scheme, one that could run a
/// script in the preview, or no `{path}`.
///
/// ```
/// use shirube::config::editor;
/// assert!(editor("vscode://file/{path}:{line}:{column}").is_some());
/// assert!(editor("javascript:alert('{path}')").is_none());
/// assert!(editor("code -g {path}").is_none());
/// ```
pub fn editor(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    let lower = scheme.to_ascii_lowercase();
    let named = lower.starts_with(|c: char| c.is_ascii_lowercase())
        && lower.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let runs = ["javascript", "vbscript", "data", "blob"].contains(&lower.as_str());
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\');
    let good = named && !runs && rest.contains("{path}") && !rest.contains(bad);
    good.then(|| text.to_owned())
}
