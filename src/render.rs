//! A page's tree and facts → its HTML, through the theme.
//!
//! In: [`Page`] with everything it shows already decided, and the [`SiteView`] that all pages
//! of its locale share. Out: the whole file. Blocks become HTML here; what a theme may want
//! to draw otherwise (screenshots, callouts, components) goes through its components.
//! Decides nothing about addresses: what a reference means was answered before.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::config::{HtmlPolicy, Locale, SoftBreaks};
use crate::diagnostic::{Checked, Diagnostic, Severity, code};
use crate::document::LocaleId;
use crate::messages::Messages;
use crate::parse::Guide;
use crate::paths::{OutputPath, UrlPath};
use crate::resolve::{Answer, HeadingAnchors};
use crate::text::Spanned;
use crate::theme::{Theme, Value, Voice, fingerprint};

mod body;
mod contents;
pub mod context;
mod escape;
mod inline;
mod line;
mod phrase;
mod unasked;
mod voice;

pub use body::RenderedBody;
use context::{PageContext, PageData, SiteContext};
pub use line::{excerpt, line_html, line_text, text_html};
pub use phrase::phrased;
pub use unasked::unasked_messages;
use voice::PageVoice;
pub use voice::message_faults;

/// The settings that rendering depends on.
#[derive(Debug, Clone, PartialEq, Hash, Default)]
pub struct RenderOptions {
    /// The locales of the site; [`LocaleId`] counts into it.
    pub locales: Vec<Locale>,
    /// How line ends inside paragraphs are shown.
    pub soft_breaks: SoftBreaks,
    /// Whether pages are linked with their `index.html`.
    pub index_links: bool,
    /// Whether pictures of other hosts are loaded.
    pub remote_images: bool,
    /// What happened to raw HTML when it was read: what is allowed is shown as written.
    pub html: HtmlPolicy,
    /// Whether code is shown without colours.
    pub plain_code: bool,
}

/// What every page of one locale shares. Made once a locale.
#[derive(Debug, Clone)]
pub struct SiteView<'a> {
    theme: &'a Theme,
    messages: &'a Arc<Messages>,
    options: &'a RenderOptions,
    locale: LocaleId,
    site: Value,
}

impl<'a> SiteView<'a> {
    /// The view of `locale`.
    pub fn new(
        words: (&'a Theme, &'a Arc<Messages>),
        options: &'a RenderOptions,
        locale: LocaleId,
        site: &SiteContext,
    ) -> Self {
        Self::with(words, options, locale, Self::shown(site, options))
    }

    /// What templates see of the site: made once, for many views.
    pub fn shown(site: &SiteContext, options: &RenderOptions) -> Value {
        Value::with(site, vec![("remote_images", Value::of(&options.remote_images))])
    }

    /// The view of `locale` that shows `site`, which [`SiteView::shown`] gave.
    pub fn with(
        (theme, messages): (&'a Theme, &'a Arc<Messages>),
        options: &'a RenderOptions,
        locale: LocaleId,
        site: Value,
    ) -> Self {
        Self { theme, messages, options, locale, site }
    }

    fn voice(&self, root: String) -> Rc<PageVoice> {
        Rc::new(PageVoice {
            messages: Arc::clone(self.messages),
            locale: self.locale,
            tag: self.options.locales[self.locale.0 as usize].as_str().to_owned(),
            root,
            serial: Cell::new(0),
            faults: RefCell::new(BTreeSet::new()),
            icons: RefCell::new(BTreeSet::new()),
        })
    }
}

/// The text of a guide, or of a section's or the front page's `index.md`.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// The answers to its references, in their order.
    pub answers: &'a [Answer],
    /// The ids of its headings, in their order.
    pub anchors: &'a [HeadingAnchors],
    /// The language it is written in.
    pub lang: LocaleId,
    /// Whether texts of another language stand in for some of it, which are to be marked.
    pub mixed: bool,
}

/// One page, decided but not drawn.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Where it is published.
    pub url: &'a UrlPath,
    /// The absolute path of the site for a page that answers at any address (`404.html`),
    /// ending in `/`; `None` for all others.
    pub root: Option<&'a str>,
    /// What it shows around its text.
    pub context: PageContext,
    /// What its kind adds.
    pub data: PageData,
    /// Its text.
    pub text: Option<Text<'a>>,
    /// `Value::of(&NavigationContext)` of its section, made once a section and locale.
    pub navigation: Option<&'a Value>,
    /// The template that its front matter names.
    pub template: Option<&'a Spanned<String>>,
}

/// A page as it is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RenderedPage {
    /// The whole file, in UTF-8.
    pub html: Vec<u8>,
    /// The style sheet of this page, where its text has styles of its own. Its name is made
    /// from its content, so two pages may bring the same file with the same bytes.
    pub style: Option<(OutputPath, String)>,
}

