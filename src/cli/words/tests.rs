use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn lang(variables: &[(&str, &str)]) -> Lang {
    of(variables, None)
}

fn of(variables: &[(&str, &str)], system: Option<&str>) -> Lang {
    let variable = |name: &str| {
        let found = variables.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Lang::of_environment(variable, || system.map(str::to_owned))
}

#[test]
fn the_environment_names_the_language() {
    for japanese in ["ja_JP.UTF-8", "ja", "ja-JP", "ja.eucJP", "JA_JP", "Japanese_Japan.932"] {
        assert_eq!(lang(&[("LANG", japanese)]), Lang::Ja, "{japanese}");
    }
    for other in ["en_US.UTF-8", "C", "POSIX", "jam_JM", "javanese", ""] {
        assert_eq!(lang(&[("LANG", other)]), Lang::En, "{other}");
    }
    assert_eq!(lang(&[]), Lang::En);
}

#[test]
fn the_nearer_variable_wins_and_an_empty_one_is_none() {
    assert_eq!(lang(&[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]), Lang::En);
    assert_eq!(lang(&[("LC_MESSAGES", "ja_JP.UTF-8"), ("LANG", "en_US.UTF-8")]), Lang::Ja);
    assert_eq!(lang(&[("LC_ALL", ""), ("LANG", "ja_JP.UTF-8")]), Lang::Ja);
}

#[test]
fn the_systems_language_counts_where_the_environment_names_none() {
    assert_eq!(of(&[], Some("ja-JP")), Lang::Ja);
    assert_eq!(of(&[("LANG", "")], Some("ja-JP")), Lang::Ja);
    assert_eq!(of(&[("LANG", "C")], Some("ja-JP")), Lang::En);
}

#[test]
fn both_languages_are_read_without_a_fault() {
    for (lang, files) in [(Lang::Ja, JAPANESE), (Lang::En, ENGLISH)] {
        let checked = read(lang, files);
        assert!(checked.diagnostics.is_empty(), "{lang:?}: {:?}", checked.diagnostics);
    }
}

/// The messages of a language, each with the arguments that it shows; what only chooses a
/// form may differ, since Japanese has one form for all numbers.
fn messages(files: Files) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in files.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            line.split_once(" =").expect("a message").0.clone_into(&mut id);
        }
        let shown = line.split("{ $").skip(1).filter_map(|rest| rest.split_once(" }"));
        let names = shown.map(|(name, _)| name).filter(|name| !name.contains(' '));
        found.entry(id.clone()).or_default().extend(names.map(str::to_owned));
    }
    found
}

#[test]
fn both_languages_say_the_same_things_with_the_same_arguments() {
    assert_eq!(messages(JAPANESE), messages(ENGLISH));
}

#[test]
fn words_are_said_in_their_language() {
    let nothing = |lang| Words::new(lang).text("tally-none", &[]);
    assert_eq!(nothing(Lang::Ja), "問題はありません");
    assert_eq!(nothing(Lang::En), "nothing to report");
    let errors =
        |lang, count: usize| Words::new(lang).text("tally-errors", &[("count", count.into())]);
    assert_eq!(errors(Lang::En, 1), "1 error");
    assert_eq!(errors(Lang::En, 1200), "1,200 errors");
    assert_eq!(errors(Lang::Ja, 2), "エラー 2 件");
}
