//! The kinds of events that this area says, each with its payload.

mod meeting;
mod sequence;

pub use meeting::*;
pub use sequence::*;
