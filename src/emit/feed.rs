//! The Atom feed of a locale.
//!
//! Source: RFC 4287.

use super::{element, push_xml};

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed<'a> {
    /// The site's name.
    pub title: &'a str,
    /// The site's description; empty when there is none.
    pub subtitle: &'a str,
    /// The locale's tag.
    pub lang: &'a str,
    /// The absolute address of the locale's front page.
    pub home: &'a str,
    /// The absolute address of the feed itself.
    pub own: &'a str,
    /// The day of the build, RFC 3339: when the feed changed that holds nothing.
    pub today: &'a str,
    /// Its entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// A guide in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its title, plain.
    pub title: String,
    /// Its absolute address, which is also its id.
    pub url: String,
    /// When it was written, RFC 3339.
    pub published: String,
    /// When it was last changed, RFC 3339.
    pub updated: String,
    /// What it is about, plain.
    pub summary: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// The feed as XML. Its `updated` is that of its newest entry, so that a build without
/// changes writes the same bytes.
pub fn feed(feed: &Feed<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    push_xml(&mut out, feed.lang);
    out.push_str("\">\n");
    element(&mut out, 2, "title", feed.title);
    if !feed.subtitle.is_empty() {
        element(&mut out, 2, "subtitle", feed.subtitle);
    }
    element(&mut out, 2, "id", feed.home);
    link(&mut out, 2, "alternate", feed.home);
    link(&mut out, 2, "self", feed.own);
    let newest = feed.entries.iter().map(|entry| entry.updated.as_str()).max();
    element(&mut out, 2, "updated", newest.unwrap_or(feed.today));
    out.push_str("  <author>\n");
    element(&mut out, 4, "name", feed.title);
    out.push_str("  </author>\n");
    for each in &feed.entries {
        entry(&mut out, each);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, entry: &FeedEntry) {
    out.push_str("  <entry>\n");
    element(out, 4, "title", &entry.title);
    element(out, 4, "id", &entry.url);
    link(out, 4, "alternate", &entry.url);
    element(out, 4, "published", &entry.published);
    element(out, 4, "updated", &entry.updated);
    for tag in &entry.tags {
        out.push_str("    <category term=\"");
        push_xml(out, tag);
        out.push_str("\"/>\n");
    }
    element(out, 4, "summary", &entry.summary);
    out.push_str("  </entry>\n");
}

fn link(out: &mut String, indent: usize, rel: &str, href: &str) {
    out.push_str(&" ".repeat(indent));
    out.push_str("<link rel=\"");
    out.push_str(rel);
    out.push_str("\" href=\"");
    push_xml(out, href);
    out.push_str("\"/>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feed_escapes_and_dates_itself_by_its_newest_entry() {
        let entry = FeedEntry {
            title: "A & <B> の移行".into(),
            url: "https://help.example/a/".into(),
            published: "2024-01-01T00:00:00+09:00".into(),
            updated: "2024-02-01T00:00:00+09:00".into(),
            summary: "概要\u{1}".into(),
            tags: vec!["\"MFA\"".into()],
        };
        let xml = feed(&Feed {
            title: "窓口",
            subtitle: "",
            lang: "ja",
            home: "https://help.example/",
            own: "https://help.example/atom.xml",
            today: "2026-01-01T00:00:00Z",
            entries: vec![entry],
        });
        assert!(xml.contains("<title>A &amp; &lt;B&gt; の移行</title>"));
        assert!(xml.contains("<updated>2024-02-01T00:00:00+09:00</updated>\n  <author>"));
        assert!(xml.contains("term=\"&quot;MFA&quot;\""));
        assert!(xml.contains("<summary>概要</summary>"));
    }
}
