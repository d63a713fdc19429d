//! Contacts, with what is shown of their company.

use crate::{
    Session, Tx,
    arg::args,
    bulk::{self, among},
    error::StorageResult,
    filter::{Filter, Index, RowCount, Rows, Slice},
    query::ListQuery,
    row::record,
    search::narrow,
    table::counts,
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{Contact, ContactFilter, Subject},
    value::fold,
};
use uuid::Uuid;

record!(Contact =>
    id, org_id, first_name, last_name, work_email, personal_emails, direct_phone, mobile_phone, job_title,
    job_department, seniority_level, linkedin_url, twitter_url, facebook_url, about, city, state, country,
    company_id, owner_id, confidence_score, meta_data, created_at, updated_at, company_name, company_domain,
    company_industry, company_employee_count, company_country, owner_name
);

/// Adds a contact; `None` when its address or LinkedIn address is taken.
pub async fn insert(tx: &mut Tx, contact: &Contact) -> StorageResult<Option<i64>> {
    Ok(insert_many(tx, &[contact]).await?.first().map(|added| added.id))
}

/// What a contact is recognised by.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct ContactIdentity {
    pub id: i64,
    pub work_email: Option<String>,
    pub linkedin_url: Option<String>,
}
record!(ContactIdentity => id, work_email, linkedin_url);

/// Adds many contacts; those whose address or LinkedIn address is taken are not among the answers.
pub async fn insert_many(tx: &mut Tx, contacts: &[&Contact]) -> StorageResult<Vec<ContactIdentity>> {
    let row = |contact: &&Contact| values(contact).and(values!(contact => org_id, created_at));
    let otherwise = "ON CONFLICT DO NOTHING RETURNING id, work_email, linkedin_url";
    bulk::insert(tx, "contacts", contacts.iter().map(row), otherwise).await
}

/// The contacts that have one of these addresses or LinkedIn addresses.
pub async fn known(
    on: &mut impl Session,
    org: Uuid,
    emails: Vec<String>,
    linkedin: Vec<String>,
) -> StorageResult<Vec<ContactIdentity>> {
    let by_email = "SELECT id, work_email, linkedin_url FROM contacts WHERE org_id = $1 AND deleted_at IS NULL AND work_email IN ";
    let by_url = "SELECT id, work_email, linkedin_url FROM contacts WHERE org_id = $1 AND deleted_at IS NULL AND linkedin_url IN ";
    let mut found = among(on, by_email, args![org], emails).await?;
    found.extend(among::<ContactIdentity>(on, by_url, args![org], linkedin).await?);
    Ok(found)
}

/// The contacts of these ids that are there.
pub async fn get_many(on: &mut impl Session, org: Uuid, ids: &[i64]) -> StorageResult<Vec<Contact>> {
    among(on, &ROWS.where_("c.org_id = $1 AND c.deleted_at IS NULL AND c.id IN "), args![org], ids).await
}

/// Writes every field of a contact that is there.
pub async fn update(tx: &mut Tx, contact: &Contact) -> StorageResult<()> {
    let there = "org_id = ? AND id = ? AND deleted_at IS NULL";
    values(contact).update(tx, "contacts", there, args![contact.org_id, contact.id]).await.map(drop)
}

/// The columns that insert and update share.
fn values(contact: &Contact) -> Values {
    let folded = |text: &Option<String>| text.as_deref().map(fold);
    values!(contact => first_name, last_name, work_email, personal_emails, direct_phone, mobile_phone, job_title,
        job_department, seniority_level, linkedin_url, twitter_url, facebook_url, about, city, state, country,
        company_id, owner_id, confidence_score, meta_data, updated_at;
        name_fold = contact.full_name().as_deref().map(fold),
        job_title_fold = folded(&contact.job_title),
        job_department_fold = folded(&contact.job_department),
        city_fold = folded(&contact.city),
        first_name_fold = folded(&contact.first_name),
        last_name_fold = folded(&contact.last_name))
}

/// Hides a contact; its lists forget it. Says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, id: i64, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE contacts SET deleted_at = $3, updated_at = $3 WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL";
    let gone = tx.change(sql, args![org, id, at]).await? > 0;
    if gone {
        tx.change("DELETE FROM list_contacts WHERE contact_id = $1", args![id]).await?;
        tx.change("DELETE FROM deal_contacts WHERE org_id = $1 AND contact_id = $2", args![org, id]).await?;
    }
    Ok(gone)
}

