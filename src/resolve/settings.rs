//! The links of settings: guides by their paths, or addresses elsewhere.
//!
//! In: what `footer.links`, `front.guides` and `front.notices` name, and the map. Out: where
//! each leads, and the faults of those that lead nowhere or to what this build hides.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::text::Spanned;

use super::site_map::SiteMap;

/// Where a link of the settings leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingTarget {
    /// A guide, by its entry.
    Guide(usize),
    /// An address elsewhere.
    Elsewhere(String),
}

/// Where `written` leads; `None` when it leads nowhere that may be shown.
pub fn setting_target(map: &SiteMap, written: &str) -> Option<SettingTarget> {
    let written = written.trim();
    if written.contains(':') {
        return Some(SettingTarget::Elsewhere(written.to_owned()));
    }
    setting_guide(map, written).map(SettingTarget::Guide)
}

/// The guide at `written`, a path below the content folder.
pub fn setting_guide(map: &SiteMap, written: &str) -> Option<usize> {
    let stem = stem(written);
    let own = if stem.is_empty() { "index".to_owned() } else { format!("{stem}/index") };
    map.guide(stem).or_else(|| map.guide(&own))
}

/// A path without query, fragment and the end of a file's name.
fn stem(written: &str) -> &str {
    let path = written.trim().split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    path.strip_suffix(".md").unwrap_or(path)
}

/// Links of the settings that lead nowhere, or to what this build hides.
pub fn setting_faults(map: &SiteMap, config: &Config) -> Vec<Diagnostic> {
    let footer = config.footer_links.iter().map(|link| &link.url);
    let notices = config.front.notices.iter().filter_map(|notice| notice.url.as_ref());
    let dead = |url: &&Spanned<String>| setting_target(map, &url.value).is_none();
    let links = footer.chain(notices).filter(dead).map(|url| {
        let help = "write the path of a guide below the content folder, or a whole address";
        fault(map, url).help(help)
    });
    let missing = |path: &&Spanned<String>| setting_guide(map, &path.value).is_none();
    let guides = config.front.guides.iter().filter(missing).map(|path| {
        let help = "write the path of a guide below the content folder: `account/x.md`";
        let names = map.entries.iter().map(|entry| entry.id.as_str());
        let near = nearest(stem(&path.value), names).map(|near| format!("{near}.md"));
        fault(map, path).nearest(near.as_deref()).help(help)
    });
    links.chain(guides).collect()
}

fn fault(map: &SiteMap, written: &Spanned<String>) -> Diagnostic {
    let stem = stem(&written.value);
    let hidden = map.is_hidden(stem) || map.is_hidden(&format!("{stem}/index"));
    let (code, message) = match hidden {
        true => (code::HIDDEN_TARGET, "`{target}` belongs to a guide that this build hides"),
        false => (code::BROKEN_LINK, "no guide is at `{target}`"),
    };
    Diagnostic::new(code, written.span, message).with("target", &written.value)
}
