//! WebP: chunks in a RIFF file, with flags at the front that say which of them there are.

use super::{Bytes, Fault};

const KEPT: [&[u8]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The bits of `VP8X` that announce EXIF and XMP.
const METADATA: u8 = 0x08 | 0x04;

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut input = Bytes::new(bytes);
    input.expect(b"RIFF", "this is no WebP")?;
    let length = little(input.take(4)?);
    input.expect(b"WEBP", "this is no WebP")?;
    let end = length.saturating_add(8);
    if end > bytes.len() {
        return Err(Fault { offset: bytes.len(), reason: "the picture ends early" });
    }
    let mut clean = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut pixels = false;
    // What stands behind the announced end is no part of the picture.
    while input.at + 8 <= end {
        let head = input.take(8)?;
        let length = little(&head[4..8]);
        let data = input.take(length)?;
        let padded = length % 2 == 1 && input.at < bytes.len();
        let pad = input.take(usize::from(padded))?;
        let name = &head[..4];
        if !KEPT.contains(&name) {
            continue;
        }
        pixels |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        clean.extend(head);
        let flags = clean.len();
        clean.extend(data);
        clean.extend(pad);
        if name == b"VP8X" && !data.is_empty() {
            clean[flags] &= !METADATA;
        }
    }
    let length =
        u32::try_from(clean.len() - 8).map_err(|_| input.fault("the picture is too long"))?;
    clean[4..8].copy_from_slice(&length.to_le_bytes());
    if pixels { Ok(clean) } else { Err(input.fault("a WebP without pixels")) }
}

fn little(four: &[u8]) -> usize {
    u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize
}
