//! Pictures in a line, and what stands where one cannot.

use crate::document::{HtmlAttribute, HtmlValue, Image, ReferenceId};
use crate::render::body::Body;
use crate::render::escape::{is_harmless, is_picture_data, push_text, shown};
use crate::resolve::Answer;

/// A picture as a page shows it.
pub(in crate::render) struct Shown {
    pub(in crate::render) src: String,
    pub(in crate::render) dark: Option<String>,
    pub(in crate::render) alt: String,
    pub(in crate::render) title: Option<String>,
    pub(in crate::render) width: Option<String>,
    pub(in crate::render) height: Option<String>,
    pub(in crate::render) class: Option<String>,
}

impl<'a> Body<'a> {
    /// What a picture shows; `None` when there is no picture to show.
    pub(in crate::render) fn picture(&mut self, image: &Image) -> Option<Shown> {
        let answer = self.text.answers.get(image.source.0 as usize)?;
        let (src, dark, size) = match answer {
            Answer::Picture(picture) => {
                let dark = picture.dark.as_ref().map(|dark| self.relative(dark));
                (self.relative(&picture.url), dark, picture.size)
            }
            Answer::File { url, .. } => (self.relative(url), None, None),
            Answer::External(address)
                if self.view.options.remote_images || is_picture_data(address) =>
            {
                (address.clone(), None, None)
            }
            Answer::External(_)
            | Answer::RemotePicture(_)
            | Answer::Page { .. }
            | Answer::Missing { .. } => return None,
        };
        if !is_harmless(&src) && !is_picture_data(&src) {
            return None;
        }
        self.pictures += 1;
        let asked = (image.size.0.as_deref(), image.size.1.as_deref());
        let (width, height) = extent(size, asked);
        let class = percent(asked.0).map(|width| self.styled(&format!("width:{width}")));
        let title = image.title.as_deref().map(|title| self.plain(title));
        Some(Shown { src, dark, alt: self.plain(&image.alt), title, width, height, class })
    }

    /// A picture inside a line.
    pub(in crate::render) fn image(&mut self, image: &'a Image) {
        let Some(picture) = self.picture(image) else {
            let alt = self.plain(&image.alt);
            return self.stand_in(image.source, &alt);
        };
        let link = image.link.filter(|_| !self.in_link).and_then(|link| self.href(link));
        if let Some(href) = &link {
            self.out.push_str("<a");
            self.attribute("href", href);
            self.out.push('>');
        }
        let dark = picture.dark.as_deref();
        let light_class = dark.map(|_| "light-only");
        self.img(&picture, &picture.src, light_class);
        if let Some(dark) = dark {
            self.img(&picture, dark, Some("dark-only"));
        }
        if link.is_some() {
            self.out.push_str("</a>");
        }
        self.last = Some(' ');
    }

    fn img(&mut self, picture: &Shown, src: &str, scheme: Option<&str>) {
        self.out.push_str("<img");
        self.attribute("src", src);
        self.attribute("alt", &picture.alt);
        let given =
            [("title", &picture.title), ("width", &picture.width), ("height", &picture.height)];
        for (name, value) in given {
            if let Some(value) = value {
                self.attribute(name, value);
            }
        }
        let classes: Vec<&str> = picture.class.as_deref().into_iter().chain(scheme).collect();
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        if self.pictures > 1 {
            self.out.push_str(" loading=\"lazy\"");
        }
        self.out.push('>');
    }

