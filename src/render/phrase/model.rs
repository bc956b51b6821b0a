//! Which characters of a Japanese text begin a phrase, by the model of BudouX.
//!
//! In: text as UTF-16 code units, which is what the model was made for. Out: whether a phrase
//! begins at each of them. The method is that of BudouX (<https://github.com/google/budoux>):
//! a sum over what stands in a window of six around each place, one weight for each character,
//! pair and triple and for where in the window it stands. Knows nothing of HTML, and not
//! whether a line may break there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// How many places a character, pair or triple has a say in.
const WINDOW: usize = 6;

/// Slots of the table: a power of two, four times what the model fills.
const SLOTS: usize = 1 << 12;

/// The weights, in one flat table: what costs is looking up what is not there, and in a
/// table that is mostly empty the first look tells.
pub(super) struct Model {
    keys: Vec<u64>,
    weights: Vec<[i16; WINDOW]>,
    /// Half of the sum of all weights: what a place must be above to begin a phrase.
    threshold: i32,
}

/// The model of Japanese.
pub(super) fn japanese() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(include_str!("ja.json")))
}

impl Model {
    fn read(json: &str) -> Self {
        let groups: BTreeMap<String, BTreeMap<String, i16>> =
            serde_json::from_str(json).expect("the model is kept as JSON of this form");
        let keys = vec![0; SLOTS];
        let mut model = Self { keys, weights: vec![[0; WINDOW]; SLOTS], threshold: 0 };
        for (group, weights) in &groups {
            let place = place(group).expect("the model has no other groups");
            for (characters, weight) in weights {
                let units: Vec<u16> = characters.encode_utf16().collect();
                let slot = model.slot(key(&units));
                model.keys[slot] = key(&units);
                model.weights[slot][place] += weight;
                model.threshold += i32::from(*weight);
            }
        }
        model.threshold /= 2;
        model
    }

    /// The slot of a key, or the empty one where it would be.
    fn slot(&self, key: u64) -> usize {
        let mut slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - 12)) as usize;
        while self.keys[slot] != key && self.keys[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// For each code unit whether a phrase begins with it; the first one's word is empty.
    pub(super) fn begins(&self, units: &[u16]) -> Vec<bool> {
        let mut sums = vec![0i32; units.len() + WINDOW - 1];
        for at in 0..units.len() {
            for length in 1..=3.min(units.len() - at) {
                let slot = self.slot(key(&units[at..at + length]));
                if self.keys[slot] != 0 {
                    let window = &mut sums[at..at + WINDOW];
                    for (sum, weight) in window.iter_mut().zip(&self.weights[slot]) {
                        *sum += i32::from(*weight);
                    }
                }
            }
        }
        sums[2..2 + units.len()].iter().map(|sum| *sum > self.threshold).collect()
    }
}

/// One to three code units as a key, which is never 0.
fn key(units: &[u16]) -> u64 {
    units.iter().fold(1, |key, unit| key << 16 | u64::from(*unit))
}

/// Where in the window that begins two places before a run of characters a group's weight
/// counts: `UW1` is about the third character before a place, so about the place three after
/// a character.
fn place(group: &str) -> Option<usize> {
    const GROUPS: [(&str, [&str; WINDOW]); 3] = [
        ("UW", ["UW6", "UW5", "UW4", "UW3", "UW2", "UW1"]),
        ("BW", ["", "", "BW3", "BW2", "BW1", ""]),
        ("TW", ["", "", "TW4", "TW3", "TW2", "TW1"]),
    ];
    let (_, places) = GROUPS.iter().find(|(kind, _)| group.starts_with(kind))?;
    places.iter().position(|name| *name == group)
}
