//! Numbers as text of 92 symbols, small ones as one: what postings are written in.
//!
//! A symbol of value 0 to 63 ends a number, one of 64 to 91 goes on, least significant part
//! first. The symbols are `#` to `~` without the backslash, for which `!` stands, so that a
//! JSON string holds them as they are.

/// Symbols below this end a number.
const END: u32 = 64;
/// How many symbols go on.
const BASE: u32 = 28;

/// Appends a number.
#[inline]
pub(super) fn push(out: &mut String, mut number: u32) {
    while number >= END {
        out.push(char::from(symbol(END + number % BASE)));
        number /= BASE;
    }
    out.push(char::from(symbol(number)));
}

/// As [`push`], to bytes.
#[inline]
pub(super) fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= END {
        out.push(symbol(END + number % BASE));
        number /= BASE;
    }
    out.push(symbol(number));
}

/// Takes the number at the head of `rest`; `None` where there is none that fits.
#[inline]
pub(super) fn take(rest: &mut &[u8]) -> Option<u32> {
    let (mut value, mut factor) = (0u64, 1u64);
    loop {
        let (first, behind) = rest.split_first()?;
        *rest = behind;
        let digit = value_of(*first)?;
        if digit < END {
            return u32::try_from(value + u64::from(digit) * factor).ok();
        }
        value += u64::from(digit - END) * factor;
        factor = factor.checked_mul(u64::from(BASE)).filter(|factor| *factor < 1 << 40)?;
    }
}

/// The symbol of a value below 92.
#[inline]
fn symbol(value: u32) -> u8 {
    let symbol = (value as u8).wrapping_add(35);
    if symbol == b'\\' { b'!' } else { symbol }
}

#[inline]
fn value_of(symbol: u8) -> Option<u32> {
    match symbol {
        b'!' => Some(u32::from(b'\\' - 35)),
        b'#'..=b'~' if symbol != b'\\' => Some(u32::from(symbol - 35)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: u32) -> String {
        let mut out = String::new();
        push(&mut out, number);
        out
    }

    #[test]
    fn small_numbers_are_one_symbol() {
        assert_eq!([0, 1, 57, 63].map(written), ["#", "$", "!", "b"].map(str::to_owned));
        assert_eq!(written(64), "k%", "64 is 8 + 2 · 28");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in ["", "k", "\"", "\\", "é", "~~~~~~~~~~~~#"] {
            assert_eq!(take(&mut bad.as_bytes()), None, "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(numbers: Vec<u32>) {
            let text: String = numbers.iter().map(|number| written(*number)).collect();
            let mut rest = text.as_bytes();
            let read: Vec<u32> = std::iter::from_fn(|| take(&mut rest)).collect();
            proptest::prop_assert_eq!(read, numbers);
        }
    }
}