/// Keeps others from changing or erasing these contacts until the transaction ends.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, ids: Vec<i64>) -> StorageResult<()> {
    let before = "SELECT id AS n FROM contacts WHERE org_id = $1 AND id IN ";
    bulk::lock(tx, before, args![org], ids).await
}

/// One contact.
pub async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Contact>> {
    ROWS.one(on, "c.org_id = $1 AND c.id = $2 AND c.deleted_at IS NULL", args![org, id]).await
}

/// The id of the contact with this address.
pub async fn by_email(on: &mut impl Session, org: Uuid, email: &str) -> StorageResult<Option<i64>> {
    let sql = "SELECT id AS n FROM contacts WHERE org_id = $1 AND work_email = $2 AND deleted_at IS NULL";
    on.number(sql, args![org, email]).await
}

/// The id of the contact with this LinkedIn address.
pub async fn by_linkedin(on: &mut impl Session, org: Uuid, url: &str) -> StorageResult<Option<i64>> {
    let sql = "SELECT id AS n FROM contacts WHERE org_id = $1 AND linkedin_url = $2 AND deleted_at IS NULL";
    on.number(sql, args![org, url]).await
}

/// The contacts that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    query: ListQuery<ContactFilter>,
    slice: &Slice,
) -> StorageResult<(Vec<Contact>, RowCount)> {
    // Counting needs the company only when a condition is about it.
    let company =
        query.filter.company_name.is_some() || query.filter.industry.is_some() || !query.search.is_empty();
    let rows = if company { ROWS } else { Rows { count_from: "FROM contacts c", ..ROWS } };
    let list = query.filter.list_id;
    let conditions = conditions(org, query);
    let total = match (conditions.narrowed(), list) {
        (0, _) => counts::of(on, org, Subject::Contact).await?,
        // The members of a list are all there, and counted without reading them.
        (1, Some(list)) => counts::members(on, org, list).await?,
        _ => return conditions.page(on, rows, slice).await,
    };
    Ok((conditions.slice(on, rows, slice).await?, RowCount::exact(total)))
}

/// The contacts that meet a filter, newest first, uncounted.
pub async fn slice(
    on: &mut impl Session,
    org: Uuid,
    query: ListQuery<ContactFilter>,
    slice: &Slice,
) -> StorageResult<Vec<Contact>> {
    conditions(org, query).slice(on, ROWS, slice).await
}

pub(super) const ROWS: Rows = Rows {
    select:
        "SELECT c.*, co.name AS company_name, co.domain AS company_domain, co.industry AS company_industry,
             co.employee_count AS company_employee_count, co.country AS company_country, u.name AS owner_name",
    from: "FROM contacts c LEFT JOIN companies co ON co.id = c.company_id LEFT JOIN users u ON u.id = c.owner_id",
    count_from: "FROM contacts c LEFT JOIN companies co ON co.id = c.company_id",
    key: "c.id",
    index: Some(("contacts_index", "contacts c")),
    narrow: Some((
        "contacts_by_org",
        &["c.id", "c.org_id", "c.deleted_at", "c.name_fold", "c.job_title_fold"],
    )),
};

fn conditions(org: Uuid, ListQuery { filter, search }: ListQuery<ContactFilter>) -> Filter {
    let conditions = Filter::new("c.org_id = ", org)
        .and("c.deleted_at IS NULL")
        .compare("c.work_email = ", filter.email)
        .with("c.id IN (SELECT contact_id FROM list_contacts WHERE list_id = ", filter.list_id, ")")
        .contains("c.name_fold LIKE ", filter.name.as_deref(), Index::Own)
        .contains("c.job_title_fold LIKE ", filter.job_title.as_deref(), Index::Own)
        .compare("c.seniority_level = ", filter.seniority_level)
        .contains("co.name_fold LIKE ", filter.company_name.as_deref(), Index::Company)
        .compare("c.company_id = ", filter.company_id)
        .compare("c.country = ", filter.country)
        .compare("c.state = ", filter.state)
        .contains("c.city_fold LIKE ", filter.city.as_deref(), Index::Own)
        .contains("c.job_department_fold LIKE ", filter.job_department.as_deref(), Index::Own)
        .contains("co.industry_fold LIKE ", filter.industry.as_deref(), Index::Company);
    search.into_iter().fold(conditions, narrow)
}
