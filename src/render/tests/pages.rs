//! Whole pages of every kind.

use super::contexts::{entry, full_site, named, page_context, pages};
use super::*;

/// Tags that open and never close, or close and never opened.
fn unbalanced(html: &str) -> Vec<String> {
    const VOID: &[&str] = &["meta", "link", "br", "img", "hr", "input", "!doctype", "wbr"];
    let (mut open, mut faults) = (Vec::<String>::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            if open.last() == Some(&name) {
                open.pop();
            } else {
                faults.push(format!("</{name}> in {open:?}"));
            }
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    faults.extend(open);
    faults
}

#[test]
fn every_kind_of_page_is_whole_in_both_languages() {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja", "en"]);
    assert_eq!(message_faults(&theme, &messages, 2), []);
    let options = options();
    let navigation = Value::of(&NavigationContext {
        section: Some(named("アカウント", "account/")),
        guides: vec![named("移行", "account/x/"), named("別", "account/y/")],
        sections: vec![named("下", "account/z/")],
    });
    let heading = |index| {
        block(BlockKind::Heading(Heading { level: 2, text: vec![t("見出し")], id: None, index }))
    };
    let styled = block(BlockKind::Element(element(
        "div",
        &[("style", HtmlValue::Style("color:red".to_owned()))],
        vec![],
    )));
    let guide = guide(vec![heading(0), p(vec![t("本文")]), heading(1), styled]);
    let anchors = ["a", "b"].map(|id| HeadingAnchors { id: id.to_owned(), extra: vec![] });
    for (locale, tag) in [(JA, "ja"), (EN, "en")] {
        let view = SiteView::new((&theme, &messages), &options, locale, &full_site(tag));
        for (url, data) in pages() {
            let kind = data.kind();
            let url = UrlPath::new(url).unwrap();
            let page = Page {
                url: &url,
                root: (kind == "not_found").then_some("/blog/"),
                context: page_context(url.as_str()),
                data,
                text: Some(Text {
                    guide: &guide,
                    answers: &[],
                    anchors: &anchors,
                    lang: JA,
                    mixed: false,
                }),
                navigation: Some(&navigation),
                template: None,
            };
            let checked = crate::render::page(&page, &view);
            assert_eq!(fixture::lines(&checked.diagnostics, ""), Vec::<String>::new(), "{kind}");
            let html = str::from_utf8(&checked.value.html).unwrap();
            assert_eq!(unbalanced(html), Vec::<String>::new(), "{kind}: {html}");
            assert!(html.contains("Content-Security-Policy"));
            assert!(!html.contains("style=") && !html.contains(" onclick"), "{kind}: {html}");
            assert!(!html.contains("<移行>") && !html.contains("<デスク>"), "{kind}");
            // Most of it are icons; what counts, compressed, is measured by the browser tests.
            assert!(html.len() < 20_000, "{kind} has {} bytes", html.len());
            if kind == "guide" {
                assert!(html.contains("aria-current=\"page\""), "{html}");
                assert!(html.contains(&format!(
                    "href=\"../../{}\"",
                    checked.value.style.as_ref().unwrap().0
                )));
                let date = if tag == "ja" { "2022年3月24日" } else { "March 24, 2022" };
                assert!(html.contains(date), "{html}");
            }
            if kind == "not_found" {
                assert!(html.contains("href=\"/blog/assets/style."), "{html}");
            }
        }
    }
}

/// The page of `data` in English, around a heading.
fn english(url: &str, data: PageData) -> String {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja", "en"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, EN, &full_site("en"));
    let url = UrlPath::new(url).unwrap();
    let context = page_context(url.as_str());
    let page =
        Page { url: &url, root: None, context, data, text: None, navigation: None, template: None };
    let checked = crate::render::page(&page, &view);
    assert_eq!(fixture::lines(&checked.diagnostics, ""), Vec::<String>::new());
    String::from_utf8(checked.value.html).expect("pages are UTF-8")
}

#[test]
fn tags_of_another_language_say_so() {
    let japanese = || Some("ja".to_owned());
    let tag = |title: &str, lang| TagCountContext {
        title: title.to_owned(),
        path: "t/".to_owned(),
        lang,
        count: 1,
    };
    let tags = vec![tag("情シス", japanese()), tag("Azure", None)];
    let shown = english("en/tags/", PageData::Tags(TagsContext { tags }));
    assert!(shown.contains("t/\" lang=\"ja\">情シス</a>"), "{shown}");
    assert!(shown.contains("t/\">Azure</a>"), "{shown}");
    let one = |lang| TagContext { title: "情シス".to_owned(), lang, guides: Vec::new() };
    let shown = english("en/tags/x/", PageData::Tag(one(japanese())));
    assert!(shown.contains("<span lang=\"ja\">情シス</span>"), "{shown}");
    let shown = english("en/tags/x/", PageData::Tag(one(None)));
    assert!(shown.contains("情シス") && !shown.contains("<span lang=\"ja\">情"), "{shown}");
    let tags = vec![LinkContext { lang: japanese(), ..named("情シス", "t/") }];
    let shown = english("en/x/", PageData::Guide(GuideFacts { tags, ..GuideFacts::default() }));
    assert!(shown.contains("t/\" lang=\"ja\">情シス</a>"), "{shown}");
}

#[test]
fn a_page_of_one_month_names_it_once() {
    let group = |period: &str| GroupContext {
        period: Some(period.to_owned()),
        guides: vec![entry("移行", "account/x/")],
    };
    let list =
        |groups| ListContext { period: Some("2025-12".to_owned()), groups, periods: Vec::new() };
    let month = english("en/archives/2025/12/", PageData::Archive(list(vec![group("2025-12")])));
    assert_eq!((month.matches("December 2025").count(), month.matches("<h2").count()), (1, 0));
    let two = vec![group("2025-12"), group("2025-11")];
    let months = english("en/archives/2025/", PageData::Archive(list(two)));
    assert_eq!(months.matches("<h2").count(), 2, "{months}");
    let all = english("en/all/", PageData::All(list(vec![group("2025-12")])));
    assert_eq!(all.matches("<h2").count(), 1, "{all}");
}

#[test]
fn old_addresses_lead_to_the_new_one() {
    let theme = fixture::theme(&[]).value;
    let messages = fixture::messages(&["ja"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, JA, &site());
    let url = |path| UrlPath::new(path).unwrap();
    let checked =
        redirect(&url("old/x/"), &url("new/図/"), Some("https://help.example/new/"), &view);
    assert_eq!(checked.diagnostics, []);
    let html = str::from_utf8(&checked.value).unwrap();
    assert!(html.contains("content=\"0; url=../../new/%E5%9B%B3/\""), "{}", html);
    assert!(html.contains("noindex"));
}

#[test]
fn the_words_of_the_theme_are_complete_in_both_languages() {
    let messages = fixture::messages(&["ja", "en"]);
    assert_eq!(messages.ids("ja").collect::<Vec<_>>(), messages.ids("en").collect::<Vec<_>>());
}

#[test]
fn messages_that_a_theme_asks_for_are_checked_at_the_template() {
    let text = "{{ msg(id=\"guide-cont\") }}{{ msg(id=\"guide-count\") }}";
    let theme = fixture::theme(&[("templates/x.html", text)]).value;
    let messages = fixture::messages(&["ja", "en"]);
    let faults = fixture::lines(&message_faults(&theme, &messages, 1), text);
    assert_eq!(
        faults,
        [
            "missing-message ‹guide-cont› there is no message `guide-cont` in `ja` [did you mean `guide-count`?]",
            "message-argument ‹guide-count› the message `guide-count` wants `$count`",
        ]
    );
}

#[test]
fn a_template_named_by_a_guide_draws_it_or_is_reported_there() {
    let files = [
        ("templates/wide.html", "{{ page.kind }} {{ page.layout }} {{ page.title }}"),
        ("theme.yaml", "pages: { faq: wide.html }"),
    ];
    let theme = fixture::theme(&files).value;
    let messages = fixture::messages(&["ja"]);
    let options = options();
    let view = SiteView::new((&theme, &messages), &options, JA, &site());
    let url = UrlPath::new("x/").unwrap();
    let draw = |name: &str| {
        let template = Spanned::new(name.to_owned(), Span::new(FileId(1), 0..name.len()));
        let page = Page {
            url: &url,
            root: None,
            context: page_context("x/"),
            data: PageData::Guide(GuideFacts::default()),
            text: None,
            navigation: None,
            template: Some(&template),
        };
        let checked = crate::render::page(&page, &view);
        (String::from_utf8(checked.value.html).unwrap(), fixture::lines(&checked.diagnostics, name))
    };
    assert_eq!(draw("wide").0, "guide wide スマートフォンの &lt;移行&gt;");
    assert_eq!(draw("faq").0, "guide faq スマートフォンの &lt;移行&gt;");
    assert_eq!(draw("wide.html").0, draw("wide").0);
    assert_eq!(
        draw("wyde").1,
        [
            "template-error ‹wyde› the theme has no kind of page and no template `wyde` [did you mean `wide`?]"
        ]
    );
}

#[test]
fn a_page_whose_icons_nothing_draws_is_told_once_at_its_base() {
    let base = "<main>{% block main %}{% endblock main %}</main>";
    let part =
        "{% extends \"plain.html\" %}{% block main %}{{ icon(name=\"info\") }}{% endblock main %}";
    let told = |base: &str| {
        let files = [
            ("templates/plain.html", base),
            ("templates/404.html", part),
            ("templates/tags.html", part),
        ];
        let theme = fixture::theme(&files).value;
        let messages = fixture::messages(&["ja", "en"]);
        let options = options();
        let view = SiteView::new((&theme, &messages), &options, JA, &full_site("ja"));
        let url = UrlPath::new("x/").unwrap();
        let drawn = |data| {
            let context = page_context("x/");
            let page = Page {
                url: &url,
                root: None,
                context,
                data,
                text: None,
                navigation: None,
                template: None,
            };
            crate::render::page(&page, &view).diagnostics
        };
        (drawn(PageData::NotFound), drawn(PageData::Tags(TagsContext::default())))
    };
    let (one, other) = told(base);
    assert_eq!(one, other, "so that it is shown once");
    assert_eq!(
        fixture::lines(&one, ""),
        [
            "invalid-theme ‹(file)› pages of this template use icons, and no `sprite()` after them draws these [write `{{ sprite() }}` once, just before `</body>`]"
        ]
    );
    assert_eq!(one[0].place, crate::diagnostic::Place::File(FileId(1)));
    assert_eq!(one[0].severity, crate::diagnostic::Severity::Warning);
    let (one, other) = told(&format!("{base}{{{{ sprite() }}}}"));
    assert_eq!((one, other), (Vec::new(), Vec::new()));
}
