//! The icons of a theme: `icons/*.svg`, read with care, as symbols for the sprite of a page.
//!
//! In: the files of the layers. Out: by name the `<symbol>` that stands for each, and what is
//! wrong with it. An icon file is content that may come from anywhere, and its marks go into
//! every page, so only shapes and how they are painted are let through; all else is a fault
//! at its bytes. Must not know pages: who uses an icon is noted by the page's voice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{ThemeFile, ThemeLayer};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{FileId, Span};

mod tags;

use tags::{Attribute, Malformed, Tag, Tags};

/// Shapes, and the group that holds them.
const SHAPES: [&str; 8] = ["circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect"];

/// What is said about a picture and not drawn; the page says it better.
const WORDS: [&str; 3] = ["desc", "metadata", "title"];

/// How shapes are painted; on the root it goes to the symbol.
const PAINT: [&str; 16] = [
    "clip-rule",
    "color",
    "fill",
    "fill-opacity",
    "fill-rule",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "vector-effect",
];

/// Where shapes lie.
const GEOMETRY: [&str; 17] = [
    "cx",
    "cy",
    "d",
    "height",
    "pathLength",
    "points",
    "r",
    "rx",
    "ry",
    "transform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

/// What the root may say besides, since programs write it; a symbol needs none of it.
const ROOT_ONLY: [&str; 14] = [
    "class",
    "enable-background",
    "focusable",
    "height",
    "preserveAspectRatio",
    "role",
    "version",
    "viewBox",
    "width",
    "x",
    "xml:space",
    "xmlns",
    "xmlns:xlink",
    "y",
];

/// The symbols of all icons, by name; one that cannot be used is an empty symbol, so that
/// its fault is told once and not by every page that asks for it.
pub(super) fn symbols(
    layers: &[ThemeLayer<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut files: BTreeMap<&str, &ThemeFile<'_>> = BTreeMap::new();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if let Some(name) = icon_name(file.path) {
            files.insert(name, file);
        }
    }
    files.into_iter().map(|(name, file)| (name.to_owned(), read(name, file, diagnostics))).collect()
}

fn icon_name(path: &str) -> Option<&str> {
    path.strip_prefix("icons/")?.strip_suffix(".svg")
}

fn read(name: &str, file: &ThemeFile<'_>, diagnostics: &mut Vec<Diagnostic>) -> String {
    let sound = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !sound {
        let message = "an icon cannot be called `{name}`";
        diagnostics.push(
            Diagnostic::new(code::INVALID_THEME, file.file, message)
                .with("name", name)
                .help("use ASCII letters, digits and `-` in its file's name"),
        );
        return String::new();
    }
    // What is not UTF-8 was told where files are taken in.
    let Ok(text) = std::str::from_utf8(file.bytes) else { return String::new() };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = file.bytes.len() - text.len();
    let mut icon = Icon {
        file: file.file,
        skipped,
        out: String::new(),
        faults: Vec::new(),
        open: Vec::new(),
        silent: 0,
    };
    if let Err(malformed) = icon.symbol(name, text) {
        let fault = icon.fault(malformed.range, malformed.message);
        icon.faults.push(fault);
    }
    let sound = icon.faults.is_empty();
    diagnostics.extend(icon.faults);
    if sound { icon.out } else { format!("<symbol id=\"page:icon-{name}\"></symbol>") }
}

/// One icon on its way to a symbol.
struct Icon<'a> {
    file: FileId,
    /// The bytes before the text.
    skipped: usize,
    out: String,
    faults: Vec<Diagnostic>,
    /// The elements that are open.
    open: Vec<&'a str>,
    /// How many of them are inside of words about the picture.
    silent: usize,
}

impl<'a> Icon<'a> {
    fn symbol(&mut self, name: &str, text: &'a str) -> Result<(), Malformed> {
        for tag in Tags::of(text) {
            match tag? {
                Tag::Open { name: element, attributes, closed, .. } if self.open.is_empty() => {
                    self.root(name, element, &attributes, text)?;
                    self.open.extend((!closed).then_some(element));
                }
                Tag::Open { name: element, attributes, closed, range } => {
                    self.opened(element, range, &attributes, closed);
                }
                Tag::Close { name: element, range } => self.closed(element, range)?,
            }
        }
        let unfinished = !self.open.is_empty() || self.out.is_empty();
        if unfinished && self.faults.is_empty() {
            return Err(Malformed {
                range: 0..text.len(),
                message: "this is no whole SVG picture",
            });
        }
        self.out.push_str("</symbol>");
        Ok(())
    }

