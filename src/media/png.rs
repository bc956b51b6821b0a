//! PNG: a list of chunks, each with a name, of which only those that make the pixels stay.

use std::borrow::Cow;

use super::{Bytes, Fault};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that decide what is seen. Texts, times, EXIF and private chunks are not in it.
const KEPT: [&[u8]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn stripped(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let mut input = Bytes::new(bytes);
    input.expect(SIGNATURE, "this is no PNG")?;
    let mut kept: Vec<std::ops::Range<usize>> = Vec::new();
    kept.push(0..SIGNATURE.len());
    let mut pixels = false;
    loop {
        let start = input.at;
        let head = input.take(8)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = &head[4..8];
        let first = start == SIGNATURE.len();
        if first != (name == b"IHDR") || !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(input.fault("a PNG's parts are in disorder"));
        }
        pixels |= name == b"IDAT";
        input.take(length.saturating_add(4))?;
        // A capital first letter means that the picture cannot be read without the chunk.
        if KEPT.contains(&name) || name[0].is_ascii_uppercase() {
            match kept.last_mut() {
                Some(part) if part.end == start => part.end = input.at,
                _ => kept.push(start..input.at),
            }
        }
        if name == b"IEND" {
            break;
        }
    }
    if !pixels {
        return Err(input.fault("a PNG without pixels"));
    }
    let whole = 0..bytes.len();
    if kept.as_slice() == std::slice::from_ref(&whole) {
        return Ok(Cow::Borrowed(bytes));
    }
    let parts: Vec<&[u8]> = kept.into_iter().map(|part| &bytes[part]).collect();
    Ok(Cow::Owned(parts.concat()))
}
