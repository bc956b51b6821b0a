//! Bytes of a text file → text, or a guess at what they are instead.
//!
//! Of the files of a site, only UTF-8 is read. Other encodings are recognised so that the
//! message can name them: re-coding them silently would hide a fault that the next tool
//! meets. The only module that names the encoding crates.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS};

use super::LineIndex;

/// What the bytes of a text file seem to be, when they are not UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The encoding as editors list it: `Shift_JIS`, `EUC-JP`, `UTF-16LE`, `windows-1252`;
    /// `damaged UTF-8` or `binary data` when none is likely.
    pub encoding: &'static str,
    /// The first byte that is not UTF-8.
    pub offset: usize,
    /// The line of that byte, from 1.
    pub line: usize,
    /// The text before that byte and U+FFFD in its place, for showing it.
    pub prefix: String,
}

/// Reads UTF-8. A byte order mark stays in the text as U+FEFF, so that offsets in the text
/// are those in the file.
///
/// ```
/// use shirube::text::encoding::decode;
/// assert_eq!(decode("標".as_bytes().to_vec()).as_deref(), Ok("標"));
/// let guess = decode(b"a\n\x8b\x4b\x92\xe8\x82\xc5\x97\x70\x88\xd3\x82\xb7\x82\xe9".to_vec()).unwrap_err();
/// assert_eq!((guess.encoding, guess.line), ("Shift_JIS", 2));
/// ```
///
/// # Errors
/// A [`Guess`] when the bytes are not UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, Guess> {
    if let Some(encoding) = wide(&bytes) {
        return Err(guess_at(&bytes, 0, encoding));
    }
    if is_iso_2022_jp(&bytes) {
        let offset = memchr::memchr(0x1b, &bytes).unwrap_or_default();
        return Err(guess_at(&bytes, offset, ISO_2022_JP.name()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        guess_at(bytes, offset, eight_bit(bytes))
    })
}

/// Reads what other programs have written for this one: UTF-8 or, as Windows PowerShell
/// redirects, UTF-16. The byte order mark is dropped; what is damaged becomes U+FFFD.
///
/// ```
/// use shirube::text::encoding::decode_loosely;
/// assert_eq!(decode_loosely(b"\xff\xfeV\0P\0N\0"), "VPN");
/// assert_eq!(decode_loosely(b"\xef\xbb\xbfVPN\xff"), "VPN\u{fffd}");
/// ```
pub fn decode_loosely(bytes: &[u8]) -> String {
    let wide = wide(bytes).and_then(|name| Encoding::for_label(name.as_bytes()));
    wide.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}

fn guess_at(bytes: &[u8], offset: usize, encoding: &'static str) -> Guess {
    let mut prefix = std::str::from_utf8(&bytes[..offset]).unwrap_or_default().to_owned();
    let line = LineIndex::new(&prefix).position(&prefix, prefix.len()).line;
    prefix.push(char::REPLACEMENT_CHARACTER);
    Guess { encoding, offset, line, prefix }
}

/// UTF-16 or UTF-32, by its mark or by every other byte being NUL.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) {
        return Some("UTF-32LE");
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let utf8 = encoding == encoding_rs::UTF_8;
        return (!utf8).then(|| encoding.name());
    }
    let head = &bytes[..bytes.len().min(1024)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Even Japanese text has line ends and ASCII; other files hold no such pattern.
    let least = (head.len() / 20).max(2);
    match (even, odd) {
        (0, odd) if odd >= least => Some("UTF-16LE"),
        (even, 0) if even >= least => Some("UTF-16BE"),
        _ => None,
    }
}

/// Escape sequences that switch to Japanese; such bytes are valid UTF-8 and gibberish.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let switches = |at: usize| {
        let rest = &bytes[at + 1..];
        rest.starts_with(b"$B") || rest.starts_with(b"$@")
    };
    bytes.is_ascii()
        && memchr::memchr_iter(0x1b, bytes).any(switches)
        && ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// The encoding of bytes above ASCII. Where the Japanese ones fit without a fault, they are
/// more likely than what the detector takes from few letters.
fn eight_bit(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1 << 20)];
    if memchr::memchr(0, head).is_some() {
        return "binary data";
    }
    // One slip in an otherwise good UTF-8 file is a damaged file, not another encoding.
    let lossy = String::from_utf8_lossy(head);
    let bad = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let good = lossy.chars().filter(|c| !c.is_ascii()).count() - bad;
    if good > bad * 4 {
        return "damaged UTF-8";
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Deny);
    let fits = |encoding: &&'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    };
    let likely = [guess, SHIFT_JIS, EUC_JP].into_iter().find(fits);
    likely.map_or("binary data", Encoding::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "---\ntitle: 機種変更の手順\n---\nスマホを替える時は、移行を忘れないでください。\n";

    fn check(bytes: &[u8], encoding: &str, line: usize) {
        let guess = decode(bytes.to_vec()).expect_err("these bytes are not UTF-8");
        assert_eq!((guess.encoding, guess.line), (encoding, line));
    }

    #[test]
    fn utf8_is_read_as_it_is() {
        for text in [TEXT, "", "\u{feff}標", "a\u{1b}[0m", "\u{0}"] {
            assert_eq!(decode(text.as_bytes().to_vec()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn japanese_encodings_are_named() {
        check(&SHIFT_JIS.encode(TEXT).0, "Shift_JIS", 2);
        check(&EUC_JP.encode(TEXT).0, "EUC-JP", 2);
        check(&ISO_2022_JP.encode(TEXT).0, "ISO-2022-JP", 2);
        check(&SHIFT_JIS.encode("VPN\n接続\n").0, "Shift_JIS", 2);
    }

    #[test]
    fn utf16_is_named_with_and_without_its_mark() {
        let little =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        check(&little(&format!("\u{feff}{TEXT}")), "UTF-16LE", 1);
        check(&big(&format!("\u{feff}{TEXT}")), "UTF-16BE", 1);
        check(&little(TEXT), "UTF-16LE", 1);
        check(&big(TEXT), "UTF-16BE", 1);
        let marked = format!("\u{feff}{TEXT}");
        for bytes in [little(&marked), big(&marked), little(TEXT), big(TEXT), marked.into_bytes()] {
            assert_eq!(decode_loosely(&bytes), TEXT);
        }
    }

    #[test]
    fn western_and_damaged_texts_are_told_apart() {
        check(
            "caf\u{e9} cr\u{e8}me br\u{fb}l\u{e9}e"
                .chars()
                .map(|c| c as u8)
                .collect::<Vec<_>>()
                .as_slice(),
            "windows-1252",
            1,
        );
        let mut damaged = TEXT.as_bytes().to_vec();
        damaged[40] = 0xff;
        check(&damaged, "damaged UTF-8", 4);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data", 1);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_text_or_a_guess(bytes: Vec<u8>) {
            if let Err(guess) = decode(bytes.clone()) {
                proptest::prop_assert!(guess.offset <= bytes.len());
            }
        }
    }
}
