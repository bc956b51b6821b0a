//! The keys of `shirube.yaml`, each read into its place in [`Config`].
//!
//! In: the YAML text. Out: a complete [`Config`] and everything that is wrong with it. A
//! value that cannot be used leaves the default in its place. To add a setting: a field
//! with its doc comment in [`Config`], and a line here.

use std::collections::BTreeMap;

use super::front::front;
use super::values::{self, Paths};
use super::variables;
use super::yaml::{self, Entry, Fields, Node, Prose, Source, Yaml, unknown_key, wrong};
use super::{
    Assets, Config, ExtraAnchors, Feedback, FooterLink, GUIDE_KEYS, HtmlPolicy, Links, Locale,
    Localized, Markdown, SoftBreaks, Updated, ValueType, Zone,
};
use crate::diagnostic::{self, Checked, Code, Diagnostic, Reach, Severity, code, nearest};
use crate::text::Spanned;

/// Reads the settings of a site; without a file, or with an empty one, the defaults.
pub fn read(source: Option<Source<'_>>) -> Checked<Config> {
    let Some(source) = source else { return Checked::clean(Config::default()) };
    let mut diagnostics = Vec::new();
    let yaml = yaml::read(source, Prose::default()).take(&mut diagnostics);
    let Some(yaml) = yaml else { return Checked { value: Config::default(), diagnostics } };
    let mut fields = Fields::of(&yaml, "the settings");
    let value = config(&mut fields);
    diagnostics.extend(fields.finish());
    Checked { value, diagnostics }
}

fn config(fields: &mut Fields<'_>) -> Config {
    let default = Config::default();
    let locales = locales(fields).unwrap_or(default.locales);
    let timezone = timezone(fields).unwrap_or(default.timezone);
    let Paths { content, output, statics } = values::paths(fields);
    let (theme, tokens) = super::theme::theme(fields);
    Config {
        title: localized(fields, "title", &locales),
        description: localized(fields, "description", &locales),
        base_url: values::base_url_key(fields),
        content,
        output,
        statics,
        theme,
        tokens,
        links: fields
            .choice("links", &[("clean", Links::Clean), ("portable", Links::Portable)])
            .unwrap_or_default(),
        assets: fields
            .choice("assets", &[("referenced", Assets::Referenced), ("all", Assets::All)])
            .unwrap_or_default(),
        updated: fields
            .choice("updated", &[("none", Updated::None), ("git", Updated::Git)])
            .unwrap_or_default(),
        remote_images: fields
            .choice("remote_images", &[("link", false), ("allow", true)])
            .unwrap_or_default(),
        markdown: markdown(fields),
        audiences: audiences(fields),
        variables: variables::variables(fields, &locales),
        front_matter: front_matter(fields),
        levels: levels(fields),
        permalink: values::permalink(fields),
        ignore: fields.texts("ignore").map(bare).unwrap_or_default(),
        highlight: fields.boolean("highlight").unwrap_or(default.highlight),
        archives: fields.boolean("archives").unwrap_or_default(),
        feed_limit: feed_limit(fields).unwrap_or(default.feed_limit),
        edit_url: values::edit_url(fields),
        contact: localized(fields, "contact", &locales),
        footer_links: footer_links(fields, &locales),
        feedback: feedback(fields),
        front: front(fields, &locales, &timezone),
        preview: super::preview::preview(fields),
        max_image_pixels: fields
            .count("max_image_megapixels", 1)
            .map_or(default.max_image_pixels, |count| count.saturating_mul(1_000_000)),
        timezone,
        locales,
    }
}

