//! Companies as records: their names are the domain and the LinkedIn address.

use super::{CompanyDetail, CompanyFields, CompanyRow};
use crate::{
    events::{CompanyCreated, CompanyPayload, CompanyUpdated},
    record::{NamedRecord, Names},
};
use g8_core::Ctx;
use g8_domain::{
    Error, Issue, Result, Ts,
    record::{Company, CompanyFilter, Subject},
};
use g8_storage::{ListQuery, RowCount, Session, Slice, StorageResult, Tx, companies, lists};
use serde_json::{Map, Value, json};
use uuid::Uuid;

impl NamedRecord for Company {
    const SUBJECT: Subject = Subject::Company;
    const NAMES: [&'static str; 2] = ["domain", "linkedin_url"];
    const CREATED: fn(CompanyPayload) -> CompanyCreated = CompanyCreated;
    const UPDATED: fn(CompanyPayload) -> CompanyUpdated = CompanyUpdated;
    type Fields = CompanyFields;
    type Prepared = ();
    type Filter = CompanyFilter;
    type Row = CompanyRow;
    type Detail = CompanyDetail;
    type Payload = CompanyPayload;
    type Created = CompanyCreated;
    type Updated = CompanyUpdated;

    fn blank(ctx: &Ctx, source: &str) -> Self {
        Self {
            org_id: ctx.org(),
            meta_data: json!({ "source": source }),
            created_at: ctx.now(),
            updated_at: ctx.now(),
            ..Self::default()
        }
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn set_id(&mut self, id: i64) {
        self.id = id;
    }

    fn names(&self) -> Names<'_> {
        [self.domain.as_ref(), self.linkedin_url.as_ref()]
    }

    fn touch(&mut self, at: Ts) {
        self.updated_at = at;
    }

    fn custom(row: &mut CompanyRow) -> (i64, &mut Option<Map<String, Value>>) {
        (row.id, &mut row.custom_fields)
    }

    fn named(fields: &CompanyFields) -> Names<'_> {
        [fields.domain.value(), fields.linkedin_url.value()]
    }

    fn canonical(fields: CompanyFields) -> Result<CompanyFields, Vec<Issue>> {
        fields.canonical()
    }

    fn complete(fields: CompanyFields) -> Result<CompanyFields> {
        // A company of a name alone is one, too.
        fields.canonical().map_err(|issues| Error::invalid(&issues))
    }

    fn recognizable(fields: CompanyFields) -> Result<CompanyFields> {
        fields.recognizable()
    }

    async fn admit(_: &Ctx, _: &mut Tx, _: &CompanyFields, _: Option<&Self>) -> Result<()> {
        Ok(())
    }

    async fn fill(&mut self, _: &Ctx, _: &mut Tx, fields: CompanyFields) -> Result<()> {
        fields.apply(self);
        Ok(())
    }

    async fn prepare(_: &Ctx, _: &mut Tx, rows: &[CompanyFields]) -> Result<Vec<Result<(), Vec<Issue>>>> {
        Ok(rows.iter().map(|_| Ok(())).collect())
    }

    fn fill_prepared(&mut self, fields: CompanyFields, (): ()) {
        fields.apply(self);
    }

    async fn details(_: &Ctx, _: &mut impl Session, companies: Vec<Self>) -> Result<Vec<CompanyDetail>> {
        Ok(companies.into_iter().map(CompanyDetail::from).collect())
    }

    async fn detail(self, _: &Ctx, _: &mut impl Session) -> Result<CompanyDetail> {
        Ok(self.into())
    }

    async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Self>> {
        companies::get(on, org, id).await
    }

    async fn lock_for_update(tx: &mut Tx, org: Uuid, ids: Vec<i64>) -> StorageResult<()> {
        companies::lock_for_update(tx, org, ids).await
    }

    async fn get_many(on: &mut impl Session, org: Uuid, ids: &[i64]) -> StorageResult<Vec<Self>> {
        companies::get_many(on, org, ids).await
    }

    async fn by_name(on: &mut impl Session, org: Uuid, at: usize, name: &str) -> StorageResult<Option<i64>> {
        match at {
            0 => companies::by_domain(on, org, name).await,
            _ => companies::by_linkedin(on, org, name).await,
        }
    }

    async fn known(
        on: &mut impl Session,
        org: Uuid,
        [domains, urls]: [Vec<String>; 2],
    ) -> StorageResult<Vec<i64>> {
        let known = companies::known(on, org, [domains, urls, Vec::new()]).await?;
        Ok(known.into_iter().map(|identity| identity.id).collect())
    }

    async fn insert(&self, tx: &mut Tx) -> StorageResult<Option<i64>> {
        companies::insert(tx, self).await
    }

    async fn insert_many(tx: &mut Tx, new: &[&Self]) -> StorageResult<Vec<(i64, [Option<String>; 2])>> {
        let added = companies::insert_many(tx, new).await?;
        Ok(added.into_iter().map(|new| (new.id, [new.domain, new.linkedin_url])).collect())
    }

    async fn update(&self, tx: &mut Tx) -> StorageResult<()> {
        companies::update(tx, self).await
    }

    async fn join(tx: &mut Tx, org: Uuid, list: i64, ids: Vec<i64>, at: Ts) -> StorageResult<Vec<i64>> {
        lists::add_companies(tx, org, list, ids, at).await
    }

    async fn page(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<CompanyFilter>,
        slice: &Slice,
    ) -> StorageResult<(Vec<Self>, RowCount)> {
        companies::page(on, org, query, slice).await
    }

    async fn slice(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<CompanyFilter>,
        slice: &Slice,
    ) -> StorageResult<Vec<Self>> {
        companies::slice(on, org, query, slice).await
    }
}
