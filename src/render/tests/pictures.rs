//! Pictures, sound and film.

use super::*;

#[test]
fn pictures_have_sizes_and_stand_ins() {
    let answers = [
        picture("account/x/a.png", (800, 600)),
        Answer::RemotePicture("https://example.com/a.png".to_owned()),
        Answer::Missing { written: "b.png".to_owned() },
    ];
    let mut sized = image(0, "甲");
    sized.size = (Some("400px".to_owned()), None);
    sized.title = Some(vec![t("図 <1>")]);
    let mut half = image(0, "乙");
    half.size = (Some("50%".to_owned()), None);
    let drawn = drawn_with(
        vec![
            block(BlockKind::Screenshot(sized)),
            p(vec![inline(InlineKind::Image(half))]),
            p(vec![inline(InlineKind::Image(image(1, "丙")))]),
            block(BlockKind::Screenshot(image(2, ""))),
        ],
        &answers,
        &options(),
    );
    let html = &drawn.body.html.0;
    assert!(html.contains("width=\"400\" height=\"300\">"), "{html}");
    assert!(html.contains(" 図 &lt;1&gt;</figcaption>"), "{html}");
    let class = drawn.body.styles.keys().next().expect("half the width is a style");
    assert!(
        html.contains(&format!(
            "alt=\"乙\" width=\"800\" height=\"600\" class=\"{class}\" loading=\"lazy\">"
        )),
        "{html}"
    );
    assert_eq!(drawn.body.styles[class], "width:50%");
    assert!(html.contains("<a class=\"remote-picture\" rel=\"noopener\" href=\"https://example.com/a.png\">外部の画像: 丙</a>"), "{html}");
    assert!(html.contains("<p><span class=\"missing\">b.png</span></p>"), "{html}");
}

#[test]
fn titles_of_pictures_in_a_line_are_kept() {
    let answers = [picture("account/x/a.png", (80, 60))];
    let titled = |title: &str| {
        let mut image = image(0, "図");
        image.title = Some(vec![t(title)]);
        inline(InlineKind::Image(image))
    };
    let shown = html_of(vec![p(vec![t("文中の"), titled("構成 \"図\"")])], &answers);
    assert!(shown.contains("alt=\"図\" title=\"構成 &quot;図&quot;\" width=\"80\""), "{shown}");
    let table = Table {
        alignments: vec![Alignment::None],
        head: vec![vec![]],
        rows: vec![vec![vec![titled("inline title")]]],
    };
    let shown = html_of(vec![block(BlockKind::Table(table))], &answers);
    assert!(shown.contains("title=\"inline title\""), "{shown}");
}

#[test]
fn pictures_written_into_their_address_are_shown() {
    let data = || Answer::External("data:image/png;base64,iVBORw0KGgo=".to_owned());
    let shown = html_of(
        vec![
            p(vec![t("a"), inline(InlineKind::Image(image(0, "データ")))]),
            block(BlockKind::Screenshot(image(0, "Data"))),
            p(vec![link(0, vec![t("押す")])]),
        ],
        &[data()],
    );
    assert!(
        shown.starts_with(
            "<p>a<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"データ\"></p>\n\
             <figure class=\"shot\"><a><img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"Data\" loading=\"lazy\"></a>"
        ),
        "{shown}"
    );
    assert!(shown.ends_with("</figure>\n<p>押す</p>\n"), "{shown}");
    let text = [Answer::External("data:text/html,x".to_owned())];
    let shown = html_of(vec![p(vec![inline(InlineKind::Image(image(0, "文書")))])], &text);
    assert_eq!(shown, "<p>文書</p>\n");
}

#[test]
fn sound_and_film_that_cannot_be_shown_are_named() {
    let answers = [
        Answer::Missing { written: "動画/none.mp4".to_owned() },
        Answer::File { url: UrlPath::new("account/x/a.mp4").unwrap(), suffix: String::new() },
        Answer::RemotePicture("https://example.com/a.mp4".to_owned()),
    ];
    let src = |id| ("src", HtmlValue::Reference(ReferenceId(id)));
    let source = |id| inline(InlineKind::Element(element("source", &[src(id)], vec![])));
    let video = |attributes: &[(&str, HtmlValue)], children| {
        p(vec![inline(InlineKind::Element(element("video", attributes, children)))])
    };
    let lost = "<p><span class=\"missing\">動画/none.mp4</span>";
    assert_eq!(html_of(vec![video(&[src(0)], vec![])], &answers), format!("{lost}</p>\n"));
    assert_eq!(
        html_of(vec![video(&[], vec![source(0), source(1), t("instead")])], &answers),
        format!("{lost} <video><source src=\"a.mp4\">instead</video></p>\n")
    );
    assert_eq!(
        html_of(vec![video(&[], vec![source(0), t("代わり")])], &answers),
        format!("{lost} 代わり</p>\n")
    );
    assert_eq!(
        html_of(vec![video(&[src(2)], vec![])], &answers),
        "<p><a class=\"remote-picture\" rel=\"noopener\" href=\"https://example.com/a.mp4\">外部の動画・音声: https://example.com/a.mp4</a></p>\n"
    );
    let inner = vec![block(BlockKind::Plain(vec![source(0)]))];
    let shown = html_of(vec![block(BlockKind::Element(element("audio", &[], inner)))], &answers);
    assert_eq!(shown, "<span class=\"missing\">動画/none.mp4</span>\n");
}