fn bare(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// The fixed folders of the output, which a locale's folder would cover.
const FIXED: [&str; 5] = ["all", "tags", "search", "assets", "glossary"];

fn locales(fields: &mut Fields<'_>) -> Option<Vec<Locale>> {
    let mut locales: Vec<Locale> = Vec::new();
    let written = fields.texts("locales")?;
    for tag in &written {
        let Some(locale) = Locale::new(&tag.value) else {
            fields.report(
                Diagnostic::new(code::INVALID_VALUE, tag.span, "`{tag}` is no language tag")
                    .with("tag", &tag.value)
                    .help("write tags like `ja`, `en` or `fr-CA`"),
            );
            continue;
        };
        if FIXED.contains(&tag.value.to_lowercase().as_str()) {
            fields.report(
                Diagnostic::new(
                    code::ADDRESS_COLLISION,
                    tag.span,
                    "the locale `{tag}` would take the folder `{tag}/`, which every site has",
                )
                .with("tag", &tag.value)
                .help("add a region or script: `{tag}-Latn`"),
            );
        } else if locales.iter().any(|l| l.as_str().eq_ignore_ascii_case(&tag.value)) {
            fields.report(
                Diagnostic::new(code::INVALID_VALUE, tag.span, "the locale `{tag}` stands twice")
                    .with("tag", &tag.value)
                    .help("keep one of the two"),
            );
        } else {
            locales.push(locale);
        }
    }
    (!locales.is_empty()).then_some(locales)
}

/// A text, or texts by locale.
pub(super) fn localized(
    fields: &mut Fields<'_>,
    key: &'static str,
    locales: &[Locale],
) -> Localized {
    match fields.value(key) {
        Some(value) => localized_value(fields, key, value, locales),
        None => Localized::default(),
    }
}

pub(super) fn localized_value(
    fields: &mut Fields<'_>,
    key: &str,
    value: &Yaml,
    locales: &[Locale],
) -> Localized {
    let Node::Map(entries) = &value.node else {
        if let Some(text) = value.text() {
            return Localized::same(text);
        }
        let example = format!("{key}: {{ja: …, en: …}}");
        fields.report(wrong(key, value, "a text, or one for each locale", &example));
        return Localized::default();
    };
    let mut by_locale = BTreeMap::new();
    for Entry { key: tag, value } in entries {
        if !locales.iter().any(|locale| locale.as_str() == tag.value) {
            fields.report(undeclared(tag, locales));
        } else if let Some(text) = value.text() {
            by_locale.insert(tag.value.clone(), text.to_owned());
        } else if !value.is_null() {
            fields.report(wrong(&tag.value, value, "a text", &format!("{}: …", tag.value)));
        }
    }
    Localized { default: None, by_locale }
}

/// The fault of a key that should be one of the site's locales.
pub(super) fn undeclared(tag: &Spanned<String>, locales: &[Locale]) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_KEY, tag.span, "`{tag}` is no locale of this site")
        .with("tag", &tag.value)
        .nearest(nearest(&tag.value, locales.iter().map(Locale::as_str)))
        .help("name it in `locales:`")
}

fn timezone(fields: &mut Fields<'_>) -> Option<Zone> {
    let name = fields.text("timezone")?;
    let zone = Zone::new(&name.value);
    if zone.is_none() {
        let names = Zone::names();
        let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
        let wanted = city(&name.value);
        let near = nearest(&name.value, names.iter().map(String::as_str))
            .or_else(|| names.iter().map(String::as_str).find(|known| city(known) == wanted));
        fields.report(
            Diagnostic::new(code::INVALID_VALUE, name.span, "there is no time zone `{name}`")
                .with("name", &name.value)
                .nearest(near)
                .help("write a name such as `Asia/Tokyo` or `UTC`"),
        );
    }
    zone
}

fn markdown(fields: &mut Fields<'_>) -> Markdown {
    let Some(mut inner) = fields.fields("markdown") else { return Markdown::default() };
    let markdown = Markdown {
        soft_breaks: inner
            .choice(
                "soft_breaks",
                &[
                    ("join", SoftBreaks::Join),
                    ("space", SoftBreaks::Space),
                    ("break", SoftBreaks::Break),
                ],
            )
            .unwrap_or_default(),
        html: inner
            .choice(
                "html",
                &[
                    ("sanitize", HtmlPolicy::Sanitize),
                    ("allow", HtmlPolicy::Allow),
                    ("escape", HtmlPolicy::Escape),
                ],
            )
            .unwrap_or_default(),
        math: inner.boolean("math").unwrap_or_default(),
        extra_anchors: inner
            .choice("extra_anchors", &[("none", ExtraAnchors::None), ("hexo", ExtraAnchors::Hexo)])
            .unwrap_or_default(),
    };
    fields.absorb(inner);
    markdown
}

fn audiences(fields: &mut Fields<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in fields.texts("audiences").unwrap_or_default() {
        // The command line separates them by commas.
        if name.value.is_empty() || name.value.contains([',', ' ']) {
            fields.report(
                Diagnostic::new(code::INVALID_VALUE, name.span, "`{name}` cannot name an audience")
                    .with("name", &name.value)
                    .help("use one word without spaces and commas, such as `staff`"),
            );
        } else if !names.contains(&name.value) {
            names.push(name.value);
        }
    }
    names
}

const TYPES: [(&str, ValueType); 6] = [
    ("text", ValueType::Text),
    ("number", ValueType::Number),
    ("boolean", ValueType::Boolean),
    ("date", ValueType::Date),
    ("list", ValueType::List),
    ("any", ValueType::Any),
];

