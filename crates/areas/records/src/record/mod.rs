//! What contacts and companies have in common: a record with two names, each of which is its alone.

mod assert;
mod batch;
mod bulk;
mod join;
mod list;
mod outcome;
mod present;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use assert::{assert, assert_each};
pub(crate) use bulk::write_many;
pub(crate) use join::join;
pub(crate) use list::{page, rows};
pub(crate) use outcome::RowOutcome;
pub use outcome::{Asserted, BatchOutput, RowError};
pub(crate) use present::{present, present_for_update};
pub(crate) use write::{change, changed, detail, emit, insert};

use g8_core::{Ctx, events::Event};
use g8_domain::{Issue, Result, Ts, record::Subject};
use g8_storage::{ListQuery, RowCount, Session, Slice, StorageResult, Tx};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Two names; either may be missing.
pub(crate) type Names<'a> = [Option<&'a String>; 2];

/// A contact or a company, as what is the same for both asks for it.
pub(crate) trait NamedRecord: Clone + PartialEq + Send + Sync + 'static {
    /// Which of the two.
    const SUBJECT: Subject;
    /// The fields of the names, in the order in which they are looked up.
    const NAMES: [&'static str; 2];
    /// The event that it is new.
    const CREATED: fn(Self::Payload) -> Self::Created;
    /// The event that it has changed.
    const UPDATED: fn(Self::Payload) -> Self::Updated;

    /// What callers write of it.
    type Fields: Clone + DeserializeOwned + schemars::JsonSchema + Send + Sync;
    /// What [`NamedRecord::prepare`] finds out for one row of many.
    type Prepared: Send;
    /// Which records a list shows.
    type Filter: Default + Clone + Send;
    /// It in a list.
    type Row: From<Self> + Send;
    /// It in full.
    type Detail: Send;
    /// It in an event.
    type Payload: From<Self::Detail>;
    /// The type of [`NamedRecord::CREATED`].
    type Created: Event;
    /// The type of [`NamedRecord::UPDATED`].
    type Updated: Event;

    /// One that says nothing yet, and where it comes from.
    fn blank(ctx: &Ctx, source: &str) -> Self;
    /// Its id; 0 until it is stored.
    fn id(&self) -> i64;
    /// Notes the id under which it was stored.
    fn set_id(&mut self, id: i64);
    /// Its names.
    fn names(&self) -> Names<'_>;
    /// Notes when it changed.
    fn touch(&mut self, at: Ts);
    /// The custom fields of a row, with the row's id.
    fn custom(row: &mut Self::Row) -> (i64, &mut Option<Map<String, Value>>);

    /// The names that fields give.
    fn named(fields: &Self::Fields) -> Names<'_>;
    /// Fields as they are stored and compared, or every fault of them.
    fn canonical(fields: Self::Fields) -> Result<Self::Fields, Vec<Issue>>;
    /// The same of fields that a record can be made of, or every fault of them.
    fn complete(fields: Self::Fields) -> Result<Self::Fields>;
    /// The same of fields that a record can be recognized by, or every fault of them.
    fn recognizable(fields: Self::Fields) -> Result<Self::Fields>;
    /// Refuses fields that must not be written into the record that is there, or into a new one.
    async fn admit(ctx: &Ctx, tx: &mut Tx, fields: &Self::Fields, there: Option<&Self>) -> Result<()>;
    /// Writes canonical fields.
    async fn fill(&mut self, ctx: &Ctx, tx: &mut Tx, fields: Self::Fields) -> Result<()>;
    /// What has to be known of many rows before they are written, or why one cannot be.
    async fn prepare(
        ctx: &Ctx,
        tx: &mut Tx,
        rows: &[Self::Fields],
    ) -> Result<Vec<Result<Self::Prepared, Vec<Issue>>>>;
    /// Writes canonical fields of one row of many.
    fn fill_prepared(&mut self, fields: Self::Fields, prepared: Self::Prepared);
    /// Records in hand, in full; what they point to is read.
    async fn details(ctx: &Ctx, on: &mut impl Session, records: Vec<Self>) -> Result<Vec<Self::Detail>>;
    /// One record in hand, in full.
    async fn detail(self, ctx: &Ctx, on: &mut impl Session) -> Result<Self::Detail>;

    /// The record of this id.
    async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Self>>;
    /// Keeps others from changing or erasing these records until the transaction ends.
    async fn lock_for_update(tx: &mut Tx, org: Uuid, ids: Vec<i64>) -> StorageResult<()>;
    /// The records of these ids that are there.
    async fn get_many(on: &mut impl Session, org: Uuid, ids: &[i64]) -> StorageResult<Vec<Self>>;
    /// The id of the record that has a name in this place of [`NamedRecord::NAMES`].
    async fn by_name(on: &mut impl Session, org: Uuid, at: usize, name: &str) -> StorageResult<Option<i64>>;
    /// The ids of the records that have one of these names.
    async fn known(on: &mut impl Session, org: Uuid, names: [Vec<String>; 2]) -> StorageResult<Vec<i64>>;
    /// Stores a new record; none when a name of it is taken.
    async fn insert(&self, tx: &mut Tx) -> StorageResult<Option<i64>>;
    /// Stores new records; says the ids and names of those of which no name is taken.
    async fn insert_many(tx: &mut Tx, records: &[&Self]) -> StorageResult<Vec<(i64, [Option<String>; 2])>>;
    /// Stores what is there.
    async fn update(&self, tx: &mut Tx) -> StorageResult<()>;
    /// Puts records on a list; says which were not on it.
    async fn join(tx: &mut Tx, org: Uuid, list: i64, ids: Vec<i64>, at: Ts) -> StorageResult<Vec<i64>>;
    /// The records that are asked for, newest first, and their number.
    async fn page(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<Self::Filter>,
        slice: &Slice,
    ) -> StorageResult<(Vec<Self>, RowCount)>;
    /// The same, uncounted.
    async fn slice(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<Self::Filter>,
        slice: &Slice,
    ) -> StorageResult<Vec<Self>>;
}
