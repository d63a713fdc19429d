//! What the operator of an installation does, at the machine and without an API key.

mod jobs;
mod keys;
mod people;

pub use jobs::{audit, drop_job, list_jobs, retry_job};
pub(crate) use jobs::{discard_job, revive_job};
pub use keys::{NewKey, create_key, first_start, list_keys, mint, revoke_key};
pub(crate) use people::known_plan;
pub use people::{create_org, create_user, list_orgs, list_users, remove_user, set_plan};
