//! The postings of a token in little space.

/// The postings of a token in one locale, behind each guide's number and their length.
#[derive(Debug, Default, Clone)]
pub(super) struct List {
    bytes: Vec<u8>,
    pub(super) count: u32,
}

impl List {
    /// Adds what [`framed`] gave.
    #[inline]
    pub(super) fn push(&mut self, framed: &[u8]) {
        self.bytes.extend_from_slice(framed);
        self.count += 1;
    }

    /// The postings, each with the number of its guide.
    pub(super) fn postings(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut rest = &self.bytes[..];
        std::iter::from_fn(move || {
            let guide = take(&mut rest)?;
            let length = take(&mut rest)? as usize;
            let (posting, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some((guide, posting))
        })
    }
}

/// Puts a posting into `out` behind its guide's number, which is `head`, and its length.
#[inline]
pub(super) fn framed(out: &mut Vec<u8>, head: &[u8], posting: &[u8]) {
    out.clear();
    out.extend_from_slice(head);
    put(out, u32::try_from(posting.len()).expect("postings are short"));
    out.extend_from_slice(posting);
}

/// Seven bits a byte, the low ones first.
#[inline]
pub(super) fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        number |= u32::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
