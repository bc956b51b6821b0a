//! Contexts of pages with everything in them.

use super::*;

pub(super) fn entry(title: &str, path: &str) -> EntryContext {
    EntryContext {
        title: title.to_owned(),
        title_html: Html(title.to_owned()),
        path: path.to_owned(),
        date: Some("2022-03-24".to_owned()),
        description: "一行の説明".to_owned(),
        ..EntryContext::default()
    }
}

pub(super) fn named(title: &str, path: &str) -> LinkContext {
    LinkContext {
        title: title.to_owned(),
        title_html: Html(title.to_owned()),
        path: path.to_owned(),
        lang: None,
    }
}

/// Every kind of page with all that it can show.
pub(super) fn pages() -> Vec<(&'static str, PageData)> {
    let card = SectionCardContext {
        title: "アカウント".to_owned(),
        title_html: Html("アカウント".to_owned()),
        path: "account/".to_owned(),
        guides: vec![entry("移行", "account/x/")],
        count: 3,
        ..SectionCardContext::default()
    };
    let facts = GuideFacts {
        updated: Some("2022-03-24T12:00:00+09:00".to_owned()),
        review_by: Some("2023-01-01".to_owned()),
        owner: Some("情シス <A>".to_owned()),
        audience: vec!["staff".to_owned()],
        tags: vec![named("Azure", "tags/Azure/")],
        notices: ["untranslated", "partly", "stale", "review_overdue", "draft"]
            .map(|kind| NoticeContext {
                kind: kind.to_owned(),
                tone: "warn".to_owned(),
                language: Some("日本語".to_owned()),
                path: Some("account/x/".to_owned()),
                date: Some("2023-01-01".to_owned()),
                percent: Some(60),
            })
            .to_vec(),
        previous: Some(named("前", "account/a/")),
        next: Some(named("次", "account/b/")),
        related: vec![named("似たもの", "account/c/")],
        edit_href: Some("https://example.com/edit".to_owned()),
        feedback: Some(FeedbackContext {
            yes_href: Some("https://example.com/?a=1&b=2".to_owned()),
            no_href: None,
            mail_href: Some("mailto:a@example.com".to_owned()),
        }),
        toc: true,
        ..GuideFacts::default()
    };
    let list = ListContext {
        period: Some("2022-03".to_owned()),
        groups: vec![
            GroupContext {
                period: Some("2022-03".to_owned()),
                guides: vec![entry("移行", "account/x/")],
            },
            GroupContext { period: None, guides: vec![entry("移行", "account/x/")] },
        ],
        periods: vec![PeriodContext {
            period: "2022".to_owned(),
            path: "archives/2022/".to_owned(),
            count: 1,
        }],
    };
    let tags = TagsContext {
        tags: vec![TagCountContext {
            title: "Azure".to_owned(),
            path: "tags/Azure/".to_owned(),
            lang: None,
            count: 2,
        }],
    };
    vec![
        ("account/x/", PageData::Guide(facts)),
        (
            "account/",
            PageData::Section(SectionContext {
                guides: vec![entry("移行", "account/x/")],
                sections: vec![card.clone()],
            }),
        ),
        (
            "",
            PageData::Front(FrontContext {
                sections: vec![card],
                guides: vec![entry("移行", "x/")],
                latest: vec![entry("移行", "x/")],
                ..FrontContext::default()
            }),
        ),
        ("glossary/", PageData::Glossary(glossary())),
        ("tags/", PageData::Tags(tags)),
        (
            "tags/Azure/",
            PageData::Tag(TagContext {
                title: "Azure".to_owned(),
                lang: None,
                guides: vec![entry("移行", "account/x/")],
            }),
        ),
        ("all/", PageData::All(list.clone())),
        ("archives/2022/03/", PageData::Archive(list)),
        (
            "search/",
            PageData::Search(SearchPageContext {
                sections: vec![named("アカウント", "account/")],
                tags: Vec::new(),
            }),
        ),
        ("404.html", PageData::NotFound),
    ]
}

fn glossary() -> GlossaryContext {
    let term = GlossaryTermContext {
        id: "vpn".to_owned(),
        title: "VPN".to_owned(),
        reading: Some("ぶいぴーえぬ".to_owned()),
        definition: "外から入る道".to_owned(),
        synonyms: vec!["リモート接続".to_owned(), "仮想網".to_owned()],
        link: Some(HrefContext {
            title: "VPNにつなぐ".to_owned(),
            path: Some("vpn/".to_owned()),
            href: None,
        }),
        lang: Some("en".to_owned()),
    };
    let group = |title: Option<&str>, id: &str| GlossaryGroupContext {
        title: title.map(str::to_owned),
        id: id.to_owned(),
        terms: vec![term.clone()],
    };
    GlossaryContext { groups: vec![group(Some("は"), "group:1"), group(None, "group:2")] }
}

pub(super) fn full_site(locale: &str) -> SiteContext {
    SiteContext {
        locale: locale.to_owned(),
        all_path: Some("all/".to_owned()),
        tags_path: Some("tags/".to_owned()),
        glossary_path: Some("glossary/".to_owned()),
        archives_path: Some("archives/".to_owned()),
        feed_path: Some("atom.xml".to_owned()),
        search: Some(SearchContext {
            path: "search/".to_owned(),
            engine: "assets/search-engine.0a1b2c3d.js".to_owned(),
            index: "search-index/ja/".to_owned(),
        }),
        contact: Some("内線 1234".to_owned()),
        footer_links: vec![HrefContext {
            title: "社内ポータル".to_owned(),
            path: None,
            href: Some("https://portal.example/".to_owned()),
        }],
        sections: vec![named("アカウント", "account/")],
        ..site()
    }
}

pub(super) fn page_context(url: &str) -> PageContext {
    let language = |tag: &str, path: &str, current| LanguageContext {
        tag: tag.to_owned(),
        name: tag.to_owned(),
        path: path.to_owned(),
        current,
        translated: true,
    };
    PageContext {
        title: "スマートフォンの <移行>".to_owned(),
        title_html: Html("スマートフォンの &lt;移行&gt;".to_owned()),
        description: "説明 \"1\"".to_owned(),
        canonical: Some("https://help.example/account/x/".to_owned()),
        alternates: vec![AlternateContext {
            tag: "en".to_owned(),
            href: "https://help.example/en/account/x/".to_owned(),
        }],
        breadcrumb: vec![named("アカウント", "account/")],
        languages: vec![language("ja", url, true), language("en", "en/account/x/", false)],
        path: url.to_owned(),
        ..PageContext::default()
    }
}
