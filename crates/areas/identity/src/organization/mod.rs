//! The organisation itself.

mod show;
mod update;

pub use show::{OrganizationView, Show};
pub use update::Update;
