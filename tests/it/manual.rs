//! The manual's pages on themes. What they list is exactly what there is, and the files that
//! they show are those of the example theme in `tests/sites/theme_example`.
//!
//! A comment in a page says what the table below it lists: `<!-- fields: SiteContext -->`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use shirube::emit::Output;

const REFERENCE: [&str; 2] = ["templates.md", "templates.en.md"];
const CHAPTER: [&str; 2] = ["themes.md", "themes.en.md"];

/// Something that a table of the reference lists.
struct List {
    comment: String,
    names: BTreeSet<String>,
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn manual(page: &str) -> String {
    read(&format!("content/manual/{page}"))
}

#[test]
fn the_reference_lists_what_templates_may_use() {
    let mut faults = Vec::new();
    for page in REFERENCE {
        let text = manual(page);
        for list in lists() {
            let Some(listed) = listed(&text, &list.comment) else {
                faults.push(format!("{page} has no table below `<!-- {} -->`", list.comment));
                continue;
            };
            let wanting = list.names.difference(&listed).map(|name| ("lacks", name));
            let stale = listed.difference(&list.names).map(|name| ("still lists", name));
            faults.extend(
                wanting
                    .chain(stale)
                    .map(|(what, name)| format!("{page}, {}: {what} `{name}`", list.comment)),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The names in the first column of the table below a comment, or all of its paragraph.
fn listed(page: &str, comment: &str) -> Option<BTreeSet<String>> {
    let (_, below) = page.split_once(&format!("<!-- {comment} -->\n"))?;
    let part = below.trim_start().split("\n\n").next().unwrap_or_default();
    if !part.starts_with('|') {
        return Some(part.split('`').skip(1).step_by(2).map(str::to_owned).collect());
    }
    let name = |row: &str| Some(row.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    Some(part.lines().filter_map(name).collect())
}

fn lists() -> Vec<List> {
    let mut lists = vec![
        list("functions", after(&read("src/theme/functions.rs"), "register_function(\"")),
        list("text", of_text()),
    ];
    lists.extend(fields());
    lists.extend(arguments());
    lists.extend(theme());
    assert!(lists.iter().all(|list| !list.names.is_empty()), "every list was found");
    lists
}

fn list(comment: &str, names: impl IntoIterator<Item = String>) -> List {
    List { comment: comment.to_owned(), names: names.into_iter().collect() }
}

/// What the files of the default theme bring.
fn theme() -> [List; 8] {
    let settings = read("themes/default/theme.yaml");
    let kinds = settings.split_once("\npages:\n").expect("the kinds of page").1;
    let kinds = kinds.lines().take_while(|line| line.starts_with("  "));
    let kinds = kinds.filter_map(|line| Some(line.trim().split_once(':')?.0.to_owned()));
    let tokens = read("themes/default/assets/tokens.css");
    let parts = files("templates/parts", ".html");
    let marks = drawn("templates") + &drawn("components");
    [
        list("kinds", kinds),
        list("blocks", after(&read("themes/default/templates/base.html"), "{% block ")),
        list("parts", parts.iter().map(|name| format!("parts/{name}.html"))),
        list("icons", files("icons", ".svg")),
        list("phrases", phrases()),
        list("tokens", tokens.lines().filter_map(token)),
        list("ids", after(&marks, " id=\"page:").iter().map(|id| format!("page:{id}"))),
        list("data", after(&marks, " data-").iter().map(|name| format!("data-{name}"))),
    ]
}

/// What rendering adds to the pages that have a text.
fn of_text() -> BTreeSet<String> {
    let render = read("src/render.rs");
    let rows = render.lines().filter(|line| line.contains("Value::of(&body."));
    rows.flat_map(|row| after(row, "(\"")).collect()
}

/// The words that follow `mark` in `text`.
fn after(text: &str, mark: &str) -> BTreeSet<String> {
    let word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let found = text.split(mark).skip(1).map(|rest| rest.chars().take_while(word).collect());
    found.filter(|name: &String| !name.is_empty()).collect()
}

/// The names of the files of the default theme in `folder` that end in `ending`.
fn files(folder: &str, ending: &str) -> BTreeSet<String> {
    let mut files = Vec::new();
    collect(&home().join("themes/default").join(folder), &mut files);
    let names = files.iter().filter_map(|path| path.file_name()?.to_str()?.strip_suffix(ending));
    names.map(str::to_owned).collect()
}

/// The classes whose Japanese breaks between phrases alone.
fn phrases() -> BTreeSet<String> {
    let sheet = read("themes/default/assets/base.css");
    let before = sheet.split("):lang(ja) {\n  word-break: keep-all").next().expect("the rule");
    let selectors = before.rsplit(":is(").next().unwrap_or_default().split(", ");
    selectors.filter(|one| one.starts_with('.')).map(str::to_owned).collect()
}

fn token(line: &str) -> Option<String> {
    Some(line.trim().strip_prefix("--")?.split_once(':')?.0.to_owned())
}

/// All files of a folder of the default theme, as one text.
fn drawn(folder: &str) -> String {
    let mut files = Vec::new();
    collect(&home().join("themes/default").join(folder), &mut files);
    files.iter().map(|path| fs::read_to_string(path).expect("a readable file")).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if hidden => {}
            true => collect(&path, files),
            false => files.push(path),
        }
    }
    files.sort();
}

/// The structs that templates see, with their fields.
fn fields() -> Vec<List> {
    let context = read("src/render/context.rs");
    let shown = context.split_once("\nshown! {\n").expect("what is shown").1;
    let shown = shown.split_once("\n}\n").expect("its end").0;
    let structs = shown.split("    pub struct ").skip(1);
    structs
        .map(|text| {
            let name = text.split_once(' ').expect("a name").0;
            let mut names = after(text, "        pub ");
            if name == "SiteContext" {
                // What the settings say, and not the guides, is added while rendering.
                names.extend(after(&read("src/render.rs"), "Value::with(site, vec![(\""));
            }
            List { comment: format!("fields: {name}"), names }
        })
        .collect()
}

/// The components of the default theme, with what is passed to them by name.
fn arguments() -> Vec<List> {
    let components = drawn("components");
    let headers = components.split("{% component ").skip(1);
    headers
        .map(|header| {
            let (name, rest) = header.split_once('(').expect("arguments");
            let declared = rest.split_once(") -%}").expect("the header's end").0;
            let named = declared.split(", ").filter_map(|one| Some(one.split_once(':')?.0));
            let names = named.filter(|name| !name.starts_with('@')).map(str::to_owned).collect();
            List { comment: format!("arguments: {name}"), names }
        })
        .filter(|list| !list.names.is_empty())
        .collect()
}

/// With `UPDATE_EXPECT=1` the tables are written anew.
#[test]
fn the_reference_shows_the_built_in_words() {
    for (page, locale) in REFERENCE.into_iter().zip(["ja", "en"]) {
        let text = manual(page);
        let words = words(&read(&format!("themes/default/locales/{locale}/theme.ftl")));
        let (before, below) = text.split_once("<!-- words -->\n").expect("the table of words");
        let (head, rows) = below.split_once("|---|---|\n").expect("its head");
        let end = rows.find("\n\n").map_or(rows.len(), |end| end + 1);
        let fresh = format!("{before}<!-- words -->\n{head}|---|---|\n{words}{}", &rows[end..]);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(home().join("content/manual").join(page), &fresh).expect("a writable page");
        } else if text != fresh {
            let new = words.lines().find(|row| !rows[..end].contains(row)).unwrap_or("fewer words");
            panic!("{page} lacks {new}: run again with UPDATE_EXPECT=1");
        }
    }
}

/// The messages of a file as rows of a table, in its order.
fn words(file: &str) -> String {
    let mut rows: Vec<String> = Vec::new();
    for line in file.lines() {
        let first = line.chars().next().unwrap_or('#');
        match (line.split_once(" ="), rows.last_mut()) {
            (Some((id, text)), _) if first.is_ascii_alphabetic() => {
                rows.push(format!("| `{id}` | `{}", text.trim()));
            }
            (_, Some(row)) if first == ' ' => {
                let gap = if row.ends_with('`') { "" } else { " " };
                row.extend([gap, line.trim()]);
            }
            _ => {}
        }
    }
    rows.iter().map(|row| format!("{row}` |\n")).collect()
}

/// A block of code with a title, as a page of the manual shows it.
struct Block {
    title: String,
    text: String,
}

/// Every titled block between `<!-- example -->` and `<!-- /example -->`.
fn blocks(page: &str) -> Vec<Block> {
    let text = manual(page);
    let part = text.split_once("<!-- example -->\n").expect("the example's beginning").1;
    let part = part.split_once("<!-- /example -->\n").expect("the example's end").0;
    let mut blocks = Vec::new();
    let mut lines = part.lines();
    while let Some(line) = lines.next() {
        let Some(title) = line.strip_prefix("```").and_then(|info| info.split_once("title=\""))
        else {
            continue;
        };
        let title = title.1.split('"').next().unwrap_or_default().to_owned();
        let inner = lines.by_ref().take_while(|line| *line != "```");
        blocks.push(Block { title, text: inner.map(|line| format!("{line}\n")).collect() });
    }
    blocks
}

#[test]
fn the_example_theme_is_shown_as_it_is() {
    let files = example();
    let mut faults = Vec::new();
    for page in CHAPTER {
        let mut blocks = blocks(page);
        for (name, text) in &files {
            let Some(at) = blocks.iter().position(|block| block.title == *name) else {
                faults.push(format!("{page} does not show `{name}`"));
                continue;
            };
            faults
                .extend(difference(&blocks.remove(at), text).map(|what| format!("{page}, {what}")));
        }
        let further = blocks.iter().map(|block| &block.title);
        faults.extend(
            further
                .map(|name| format!("{page} shows `{name}`, which is not there or shown before")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The files of the example by their paths.
fn example() -> Vec<(String, String)> {
    let site = home().join("tests/sites/theme_example");
    let mut files = Vec::new();
    collect(&site, &mut files);
    files.retain(|path| !path.ends_with("expected.txt"));
    let named = files.iter().map(|path| {
        let name = path.strip_prefix(&site).expect("a file of the site");
        let name = name.to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).expect("a readable file"))
    });
    named.collect()
}

/// The first line of `block` that is not that of the file.
fn difference(block: &Block, file: &str) -> Option<String> {
    let (mut shown, mut held) = (block.text.lines(), file.lines());
    (1..).find_map(|number| match (shown.next(), held.next()) {
        (None, None) => Some(None),
        (shown, held) if shown == held => None,
        (shown, held) => {
            let (title, end) = (&block.title, "(the end)");
            let (shown, held) = (shown.unwrap_or(end), held.unwrap_or(end));
            Some(Some(format!("`{title}`, line {number}: shows\n  {shown}\nfor\n  {held}")))
        }
    })?
}

#[test]
fn the_example_theme_looks_as_the_manual_says() {
    let (_, files, _) = crate::sites::build(&home().join("tests/sites/theme_example"));
    let page = |path: &str| match files.iter().find(|(name, _)| name.as_str() == path) {
        Some((_, Output::Write(bytes))) => String::from_utf8_lossy(bytes).into_owned(),
        _ => panic!("no {path}"),
    };
    let expected = [
        ("faq/vpn/index.html", " layout-faq\""),
        ("faq/vpn/index.html", ">社内ポータル</a>"),
        ("faq/vpn/index.html", "href=\"#private\""),
        ("faq/vpn/index.html", "kind-policy"),
        ("faq/vpn/index.html", "<a href=\"tel:5050\">内線 5050</a> · 3階"),
        ("faq/vpn/index.html", "<li>VPN</li><li>サインイン</li>"),
        ("en/faq/vpn/index.html", "Company policy"),
        ("en/faq/desk/index.html", "<a href=\"tel:5020\">Extension 5020</a></p>"),
    ];
    for (path, text) in expected {
        let html = page(path);
        assert!(html.contains(text), "{path} lacks {text}:\n{html}");
    }
    let sheets = files.iter().filter(|(path, _)| path.as_str().starts_with("assets/style."));
    let sheet = sheets.map(|(path, _)| page(path.as_str())).next().expect("the style sheet");
    assert!(sheet.contains("--accent:light-dark(#17624a, #86d4b2)"), "{sheet}");
}
