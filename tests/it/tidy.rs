//! The rules of the house that a test can keep.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use shirube::diagnostic;

/// The rows of the layer table: a module may use those of earlier rows only. `lib.rs` tells
/// the same in words.
const ROWS: [&[&str]; 12] = [
    &["text", "paths", "dates", "memo", "picture"],
    &["diagnostic", "document", "media"],
    &["config", "input", "emit"],
    &["discover", "messages", "theme", "highlight", "search"],
    &["parse"],
    &["localize"],
    &["resolve"],
    &["render"],
    &["view"],
    &["pipeline"],
    &["host"],
    &["cli"],
];

/// Third-party crates that are named in one module only.
const CONFINED: [(&str, &[&str]); 29] = [
    ("sys_locale", &["cli"]),
    ("pulldown_cmark", &["parse"]),
    ("html5gum", &["parse"]),
    ("tera", &["theme"]),
    ("csscolorparser", &["theme"]),
    ("serde_saphyr", &["config"]),
    ("aho_corasick", &["localize"]),
    ("similar", &["localize"]),
    ("fluent", &["messages"]),
    ("fluent_syntax", &["messages"]),
    ("unic_langid", &["messages"]),
    ("icu_datetime", &["messages"]),
    ("icu_decimal", &["messages"]),
    ("icu_calendar", &["messages"]),
    ("icu_collator", &["messages"]),
    ("icu_locale_core", &["messages"]),
    ("jiff", &["dates"]),
    ("syntect", &["highlight"]),
    ("two_face", &["highlight"]),
    ("rayon", &["memo", "host"]),
    ("blake3", &["memo"]),
    ("imagesize", &["media"]),
    ("globset", &["discover"]),
    ("walkdir", &["host"]),
    ("notify", &["host"]),
    ("axum", &["host"]),
    ("rustix", &["host"]),
    ("clap", &["cli"]),
    ("annotate_snippets", &["cli"]),
];

pub(crate) fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    let module = |path: &Path| {
        let below = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below the package");
        let first = below.components().nth(1).expect("a file of src").as_os_str().to_string_lossy();
        first.trim_end_matches(".rs").to_owned()
    };
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable source");
            (module(&path), path, text)
        })
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text before its tests, comments left out: tests may use what they like.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn modules_use_only_rows_above_their_own() {
    let row = |module: &str| ROWS.iter().position(|row| row.contains(&module));
    let mut faults = Vec::new();
    for (module, path, text) in sources() {
        if ["lib", "main"].contains(&module.as_str()) || is_test_file(&path) {
            continue;
        }
        let own = row(&module).unwrap_or_else(|| panic!("`{module}` is in no row"));
        for used in code(&text).split("crate::").skip(1) {
            let used: String =
                used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let Some(other) = row(&used) else { continue };
            if used != module && other >= own {
                faults.push(format!("{} uses `{used}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

pub(crate) fn is_test_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
}

#[test]
fn every_module_is_in_a_row_and_on_the_map() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("the library's root");
    let modules: BTreeSet<String> = sources().into_iter().map(|(module, ..)| module).collect();
    for module in modules.iter().filter(|name| !["lib", "main"].contains(&name.as_str())) {
        assert!(ROWS.iter().any(|row| row.contains(&module.as_str())), "`{module}` is in no row");
        assert!(map.contains(&format!("[`{module}`]")), "`{module}` is not on the map in lib.rs");
    }
}

#[test]
fn each_crate_is_named_where_it_belongs() {
    let mut faults = Vec::new();
    for (module, path, text) in sources() {
        let code = code(&text);
        for (name, homes) in CONFINED {
            let named =
                code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            if named && !homes.contains(&module.as_str()) && !is_test_file(&path) {
                faults.push(format!("{} names `{name}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_module_begins_with_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(_, path, text)| !text.starts_with("//!") && !is_test_file(path))
        .map(|(_, path, _)| path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn every_diagnostic_is_raised_and_explained_in_both_languages() {
    let page = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/manual").join(name);
        fs::read_to_string(path).expect("the page of diagnostics")
    };
    let (japanese, english) = (page("diagnostics.md"), page("diagnostics.en.md"));
    let constants: BTreeMap<String, String> = sources()
        .into_iter()
        .filter(|(_, path, _)| !path.ends_with("diagnostic/codes.rs") && !is_test_file(path))
        .map(|(_, path, text)| (path.display().to_string(), code(&text)))
        .collect();
    for code in diagnostic::ALL {
        let heading = format!("\n### `{}`", code.name());
        assert!(japanese.contains(&heading), "no {heading} in Japanese");
        assert!(english.contains(&heading), "no {heading} in English");
        let constant = format!("code::{}", code.name().to_uppercase().replace('-', "_"));
        assert!(
            constants.values().any(|text| text.contains(&constant)),
            "`{}` is never raised",
            code.name()
        );
    }
}

#[test]
fn the_same_words_are_there_in_both_languages() {
    let ids = |locale: &str| -> BTreeSet<String> {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/locales").join(locale);
        let mut ids = BTreeSet::new();
        for entry in fs::read_dir(folder).expect("the built-in words") {
            let text =
                fs::read_to_string(entry.expect("an entry").path()).expect("a readable file");
            for line in text.lines() {
                let first = line.chars().next().unwrap_or(' ');
                if first.is_ascii_alphabetic() || first == '-' {
                    ids.extend(line.split_once(" =").map(|(id, _)| id.to_owned()));
                }
            }
        }
        ids
    };
    let (japanese, english) = (ids("ja"), ids("en"));
    assert!(japanese.len() > 20, "the words were found");
    assert_eq!(japanese, english);
}
