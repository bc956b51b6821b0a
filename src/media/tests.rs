use super::*;

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("small").to_be_bytes();
    [&length[..], name, data, &[1, 2, 3, 4]].concat()
}

fn png(extra: &[Vec<u8>]) -> Vec<u8> {
    let header = [&3u32.to_be_bytes()[..], &2u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &header));
    bytes.extend(extra.concat());
    bytes.extend(chunk(b"IDAT", &[9; 5]));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("small").to_be_bytes();
    [&[0xff, marker][..], &length, data].concat()
}

const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

fn jpeg(extra: &[Vec<u8>]) -> Vec<u8> {
    let frame = [8, 0, 2, 0, 3, 1, 1, 0x11, 0];
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend(segment(0xe0, JFIF));
    bytes.extend(extra.concat());
    bytes.extend(segment(0xc0, &frame));
    bytes.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    bytes.extend([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]);
    bytes
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut data = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    data.extend(b"\x0f\x01\x02\0\x04\0\0\0Cam\0");
    data.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]);
    data.extend(b"GPS secret");
    segment(0xe1, &data)
}

fn webp(extra: &[(&[u8; 4], &[u8])], flags: u8) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    let extended = [flags, 0, 0, 0, 2, 0, 0, 1, 0, 0];
    let parts = [(b"VP8X", &extended[..]), (b"VP8L", &[0x2f, 2, 0x40, 0, 0][..])];
    for (name, data) in parts.iter().map(|(n, d)| (*n, *d)).chain(extra.iter().copied()) {
        body.extend(name);
        body.extend(u32::try_from(data.len()).expect("small").to_le_bytes());
        body.extend(data);
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    let length = u32::try_from(body.len()).expect("small").to_le_bytes();
    [b"RIFF", &length[..], &body].concat()
}

fn gif(extra: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"GIF89a\x03\0\x02\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    bytes.extend(extra.concat());
    bytes.extend(b"\x21\xf9\x04\0\x0a\0\0\0");
    bytes.extend(b"\x2c\0\0\0\0\x03\0\x02\0\0\x02\x02\x44\x01\0\x3b");
    bytes
}

#[test]
fn kinds_and_sizes_are_told_by_content() {
    assert_eq!(head(&png(&[])), Some((PictureKind::Png, Some((3, 2)))));
    assert_eq!(head(&jpeg(&[])), Some((PictureKind::Jpeg, Some((3, 2)))));
    assert_eq!(head(&gif(&[])), Some((PictureKind::Gif, Some((3, 2)))));
    assert_eq!(head(&webp(&[], 0)), Some((PictureKind::WebP, Some((3, 2)))));
    assert_eq!(head("---\ntitle: 図\n".as_bytes()), None);
    assert_eq!(head(b"<html><svg width='1' height='1'></svg>"), None);
    assert_eq!(head(b""), None);
}

#[test]
fn a_turned_photograph_has_its_sides_swapped() {
    assert_eq!(head(&jpeg(&[exif(6)])), Some((PictureKind::Jpeg, Some((2, 3)))));
    assert_eq!(head(&jpeg(&[exif(3)])), Some((PictureKind::Jpeg, Some((3, 2)))));
}

#[test]
fn a_size_beyond_the_first_bytes_is_unknown() {
    let long = jpeg(&[segment(0xe2, &[0; 9000])]);
    assert_eq!(head(&long[..HEAD]), Some((PictureKind::Jpeg, None)));
    assert_eq!(head(&long), Some((PictureKind::Jpeg, Some((3, 2)))));
}

#[test]
fn svg_sizes_come_from_attributes_or_the_view_box() {
    let check = |text: &str, want: Option<(u32, u32)>| {
        assert_eq!(head(text.as_bytes()), Some((PictureKind::Svg, want)), "{text}");
    };
    check("<svg width=\"30\" height='20px'>", Some((30, 20)));
    check("<svg viewBox=\"0 0 300,200\"/>", Some((300, 200)));
    check("<svg width='100%' viewBox='0 0 30.4 20'>", Some((30, 20)));
    check("<svg width='60' viewBox='0 0 30 20'>", Some((60, 40)));
    check("<svg width='1in' height='10mm'>", Some((96, 38)));
    check("<svg>", None);
    check("<svg width='0' height='-1'>", None);
    check(
        "\u{feff}<?xml version='1.0'?>\n<!-- 図 -->\n<!DOCTYPE svg [<!ENTITY a 'b>'>]>\n<s:svg data-width='9' width='3' height='2'>",
        Some((3, 2)),
    );
}

#[test]
fn png_keeps_only_what_is_seen() {
    let gamma = chunk(b"gAMA", &[0, 0, 1, 1]);
    let profile = chunk(b"iCCP", b"sRGB\0\0x");
    let seen = png(&[gamma.clone(), profile.clone()]);
    assert!(matches!(stripped(PictureKind::Png, &seen), Ok(Cow::Borrowed(_))));
    let mut full = png(&[
        gamma,
        chunk(b"tEXt", b"Author\0taro"),
        chunk(b"eXIf", b"MM"),
        profile,
        chunk(b"iTXt", b"XML"),
        chunk(b"tIME", &[0; 7]),
        chunk(b"prVt", b"secret"),
    ]);
    full.extend(b"hidden");
    assert_eq!(stripped(PictureKind::Png, &full).as_deref(), Ok(&seen[..]));
}

