//! The glossary of a locale: its terms that have a definition, in the order of its language.
//!
//! In: the terms of a chain. Out: groups of terms, each under the letter or the kana row that
//! its reading begins with. Must not know pages or addresses.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use unicode_normalization::UnicodeNormalization;

use super::{Messages, TermWords, format};
use crate::document::LocaleId;

/// Terms whose readings begin alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryGroup {
    /// The letter or kana; `None` for terms that begin with neither.
    pub head: Option<String>,
    /// Its terms, in order.
    pub terms: Vec<GlossaryTerm>,
}

/// A term with its definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// Its name, without the hyphen.
    pub name: String,
    /// What it says.
    pub word: String,
    /// How it is read, where that is not what it says.
    pub reading: Option<String>,
    /// What it means.
    pub definition: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
    /// Where more is said, as written.
    pub url: Option<String>,
    /// The language that it is in, where another one stands in.
    pub lang: Option<String>,
}

impl Messages {
    /// Whether `locale` has terms with a definition.
    pub fn has_glossary(&self, locale: LocaleId) -> bool {
        self.terms(locale).iter().any(|(name, words)| entry(name, words).is_some())
    }

    /// The terms of `locale` that have a definition, in groups: kana rows in Japanese, then
    /// letters, then the rest.
    pub fn glossary(&self, locale: LocaleId) -> Vec<GlossaryGroup> {
        let terms = self.terms(locale).iter().filter_map(|(name, words)| entry(name, words));
        let order = Order::of(&self.chains[usize::from(locale.0)].tag);
        let mut placed: Vec<(Head, GlossaryTerm)> =
            terms.map(|term| (order.head(reading(&term)), term)).collect();
        placed.sort_by(|(a_head, a), (b_head, b)| {
            let texts = || order.whole.compare(reading(a), reading(b));
            let names = || (&a.word, &a.name).cmp(&(&b.word, &b.name));
            order.heads(a_head, b_head).then_with(texts).then_with(names)
        });
        let groups = placed.chunk_by(|(a, _), (b, _)| a == b);
        groups
            .map(|group| GlossaryGroup {
                head: group[0].0.text(),
                terms: group.iter().map(|(_, term)| term.clone()).collect(),
            })
            .collect()
    }
}

/// A term of the glossary; `None` where nobody has said what it means.
fn entry(name: &str, words: &TermWords) -> Option<GlossaryTerm> {
    let said = words.told.said.as_ref().filter(|said| !said.text.is_empty())?;
    Some(GlossaryTerm {
        name: name.to_owned(),
        word: said.text.to_string(),
        reading: words.yomi.clone().filter(|yomi| **yomi != *said.text),
        definition: said.definition.as_ref()?.to_string(),
        synonyms: words.synonyms.clone(),
        url: said.url.as_ref().map(ToString::to_string),
        lang: said.lang.as_ref().map(ToString::to_string),
    })
}

/// What a term is sorted by.
fn reading(term: &GlossaryTerm) -> &str {
    term.reading.as_deref().unwrap_or(&term.word)
}

/// What a group stands under, in the order of groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Head {
    /// A row of kana, by its number in [`ROWS`].
    Row(usize),
    Letter(String),
    Other,
}

impl Head {
    fn text(&self) -> Option<String> {
        match self {
            Head::Row(row) => ROWS[*row].chars().next().map(String::from),
            Head::Letter(letter) => Some(letter.clone()),
            Head::Other => None,
        }
    }
}

/// The rows of kana, each beginning with the one that it is called by.
const ROWS: [&str; 10] = [
    "あいうえおぁぃぅぇぉ",
    "かきくけこゕゖ",
    "さしすせそ",
    "たちつてとっ",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよゃゅょ",
    "らりるれろ",
    "わゐゑをんゎ",
];

/// The order of a language.
struct Order {
    is_japanese: bool,
    whole: CollatorBorrowed<'static>,
    /// Tells letters apart, not their accents or their case.
    letters: CollatorBorrowed<'static>,
}

impl Order {
    fn of(tag: &str) -> Self {
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            let made = Collator::try_new(format::icu_locale(tag).into(), options);
            made.expect("the compiled data fall back to the root locale")
        };
        Self {
            is_japanese: tag.split('-').next() == Some("ja"),
            whole: collator(Strength::Tertiary),
            letters: collator(Strength::Primary),
        }
    }

    fn head(&self, text: &str) -> Head {
        // Full-width letters and half-width kana are the same letters.
        let Some(first) = text.nfkc().next() else { return Head::Other };
        let plain = first.nfd().next().unwrap_or(first);
        if self.is_japanese
            && let Some(row) = ROWS.iter().position(|row| row.contains(hiragana(plain)))
        {
            return Head::Row(row);
        }
        let is_letter = plain.is_alphabetic() && !is_ideograph(plain);
        if !is_letter || (self.is_japanese && !plain.is_ascii_alphabetic()) {
            return Head::Other;
        }
        // `É` is an E in French; `Å` is a letter of its own in Swedish.
        let (own, bare) = (first.to_string(), plain.to_string());
        let same = self.letters.compare(&own, &bare) == Ordering::Equal;
        Head::Letter(if same { bare } else { own }.to_uppercase())
    }

    fn heads(&self, a: &Head, b: &Head) -> Ordering {
        match (a, b) {
            (Head::Letter(a), Head::Letter(b)) => self.whole.compare(a, b).then_with(|| a.cmp(b)),
            (a, b) => a.cmp(b),
        }
    }
}

