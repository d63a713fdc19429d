//! The kinds of events that this area says, each with its payload.

mod deal;
mod task;

pub use deal::*;
pub use task::*;
