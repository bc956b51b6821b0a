//! What holds for any text: no panic, spans that fit, nothing lost in silence.

use proptest::prelude::*;

use super::*;
use crate::document::{Block, Origin, visit_blocks, visit_inlines};

/// Pieces of the languages that meet in a guide.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "  ",
    "    ",
    "\t",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "---",
    "===",
    "```",
    "~~~",
    "`",
    "**",
    "*",
    "_",
    "~~",
    "~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](a.png)",
    "](<a b>)",
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<details>",
    "<summary>",
    "</details>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<br>",
    "<p>",
    "</p>",
    "<p align=center>",
    "**[!TIP]**",
    "{x}",
    ":::tab[A]",
    "<img src=a.png>",
    "<a id=\"x\">",
    "<time>",
    "<SERVER>",
    "<span style=\"color:red\">",
    "</span>",
    ":::",
    ":::note",
    ":::steps",
    "::::tabs",
    ":::tab[A]{x=1}",
    ":kbd[",
    ":mark[2]",
    "{-term}",
    "{$name}",
    "{#id}",
    "{% note %}",
    "{% endnote %}",
    "{% raw %}",
    "{% x %}",
    "{{",
    "}}",
    "[!NOTE]",
    "[!NOTE] ",
    "[!x]",
    "|",
    "\n|-|-|\n",
    ": ",
    ":",
    "[^1]",
    "\n[^1]: ",
    "\\",
    "&amp;",
    "&",
    "https://a.jp/",
    "「",
    "」",
    "。",
    "（",
    "）",
    "、",
    "\u{3000}",
    "々",
    "ー",
    "😀",
    "e\u{301}",
    "\u{feff}",
    "\u{fdd0}",
    "\u{fdd1}\u{fde0}\u{fdd2}",
    "\0",
    "$",
    "$$",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => (0u32..1000).prop_map(|n| format!("w{n}w")),
        1 => (0u32..200).prop_map(|n| format!("語{}", char::from_u32(0x4e00 + n).expect("a CJK character"))),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn spans(blocks: &[Block]) -> Vec<Origin> {
    let mut origins = Vec::new();
    visit_blocks(blocks, &mut |block| origins.push(block.origin));
    visit_inlines(blocks, &mut |inline| origins.push(inline.origin));
    origins
}

fn fits(text: &str, start: u32, end: u32) -> bool {
    let (start, end) = (start as usize, end as usize);
    start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// The words of the alphabet in `text`: `w12w` and `語一`.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let digits = rest.chars().skip(1).take_while(char::is_ascii_digit).count();
        if c == 'w' && digits > 0 && rest[1 + digits..].starts_with('w') {
            words.push(&rest[..digits + 2]);
        } else if c == '語' {
            let length = rest.chars().take(2).filter(|c| !c.is_ascii()).map(char::len_utf8).sum();
            words.push(&rest[..length]);
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_fit_and_nothing_is_lost_in_silence(text in text()) {
        let found = parsed(&text);
        for origin in spans(&found.value.document.blocks) {
            prop_assert!(fits(&text, origin.bytes.start, origin.bytes.end), "{origin:?}");
        }
        for reference in &found.value.document.references {
            prop_assert!(fits(&text, reference.origin.bytes.start, reference.origin.bytes.end), "{reference:?}");
        }
        for fault in &found.diagnostics {
            if let Place::At(span) = fault.place {
                prop_assert!(fits(&text, span.bytes.start, span.bytes.end), "{fault:?}");
            }
        }
        let silent = found.diagnostics.iter().all(|fault| fault.code == code::MISSING_TITLE);
        // A definition that no link uses is meant to vanish.
        if silent && !text.contains("]:") {
            let kept = format!("{:?}", found.value);
            for word in words(&text) {
                prop_assert!(kept.contains(word), "{word} is lost");
            }
            prop_assert!(!kept.contains("\\u{fdd"), "a stand-in is left over");
        }
    }

    #[test]
    fn a_line_of_inlines_is_never_a_block(text in "[#>*+0-9. \\-|:`~a-z語{}$\\[\\]()<]{0,30}") {
        let mut references = Vec::new();
        let line = InlineText { file: FileId(3), offset: 100, lang: LocaleId(1), text: &text };
        let found = inline(line, &options(), &mut references);
        let kept = format!("{:?}{references:?}", found.value);
        for word in words(&text) {
            prop_assert!(kept.contains(word), "{word} is lost");
        }
        for inline in &found.value {
            prop_assert!(inline.origin.bytes.start >= 100 && inline.origin.file == FileId(3));
            prop_assert!(fits(&text, inline.origin.bytes.start - 100, inline.origin.bytes.end - 100));
        }
    }
}

/// Texts that make parsers of Markdown hang or overflow their stack.
#[test]
fn hostile_texts_are_read_to_their_end() {
    let deep = 10_000;
    let texts = [
        "> ".repeat(deep) + "語",
        "- ".repeat(deep) + "語",
        "[".repeat(deep) + "語",
        "![".repeat(deep) + "語" + &"](x)".repeat(deep),
        "*a **b ".repeat(deep) + "語",
        "<div>".repeat(deep) + "語",
        "<b>".repeat(deep) + "語",
        "a <b>".repeat(deep) + "語",
        "<ul><li>".repeat(deep) + "語",
        ":::note\n".repeat(deep) + "語",
        "{% note %}\n".repeat(deep) + "語",
        "{% raw %}".repeat(deep) + "語",
        ":badge[".repeat(deep) + "語" + &"]".repeat(deep),
        "{-a(".repeat(deep) + "語",
        "[^".repeat(deep) + "語",
        "<!-- ".repeat(deep) + "語 -->",
        "**「".repeat(deep) + "語",
        "](".repeat(deep * 20) + "語",
        ":kbd[x]".repeat(deep * 5) + "語",
        "語 **「a」**の{$x} <SERVER> https://a.jp/ ".repeat(20_000),
        (0..600).map(|n| " ".repeat(n * 2) + "- 語\n").collect(),
        "|".repeat(deep) + "\n" + &"|-".repeat(deep) + "\n|語",
    ];
    for text in texts {
        let found = parsed(&text);
        let shown = format!("{:?}", found.value);
        assert!(shown.contains('語') || !found.diagnostics.is_empty(), "{text:.40}");
    }
}

#[test]
fn deep_nesting_is_reported_once_and_its_text_shown() {
    let text = "> ".repeat(200) + "深い";
    let found = parsed(&text);
    let codes: Vec<_> = found.diagnostics.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(codes, ["deep-nesting", "missing-title"]);
    assert!(format!("{:?}", found.value).contains("深い"));
}
