use super::overview::{Build, Finding, Guide, Picture, Spot, Stage, State, WithoutAlt};
use super::*;
use crate::cli::words::Lang;
use crate::dates::Day;
use crate::diagnostic::{Code, code};

const TODAY: Day = Day { year: 2026, month: 11, day: 23 };

fn empty() -> Overview {
    Overview {
        title: "窓口".to_owned(),
        broken: false,
        today: TODAY,
        locales: vec!["ja".to_owned(), "en".to_owned()],
        problems: Vec::new(),
        guides: Vec::new(),
        pictures: Vec::new(),
        without_alt: Vec::new(),
        build: Build::default(),
    }
}

fn finding(code: Code, file: Option<&str>, message: &str) -> Finding {
    Finding {
        severity: code.severity(),
        code,
        message: message.to_owned(),
        help: vec!["直してください。".to_owned()],
        file: file.map(str::to_owned),
        line: 5,
        column: 3,
        excerpt: "  [VPN](./無い.md)です".to_owned(),
        marked: 8..19,
        editor: file.map(|file| format!("vscode://file/srv/{file}:5:3")),
        page: Some("/a/".to_owned()),
    }
}

fn guide(number: usize) -> Guide {
    let path = format!("content/手順/{number}.md");
    Guide {
        at: Spot {
            editor: Some(format!("vscode://file/srv/{number}:1:1")),
            path,
            line: 0,
            page: Some(format!("/手順/{number}/")),
        },
        title: format!("手順その{number}"),
        state: State::Published,
        written: vec![true, true],
        owner: None,
        review_by: None,
    }
}

fn shown(overview: &Overview, query: &str) -> String {
    page(overview, query, &Words::new(Lang::Ja))
}

/// The part of the page with that id.
fn part<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("<section id=\"{id}\"")).expect("the section");
    let end = html[start..].find("</section>").expect("its end");
    &html[start..start + end]
}

#[test]
fn nothing_of_a_site_is_markup() {
    let bad = "<script>alert(1)</script>\"'&\u{202e}";
    let mut overview = empty();
    overview.title = bad.to_owned();
    overview.locales = vec![bad.to_owned(), bad.to_owned()];
    let mut fault = finding(code::BROKEN_LINK, Some(bad), bad);
    fault.help = vec![bad.to_owned()];
    fault.excerpt = bad.to_owned();
    fault.editor = Some("javascript:alert(1)".to_owned());
    overview.problems = vec![fault.clone(), Finding { editor: Some(bad.to_owned()), ..fault }];
    let at = Spot {
        path: bad.to_owned(),
        line: 1,
        page: Some(bad.to_owned()),
        editor: Some(bad.to_owned()),
    };
    overview.guides = vec![Guide {
        at: at.clone(),
        title: bad.to_owned(),
        state: State::Draft,
        written: vec![true, false],
        owner: Some(bad.to_owned()),
        review_by: Some(TODAY),
    }];
    overview.without_alt = vec![WithoutAlt { picture: bad.to_owned(), at: at.clone() }];
    let picture =
        Picture { path: bad.to_owned(), size: None, bytes: 9_000_000, uses: 0, first: Some(at) };
    overview.pictures = vec![picture];
    overview.build.stages =
        vec![Stage { name: bad.to_owned(), milliseconds: 1.0, runs: 1, reuses: 0 }];
    for query in ["", "view=rules", "file=%3Cscript%3E", "code=broken-link"] {
        let html = shown(&overview, query);
        // The one is the page's own.
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(!html.contains("javascript:") && !html.contains('\u{202e}'), "{html}");
        assert!(!html.contains("\"'&"), "{html}");
    }
}

