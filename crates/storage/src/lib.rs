//! One SQL text for two engines.
//!
//! [`Db`] is SQLite or PostgreSQL, chosen by URL when it opens; [`Tx`] is a transaction on either.
//! A statement is written once, as a literal with `$1` placeholders, in the file of its table, and a
//! test prepares every literal on both engines. What inserts and updates follows from columns beside their
//! values ([`values!`]), so that no value comes into another's column. There is no repository trait and no query
//! builder: SQLite in a temporary folder is the fake. "Not found" is `Ok(None)`; what that means to a caller
//! is the service's to say.
//!
//! An area's own tables are kept in the area, by the same means: [`record!`], [`args!`], [`values!`], [`Filter`],
//! [`Session`], [`Tx`], and `testing::statements` in a test.

mod arg;
mod bulk;
mod db;
mod error;
mod filter;
mod hint;
mod migrate;
pub mod points;
mod query;
pub mod row;
pub mod search;
pub mod snapshot;
mod sql;
mod sqlite;
mod table;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tx;
mod values;

pub use arg::Arg;
pub use db::{Db, Load};
pub use error::{Cause, StorageError, StorageResult};
pub use filter::{Filter, Index, RowCount, Rows, Slice};
pub use hint::Hints;
pub use query::ListQuery;
pub use row::FromRow;
pub use sql::Sql;
pub use sqlite::{Readers, Writer};
pub use table::{
    activities, audit, clock, columns, companies, confirmations, contacts, counts, deal_contacts, deal_moves,
    deal_notes, deals, deliveries, events, exclusions, exports, files, forecast, idempotency, identities,
    imports, jobs, keys, links, lists, notes, notifications, oauth_clients, oauth_codes, oauth_grants,
    oauth_tokens, orgs, pipelines, privacy, requests, sealed, sealing_keys, stages, tasks, users, webhooks,
    windows,
};
pub use tx::{Session, Tx};
pub use values::Values;

#[cfg(test)]
mod tests {
    mod indexes;
    mod migrations;
    mod patience;
    mod requests;
    mod sealed;
    mod statements;
    mod transactions;
    mod upgrade;
}
