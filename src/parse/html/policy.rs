//! What a guide's raw HTML may hold, by the site's policy.
//!
//! Elements and attributes on the lists are kept, others removed; what runs script or
//! loads from elsewhere is never on them. Looks that HTML gave up (`align`, `border`,
//! `bgcolor`) become styles. What changes nothing for readers (`class`, `target`, `data-…`)
//! goes in silence; every other removal is reported at its bytes.

use std::ops::Range;

use super::style;
use super::tokens::{RawAttribute, StartTag};
use crate::config::HtmlPolicy;
use crate::document::ReferenceKind;
use crate::parse::build::Fate;

/// The value of a kept attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Text.
    Text(String),
    /// An address.
    Address(ReferenceKind, String),
    /// Style declarations.
    Style(String),
}

/// A start tag as the policy leaves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged {
    /// What becomes of the element.
    pub(super) fate: Fate,
    /// The tag it becomes.
    pub(super) tag: String,
    /// What is kept of its attributes, with their bytes.
    pub(super) attributes: Vec<(String, Value, Range<usize>)>,
    /// What was removed: a name and its bytes.
    pub(super) removed: Vec<(String, Range<usize>)>,
}

/// Applies `policy` to a start tag.
pub(super) fn judged(tag: &StartTag, policy: HtmlPolicy) -> Judged {
    let allowed = policy == HtmlPolicy::Allow;
    let fate = if allowed { Fate::Keep } else { fate(&tag.name) };
    let mut judged =
        Judged { fate, tag: tag.name.clone(), attributes: Vec::new(), removed: Vec::new() };
    let mut styles = Vec::new();
    for attribute in &tag.attributes {
        match kept(&tag.name, attribute, allowed) {
            Kept::Value(Value::Style(style)) => styles.push((style, attribute.range.clone())),
            Kept::Value(value) => {
                judged.attributes.push((attribute.name.clone(), value, attribute.range.clone()));
            }
            Kept::Silently => {}
            Kept::No => judged.removed.push((attribute.name.clone(), attribute.range.clone())),
        }
    }
    for (style, range) in styles {
        if allowed {
            add_style(&mut judged, style, range);
            continue;
        }
        let (style, dropped) = style::normalised(&style);
        judged.removed.extend(dropped.into_iter().map(|name| (name, range.clone())));
        add_style(&mut judged, style, range);
    }
    if !allowed {
        renamed(&mut judged, tag.range.clone());
    }
    judged
}

fn add_style(judged: &mut Judged, style: String, range: Range<usize>) {
    if style.is_empty() {
        return;
    }
    for (_, value, _) in &mut judged.attributes {
        if let Value::Style(before) = value {
            *before = format!("{before};{style}");
            return;
        }
    }
    judged.attributes.push(("style".to_owned(), Value::Style(style), range));
}

/// Elements that HTML gave up, as those that took their place.
fn renamed(judged: &mut Judged, range: Range<usize>) {
    let (tag, style) = match judged.tag.as_str() {
        "center" => ("div", "text-align:center"),
        "font" => ("span", ""),
        "big" => ("span", "font-size:larger"),
        "strike" => ("s", ""),
        "tt" => ("code", ""),
        "acronym" => ("abbr", ""),
        "nobr" => ("span", "white-space:nowrap"),
        "dir" => ("ul", ""),
        _ => return,
    };
    judged.tag = tag.to_owned();
    add_style(judged, style.to_owned(), range);
}

enum Kept {
    Value(Value),
    Silently,
    No,
}

fn kept(tag: &str, attribute: &RawAttribute, allowed: bool) -> Kept {
    let value = attribute.value.trim();
    let text = || Kept::Value(Value::Text(attribute.value.clone()));
    let address = |kind| {
        // A drawing shown as a picture runs nothing.
        let drawing = kind == ReferenceKind::Image && value.starts_with("data:image/");
        match runs_script(value) && !drawing && !allowed {
            true => Kept::No,
            false => Kept::Value(Value::Address(kind, value.to_owned())),
        }
    };
    match (tag, attribute.name.as_str()) {
        ("a" | "area", "href") => address(ReferenceKind::Link),
        ("img", "src") => address(ReferenceKind::Image),
        ("video", "poster") => address(ReferenceKind::Image),
        ("video" | "audio" | "source" | "track", "src") => address(ReferenceKind::Media),
        _ if allowed => text(),
        (_, "style") => Kept::Value(Value::Style(attribute.value.clone())),
        (_, name) if is_idle(tag, name) => Kept::Silently,
        (_, "id" | "title" | "lang" | "dir") => text(),
        ("a", "name") | ("a", "download") | ("img", "alt") => text(),
        (tag, "width" | "height") if MEASURED.contains(&tag) => text(),
        ("td" | "th", "colspan" | "rowspan" | "scope" | "headers" | "abbr") => text(),
        ("col" | "colgroup", "span") => text(),
        // Borders of the cells too, which no style of the table gives.
        ("table", "border") => text(),
        ("details", "open" | "name") => text(),
        ("ol", "start" | "type" | "reversed") | ("ul" | "li", "type") | ("li", "value") => text(),
        ("time" | "del" | "ins", "datetime") | ("q" | "blockquote", "cite") => text(),
        ("video" | "audio", "controls" | "loop" | "muted" | "preload" | "playsinline") => text(),
        ("source" | "track", "type" | "kind" | "srclang" | "label" | "default") => text(),
        ("meter" | "progress" | "data", "value" | "min" | "max" | "low" | "high" | "optimum") => {
            text()
        }
        (tag, name) => match style::of_attribute(tag, name, value) {
            Some(style) => Kept::Value(Value::Style(style)),
            None => Kept::No,
        },
    }
}

/// The elements whose `width` and `height` browsers still follow.
const MEASURED: &[&str] =
    &["col", "colgroup", "hr", "img", "pre", "table", "td", "th", "tr", "video"];

/// Whether readers get the same without an attribute: it served the old site's styles and
/// scripts, or says what is so anyway.
fn is_idle(tag: &str, name: &str) -> bool {
    match name {
        "class" | "target" | "rel" | "loading" | "decoding" | "fetchpriority" | "summary"
        | "referrerpolicy" | "crossorigin" | "role" => true,
        "frameborder" | "cellpadding" | "cellspacing" | "rules" | "frame" => true,
        "hreflang" => tag == "a",
        "width" | "height" => !MEASURED.contains(&tag),
        _ => name.starts_with("data-") || name.starts_with("aria-"),
    }
}

/// Whether an address runs script, as browsers read it: blanks and control characters in
/// the scheme do not count.
fn runs_script(address: &str) -> bool {
    let bare: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(40).collect();
    let bare = bare.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:text", "data:application", "data:image/svg"]
        .iter()
        .any(|scheme| bare.starts_with(scheme))
}

fn fate(tag: &str) -> Fate {
    if KEPT.binary_search(&tag).is_ok() {
        return Fate::Keep;
    }
    match tag {
        "script" | "style" | "svg" | "math" | "template" | "noframes" | "frameset" => Fate::Drop,
        _ => Fate::Unwrap,
    }
}

/// The elements that are kept, in order.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "meter",
    "nobr",
    "ol",
    "p",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(KEPT.is_sorted());
    }

    #[test]
    fn script_is_found_in_disguise() {
        assert!(runs_script("java\nscript:alert(1)") && runs_script(" JavaScript:x"));
        assert!(!runs_script("https://a/javascript:") && !runs_script("data:image/png;base64,AA"));
    }
}
