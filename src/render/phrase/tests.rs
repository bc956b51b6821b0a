use super::*;
use crate::config::Locale;

const JA: LocaleId = LocaleId(0);
const EN: LocaleId = LocaleId(1);

fn options() -> RenderOptions {
    let locales = ["ja", "en"].iter().map(|tag| Locale::new(tag).unwrap()).collect();
    RenderOptions { locales, ..RenderOptions::default() }
}

/// The line with its breaks as `|`.
fn shown(html: &str) -> String {
    phrased(Html(html.to_owned()), JA, &options()).0.replace(GAP, "").replace(BREAK, "|")
}

#[test]
fn a_break_between_scripts_keeps_the_space_of_style() {
    let line = |html: &str| phrased(Html(html.to_owned()), JA, &options()).0;
    assert_eq!(line("社外からVPNに"), "社外から<span class=\"gap\"></span><wbr>VPNに");
    assert_eq!(line("期限は10日です"), "期限は<span class=\"gap\"></span><wbr>10日です");
    assert!(!line("認証アプリの移行、VPNの手順").contains("gap"), "a comma has its own space");
}

#[test]
fn phrases_are_those_of_the_npm_package() {
    let cases: Vec<&str> = include_str!("tests/cases.txt").lines().collect();
    assert!(cases.len() >= 200, "{} sentences", cases.len());
    for case in cases {
        let units: Vec<u16> = case.replace('|', "").encode_utf16().collect();
        let begins = model::japanese().begins(&units);
        let mut split = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            split.extend((at > 0 && begins[at]).then_some(u16::from(b'|')));
            split.push(*unit);
        }
        assert_eq!(String::from_utf16(&split).unwrap(), case);
    }
}

#[test]
fn japanese_breaks_between_phrases_and_other_languages_stay_as_they_are() {
    assert_eq!(
        shown("スマートフォンの機種変更にともなう認証アプリの移行手順"),
        "スマートフォンの|機種変更に|ともなう|認証アプリの|移行手順"
    );
    let english = Html("Move the authenticator app".to_owned());
    assert_eq!(phrased(english.clone(), EN, &options()), english);
    assert_eq!(phrased(english.clone(), JA, &options()), english);
    let other = Html("認証アプリの移行手順".to_owned());
    assert_eq!(phrased(other.clone(), EN, &options()), other);
    assert_eq!(phrased(other.clone(), LocaleId(9), &options()), other, "an unknown language");
}

#[test]
fn breaks_stand_between_elements_and_not_inside_of_what_is_kept_whole() {
    assert_eq!(
        shown("認証アプリの<strong>移行手順</strong>"),
        "認証アプリの|<strong>移行手順</strong>"
    );
    assert_eq!(shown("<em>認証アプリの</em>移行手順"), "<em>認証アプリの</em>|移行手順");
    assert_eq!(
        shown("<em>認証アプリの</em><strong>移行手順</strong>"),
        "<em>認証アプリの</em>|<strong>移行手順</strong>"
    );
    for tag in ["code", "kbd", "svg"] {
        let whole = format!("<{tag}>認証アプリの移行手順</{tag}>");
        assert_eq!(shown(&format!("{whole}です")), format!("{whole}です"));
    }
    assert_eq!(
        shown("社内の<span lang=\"en\">Wi-Fi の設定をする</span>ときに"),
        "社内の|<span lang=\"en\">Wi-Fi の設定をする</span>|ときに"
    );
    assert_eq!(
        shown("<ruby>印刷<rt>いんさつをする</rt></ruby>"),
        "<ruby>印刷<rt>いんさつをする</rt></ruby>"
    );
}

#[test]
fn a_break_that_is_there_is_not_doubled() {
    for there in ["<wbr>", "<br>", "<em><wbr></em>"] {
        let line = format!("認証アプリの{there}移行手順");
        assert_eq!(phrased(Html(line.clone()), JA, &options()).0, line);
    }
    let once = phrased(
        Html("会社の<em>Wi-Fi</em>につながらないときに確認すること".to_owned()),
        JA,
        &options(),
    );
    assert_eq!(phrased(once.clone(), JA, &options()), once);
}

#[test]
fn lines_do_not_begin_with_closing_signs_nor_end_with_opening_ones() {
    let signs = "「」『』（）、。ーっゃ々【】［］？！：・…";
    let words = ["確認する", "の", "ときに", "Wi-Fi", "お願い"];
    for word in words {
        for sign in signs.chars() {
            for line in [format!("{word}{sign}{word}"), format!("{sign}{word}{sign}{sign}{word}")] {
                let shown = shown(&line);
                for (at, _) in shown.match_indices('|') {
                    let (before, after) = (&shown[..at], &shown[at + 1..]);
                    let (before, after) = (before.chars().next_back(), after.chars().next());
                    assert!(!before.is_some_and(is_opening), "{shown}");
                    assert!(!after.is_some_and(is_never_first), "{shown}");
                }
            }
        }
    }
    assert_eq!(shown("会社の 手順 と 注意"), "会社の 手順 と 注意", "a space breaks by itself");
    assert!(!shown("社内ポータルのMicrosoft&nbsp;Edge &amp; Officeを").contains("&|"));
    assert!(!shown("社内の&lt;重要&gt;な手続き").contains("|&gt;"));
}

proptest::proptest! {
    #[test]
    fn without_its_breaks_a_line_is_what_it_was(
        parts in proptest::collection::vec(part(), 0..24)
    ) {
        let line: String = parts.concat();
        let broken = with_breaks(&line);
        proptest::prop_assert_eq!(broken.replace(GAP, "").replace(BREAK, ""), line.clone());
        proptest::prop_assert!(!broken.contains("<wbr><wbr>"));
        proptest::prop_assert_eq!(with_breaks(&broken), broken);
    }

    #[test]
    fn nothing_that_looks_like_html_breaks_it(line in "[<>&;/a\"'あ確認のを! -]{0,40}") {
        proptest::prop_assert_eq!(with_breaks(&line).replace(GAP, "").replace(BREAK, ""), line.replace(BREAK, ""));
    }
}

/// A word, a sign or an element.
fn part() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    prop_oneof![
        "[ぁ-んァ-ヶ一-十確認移行手順、。「」ーA-c ]{1,8}",
        Just("&amp;".to_owned()),
        Just("&lt;".to_owned()),
        "[のを確認する]{1,6}".prop_map(|text| format!("<em>{text}</em>")),
        "[のを確認する]{1,6}".prop_map(|text| format!("<code>{text}</code>")),
        "[のを確認する]{1,6}".prop_map(|text| format!("<span lang=\"en\">a {text}</span>")),
        Just("<img src=\"a.png\" alt=\"の確認を\">".to_owned()),
    ]
}
