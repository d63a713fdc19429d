//! Settings of the organisation, and of a person.

mod assistants;
mod logs;
mod members;
mod own;
mod webhooks;
