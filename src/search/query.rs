//! Questions answered from an index, as the browser answers them.
//!
//! In: a question, and a function that gives the text of an index's file by name. Out:
//! guides in order, their sections, excerpts, what is missing and what may be meant. Each
//! module is the twin of the one of its name in `client/`: same steps, same arithmetic, same
//! order; `tests/browser/search-parity.test.mjs` holds both to equal answers. What the
//! browser's does besides (answers from titles alone while files load, texts that are loaded
//! later) has no use where files are at hand. Must not touch the disk.

mod answer;
mod distance;
mod pairs;
mod postings;
mod question;
mod rank;
mod reader;
mod sections;
mod stem;
mod store;
mod synonyms;
mod units;
mod weigh;
mod words;

pub use answer::{Answer, Index, Result, Wanted};
pub use reader::Reader;
pub use sections::Piece;
pub use store::{Load, Read};
