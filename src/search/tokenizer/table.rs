//! What each character becomes: the tables of `tokenizer.json` as one flat array.
//!
//! In: the specification, and the variant forms of kanji in `variants.json`. Out: for every character its folded form with kind and script. The
//! array holds the basic plane; what is rare is looked up elsewhere.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// The text of the specification, whose hash is part of every index.
pub const SPEC: &str = include_str!("../tokenizer.json");

/// Variant forms of kanji, and the usual ones.
const VARIANTS: &str = include_str!("../variants.json");

/// What a character is for a text that is cut into runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Kana, kanji, and other scripts without spaces.
    Cjk,
    /// Letters and digits.
    Word,
    /// Space of any width.
    Space,
    /// Punctuation, signs, pictures.
    Other,
}

/// How a character of kana and kanji was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Hiragana.
    Hiragana,
    /// Katakana, and what is neither of the others.
    Katakana,
    /// Kanji.
    Kanji,
}

/// The case of a character, in its ordinary width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
    Digit,
    None,
}

/// A folded character with what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) c: char,
    pub(super) kind: Kind,
    pub(super) script: Script,
    pub(super) case: Case,
}

/// What a character of a text becomes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Become<'a> {
    One(Folded),
    /// None, or several.
    Many(&'a [Folded]),
    /// A mark that voices the character before.
    Voice,
    /// A mark that half-voices it.
    HalfVoice,
}

type Ranges = Vec<[u32; 2]>;
type Pair = [String; 2];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    version: u32,
    limits: Limits,
    width: Mapping,
    fold: Mapping,
    voiced: Pair,
    half_voiced: Pair,
    marks: Marks,
    vu: [String; 4],
    merge: Pair,
    e_row: Pair,
    drop: Ranges,
    cjk: Ranges,
    han: Ranges,
    hiragana: Ranges,
    word: Ranges,
    space: Ranges,
    through: String,
    joiners: String,
    dropped: String,
    canonical: Ranges,
    compatible: Ranges,
}

/// How long words may be.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Limits {
    /// Characters of a word that are kept.
    pub(super) word: usize,
    /// Characters of words written as one.
    pub(super) joined: usize,
}

#[derive(Debug, Deserialize)]
struct Mapping {
    map: Pair,
    #[serde(default)]
    shift: Vec<[i64; 3]>,
    #[serde(default)]
    expand: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Marks {
    voiced: String,
    half_voiced: String,
    long: char,
    repeat: char,
}

/// The tables.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) version: u32,
    pub(super) limits: Limits,
    /// Variant forms of kanji with the usual ones, in the order of their table.
    pub(super) variants: Vec<(char, char)>,
    /// ASCII characters, folded.
    pub(super) ascii: Vec<Folded>,
    /// By code, for the basic plane.
    flat: Vec<u32>,
    /// Characters that become none or several, and those of other planes with a row.
    many: BTreeMap<char, Vec<Folded>>,
    voiced: BTreeMap<char, char>,
    half_voiced: BTreeMap<char, char>,
    merged: BTreeMap<char, char>,
    vu: BTreeMap<char, char>,
    /// `ヴ`, and what it stands for alone.
    pub(super) vu_from: char,
    pub(super) vu_to: char,
    e_row: String,
    pub(super) e_next: char,
    pub(super) long: char,
    pub(super) repeat: char,
    drop: Ranges,
    cjk: Ranges,
    han: Ranges,
    hiragana: Ranges,
    word: Ranges,
    space: Ranges,
    through: String,
    joiners: String,
    dropped: String,
}

/// The tables, made when they are first needed.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let spec = serde_json::from_str(SPEC).expect("the specification is part of the program");
    let variants: Pair = serde_json::from_str(VARIANTS).expect("so are the variants");
    table(spec, &variants)
});

const MANY: u32 = 1 << 27;
const VOICE: u32 = 1 << 28;
const HALF_VOICE: u32 = 1 << 29;
/// On a folded character: a rule of kana and kanji names it.
const NAMED: u32 = 1 << 30;

