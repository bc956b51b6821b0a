//! Text is cut into the same tokens here and in the browser.
//!
//! `tests/search/cases.json` holds cases that people have read; `tests/search/random.json`
//! strings of all kinds of characters with the answers given here, which
//! `tests/browser/tokenizer.test.mjs` asks of the other half. `UPDATE_EXPECT=1 cargo test`
//! writes the random ones anew, after a change of the specification.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use shirube::search::tokenizer::{Script, scan, tokens};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name)
}

#[test]
fn cases_are_cut_as_they_were_read() {
    let text = fs::read_to_string(file("cases.json")).expect("the cases");
    let cases: Vec<(String, Vec<(String, u32)>)> =
        serde_json::from_str(&text).expect("cases are texts with tokens");
    assert!(cases.len() > 150, "the cases were found");
    for (text, wanted) in cases {
        assert_eq!(tokens(&text, false), wanted, "{text:?}");
    }
}

#[test]
fn random_texts_are_cut_as_they_were_before() {
    let path = file("random.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, rows()).expect("a writable expectation");
    }
    let text = fs::read_to_string(&path).expect("the random texts");
    assert!(text == rows(), "the answers changed; `UPDATE_EXPECT=1 cargo test` writes them");
}

/// A row a text: the text, its tokens, a hash of its runs, and one with spaces that part.
fn rows() -> String {
    let mut dice = Dice(20_261_123);
    let row = |_| {
        let text = dice.text();
        let found = tokens(&text, false);
        let found: Vec<String> = found.iter().map(|(token, at)| format!("{token}@{at}")).collect();
        let row = (&text, found.join(" "), hash(&runs(&text, false)), hash(&runs(&text, true)));
        serde_json::to_string(&row).expect("plain data is JSON")
    };
    format!("[\n{}\n]\n", (0..3_000).map(row).collect::<Vec<_>>().join(",\n"))
}

/// Everything that is known of a text's runs.
fn runs(text: &str, apart: bool) -> String {
    let scan = scan(text, apart);
    let mut out = String::new();
    for run in scan.runs() {
        let glyphs = scan.glyphs(run);
        let script = |script| match script {
            Script::Hiragana => 'h',
            Script::Katakana => 'k',
            Script::Kanji => 'x',
        };
        let scripts: String = glyphs.iter().map(|glyph| script(glyph.script)).collect();
        let starts = glyphs.iter().map(|glyph| glyph.at.to_string());
        let at: Vec<String> = starts.chain([run.end.to_string()]).collect();
        let parts: Vec<String> = scan.parts(run).iter().map(u32::to_string).collect();
        let (text, joined) = (scan.text(run), run.joined);
        let (at, parts) = (at.join(","), parts.join(","));
        let _ = writeln!(out, "{} {joined} {text} {scripts} {at} {parts}", run.cjk);
    }
    for group in scan.groups() {
        let whole = scan.whole_of(group).unwrap_or_default();
        let _ = writeln!(out, "{} {}", scan.parts_of(group).join(" "), whole);
    }
    for (token, at) in tokens(text, apart) {
        let _ = writeln!(out, "{token}@{at}");
    }
    out
}

/// FNV-1a over UTF-8, as eight digits.
fn hash(text: &str) -> String {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    format!("{:08x}", text.bytes().fold(0x811c_9dc5, step))
}

/// Small random numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// A text of pieces, most of them of the kind of the one before.
    fn text(&mut self) -> String {
        let mut kind = self.below(KINDS.len());
        let mut text = String::new();
        for _ in 0..=self.below(14) {
            if self.below(3) == 0 {
                kind = self.below(KINDS.len());
            }
            match KINDS[kind] {
                "" => text.extend(self.any()),
                held => {
                    let at = self.below(held.chars().count());
                    text.extend(held.chars().nth(at));
                }
            }
        }
        text
    }

    /// Any character at all: of the basic plane's beginning more often than others.
    fn any(&mut self) -> Option<char> {
        let planes = [0x3ff, 0xffff, 0x1_ffff, 0x10_ffff];
        let plane = planes[self.below(planes.len())];
        char::from_u32(u32::try_from(self.below(plane + 1)).ok()?)
    }
}

/// Characters by kind; the empty one stands for any.
const KINDS: [&str; 16] = [
    "あいうえおかきくけこさしすせそたちつてとはひふへほをんがぎぐげござぱぴぷぺぽぁぃぅぇぉっゃゅょゎゐゑゔゝゞ",
    "アイウエオカキクケコサシスセソタチツテトハヒフヘホヲンガギグゲゴヂヅパピプペポァィゥェォッャュョヮヰヱヴヵヶヽヾー",
    "ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼﾁﾂﾃﾄﾊﾋﾌﾍﾎﾝﾞﾟ",
    "゛゜\u{3099}\u{309a}ーー々イイエケセヴヴア",
    "漢字仮想機電話番号設定変更確認人時々佐木〆〇髙﨑邉葛",
    "𠮷𠀋𡈽𩸽😀👍🏽𝐀",
    "abcdefgxyzABCDEFGXYZ",
    "0123456789",
    "aAbB01C#+F++#cC2",
    "-_.'’‐‑–／・･·、。「」()[]!?/|@:;",
    " 　\t\n\u{a0}\u{2003}\u{3000}",
    "ＡＢＣａｂｃ０１２－＿．＃＋①②⑩⑳ⅣⅩ㈱№℡™㎏㎡㍑㌔㍻ﬁﬃ²³¹",
    "àéîöüñçÀÉÎÖÜßæœÆŒøØłŁěşĞİı\u{301}\u{308}\u{327}µªº",
    "αβγάέΏΑΒабвАБВёЁאבגعربहिन्दीქართ한국어가나",
    "ไทยภาษาກຂมြန်ខ្មែរ",
    "",
];
