//! The servers that are measured, each a process of its own on loopback, in a temporary folder.

pub mod bare;
pub mod ours;
pub mod pocketbase;
mod running;

pub use running::{Running, output};
