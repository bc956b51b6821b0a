//! Steps of procedures, from Markdown to their ids.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::parse::{GuideText, Includes, ParseOptions};

struct Nothing;

impl Includes for Nothing {
    fn find(&self, _: FileId, _: &str) -> Option<(FileId, &str)> {
        None
    }
}

// Made once, since a property draws hundreds of pages.
static THEME: LazyLock<Theme> = LazyLock::new(|| fixture::theme(&[]).value);
static MESSAGES: LazyLock<Arc<Messages>> = LazyLock::new(|| fixture::messages(&["ja"]));

/// The text as HTML, and its tree.
fn shown(text: &str) -> (String, Guide) {
    let (theme, messages) = (&*THEME, &*MESSAGES);
    let options = options();
    let parse_options = ParseOptions {
        callouts: theme.callouts().map(str::to_owned).collect(),
        components: theme.components().map(str::to_owned).collect(),
        html: HtmlPolicy::Allow,
        math: false,
        timezone: crate::config::Zone::utc(),
        declared: BTreeMap::new(),
        audiences: Vec::new(),
        lacks_names: false,
    };
    let source = GuideText { file: FileId(1), lang: JA, text };
    let head = crate::parse::head(source, &parse_options).value;
    let guide = crate::parse::guide(source, &head, &parse_options, &Nothing).value;
    let anchors: Vec<HeadingAnchors> = (0..guide.headings.len())
        .map(|index| HeadingAnchors { id: format!("h-{index}"), extra: Vec::new() })
        .collect();
    let answer = picture("a.png", (8, 6));
    let answers = vec![answer; guide.document.references.len()];
    let view = SiteView::new((theme, messages), &options, JA, &site());
    let text = Text { guide: &guide, answers: &answers, anchors: &anchors, lang: JA, mixed: false };
    let url = UrlPath::new("account/x/").unwrap();
    (text_body(&text, &url, &view).value.html.0, guide)
}

/// All ids of the page, in order.
fn ids(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn check(text: &str, expected: &[&str]) {
    let html = shown(text).0;
    let found: Vec<&str> = ids(&html).into_iter().filter(|id| id.starts_with("step:")).collect();
    assert_eq!(found, expected, "{text}\n{html}");
}

#[test]
fn each_step_has_the_id_of_its_number() {
    check("1. 開く\n   ![画面](a.png)\n2. 押す", &["step:1", "step:2"]);
    check("1. Open\n   ![Screen](a.png)\n2. Press", &["step:1", "step:2"]);
    check("1. 写真のない\n2. 一覧", &[]);
    check("3. 続き\n   ![画面](a.png)\n4. 終わり", &["step:3", "step:4"]);
    check(":::steps\n1. 開く\n2. Press\n:::", &["step:1", "step:2"]);
}

#[test]
fn pictures_that_are_not_indented_do_not_end_a_procedure() {
    check(
        "1. 開く\n\n![画面](a.png)\n\n2. 押す\n   ![画面](a.png)\n\n途中の説明。\n\n3. 閉じる",
        &["step:1", "step:2", "step:3"],
    );
    check(":::steps\n1. Open\n\nText\n\n2. Press\n:::", &["step:1", "step:2"]);
}

#[test]
fn further_procedures_have_their_own_number() {
    check(
        "1. 開く\n   ![画面](a.png)\n\n## 次\n\n1. 押す\n   ![画面](a.png)\n2. 閉じる",
        &["step:1", "step:2:1", "step:2:2"],
    );
    check(
        "::::tabs\n:::tab[Windows]\n1. a\n   ![画面](a.png)\n:::\n:::tab[macOS]\n1. b\n   ![画面](a.png)\n:::\n::::",
        &["step:1", "step:2:1"],
    );
    // A procedure between the parts of another has its own number, and the other goes on.
    check(
        ":::steps\n1. 開く\n\n> [!NOTE]\n> 1. 先に\n>    ![画面](a.png)\n\n2. 押す\n:::",
        &["step:1", "step:2:1", "step:2"],
    );
}

#[test]
fn lists_inside_a_step_and_in_footnotes_have_no_ids() {
    check(
        "1. 開く\n   ![画面](a.png)\n   1. 中の\n      ![画面](a.png)\n   2. 一覧\n2. 押す",
        &["step:1", "step:2"],
    );
    check(":::steps\n1. Open\n   1. inner\n2. Press\n:::", &["step:1", "step:2"]);
    check("本文[^1]\n\n[^1]: 注\n\n    1. 開く\n       ![画面](a.png)", &[]);
}

#[test]
fn an_id_that_the_writer_gave_is_not_given_again() {
    check("<b id=\"step:1\">印</b>\n\n1. 開く\n   ![画面](a.png)\n2. 押す", &["step:1", "step:2"]);
}

#[test]
fn only_ids_of_steps_are_steps() {
    let numbers = step_numbers(&shown("3. a\n   ![画面](a.png)\n4. b").1.document.blocks);
    assert_eq!(numbers, [Numbers { first: 3, last: 4 }]);
    assert!(is_step("step:3", &numbers) && is_step("step:4", &numbers));
    for id in ["step:2", "step:5", "step:03", "step:1:3", "step:2:3", "step:", "step:0:3", "手順"]
    {
        assert!(!is_step(id, &numbers), "{id}");
    }
}

/// Pieces of guides with procedures.
const PIECES: [&str; 16] = [
    "1. 開く\n",
    "2. Press\n",
    "3. 閉じる\n",
    "   ![画面](a.png)\n",
    "   1. 中の手順\n      ![画面](a.png)\n",
    "\n![画面](a.png)\n\n",
    "\n途中の説明。\n\n",
    "\n## 見出し\n\n",
    "\n:::steps\n",
    "\n:::\n\n",
    "\n:::note\n",
    "\n> 1. 引用\n>    ![画面](a.png)\n\n",
    "\n- 一覧\n  1. Inner\n     ![Screen](a.png)\n\n",
    "\n<div>\n\n1. a\n   ![画面](a.png)\n\n</div>\n\n",
    "本文[^1]\n\n[^1]: 注\n\n    1. 注の手順\n       ![画面](a.png)\n\n",
    "\n---\n\n",
];

proptest! {
    #[test]
    fn no_page_has_an_id_twice_and_links_know_every_step(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..20)
    ) {
        let (html, guide) = shown(&pieces.concat());
        let found = ids(&html);
        let once: BTreeSet<&str> = found.iter().copied().collect();
        prop_assert_eq!(once.len(), found.len(), "{}", html);
        let numbers = step_numbers(&guide.document.blocks);
        let steps: Vec<&str> = found.into_iter().filter(|id| id.starts_with("step:")).collect();
        prop_assert!(steps.iter().all(|id| is_step(id, &numbers)), "{:?} {:?}", steps, numbers);
        let count: u64 = numbers.iter().map(|held| held.last - held.first + 1).sum();
        prop_assert_eq!(count, steps.len() as u64, "{:?}", numbers);
    }
}
