//! The sheet of tokens for browsers that do not know `light-dark()`: to them a token that
//! is written with it has no value, and a page without colours cannot be read.
//!
//! They get the light values, since without the function nothing in a value can follow the
//! reader's scheme; all others find the sheet as it is behind `@supports`.

const FUNCTION: &str = "light-dark(";
const SCHEME: &str = "color-scheme:";

/// `sheet` behind its light values; just the sheet where it has no others.
pub(super) fn with_light_values(sheet: &str) -> String {
    if !sheet.contains(FUNCTION) {
        return sheet.to_owned();
    }
    // What must stand before all rules may not stand inside of one.
    let is_head = |line: &&str| line.starts_with("@import") || line.starts_with("@charset");
    let text = sheet.trim_start_matches('\u{feff}');
    let (head, rules): (Vec<&str>, Vec<&str>) = text.split_inclusive('\n').partition(is_head);
    let (head, rules) = (head.concat(), rules.concat());
    let (light, rules) = (light(&rules), rules.trim());
    let light = light.trim();
    format!("{head}{light}\n@supports (color: light-dark(#000, #fff)) {{\n{rules}\n}}\n")
}

/// `sheet` without comments, every `light-dark(a, b)` being `a` and every scheme light, for
/// fields and scroll bars must be what the colours around them are.
fn light(sheet: &str) -> String {
    let mut light = Light::default();
    let mut rest = sheet;
    while !rest.is_empty() {
        rest = light.take(rest);
    }
    light.text
}

/// What an open bracket belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `light-dark(`, before its comma.
    Light,
    /// The same, behind it.
    Dark,
    Other,
}

/// The light half of a sheet, as far as it is read.
#[derive(Debug, Default)]
struct Light {
    text: String,
    open: Vec<Open>,
    /// How many of the open brackets hide what stands in them.
    dark: usize,
}

impl Light {
    /// Reads the next piece; gives what is left.
    fn take<'a>(&mut self, rest: &'a str) -> &'a str {
        if let Some(comment) = rest.strip_prefix("/*") {
            return comment.split_once("*/").map_or("", |(_, after)| after);
        }
        if let Some(inner) = rest.strip_prefix(FUNCTION) {
            self.open.push(Open::Light);
            return inner.trim_start();
        }
        // `prefers-color-scheme:` is a question, and stays.
        if !self.text.ends_with('-')
            && let Some(value) = rest.strip_prefix(SCHEME)
        {
            self.text.push_str("color-scheme: light");
            return &value[value.find([';', '}']).unwrap_or(value.len())..];
        }
        let mut chars = rest.chars();
        chars.next().into_iter().for_each(|c| self.character(c));
        chars.as_str()
    }

    fn character(&mut self, c: char) {
        match (c, self.open.last()) {
            (',', Some(Open::Light)) => {
                self.open.pop();
                self.open.push(Open::Dark);
                self.dark += 1;
                return;
            }
            ('(', _) => self.open.push(Open::Other),
            (')', _) => match self.open.pop() {
                Some(Open::Light) => return,
                Some(Open::Dark) => {
                    self.dark -= 1;
                    return;
                }
                Some(Open::Other) | None => {}
            },
            _ => {}
        }
        if self.dark == 0 {
            self.text.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_values_stand_first_and_the_sheet_behind() {
        let sheet = "\u{feff}@import \"a.css\";\n/* 色 light-dark(a, b) */\n:root { color-scheme: light dark; --ink: light-dark(#111, #eee) }\n";
        assert_eq!(
            with_light_values(sheet),
            "@import \"a.css\";\n:root { color-scheme: light; --ink: #111 }\n@supports (color: light-dark(#000, #fff)) {\n/* 色 light-dark(a, b) */\n:root { color-scheme: light dark; --ink: light-dark(#111, #eee) }\n}\n"
        );
        for plain in ["", ":root { --ink: #111; color-scheme: dark }"] {
            assert_eq!(with_light_values(plain), plain);
        }
    }

    #[test]
    fn brackets_and_commas_inside_are_respected() {
        for (written, wanted) in [
            (
                "color-mix(in srgb, light-dark(#000, #fff) 20%, var(--paper))",
                "color-mix(in srgb, #000 20%, var(--paper))",
            ),
            ("light-dark(rgb(0, 1, 2), hsl(3, 4%, 5%))", "rgb(0, 1, 2)"),
            ("light-dark(light-dark(#1, #2), light-dark(#3, #4)), x", "#1, x"),
            ("light-dark( var(--a, #1) , #2) 50%", "var(--a, #1)  50%"),
            ("@media (prefers-color-scheme: dark) {}", "@media (prefers-color-scheme: dark) {}"),
            ("light-dark(#1, #2", "#1"),
        ] {
            assert_eq!(light(written), wanted);
        }
    }
}