impl Table {
    /// What `c` becomes.
    #[inline]
    pub(super) fn of(&self, c: char) -> Become<'_> {
        let Some(row) = self.flat.get(c as usize) else { return self.beyond(c) };
        if row & (MANY | VOICE | HALF_VOICE) == 0 {
            return Become::One(unpacked(*row));
        }
        if row & VOICE != 0 {
            Become::Voice
        } else if row & HALF_VOICE != 0 {
            Become::HalfVoice
        } else {
            Become::Many(&self.many[&c])
        }
    }

    /// Characters of other planes.
    fn beyond(&self, c: char) -> Become<'_> {
        if let Some(many) = self.many.get(&c) {
            return Become::Many(many);
        }
        if inside(&self.drop, c) { Become::Many(&[]) } else { Become::One(self.folded(c, c)) }
    }

    fn folded(&self, c: char, wide: char) -> Folded {
        let kind = match c {
            _ if inside(&self.cjk, c) => Kind::Cjk,
            _ if inside(&self.word, c) => Kind::Word,
            _ if inside(&self.space, c) => Kind::Space,
            _ => Kind::Other,
        };
        let script = match wide {
            _ if inside(&self.hiragana, wide) => Script::Hiragana,
            _ if inside(&self.han, wide) => Script::Kanji,
            _ => Script::Katakana,
        };
        Folded { c, kind, script, case: case(wide) }
    }

    /// Whether a rule of kana and kanji names the folded character `c`.
    #[inline]
    pub(super) fn is_named(&self, c: char) -> bool {
        self.flat.get(c as usize).is_some_and(|row| row & NAMED != 0)
    }

    /// A sound with the mark of its voice.
    pub(super) fn voiced(&self, half: bool, c: char) -> Option<char> {
        if half { &self.half_voiced } else { &self.voiced }.get(&c).copied()
    }

    /// The sound as which `c` counts.
    pub(super) fn merged(&self, c: char) -> char {
        self.merged.get(&c).copied().unwrap_or(c)
    }

    /// What `ヴ` and `c` are together.
    pub(super) fn after_vu(&self, c: char) -> Option<char> {
        self.vu.get(&c).copied()
    }

    /// Whether a sound is one that `イ` makes long.
    pub(super) fn is_e_row(&self, c: char) -> bool {
        self.e_row.contains(c)
    }

    /// Whether kana and kanji go on over `c`.
    pub(super) fn goes_through(&self, c: char) -> bool {
        self.through.contains(c)
    }

    /// Whether `c` ties two words.
    pub(super) fn joins(&self, c: char) -> bool {
        self.joiners.contains(c)
    }

    /// Whether `c` is nothing inside a word.
    pub(super) fn drops(&self, c: char) -> bool {
        self.dropped.contains(c)
    }

    #[inline]
    pub(super) fn is_han(&self, c: char) -> bool {
        // Nearly all that are asked for.
        matches!(c, '\u{4e00}'..='\u{9fff}') || inside(&self.han, c)
    }
}

fn case(c: char) -> Case {
    match c {
        'A'..='Z' => Case::Upper,
        'a'..='z' => Case::Lower,
        '0'..='9' => Case::Digit,
        _ => Case::None,
    }
}

fn inside(ranges: &[[u32; 2]], c: char) -> bool {
    let code = u32::from(c);
    let at = ranges.partition_point(|range| range[1] < code);
    ranges.get(at).is_some_and(|range| range[0] <= code)
}

fn packed(folded: Folded) -> u32 {
    u32::from(folded.c)
        | (folded.kind as u32) << 21
        | (folded.script as u32) << 23
        | (folded.case as u32) << 25
}

#[inline]
fn unpacked(row: u32) -> Folded {
    let kinds = [Kind::Cjk, Kind::Word, Kind::Space, Kind::Other];
    let scripts = [Script::Hiragana, Script::Katakana, Script::Kanji, Script::Katakana];
    let cases = [Case::Upper, Case::Lower, Case::Digit, Case::None];
    let part = |shift: u32| (row >> shift) as usize & 3;
    Folded {
        c: char::from_u32(row & 0x1f_ffff).unwrap_or('\u{fffd}'),
        kind: kinds[part(21)],
        script: scripts[part(23)],
        case: cases[part(25)],
    }
}

fn pairs(pair: &Pair) -> BTreeMap<char, char> {
    pair[0].chars().zip(pair[1].chars()).collect()
}

/// One step of folding, over all characters.
struct Step {
    map: BTreeMap<char, char>,
    shift: Vec<[i64; 3]>,
    expand: BTreeMap<char, String>,
    /// Characters that are taken apart from their accents instead.
    canonical: Ranges,
    /// Characters that become what they are a form of: another width, a circle, a ligature.
    compatible: Ranges,
}

impl Step {
    fn new(mapping: Mapping, canonical: Ranges, compatible: Ranges) -> Self {
        let first = |text: String| text.chars().next().expect("a row is of a character");
        let expand = mapping.expand.into_iter().map(|(from, to)| (first(from), to)).collect();
        Self { map: pairs(&mapping.map), shift: mapping.shift, expand, canonical, compatible }
    }

    /// What `c` becomes, as long as it is one character.
    fn one(&self, c: char) -> char {
        if let Some(to) = self.map.get(&c) {
            return *to;
        }
        let code = i64::from(u32::from(c));
        let shift = self.shift.iter().find(|[from, to, _]| (*from..=*to).contains(&code));
        let moved = shift.and_then(|[_, _, by]| char::from_u32(u32::try_from(code + by).ok()?));
        moved.unwrap_or(c)
    }

