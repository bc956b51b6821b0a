use serde_json::{Value, json};

use super::*;

/// A record of sections, each a heading and blocks; a block's field by its first sign.
fn record(sections: &[(&str, &[&str])]) -> Record {
    let section = |(heading, blocks): &(&str, &[&str])| {
        let mut own = Section { heading: (*heading).to_owned(), ..Section::default() };
        own.anchor = heading.to_lowercase();
        for block in *blocks {
            let from = own.text.len();
            own.text.push_str(block);
            let field = if block.starts_with('$') { Field::Code } else { Field::Body };
            own.blocks.push((field, from..own.text.len()));
        }
        own
    };
    let sections = sections.iter().map(section).collect();
    Record { title: "題".to_owned(), sections, ..Record::default() }
}

/// An extent in which everything is ten positions from the last.
fn extent(record: &Record) -> Extent {
    let mut extent = Extent::default();
    for (at, section) in (0..).zip(&record.sections) {
        extent.starts.push((at * 100, u32::from(at > 0)));
        extent.blocks.extend((0..).zip(&section.blocks).map(|(at, _)| at * 10));
    }
    extent
}

/// The fragment as JSON, and its other files by name.
fn put(record: &Record, piece: usize) -> (Value, Vec<(String, Value)>) {
    let head = Head { url: "a/".into(), title: "題".into(), ..Head::default() };
    let mut files = Vec::new();
    let texts = texts(record, &extent(record), piece);
    let name = texts.put(&head, &mut Names::default(), &mut files);
    let read = |json: &str| serde_json::from_str(json).expect("it is JSON");
    let mut files: Vec<(String, Value)> =
        files.iter().map(|(name, json)| (name.clone(), read(json))).collect();
    let (own, fragment) = files.pop().expect("the fragment comes last");
    assert_eq!(own, name);
    (fragment, files)
}

#[test]
fn short_texts_stand_in_the_fragment() {
    let record = record(&[("", &["まず\n開く", "$ ls <x>"]), ("Next", &["“終わり”\u{2028}"])]);
    let (fragment, files) = put(&record, PIECE);
    assert!(files.is_empty());
    let wanted = json!({
        "u": "a/", "t": "題", "s": "", "g": [], "n": "##g$$",
        "h": ["", "", "Next", "next"],
        "x": [[0, "まず\n開く", 10, "$ ls <x>"], [0, "“終わり”\u{2028}"]],
    });
    assert_eq!(fragment["x"], wanted["x"]);
    assert_eq!(fragment["h"], wanted["h"]);
    assert_eq!((&fragment["u"], &fragment["t"]), (&wanted["u"], &wanted["t"]));
}

#[test]
fn longer_texts_stand_in_pieces_and_long_blocks_are_cut() {
    let (long, short) = ("長".repeat(BLOCK + 50), "text ".repeat(100));
    let record = record(&[("", &[&long]), ("A", &[&short]), ("B", &[&short, &short])]);
    let (fragment, files) = put(&record, PIECE);
    let pieces = fragment["p"].as_array().expect("there are pieces");
    let parts: Vec<_> = pieces.iter().map(|piece| (&piece[1], &piece[2])).collect();
    assert_eq!(parts, [(&json!(0), &json!(2)), (&json!(2), &json!(1))]);
    let first = files[0].1[0][1].as_str().expect("a text");
    assert_eq!(first.chars().count(), BLOCK);
    assert_eq!((pieces[0][0].as_str(), files.len()), (Some(&*files[0].0), 2));
    assert_eq!(put(&record, LARGER).1.len(), 1, "a large site has fewer files");
}

#[test]
fn headings_of_many_sections_have_files_of_their_own() {
    let names: Vec<String> = (0..FEW + 1).map(|at| format!("H{at}")).collect();
    let sections: Vec<(&str, &[&str])> = names.iter().map(|name| (&**name, &[][..])).collect();
    let (fragment, files) = put(&record(&sections), PIECE);
    let names: String = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((fragment["b"].as_str(), files.len()), (Some(&*names), 2));
    assert_eq!(files[1].1.as_array().map(Vec::len), Some((FEW + 1 - HEADINGS) * 2));
}
