use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::config::{HtmlPolicy, Zone};
use crate::document::LocaleId;
use crate::parse::{GuideText, Includes, ParseOptions, guide, head};
use crate::text::FileId;

struct Nothing;

impl Includes for Nothing {
    fn find(&self, _: FileId, _: &str) -> Option<(FileId, &str)> {
        None
    }
}

/// The record of a guide below the title `T`; a variable is its name between signs.
fn read(text: &str) -> Record {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let options = ParseOptions {
        callouts: names(&["note", "keywords"]),
        components: BTreeSet::new(),
        html: HtmlPolicy::Allow,
        math: false,
        timezone: Zone::utc(),
        declared: BTreeMap::new(),
        audiences: Vec::new(),
        lacks_names: false,
    };
    let text = format!("---\ntitle: T\n---\n\n{text}");
    let text = GuideText { file: FileId(0), lang: LocaleId::default(), text: &text };
    let guide = guide(text, &head(text, &options).value, &options, &Nothing).value;
    record(&Source {
        title: "T",
        keywords: vec!["語"],
        description: "",
        blocks: &guide.document.blocks,
        anchors: vec!["one", "two"],
    })
}

/// Fields and texts of all blocks, those of a section behind its heading.
fn shown(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for section in read(text).sections {
        if !section.heading.is_empty() {
            found.push(format!("# {} #{}", section.heading, section.anchor));
        }
        let block = |(field, range): &(Field, Range<usize>)| {
            format!("{field:?}: {}", &section.text[range.clone()])
        };
        found.extend(section.blocks.iter().map(block));
    }
    found
}

#[test]
fn blocks_are_plain_text_with_fields() {
    let text = "まず**設定**を\n開き、`ls -l`と\nOpen the\n[menu](https://x.example/).\n\n\
                ## Wi-Fiが切れる\n\n- 一つ\n- two\n\n```sh\necho 1\n```\n\n### Next\n\n終わり\n";
    let wanted = [
        "Body: まず設定を開き、ls -lと Open the menu.",
        "# Wi-Fiが切れる #one",
        "Body: 一つ",
        "Body: two",
        "Code: echo 1",
        "# Next #two",
        "Body: 終わり",
    ];
    assert_eq!(shown(text), wanted);
}

#[test]
fn rows_of_tables_are_blocks() {
    let text = "| 名前 | Port |\n|---|---|\n| 窓口 | 443 |\n";
    assert_eq!(shown(text), ["Body: 名前 | Port", "Body: 窓口 | 443"]);
    let html = "<table><tr><td>窓口</td><td>443</td></tr></table>\n";
    assert_eq!(shown(html), ["Body: 窓口 | 443"]);
}

#[test]
fn text_alternatives_stand_behind_their_line() {
    let text = "赤い ![盾の印](https://x.example/a.png) を見る\n";
    assert_eq!(shown(text), ["Body: 赤い  を見る", "Alt: 盾の印"]);
}

#[test]
fn keywords_are_found_and_not_shown() {
    let own = read("> [!NOTE]\n> 注意\n\n> [!KEYWORDS]\n> 切断 disconnect\n");
    assert_eq!(own.keywords, ["語", "切断 disconnect"]);
    assert_eq!(own.sections[0].text, "注意");
    assert!(
        own.has_text()
            && !Record { sections: vec![Section::default()], ..Record::default() }.has_text()
    );
}

#[test]
fn what_nobody_sees_is_not_searched() {
    assert_eq!(shown("<script>let x = 1;</script>\n\n見える<!-- 見えない -->\n"), ["Body: 見える"]);
}
