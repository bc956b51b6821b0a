//! What the theme draws: callouts, components, screenshots.

use crate::document::{Block, Callout, Directive, Fold, Image, Origin, STEPS};
use crate::render::body::Body;
use crate::render::escape::push_text;
use crate::render::phrase::phrased;
use crate::theme::{Argument, Call, ComponentKind, Html};

impl<'a> Body<'a> {
    pub(super) fn callout(&mut self, origin: Origin, callout: &'a Callout) {
        let Some(row) = self.view.theme.callout(&callout.kind) else {
            self.open("blockquote", origin);
            self.out.push('>');
            self.blocks(&callout.body);
            self.out.push_str("</blockquote>\n");
            return;
        };
        let label = self.voice.say(&row.message, &[]);
        let title = match &callout.title {
            Some(title) => {
                let title = Html(self.captured(|body| body.inlines(title, None)));
                phrased(title, origin.lang, self.view.options).0
            }
            None => {
                let mut title = String::new();
                push_text(&mut title, &label);
                title
            }
        };
        let inner = self.captured(|body| {
            body.lang = origin.lang;
            body.blocks(&callout.body);
        });
        let lang = (origin.lang != self.lang).then(|| self.tag(origin.lang).to_owned());
        let arguments = vec![
            ("kind", Argument::Text(callout.kind.clone())),
            ("tone", Argument::Text(row.tone.clone())),
            ("icon", Argument::Text(row.icon.clone())),
            ("label", Argument::Text(label.to_string())),
            ("title", Argument::Html(Html(title))),
            ("own_title", Argument::Flag(callout.title.is_some())),
            ("foldable", Argument::Flag(callout.fold != Fold::None)),
            ("open", Argument::Flag(callout.fold == Fold::Open)),
            ("lang", Argument::Text(lang.unwrap_or_default())),
        ];
        self.furniture("callout", arguments, Some(&inner));
    }

    pub(super) fn directive(&mut self, origin: Origin, directive: &'a Directive<Vec<Block>>) {
        let label = directive.label.as_ref().map(|label| {
            self.last = None;
            Html(self.captured(|body| body.inlines(label, None)))
        });
        let inner = self.captured(|body| {
            body.lang = origin.lang;
            let in_steps = body.in_steps || directive.name == STEPS;
            let outer = std::mem::replace(&mut body.in_steps, in_steps);
            body.blocks(&directive.body);
            body.in_steps = outer;
        });
        let foreign = origin.lang != self.lang;
        if foreign {
            self.open("div", origin);
            self.out.push('>');
        }
        let shown_label = label.clone();
        let call = Call {
            name: &directive.name,
            name_span: directive.name_span,
            kind: ComponentKind::Block,
            label,
            text: directive.label.as_deref().map(|label| self.plain(label)),
            attributes: &directive.attributes,
            body: Some(Html(inner)),
        };
        let drawn = self.view.theme.directive(&call, &self.lent).take(&mut self.diagnostics);
        match (drawn, call.body) {
            (Some(html), _) => {
                self.out.push_str(&html.0);
                self.out.push('\n');
            }
            (None, inner) => {
                if let Some(label) = shown_label {
                    self.out.extend(["<p><strong>", &label.0, "</strong></p>\n"]);
                }
                self.out.push_str(&inner.unwrap_or_default().0);
            }
        }
        if foreign {
            self.out.push_str("</div>\n");
        }
    }

    /// An inline component; where it cannot be drawn, its text stays.
    pub(in crate::render) fn component(
        &mut self,
        component: &'a Directive<()>,
        after: Option<char>,
    ) {
        let label = component.label.as_deref();
        let before = self.last;
        let html = label.map(|label| Html(self.captured(|body| body.inlines(label, after))));
        let call = Call {
            name: &component.name,
            name_span: component.name_span,
            kind: ComponentKind::Inline,
            label: html,
            text: label.map(|label| self.plain(label)),
            attributes: &component.attributes,
            body: None,
        };
        let drawn = self.view.theme.directive(&call, &self.lent).take(&mut self.diagnostics);
        self.last = label.and(self.last).or(before);
        match (drawn, call.label) {
            (Some(html), _) => self.out.push_str(&html.0),
            (None, Some(label)) => self.out.push_str(&label.0),
            (None, None) => {}
        }
    }

    pub(super) fn screenshot(&mut self, origin: Origin, image: &'a Image) {
        let Some(picture) = self.picture(image) else {
            self.open("p", origin);
            self.out.push('>');
            self.image(image);
            self.out.push_str("</p>\n");
            return;
        };
        let caption = image.title.as_ref().map(|title| {
            self.last = None;
            let title = Html(self.captured(|body| body.inlines(title, None)));
            phrased(title, origin.lang, self.view.options)
        });
        let link = image.link.and_then(|link| self.href(link));
        let text = |text: Option<String>| Argument::Text(text.unwrap_or_default());
        let lang = (origin.lang != self.lang).then(|| self.tag(origin.lang).to_owned());
        let arguments = vec![
            ("src", Argument::Text(picture.src)),
            ("dark_src", text(picture.dark)),
            ("alt", Argument::Text(picture.alt)),
            ("width", text(picture.width)),
            ("height", text(picture.height)),
            ("class", text(picture.class)),
            ("lazy", Argument::Flag(self.pictures > 1)),
            ("caption", Argument::Html(caption.unwrap_or_default())),
            ("link", text(link)),
            ("number", Argument::Number(i64::from(self.pictures))),
            ("lang", text(lang)),
        ];
        self.furniture("screenshot", arguments, None);
    }

    fn furniture(
        &mut self,
        name: &str,
        arguments: Vec<(&'static str, Argument)>,
        inner: Option<&str>,
    ) {
        let drawn = self.view.theme.furniture(name, arguments, inner, &self.lent);
        let html = drawn.take(&mut self.diagnostics);
        self.out.push_str(&html.0);
        self.out.push('\n');
    }
}
