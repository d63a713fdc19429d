//! The kinds of events that this area says, each with its payload.

mod company;
mod contact;
mod exclusion;
mod list;

pub use company::*;
pub use contact::*;
pub use exclusion::*;
pub use list::*;
