//! A file per table: its statements, each written once for both engines.
//!
//! Every function that touches an organisation's data takes the organisation, and puts it into the
//! statement.

pub mod activities;
pub mod audit;
pub mod clock;
pub mod columns;
pub mod companies;
pub mod confirmations;
pub mod contacts;
pub mod counts;
pub mod deal_contacts;
pub mod deal_moves;
pub mod deal_notes;
pub mod deals;
pub mod deliveries;
pub mod events;
pub mod exclusions;
pub mod exports;
pub mod files;
pub mod forecast;
pub mod idempotency;
pub mod identities;
pub mod imports;
pub mod jobs;
pub mod keys;
pub mod links;
pub mod lists;
pub mod notes;
pub mod notifications;
pub mod oauth_clients;
pub mod oauth_codes;
pub mod oauth_grants;
pub mod oauth_tokens;
pub mod orgs;
pub mod pipelines;
pub mod privacy;
pub mod requests;
pub mod sealed;
pub mod sealing_keys;
pub mod stages;
pub mod tasks;
pub mod users;
pub mod webhooks;
pub mod windows;
