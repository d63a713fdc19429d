//! What the operator of an installation does to organizations, users and keys, at the machine and without an API key.

mod keys;
mod people;

pub use keys::{NewKey, create_key, first_start, list_keys, mint, revoke_key};
pub use people::{create_org, create_user, known_plan, list_orgs, list_users, remove_user, set_plan};
