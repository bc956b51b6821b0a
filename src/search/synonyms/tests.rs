use super::*;
use crate::text::FileId;

fn check(text: &str) -> (Vec<Group>, Vec<String>) {
    let read = groups(Source::whole(FileId(0), text));
    let at = |fault: &Diagnostic| match fault.place {
        crate::diagnostic::Place::At(span) => text[span.bytes.range()].to_owned(),
        _ => String::new(),
    };
    let faults = read.diagnostics.iter();
    (read.value, faults.map(|f| format!("{} «{}»", f.text(), at(f).trim())).collect())
}

#[test]
fn groups_are_lists_of_words() {
    let (groups, faults) = check("- [サインイン, ログイン]\n- [sign in, log in, Sign-In]\n");
    assert_eq!(groups, [vec!["サインイン", "ログイン"], vec!["sign in", "log in", "Sign-In"]]);
    assert_eq!(faults, [""; 0]);
    assert_eq!(check("").1, [""; 0]);
}

#[test]
fn what_is_no_group_is_told_at_its_place() {
    assert_eq!(check("a: b").1, ["this is no list of groups of words «a: b»"]);
    let (groups, faults) = check("- サインイン, ログイン\n- [社員証]\n- [a, A]\n- [x, '。', y]\n");
    assert_eq!(groups, [vec!["x", "y"]]);
    assert_eq!(
        faults,
        [
            "this is no group of words «サインイン, ログイン»",
            "a group of fewer than two different words says nothing «[社員証]»",
            "a group of fewer than two different words says nothing «[a, A]»",
            "`。` is no word «'。'»",
        ]
    );
}

#[test]
fn the_shipped_tables_are_without_fault() {
    for table in [JAPANESE, ENGLISH] {
        let (groups, faults) = check(table);
        assert_eq!(faults, [""; 0]);
        assert!(groups.len() >= 10);
    }
    assert_eq!(shipped("fr").len(), 0);
    assert!(shipped("ja-JP").len() > shipped("en").len());
}

#[test]
fn the_weightiest_that_an_index_has_stand_for_a_word() {
    let group = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let shipped = vec![group(&["a", "b", "c", "d", "e"]), group(&["x", "y"])];
    let table = Table { own: Vec::new(), shipped };
    let weight = |token: &str| match token {
        "b" => 1,
        "c" => 31,
        "d" => 5,
        "e" => 5,
        _ => 0,
    };
    let found = entries(&table, &weight);
    let found: Vec<String> = found.into_iter().map(|(key, value)| key + " " + &value).collect();
    assert_eq!(found, ["sa c|d|e", "sb c|d|e", "sc d|e|b", "sd c|e|b", "se c|d|b"]);
}

#[test]
fn a_word_need_not_stand_at_the_end_of_a_text_to_be_known() {
    let own = vec![vec!["勤怠システム".to_owned(), "打刻".to_owned()]];
    let table = Table { own, shipped: Vec::new() };
    // `刻` alone is a token only where it ends a stretch: `打刻。`, not `打刻の画面`.
    let found = entries(&table, &|token| u32::from(token == "打刻"));
    assert_eq!(found, [("s勤怠システム".to_owned(), "打刻".to_owned())]);
}

#[test]
fn the_words_of_a_site_come_before_those_that_are_shipped_and_are_all_there() {
    let group = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let table = Table {
        own: vec![group("a 入館登録 p q r s")],
        shipped: vec![group("a サインイン x y z")],
    };
    let weight = |token: &str| if token.is_ascii() { 9 } else { 5 };
    let found = entries(&table, &weight);
    let of_a = found.iter().find(|(key, _)| key == "sa").expect("`a` has other words");
    assert_eq!(of_a.1, "p|q|r|s|入館登録");
    let of_x = found.iter().find(|(key, _)| key == "sx").expect("`x` has other words");
    assert_eq!(of_x.1, "a|y|z");
}
