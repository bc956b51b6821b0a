//! Words that nobody asks for: a message whose name is misspelt, or whose template is gone.

use super::voice::OWN;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::messages::Messages;
use crate::text::FileId;
use crate::theme::Theme;

/// The messages of a site's own files that neither the theme nor rendering asks for.
///
/// Terms are words of guides too and so never among them. Where a template puts a name
/// together, every message that may be meant counts as asked for.
pub fn unasked_messages(
    theme: &Theme,
    messages: &Messages,
    is_own: &dyn Fn(FileId) -> bool,
) -> Vec<Diagnostic> {
    let own = messages.unreferenced().filter(|(_, span)| is_own(span.file));
    let asked = |id: &str| theme.may_ask_for(id) || OWN.iter().any(|(own, _)| *own == id);
    let unasked = own.filter(|(id, _)| !asked(id));
    let names = || theme.message_uses().iter().map(|asked| asked.id.as_str());
    unasked
        .map(|(id, span)| {
            Diagnostic::new(code::UNUSED_MESSAGE, span, "nothing asks for the message `{id}`")
                .with("id", id)
                .nearest(nearest(id, names()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Locale;
    use crate::messages::MessageSource;
    use crate::theme::tests::fixture;

    fn notes(template: &str, text: &str) -> Vec<String> {
        let theme = fixture::theme(&[("templates/tag.html", template)]).value;
        let locale = Locale::new("ja").unwrap();
        let source = MessageSource { file: FileId(7), locale: locale.clone(), layer: 1, text };
        let messages = Messages::new(&[source], &[locale]).value;
        fixture::lines(&unasked_messages(&theme, &messages, &|file| file == FileId(7)), text)
    }

    #[test]
    fn messages_that_nobody_asks_for_are_noted() {
        let text =
            "hello = やあ{ other }\nother = 。\nhelo = おい\ncallout-note = メモ\n-term = 語\n";
        assert_eq!(
            notes("{{ msg(id=\"hello\") }}", text),
            ["unused-message ‹helo› nothing asks for the message `helo` [did you mean `hello`?]"]
        );
    }

    #[test]
    fn where_a_name_is_put_together_nothing_is_said() {
        let text = "kind-a = a\nkind-b = b\nother = c\n";
        let noted = notes("{{ msg(id=\"kind-\" ~ page.kind) }}", text);
        assert_eq!(noted, ["unused-message ‹other› nothing asks for the message `other`"]);
        assert_eq!(notes("{{ msg(id=page.kind) }}", text), Vec::<String>::new());
    }

    #[test]
    fn the_built_in_theme_has_no_word_too_many() {
        let theme = fixture::theme(&[]).value;
        let messages = fixture::messages(&["ja", "en"]);
        assert_eq!(unasked_messages(&theme, &messages, &|_| true), []);
    }
}
