//! A guide's tree → the same tree in the words of a language: terms and variables said,
//! blocks translated through catalogues of messages.
//!
//! In: trees as [`crate::parse`] gives them, and words of [`crate::messages`]. Out: trees,
//! diagnostics, and what is behind in a translation. Knows nothing of addresses, of pages,
//! or of how a tree is shown.

mod align;
mod avoid;
mod changes;
mod compose;
mod convert;
mod exchange;
mod extract;
mod faults;
mod fill;
mod head;
mod matching;
pub mod po;
pub mod pseudo;
mod saying;
mod slots;
mod status;
mod wording;
mod words;
mod write;

pub use align::{Line, align};
pub use changes::{Side, changes};
pub use compose::{Coverage, Reading, Text, compose, texts};
pub use convert::{Converted, to_file, to_messages};
pub use exchange::{Imported, about, exported, imported};
pub use extract::{Changes, Files, Ids, accept, extract, reference, shared};
pub use fill::fill;
pub use head::{body, with_source};
pub use matching::{Catalogue, Matching, State, fingerprint, id};
pub use slots::{Kind, visit};
pub use status::{
    Behind, Form, Lack, Progress, Severity, Standing, by_file, by_messages, untranslated,
};
pub use wording::{Kept, Part, Style, Wording, wording};
pub use words::{Heard, Words};
pub use write::is_in_conflict;

#[cfg(test)]
mod tests;
