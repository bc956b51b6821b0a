//! Golden sites: an input tree in `tests/sites/NAME`, what it must become in
//! `expected.txt` beside it: messages, the list of files, and the text of each page as the
//! plainest of themes shows it. Pages that the default theme draws are only named, since its
//! look changes often and is tested elsewhere.
//!
//! `UPDATE_EXPECT=1 cargo test` writes them anew; read the difference before it is kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use shirube::config::{self, yaml};
use shirube::dates::Day;
use shirube::emit::{Output, Shelf};
use shirube::host::{builtin, tree};
use shirube::input::{Contents, InputFile, Inputs, Layer};
use shirube::memo::Counters;
use shirube::paths::{OutputPath, SitePath};
use shirube::pipeline::{self, Options, Outcome};
use shirube::resolve::Show;
use shirube::text::FileId;

/// A theme of a few lines, so that goldens stay small.
const PLAIN: [(&str, &str); 11] = [
    ("theme.yaml", "name: plain\n"),
    (
        "templates/guide.html",
        "{{ page.title }}{% for tag in guide.tags %} #{{ tag.title }}{% endfor %}{% for notice in guide.notices %} !{{ notice.kind }}{% endfor %}\n{{ guide.body }}\n< {% if guide.previous %}{{ guide.previous.title }}{% endif %} > {% if guide.next %}{{ guide.next.title }}{% endif %}{% set icons = sprite() %}\n",
    ),
    (
        "templates/section.html",
        "{{ page.title }}\n{{ section.body }}{% for item in section.guides %}- {{ item.title }} {{ item.path }}\n{% endfor %}",
    ),
    (
        "templates/front.html",
        "{{ page.title }}\n{{ front.body }}{% for item in front.sections %}- {{ item.title }} {{ item.path }} {{ item.count }}\n{% endfor %}",
    ),
    (
        "templates/glossary.html",
        "{% for group in glossary.groups %}# {{ group.title }}\n{% for term in group.terms %}- {{ term.id }} {{ term.lang }} {{ term.title }} ({{ term.reading }}) {{ term.definition }} [{{ term.synonyms | join(sep=\"|\") }}] {% if term.link %}{{ term.link.path }}{{ term.link.href }}{% endif %}\n{% endfor %}{% endfor %}",
    ),
    (
        "templates/tags.html",
        "{% for item in tags.tags %}- {{ item.title }} {{ item.path }} {{ item.count }}\n{% endfor %}",
    ),
    (
        "templates/tag.html",
        "{{ tag.title }}\n{% for item in tag.guides %}- {{ item.title }}\n{% endfor %}",
    ),
    (
        "templates/all.html",
        "{% for group in all.groups %}{% for item in group.guides %}- {{ item.title }}\n{% endfor %}{% endfor %}",
    ),
    (
        "templates/archive.html",
        "{{ page.title }}\n{% for group in archive.groups %}{% for item in group.guides %}- {{ item.title }}\n{% endfor %}{% endfor %}",
    ),
    ("templates/redirect.html", "-> {{ href }} ({{ canonical }})\n"),
    ("templates/404.html", "{{ root }}\n"),
];

/// Builds the site in `folder` in memory.
pub(crate) fn build(
    folder: &Path,
) -> (Outcome, BTreeMap<OutputPath, Output>, std::sync::Arc<Inputs>) {
    let listed =
        tree::list(folder, &["content", "locales", "themes", "static"], Path::new("/nowhere"))
            .expect("a readable site");
    let mut files = tree::read(&listed);
    let mut next = u32::try_from(files.len()).expect("few files");
    for (path, text) in PLAIN {
        files.push(InputFile {
            id: FileId(next),
            path: SitePath::new(&format!("themes/plain/{path}")).expect("a good path"),
            layer: Layer::Site,
            contents: Contents::Text(text.into()),
        });
        next += 1;
    }
    files.extend(builtin::files(next));
    let settings = files.iter().find(|file| file.path.as_str() == "shirube.yaml");
    let mut config = match settings.map(|file| (file.id, &file.contents)) {
        Some((id, Contents::Text(text))) => config::read(Some(yaml::Source::whole(id, text))),
        _ => config::read(None),
    };
    let span = shirube::text::Span::new(FileId(0), 0..0);
    config.value.theme.get_or_insert(shirube::text::Spanned::new("plain".to_owned(), span));
    let options = Options {
        show: Show {
            drafts: false,
            audiences: Vec::new(),
            today: Day { year: 2026, month: 4, day: 1 },
        },
        base_url: None,
        root_path: None,
        pseudo: false,
    };
    let inputs = std::sync::Arc::new(Inputs::new(files));
    let shelf = Shelf::default();
    let outcome =
        pipeline::build(&inputs, config, &options, &shelf, &Counters::new(|| Duration::ZERO));
    (outcome, shelf.into_files(), inputs)
}

fn shown(folder: &Path) -> String {
    let (outcome, files, inputs) = build(folder);
    let path_of = |id| inputs.file(id).map(|file| file.path.as_str());
    let file_of = |id| Some((path_of(id)?, inputs.text(id).unwrap_or_default()));
    let sorted = shirube::cli::report::sorted(outcome.diagnostics, &path_of);
    let mut text = shirube::cli::report::terminal(&sorted, &file_of, false, shirube::cli::Lang::En);
    text.push_str(&format!("{} pages\n", outcome.pages));
    for (path, output) in &files {
        let theme_file = path
            .as_str()
            .strip_prefix("assets/")
            .is_some_and(|name| !name.starts_with("page.") || !name.ends_with(".css"));
        // The index has tests of its own, and its names change with every word.
        let indexed = path.as_str().starts_with("search-index/");
        if theme_file || indexed {
            continue;
        }
        text.push_str(&format!("\n== {path}"));
        match output {
            Output::Write(bytes) if bytes.starts_with(b"<!doctype html>") => {}
            Output::Write(bytes) => {
                text.push('\n');
                text.push_str(String::from_utf8_lossy(bytes).trim_end());
            }
            Output::Copy(source) => text.push_str(&format!(" = {source}")),
            Output::Derive { source, .. } => text.push_str(&format!(" ~ {source}")),
        }
        text.push('\n');
    }
    text
}

fn sites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the golden sites")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

#[test]
fn golden_sites_become_what_they_should() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut faults = Vec::new();
    let sites = sites();
    assert!(sites.len() >= 5, "the golden sites were found");
    for site in sites {
        let expected = site.join("expected.txt");
        let found = shown(&site);
        if update {
            fs::write(&expected, &found).expect("a writable expectation");
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if wanted != found {
            let first = wanted.lines().zip(found.lines()).position(|(a, b)| a != b).unwrap_or(0);
            let around = |text: &str| {
                text.lines().skip(first.saturating_sub(2)).take(8).collect::<Vec<_>>().join("\n")
            };
            faults.push(format!(
                "{}\n-- wanted\n{}\n-- found\n{}",
                site.display(),
                around(&wanted),
                around(&found)
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Our own help desk and manual: warnings are errors.
#[test]
fn the_help_desk_is_without_fault() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let output = crate::cli::program()
        .args([
            "build",
            "--strict",
            "--date",
            "2026-11-01",
            "--site",
            env!("CARGO_MANIFEST_DIR"),
            "--out",
        ])
        .arg(out.path().join("public"))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("no errors") || !said.contains("warning"), "{said}");
}
