use super::*;

const TEXT: &str = "### 認証アプリを移す\n\n\
    # source: 設定を開きます。\n# $code-1: ipconfig\n# 丁寧に。\n\
    p-3fa91c = Open { $code-1 } and { -vpn(case: \"short\") }\n    or {\"{\"}x.\n\n\
    # source: 新しい文。\n# was: 古い文。\n# stale: 000000\np-77aa01 = Old.\n\n\
    # source: まだ。\n# p-0b1c2d =\n";

fn entries(text: &str) -> Vec<Entry> {
    let read = catalogue(FileId(0), text);
    assert_eq!(read.diagnostics, []);
    let entry = |block| match block {
        Block::Entry(entry) => Some(entry),
        Block::Other(_) => None,
    };
    read.value.into_iter().filter_map(entry).collect()
}

#[test]
fn messages_have_their_source_and_their_pieces() {
    let entries = entries(TEXT);
    let first = &entries[0];
    assert_eq!((&*first.id, first.source()), ("p-3fa91c", Some("設定を開きます。")));
    assert_eq!(first.own_comment().collect::<Vec<_>>(), ["丁寧に。"]);
    let translation = first.translation.as_ref().expect("it is translated");
    let pieces: Vec<&Piece> = translation.pieces.iter().map(|(piece, _)| piece).collect();
    assert_eq!(pieces[1], &Piece::Variable("code-1".to_owned()));
    let arguments = vec![("case".to_owned(), "short".to_owned())];
    assert_eq!(pieces[3], &Piece::Term { name: "vpn".to_owned(), arguments });
    assert_eq!(pieces.last(), Some(&&Piece::Text("x.".to_owned())));
    for (piece, bytes) in &translation.pieces {
        let written = &TEXT[bytes.clone()];
        match piece {
            Piece::Text(text) if !written.starts_with('{') => assert_eq!(text, written),
            _ => assert!(written.starts_with('{') && written.ends_with('}'), "{written}"),
        }
    }
    assert!(TEXT[translation.bytes.clone()].ends_with("x."));
}

#[test]
fn a_stale_translation_is_current_again_once_it_is_rewritten() {
    let mut entry = entries(TEXT).remove(1);
    assert_eq!((entry.source(), entry.was()), (Some("新しい文。"), Some("古い文。")));
    assert!(!entry.is_stale(TEXT), "the digits are of another translation");
    entry.comment[2] = format!("stale: {}", entry.print(TEXT));
    assert!(entry.is_stale(TEXT));
}

#[test]
fn the_place_of_a_message_that_is_not_written() {
    let entry = entries(TEXT).remove(2);
    assert_eq!((&*entry.id, entry.source()), ("p-0b1c2d", Some("まだ。")));
    assert_eq!(entry.translation, None);
    assert_eq!(&TEXT[entry.id_bytes.clone()], "p-0b1c2d");
}

#[test]
fn what_cannot_be_read_is_kept_by_its_bytes() {
    let text = "a-1 = A\n<<<<<<< HEAD\nb-2 = B\n=======\nb-2 = C\n>>>>>>> x\nc-3 = D\n";
    let read = catalogue(FileId(0), text);
    assert!(read.diagnostics.iter().any(|fault| fault.code == code::FLUENT_SYNTAX));
    let mut whole = String::new();
    for block in &read.value {
        let bytes = match block {
            Block::Entry(entry) => entry.bytes.clone(),
            Block::Other(bytes) => bytes.clone(),
        };
        whole.push_str(&text[bytes]);
        whole.push('\n');
    }
    assert_eq!(whole, text);
}

#[test]
fn what_is_written_is_read_again() {
    for text in [" 行頭", "a { b } c", "{", "*[x] .y", "末尾 ", "＃　全角", "\u{200f}RTL"] {
        let line = format!("p-1 = {}\n", written(&[Piece::Text(text.to_owned())]));
        let entry = entries(&line).remove(0);
        let pieces = entry.translation.expect("a value").pieces;
        let read: String = pieces
            .iter()
            .map(|(piece, _)| match piece {
                Piece::Text(text) => text.as_str(),
                _ => panic!("text only"),
            })
            .collect();
        assert_eq!(read, text);
    }
}