    fn all(&self, c: char) -> String {
        if inside(&self.canonical, c) {
            return std::iter::once(c).nfd().collect();
        }
        if inside(&self.compatible, c) {
            return std::iter::once(c).nfkc().collect();
        }
        let one = self.one(c);
        self.expand.get(&one).cloned().unwrap_or_else(|| one.to_string())
    }

    /// The characters that this step changes.
    fn sources(&self) -> Vec<char> {
        let shifted = self.shift.iter().flat_map(|[from, to, _]| *from..=*to);
        let normal = self.canonical.iter().chain(&self.compatible);
        let apart = normal.flat_map(|[from, to]| *from..=*to).map(i64::from);
        let codes = shifted.chain(apart);
        let codes = codes.filter_map(|code| char::from_u32(u32::try_from(code).ok()?));
        self.map.keys().chain(self.expand.keys()).copied().chain(codes).collect()
    }
}

fn table(spec: Spec, variants: &Pair) -> Table {
    let width = Step::new(spec.width, spec.canonical, spec.compatible);
    let mut fold = Step::new(spec.fold, Vec::new(), Vec::new());
    fold.map.extend(pairs(variants));
    let [vu_from, vu_to, e_next] = [&spec.vu[0], &spec.vu[1], &spec.e_row[1]]
        .map(|text| text.chars().next().expect("the rule names a sound"));
    let mut table = Table {
        version: spec.version,
        limits: spec.limits,
        variants: variants[0].chars().zip(variants[1].chars()).collect(),
        ascii: Vec::new(),
        flat: Vec::new(),
        many: BTreeMap::new(),
        voiced: pairs(&spec.voiced),
        half_voiced: pairs(&spec.half_voiced),
        merged: pairs(&spec.merge),
        vu: pairs(&[spec.vu[2].clone(), spec.vu[3].clone()]),
        vu_from,
        vu_to,
        e_row: spec.e_row[0].clone(),
        e_next,
        long: spec.marks.long,
        repeat: spec.marks.repeat,
        drop: spec.drop,
        cjk: spec.cjk,
        han: spec.han,
        hiragana: spec.hiragana,
        word: spec.word,
        space: spec.space,
        through: spec.through,
        joiners: spec.joiners,
        dropped: spec.dropped,
    };
    fill(&mut table);
    let dropped = table.drop.iter().flat_map(|[from, to]| *from..=*to);
    let dropped: Vec<char> = dropped.filter_map(char::from_u32).collect();
    for c in width.sources().into_iter().chain(fold.sources()).chain(dropped) {
        give(&mut table, c, &width, &fold);
    }
    mark(&mut table, &spec.marks.voiced, VOICE);
    mark(&mut table, &spec.marks.half_voiced, HALF_VOICE);
    let rules: String = table.merged.keys().chain(table.vu.keys()).collect();
    let rules = [rules, [vu_from, e_next, table.long, table.repeat].iter().collect()];
    rules.iter().for_each(|rule| mark(&mut table, rule, NAMED));
    table.ascii = table.flat[..128].iter().map(|row| unpacked(*row)).collect();
    table
}

/// Every character as itself.
fn fill(table: &mut Table) {
    let other = Folded { c: '\0', kind: Kind::Other, script: Script::Katakana, case: Case::None };
    table.flat = (0..0x1_0000u32).map(|code| packed(other) | code).collect();
    let ranges =
        [&table.cjk, &table.word, &table.space, &table.hiragana, &table.han].map(Clone::clone);
    for [from, to] in ranges.into_iter().flatten() {
        for c in (from..=to.min(0xffff)).filter_map(char::from_u32) {
            table.flat[c as usize] = packed(table.folded(c, c));
        }
    }
}

/// What `c` becomes by both steps.
fn give(table: &mut Table, c: char, width: &Step, fold: &Step) {
    let mut found = Vec::new();
    for wide in width.all(c).chars().filter(|wide| !inside(&table.drop, *wide)) {
        found.extend(fold.all(wide).chars().map(|folded| table.folded(folded, wide)));
    }
    match (&found[..], table.flat.get_mut(c as usize)) {
        ([one], Some(row)) => *row = packed(*one),
        (_, row) => {
            row.into_iter().for_each(|row| *row |= MANY);
            table.many.insert(c, found);
        }
    }
}

fn mark(table: &mut Table, text: &str, flag: u32) {
    for c in text.chars() {
        if let Some(row) = table.flat.get_mut(c as usize) {
            *row |= flag;
        }
    }
}
