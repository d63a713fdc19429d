//! Reading contact exports as people have them: odd headers, two encodings, three delimiters, bad rows.
//!
//! Pure reading: nothing here calls an operation, so that every importer can use it.

mod lines;
mod mapping;
mod reader;

pub use mapping::{Mapping, Target};
pub use reader::{Line, Reader};
