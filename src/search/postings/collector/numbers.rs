//! Numbers for tokens: one open table, in which most tokens are their own key.

use crate::search::tokenizer::Token;

/// The tokens of a worker and where the guide that is read counts them.
#[derive(Debug)]
pub(super) struct Numbers {
    /// As many as a power of two, less than half of them taken.
    slots: Vec<Slot>,
    /// By how many bits a hash is cut to a place.
    shift: u32,
    pub(super) names: Vec<Name>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slot {
    key: u64,
    /// One more than the token's number; 0 where the slot is free.
    count: u32,
    /// Which guide held it last.
    pub(super) guide: u32,
    /// Where that guide counts it.
    pub(super) own: u32,
}

impl Slot {
    /// The token's number.
    #[inline]
    pub(super) fn number(self) -> u32 {
        self.count - 1
    }
}

impl Default for Numbers {
    fn default() -> Self {
        const BITS: u32 = 12;
        Self { slots: vec![Slot::default(); 1 << BITS], shift: 64 - BITS, names: Vec::new() }
    }
}

/// The mark of keys that are hashes of long words.
const LONG: u64 = 1 << 62;

impl Numbers {
    /// The slot of a token.
    #[inline]
    pub(super) fn of(&mut self, token: Token<'_>) -> &mut Slot {
        let key = match token {
            Token::Pair(a, b) => u64::from(u32::from(a)) << 21 | u64::from(u32::from(b)),
            Token::Single(c) => u64::from(u32::from(c)),
            Token::Word(word) if word.len() <= 7 => packed(word.as_bytes()) | WORD,
            Token::Word(word) => hash(word.as_bytes()) | WORD | LONG,
        };
        let long = if key >= WORD | LONG { token.word() } else { None };
        let mut at = self.place(key);
        loop {
            let slot = &self.slots[at];
            if slot.count == 0 {
                return self.add(key, long, at);
            }
            let same = slot.key == key
                && long.is_none_or(|word| self.names[slot.number() as usize].is(word));
            if same {
                return &mut self.slots[at];
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, key: u64) -> usize {
        (mixed(0, key) >> self.shift) as usize
    }

    #[cold]
    fn add(&mut self, key: u64, long: Option<&str>, mut at: usize) -> &mut Slot {
        if self.names.len() * 2 >= self.slots.len() {
            self.grow();
            at = self.free(key);
        }
        self.names.push(long.map_or(Name::Packed(key), |word| Name::Long(word.into())));
        let count = u32::try_from(self.names.len()).expect("tokens are counted in 32 bits");
        self.slots[at] = Slot { key, count, guide: 0, own: 0 };
        &mut self.slots[at]
    }

    fn grow(&mut self) {
        let larger = vec![Slot::default(); self.slots.len() * 2];
        self.shift -= 1;
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.count > 0 {
                let at = self.free(slot.key);
                self.slots[at] = slot;
            }
        }
    }

    fn free(&self, key: u64) -> usize {
        let mut at = self.place(key);
        while self.slots[at].count > 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }
}

/// Up to seven bytes as a number.
#[inline]
fn packed(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |packed, byte| packed << 8 | u64::from(*byte))
}

/// A hash for texts that nobody chooses to do harm: they are the site's own.
#[inline]
fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk));
        hash = mixed(hash, word);
    }
    mixed(hash, packed(chunks.remainder()))
}

#[inline]
fn mixed(hash: u64, word: u64) -> u64 {
    let mixed = (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    (mixed ^ mixed >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A token in little space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::search) enum Name {
    /// One or two characters, or a word of up to seven bytes.
    Packed(u64),
    /// A longer word.
    Long(Box<str>),
}

/// The mark of a packed word.
const WORD: u64 = 1 << 63;

impl Name {
    /// The token as text.
    pub(in crate::search) fn text(&self) -> String {
        let mut text = String::new();
        self.each(|_, c| text.push(c));
        text
    }

    /// Calls `visit` with each character and its place.
    pub(in crate::search) fn each(&self, mut visit: impl FnMut(usize, char)) {
        let mut all = |text: &str| text.chars().enumerate().for_each(|(at, c)| visit(at, c));
        match self {
            Name::Long(word) => all(word),
            Name::Packed(packed) if packed & WORD != 0 => {
                let bytes = (packed & !WORD).to_le_bytes();
                all(std::str::from_utf8(&bytes).unwrap_or_default().trim_end_matches('\0'));
            }
            Name::Packed(packed) => {
                let c = |code: u64| char::from_u32(u32::try_from(code).ok()?);
                let first = c(packed >> 21).filter(|c| *c != '\0');
                first
                    .into_iter()
                    .chain(c(packed & 0x1f_ffff))
                    .enumerate()
                    .for_each(|(at, c)| visit(at, c));
            }
        }
    }

    fn is(&self, word: &str) -> bool {
        matches!(self, Name::Long(own) if **own == *word)
    }

    /// Whether it is a word, and not of kana and kanji.
    pub(in crate::search) fn is_word(&self) -> bool {
        match self {
            Name::Packed(packed) => packed & WORD != 0,
            Name::Long(_) => true,
        }
    }
}
