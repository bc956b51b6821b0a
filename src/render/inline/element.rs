//! Raw elements that the policy let through, sound and film among them.

use crate::config::HtmlPolicy;
use crate::document::{HtmlAttribute, HtmlValue, Inline, InlineKind, is_void};
use crate::render::body::Body;
use crate::render::escape::{is_harmless, shown};
use crate::render::style_class;
use crate::resolve::Answer;

impl<'a> Body<'a> {
    /// A raw element that the policy let through. Only what it left is written, and of that
    /// nothing that could run.
    pub(in crate::render) fn element(
        &mut self,
        tag: &str,
        attributes: &'a [HtmlAttribute],
        children: impl FnOnce(&mut Self),
    ) {
        let good = tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let unsafe_tag = matches!(
            tag,
            "script" | "style" | "base" | "meta" | "link" | "html" | "head" | "body" | "title"
        );
        let allowed = self.allows_all();
        if !good || (unsafe_tag && !allowed) || tag.is_empty() {
            return children(self);
        }
        if tag == "img" {
            return self.raw_image(attributes);
        }
        let missing = match tag {
            "a" => attributes.iter().find_map(|attribute| self.missing(attribute)),
            "source" if attributes.iter().any(|attribute| self.medium(attribute).is_some()) => {
                return;
            }
            _ => None,
        };
        self.out.extend(["<", if missing.is_some() { "span" } else { tag }]);
        self.attributes(attributes, missing.map(|_| "missing"));
        if let (Some(scope), "th") = (self.scope, tag)
            && !attributes.iter().any(|attribute| SPANS.contains(&attribute.name.as_str()))
        {
            self.attribute("scope", scope);
        }
        if let Some(written) = missing.filter(|written| !written.is_empty())
            && !attributes.iter().any(|attribute| attribute.name == "title")
        {
            self.attribute("title", written);
        }
        self.out.push('>');
        if is_void(tag) {
            return;
        }
        let linked = tag == "a" && attributes.iter().any(|attribute| attribute.name == "href");
        let outer = (self.in_link, self.raw);
        self.in_link |= linked;
        self.raw |= matches!(tag, "script" | "style");
        children(self);
        (self.in_link, self.raw) = outer;
        self.out.extend(["</", if missing.is_some() { "span" } else { tag }, ">"]);
    }

    /// `<video>` and `<audio>`: each source that cannot be shown is named where the medium
    /// would be. When none is left, what the writer put inside stands for it.
    pub(in crate::render) fn media(
        &mut self,
        tag: &str,
        attributes: &'a [HtmlAttribute],
        sources: &[&'a HtmlAttribute],
        children: impl FnOnce(&mut Self),
    ) {
        let own = attributes.iter().filter(|attribute| attribute.name == "src");
        let all: Vec<&HtmlAttribute> = own.chain(sources.iter().copied()).collect();
        let lost: Vec<&Answer> = all.iter().filter_map(|source| self.medium(source)).collect();
        for (at, answer) in lost.iter().enumerate() {
            if at > 0 {
                self.out.push(' ');
            }
            self.lost_medium(answer);
        }
        let tail = self.out.len();
        if !lost.is_empty() && lost.len() == all.len() {
            children(self);
        } else {
            self.element(tag, attributes, children);
        }
        if !lost.is_empty() && self.out[tail..].starts_with(|c: char| !c.is_whitespace()) {
            self.out.insert(tail, ' ');
        }
    }

    fn lost_medium(&mut self, answer: &Answer) {
        match answer {
            Answer::RemotePicture(address) if is_harmless(address) && !self.in_link => {
                self.link_elsewhere("remote-media", address, address);
            }
            Answer::Missing { written } | Answer::RemotePicture(written) => {
                self.out.push_str("<span class=\"missing\">");
                self.text_run(shown(written));
                self.out.push_str("</span>");
            }
            Answer::Page { .. }
            | Answer::File { .. }
            | Answer::Picture(_)
            | Answer::External(_) => {}
        }
    }

    /// What to say of sound or film that cannot be shown.
    fn medium(&self, attribute: &HtmlAttribute) -> Option<&'a Answer> {
        let answer = self.answered(attribute).filter(|_| attribute.name == "src")?;
        matches!(answer, Answer::Missing { .. } | Answer::RemotePicture(_)).then_some(answer)
    }

    /// The address of an attribute that leads nowhere, as written.
    fn missing(&self, attribute: &HtmlAttribute) -> Option<&'a str> {
        match self.answered(attribute)? {
            Answer::Missing { written } => Some(shown(written)),
            _ => None,
        }
    }

    fn answered(&self, attribute: &HtmlAttribute) -> Option<&'a Answer> {
        match &attribute.value {
            HtmlValue::Reference(id) => self.text.answers.get(id.0 as usize),
            HtmlValue::Text(_) | HtmlValue::Style(_) => None,
        }
    }

    /// Whether the site lets raw HTML through as it was written.
    fn allows_all(&self) -> bool {
        self.view.options.html == HtmlPolicy::Allow
    }

    /// The attributes, with styles as classes.
    pub(super) fn attributes(&mut self, attributes: &'a [HtmlAttribute], class: Option<&str>) {
        let mut classes: Vec<String> = class.into_iter().map(str::to_owned).collect();
        for attribute in attributes {
            let good =
                attribute.name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b':');
            let runs_script = attribute.name.starts_with("on") || attribute.name == "srcdoc";
            if !good || (runs_script && !self.allows_all()) {
                continue;
            }
            match &attribute.value {
                HtmlValue::Text(value) if attribute.name == "class" => classes.push(value.clone()),
                HtmlValue::Text(value) => {
                    let harmless = attribute.name != "style" && is_harmless(value);
                    if harmless || self.allows_all() {
                        self.attribute(&attribute.name, value);
                    }
                }
                HtmlValue::Style(declarations) => classes.push(self.styled(declarations)),
                HtmlValue::Reference(id) => {
                    if let Some(href) = self.href(*id) {
                        self.attribute(&attribute.name, &href);
                    }
                    let answer = self.text.answers.get(id.0 as usize);
                    if attribute.name == "href" && matches!(answer, Some(Answer::External(_))) {
                        self.out.push_str(" rel=\"noopener\"");
                    }
                }
            }
        }
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
    }

    /// The class that stands for style declarations: the written policy allows no styles in
    /// the page itself.
    pub(super) fn styled(&mut self, declarations: &str) -> String {
        let class = style_class(declarations);
        // What could end the rule is no declaration.
        if !declarations.contains(['{', '}', '<', '@']) {
            self.styles.entry(class.clone()).or_insert_with(|| declarations.to_owned());
        }
        class
    }
}

/// The attributes of a head cell that say themselves what it names, or make it less simple.
const SPANS: &[&str] = &["scope", "colspan", "rowspan"];

/// Whether an element shows sound or film.
pub(in crate::render) fn is_media(tag: &str) -> bool {
    matches!(tag, "video" | "audio")
}

/// The address of a `<source>`.
pub(in crate::render) fn source(inline: &Inline) -> Option<&HtmlAttribute> {
    match &inline.kind {
        InlineKind::Element(element) if element.tag == "source" => {
            element.attributes.iter().find(|attribute| attribute.name == "src")
        }
        _ => None,
    }
}
