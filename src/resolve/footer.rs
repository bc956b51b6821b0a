//! The links of `footer.links`: guides by their paths, or addresses elsewhere.

use crate::config::{Config, FooterLink};
use crate::diagnostic::{Diagnostic, code};

use super::site_map::SiteMap;

/// Where a link of the footer leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FooterTarget {
    /// A guide, by its entry.
    Guide(usize),
    /// An address elsewhere.
    Elsewhere(String),
}

/// Where `link` leads; `None` when it leads nowhere that may be shown.
pub fn footer_target(map: &SiteMap, link: &FooterLink) -> Option<FooterTarget> {
    let written = link.url.value.trim();
    if written.contains(':') {
        return Some(FooterTarget::Elsewhere(written.to_owned()));
    }
    let stem = written.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    let own = if stem.is_empty() { "index".to_owned() } else { format!("{stem}/index") };
    map.guide(stem).or_else(|| map.guide(&own)).map(FooterTarget::Guide)
}

/// Links of the footer that lead nowhere, or to what this build hides.
pub fn footer_faults(map: &SiteMap, config: &Config) -> Vec<Diagnostic> {
    let dead = config.footer_links.iter().filter(|link| footer_target(map, link).is_none());
    let fault = |link: &FooterLink| {
        let stem = link.url.value.trim_matches('/');
        let stem = stem.strip_suffix(".md").unwrap_or(stem);
        let (code, message) = match map.is_hidden(stem) {
            true => (code::HIDDEN_TARGET, "`{target}` belongs to a guide that this build hides"),
            false => (code::BROKEN_LINK, "no guide is at `{target}`"),
        };
        Diagnostic::new(code, link.url.span, message)
            .with("target", &link.url.value)
            .help("write the path of a guide below the content folder, or a whole address")
    };
    dead.map(fault).collect()
}
