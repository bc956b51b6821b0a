use super::*;
use crate::theme::tests::fixture::lines;

fn joined(files: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    let mut contents: Contents<'static> =
        files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    join(&mut contents);
    let text = |bytes| String::from_utf8(bytes).expect("it was text before");
    contents.into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
}

/// The faults of the sheet `midori.css` beside `a.css` and `b.css`.
fn told(sheet: &str) -> Vec<String> {
    let files = [("midori.css", sheet), ("a.css", "a{}"), ("b.css", "@import \"midori.css\";")];
    let contents = files.map(|(name, text)| (name, text.as_bytes().to_vec()));
    let own = BTreeMap::from([("midori.css", (FileId(0), sheet.as_bytes()))]);
    lines(&faults(&contents.into_iter().collect(), &own), sheet)
}

#[test]
fn imports_become_one_file() {
    let files = joined(&[
        ("style.css", "/* 見た目 */\n@import \"a.css\";\n@import \"b.css\";\np{}\n"),
        ("a.css", "a{}"),
        ("b.css", "@import \"c.css\";\nb{}\n"),
        ("c.css", "c{}\n\n"),
        ("page.js", "@import \"a.css\";\n"),
    ]);
    assert_eq!(files["style.css"], "/* 見た目 */\na{}\nc{}\nb{}\np{}\n");
    assert_eq!(files["page.js"], "@import \"a.css\";\n");
    assert_eq!(files.len(), 2, "{files:?}");
}

#[test]
fn sheets_of_windows_are_joined_too() {
    let files = joined(&[
        ("style.css", "\u{feff}@import \"a.css\";\r\n.b{}\r\n"),
        ("a.css", "\u{feff}.a{}"),
    ]);
    assert_eq!(files["style.css"], ".a{}\n.b{}\n");
}

#[test]
fn sheets_in_a_circle_stay_and_hold_each_other() {
    let files = joined(&[
        ("style.css", "@import \"a.css\";\n@import \"https://x.example/y.css\";\n"),
        ("a.css", "@import \"b.css\";\na{}\n"),
        ("b.css", "@import \"a.css\";\n@import \"c.css\";\nb{}\n"),
        ("c.css", "c{}"),
        ("own.css", "@import \"own.css\";\no{}"),
    ]);
    let names: Vec<&str> = files.keys().copied().collect();
    assert_eq!(names, ["a.css", "b.css", "own.css", "style.css"]);
    assert_eq!(files["a.css"], "c{}\nb{}\na{}\n");
    assert_eq!(files["b.css"], "a{}\nc{}\nb{}\n");
    assert_eq!(files["own.css"], "o{}\n");
    assert_eq!(files["style.css"], "c{}\nb{}\na{}\n@import \"https://x.example/y.css\";\n");
}

#[test]
fn what_many_sheets_import_is_held_once_and_last() {
    let names: Vec<&'static str> = (0..2_000).map(|at| &*format!("a{at:04}.css").leak()).collect();
    let text = |at: usize| match names.get(at + 1) {
        Some(next) => format!("@import \"{next}\";\n@import \"{next}\";\n.a{at}{{}}\n"),
        None => "last{}".to_owned(),
    };
    let texts: Vec<String> = (0..names.len()).map(text).collect();
    let files: Vec<(&'static str, &str)> =
        names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let files = joined(&files);
    assert_eq!(files.len(), 1);
    assert_eq!(files["a0000.css"].lines().count(), names.len());
    let files =
        joined(&[("s.css", "@import \"a.css\";\nb{}\n@import \"a.css\";\n"), ("a.css", "a{}")]);
    assert_eq!(files["s.css"], "b{}\na{}\n");
}

#[test]
fn imports_that_are_not_joined_are_told() {
    let here = "put it into `assets/` of the theme, and import it by its path from there";
    for (sheet, wanted) in [
        ("@import \"a.css\";\n/* @import \"x.css\"; */", vec![]),
        ("\u{feff}@import \"a.css\";\r\n", vec![]),
        (
            "@import \"aa.css\";",
            vec![format!("invalid-theme ‹@import \"aa.css\";› there is no style sheet `aa.css` [did you mean `a.css`?] [{here}]")],
        ),
        (
            "/* 日本 */\n@import \"../../etc/passwd\";",
            vec![format!("invalid-theme ‹@import \"../../etc/passwd\";› there is no style sheet `../../etc/passwd` [{here}]")],
        ),
        (
            "@import url(https://x.example/y.css); a{}",
            vec!["invalid-theme ‹@import url(https://x.example/y.css);› a style sheet from elsewhere is not loaded: `https://x.example/y.css` [pages load nothing from other hosts: put the sheet into `assets/` of the theme]".to_owned()],
        ),
        (
            " @import \"a.css\" print;",
            vec!["invalid-theme ‹@import \"a.css\" print;› this import of `a.css` is not joined [write `@import \"a.css\";` on a line of its own, from its start]".to_owned()],
        ),
        (
            "@import \"b.css\";",
            vec!["invalid-theme ‹@import \"b.css\";› `b.css` imports `midori.css` in its turn [sheets that import each other are not joined into one: take one of the imports out]".to_owned()],
        ),
    ] {
        assert_eq!(told(sheet), wanted, "{sheet}");
    }
}
