//! The index of the site's search: text cut into tokens, tokens into files.
//!
//! In: guides as [`record`]s. Out: files below `search-index/<locale>/`, each a line of
//! script, of which a query loads few; [`index`] puts them together, and [`query`]
//! answers questions from them. The browser's half is in `client/`; both cut text
//! by one specification, [`tokenizer`], and rank alike. Must not know themes, pages or disks.

mod dictionary;
mod file;
mod fragment;
pub mod index;
mod numbers;
pub mod postings;
pub mod query;
pub mod record;
pub mod synonyms;
pub mod tokenizer;

pub use file::{FOLDER, ReadError, is_whole};
pub use fragment::Head;
