//! A site under edit gives what a clean build of the same files gives: every byte and every
//! message, after any row of edits; and runs no more stages than it must.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use shirube::config::{self, Config, yaml};
use shirube::dates::Day;
use shirube::diagnostic::{Diagnostic, Place, Reach, Severity};
use shirube::emit::{Output, Shelf};
use shirube::host::builtin;
use shirube::input::{Contents, InputFile, Inputs, Layer, ReadFault};
use shirube::memo::{Count, Counters};
use shirube::paths::{OutputPath, SitePath};
use shirube::picture::PictureKind;
use shirube::pipeline::{self, Edit, Options, Session, Step};
use shirube::resolve::Show;
use shirube::text::FileId;

mod edits;

/// The files of a site, by path.
type Files = BTreeMap<String, Contents>;

fn text(text: &str) -> Contents {
    Contents::Text(text.into())
}

fn inputs(files: &Files) -> Inputs {
    let own = files.iter().zip(0u32..).map(|((path, contents), id)| InputFile {
        id: FileId(id),
        path: SitePath::new(path).expect("a good path"),
        layer: Layer::Site,
        contents: contents.clone(),
    });
    let mut own: Vec<InputFile> = own.collect();
    own.sort_by(|a, b| a.path.cmp(&b.path));
    own.iter_mut().zip(0..).for_each(|(file, id)| file.id = FileId(id));
    let next = u32::try_from(own.len()).expect("few files");
    own.extend(builtin::files(next));
    Inputs::new(own)
}

fn options(_: &Config) -> Options {
    let show = Show {
        drafts: false,
        audiences: vec!["staff".to_owned()],
        today: Day { year: 2026, month: 4, day: 1 },
    };
    Options { show, base_url: None, root_path: None, pseudo: false }
}

/// What a build gave: files and messages.
type Given = (BTreeMap<OutputPath, Output>, Vec<String>, bool);

fn clean(files: &Files) -> Given {
    let inputs = Arc::new(inputs(files));
    let settings = inputs.files.iter().find(|file| file.path.as_str() == "shirube.yaml");
    let source = settings.and_then(|f| Some(yaml::Source::whole(f.id, inputs.shared_text(f.id)?)));
    let config = config::read(source);
    let options = options(&config.value);
    let shelf = Shelf::default();
    let outcome = pipeline::build(&inputs, config, &options, &shelf, &counters());
    (shelf.into_files(), messages(&inputs, &outcome.diagnostics), blocks(&outcome.diagnostics))
}

fn counters() -> Counters {
    Counters::new(|| Duration::ZERO)
}

fn blocks(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|f| f.severity == Severity::Error && f.code.reach() == Reach::Whole)
}

