//! Shirube turns a folder of Markdown guides into a help site.
//!
//! ```text
//!              files in                        pure core                             files out
//!  ┌──────┐  InputFile  ┌─────────────────────────────────────────────────┐  Output  ┌──────┐
//!  │ host │ ──────────▶ │ discover ▸ parse ▸ resolve ▸ view ▸ render ▸ emit │ ───────▶ │ host │
//!  │ disk │ ◀────────── │                                                 │          │ disk │
//!  └──────┘ Diagnostics └─────────────────────────────────────────────────┘          └──────┘
//! ```
//!
//! A build is a function from a list of files to files and diagnostics. Only [`host`] and
//! [`cli`] touch disks, clocks, processes and terminals.
//!
//! # The modules, in the order in which to read them
//!
//! A module uses those of earlier rows only; a test keeps it so.
//!
//! | row | module | what it is for |
//! |---|---|---|
//! | 0 | [`text`] | files' identity, byte spans, lines and columns, encodings |
//! | 0 | [`paths`] | paths of sources, addresses and outputs, as types that do not mix |
//! | 0 | [`dates`] | days and moments as guides write them |
//! | 0 | [`memo`] | fingerprints, parallel maps, counters |
//! | 0 | [`picture`] | the kinds of picture |
//! | 1 | [`diagnostic`] | what is wrong, where, how bad, what to do |
//! | 1 | [`document`] | a guide as a tree |
//! | 1 | [`media`] | a picture's kind and size; its bytes without metadata |
//! | 2 | [`config`] | `shirube.yaml`, and the YAML reader |
//! | 2 | [`input`] | the files that a build is a function of |
//! | 2 | [`emit`] | outputs and where they go; feed and sitemap |
//! | 3 | [`discover`] | which file is what |
//! | 3 | [`messages`] | words in the reader's language |
//! | 3 | [`highlight`] | code as HTML by class |
//! | 3 | [`theme`] | templates, components, callout kinds, assets |
//! | 3 | [`search`] | the index that search reads: tokens, postings, files |
//! | 4 | [`parse`] | a guide's text into its tree |
//! | 5 | [`localize`] | terms and translations in a guide's tree |
//! | 6 | [`resolve`] | all guides into the map of the site; what references mean |
//! | 7 | [`render`] | trees and contexts into HTML, through the theme |
//! | 8 | [`view`] | what a page shows of the site around it |
//! | 9 | [`pipeline`] | the order of the stages |
//! | 10 | [`host`] | the disk, the watcher, the preview's server |
//! | 11 | [`cli`] | arguments, messages, exit codes |
//!
//! # Words
//!
//! A *guide* is a source text with its translations; its identity is its path. A *section*
//! is a folder of guides. A *locale* is a language of the site, the first one the *source
//! locale*. A *page* answers for a guide in one locale. A *card* is the part of a guide that
//! others may see. An *anchor* is an address inside a page. A *component* is a Tera file of
//! the theme; a *callout* a box with a label; a *screenshot* a picture alone in its
//! paragraph. A *message* is a Fluent message, a *term* a shared word. A *diagnostic* is a
//! fault of the site; faults of the machine are errors, faults of ours panics.

pub mod cli;
pub mod config;
pub mod dates;
pub mod diagnostic;
pub mod discover;
pub mod document;
pub mod emit;
pub mod highlight;
pub mod host;
pub mod input;
pub mod localize;
pub mod media;
pub mod memo;
pub mod messages;
pub mod parse;
pub mod paths;
pub mod picture;
pub mod pipeline;
pub mod render;
pub mod resolve;
pub mod search;
pub mod text;
pub mod theme;
pub mod view;
