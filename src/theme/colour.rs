//! Colours as CSS writes them, mixed and compared.
//!
//! The only module that names the colour crate. It takes more than CSS does (`1f5f4a`
//! without its sign, `hsv()`), so what is handed to it is looked at first; `light-dark()`,
//! `var()` and `color-mix()` speak of a page, which a crate cannot know, and are split here.

/// The two schemes that a page is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub(super) const ALL: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

    /// `light` or `dark`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// A colour: red, green and blue of sRGB, and how much it covers, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour {
    rgb: [f64; 3],
    alpha: f64,
}

/// Knows what tokens say.
pub(super) trait Texts {
    /// What is written for a token in a scheme.
    fn text(&self, name: &str, scheme: Scheme) -> Option<&str>;
}

/// How deep values may refer to each other: more is a circle.
const DEPTH: usize = 16;

/// The colour that `text` is in `scheme`, `texts` saying what tokens are.
pub(super) fn colour(text: &str, scheme: Scheme, texts: &dyn Texts) -> Option<Colour> {
    at_depth(text, scheme, texts, DEPTH)
}

fn at_depth(text: &str, scheme: Scheme, texts: &dyn Texts, depth: usize) -> Option<Colour> {
    let depth = depth.checked_sub(1)?;
    let text = text.trim();
    if let Some((light, dark)) = light_dark(text) {
        let own = if scheme == Scheme::Light { light } else { dark };
        return at_depth(own, scheme, texts, depth);
    }
    if let Some(inner) = call(text, "var") {
        let name = inner.trim().strip_prefix("--")?;
        return at_depth(texts.text(name, scheme)?, scheme, texts, depth);
    }
    if let Some(inner) = call(text, "color-mix") {
        return mixture(inner, scheme, texts, depth);
    }
    absolute(text)
}

/// A colour that says all by itself.
fn absolute(text: &str) -> Option<Colour> {
    let function = text.split('(').next().unwrap_or_default().to_ascii_lowercase();
    let named = !text.contains('(') && text.starts_with(|c: char| c.is_ascii_alphabetic());
    let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if function.starts_with("hsv") || function.starts_with("hwba") || named && hexadecimal(text) {
        return None;
    }
    if !text.starts_with('#') && !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let parsed = csscolorparser::parse(text).ok()?.clamp();
    let [r, g, b, alpha] = [parsed.r, parsed.g, parsed.b, parsed.a].map(f64::from);
    Some(Colour { rgb: [r, g, b], alpha })
}

/// `in srgb, A 8%, B`.
fn mixture(inner: &str, scheme: Scheme, texts: &dyn Texts, depth: usize) -> Option<Colour> {
    let parts = arguments(inner);
    let [space, first, second] = parts.as_slice() else { return None };
    if space.trim() != "in srgb" {
        return None;
    }
    let ((first, one), (second, two)) = (shared(first)?, shared(second)?);
    let share = one.or(two.map(|share| 1.0 - share)).unwrap_or(0.5);
    let first = at_depth(first, scheme, texts, depth)?;
    Some(first.mixed(share, at_depth(second, scheme, texts, depth)?))
}

/// A part of a mixture: its colour, and its share where one is written.
fn shared(part: &str) -> Option<(&str, Option<f64>)> {
    let part = part.trim();
    let Some(rest) = part.strip_suffix('%') else { return Some((part, None)) };
    let (colour, percent) = rest.rsplit_once(char::is_whitespace)?;
    let percent: f64 = percent.parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some((colour, Some(percent / 100.0)))
}

/// The two values of `light-dark(a, b)`.
pub(super) fn light_dark(text: &str) -> Option<(&str, &str)> {
    let parts = arguments(call(text.trim(), "light-dark")?);
    let [light, dark] = parts.as_slice() else { return None };
    Some((light.trim(), dark.trim()))
}

/// What stands between the brackets, where all of `text` is one call of `name`.
pub(super) fn call<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.get(..name.len())?;
    let inner = text[name.len()..].strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0usize;
    for c in inner.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (head.eq_ignore_ascii_case(name) && depth == 0).then_some(inner)
}

