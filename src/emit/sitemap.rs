//! The sitemap with its language alternates, and `robots.txt`.
//!
//! Source: sitemaps.org, protocol 0.9; Google's `xhtml:link` extension for languages.

use super::{element, push_xml};

/// A page of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its absolute address.
    pub url: String,
    /// When it was last changed, RFC 3339.
    pub updated: Option<String>,
    /// The same page in every language that has it, itself among them: tag and address.
    pub alternates: Vec<(String, String)>,
}

/// The sitemap as XML.
pub fn sitemap(entries: &[SitemapEntry]) -> String {
    let mut out = String::with_capacity(entries.len() * 120 + 200);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" ");
    out.push_str("xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for entry in entries {
        out.push_str("  <url>\n");
        element(&mut out, 4, "loc", &entry.url);
        if let Some(updated) = &entry.updated {
            element(&mut out, 4, "lastmod", updated);
        }
        for (tag, url) in &entry.alternates {
            out.push_str("    <xhtml:link rel=\"alternate\" hreflang=\"");
            push_xml(&mut out, tag);
            out.push_str("\" href=\"");
            push_xml(&mut out, url);
            out.push_str("\"/>\n");
        }
        out.push_str("  </url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

/// `robots.txt`: everything may be read, and where the sitemap is.
pub fn robots(sitemap: Option<&str>) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if let Some(sitemap) = sitemap {
        out.push_str("Sitemap: ");
        out.push_str(sitemap);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternates_are_listed_for_each_page() {
        let xml = sitemap(&[SitemapEntry {
            url: "https://help.example/a/".into(),
            updated: None,
            alternates: vec![("en".into(), "https://help.example/en/a/".into())],
        }]);
        assert!(xml.contains("hreflang=\"en\" href=\"https://help.example/en/a/\"/>"));
        assert!(!xml.contains("lastmod"));
        assert!(robots(None).ends_with("Allow: /\n"));
    }
}
