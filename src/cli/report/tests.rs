use super::*;
use crate::diagnostic::code;

const GUIDE: (&str, &str) = (
    "content/移行.md",
    "\u{feff}---\r\ntitle: 移行\r\n---\r\n\r\n１．「確認」を[押す](./無い.md)。\tx\r\n",
);
const OTHER: (&str, &str) = ("content/a.md", "one\ntwo\n");

fn files(file: FileId) -> Option<(&'static str, &'static str)> {
    match file.0 {
        0 => Some(GUIDE),
        1 => Some(OTHER),
        2 => Some(("content/図.png", "")),
        _ => None,
    }
}

fn at(file: u32, needle: &str) -> Span {
    let (_, text) = files(FileId(file)).expect("a file");
    let start = text.find(needle).expect("the needle is there");
    Span::new(FileId(file), start..start + needle.len())
}

fn link() -> Diagnostic {
    Diagnostic::new(code::BROKEN_LINK, at(0, "./無い.md"), "no guide at `{target}`")
        .with("target", "content/無い.md")
        .help("correct the path")
        .help("or remove the link")
}

fn drawn(diagnostic: Diagnostic) -> String {
    terminal(&[diagnostic], &files, false, Lang::En)
}

#[test]
fn places_are_drawn_under_wide_characters() {
    let want = "\
error[broken-link]: no guide at `content/無い.md`
 --> content/移行.md:5:13
  |
5 | １．「確認」を[押す](./無い.md)。    x
  |                      ^^^^^^^^^
  |
  = help: correct the path
  = help: or remove the link

";
    assert_eq!(drawn(link()), want);
}

#[test]
fn japanese_is_drawn_with_the_carets_in_their_place() {
    let fault =
        Diagnostic::new(code::BROKEN_LINK, at(0, "./無い.md"), "no guide or page is at `{target}`")
            .with("target", "./無い.md")
            .nearest(Some("ある.md"))
            .related(at(1, "two"), "first defined here");
    let want = "\
エラー[broken-link]: `./無い.md` にはガイドもページもありません
 --> content/移行.md:5:13
  |
5 | １．「確認」を[押す](./無い.md)。    x
  |                      ^^^^^^^^^
  |
  = 対処: `ある.md` ではありませんか。
関連: 最初の定義はここです
 --> content/a.md:2:1
  |
2 | two
  | ^^^

";
    assert_eq!(terminal(&[fault], &files, false, Lang::Ja), want);
}

#[test]
fn what_has_no_japanese_stays_english() {
    let fault = Diagnostic::new(code::BROKEN_LINK, Place::Site, "no such words: {what}")
        .with("what", "a list");
    assert_eq!(rendered(&fault, Lang::Ja).message, "no such words: 並び");
}

#[test]
fn related_places_are_drawn_after_the_first() {
    let fault = Diagnostic::new(code::DUPLICATE_KEY, at(1, "two"), "`two` stands twice")
        .related(at(0, "title"), "it stands here first");
    let want = "\
error[duplicate-key]: `two` stands twice
 --> content/a.md:2:1
  |
2 | two
  | ^^^
  |
note: it stands here first
 --> content/移行.md:2:1
  |
2 | title: 移行
  | ^^^^^

";
    assert_eq!(drawn(fault), want);
}

#[test]
fn files_and_sites_have_no_line() {
    let file = Diagnostic::new(code::MISSING_TITLE, FileId(2), "no title");
    assert_eq!(drawn(file), "warning[missing-title]: no title\n--> content/図.png\n\n");
    let site = Diagnostic::new(code::MISSING_BASE_URL, Place::Site, "no `base_url`");
    assert_eq!(drawn(site), "note[missing-base-url]: no `base_url`\n\n");
    let no_text = Diagnostic::new(code::NOT_AN_IMAGE, Span::new(FileId(2), 3..5), "no image");
    assert_eq!(drawn(no_text), "error[not-an-image]: no image\n--> content/図.png\n\n");
}

#[test]
fn the_first_line_and_the_end_of_a_file_can_be_pointed_at() {
    let first = Diagnostic::new(code::UNCLOSED_FRONT_MATTER, at(0, "---"), "open");
    assert!(drawn(first).contains("content/移行.md:1:1\n  |\n1 | ---\n  | ^^^"));
    let end = OTHER.1.len();
    let last = Diagnostic::new(code::INVALID_YAML, Span::new(FileId(1), end..end), "end");
    assert!(drawn(last).contains("content/a.md:3:1"));
    let past = Diagnostic::new(code::INVALID_YAML, Span::new(FileId(1), 900..905), "past");
    assert!(drawn(past).contains("content/a.md:3:1"));
}

#[test]
fn places_over_several_lines_are_drawn_on_their_first() {
    let span = Span::new(FileId(1), 1..6);
    let fault = Diagnostic::new(code::REMOVED_HTML, span, "removed");
    assert!(drawn(fault).contains("content/a.md:1:2\n  |\n1 | one\n  |  ^^\n"));
}

