//! JPEG: segments behind markers, then coded pixels. Cameras write where and when into
//! `APP1`, phones hide whole second pictures behind the end.

use super::{Bytes, Fault};

const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COMMENT: u8 = 0xfe;
const SCAN: u8 = 0xda;
const END: u8 = 0xd9;

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut input = Bytes::new(bytes);
    let mut clean = Vec::with_capacity(bytes.len());
    clean.extend(input.expect(&[0xff, 0xd8], "this is no JPEG")?);
    let mut turned = false;
    let mut pixels = false;
    loop {
        let marker = marker(&mut input)?;
        if marker == END {
            clean.extend([0xff, END]);
            return if pixels { Ok(clean) } else { Err(input.fault("a JPEG without pixels")) };
        }
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            clean.extend([0xff, marker]);
            continue;
        }
        let segment = segment(&mut input)?;
        match kept(marker, segment) {
            Kept::Whole => push(&mut clean, marker, segment),
            // A thumbnail may show what was cut away from the picture.
            Kept::Header => push(&mut clean, marker, &[&segment[..12], &[0, 0]].concat()),
            Kept::Nothing => {}
            Kept::Turn(orientation) if !turned => {
                turned = true;
                push(&mut clean, APP1, &turn(orientation));
            }
            Kept::Turn(_) => {}
        }
        if marker == SCAN {
            pixels = true;
            clean.extend(coded(&mut input));
        }
    }
}

/// What of a segment stays.
enum Kept {
    Whole,
    /// A JFIF header without its thumbnail.
    Header,
    /// Of EXIF, the direction in which the picture is to be turned.
    Turn(u8),
    Nothing,
}

fn kept(marker: u8, segment: &[u8]) -> Kept {
    match marker {
        APP0 if segment.starts_with(b"JFIF\0") && segment.len() == 14 => Kept::Whole,
        APP0 if segment.starts_with(b"JFIF\0") && segment.len() > 14 => Kept::Header,
        APP1 => match exif_orientation(segment) {
            Some(orientation @ 2..=8) => Kept::Turn(orientation),
            _ => Kept::Nothing,
        },
        APP2 if segment.starts_with(b"ICC_PROFILE\0") => Kept::Whole,
        APP14 if segment.starts_with(b"Adobe") => Kept::Whole,
        APP0..=APP15 | COMMENT => Kept::Nothing,
        _ => Kept::Whole,
    }
}

fn push(clean: &mut Vec<u8>, marker: u8, segment: &[u8]) {
    let length = u16::try_from(segment.len() + 2).expect("no segment grew");
    clean.extend([0xff, marker]);
    clean.extend(length.to_be_bytes());
    clean.extend(segment);
}

fn marker(input: &mut Bytes<'_>) -> Result<u8, Fault> {
    if input.byte()? != 0xff {
        return Err(input.fault("a JPEG's parts are in disorder"));
    }
    loop {
        match input.byte()? {
            0xff => {}
            0x00 | 0xd8 => return Err(input.fault("a JPEG's parts are in disorder")),
            marker => return Ok(marker),
        }
    }
}

fn segment<'a>(input: &mut Bytes<'a>) -> Result<&'a [u8], Fault> {
    let length = input.take(2)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    input.take(length.checked_sub(2).ok_or(input.fault("a part of a JPEG has no length"))?)
}

/// The coded pixels up to the next marker.
fn coded<'a>(input: &mut Bytes<'a>) -> &'a [u8] {
    let rest = &input.all[input.at..];
    let end = memchr::memchr_iter(0xff, rest)
        .find(|at| !matches!(rest.get(at + 1), Some(0 | 0xd0..=0xd7 | 0xff)))
        .unwrap_or(rest.len());
    input.at += end;
    &rest[..end]
}

/// The orientation of a file's EXIF, 1 to 8; 1 when it has none or cannot be read.
pub(super) fn orientation(bytes: &[u8]) -> u8 {
    let mut input = Bytes::new(bytes);
    let mut find = || {
        input.take(2).ok()?;
        loop {
            let marker = marker(&mut input).ok()?;
            if matches!(marker, SCAN | END) {
                return None;
            }
            let segment = segment(&mut input).ok()?;
            if marker == APP1 && segment.starts_with(b"Exif\0\0") {
                return exif_orientation(segment);
            }
        }
    };
    find().filter(|orientation| (1..=8).contains(orientation)).unwrap_or(1)
}

const ORIENTATION: u16 = 0x0112;

fn exif_orientation(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let table = if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) } as usize;
    let count = usize::from(short(table)?);
    let entry =
        (0..count).map(|n| table + 2 + n * 12).find(|entry| short(*entry) == Some(ORIENTATION))?;
    u8::try_from(short(entry + 8)?).ok()
}

/// EXIF that holds nothing but the orientation.
fn turn(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
    exif.extend(ORIENTATION.to_be_bytes());
    exif.extend([0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif
}
