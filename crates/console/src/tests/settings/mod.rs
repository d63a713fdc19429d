//! Settings of the organisation, and of a person.

mod members;
mod own;
mod webhooks;