/// Draws `page` as the locale of `view` sees it.
pub fn page(page: &Page<'_>, view: &SiteView<'_>) -> Checked<RenderedPage> {
    let root = match page.root {
        Some(root) => root.to_owned(),
        None => UrlPath::root().relative_to(page.url, false),
    };
    let voice = view.voice(root);
    let mut diagnostics = Vec::new();
    let body = match &page.text {
        Some(text) => body::body(text, page.url, view, &voice).take(&mut diagnostics),
        None => RenderedBody::default(),
    };
    let mut context = page.context.clone();
    page.data.kind().clone_into(&mut context.kind);
    let template = template(page, view.theme, &mut diagnostics);
    context.layout = template.layout;
    let style = sheet(&body.styles);
    context.styles.extend(style.iter().map(|(path, _)| path.as_str().to_owned()));
    let kind = page.data.kind();
    let data = page.data.value(vec![
        ("body", Value::of(&body.html)),
        ("contents", Value::of(&body.contents)),
        ("reading_minutes", Value::of(&body.minutes)),
    ]);
    let variables = vec![
        ("root", Value::of(&voice.root)),
        ("site", view.site.clone()),
        ("page", Value::of(&context)),
        ("navigation", page.navigation.map_or_else(|| Value::of(&None::<String>), Value::clone)),
        (kind, data),
    ];
    let lent: Rc<dyn Voice> = voice.clone();
    let html = view.theme.draw(template.file, variables, &lent).take(&mut diagnostics);
    diagnostics.extend(voice::unforeseen(&voice, view.theme));
    // A page that could not be drawn did not come as far as its end.
    if ["guide", "section", "front"].contains(&kind) {
        diagnostics.extend(lost_text(view.theme, template.file, &body));
    }
    let unseen = voice::unseen_icons(&voice, view.theme, template.file);
    diagnostics.extend(unseen.filter(|_| !html.is_empty()));
    Checked { value: RenderedPage { html, style }, diagnostics }
}

/// Draws the page at an old address `from` that leads to `target`; `canonical` is the
/// absolute address of the target.
pub fn redirect(
    from: &UrlPath,
    target: &UrlPath,
    canonical: Option<&str>,
    view: &SiteView<'_>,
) -> Checked<Vec<u8>> {
    let voice = view.voice(UrlPath::root().relative_to(from, false));
    let href = target.relative_to(from, view.options.index_links);
    let variables = vec![
        ("root", Value::of(&voice.root)),
        ("site", view.site.clone()),
        ("href", Value::of(&href)),
        ("canonical", Value::of(&canonical.map(str::to_owned))),
    ];
    let lent: Rc<dyn Voice> = voice.clone();
    view.theme.draw(usual(view.theme, "redirect"), variables, &lent)
}

/// Renders a text alone, without its page: for previews and tests.
pub fn text_body(text: &Text<'_>, url: &UrlPath, view: &SiteView<'_>) -> Checked<RenderedBody> {
    body::body(text, url, view, &view.voice(UrlPath::root().relative_to(url, false)))
}

/// Styles as the file that the page links.
fn sheet(styles: &BTreeMap<String, String>) -> Option<(OutputPath, String)> {
    if styles.is_empty() {
        return None;
    }
    let css: String = styles
        .iter()
        .map(|(class, declarations)| format!(".{class}{{{declarations}}}\n"))
        .collect();
    let path = OutputPath::new(&format!("assets/page.{}.css", fingerprint(css.as_bytes())))
        .expect("the path is relative and not empty");
    Some((path, css))
}

/// The class that stands for style declarations.
fn style_class(declarations: &str) -> String {
    format!("s-{}", fingerprint(declarations.as_bytes()))
}

/// What draws a page.
struct Template<'a> {
    file: &'a str,
    /// The name that the guide's front matter gives it.
    layout: Option<String>,
}

fn template<'a>(
    page: &Page<'_>,
    theme: &'a Theme,
    diagnostics: &mut Vec<Diagnostic>,
) -> Template<'a> {
    let usual = Template { file: usual(theme, page.data.kind()), layout: None };
    let Some(wanted) = page.template else { return usual };
    let name = wanted.value.strip_suffix(".html").unwrap_or(&wanted.value);
    if name == page.data.kind() {
        return Template { layout: Some(name.to_owned()), ..usual };
    }
    if let Some(file) = theme.layout(name) {
        return Template { file, layout: Some(name.to_owned()) };
    }
    if !theme.is_whole() {
        return usual;
    }
    let message = if theme.draws_others(name) {
        "the template `{name}` does not draw guides"
    } else {
        "the theme has no kind of page and no template `{name}`"
    };
    diagnostics.push(
        Diagnostic::new(code::TEMPLATE_ERROR, wanted.span, message)
            .with("name", name)
            .nearest(crate::diagnostic::nearest(name, theme.layouts())),
    );
    usual
}

/// The fault of a template that leaves out the text of its page. The words are the same on
/// all pages, so that it is told once.
fn lost_text(theme: &Theme, template: &str, body: &RenderedBody) -> Option<Diagnostic> {
    let file = theme.loses_text(template).filter(|_| !body.html.0.trim().is_empty())?;
    let message = "this template leaves out the text of its pages";
    let fault = Diagnostic::new(code::INVALID_THEME, file, message);
    Some(fault.severity(Severity::Warning).help(
        "write `{{ guide.body }}` where the text is to stand, `section.body` or `front.body` on those pages",
    ))
}

/// The template of a kind of page.
fn usual<'a>(theme: &'a Theme, kind: &str) -> &'a str {
    theme.page(kind).expect("the built-in theme has a row for every kind of page")
}

#[cfg(test)]
mod tests;