#[test]
fn problems_are_grouped_by_file_and_by_rule_with_the_worst_first() {
    let mut overview = empty();
    overview.problems = vec![
        finding(code::MISSING_ALT, Some("content/a.md"), "一"),
        finding(code::BROKEN_LINK, Some("content/b.md"), "二"),
        finding(code::BROKEN_LINK, Some("content/a.md"), "三"),
        finding(code::BROKEN_LINK, Some("content/a.md"), "四"),
        finding(code::MISSING_BASE_URL, None, "五"),
    ];
    let order = |query: &str| {
        let html = shown(&overview, query);
        let summaries = part(&html, "problems").split("<summary><b>").skip(1);
        summaries.map(|rest| rest.split('<').next().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order(""), ["content/a.md", "content/b.md", "サイト全体"]);
    assert_eq!(order("view=rules"), ["broken-link", "missing-alt", "missing-base-url"]);
    let html = shown(&overview, "");
    let first = part(&html, "problems").split("</details>").next().expect("a group");
    assert!(first.contains("エラー 2 件") && first.contains("警告 1 件"), "{first}");
    assert!(first.contains("href=\"vscode://file/srv/content/a.md:5:3\">content/a.md:5</a>"));
    assert!(first.contains("<mark>./無い.md</mark>"), "{first}");
    assert!(first.contains("href=\"/_shirube/rules/broken-link\""));
    assert!(first.contains("href=\"/a/\""), "{first}");
}

#[test]
fn a_group_can_be_asked_for_alone_and_may_be_gone() {
    let mut overview = empty();
    overview.problems = (0..25)
        .map(|at| finding(code::BROKEN_LINK, Some("content/あ b.md"), &format!("第{at}")))
        .collect();
    let html = shown(&overview, "");
    assert_eq!(part(&html, "problems").matches("class=\"where\"").count(), 10);
    let href = "?file=content%2F%E3%81%82%20b%2Emd#problems";
    assert!(html.contains(&format!("<a href=\"{href}\">25 件すべてを表示</a>")), "{html}");
    let alone = shown(&overview, "file=content%2F%E3%81%82%20b%2Emd");
    assert_eq!(part(&alone, "problems").matches("class=\"where\"").count(), 25);
    let rule = shown(&overview, "code=broken-link");
    assert_eq!(part(&rule, "problems").matches("class=\"where\"").count(), 25);
    assert!(shown(&overview, "code=missing-alt").contains("この問題はなくなりました。"));
}

#[test]
fn translations_are_counted_by_locale_and_named_by_guide() {
    let mut overview = empty();
    overview.locales.push("fr".to_owned());
    overview.guides = (0..3).map(guide).collect();
    overview.guides[0].written = vec![true, true, true];
    overview.guides[1].written = vec![true, true, false];
    overview.guides[2].written = vec![true, false, false];
    let html = shown(&overview, "");
    let translations = part(&html, "translations");
    assert!(translations.contains("<th scope=\"row\">en</th><td>2</td><td>1</td>"));
    assert!(translations.contains("<th scope=\"row\">fr</th><td>1</td><td>2</td>"));
    assert!(!translations.contains("手順その0") && translations.contains("手順その1"));
    assert_eq!(translations.matches("– なし").count(), 3);
    overview.locales.truncate(1);
    assert!(part(&shown(&overview, ""), "translations").contains("1 つの言語だけ"));
}

#[test]
fn reviews_are_by_owner_with_the_most_overdue_first() {
    let due = |number, owner: Option<&str>, month, day| Guide {
        owner: owner.map(str::to_owned),
        review_by: Some(Day { year: 2026, month, day }),
        ..guide(number)
    };
    let mut overview = empty();
    overview.guides = vec![
        due(1, Some("情報システム部"), 11, 23),
        due(3, Some("総務部"), 12, 31),
        due(2, Some("総務部"), 11, 1),
        due(4, None, 11, 22),
        Guide { review_by: Some(Day { year: 2027, month: 3, day: 1 }), ..guide(5) },
    ];
    let html = shown(&overview, "");
    let reviews = part(&html, "reviews");
    let names: Vec<&str> =
        reviews.split("<summary><b>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(names, ["総務部", "担当者なし", "情報システム部"]);
    assert!(reviews.contains("期限切れ 1 件") && reviews.contains("90 日以内 1 件"));
    assert!(reviews.contains("22 日超過") && reviews.contains("今日まで"), "{reviews}");
    assert!(!reviews.contains("手順その5"));
    assert!(html.contains("<b>2</b> <span>見直しの期限切れ</span>"), "{html}");
}

#[test]
fn pictures_are_judged_by_what_a_page_can_show() {
    let picture = |path: &str, size, bytes, uses| Picture {
        path: path.to_owned(),
        size,
        bytes,
        uses,
        first: None,
    };
    let mut overview = empty();
    overview.pictures = vec![
        picture("good.png", Some((1280, 720)), 120_000, 2),
        picture("wide.png", Some((5000, 100)), 1_000, 1),
        picture("heavy.png", None, 2_300_000, 1),
        picture("idle.png", Some((10, 10)), 100, 0),
    ];
    let html = shown(&overview, "");
    let pictures = part(&html, "pictures");
    assert!(pictures.contains("5000 × 100, 1 kB") && pictures.contains("2.3 MB"), "{pictures}");
    assert!(!pictures.contains("good.png"));
    let unused = pictures.split("id=\"unused\"").nth(1).expect("the unused ones");
    assert!(unused.contains("idle.png") && !unused.contains("heavy.png"));
}

#[test]
fn what_readers_do_not_see_is_listed_with_its_day() {
    let mut overview = empty();
    let states = [State::Draft, State::NotYet(TODAY), State::Expired(TODAY), State::Published];
    overview.guides =
        states.into_iter().enumerate().map(|(at, state)| Guide { state, ..guide(at) }).collect();
    let html = shown(&overview, "");
    let unpublished = part(&html, "unpublished");
    assert_eq!(unpublished.matches("2026-11-23</time>").count(), 2);
    assert!(!unpublished.contains("手順その3"));
    assert!(html.contains("<b>3</b> <span>非公開のガイド</span>"));
}

#[test]
fn a_large_site_is_a_page_that_can_be_used() {
    let mut overview = empty();
    overview.guides = (0..5000).map(guide).collect();
    for one in &mut overview.guides {
        one.written[1] = false;
        one.state = State::Draft;
        one.review_by = Some(Day { year: 2026, month: 1, day: 1 });
    }
    overview.problems = (0..40_000)
        .map(|at| {
            finding(
                code::BROKEN_LINK,
                Some(&format!("content/{}.md", at % 4000)),
                "行き先がありません",
            )
        })
        .collect();
    let html = shown(&overview, "");
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
    assert!(html.contains("ほか 3,940 件") && html.contains("ほか 4,900 件"));
    assert!(shown(&overview, "code=broken-link").len() < 2_000_000);
}

#[test]
fn what_is_below_the_dashboard_is_answered() {
    let words = Words::new(Lang::En);
    let answer = |path: &str| answer(path, "", &words, &empty);
    assert_eq!(answer("").expect("the page").0, "text/html; charset=utf-8");
    assert_eq!(answer("dashboard.css").expect("the style").0, "text/css; charset=utf-8");
    let (_, rule) = answer("rules/broken-link").expect("a rule");
    assert!(String::from_utf8(rule).expect("UTF-8").contains("a link leads nowhere"));
    for other in ["rules/none", "rules/", "problems", "x", "../x"] {
        assert!(answer(other).is_none(), "{other}");
    }
}

#[test]
fn translations_are_shown_with_what_changed_in_them() {
    use super::overview::{Changed, Tongue, Translated, Translations};
    let bad = "<script>\u{202e}";
    let changed = Changed {
        at: Some(guide(1).at),
        grave: true,
        pieces: vec![
            (None, "設定".to_owned()),
            (Some(false), bad.to_owned()),
            (Some(true), "画面".to_owned()),
        ],
    };
    let one = Translated {
        at: guide(1).at,
        title: bad.to_owned(),
        percent: 50,
        behind: [1, 2, 0],
        unextracted: true,
        pictures: [0, 1],
        changed: vec![changed],
    };
    let tongue =
        Tongue { tag: "en".to_owned(), texts: 8, translated: 5, all: 3, guides: vec![one] };
    let site = Translations { title: bad.to_owned(), tongues: vec![tongue] };
    let html = translations(&site, &Words::new(Lang::Ja));
    for part in [
        "8 文のうち 62 % が翻訳済み",
        "設定<del>&lt;script&gt;",
        "</del><ins>画面</ins> <span class=\"level warning\">重要</span>",
        "古い 1、未翻訳 2、古い図 1、前回の",
        "href=\"/手順/1/\"",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains('\u{202e}') && html.matches("<script").count() == 1, "{html}");
    let english = translations(&Translations::default(), &Words::new(Lang::En));
    assert!(english.contains("The site is in one language."), "{english}");
}
