use std::collections::BTreeSet;

use super::*;
use crate::config::{HtmlPolicy, Zone};
use crate::diagnostic::Checked;
use crate::document::{Inline, InlineKind, LocaleId};
use crate::messages;
use crate::parse::{self, Guide, GuideText, Includes, ParseOptions};
use crate::text::{FileId, is_joined};

struct Nothing;

impl Includes for Nothing {
    fn find(&self, _: FileId, _: &str) -> Option<(FileId, &str)> {
        None
    }
}

pub(super) fn options() -> ParseOptions {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    ParseOptions {
        callouts: names(&["note", "tip", "warning"]),
        components: names(&["steps", "tabs", "tab", "details", "kbd", "menu", "badge", "mark"]),
        html: HtmlPolicy::Sanitize,
        math: false,
        timezone: Zone::new("Asia/Tokyo").expect("Tokyo has a zone"),
        declared: Default::default(),
        audiences: Vec::new(),
        lacks_names: false,
    }
}

pub(super) fn guide(text: &str) -> Guide {
    let options = options();
    let text = GuideText { file: FileId(0), lang: LocaleId(0), text };
    let head = parse::head(text, &options).value;
    parse::guide(text, &head, &options, &Nothing).value
}

fn reading(options: &ParseOptions) -> Reading<'_> {
    Reading { options, breaks: false }
}

/// A guide in the words of one catalogue.
pub(super) fn composed(source: &str, catalogue: &str) -> Checked<(Guide, Coverage)> {
    let options = options();
    let mut guide = guide(source);
    let read = messages::catalogue(FileId(1), catalogue);
    let held =
        Catalogue { file: FileId(1), lang: LocaleId(1), text: catalogue, blocks: &read.value };
    let mut done = compose(&mut guide, (LocaleId(1), &[LocaleId(1)]), &[held], reading(&options));
    done.diagnostics.splice(0..0, read.diagnostics);
    Checked { value: (guide, done.value), diagnostics: done.diagnostics }
}

/// What inlines are, whoever wrote them and however their lines were broken.
fn shape(inlines: &[Inline]) -> String {
    let mut out = String::new();
    let mut breaks = false;
    for inline in inlines {
        let one = match &inline.kind {
            InlineKind::Text(text) => text.clone(),
            InlineKind::SoftBreak => {
                breaks = true;
                continue;
            }
            InlineKind::Code(code) => format!("<code {code}>"),
            InlineKind::Emphasis(inner) => format!("<em {}>", shape(inner)),
            InlineKind::Strong(inner) => format!("<strong {}>", shape(inner)),
            InlineKind::Strikethrough(inner) => format!("<del {}>", shape(inner)),
            InlineKind::Link(link) => format!("<a {} {}>", link.target.0, shape(&link.text)),
            InlineKind::Image(image) => format!("<img {} {}>", image.source.0, shape(&image.alt)),
            InlineKind::Component(own) => format!(
                "<{} {} {}>",
                own.name,
                own.attributes.len(),
                shape(own.label.as_deref().unwrap_or_default())
            ),
            InlineKind::Element(own) => format!("<{} {}>", own.tag, shape(&own.children)),
            InlineKind::Term { written, .. } | InlineKind::Variable { written, .. } => {
                written.replace(' ', "")
            }
            other => format!("{other:?}"),
        };
        let joined = |c: Option<char>| c.is_some_and(is_joined);
        if std::mem::take(&mut breaks)
            && !(joined(out.chars().next_back()) && joined(one.chars().next()))
        {
            out.push(' ');
        }
        out.push_str(&one);
    }
    out
}

fn shapes(guide: &mut Guide) -> Vec<String> {
    let mut all = Vec::new();
    visit(guide, &mut |kind, text| all.push(format!("{kind:?} {}", shape(text).trim())));
    all
}

/// A catalogue in which every text is translated by itself.
pub(super) fn echo(source: &str) -> String {
    let options = options();
    let mut written = String::new();
    let mut met = std::collections::BTreeMap::new();
    for Text { kind, wording, .. } in texts(&guide(source), reading(&options)) {
        let text = wording.text();
        let twin = met.entry((kind, text.clone())).or_insert(0);
        written += &format!("# source: {text}\n{} = {text}\n\n", id(kind, &text, *twin));
        *twin += 1;
    }
    written
}

fn check_echo(source: &str) {
    let done = composed(source, &echo(source));
    assert_eq!(done.diagnostics, [], "{source}");
    let (mut again, coverage) = done.value;
    assert_eq!(coverage.translated, coverage.texts, "{source}");
    assert_eq!(shapes(&mut again), shapes(&mut guide(source)), "{source}\n{}", echo(source));
}

