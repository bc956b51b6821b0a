//! Where a line of Japanese may well break: between phrases, not inside words.
//!
//! In: HTML of one line as we write it, and its language. Out: the same with `<wbr>` between
//! its phrases, across inline elements. Only one browser breaks so by itself; with these, and
//! `word-break: keep-all`, all do. Japanese alone has a model; other languages come back as
//! they are. Not for attributes, `<title>`, feeds and sitemaps, where a tag would be text.

use super::RenderOptions;
use crate::document::LocaleId;
use crate::text::is_joined;
use crate::theme::Html;

mod line;
mod model;

use line::Line;

/// The tag that is put in.
const BREAK: &str = "<wbr>";

/// What stands before it between Japanese and Latin letters: a break hides the two from each
/// other, so the space that style puts between them has to be put here by style.
const GAP: &str = "<span class=\"gap\"></span>";

/// `html` of one line in `lang`, with `<wbr>` between its phrases.
pub fn phrased(html: Html, lang: LocaleId, options: &RenderOptions) -> Html {
    if is_phrased(lang, options) { Html(with_breaks(&html.0)) } else { html }
}

/// Puts the breaks into what was written to `out` from the byte `start` on.
pub(super) fn phrase_tail(out: &mut String, start: usize, lang: LocaleId, options: &RenderOptions) {
    if is_phrased(lang, options) {
        let tail = with_breaks(&out[start..]);
        out.truncate(start);
        out.push_str(&tail);
    }
}

fn is_phrased(lang: LocaleId, options: &RenderOptions) -> bool {
    options.locales.get(usize::from(lang.0)).is_some_and(|locale| is_japanese(locale.as_str()))
}

fn is_japanese(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("ja"))
}

fn with_breaks(html: &str) -> String {
    if html.is_ascii() {
        return html.to_owned();
    }
    let line = Line::read(html);
    let begins = model::japanese().begins(&line.units);
    let mut out = String::with_capacity(html.len() + html.len() / 3);
    let mut written = 0;
    for (at, begins) in begins.iter().enumerate().skip(1) {
        let (before, after) = (line.units[at - 1], line.units[at]);
        let cut = line.cuts[at].filter(|_| *begins && may_break(before, after));
        if let Some(cut) = cut {
            out.push_str(&html[written..cut]);
            out.push_str(if is_spaced(before, after) { GAP } else { "" });
            out.push_str(BREAK);
            written = cut;
        }
    }
    out.push_str(&html[written..]);
    out
}

/// Whether a line may break between two code units, whatever the model thinks: its texts had
/// other signs than ours. A space breaks by itself, and so does what is written in ASCII.
fn may_break(before: u16, after: u16) -> bool {
    let (Some(before), Some(after)) = (shown(before), shown(after)) else {
        return !is_low_surrogate(after);
    };
    let ascii = before.is_ascii() && after.is_ascii();
    !(ascii || is_blank(before) || is_blank(after) || is_opening(before) || is_never_first(after))
}

/// Whether `text-autospace: normal` puts a space between them (CSS Text 4, section 8.4):
/// between kana or Han and Latin letters or digits.
fn is_spaced(before: u16, after: u16) -> bool {
    let is_latin = |unit| shown(unit).is_some_and(|c| c < '\u{250}' && c.is_alphanumeric());
    let is_joined = |unit| shown(unit).is_some_and(|c| is_joined(c) && c.is_alphabetic());
    (is_latin(before) && is_joined(after)) || (is_joined(before) && is_latin(after))
}

fn shown(unit: u16) -> Option<char> {
    char::from_u32(u32::from(unit))
}

fn is_low_surrogate(unit: u16) -> bool {
    (0xdc00..0xe000).contains(&unit)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_opening(c: char) -> bool {
    "「『【〔〈《［｛（〖〘〚｟｢“‘«‹([{〝￥＄￡＃¥$£#№".contains(c)
}

/// Closing signs, small kana, marks of repetition and length, and what combines.
fn is_never_first(c: char) -> bool {
    const CLOSING: &str =
        "」』】〕〉》］｝）〗〙〛｠｣”’»›)]}〟、。，．・：；？！､｡･,.:;?!％‰°′″℃%…‥";
    const SMALL: &str =
        "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ々〻ゝゞヽヾー〜～ｰﾞﾟ";
    let combines = matches!(c,
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | 'ㇰ'..='ㇿ');
    combines || CLOSING.contains(c) || SMALL.contains(c)
}

#[cfg(test)]
mod tests;
