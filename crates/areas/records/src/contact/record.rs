//! Contacts as records: their names are the work e-mail address and the LinkedIn address.

use super::{ContactDetail, ContactFields, ContactRow, employer};
use crate::{
    events::{ContactCreated, ContactPayload, ContactUpdated},
    person::{ERASED, erased, refuse_erased},
    record::{NamedRecord, Names},
};
use g8_core::Ctx;
use g8_domain::{
    Issue, Patch, Result, Ts,
    record::{Contact, ContactFilter, Subject},
};
use g8_storage::{ListQuery, RowCount, Session, Slice, StorageResult, Tx, companies, contacts, lists};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

impl NamedRecord for Contact {
    const SUBJECT: Subject = Subject::Contact;
    const NAMES: [&'static str; 2] = ["work_email", "linkedin_url"];
    const CREATED: fn(ContactPayload) -> ContactCreated = ContactCreated;
    const UPDATED: fn(ContactPayload) -> ContactUpdated = ContactUpdated;
    type Fields = ContactFields;
    /// What becomes of the company.
    type Prepared = Patch<i64>;
    type Filter = ContactFilter;
    type Row = ContactRow;
    type Detail = ContactDetail;
    type Payload = ContactPayload;
    type Created = ContactCreated;
    type Updated = ContactUpdated;

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
        [self.work_email.as_ref(), self.linkedin_url.as_ref()]
    }

    fn touch(&mut self, at: Ts) {
        self.updated_at = at;
    }

    fn custom(row: &mut ContactRow) -> (i64, &mut Option<Map<String, Value>>) {
        (row.id, &mut row.custom_fields)
    }

    fn named(fields: &ContactFields) -> Names<'_> {
        [fields.work_email.value(), fields.linkedin_url.value()]
    }

    fn canonical(fields: ContactFields) -> Result<ContactFields, Vec<Issue>> {
        fields.canonical()
    }

    fn complete(fields: ContactFields) -> Result<ContactFields> {
        fields.recognizable()
    }

    fn recognizable(fields: ContactFields) -> Result<ContactFields> {
        fields.recognizable()
    }

    async fn admit(ctx: &Ctx, tx: &mut Tx, fields: &ContactFields, there: Option<&Self>) -> Result<()> {
        // What the contact has already was admitted before.
        let has = |at: usize| there.and_then(|there| there.names()[at]);
        let new = |at: usize| Self::named(fields)[at].filter(|name| Some(*name) != has(at));
        let mut private = fields.personal_emails.value().cloned().unwrap_or_default();
        private.retain(|email| there.is_none_or(|there| !there.personal_emails.contains(email)));
        refuse_erased(ctx, tx, (new(0), new(1)), &private).await
    }

    async fn fill(&mut self, ctx: &Ctx, tx: &mut Tx, fields: ContactFields) -> Result<()> {
        let employer = employer::find(ctx, tx, fields.company()).await?;
        self.fill_prepared(fields, employer);
        Ok(())
    }

    async fn prepare(
        ctx: &Ctx,
        tx: &mut Tx,
        rows: &[ContactFields],
    ) -> Result<Vec<Result<Patch<i64>, Vec<Issue>>>> {
        let addresses = rows.iter().flat_map(ContactFields::addresses);
        let erased = erased(ctx, tx, addresses.map(|(_, address)| address.as_str()).collect()).await?;
        let employers = employer::find_each(ctx, tx, rows).await?;
        let refused = |fields: &ContactFields| {
            let (field, _) = fields.addresses().find(|(_, address)| erased.contains(*address))?;
            Some(vec![Issue::new(field, ERASED)])
        };
        let prepared = rows.iter().zip(employers).map(|(fields, employer)| match refused(fields) {
            Some(issues) => Err(issues),
            None => employer.map_err(|issue| vec![issue]),
        });
        Ok(prepared.collect())
    }

    fn fill_prepared(&mut self, fields: ContactFields, employer: Patch<i64>) {
        employer.apply(&mut self.company_id);
        fields.apply(self);
    }

    async fn details(ctx: &Ctx, on: &mut impl Session, contacts: Vec<Self>) -> Result<Vec<ContactDetail>> {
        let ids: HashSet<i64> = contacts.iter().filter_map(|contact| contact.company_id).collect();
        let known = companies::get_many(on, ctx.org(), &ids.into_iter().collect::<Vec<_>>()).await?;
        let known: HashMap<i64, _> = known.into_iter().map(|company| (company.id, company)).collect();
        let detail = |contact: Self| {
            let company = contact.company_id.and_then(|id| known.get(&id).cloned());
            ContactDetail::new(contact, company)
        };
        Ok(contacts.into_iter().map(detail).collect())
    }

    async fn detail(self, ctx: &Ctx, on: &mut impl Session) -> Result<ContactDetail> {
        let company = match self.company_id {
            Some(company) => companies::get(on, ctx.org(), company).await?,
            None => None,
        };
        Ok(ContactDetail::new(self, company))
    }

    async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Self>> {
        contacts::get(on, org, id).await
    }

    async fn lock_for_update(tx: &mut Tx, org: Uuid, ids: Vec<i64>) -> StorageResult<()> {
        contacts::lock_for_update(tx, org, ids).await
    }

    async fn get_many(on: &mut impl Session, org: Uuid, ids: &[i64]) -> StorageResult<Vec<Self>> {
        contacts::get_many(on, org, ids).await
    }

    async fn by_name(on: &mut impl Session, org: Uuid, at: usize, name: &str) -> StorageResult<Option<i64>> {
        match at {
            0 => contacts::by_email(on, org, name).await,
            _ => contacts::by_linkedin(on, org, name).await,
        }
    }

    async fn known(
        on: &mut impl Session,
        org: Uuid,
        [emails, urls]: [Vec<String>; 2],
    ) -> StorageResult<Vec<i64>> {
        let known = contacts::known(on, org, emails, urls).await?;
        Ok(known.into_iter().map(|identity| identity.id).collect())
    }

    async fn insert(&self, tx: &mut Tx) -> StorageResult<Option<i64>> {
        contacts::insert(tx, self).await
    }

    async fn insert_many(tx: &mut Tx, new: &[&Self]) -> StorageResult<Vec<(i64, [Option<String>; 2])>> {
        let added = contacts::insert_many(tx, new).await?;
        Ok(added.into_iter().map(|new| (new.id, [new.work_email, new.linkedin_url])).collect())
    }

    async fn update(&self, tx: &mut Tx) -> StorageResult<()> {
        contacts::update(tx, self).await
    }

    async fn join(tx: &mut Tx, org: Uuid, list: i64, ids: Vec<i64>, at: Ts) -> StorageResult<Vec<i64>> {
        lists::add_contacts(tx, org, list, ids, at).await
    }

    async fn page(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<ContactFilter>,
        slice: &Slice,
    ) -> StorageResult<(Vec<Self>, RowCount)> {
        contacts::page(on, org, query, slice).await
    }

    async fn slice(
        on: &mut impl Session,
        org: Uuid,
        query: ListQuery<ContactFilter>,
        slice: &Slice,
    ) -> StorageResult<Vec<Self>> {
        contacts::slice(on, org, query, slice).await
    }
}
