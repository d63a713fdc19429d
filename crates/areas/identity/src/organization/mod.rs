//! The organisation itself.

mod show;
mod update;

pub use show::{OrganizationView, ShowOrganization};
pub use update::UpdateOrganization;