/// Messages as text, each once, with paths in place of files' numbers.
fn messages(inputs: &Inputs, faults: &[Diagnostic]) -> Vec<String> {
    let path = |id| inputs.file(id).map_or("?", |file| file.path.as_str());
    let place = |place: &Place| match place {
        Place::At(span) => format!("{}:{:?}", path(span.file), span.bytes),
        Place::File(file) => path(*file).to_owned(),
        Place::Site => "-".to_owned(),
    };
    let line = |fault: &Diagnostic| {
        let related: Vec<_> = fault.related.iter().map(|r| place(&r.place)).collect();
        let (code, severity) = (fault.code.name(), fault.severity);
        let help = fault.help_texts();
        format!("{} {severity:?} {code} {} {related:?} {help:?}", place(&fault.place), fault.text())
    };
    let mut lines: Vec<String> = faults.iter().map(line).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// A session and the files that it should know.
struct Followed {
    files: Files,
    session: Session,
    /// What may be shown: the files of the last state without faults of the whole.
    good: BTreeMap<OutputPath, Output>,
}

impl Followed {
    fn new(files: Files) -> Self {
        let session = Session::new(inputs(&files), Box::new(options), counters());
        Self { files, session, good: BTreeMap::new() }
    }

    /// Makes the site's files `new`.
    fn become_files(&mut self, new: Files) -> Step {
        let path = |path: &String| SitePath::new(path).expect("a good path");
        let gone = self.files.keys().filter(|path| !new.contains_key(*path));
        let mut edits: Vec<Edit> =
            gone.map(|gone| Edit { path: path(gone), contents: None }).collect();
        let changed = new.iter().filter(|(path, new)| self.files.get(*path) != Some(*new));
        edits.extend(changed.map(|(changed, contents)| Edit {
            path: path(changed),
            contents: Some(contents.clone()),
        }));
        self.files = new;
        self.session.edit(edits)
    }

    /// Compares with a clean build of the same files.
    fn check(&mut self, story: &dyn Fn() -> String) {
        let (files, said, blocked) = clean(&self.files);
        let mine = self.session.files();
        let faults = self.session.diagnostics();
        let own = self.session.inputs(|inputs| messages(inputs, &faults));
        // While the settings cannot be read those of before hold, and their site is shown.
        if self.session.has_old_settings() {
            let told = own.iter().filter(|line| line.starts_with("shirube.yaml:"));
            assert!(told.count() > 0, "{own:?}\n{}", story());
            if !self.session.is_blocked() {
                self.good = mine;
            }
            return;
        }
        if said != own {
            let lost: Vec<_> = said.iter().filter(|line| !own.contains(line)).collect();
            let more: Vec<_> = own.iter().filter(|line| !said.contains(line)).collect();
            panic!("messages differ: lost {lost:#?}, too many {more:#?}\n{}", story());
        }
        assert_eq!(self.session.is_blocked(), blocked, "{}", story());
        if !blocked {
            self.good = files;
        }
        for path in self.good.keys().chain(mine.keys()) {
            let (good, own) = (self.good.get(path), mine.get(path));
            assert!(good == own, "{path} differs: {}\n{}", first_difference(good, own), story());
        }
    }

    fn runs(&self, stage: &str) -> Count {
        self.session.counters().counts().get(stage).copied().unwrap_or_default()
    }
}

fn first_difference(good: Option<&Output>, own: Option<&Output>) -> String {
    match (good, own) {
        (Some(Output::Write(good)), Some(Output::Write(own))) => {
            let at = good.iter().zip(own).take_while(|(a, b)| a == b).count();
            let around = |bytes: &[u8]| {
                let range = at.saturating_sub(60)..bytes.len().min(at + 60);
                String::from_utf8_lossy(&bytes[range]).into_owned()
            };
            format!("clean «{}», here «{}»", around(good), around(own))
        }
        (good, own) => format!("clean {}, here {}", good.is_some(), own.is_some()),
    }
}

/// Runs `edits` random edits, and compares after each.
fn follow(seed: u64, edits: usize) {
    let mut random = edits::Random::new(seed);
    let mut followed = Followed::new(edits::site());
    followed.check(&|| "the first state".to_owned());
    let mut story = Vec::new();
    for _ in 0..edits {
        let mut files = followed.files.clone();
        let told = edits::edit(&mut files, &mut random);
        story.push(told);
        followed.become_files(files);
        followed.check(&|| {
            let last: Vec<_> = story.iter().rev().take(12).rev().cloned().collect();
            format!(
                "seed {seed}, after {} edits, the last of them:\n{}",
                story.len(),
                last.join("\n")
            )
        });
    }
}

/// More edits than usual: `EDITS=10000 cargo test --release --test it under_edit`; `SEED` begins
/// elsewhere.
#[test]
fn a_site_under_edit_is_what_a_clean_build_gives() {
    const AT_ONCE: usize = 100;
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    let edits: usize = number("EDITS").unwrap_or(300);
    let first: usize = number("SEED").unwrap_or(1);
    for part in 0..edits.div_ceil(AT_ONCE) {
        follow((first + part) as u64, AT_ONCE);
    }
}

/// Edits a text; gives the step, and how often the stages ran: parse, assemble, render, theme,
/// front matter.
fn edit(followed: &mut Followed, path: &str, from: &str, to: &str) -> (Step, Vec<u64>) {
    let counts = |followed: &Followed| {
        ["parse", "assemble", "render", "theme", "front matter"]
            .map(|stage| followed.runs(stage).runs)
    };
    let first = counts(followed);
    let step = followed.become_files(replaced(&followed.files, path, from, to));
    while !followed.session.work(&|| false) {}
    let after = counts(followed);
    followed.check(&|| format!("{path}: {from} to {to}"));
    (step, first.iter().zip(after).map(|(a, b)| b - a).collect())
}

#[test]
fn an_edit_of_a_text_runs_one_parse_and_a_page_in_each_locale_that_shows_it() {
    let mut followed = Followed::new(edits::site());
    followed.check(&|| "the first state".to_owned());
    let amended = |url: &str| Step::Amended(vec![url.to_owned()]);
    // A guide without a translation stands in for it.
    let (step, ran) = edit(&mut followed, "content/a/one.md", "本文です", "本文でした");
    assert_eq!((step, ran), (amended("a/one/"), vec![1, 0, 2, 0, 1]));
    // One with a translation does not.
    let (step, ran) = edit(&mut followed, "content/a/two.md", "二つ目の本文", "ふたつめの本文");
    assert_eq!((step, ran), (amended("a/two/"), vec![1, 0, 1, 0, 1]));
    let (step, ran) = edit(&mut followed, "content/a/two.en.md", "Second text", "The second text");
    assert_eq!((step, ran), (amended("a/two/"), vec![1, 0, 1, 0, 1]));
    // A title is seen by other pages, and by no more than show it.
    let pages = followed.session.pages() as u64;
    let (step, ran) = edit(&mut followed, "content/b/three.md", "title: 三つ目", "title: みっつめ");
    assert_eq!((step, ran[0], ran[1], ran[3]), (amended("b/three/"), 1, 0, 0));
    assert!(ran[2] > 2 && ran[2] < pages / 2, "{} of {pages} pages", ran[2]);
    // The order of guides is the map's.
    let (step, ran) = edit(&mut followed, "content/b/three.md", "title:", "order: 1\ntitle:");
    assert_eq!((step, ran[0], ran[1], ran[3]), (Step::Remade, 1, 1, 0));
    // Words and templates need no text again.
    let (step, ran) = edit(&mut followed, "locales/ja/site.ftl", "すべて", "全部");
    assert_eq!((step, ran[0], ran[1], ran[3]), (Step::Remade, 0, 0, 1));
}

#[test]
fn an_edit_of_a_message_draws_the_page_that_says_it() {
    let mut files = edits::site();
    let catalogue = "# source: 一つ目\ntitle-1 = The first\n\n# source: 手順\nh-1 = Steps\n";
    files.insert("locales/en/guides/a/one.ftl".to_owned(), text(catalogue));
    files.insert(
        "locales/en/guides/b/three.ftl".to_owned(),
        text("# source: 無い\np-1 = Nothing\n"),
    );
    let mut followed = Followed::new(files);
    followed.check(&|| "the first state".to_owned());
    let amended = || Step::Amended(vec!["a/one/".to_owned()]);
    let path = "locales/en/guides/a/one.ftl";
    // The id of the heading is the source's, its text the page's own but for an old anchor.
    let (step, ran) = edit(&mut followed, path, "= Steps\n", "= Steps\n# A comment.\n");
    assert_eq!((step, ran), (amended(), vec![1, 0, 1, 0, 0]));
    // The source is in both pages, and is read once.
    let (step, ran) = edit(&mut followed, "content/a/one.md", "本文です", "本文でした");
    assert_eq!((step, ran), (amended(), vec![2, 0, 2, 0, 1]));
    let (step, ran) = edit(&mut followed, path, "= The first", "= The very first");
    assert_eq!((step, ran[0], ran[1]), (amended(), 1, 0));
    // A catalogue that fits nothing is none, until its guide says what it translates.
    let three = "content/b/three.md";
    let (step, ran) = edit(&mut followed, three, "本文だけ。[二つ目](../a/two.md)", "無い");
    assert_eq!((step, ran[0], ran[1]), (Step::Remade, 2, 1));
}

#[test]
fn an_edit_of_a_term_or_variable_parses_only_the_guides_that_use_it() {
    let mut files = edits::site();
    let two = "content/a/two.md";
    files = replaced(&files, two, "二つ目の本文。", "{-vpn}と{$phone}です。");
    let settings = "locales: [ja, en]\naudiences: [staff, admins]\nvariables: {phone: 1}\n";
    files.insert("shirube.yaml".to_owned(), text(settings));
    let mut followed = Followed::new(files.clone());
    followed.check(&|| "at first".to_owned());
    let edits = [
        ("locales/ja/terms.ftl", "仮想網", "網"),
        (
            "locales/ja/terms.ftl",
            "= 網\n    .definition",
            "= 仮想網\n    .url = /a/one.md\n    .definition",
        ),
        ("shirube.yaml", "phone: 1", "phone: {number: 1200}"),
    ];
    for (path, from, to) in edits {
        files = replaced(&files, path, from, to);
        let before = followed.runs("parse").runs;
        followed.become_files(files.clone());
        assert_eq!(followed.runs("parse").runs - before, 1, "{to}");
        followed.check(&|| to.to_owned());
    }
    files = replaced(&files, "locales/ja/terms.ftl", "-vpn", "-other = 他\n-vpn");
    let before = followed.runs("parse").runs;
    followed.become_files(files);
    assert_eq!(followed.runs("parse").runs, before, "a term that no guide uses");
    followed.check(&|| "another term".to_owned());
}

#[test]
fn files_that_were_touched_and_not_changed_are_no_edit() {
    let followed = Followed::new(edits::site());
    let path = SitePath::new("content/a/one.md").expect("a good path");
    let contents = followed.files["content/a/one.md"].clone();
    assert_eq!(followed.session.edit(vec![Edit { path, contents: Some(contents) }]), Step::Same);
}

fn themed() -> Files {
    let mut files = edits::site();
    let settings = "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\ntheme: ours\n";
    files.insert("shirube.yaml".to_owned(), text(settings));
    files.insert("themes/ours/theme.yaml".to_owned(), text("name: ours\n"));
    let template = "<!doctype html><title>{{ page.title }}</title>{{ guide.body }}\
        {% if page.title == '毒' %}{{ guide.nothing.at }}{% endif %}";
    files.insert("themes/ours/templates/guide.html".to_owned(), text(template));
    files
}

fn replaced(files: &Files, path: &str, from: &str, to: &str) -> Files {
    let Some(Contents::Text(old)) = files.get(path) else { panic!("{path} is a text") };
    assert!(old.contains(from), "{path} has {from}");
    let mut files = files.clone();
    let new = old.replacen(from, to, 1);
    files.insert(path.to_owned(), text(&new));
    files
}

#[test]
fn a_page_that_its_template_refuses_keeps_the_last_good_state_until_it_is_mended() {
    let good = themed();
    let mut followed = Followed::new(good.clone());
    followed.check(&|| "the first state".to_owned());
    assert!(!followed.session.is_blocked());
    let bad = replaced(&good, "content/b/three.md", "title: 三つ目", "title: 毒");
    followed.become_files(bad);
    followed.check(&|| "a bad title".to_owned());
    assert!(followed.session.is_blocked());
    followed.become_files(good);
    followed.check(&|| "a good title".to_owned());
    assert!(!followed.session.is_blocked());
}

#[test]
fn a_new_page_that_its_template_refuses_is_mended() {
    let good = themed();
    let mut followed = Followed::new(good.clone());
    followed.check(&|| "the first state".to_owned());
    let mut bad = good;
    bad.insert("content/b/new.md".to_owned(), text("---\ntitle: 毒\n---\n文。\n"));
    followed.become_files(bad.clone());
    followed.check(&|| "a bad guide".to_owned());
    assert!(followed.session.is_blocked());
    followed.become_files(replaced(&bad, "content/b/new.md", "毒", "薬"));
    followed.check(&|| "a good title".to_owned());
    assert!(!followed.session.is_blocked());
}

#[test]
fn a_page_that_is_still_refused_is_known_to_be_without_being_drawn() {
    let good = themed();
    let mut followed = Followed::new(good.clone());
    while !followed.session.work(&|| false) {}
    let mut bad = good;
    bad.insert("content/b/new.md".to_owned(), text("---\ntitle: 毒\n---\n文。\n"));
    followed.become_files(bad.clone());
    while !followed.session.work(&|| false) {}
    assert!(followed.session.is_blocked());
    bad.insert("static/more.txt".to_owned(), text("x"));
    followed.become_files(bad);
    while !followed.session.work(&|| false) {}
    assert!(followed.session.is_blocked());
}

/// Who asks for the search's index while texts are edited.
#[test]
fn two_who_work_at_once_wait_for_one_another() {
    let mut files = edits::site();
    for at in 0..40 {
        let own = format!(
            "---\ntitle: 手引き{at}\ndescription: d\n---\n本文0。\n\n![絵](../a/one/p.png)\n[無い](x{at}.md)\n"
        );
        files.insert(format!("content/m/g{at}.md"), text(&own));
    }
    let mut followed = Followed::new(files.clone());
    let index =
        followed.session.files().into_keys().find(|p| p.as_str().starts_with("search-index/"));
    let index = index.expect("the site is searched");
    let (done, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for round in 1..80 {
            for at in 0..8 {
                let from = format!("本文{}", (round - 1));
                let to = format!("本文{round}");
                files = replaced(&files, &format!("content/m/g{at}.md"), &from, &to);
            }
            followed.become_files(files.clone());
            let session = &followed.session;
            std::thread::scope(|scope| {
                let other = scope.spawn(|| {
                    for _ in 0..1 + round % 3 {
                        drop(session.file(&index));
                    }
                });
                while !session.work(&|| false) {}
                let own = session.diagnostics().len();
                other.join().unwrap();
                assert_eq!(own, session.diagnostics().len(), "round {round}");
            });
        }
        done.send(()).unwrap();
    });
    match end.recv_timeout(Duration::from_secs(60)) {
        Ok(()) => {}
        Err(error) => panic!("{error}"),
    }
}
