//! A guide's tree → the same tree in the words of a language: terms and variables said,
//! blocks translated through catalogues of messages.
//!
//! In: trees as [`crate::parse`] gives them, and words of [`crate::messages`]. Out: trees,
//! diagnostics, and what is behind in a translation. Knows nothing of addresses, of pages,
//! or of how a tree is shown.

mod avoid;
mod compose;
mod faults;
mod fill;
mod matching;
mod saying;
mod slots;
mod wording;
mod words;

pub use compose::{Coverage, Reading, Text, compose, texts};
pub use fill::fill;
pub use matching::{Catalogue, Matching, State, fingerprint, id};
pub use slots::{Kind, visit};
pub use wording::{Kept, Part, Style, Wording, wording};
pub use words::{Heard, Words};

#[cfg(test)]
mod tests;
