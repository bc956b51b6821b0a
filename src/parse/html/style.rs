//! `style="…"`: the declarations that a guide's raw HTML may use.
//!
//! What stays inside the article's box and loads nothing is kept, normalised; the result
//! becomes a class of a generated style sheet.

/// The declarations that are kept, as `color:red;width:50%`, and the names of the others.
pub(super) fn normalised(style: &str) -> (String, Vec<String>) {
    let mut kept: Vec<String> = Vec::new();
    let mut dropped = Vec::new();
    for declaration in style.split(';').map(str::trim).filter(|declaration| !declaration.is_empty())
    {
        let (name, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        let name = name.trim().to_ascii_lowercase();
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = value.strip_suffix("!important").unwrap_or(&value).trim_end().to_owned();
        match is_kept(&name, &value) {
            true => kept.push(format!("{name}:{value}")),
            false => dropped.push(if name.is_empty() { declaration.to_owned() } else { name }),
        }
    }
    (kept.join(";"), dropped)
}

/// An attribute of old that is about looks, as the style that took its place; `None` where
/// there is none.
pub(super) fn of_attribute(tag: &str, name: &str, value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    Some(match (tag, name) {
        (_, "align") => aligned(tag, &lower)?.to_owned(),
        (_, "valign") => format!("vertical-align:{lower}"),
        (_, "bgcolor") => format!("background-color:{value}"),
        (_, "nowrap") => "white-space:nowrap".to_owned(),
        ("img", "border") => match lower.parse::<u8>().ok()? {
            0 => "border:0".to_owned(),
            width => format!("border:{width}px solid"),
        },
        ("img", "hspace") => format!("margin-left:{0}px;margin-right:{0}px", number(&lower)?),
        ("img", "vspace") => format!("margin-top:{0}px;margin-bottom:{0}px", number(&lower)?),
        ("br", "clear") => format!("clear:{}", if lower == "all" { "both" } else { &lower }),
        ("font", "color") => format!("color:{value}"),
        ("font", "size") => format!("font-size:{}", font_size(&lower)?),
        ("font", "face") => format!("font-family:{value}"),
        ("hr", "size") => format!("height:{}px", number(&lower)?),
        ("hr", "color") => format!("border-color:{value}"),
        _ => return None,
    })
}

/// What `align` means: for a box its place, for all others the place of the text in them.
fn aligned(tag: &str, value: &str) -> Option<&'static str> {
    Some(match (tag, value) {
        ("img" | "table", "left") => "float:left;margin-right:1em",
        ("img" | "table", "right") => "float:right;margin-left:1em",
        ("table" | "hr", "center") => "margin-left:auto;margin-right:auto",
        ("hr", "left") => "margin-left:0",
        ("hr", "right") => "margin-right:0",
        ("img", "center") => "display:block;margin-left:auto;margin-right:auto",
        ("img", "middle" | "absmiddle") => "vertical-align:middle",
        ("img", "top" | "texttop") => "vertical-align:top",
        ("img", "bottom" | "baseline" | "absbottom") => "vertical-align:bottom",
        ("caption", "bottom") => "caption-side:bottom",
        (_, "left") => "text-align:left",
        (_, "right") => "text-align:right",
        (_, "center" | "middle") => "text-align:center",
        (_, "justify") => "text-align:justify",
        _ => return None,
    })
}

fn number(value: &str) -> Option<u16> {
    value.strip_suffix("px").unwrap_or(value).parse().ok()
}

/// The size that `<font size>` means.
fn font_size(size: &str) -> Option<&'static str> {
    Some(match size {
        "1" | "-2" => "x-small",
        "2" | "-1" => "small",
        "3" => "medium",
        "4" | "+1" => "large",
        "5" | "+2" => "x-large",
        "6" | "7" | "+3" | "+4" => "xx-large",
        _ => return None,
    })
}

/// The properties that cannot leave the box of what they are set on, in order.
const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "caption-side",
    "clear",
    "color",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "object-fit",
    "opacity",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "overflow-y",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
];

fn is_kept(name: &str, value: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " #%.,()-+'\"/".contains(c);
    let lower = value.to_ascii_lowercase();
    let loads = ["url", "expression", "image", "src", "var(", "attr(", "env("]
        .iter()
        .any(|word| lower.contains(word));
    let negative =
        (name.starts_with("margin") || name == "text-indent" || name == "letter-spacing")
            && lower.split([' ', '(', ',']).any(|part| part.starts_with('-'));
    let hidden = name == "display"
        && !matches!(
            lower.as_str(),
            "block"
                | "inline"
                | "inline-block"
                | "none"
                | "flex"
                | "table"
                | "table-cell"
                | "table-row"
        );
    PROPERTIES.binary_search(&name).is_ok()
        && !value.is_empty()
        && value.len() <= 200
        && value.chars().all(plain)
        && is_balanced(value)
        && !(loads || negative || hidden)
}

/// Whether quotation marks and parentheses are closed, so that nothing runs on.
fn is_balanced(value: &str) -> bool {
    let count = |c: char| value.matches(c).count();
    count('"') % 2 == 0 && count('\'') % 2 == 0 && count('(') == count(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(style: &str, kept: &str, dropped: &str) {
        let (found, lost) = normalised(style);
        assert_eq!((found.as_str(), lost.join(" ").as_str()), (kept, dropped));
    }

    #[test]
    fn harmless_declarations_are_normalised() {
        assert!(PROPERTIES.is_sorted());
        check(" COLOR : Red ;width:50% ; ", "color:Red;width:50%", "");
        check(
            "font-family:'游ゴシック', sans-serif !important",
            "font-family:'游ゴシック', sans-serif",
            "",
        );
        check("background: rgba(0, 0, 0, .5)", "background:rgba(0, 0, 0, .5)", "");
    }

    #[test]
    fn attributes_of_old_are_styles() {
        let style = |tag, name, value| of_attribute(tag, name, value).unwrap_or_default();
        assert_eq!(style("img", "align", "Right"), "float:right;margin-left:1em");
        assert_eq!(style("p", "align", "center"), "text-align:center");
        assert_eq!(style("table", "align", "center"), "margin-left:auto;margin-right:auto");
        assert_eq!(style("img", "border", "1"), "border:1px solid");
        assert_eq!(style("td", "nowrap", ""), "white-space:nowrap");
        assert_eq!(style("font", "size", "+1"), "font-size:large");
        assert_eq!(of_attribute("p", "align", "中央"), None);
        assert_eq!(of_attribute("table", "border", "1"), None);
    }

    #[test]
    fn what_leaves_the_box_or_loads_is_dropped() {
        check("position:fixed;z-index:9;color:red", "color:red", "position z-index");
        check("background:url(http://x/y.png)", "", "background");
        check("margin:-10px 0;transform:scale(9)", "", "margin transform");
        check("color:red\\3b;width:calc(1px", "", "color width");
        check("color", "", "color");
    }
}