    fn opened(
        &mut self,
        element: &'a str,
        range: Range<usize>,
        attributes: &[Attribute<'_>],
        closed: bool,
    ) {
        if self.silent > 0 || WORDS.contains(&element) {
            self.silent += usize::from(!closed);
        } else {
            self.shape(element, range, attributes, closed);
        }
        self.open.extend((!closed).then_some(element));
    }

    fn closed(&mut self, element: &str, range: Range<usize>) -> Result<(), Malformed> {
        if self.open.pop() != Some(element) {
            return Err(Malformed { range, message: "this tag closes nothing" });
        }
        if self.silent > 0 {
            self.silent -= 1;
        } else if !self.open.is_empty() && SHAPES.contains(&element) {
            self.out.extend(["</", element, ">"]);
        }
        Ok(())
    }

    fn root(
        &mut self,
        name: &str,
        element: &str,
        attributes: &[Attribute<'_>],
        text: &str,
    ) -> Result<(), Malformed> {
        let whole = |message| Malformed { range: 0..text.len(), message };
        if element != "svg" || !self.out.is_empty() {
            return Err(whole("an icon is one `<svg>`"));
        }
        let view = view_box(attributes);
        let view = view.ok_or_else(|| whole("this icon has neither a `viewBox` nor a size"))?;
        self.out = format!("<symbol id=\"page:icon-{name}\" viewBox=\"{view}\"");
        for attribute in attributes {
            let by_program = ROOT_ONLY.contains(&attribute.name)
                || attribute.name.starts_with("aria-")
                || attribute.name.starts_with("data-");
            if by_program {
                self.check(attribute);
            } else {
                self.attribute(attribute, &PAINT, &[]);
            }
        }
        self.out.push('>');
        Ok(())
    }

    fn shape(
        &mut self,
        element: &str,
        range: Range<usize>,
        attributes: &[Attribute<'_>],
        closed: bool,
    ) {
        if !SHAPES.contains(&element) {
            let fault = self.fault(range, "an icon cannot hold `<{name}>`").with("name", element);
            let help = "an icon is made of shapes alone: paths, circles, lines, rectangles";
            self.faults.push(fault.help(help));
            return;
        }
        self.out.extend(["<", element]);
        for attribute in attributes.iter().filter(|one| one.name != "class") {
            self.attribute(attribute, &PAINT, &GEOMETRY);
        }
        self.out.push_str(if closed { "/>" } else { ">" });
    }

    fn attribute(&mut self, attribute: &Attribute<'_>, paint: &[&str], geometry: &[&str]) {
        if !paint.contains(&attribute.name) && !geometry.contains(&attribute.name) {
            let message = "an icon cannot have `{name}`";
            let fault = self.fault(attribute.range.clone(), message).with("name", attribute.name);
            let help =
                "remove it: ids, styles, links and scripts of an icon would reach every page";
            self.faults.push(fault.help(help));
        } else if self.check(attribute) {
            self.out.extend([" ", attribute.name, "=\"", attribute.value, "\""]);
        }
    }

    /// Whether a value is what it seems to be; paints from elsewhere are none.
    fn check(&mut self, attribute: &Attribute<'_>) -> bool {
        let value = attribute.value.to_ascii_lowercase();
        let plain = !value.contains(['"', '<', '>', '&']);
        let address = attribute.name.starts_with("xmlns");
        let sound = plain && (address || !(value.contains("url(") || value.contains("script:")));
        if !sound {
            let message = "`{name}` of an icon cannot be `{value}`";
            let fault = self.fault(attribute.range.clone(), message);
            let fault = fault.with("name", attribute.name).with("value", attribute.value);
            self.faults.push(fault.help("write a colour, `currentColor` or numbers"));
        }
        sound
    }

    fn fault(&self, range: Range<usize>, message: &'static str) -> Diagnostic {
        let span = Span::new(self.file, range.start + self.skipped..range.end + self.skipped);
        Diagnostic::new(code::INVALID_THEME, span, message)
    }
}

/// The part of the plane that is shown: as written, else from the picture's size.
fn view_box(attributes: &[Attribute<'_>]) -> Option<String> {
    let given = |key: &str| attributes.iter().find(|one| one.name == key).map(|one| one.value);
    let number = |key: &str| {
        let value = given(key)?.trim_end_matches("px");
        value.parse::<f32>().ok().filter(|number| *number > 0.0).map(|_| value)
    };
    let sized = || Some(format!("0 0 {} {}", number("width")?, number("height")?));
    given("viewBox").map(str::to_owned).or_else(sized)
}

#[cfg(test)]
mod tests;
