//! Every diagnostic can be read in Japanese: the sources are read for the English of
//! messages, and the catalogue in `src/cli/report/ja` has a row for each, and no other.
//!
//! What counts as English: text of several words in the modules that find faults, unless it
//! is for programmers (`expect`), markup, or on the list [`NO_WORDS`].

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{code, is_test_file, sources};

/// The catalogue's files whose rows come from the sources. `foreign.txt` holds what others say.
const CATALOGUE: [&str; 8] =
    ["files", "markdown", "references", "themes", "translations", "summaries", "values", "hexo"];

/// Calls whose text nobody but programmers, or nobody at all, reads.
const UNREAD: [&str; 17] = [
    "allow",
    "expect",
    "assert",
    "assert_eq",
    "debug_assert",
    "debug_assert_eq",
    "panic",
    "unreachable",
    "write",
    "write_str",
    "push_str",
    "contains",
    "strip_prefix",
    "end_tag",
    "extend",
    "expecting",
    "text_run",
];

/// Texts of several words that are no words: examples of settings, code, names of languages.
const NO_WORDS: [&str; 41] = [
    "nothing panics while it holds the lock",
    "Bahasa Indonesia",
    "Português (Brasil)",
    "Tiếng Việt",
    "User-agent: *\nAllow: /\n",
    "notices: [{text: …}]",
    "{key}: 2026-11-23",
    "{key}: {{ja: …, en: …}}",
    "{}: text",
    "{}: warning",
    "links: [{text: …, url: …}]",
    "theme: ours",
    "{}: {value}",
    "{key}: …",
    "{key}: true",
    "{key}: 10",
    "{key}: {}",
    "{key}: [\"…\", \"…\"]",
    "the compiled data fall back to the root locale",
    "the bundle is new, so the name is free",
    "{{% end{name} %}}",
    "{key}: 2022-03-24 12:00",
    "extra: {cost: 100}",
    "{}: {example}",
    "border:{width}px solid",
    "{% endcodeblock %}",
    "{% endcode %}",
    "front matter",
    "in srgb",
    "{name}: {{ light: \"{}\", dark: \"{}\" }}",
    "{{#- {WORDS}{}/{name} {hash} -#}}\n{}",
    "copied from ",
    "{head}{light}\n@supports (color: light-dark(#000, #fff)) {{\n{rules}\n}}\n",
    "{{% block {0} %}}{{% endblock {0} %}}",
    "{}: guide.html",
    "{name}: {{ icon: info, tone: info, message: callout-{name} }}",
    "light-dark({}, {})",
    "{name} ({region})",
    "{} {}",
    "this folder or above it",
    "any value",
];

/// A text of a source, and the calls that it stands in, the innermost last.
struct Literal {
    text: String,
    calls: Vec<String>,
}

/// The texts of a source without its tests and comments.
fn literals(source: &str) -> Vec<Literal> {
    let source = code(source);
    let mut found = Vec::new();
    // The brackets that are open, each with the name before it.
    let mut open: Vec<String> = Vec::new();
    let (mut rest, mut name) = (source.as_str(), String::new());
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let (text, length) = quoted(rest);
                found.push(Literal { text, calls: open.clone() });
                length
            }
            'r' if raw(rest).is_some() => raw(rest).map_or(1, |(text, length)| {
                found.push(Literal { text, calls: open.clone() });
                length
            }),
            '\'' => character(rest),
            '(' | '[' | '{' => {
                open.push(std::mem::take(&mut name));
                1
            }
            ')' | ']' | '}' => {
                open.pop();
                1
            }
            c if c.is_alphanumeric() || c == '_' => {
                let word = |c: char| !c.is_alphanumeric() && c != '_';
                let length = rest.find(word).unwrap_or(rest.len());
                rest[..length].clone_into(&mut name);
                length
            }
            '!' => 1,
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            c => {
                if !c.is_whitespace() {
                    name.clear();
                }
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    found
}

/// A text in quotes, and its length in the source.
fn quoted(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, at + 1),
            '\\' => match chars.next().map_or(' ', |(_, c)| c) {
                '\n' => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                'u' => while chars.next().is_some_and(|(_, c)| c != '}') {},
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
    (text, rest.len())
}

/// A raw text: `r"…"`, `r#"…"#`.
fn raw(rest: &str) -> Option<(String, usize)> {
    let marks = rest[1..].find(|c| c != '#')?;
    let body = rest[1 + marks..].strip_prefix('"')?;
    let end = body.find(&format!("\"{}", "#".repeat(marks)))?;
    Some((body[..end].to_owned(), 1 + marks + 1 + end + 1 + marks))
}

