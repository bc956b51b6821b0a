//! Text into HTML, and which addresses may be followed.

/// Appends `text` for use between tags.
pub(super) fn push_text(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Appends `text` for use in a double-quoted attribute.
pub(super) fn push_attribute(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '"', '<', '>']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Whether an address may be followed: no scheme that runs script, however it is disguised.
pub(super) fn is_harmless(address: &str) -> bool {
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(12)
        .flat_map(char::to_lowercase)
        .collect();
    !["javascript:", "vbscript:", "data:"].iter().any(|scheme| bare.starts_with(scheme))
}

/// An address that leads nowhere as readers see it: as written, but nothing of one that
/// would run script or holds a whole file.
pub(super) fn shown(written: &str) -> &str {
    if is_harmless(written) { written } else { "" }
}

/// Whether an address is a picture in itself. As a picture it runs nothing; as a link it is
/// not harmless.
pub(super) fn is_picture_data(address: &str) -> bool {
    address.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"))
}
