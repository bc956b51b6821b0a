//! GIF: pictures and extensions one after the other, each a row of small blocks.

use super::{Bytes, Fault};

/// Extensions of programs that change what is seen: how often an animation is repeated,
/// and colour profiles.
const KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut input = Bytes::new(bytes);
    let mut clean = Vec::with_capacity(bytes.len());
    let head = input.take(13)?;
    if !matches!(&head[..6], b"GIF87a" | b"GIF89a") {
        return Err(Fault { offset: 0, reason: "this is no GIF" });
    }
    clean.extend(head);
    clean.extend(input.take(colours(head[10]))?);
    let mut pixels = false;
    // How the next picture is shown; it goes when that turns out to be a caption.
    let mut control: &[u8] = &[];
    loop {
        let start = input.at;
        match input.byte()? {
            0x3b => {
                clean.push(0x3b);
                return if pixels { Ok(clean) } else { Err(input.fault("a GIF without pixels")) };
            }
            0x2c => {
                let flags = input.take(9)?[8];
                input.take(colours(flags) + 1)?;
                blocks(&mut input)?;
                clean.extend(std::mem::take(&mut control));
                clean.extend(&bytes[start..input.at]);
                pixels = true;
            }
            0x21 => {
                let label = input.byte()?;
                let content = input.at;
                blocks(&mut input)?;
                let whole = &bytes[start..input.at];
                match label {
                    0xf9 => control = whole,
                    0x01 => control = &[],
                    0xff if KEPT
                        .contains(&bytes.get(content + 1..content + 12).unwrap_or_default()) =>
                    {
                        clean.extend(whole);
                    }
                    _ => {}
                }
            }
            // Some programs leave empty blocks between the parts.
            0x00 => {}
            _ => return Err(Fault { offset: start, reason: "a GIF's parts are in disorder" }),
        }
    }
}

/// How many bytes the colour table takes that `flags` announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Passes over blocks up to the empty one that ends them.
fn blocks(input: &mut Bytes<'_>) -> Result<(), Fault> {
    loop {
        match input.byte()? {
            0 => return Ok(()),
            length => input.take(usize::from(length))?,
        };
    }
}