/// A letter of katakana as hiragana.
fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        c => c,
    }
}

/// Whether a character stands for a word, of which no reading is known.
fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Locale;
    use crate::messages::MessageSource;
    use crate::text::FileId;

    fn glossary(tags: &[&str], texts: &[&str]) -> Vec<Vec<GlossaryGroup>> {
        let locales: Vec<Locale> = tags.iter().map(|tag| Locale::new(tag).unwrap()).collect();
        let sources: Vec<_> = locales.iter().zip(texts).zip(0..).collect();
        let sources: Vec<_> = sources
            .into_iter()
            .map(|((locale, text), id)| MessageSource {
                file: FileId(id),
                locale: locale.clone(),
                layer: 0,
                text,
            })
            .collect();
        let messages = Messages::new(&sources, &locales).value;
        (0u16..).take(tags.len()).map(|at| messages.glossary(LocaleId(at))).collect()
    }

    /// Terms called `t0`, `t1`, … each with its reading.
    fn defined(words: &[(&str, &str)]) -> String {
        let term = |(at, (word, yomi)): (usize, &(&str, &str))| {
            let yomi =
                if yomi.is_empty() { String::new() } else { format!("    .yomi = {yomi}\n") };
            format!("-t{at} = {word}\n    .definition = x\n{yomi}")
        };
        words.iter().enumerate().map(term).collect()
    }

    /// Each group as `あ:暗号 鍵`.
    fn told(groups: &[GlossaryGroup]) -> Vec<String> {
        let line = |group: &GlossaryGroup| {
            let words: Vec<&str> = group.terms.iter().map(|term| term.word.as_str()).collect();
            format!("{}:{}", group.head.as_deref().unwrap_or("-"), words.join(" "))
        };
        groups.iter().map(line).collect()
    }

    #[test]
    fn japanese_stands_in_rows_of_kana_by_its_reading() {
        let words = [
            ("学部", "がくぶ"),
            ("Zoom", ""),
            ("バックアップ", ""),
            ("鍵", "かぎ"),
            ("VPN", "ぶいぴーえぬ"),
            ("ウェブ", ""),
            ("暗号", "あんごう"),
            ("漢字", ""),
            ("ｱプリ", ""),
            ("ヴェール", ""),
            ("ACL", ""),
            ("ッ", ""),
            ("ん", ""),
            ("3段階", ""),
        ];
        let groups = &glossary(&["ja"], &[&defined(&words)])[0];
        let expected = [
            "あ:ｱプリ 暗号 ヴェール ウェブ",
            "か:鍵 学部",
            "た:ッ",
            "は:バックアップ VPN",
            "わ:ん",
            "A:ACL",
            "Z:Zoom",
            "-:3段階 漢字",
        ];
        assert_eq!(told(groups), expected);
    }

    #[test]
    fn other_languages_stand_in_their_own_order() {
        let words =
            [("zip", ""), ("Éclair", ""), ("apple", ""), ("Egg", ""), ("Åsa", ""), ("9", "")];
        let text = defined(&words);
        let told = |tag| told(&glossary(&[tag], &[&text])[0]);
        assert_eq!(told("en"), ["A:apple Åsa", "E:Éclair Egg", "Z:zip", "-:9"]);
        assert_eq!(told("sv"), ["A:apple", "E:Éclair Egg", "Z:zip", "Å:Åsa", "-:9"]);
    }

    #[test]
    fn what_stands_in_says_its_language_and_only_what_is_defined_is_there() {
        let japanese = "-a = 網\n    .definition = 道\n    .yomi = あみ\n-b = 名\n";
        let english = "-c = card\n    .definition = of paper\n    .definition-x = no\n";
        let both = glossary(&["ja", "en"], &[japanese, english]);
        assert_eq!(told(&both[0]), ["あ:網", "C:card"]);
        assert_eq!(both[0][0].terms[0].reading.as_deref(), Some("あみ"));
        assert_eq!(both[0][1].terms[0].lang.as_deref(), Some("en"));
        assert_eq!(told(&both[1]), ["C:card", "あ:網"]);
        assert_eq!(both[1][1].terms[0].lang.as_deref(), Some("ja"));
        assert!(glossary(&["ja"], &["-b = 名\n"])[0].is_empty());
    }
}
