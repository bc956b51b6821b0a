//! Pictures by their bytes: what they are, how large, and the same picture without what
//! cameras and editors wrote into it.
//!
//! In: bytes. Out: a [`PictureKind`] and a size, or new bytes. Nothing is decoded: headers
//! and chunks are read, pixels never. Names of files play no part, since a JPEG is often
//! called `.png`. Must not know sites, paths or the disk.

mod gif;
mod jpeg;
mod png;
mod svg;
mod webp;

use std::borrow::Cow;
use std::fmt;

use crate::picture::PictureKind;

/// How many of a file's first bytes [`head`] usually needs. A JPEG whose size stands
/// behind a large profile, or an SVG behind a long comment, may need the whole file: its
/// size is then `None`.
pub const HEAD: usize = 4096;

/// What a file's first bytes say it is, with its width and height in pixels as a browser
/// shows them (a photograph that is to be turned counts as turned). `None` when it is no
/// picture; a size of `None` when the bytes do not tell it.
pub fn head(bytes: &[u8]) -> Option<(PictureKind, Option<(u32, u32)>)> {
    let kind = kind(bytes)?;
    let size = match kind {
        PictureKind::Svg => svg::size(bytes),
        PictureKind::Jpeg => {
            let turned = jpeg::orientation(bytes) >= 5;
            raster_size(bytes).map(|(width, height)| match turned {
                true => (height, width),
                false => (width, height),
            })
        }
        PictureKind::Png
        | PictureKind::Gif
        | PictureKind::WebP
        | PictureKind::Avif
        | PictureKind::Bitmap => raster_size(bytes),
    };
    Some((kind, size))
}

fn raster_size(bytes: &[u8]) -> Option<(u32, u32)> {
    // Any fault means the same here: these bytes do not tell the size.
    let size = imagesize::blob_size(bytes).ok()?;
    // A bitmap that is stored from the top has a negative height.
    let positive =
        |n: usize| if n > 0x7fff_ffff { 0x1_0000_0000usize.saturating_sub(n) } else { n };
    let fit = |n: usize| u32::try_from(positive(n)).ok().filter(|n| *n > 0);
    Some((fit(size.width)?, fit(size.height)?))
}

fn kind(bytes: &[u8]) -> Option<PictureKind> {
    let brand = || bytes.get(8..12).unwrap_or_default();
    Some(match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => PictureKind::Png,
        [0xff, 0xd8, 0xff, ..] => PictureKind::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => PictureKind::Gif,
        [b'R', b'I', b'F', b'F', ..] if brand() == b"WEBP" => PictureKind::WebP,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] if matches!(brand(), b"avif" | b"avis") => {
            PictureKind::Avif
        }
        [b'B', b'M', ..] if bytes.len() > 26 && bytes[6..10] == [0; 4] => PictureKind::Bitmap,
        [0, 0, 1, 0, count, 0, ..] if *count > 0 => PictureKind::Bitmap,
        _ if svg::is_svg(bytes) => PictureKind::Svg,
        _ => return None,
    })
}

/// Why a picture's bytes cannot be cleaned: they are not what such a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The byte at which reading stopped.
    pub offset: usize,
    /// What is wrong there.
    pub reason: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.reason, self.offset)
    }
}

impl std::error::Error for Fault {}

/// The same picture without metadata: no EXIF, GPS, XMP, comments, thumbnails, times, and
/// nothing behind its end. Pixels, colour profiles, animation and the direction in which a
/// photograph is to be turned stay as they are. Borrowed when there was nothing to remove.
///
/// # Errors
/// When the bytes end early or are no such picture.
pub fn stripped(kind: PictureKind, bytes: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let clean = match kind {
        PictureKind::Png => return png::stripped(bytes),
        PictureKind::Jpeg => jpeg::stripped(bytes)?,
        PictureKind::WebP => webp::stripped(bytes)?,
        PictureKind::Gif => gif::stripped(bytes)?,
        PictureKind::Avif | PictureKind::Svg | PictureKind::Bitmap => {
            return Ok(Cow::Borrowed(bytes));
        }
    };
    Ok(if clean == bytes { Cow::Borrowed(bytes) } else { Cow::Owned(clean) })
}

/// Reads bytes in order and says where they ended early.
struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Bytes<'a> {
    fn new(all: &'a [u8]) -> Self {
        Self { all, at: 0 }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.all.len());
        let end = end.ok_or(Fault { offset: self.all.len(), reason: "the picture ends early" })?;
        let taken = &self.all[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn expect(&mut self, wanted: &[u8], reason: &'static str) -> Result<&'a [u8], Fault> {
        let offset = self.at;
        let taken = self.take(wanted.len())?;
        if taken == wanted { Ok(taken) } else { Err(Fault { offset, reason }) }
    }

    fn fault(&self, reason: &'static str) -> Fault {
        Fault { offset: self.at, reason }
    }
}

#[cfg(test)]
mod tests;