fn front_matter(fields: &mut Fields<'_>) -> BTreeMap<String, ValueType> {
    let Some(mut inner) = fields.fields("front_matter") else { return BTreeMap::new() };
    let mut declared = BTreeMap::new();
    for Entry { key, value } in inner.entries() {
        let written = value.text().unwrap_or_default();
        let kind = TYPES.iter().find(|(name, _)| *name == written);
        if GUIDE_KEYS.contains(&key.value.as_str()) {
            inner.report(
                Diagnostic::new(code::INVALID_VALUE, key.span, "every guide may have `{key}`")
                    .with("key", &key.value)
                    .help("remove the line: this key needs no declaration"),
            );
        } else if let Some((_, kind)) = kind {
            declared.insert(key.value.clone(), *kind);
        } else {
            inner.report(
                wrong(&key.value, value, "a type", &format!("{}: text", key.value))
                    .nearest(nearest(written, TYPES.map(|(name, _)| name)))
                    .help("the types are text, number, boolean, date, list and any"),
            );
        }
    }
    fields.absorb_open(inner);
    declared
}

fn levels(fields: &mut Fields<'_>) -> BTreeMap<&'static str, (Code, Option<Severity>)> {
    let Some(mut inner) = fields.fields("levels") else { return BTreeMap::new() };
    let mut levels = BTreeMap::new();
    for Entry { key, value } in inner.entries() {
        let Some(code) = diagnostic::by_name(&key.value) else {
            inner.report(unknown_key(key, diagnostic::ALL.iter().map(|code| code.name())));
            continue;
        };
        match level(code, key, value) {
            Ok(level) => {
                levels.insert(code.name(), (code, level));
            }
            Err(fault) => inner.report(*fault),
        }
    }
    fields.absorb_open(inner);
    levels
}

fn level(
    code: Code,
    key: &Spanned<String>,
    value: &Yaml,
) -> Result<Option<Severity>, Box<Diagnostic>> {
    let level = match value.text() {
        Some("error") => Some(Severity::Error),
        Some("warning") => Some(Severity::Warning),
        Some("note") => Some(Severity::Note),
        Some("off") => None,
        _ => {
            let example = format!("{}: warning", key.value);
            let wanted = "`error`, `warning`, `note` or `off`";
            return Err(Box::new(wrong(&key.value, value, wanted, &example)));
        }
    };
    let whole = code.reach() == Reach::Whole && code.severity() == Severity::Error;
    if whole && level != Some(Severity::Error) {
        let message = "`{key}` stays an error: with it no site can be written";
        return Err(Box::new(
            Diagnostic::new(code::INVALID_VALUE, value.span, message)
                .with("key", &key.value)
                .help("remove the line"),
        ));
    }
    Ok(level)
}

fn feed_limit(fields: &mut Fields<'_>) -> Option<usize> {
    let mut inner = fields.fields("feed")?;
    let limit = inner.count("limit", 1);
    fields.absorb(inner);
    limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
}

fn footer_links(fields: &mut Fields<'_>, locales: &[Locale]) -> Vec<FooterLink> {
    let Some(mut footer) = fields.fields("footer") else { return Vec::new() };
    let mut links = Vec::new();
    match footer.value("links").map(|value| (value, &value.node)) {
        Some((_, Node::List(items))) => {
            for item in items {
                let mut inner = Fields::of(item, "a link of `footer.links`");
                let text = localized(&mut inner, "text", locales);
                let url = values::link(&mut inner, "url");
                footer.absorb(inner);
                links.extend(url.map(|url| FooterLink { text, url }));
            }
        }
        Some((value, Node::Scalar(_) | Node::Map(_))) => {
            let example = "links: [{text: …, url: …}]";
            footer.report(wrong("links", value, "a list of links", example));
        }
        None => {}
    }
    fields.absorb(footer);
    links
}

fn feedback(fields: &mut Fields<'_>) -> Feedback {
    let Some(mut inner) = fields.fields("feedback") else { return Feedback::default() };
    let url = values::web_address(&mut inner, "url");
    let mail = inner.text("mail").and_then(|mail| {
        let good = mail.value.contains('@') && !mail.value.contains([' ', ':', '\n']);
        if !good {
            inner.report(
                Diagnostic::new(code::INVALID_VALUE, mail.span, "`{mail}` is no mail address")
                    .with("mail", &mail.value)
                    .help("for example `mail: helpdesk@example.com`"),
            );
        }
        good.then_some(mail.value)
    });
    fields.absorb(inner);
    Feedback { url, mail }
}

#[cfg(test)]
mod tests;