/// Parts between commas that stand in no brackets.
pub(super) fn arguments(text: &str) -> Vec<&str> {
    let mut depth = 0i32;
    text.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

impl Colour {
    pub(super) const WHITE: Colour = Colour { rgb: [1.0; 3], alpha: 1.0 };
    pub(super) const BLACK: Colour = Colour { rgb: [0.0; 3], alpha: 1.0 };

    /// `share` of this colour and the rest of `other`, as `color-mix(in srgb, …)` has it:
    /// what covers more counts for more.
    pub(super) fn mixed(self, share: f64, other: Colour) -> Colour {
        let alpha = self.alpha * share + other.alpha * (1.0 - share);
        if alpha == 0.0 {
            return Colour { rgb: self.rgb, alpha };
        }
        let part = |at: usize| {
            let sum =
                self.rgb[at] * self.alpha * share + other.rgb[at] * other.alpha * (1.0 - share);
            sum / alpha
        };
        Colour { rgb: [part(0), part(1), part(2)], alpha }
    }

    /// This colour as it is seen over `ground`.
    pub(super) fn over(self, ground: Colour) -> Colour {
        let part = |at: usize| self.rgb[at] * self.alpha + ground.rgb[at] * (1.0 - self.alpha);
        Colour { rgb: [part(0), part(1), part(2)], alpha: 1.0 }
    }

    /// The contrast with `other`, from 1 to 21: `(L1 + 0.05) / (L2 + 0.05)`, as WCAG 2.2
    /// defines "contrast ratio" (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    pub(super) fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(|part| {
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// `#1f5f4a`.
    pub(super) fn hex(self) -> String {
        let [r, g, b] = self.rgb.map(|part| (part * 255.0).round() as u8);
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Few;

    impl Texts for Few {
        fn text(&self, name: &str, _: Scheme) -> Option<&str> {
            match name {
                "paper" => Some("light-dark(#fff, #000)"),
                "round" => Some("var(--round)"),
                _ => None,
            }
        }
    }

    fn hex(text: &str, scheme: Scheme) -> Option<String> {
        colour(text, scheme, &Few).map(Colour::hex)
    }

    #[test]
    fn colours_are_those_of_css_and_no_others() {
        for (text, wanted) in [
            ("#1f5f4a", "#1f5f4a"),
            ("#FFF", "#ffffff"),
            (" rebeccapurple ", "#663399"),
            ("rgb(0 128 255 / 50%)", "#0080ff"),
            ("hsl(0, 100%, 50%)", "#ff0000"),
            ("oklch(0 0 0)", "#000000"),
            ("light-dark(#111, var(--paper))", "#111111"),
        ] {
            assert_eq!(hex(text, Scheme::Light).as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "1f5f4a",
            "fff",
            "#12345",
            "grün",
            "＃fff",
            "hsv(1 1 1)",
            "12px",
            "",
            "var(--no)",
            "var(--round)",
            "light-dark(#fff)",
        ] {
            assert_eq!(hex(text, Scheme::Light), None, "{text}");
        }
    }

    #[test]
    fn schemes_and_mixtures_are_split_by_us() {
        assert_eq!(hex("var(--paper)", Scheme::Dark).as_deref(), Some("#000000"));
        let tint = "color-mix(in srgb, light-dark(rgb(0, 0, 0), #fff) 20%, var(--paper))";
        assert_eq!(hex(tint, Scheme::Light).as_deref(), Some("#cccccc"));
        assert_eq!(hex(tint, Scheme::Dark).as_deref(), Some("#333333"));
        assert_eq!(hex("color-mix(in oklab, #000, #fff)", Scheme::Dark), None);
    }

    #[test]
    fn contrast_is_counted_as_wcag_does() {
        let of = |a: &str, b: &str| {
            let [a, b] = [a, b].map(|text| absolute(text).expect("a colour"));
            format!("{:.2}", a.contrast(b))
        };
        assert_eq!(of("#000", "#fff"), "21.00");
        assert_eq!(of("#777", "#fff"), "4.48");
        assert_eq!(of("#fff", "#fff"), "1.00");
    }
}