#[test]
fn long_lines_are_trimmed_around_the_place() {
    let text = format!("{}誤り{}", "あ".repeat(900), "い".repeat(900));
    let files = |_| Some(("a.md", text.as_str()));
    let span = Span::new(FileId(0), 2700..2706);
    let fault = Diagnostic::new(code::UNKNOWN_TERM, span, "wrong");
    let drawn = terminal(std::slice::from_ref(&fault), &files, false, Lang::En);
    assert!(drawn.contains("a.md:1:901") && drawn.contains("ああ誤りいい"), "{drawn}");
    assert!(drawn.lines().all(|line| line.chars().count() < 160));

    let huge = "x".repeat(50_000_000);
    let files = |_| Some(("a.md", huge.as_str()));
    assert!(terminal(&[fault], &files, false, Lang::En).contains("--> a.md:1:2701\n"));
}

#[test]
fn sources_cannot_command_the_terminal() {
    let text = "a\u{1b}[31m\u{9b}b\u{202e}c\0d";
    let files = |_| Some(("a\u{1b}\nb.md", text));
    let span = Span::new(FileId(0), text.len() - 1..text.len());
    let drawn =
        terminal(&[Diagnostic::new(code::CONTROL_CHARACTER, span, "x")], &files, false, Lang::En);
    assert!(drawn.contains("a??b.md:1:12"), "{drawn}");
    assert!(!drawn.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\0']), "{drawn:?}");
}

#[test]
fn colours_are_used_only_when_asked_for() {
    assert!(terminal(&[link()], &files, true, Lang::En).contains("\u{1b}["));
    assert!(!drawn(link()).contains('\u{1b}'));
}

#[test]
fn json_has_the_agreed_fields() {
    let want = r#"{"code":"broken-link","severity":"error","message":"no guide at `content/無い.md`","file":"content/移行.md","line":5,"column":13,"end_line":5,"end_column":20,"start":60,"end":71,"help":"correct the path\nor remove the link"}"#;
    assert_eq!(json_line(&link(), &files), want);
    let site = Diagnostic::new(code::MISSING_BASE_URL, Place::Site, "no `base_url`");
    let want = r#"{"code":"missing-base-url","severity":"note","message":"no `base_url`","file":null,"line":null,"column":null,"end_line":null,"end_column":null,"start":null,"end":null,"help":""}"#;
    assert_eq!(json_line(&site, &files), want);
    let two = json_lines(&[link(), site], &files);
    assert_eq!(two.lines().count(), 2);
}

#[test]
fn order_is_by_path_place_and_code_without_repetitions() {
    let make = |file: u32, start: usize, code| {
        Diagnostic::new(code, Span::new(FileId(file), start..start + 1), "x")
    };
    let path_of = |file: FileId| files(file).map(|(path, _)| path);
    let all = vec![
        Diagnostic::new(code::MISSING_BASE_URL, Place::Site, "x"),
        make(0, 4, code::BROKEN_LINK),
        make(1, 9, code::BROKEN_LINK),
        make(1, 2, code::UNKNOWN_TERM),
        make(1, 2, code::BROKEN_LINK),
        make(1, 2, code::UNKNOWN_TERM),
        Diagnostic::new(code::MISSING_TITLE, FileId(0), "x"),
    ];
    let order: Vec<String> = sorted(all, &path_of)
        .iter()
        .map(|d| format!("{:?} {}", d.place.file().map(|file| file.0), d.code.name()))
        .collect();
    assert_eq!(
        order,
        [
            "Some(1) broken-link",
            "Some(1) unknown-term",
            "Some(1) broken-link",
            "Some(0) missing-title",
            "Some(0) broken-link",
            "None missing-base-url",
        ]
    );
}

#[test]
fn the_tally_counts_each_severity() {
    let note = Diagnostic::new(code::MISSING_BASE_URL, Place::Site, "x");
    let words = Words::new(Lang::En);
    assert_eq!(Tally::of(&[link(), link(), note]).text(&words), "2 errors, 1 note");
    assert_eq!(Tally::of(&[]).text(&words), "nothing to report");
    assert_eq!(terminal(&[], &files, false, Lang::En), "");
}

#[test]
fn places_are_counted_alike_from_near_and_from_the_start() {
    let text = GUIDE.1;
    let index = LineIndex::new(text);
    let mut places = Places::new(&files);
    let span = Span::new(FileId(0), 0..0);
    for step in [1, 5, 7, 31] {
        for count in 0..text.len() {
            let byte = count * step % (text.len() + 3);
            let found = places.position(span, u32::try_from(byte).expect("small"));
            assert_eq!(found, Some(index.position(text, byte)), "byte {byte}");
        }
    }
}
