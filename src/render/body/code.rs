//! Code blocks: their colours, marked lines and numbers.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, code};
use crate::document::Code;
use crate::highlight::{self, highlight};
use crate::render::body::Body;
use crate::render::escape::push_text;

impl<'a> Body<'a> {
    pub(super) fn code(&mut self, code: &'a Code) {
        let language = code.language.as_ref().map_or("", |language| language.value.as_str());
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        let shown = match self.view.options.plain_code {
            true => highlight::plain(text),
            false => highlight(language, text),
        };
        if let (false, Some(written)) = (shown.known, &code.language) {
            let fault = Diagnostic::new(
                code::UNKNOWN_LANGUAGE,
                written.span,
                "the language `{language}` is not known; the code is shown plain",
            )
            .with("language", language);
            self.diagnostics.push(match shown.nearest.first() {
                Some(_) => fault
                    .with("nearest", shown.nearest.join("`, `"))
                    .help("did you mean `{nearest}`?"),
                None => fault.help("write `text` where no language is meant"),
            });
        }
        self.out.push_str("<figure class=\"code\"");
        if !language.is_empty() {
            self.attribute("data-language", language);
        }
        self.out.push('>');
        if let Some(title) = &code.title {
            self.out.push_str("<figcaption>");
            push_text(&mut self.out, title);
            self.out.push_str("</figcaption>");
        }
        let label = self.voice.say("code-block", &[]);
        self.out.push_str("<pre tabindex=\"0\" role=\"group\"");
        self.attribute("aria-label", code.title.as_deref().unwrap_or(&label));
        self.out.push_str("><code>");
        if wants_lines(code) {
            self.lines(code, &shown.html);
        } else {
            self.out.push_str(&shown.html);
        }
        self.out.push_str("</code></pre></figure>\n");
    }

    fn lines(&mut self, code: &Code, html: &str) {
        let marked: BTreeSet<u32> = code.marked.iter().copied().collect();
        for (number, line) in (1u32..).zip(html.split('\n')) {
            if number > 1 {
                self.out.push('\n');
            }
            self.out.push_str("<span class=\"line");
            for (class, lines) in [(" added", &code.added), (" removed", &code.removed)] {
                if lines.contains(&number) {
                    self.out.push_str(class);
                }
            }
            if marked.contains(&number) {
                self.out.push_str(" marked");
            }
            self.out.push('"');
            if let Some(first) = code.first_number {
                let shown = first.saturating_add(number - 1).to_string();
                self.attribute("data-number", &shown);
            }
            self.out.push('>');
            self.out.push_str(line);
            self.out.push_str("</span>");
        }
    }
}

fn wants_lines(code: &Code) -> bool {
    code.first_number.is_some()
        || !(code.marked.is_empty() && code.added.is_empty() && code.removed.is_empty())
}
