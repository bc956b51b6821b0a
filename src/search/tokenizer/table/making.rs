//! Makes the tables from the specification.
//!
//! In: `tokenizer.json` and `variants.json`. Out: a [`Table`], each row with the signs by
//! which the walk over a text decides.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::search::tokenizer::Glyph;

use super::{
    CASES, Case, DROPS, E_NEXT, E_ROW, Folded, HALF_VOICE, JOINS, KINDS, Kind, LONG, Limits, MANY,
    NAMED, Ranges, SCRIPTS, SPEC, Script, THROUGH, Table, VARIANTS, VOICE, inside, packed,
};

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

/// The tables of the program.
pub(super) fn made() -> Table {
    let spec = serde_json::from_str(SPEC).expect("the specification is part of the program");
    let variants: Pair = serde_json::from_str(VARIANTS).expect("so are the variants");
    table(spec, &variants)
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
    let mut named = vec![0; 0x1_0000];
    let mut name = |text: &str, sign: u16| {
        text.chars().for_each(|c| named[c as usize] |= sign);
    };
    let rules = [vu_from, spec.marks.repeat].iter().collect::<String>() + &spec.merge[0];
    for (text, sign) in [
        (rules.as_str(), NAMED),
        (&spec.e_row[0], E_ROW),
        (&spec.e_row[1], E_NEXT),
        (&spec.marks.long.to_string(), LONG),
        (&spec.through, THROUGH),
        (&spec.joiners, JOINS),
        (&spec.dropped, DROPS),
    ] {
        name(text, sign);
    }
    let mut table = Table {
        version: spec.version,
        limits: spec.limits,
        variants: variants[0].chars().zip(variants[1].chars()).collect(),
        ascii: [Glyph { c: ' ', at: 0, script: Script::Katakana, case: Case::None }; 128],
        flat: Vec::new(),
        many: BTreeMap::new(),
        voiced: pairs(&spec.voiced),
        half_voiced: pairs(&spec.half_voiced),
        merged: pairs(&spec.merge),
        vu: pairs(&[spec.vu[2].clone(), spec.vu[3].clone()]),
        vu_from,
        vu_to,
        e_next,
        long: spec.marks.long,
        repeat: spec.marks.repeat,
        drop: spec.drop,
        cjk: spec.cjk,
        han: spec.han,
        hiragana: spec.hiragana,
        word: spec.word,
        space: spec.space,
        named,
    };
    fill(&mut table);
    let dropped = table.drop.iter().flat_map(|[from, to]| *from..=*to);
    let dropped: Vec<char> = dropped.filter_map(char::from_u32).collect();
    for c in width.sources().into_iter().chain(fold.sources()).chain(dropped) {
        give(&mut table, c, &width, &fold);
    }
    mark(&mut table, &spec.marks.voiced, VOICE);
    mark(&mut table, &spec.marks.half_voiced, HALF_VOICE);
    for code in 0..128 {
        let folded = table.row(code);
        let (c, script, case) = (folded.c, folded.script(), folded.case());
        table.ascii[code as usize] = Glyph { c, at: 0, script, case };
    }
    table
}

impl Table {
    /// `c`, which was `wide` before it was folded.
    pub(super) fn folded(&self, c: char, wide: char) -> Folded {
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
        let named = self.named.get(c as usize).copied().unwrap_or_default();
        Folded { c, signs: signs(kind, script, case(wide)) | named }
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

fn signs(kind: Kind, script: Script, case: Case) -> u16 {
    let place = |at: Option<usize>| at.and_then(|at| u16::try_from(at).ok()).unwrap_or_default();
    let kind = place(KINDS.iter().position(|own| *own == kind));
    let script = place(SCRIPTS.iter().position(|own| *own == script));
    let case = place(CASES.iter().position(|own| *own == case));
    kind | script << 2 | case << 4
}

/// Every character as itself.
fn fill(table: &mut Table) {
    let other = signs(Kind::Other, Script::Katakana, Case::None);
    let other = |code: u32| code | u32::from(other | table.named[code as usize]) << 16;
    table.flat = (0..0x1_0000u32).map(other).collect();
    let ranges =
        [&table.cjk, &table.word, &table.space, &table.hiragana, &table.han].map(Clone::clone);
    for [from, to] in ranges.into_iter().flatten() {
        for c in (from..=to.min(0xffff)).filter_map(char::from_u32) {
            table.flat[c as usize] = packed(table.folded(c, c)).unwrap_or_default();
        }
    }
}

/// What `c` becomes by both steps.
fn give(table: &mut Table, c: char, width: &Step, fold: &Step) {
    let mut found = Vec::new();
    for wide in width.all(c).chars().filter(|wide| !inside(&table.drop, *wide)) {
        found.extend(fold.all(wide).chars().map(|folded| table.folded(folded, wide)));
    }
    let only = if let [one] = found[..] { packed(one) } else { None };
    match (only, table.flat.get_mut(c as usize)) {
        (Some(one), Some(row)) => *row = one,
        (_, row) => {
            row.into_iter().for_each(|row| *row |= u32::from(MANY) << 16);
            table.many.insert(c, found);
        }
    }
}

fn mark(table: &mut Table, text: &str, sign: u16) {
    for c in text.chars() {
        if let Some(row) = table.flat.get_mut(c as usize) {
            *row |= u32::from(sign) << 16;
        }
    }
}