    /// `<img>` as written by hand: its own attributes, and the size that layout needs.
    pub(super) fn raw_image(&mut self, attributes: &'a [HtmlAttribute]) {
        let value = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
        let text = |name: &str| match value(name).map(|attribute| &attribute.value) {
            Some(HtmlValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let source = match value("src").map(|attribute| &attribute.value) {
            Some(HtmlValue::Reference(id)) => Some(*id),
            _ => None,
        };
        let Some(source) = source else { return };
        let image = Image {
            source,
            alt: Vec::new(),
            title: None,
            size: (text("width"), text("height")),
            link: None,
        };
        let alt = text("alt").unwrap_or_default();
        let Some(picture) = self.picture(&image) else {
            return self.stand_in(source, &alt);
        };
        self.out.push_str("<img");
        self.attribute("src", &picture.src);
        self.attribute("alt", &alt);
        for (name, value) in [("width", &picture.width), ("height", &picture.height)] {
            if let Some(value) = value {
                self.attribute(name, value);
            }
        }
        if self.pictures > 1 && value("loading").is_none() {
            self.out.push_str(" loading=\"lazy\"");
        }
        let class = picture.class;
        let others: Vec<&'a HtmlAttribute> = attributes
            .iter()
            .filter(|attribute| {
                !matches!(attribute.name.as_str(), "src" | "alt" | "width" | "height" | "srcset")
            })
            .collect();
        let mut classes: Vec<String> = class.into_iter().collect();
        for attribute in others {
            match &attribute.value {
                HtmlValue::Text(value) if attribute.name == "class" => classes.push(value.clone()),
                HtmlValue::Style(declarations) => classes.push(self.styled(declarations)),
                HtmlValue::Text(_) | HtmlValue::Reference(_) => {
                    self.attributes(std::slice::from_ref(attribute), None);
                }
            }
        }
        if !classes.is_empty() {
            self.attribute("class", &classes.join(" "));
        }
        self.out.push('>');
        self.last = Some(' ');
    }

    /// What stands where a picture cannot: its text, or a link to a picture elsewhere.
    pub(super) fn stand_in(&mut self, source: ReferenceId, alt: &str) {
        let or_alt = |text: &str| {
            if alt.is_empty() { text.to_owned() } else { alt.to_owned() }
        };
        match self.text.answers.get(source.0 as usize) {
            Some(Answer::RemotePicture(address) | Answer::External(address))
                if is_harmless(address) && !self.in_link =>
            {
                self.link_elsewhere("remote-picture", address, &or_alt(address));
            }
            Some(Answer::Page { title, .. }) if !self.in_link => {
                let href = self.href(source).unwrap_or_default();
                self.out.push_str("<a");
                self.attribute("href", &href);
                self.out.push('>');
                self.text_run(&or_alt(title));
                self.out.push_str("</a>");
            }
            Some(Answer::Missing { written }) => {
                let written = shown(written);
                self.out.push_str("<span class=\"missing\">");
                match (alt.is_empty(), written.is_empty()) {
                    (true, _) => self.text_run(written),
                    (false, true) => self.text_run(alt),
                    (false, false) => self.text_run(&format!("{alt} ({written})")),
                }
                self.out.push_str("</span>");
            }
            Some(
                Answer::Page { .. }
                | Answer::File { .. }
                | Answer::Picture(_)
                | Answer::External(_)
                | Answer::RemotePicture(_),
            )
            | None => self.text_run(alt),
        }
    }

    /// A link in place of what another host holds, with the message that says so.
    pub(super) fn link_elsewhere(&mut self, message: &str, address: &str, text: &str) {
        let label = self.voice.say(message, &[]);
        self.out.push_str("<a class=\"remote-picture\" rel=\"noopener\"");
        self.attribute("href", address);
        self.out.push('>');
        push_text(&mut self.out, &label);
        self.text_run(&format!(" {text}"));
        self.out.push_str("</a>");
    }
}

/// Width and height in CSS pixels: what the writer asked for, the other side in proportion;
/// else the picture's own.
fn extent(
    own: Option<(u32, u32)>,
    asked: (Option<&str>, Option<&str>),
) -> (Option<String>, Option<String>) {
    let (width, height) = (pixels(asked.0), pixels(asked.1));
    let shown = |number: f64| Some(format!("{number:.0}"));
    let Some((own_width, own_height)) = own.filter(|(w, h)| *w > 0 && *h > 0) else {
        return (width.and_then(shown), height.and_then(shown));
    };
    let (own_width, own_height) = (f64::from(own_width), f64::from(own_height));
    match (width, height) {
        (Some(width), Some(height)) => (shown(width), shown(height)),
        (Some(width), None) => (shown(width), shown((width * own_height / own_width).max(1.0))),
        (None, Some(height)) => (shown((height * own_width / own_height).max(1.0)), shown(height)),
        (None, None) => (shown(own_width), shown(own_height)),
    }
}

fn pixels(asked: Option<&str>) -> Option<f64> {
    let text = asked?.trim();
    let number: f64 = text.strip_suffix("px").unwrap_or(text).trim().parse().ok()?;
    (number.is_finite() && (1.0..100_000.0).contains(&number)).then_some(number)
}

/// `50%` as it was asked for.
fn percent(asked: Option<&str>) -> Option<String> {
    let number: f64 = asked?.trim().strip_suffix('%')?.trim().parse().ok()?;
    (number.is_finite() && (1.0..=100.0).contains(&number)).then(|| format!("{number}%"))
}
