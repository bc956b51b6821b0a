use super::*;
use crate::document::LocaleId;
use crate::localize::tests::{guide, options};
use crate::localize::{Reading, texts};
use crate::messages;
use crate::text::FileId;

fn texts_of(source: &str) -> Vec<Text> {
    let options = options();
    texts(&guide(source), Reading { options: &options, breaks: false })
}

fn wordings(source: &str) -> Vec<(Kind, String)> {
    texts_of(source).iter().map(|text| (text.kind, text.wording.text())).collect()
}

const JAPANESE: &str = "---\ntitle: 認証アプリを移す\ndescription: 機種変更の前に\ndate: 2026-01-01\n---\n\n\
    設定を **開き**、`ipconfig /all` と [手順](./b.md \"次\")を見ます。\n\n\
    ![画面](a.png \"説明\")\n\n## 準備\n\n- 一つ目 :kbd[Ctrl+K]\n- 二つ目 `x` と `y`\n\n\
    > [!NOTE] 注意\n> 30 分かかります。\n\n| 名 | 値 |\n|--|--|\n| あ | い |\n\n\
    絵 ![小](c.png) の <u>下線</u> と\\\n次の行。\n";
const ENGLISH: &str = "---\ntitle: Move the authenticator\ndescription: \"Before: a new phone\"\n---\n\n\
    See [the steps](./b.md \"次\") and `ipconfig /all`, **open** the settings.\n\n\
    ![The screen](a.png \"What it shows\")\n\n## Before\n\n- First :kbd[Ctrl+K]\n- Second `y` and `x`\n\n\
    > [!NOTE] Mind\n> It takes 30 minutes.\n\n| Name | Value |\n|--|--|\n| A | B |\n\n\
    A picture ![small](c.png) of the <u>line</u>\\\nand the next.\n";

fn there_and_back(source: &str, translation: &str) {
    let done = to_messages((&texts_of(source), &[]), (&texts_of(translation), &[]));
    assert_eq!(done.left, [] as [String; 0]);
    assert_eq!(done.matched, texts_of(source).len(), "{}", done.text);
    let read = messages::catalogue(FileId(1), &done.text);
    assert_eq!(read.diagnostics, [], "{}", done.text);
    let own =
        Catalogue { file: FileId(1), lang: LocaleId(1), text: &done.text, blocks: &read.value };
    let body = source.rfind("---\n\n").map_or(0, |at| at + 4);
    let back = to_file(&texts_of(source), source, body, &own);
    assert_eq!(back.left, [] as [String; 0]);
    // What is said is the same, whatever the parts of the source are.
    assert_eq!(wordings(&back.text), wordings(translation), "{}", back.text);
}

#[test]
fn a_translation_goes_there_and_back() {
    there_and_back(JAPANESE, ENGLISH);
    there_and_back(ENGLISH, JAPANESE);
}

#[test]
fn parts_keep_their_meaning_whatever_their_order() {
    let (source, own) = (texts_of("`a` と `b` を見る。\n"), texts_of("See `b`, `a` and `c`.\n"));
    let done = to_messages((&source, &[]), (&own, &[]));
    assert!(done.text.contains("= See { $code-2 }, { $code-1 } and { $code-5 }."), "{}", done.text);
    assert!(done.text.contains("# ?code-5: c\n"), "{}", done.text);
}

#[test]
fn what_has_no_place_is_left_at_the_end() {
    let done = to_messages(
        (&texts_of("# 題\n\n一つ目は `a` です。\n"), &[]),
        (&texts_of("# T\n\nThe first is `a`.\n\n## More\n\nNothing else says this.\n"), &[]),
    );
    assert_eq!((done.matched, done.left.len()), (2, 2), "{}", done.text);
    assert!(done.text.ends_with("# More\n#\n# Nothing else says this.\n"), "{}", done.text);
    let missing = to_messages(
        (&texts_of("# 題\n\n一つ目の文は長い文で `a` です。\n\n短い。\n"), &[]),
        (&texts_of("# T\n\nShort.\n"), &[]),
    );
    assert!(missing.text.contains("= Short."), "{}", missing.text);
    assert_eq!(missing.matched, 2);
}

#[test]
fn code_of_the_translation_is_kept_in_a_comment() {
    let blocks = |all: &[&str]| all.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>();
    let (source, own) = (texts_of("# 題\n"), texts_of("# Title\n"));
    let shared = "```bash\nls\n```";
    let code = "```bash\n# English\n\ncd /\n```";
    let done = to_messages((&source, &blocks(&[shared])), (&own, &blocks(&[shared, code])));
    assert_eq!((done.codes, done.left.len()), (1, 1));
    assert!(done.text.ends_with("\n\n# ```bash\n# # English\n#\n# cd /\n# ```\n"), "{}", done.text);
    assert_eq!(messages::catalogue(FileId(1), &done.text).diagnostics, []);
}

#[test]
fn notes_of_translators_are_told_by_message() {
    let source = "# 題\n\n一つ目。\n";
    let text = format!(
        "### 題\n\n# 訳語は要確認\n\n# Ask Kim.\n# source: 題\ntitle-1 = Title\n\n\
         # 未定\n# source: 一つ目。\n# {} =\n",
        super::id(Kind::Paragraph, "一つ目。", 0)
    );
    let read = messages::catalogue(FileId(1), &text);
    let own = Catalogue { file: FileId(1), lang: LocaleId(1), text: &text, blocks: &read.value };
    let done = to_file(&texts_of(source), source, 0, &own);
    assert_eq!(done.notes.len(), 3, "{:?}", done.notes);
    assert_eq!(done.notes[0], "# 訳語は要確認");
    assert_eq!(done.notes[1], "# title-1:\n# Ask Kim.");
    assert!(done.notes[2].ends_with(":\n# 未定"), "{}", done.notes[2]);
}
