//! Fingerprints of values, and maps over many items that count what ran.
//!
//! The only module that names the hash and the thread crates. Results come back in the
//! order of the items, whatever the number of threads.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rayon::prelude::*;

/// 128 bits of BLAKE3: equal fingerprints mean equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::cut(blake3::hash(bytes))
    }

    /// Of a value, by its `Hash`: no maps without order, no floats, no machine's paths.
    pub fn of(value: &impl Hash) -> Self {
        let mut hasher = Feed(blake3::Hasher::new());
        value.hash(&mut hasher);
        Self::cut(hasher.0.finalize())
    }

    fn cut(hash: blake3::Hash) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Self(bytes)
    }

    /// As 32 hexadecimal digits.
    pub fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Its first `length` digits of base 36, `0` to `9` and `a` to `z`; at most 24.
    pub fn base36(self, length: usize) -> String {
        let mut rest = u128::from_be_bytes(self.0);
        let mut digit = || {
            let digit = u32::try_from(rest % 36).expect("it is less than 36");
            rest /= 36;
            char::from_digit(digit, 36).expect("it is a digit of base 36")
        };
        (0..length).map(|_| digit()).collect()
    }

    /// From 32 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Feeds a value's `Hash` to the hash function. Numbers go in by their little-endian
/// bytes, so that the result is the same on every machine.
struct Feed(blake3::Hasher);

impl Hasher for Feed {
    fn finish(&self) -> u64 {
        unreachable!("fingerprints are taken from the whole hash")
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_usize(&mut self, number: usize) {
        self.0.update(&(number as u64).to_le_bytes());
    }
}

/// What ran, by stage: for `--stats`, and for showing how far a build has come.
///
/// The core has no clock: it is handed one that tells the time since some start.
#[derive(Debug)]
pub struct Counters {
    clock: fn() -> Duration,
    counts: Mutex<BTreeMap<&'static str, Count>>,
    meter: Meter,
}

/// What a stage did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How often it ran.
    pub runs: u64,
    /// How often a remembered result served.
    pub reuses: u64,
    /// How long it took from first to last, in all its calls.
    pub time: Duration,
}

/// How far the stage that runs has come; can be read from another thread.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<(Mutex<&'static str>, AtomicU64, AtomicU64)>);

impl Meter {
    /// The stage that runs, how many items it has done, and of how many.
    pub fn now(&self) -> (&'static str, u64, u64) {
        let stage = *self.0.0.lock().expect("no meter panics");
        (stage, self.0.1.load(Ordering::Relaxed), self.0.2.load(Ordering::Relaxed))
    }
}

impl Counters {
    /// Nothing has run; `clock` tells the time since some start.
    pub fn new(clock: fn() -> Duration) -> Self {
        Self { clock, counts: Mutex::default(), meter: Meter::default() }
    }

    /// How far the build has come.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// Runs `work`, a stage over `items` items, and notes it.
    pub fn time<R>(&self, stage: &'static str, items: usize, work: impl FnOnce() -> R) -> R {
        *self.meter.0.0.lock().expect("no meter panics") = stage;
        self.meter.0.1.store(0, Ordering::Relaxed);
        self.meter.0.2.store(items as u64, Ordering::Relaxed);
        let began = (self.clock)();
        let result = work();
        let took = (self.clock)().saturating_sub(began);
        let mut counts = self.counts.lock().expect("no counter panics");
        let count = counts.entry(stage).or_default();
        count.runs += items as u64;
        count.time += took;
        result
    }

    /// Runs `make` for every item on all cores, as stage `stage`; results in the items'
    /// order.
    pub fn map<T: Sync, R: Send>(
        &self,
        stage: &'static str,
        items: &[T],
        make: impl Fn(&T) -> R + Sync + Send,
    ) -> Vec<R> {
        let done = &self.meter.0.1;
        self.time(stage, items.len(), || {
            map(items, |item| {
                let made = make(item);
                done.fetch_add(1, Ordering::Relaxed);
                made
            })
        })
    }

    /// As [`Counters::map`], by parts of `size` items: `take` gets the results of each part,
    /// in order, before the next one is begun.
    pub fn map_parts<T: Sync, R: Send>(
        &self,
        stage: &'static str,
        (items, size): (&[T], usize),
        make: impl Fn(&T) -> R + Sync + Send,
        mut take: impl FnMut(Vec<R>),
    ) {
        let done = &self.meter.0.1;
        self.time(stage, items.len(), || {
            for part in items.chunks(size) {
                take(map(part, |item| {
                    let made = make(item);
                    done.fetch_add(1, Ordering::Relaxed);
                    made
                }));
            }
        });
    }

    /// Notes that remembered results of a stage served.
    pub fn reused(&self, stage: &'static str, times: usize) {
        if times > 0 {
            let mut counts = self.counts.lock().expect("no counter panics");
            counts.entry(stage).or_default().reuses += times as u64;
        }
    }

    /// The counts so far.
    pub fn counts(&self) -> BTreeMap<&'static str, Count> {
        self.counts.lock().expect("no counter panics").clone()
    }
}

/// Runs `make` for every item, on all cores, and gives the results in the items' order.
pub fn map<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    // Small pieces keep both cores busy to the end; one at a time would cost more than it
    // gives for cheap items.
    items.par_iter().with_min_len(4).map(&make).collect()
}

/// Hands every item to `take`, on all cores, in no order.
pub fn each<T: Send>(items: Vec<T>, take: impl Fn(T) + Sync + Send) {
    items.into_par_iter().with_min_len(4).for_each(&take);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_round_trip_and_differ() {
        let one = Fingerprint::of(&("手引き", 1u32));
        assert_eq!(Fingerprint::from_hex(&one.hex()), Some(one));
        assert_ne!(one, Fingerprint::of(&("手引き", 2u32)));
        assert_eq!(Fingerprint::from_hex("短い"), None);
    }

    #[test]
    fn results_keep_the_order_of_items() {
        let items: Vec<u32> = (0..1000).collect();
        assert_eq!(map(&items, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
    }
}