#[test]
fn jpeg_loses_exif_but_not_its_direction() {
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01xyz");
    let adobe = segment(0xee, b"Adobe\0d\0\0\0\0\0");
    let plain = jpeg(&[profile.clone(), adobe.clone()]);
    assert!(matches!(stripped(PictureKind::Jpeg, &plain), Ok(Cow::Borrowed(_))));
    let mut full = jpeg(&[
        exif(1),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        profile.clone(),
        segment(0xe2, b"MPF\0second picture"),
        adobe.clone(),
        segment(0xed, b"Photoshop 3.0\0"),
        segment(0xfe, b"made by taro"),
    ]);
    full.extend(b"\xff\xd8 second picture");
    assert_eq!(stripped(PictureKind::Jpeg, &full).as_deref(), Ok(&plain[..]));

    let turned = stripped(PictureKind::Jpeg, &jpeg(&[exif(6)])).expect("good").into_owned();
    assert_eq!(jpeg::orientation(&turned), 6);
    assert!(!turned.windows(3).any(|w| w == b"GPS" || w == b"Cam"));
    assert!(matches!(stripped(PictureKind::Jpeg, &turned), Ok(Cow::Borrowed(_))));
}

#[test]
fn jpeg_loses_thumbnails() {
    let mut with = JFIF[..12].to_vec();
    with.extend([1, 1, 7, 7, 7]);
    let bytes =
        [&[0xff, 0xd8][..], &segment(0xe0, &with), &segment(0xe0, b"JFXX\0\x10"), &jpeg(&[])[20..]]
            .concat();
    assert_eq!(stripped(PictureKind::Jpeg, &bytes).as_deref(), Ok(&jpeg(&[])[..]));
}

#[test]
fn webp_loses_exif_and_says_so_in_its_flags() {
    let plain = webp(&[], 0x20);
    assert!(matches!(stripped(PictureKind::WebP, &plain), Ok(Cow::Borrowed(_))));
    let mut full = webp(&[(b"EXIF", b"GPS"), (b"XMP ", b"<x/>"), (b"priv", b"x")], 0x2c);
    full.extend(b"hidden");
    assert_eq!(stripped(PictureKind::WebP, &full).as_deref(), Ok(&plain[..]));
}

#[test]
fn gif_loses_comments_and_keeps_its_loop() {
    let repeat = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let plain = gif(&[repeat]);
    assert!(matches!(stripped(PictureKind::Gif, &plain), Ok(Cow::Borrowed(_))));
    let mut full = gif(&[
        repeat,
        b"\x21\xfe\x04taro\0",
        b"\x21\xff\x0bXMP DataXMP\x02<x\0",
        b"\x21\xf9\x04\0\0\0\0\0\x21\x01\x0c0123456789ab\x02hi\0",
        b"\0",
    ]);
    full.extend(b"hidden");
    assert_eq!(stripped(PictureKind::Gif, &full).as_deref(), Ok(&plain[..]));
}

#[test]
fn broken_pictures_are_faults() {
    let kinds = [
        (PictureKind::Png, png(&[])),
        (PictureKind::Jpeg, jpeg(&[exif(6)])),
        (PictureKind::WebP, webp(&[(b"EXIF", b"x")], 8)),
        (PictureKind::Gif, gif(&[])),
    ];
    for (kind, bytes) in kinds {
        for end in 0..bytes.len() {
            assert!(stripped(kind, &bytes[..end]).is_err(), "{kind:?} cut at {end}");
        }
    }
    let fault = stripped(PictureKind::Png, b"\x89PNG\r\n\x1a\n").expect_err("no chunks");
    assert_eq!(fault.to_string(), "the picture ends early (at byte 8)");
}

proptest::proptest! {
    #[test]
    fn mutated_pictures_never_panic(at in 0usize..200, value: u8, tail: Vec<u8>, kind in 0usize..4) {
        let (kind, mut bytes) = match kind {
            0 => (PictureKind::Png, png(&[chunk(b"tEXt", b"a")])),
            1 => (PictureKind::Jpeg, jpeg(&[exif(6)])),
            2 => (PictureKind::WebP, webp(&[(b"EXIF", b"x")], 8)),
            _ => (PictureKind::Gif, gif(&[b"\x21\xfe\x04taro\0"])),
        };
        let at = at % bytes.len();
        bytes[at] = value;
        bytes.extend(tail);
        head(&bytes);
        if let Ok(clean) = stripped(kind, &bytes) {
            let again = stripped(kind, &clean).expect("what was cleaned is good");
            proptest::prop_assert_eq!(&again, &clean);
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes: Vec<u8>) {
        head(&bytes);
        for kind in [PictureKind::Png, PictureKind::Jpeg, PictureKind::WebP, PictureKind::Gif] {
            let _ = stripped(kind, &bytes);
        }
    }
}
