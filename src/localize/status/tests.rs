use super::*;
use crate::document::LocaleId;
use crate::localize::tests::{echo, guide, options};
use crate::localize::{Reading, fingerprint, texts};
use crate::messages;
use crate::text::FileId;

fn read(source: &str) -> Vec<Text> {
    texts(&guide(source), Reading { options: &options(), breaks: false })
}

fn of_messages(source: &str, catalogue: &str) -> Standing {
    let blocks = messages::catalogue(FileId(1), catalogue).value;
    let held = Catalogue { file: FileId(1), lang: LocaleId(1), text: catalogue, blocks: &blocks };
    by_messages(&read(source), &held)
}

fn of_file(old: &str, new: &str) -> Standing {
    by_file(&read(new), Some(&read(old)), None)
}

fn shown(standing: &Standing) -> Vec<String> {
    let line = |own: &Behind| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        format!("{:?} {:?} {}|{}", own.lack, own.severity, text(&own.old), text(&own.new))
    };
    standing.behind.iter().map(line).collect()
}

const SOURCE: &str =
    "# 題\n\n設定を開きます。\n\n10 分待ちます。\n\n> [!WARNING]\n> 触らないで。\n";

#[test]
fn a_catalogue_says_what_is_current_stale_and_missing() {
    let whole = of_messages(SOURCE, &echo(SOURCE));
    assert_eq!((whole.progress(), whole.percent()), (Progress::Complete, 100));
    assert!(!whole.unextracted);
    let catalogue = "# source: 題\ntitle-1 = T\n\n# source: 設定を開きます。\n# was: 設定です。\n\
        p-1 = Old.\n\n# source: 10 分待ちます。\n# was: 5 分待ちます。\np-2 = Wait 5.\n\n\
        # source: 触らないで。\n# p-3 =\n";
    let some = of_messages(SOURCE, catalogue);
    assert_eq!((some.progress(), some.percent(), some.unextracted), (Progress::Stale, 25, false));
    assert_eq!(
        shown(&some),
        [
            "Stale Words 設定です。|設定を開きます。",
            "Stale Grave 5 分待ちます。|10 分待ちます。",
            "Missing Grave |触らないで。",
        ]
    );
    assert_eq!(some.behind[1].id.as_deref(), Some("p-2"));
    let place = some.behind[2].place.clone().expect("it has a place");
    assert_eq!(&catalogue[place], "p-3");
}

#[test]
fn a_source_that_was_edited_after_the_extract_is_noted() {
    let edited = SOURCE.replace("開きます", "開いてください");
    let standing = of_messages(&edited, &echo(SOURCE));
    assert!(standing.unextracted);
    assert_eq!(shown(&standing), ["Missing Words |設定を開いてください。"]);
    assert_eq!(standing.progress(), Progress::Partly);
    let shorter = SOURCE.replace("設定を開きます。\n\n", "");
    assert!(of_messages(&shorter, &echo(SOURCE)).unextracted, "a message is left over");
}

#[test]
fn a_kept_source_says_what_changed_came_and_went() {
    let old =
        "# T\n\nOpen the settings app now.\n\nRun `ipconfig`.\n\nGo home.\n\nThe end of it.\n";
    let new = "# T\n\nOpen the settings page now.\n\nRun `ifconfig`.\n\nThe end of it.\n\n\
        A whole new matter.\n";
    let standing = of_file(old, new);
    assert_eq!(
        shown(&standing),
        [
            "Stale Words Open the settings app now.|Open the settings page now.",
            "Stale Grave Run { $code-1 }.|Run { $code-1 }.",
            "Missing Words |A whole new matter.",
            "Gone Words Go home.|",
        ]
    );
    assert_eq!((standing.texts, standing.translated), (5, 2));
    assert_eq!(of_file(old, old).progress(), Progress::Complete);
    let moved =
        of_file("# 題\n\n一つ目です。\n\n二つ目です。\n", "# 題\n\n二つ目です。\n\n一つ目です。\n");
    assert_eq!(moved.progress(), Progress::Complete, "moved texts are no others");
}

#[test]
fn a_fingerprint_says_whether_and_without_one_nothing_is_known() {
    let texts = read(SOURCE);
    let same = by_file(&texts, None, Some(fingerprint(&texts) == fingerprint(&read(SOURCE))));
    assert_eq!((same.progress(), same.tracked), (Progress::Complete, true));
    let other = by_file(&texts, None, Some(false));
    assert_eq!((other.progress(), other.count(Lack::Stale)), (Progress::Stale, 4));
    let unknown = by_file(&texts, None, None);
    assert_eq!((unknown.progress(), unknown.tracked), (Progress::Complete, false));
}

#[test]
fn what_nobody_began_is_missing_and_what_has_no_words_complete() {
    assert_eq!(untranslated(&read(SOURCE)).progress(), Progress::Missing);
    assert_eq!(untranslated(&[]).progress(), Progress::Complete);
}

#[test]
fn severity_follows_what_changed() {
    let check = |old: &str, new: &str, wanted| {
        let (old, new) = (format!("# 題\n\n{old}\n"), format!("# 題\n\n{new}\n"));
        assert_eq!(of_file(&old, &new).behind[0].severity, wanted, "{old} {new}");
    };
    check("画面を開いて待ちます。", "画面を開いてから待ちます。", Severity::Words);
    check("画面を３回押します。", "画面を 3 回だけ押します。", Severity::Words);
    check("画面を３回押します。", "画面を 4 回押します。", Severity::Grave);
    check("See [the page](a.md) for it.", "See [the page](b.md) for it.", Severity::Grave);
    check("Now ![x](a.png) comes the picture.", "Now comes the picture.", Severity::Grave);
    check(
        "> [!WARNING]\n> 決して触らないで。",
        "> [!WARNING]\n> 決して触れないで。",
        Severity::Grave,
    );
    check("> [!NOTE]\n> 決して触らないで。", "> [!NOTE]\n> 決して触れないで。", Severity::Words);
}
