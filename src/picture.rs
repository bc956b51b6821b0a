//! The kinds of picture that pages can show.
//!
//! Knows names only; bytes are the business of `media`.

/// What a picture's bytes say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// AVIF.
    Avif,
    /// SVG.
    Svg,
    /// Windows bitmap or icon.
    Bitmap,
}

impl PictureKind {
    /// The kind's name, for people.
    pub fn name(self) -> &'static str {
        match self {
            PictureKind::Png => "PNG",
            PictureKind::Jpeg => "JPEG",
            PictureKind::Gif => "GIF",
            PictureKind::WebP => "WebP",
            PictureKind::Avif => "AVIF",
            PictureKind::Svg => "SVG",
            PictureKind::Bitmap => "bitmap",
        }
    }

    /// Whether files of this kind are named with `extension` (any letter case).
    pub fn has_extension(self, extension: &str) -> bool {
        let extensions: &[&str] = match self {
            PictureKind::Png => &["png", "apng"],
            PictureKind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            PictureKind::Gif => &["gif"],
            PictureKind::WebP => &["webp"],
            PictureKind::Avif => &["avif"],
            PictureKind::Svg => &["svg"],
            PictureKind::Bitmap => &["bmp", "ico", "cur"],
        };
        extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
    }
}