#[test]
fn a_translation_that_repeats_its_source_gives_the_same_tree() {
    for source in [
        "# 題名\n\n設定を**「確認」**して、\n[次へ](./b.md \"次\")を押す。`ipconfig /all`を *実行* する。\n",
        "# T\n\n- one `a`\n- two\n\n  three\n- [ ] task **x**\n\n1. [a](b) <br> c\\\n   d\n",
        "---\ntitle: \"`code` と *強調*\"\ndescription: 一行の説明 {-vpn}\n---\n\n段落 https://example.com/a です。\n",
        "# T\n\n> [!WARNING] 題\n> 本文 1\\*2\\*3 と {-vpn(case: \"short\")} {$desk}。\n\n![代替 `x`](a.png \"説明\")\n",
        "# T\n\n| 表 | b |\n|--|--|\n| a\\|b | `c` |\n\n用語\n: 意味 :kbd[Ctrl+K] :menu[設定 > 表示] :badge[新]{tone=\"info\"}\n",
        "# T\n\na_b_c _d_ \\_e\\_ 10:00~12:00~ ~~x~~ &amp;amp; &lt;b> \\<b> [x] \\[y](z) {$a} \\{$b} :x[y] C:\\temp\n",
        "# T\n\n:::details[開く *x*]\n中 [^1] <u>下線 `c`</u> ![pic](p.png)\n:::\n\n[^1]: 注\n",
        "# 日本語 {#id}\n\n## Heading `x` {#y}\n\n同じ\n\n同じ\n\n$x$ と　全角 {\"{\"} }\n",
        "# T\n\n[甲 \\] 乙](a.md) すごい\\![リンク](b.md) <b>太い ] 字</b> :menu[設定 \\] 開く > x]\n",
    ] {
        check_echo(source);
    }
}

#[test]
fn the_manual_can_be_translated_by_itself() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    for path in ["markdown.md", "markdown.en.md", "themes.md", "diagnostics.en.md"] {
        #[expect(clippy::disallowed_methods, reason = "a test reads the manual")]
        let text = std::fs::read_to_string(format!("{root}/manual/{path}")).expect("a guide");
        check_echo(&text);
    }
}

#[test]
fn what_is_not_translated_stays_in_the_words_of_the_source() {
    let source = "# 題\n\n一つ目。\n\n二つ目。\n";
    let catalogue =
        "# source: 一つ目。\np-1 = The first.\n\n# source: 二つ目。\n# was: 古い。\np-2 = Old.\n";
    let (mut guide, coverage) = composed(source, catalogue).value;
    assert_eq!(coverage, Coverage { texts: 3, translated: 1, stale: 1 });
    assert_eq!(shapes(&mut guide), ["Title 題", "Paragraph The first.", "Paragraph 二つ目。"]);
    let langs: Vec<u16> = guide.document.blocks.iter().map(|block| block.origin.lang.0).collect();
    assert_eq!(langs, [1, 0]);
}

#[test]
fn parts_that_are_dropped_or_made_up_are_told_at_their_bytes() {
    let source = "# 題\n\n`a` と [b](c.md) と\n";
    let check = |value: &str, wanted: &[&str], told: &[&str]| {
        let text = format!("# source: {{ $code-1 }} と [b]({{ $link-1 }}) と\np-1 = {value}\n");
        let done = composed(source, &text);
        let places: Vec<&str> = done
            .diagnostics
            .iter()
            .map(|fault| match fault.place {
                crate::diagnostic::Place::At(at) => &text[at.bytes.range()],
                _ => panic!("it has a place"),
            })
            .collect();
        assert_eq!(places, told, "{:?}", done.diagnostics);
        assert_eq!(shapes(&mut done.value.0.clone())[1..], *wanted);
    };
    check("[x]({ $link-1 }) and { $code-1 }", &["Paragraph <a 0 x> and <code a>"], &[]);
    check("[x]({ $link-1 })", &["Paragraph <a 0 x>"], &["p-1"]);
    check(
        "日本 `z` { $code-1 } [x]({ $link-1 }) [y](http://evil.example/)",
        &["Paragraph 日本 <code z> <code a> <a 0 x> y"],
        &["[y](http://evil.example/)", "`z`"],
    );
    check(
        "{ $code-1 } { $code-7 } [x]({ $link-1 })",
        &["Paragraph <code a> { $code-7 } <a 0 x>"],
        &["{ $code-7 }"],
    );
    check(
        "{ $code-1 } [x]({ $link-1 }) ![絵](nowhere.png) <img src=\"x.png\" alt=\"y\">",
        &["Paragraph <code a> <a 0 x> 絵 y"],
        &["![絵](nowhere.png)", "<img src=\"x.png\" alt=\"y\">"],
    );
    check("{ $code-1 } [x]({ $link-1 }", &["Paragraph <code a> [x]({ $link-1 }"], &["](", "p-1"]);
}
