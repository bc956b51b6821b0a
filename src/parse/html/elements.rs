//! What HTML's elements are to us: blocks or not, void, ended by what.

pub(in crate::parse) use crate::document::is_block;
pub(super) use crate::document::is_void;

/// Elements that are surely meant as such where the end tag of one around them ends them.
pub(super) fn is_formatting(tag: &str) -> bool {
    matches!(
        tag,
        "b" | "i"
            | "em"
            | "strong"
            | "u"
            | "s"
            | "del"
            | "ins"
            | "mark"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "font"
            | "span"
    )
}

/// Whether an element's end tag may be left out.
pub(super) fn ends_by_itself(tag: &str) -> bool {
    matches!(
        tag,
        "li" | "p"
            | "td"
            | "th"
            | "tr"
            | "thead"
            | "tbody"
            | "tfoot"
            | "dt"
            | "dd"
            | "option"
            | "optgroup"
            | "colgroup"
            | "caption"
            | "rt"
            | "rp"
    )
}

/// Whether the start of `next` ends an open `tag`; and what keeps it from reaching further
/// out.
pub(super) fn is_ended_by(tag: &str, next: &str) -> bool {
    match tag {
        "li" => next == "li",
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "thead" | "tfoot"),
        "thead" | "tbody" | "tfoot" => matches!(next, "tbody" | "thead" | "tfoot"),
        "caption" | "colgroup" => matches!(next, "colgroup" | "tr" | "tbody" | "thead" | "tfoot"),
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "option" => matches!(next, "option" | "optgroup"),
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        "p" => is_block(next),
        _ => false,
    }
}