/// The length of a character, or of the mark of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let escaped = chars.next().is_some_and(|(_, c)| c == '\\');
    if escaped {
        return rest[3..].find('\'').map_or(1, |end| 3 + end + 1);
    }
    match chars.next() {
        Some((at, '\'')) => at + 1,
        _ => 1,
    }
}

/// Whether a text is English that people read.
fn is_words(literal: &Literal) -> bool {
    let text = literal.text.trim_end();
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || "`{;".contains(c));
    let letters = text.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 1);
    let unread = |call: &String| UNREAD.contains(&call.as_str());
    begins
        && letters
        && text.contains(' ')
        && !literal.calls.iter().rev().take(2).any(unread)
        && !NO_WORDS.contains(&literal.text.as_str())
}

/// The English of all messages, with the source of each.
fn english() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (module, path, text) in sources() {
        let blog = path.to_string_lossy().replace('\\', "/").contains("cli/hexo");
        let edge = ["cli", "host"].contains(&module.as_str()) && !blog;
        let finds =
            !edge || text.contains("Diagnostic::new(") || text.contains("ReadFault::Refused");
        if !finds
            || is_test_file(&path)
            || path.ends_with("search/reader.rs")
            || is_for_translators(&path)
        {
            continue;
        }
        let printed = |call: &String| call == "format" || call == "err_line";
        let words = literals(&text).into_iter().filter(is_words);
        for literal in words.filter(|one| !edge || !one.calls.iter().any(printed)) {
            found.insert(lower_first(&literal.text), path.display().to_string());
        }
    }
    found
}

/// Templates' messages begin in upper case, and are shown in lower case.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The rows of the catalogue's files: English and Japanese.
fn rows(files: &[&str]) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/report/ja");
    let mut rows = Vec::new();
    for name in files {
        let path = folder.join(name).with_extension("txt");
        let text = std::fs::read_to_string(path).expect("a file of the catalogue");
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        let lines: Vec<&str> = lines.collect();
        rows.extend(lines.chunks(2).map(|row| (row[0].to_owned(), row[1].trim().to_owned())));
    }
    rows
}

#[test]
fn every_message_has_its_japanese() {
    let known: BTreeSet<String> =
        rows(&CATALOGUE).iter().map(|(english, _)| lower_first(english)).collect();
    let wanting: Vec<String> = english()
        .into_iter()
        .filter(|(text, _)| !known.contains(text))
        .map(|(text, path)| format!("{path}: {text}"))
        .collect();
    assert!(wanting.is_empty(), "no Japanese in src/cli/report/ja for\n{}", wanting.join("\n"));
}

#[test]
fn every_row_is_of_use() {
    let mut all = BTreeSet::new();
    for (_, path, text) in sources().into_iter().filter(|(_, path, _)| !is_test_file(path)) {
        if !path.ends_with("report/japanese.rs") {
            all.extend(literals(&text).into_iter().map(|literal| lower_first(&literal.text)));
        }
    }
    let rows = rows(&CATALOGUE).into_iter();
    let idle: Vec<String> = rows
        .map(|(english, _)| english)
        .filter(|english| !all.contains(&lower_first(english)))
        .collect();
    assert!(idle.is_empty(), "nothing says\n{}", idle.join("\n"));
}

#[test]
fn both_languages_fill_in_the_same() {
    let gaps = |text: &str| -> BTreeSet<String> {
        let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let named = |(name, _): (&str, &str)| {
            name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then(|| name.to_owned())
        };
        parts.filter_map(named).collect()
    };
    let all = [&CATALOGUE[..], &["foreign"]].concat();
    let differing: Vec<_> =
        rows(&all).into_iter().filter(|(english, ja)| gaps(english) != gaps(ja)).collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn texts_are_found_in_sources() {
    let source = "fn a<'x>() { let c = '\"'; b(\"one {a} \\\n   two\", r#\"three \"four\"\"#); } // \"five\"";
    let texts: Vec<String> = literals(source).into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["one {a} two", "three \"four\""]);
    let raised = literals("Diagnostic::new(code, span, \"no such thing\")");
    assert!(raised.len() == 1 && is_words(&raised[0]));
    assert_eq!(raised[0].calls, ["new"]);
    assert!(!is_words(&literals("x.expect(\"all is well\")")[0]));
}

/// Files whose texts go into the files of translators, and are no messages of the program.
fn is_for_translators(path: &std::path::Path) -> bool {
    ["exchange.rs", "head.rs", "write.rs", "po.rs"]
        .iter()
        .any(|name| path.ends_with(std::path::Path::new("localize").join(name)))
}
