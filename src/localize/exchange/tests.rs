use proptest::prelude::*;

use super::*;
use crate::localize::po;

const CATALOGUE: &str = "### 題\n\n# translators say this\n# source: 設定を開きます。\np-1 = Open the settings.\n\n\
    # source: { $code-1 } を実行\n# was: { $code-1 } を使う\n# $code-1: ipconfig\np-2 =\n    Use \"{ $code-1 }\"\n    now {\"{\"}.\n\n\
    # source: 新しい文\n# p-3 =\n";

fn items(catalogue: &str) -> Vec<Item> {
    po::read(&exported("a b", "content/a b.md", "en-GB", catalogue, "")).expect("it is read")
}

fn with(id: &str, change: impl Fn(&mut Item)) -> (String, Imported) {
    let mut all = items(CATALOGUE);
    change(all.iter_mut().find(|item| item.context == id).expect("the item"));
    imported(CATALOGUE, &all)
}

#[test]
fn a_catalogue_is_written_for_other_tools() {
    let gone = "# source: 消えた\np-9 = Gone\n";
    let text = exported("a b", "content/a b.md", "en-GB", CATALOGUE, gone);
    for part in [
        "\"Language: en_GB\\n\"\n",
        "\"X-Shirube-Guide: a b\\n\"\n",
        "# translators say this\n#: \u{2068}content/a b.md\u{2069}\nmsgctxt \"p-1\"\nmsgid \"設定を開きます。\"\n",
        "#. $code-1: ipconfig\n#: \u{2068}content/a b.md\u{2069}\n#, fuzzy\n#| msgid \"{ $code-1 } を使う\"\n",
        "msgstr \"\"\n\"Use \\\"{ $code-1 }\\\"\\n\"\n\"now {\\\"{\\\"}.\"\n",
        "msgid \"新しい文\"\nmsgstr \"\"\n",
        "#~ msgctxt \"p-9\"\n#~ msgid \"消えた\"\n#~ msgstr \"Gone\"\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(about(&items(CATALOGUE)), (Some("a b"), Some("en-GB".to_owned())));
}

#[test]
fn what_was_not_changed_elsewhere_stays_byte_for_byte() {
    assert_eq!(imported(CATALOGUE, &items(CATALOGUE)), (CATALOGUE.to_owned(), Imported::default()));
    let windows = CATALOGUE.replace('\n', "\r\n");
    assert_eq!(imported(&windows, &items(&windows)).0, windows);
}

#[test]
fn translations_come_back_into_their_messages() {
    let (text, done) = with("p-3", |item| item.text = "新\n*two* {\"{\"} \\ \"q\"".to_owned());
    let new = "# source: 新しい文\np-3 =\n    新\n    {\"*\"}two* {\"{\"} \\ \"q\"\n";
    assert_eq!(text, CATALOGUE.replace("# source: 新しい文\n# p-3 =\n", new));
    assert_eq!((done.written, done.stale), (1, 0));
    let (text, _) = with("p-2", |item| item.fuzzy = false);
    assert_eq!(text, CATALOGUE.replace("# was: { $code-1 } を使う\n", ""), "it was accepted");
    let (text, done) = with("p-2", |item| item.text = "Run { $code-1 }".to_owned());
    assert_eq!(done.stale, 1);
    let blocks = messages::catalogue(FileId(0), &text).value;
    let Block::Entry(entry) = &blocks[2] else { panic!("{blocks:?}") };
    assert!(entry.is_stale(&text) && text.contains("p-2 = Run { $code-1 }\n"), "{text}");
}

#[test]
fn a_translation_of_another_text_is_stale_or_left_out() {
    let (text, done) = with("p-3", |item| {
        item.source = "古い文".to_owned();
        item.text = "Old".to_owned();
    });
    assert!(text.contains("# source: 新しい文\n# was: 古い文\n# stale: "), "{text}");
    assert_eq!(done.stale, 1);
    let (text, done) = with("p-1", |item| {
        item.source = "別の文".to_owned();
        item.text = "Other".to_owned();
    });
    assert_eq!((text.as_str(), done.older), (CATALOGUE, vec!["p-1".to_owned()]));
}

#[test]
fn nothing_is_lost_to_what_is_wrong_in_a_file() {
    for (bad, why) in [("{ $open", "unreadable"), ("", "empty"), ("a } b", "unreadable")] {
        let (text, done) = with("p-1", |item| item.text = bad.to_owned());
        assert_eq!(text, CATALOGUE, "{why}");
        assert_eq!(done.unreadable.len(), usize::from(!bad.is_empty()));
    }
    let mut all = items(CATALOGUE);
    all[1].context = "p-7".to_owned();
    let (text, done) = imported(CATALOGUE, &all);
    assert_eq!((text.as_str(), done.unknown), (CATALOGUE, vec!["p-7".to_owned()]));
}

proptest! {
    #[test]
    fn any_translation_goes_there_and_back(
        parts in prop::collection::vec(prop::sample::select(vec![
            "設定", "word", " ", "\n", "{ $code-1 }", "{ -vpn }", "{\"{\"}", "*", "[x]", ".a = b", "\\", "\"", "#", "～",
        ]), 1..8)
    ) {
        let lines: Vec<String> = parts.concat().trim().lines().map(|l| l.trim().to_owned()).collect();
        let wanted = lines.join("\n");
        let (text, done) = with("p-3", |item| item.text.clone_from(&wanted));
        prop_assert_eq!(&done.unreadable, &Vec::<String>::new());
        // There and back once more: what was written is what is told.
        let again = items(&text);
        prop_assert_eq!(imported(&text, &again).0, text.clone());
        let rest = |all: &str| all.split("# source: 新しい文").next().map(str::to_owned);
        prop_assert_eq!(rest(&text), rest(CATALOGUE));
    }
}
