//! Reading files of contacts and companies as people have them: odd headers, two encodings, three
//! delimiters, JSON, vCards, bad rows.
//!
//! Pure reading: nothing here calls an operation or a database, so that every importer can use it.

mod cards;
#[cfg(test)]
mod hostile;
mod json;
mod lines;
mod mapping;
mod reader;
mod rows;
mod source;
mod spellings;

pub use mapping::{Mapping, Target};
pub use reader::Reader;
pub(crate) use rows::Rows;
pub use rows::{Parsed, Record};
pub use source::{Line, Source, text};

use g8_core::Args;

/// Longest name of a column or field that is read, in bytes: each is kept to the file's end.
const MAX_NAME: usize = 1000;

/// What is in a record.
#[derive(Debug, PartialEq)]
pub enum Cells {
    /// A cell a column.
    Row(Vec<String>),
    /// Values by name.
    Object(Args),
}
