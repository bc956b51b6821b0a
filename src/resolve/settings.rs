//! The links of settings: guides by their paths, or addresses elsewhere.
//!
//! In: what `footer.links`, `front.guides` and `front.notices` name, and the map. Out: where
//! each leads, and the faults of those that lead nowhere or to what this build hides.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::document::LocaleId;
use crate::text::{Span, Spanned};

use super::reference::{anchor, taken_apart};
use super::site_map::SiteMap;

/// Where a link of the settings leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingTarget {
    /// A guide, by its entry, with what follows its address: `?query#anchor`.
    Guide(usize, String),
    /// An address elsewhere.
    Elsewhere(String),
}

/// Where `written` leads; `None` when it leads nowhere that may be shown.
pub fn setting_target(map: &SiteMap, written: &str) -> Option<SettingTarget> {
    let written = written.trim();
    if path(written).contains(':') {
        return Some(SettingTarget::Elsewhere(written.to_owned()));
    }
    let (at, suffix) = setting_guide(map, written)?;
    Some(SettingTarget::Guide(at, suffix))
}

/// The guide at `written`, a path below the content folder, with what follows its address.
pub fn setting_guide(map: &SiteMap, written: &str) -> Option<(usize, String)> {
    let at = guide(map, written)?;
    let mut parts = taken_apart(written.trim());
    let anchors = &map.entries[at].anchored.source;
    let id = parts.fragment.as_deref().and_then(|fragment| anchors.find(fragment));
    parts.fragment = id.map(str::to_owned).or(parts.fragment);
    Some((at, parts.suffix()))
}

fn guide(map: &SiteMap, written: &str) -> Option<usize> {
    // An anchor alone is one of the page it stands on, and settings stand on none.
    let stem = Some(stem(written)).filter(|_| !path(written.trim()).is_empty())?;
    let own = if stem.is_empty() { "index".to_owned() } else { format!("{stem}/index") };
    map.guide(stem).or_else(|| map.guide(&own))
}

/// What stands before query and fragment.
fn path(written: &str) -> &str {
    written.split(['#', '?']).next().unwrap_or_default()
}

/// A path without query, fragment and the end of a file's name.
fn stem(written: &str) -> &str {
    let path = path(written.trim()).trim_matches('/');
    path.strip_suffix(".md").unwrap_or(path)
}

/// Links of the settings that lead nowhere, or to what this build hides.
pub fn setting_faults(map: &SiteMap, config: &Config) -> Vec<Diagnostic> {
    let footer = config.footer_links.iter().map(|link| &link.url);
    let notices = config.front.notices.iter().filter_map(|notice| notice.url.as_ref());
    let links: Vec<&Spanned<String>> = footer.chain(notices).collect();
    let guides = &config.front.guides;
    let mut faults = Vec::new();
    for url in links.iter().copied().filter(|url| setting_target(map, &url.value).is_none()) {
        let help = "write the path of a guide below the content folder, or a whole address";
        faults.push(fault(map, url, None, help));
    }
    for path in guides.iter().filter(|path| guide(map, &path.value).is_none()) {
        let help = "write the path of a guide below the content folder: `account/x.md`";
        let names = map.entries.iter().map(|entry| entry.id.as_str());
        let near = nearest(stem(&path.value), names).map(|near| format!("{near}.md"));
        faults.push(fault(map, path, near.as_deref(), help));
    }
    faults.extend(links.into_iter().chain(guides).flat_map(|link| dead_anchor(map, link)));
    faults.extend(twice(map, guides));
    faults
}

/// An anchor that the guide does not have.
fn dead_anchor(map: &SiteMap, written: &Spanned<String>) -> Vec<Diagnostic> {
    let target = setting_target(map, &written.value);
    let Some(SettingTarget::Guide(at, _)) = target else { return Vec::new() };
    let Some(fragment) = taken_apart(written.value.trim()).fragment else { return Vec::new() };
    let place = (written.value.as_str(), written.span);
    anchor(&map.entries[at], LocaleId::default(), fragment, place).diagnostics
}

/// Guides that `front.guides` names again: the front page would show them twice.
fn twice(map: &SiteMap, guides: &[Spanned<String>]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<usize, Span> = BTreeMap::new();
    let mut faults = Vec::new();
    for path in guides {
        let Some(at) = guide(map, &path.value) else { continue };
        if let Some(first) = first.get(&at) {
            let message = "`{target}` is already among the important guides";
            let fault = Diagnostic::new(code::INVALID_VALUE, path.span, message)
                .severity(Severity::Warning)
                .with("target", &path.value)
                .related(*first, "first named here");
            faults.push(fault.help("take one of them out"));
        } else {
            first.insert(at, path.span);
        }
    }
    faults
}

fn fault(
    map: &SiteMap,
    written: &Spanned<String>,
    near: Option<&str>,
    help: &'static str,
) -> Diagnostic {
    let stem = stem(&written.value);
    let hidden = map.is_hidden(stem) || map.is_hidden(&format!("{stem}/index"));
    let (code, message, help) = match hidden {
        true => (
            code::HIDDEN_TARGET,
            "`{target}` belongs to a guide that this build hides",
            "publish the guide, or take the link out",
        ),
        false => (code::BROKEN_LINK, "no guide is at `{target}`", help),
    };
    let fault = Diagnostic::new(code, written.span, message).with("target", &written.value);
    fault.nearest(near.filter(|_| !hidden)).help(help)
}
