//! Companies, with the number of their contacts.

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
    record::{Company, CompanyFilter, Subject},
    value::fold,
};
use uuid::Uuid;

record!(Company =>
    id, org_id, name, domain, website, description, industry, industry_group, employee_count, revenue,
    founded_year, phone, address, city, state, country, zip, linkedin_url, linkedin_followers, facebook_url,
    twitter_url, crunchbase_url, logo_url, owner_id, meta_data, created_at, updated_at, owner_name, contact_count
);

/// Adds a company; `None` when its domain or LinkedIn address is taken.
pub async fn insert(tx: &mut Tx, company: &Company) -> StorageResult<Option<i64>> {
    Ok(insert_many(tx, &[company]).await?.first().map(|added| added.id))
}

/// What a company is recognised by.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct CompanyIdentity {
    pub id: i64,
    pub domain: Option<String>,
    pub linkedin_url: Option<String>,
    pub name_fold: Option<String>,
}
record!(CompanyIdentity => id, domain, linkedin_url, name_fold);

/// Adds many companies; those whose domain or LinkedIn address is taken are not among the answers.
pub async fn insert_many(tx: &mut Tx, companies: &[&Company]) -> StorageResult<Vec<CompanyIdentity>> {
    let row = |company: &&Company| values(company).and(values!(company => org_id, created_at));
    let otherwise = "ON CONFLICT DO NOTHING RETURNING id, domain, linkedin_url, name_fold";
    bulk::insert(tx, "companies", companies.iter().map(row), otherwise).await
}

/// The companies that have one of these domains, LinkedIn addresses or folded names, the oldest first.
pub async fn known(
    on: &mut impl Session,
    org: Uuid,
    [domains, linkedin, names]: [Vec<String>; 3],
) -> StorageResult<Vec<CompanyIdentity>> {
    let by_domain =
        "SELECT id, domain, linkedin_url, name_fold FROM companies WHERE org_id = $1 AND deleted_at IS NULL
                     AND domain IN ";
    let by_url =
        "SELECT id, domain, linkedin_url, name_fold FROM companies WHERE org_id = $1 AND deleted_at IS NULL
                  AND linkedin_url IN ";
    let by_name = "SELECT MIN(id) AS id, NULL AS domain, NULL AS linkedin_url, name_fold FROM companies
                   WHERE org_id = $1 AND deleted_at IS NULL GROUP BY name_fold HAVING name_fold IN ";
    let mut found = Vec::new();
    for (before, keys) in [(by_domain, domains), (by_url, linkedin), (by_name, names)] {
        found.extend(among::<CompanyIdentity>(on, before, args![org], keys).await?);
    }
    Ok(found)
}

/// The companies of these ids that are there.
pub async fn get_many(on: &mut impl Session, org: Uuid, ids: &[i64]) -> StorageResult<Vec<Company>> {
    let before = "SELECT co.*, u.name AS owner_name, CAST(0 AS BIGINT) AS contact_count
                  FROM companies co LEFT JOIN users u ON u.id = co.owner_id
                  WHERE co.org_id = $1 AND co.deleted_at IS NULL AND co.id IN ";
    among(on, before, args![org], ids).await
}

/// Writes every field of a company that is there.
pub async fn update(tx: &mut Tx, company: &Company) -> StorageResult<()> {
    let there = "org_id = ? AND id = ? AND deleted_at IS NULL";
    values(company).update(tx, "companies", there, args![company.org_id, company.id]).await.map(drop)
}

/// The columns that insert and update share.
fn values(company: &Company) -> Values {
    let folded = |text: &Option<String>| text.as_deref().map(fold);
    values!(company => name, domain, website, description, industry, industry_group, employee_count, revenue,
        founded_year, phone, address, city, state, country, zip, linkedin_url, linkedin_followers, facebook_url,
        twitter_url, crunchbase_url, logo_url, owner_id, meta_data, updated_at;
        name_fold = folded(&company.name),
        industry_fold = folded(&company.industry),
        city_fold = folded(&company.city),
        description_fold = folded(&company.description))
}

/// Hides a company; its lists and its contacts forget it. Says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, id: i64, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE companies SET deleted_at = $3, updated_at = $3 WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL";
    let gone = tx.change(sql, args![org, id, at]).await? > 0;
    if gone {
        tx.change("DELETE FROM list_companies WHERE company_id = $1", args![id]).await?;
        tx.change(
            "UPDATE contacts SET company_id = NULL WHERE org_id = $1 AND company_id = $2",
            args![org, id],
        )
        .await?;
        tx.change("UPDATE deals SET company_id = NULL WHERE org_id = $1 AND company_id = $2", args![org, id])
            .await?;
    }
    Ok(gone)
}

/// Keeps others from changing or erasing these companies until the transaction ends.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, ids: Vec<i64>) -> StorageResult<()> {
    let before = "SELECT id AS n FROM companies WHERE org_id = $1 AND id IN ";
    bulk::lock(tx, before, args![org], ids).await
}

/// One company.
pub async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Company>> {
    ROWS.one(on, "co.org_id = $1 AND co.id = $2 AND co.deleted_at IS NULL", args![org, id]).await
}

/// The id of the company with this domain.
pub async fn by_domain(on: &mut impl Session, org: Uuid, domain: &str) -> StorageResult<Option<i64>> {
    let sql = "SELECT id AS n FROM companies WHERE org_id = $1 AND domain = $2 AND deleted_at IS NULL";
    on.number(sql, args![org, domain]).await
}

/// The id of the company with this LinkedIn address.
pub async fn by_linkedin(on: &mut impl Session, org: Uuid, url: &str) -> StorageResult<Option<i64>> {
    let sql = "SELECT id AS n FROM companies WHERE org_id = $1 AND linkedin_url = $2 AND deleted_at IS NULL";
    on.number(sql, args![org, url]).await
}

/// The id of the oldest company of this name, in any case.
pub async fn by_name(on: &mut impl Session, org: Uuid, name: &str) -> StorageResult<Option<i64>> {
    let sql = "SELECT id AS n FROM companies WHERE org_id = $1 AND name_fold = $2 AND deleted_at IS NULL
               ORDER BY id LIMIT 1";
    on.number(sql, args![org, fold(name)]).await
}

/// The companies that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    query: ListQuery<CompanyFilter>,
    slice: &Slice,
) -> StorageResult<(Vec<Company>, RowCount)> {
    let conditions = conditions(org, query);
    if conditions.narrowed() > 0 {
        return conditions.page(on, ROWS, slice).await;
    }
    let total = counts::of(on, org, Subject::Company).await?;
    Ok((conditions.slice(on, ROWS, slice).await?, RowCount::exact(total)))
}

/// The companies that meet a filter, newest first, uncounted.
pub async fn slice(
    on: &mut impl Session,
    org: Uuid,
    query: ListQuery<CompanyFilter>,
    slice: &Slice,
) -> StorageResult<Vec<Company>> {
    conditions(org, query).slice(on, ROWS, slice).await
}

const ROWS: Rows = Rows {
    select: "SELECT co.*, u.name AS owner_name,
             (SELECT COUNT(*) FROM contacts c WHERE c.company_id = co.id AND c.deleted_at IS NULL) AS contact_count",
    from: "FROM companies co LEFT JOIN users u ON u.id = co.owner_id",
    count_from: "FROM companies co",
    key: "co.id",
    index: Some(("companies_index", "companies co")),
    narrow: None,
};

fn conditions(org: Uuid, ListQuery { filter, search }: ListQuery<CompanyFilter>) -> Filter {
    let conditions = Filter::new("co.org_id = ", org)
        .and("co.deleted_at IS NULL")
        .compare("co.domain = ", filter.domain)
        .with("co.id IN (SELECT company_id FROM list_companies WHERE list_id = ", filter.list_id, ")")
        .contains("co.industry_fold LIKE ", filter.industry.as_deref(), Index::Own)
        .contains("co.name_fold LIKE ", filter.name.as_deref(), Index::Own)
        .contains("co.description_fold LIKE ", filter.description.as_deref(), Index::Own)
        .compare("co.employee_count >= ", filter.employee_count_min)
        .compare("co.employee_count <= ", filter.employee_count_max)
        .compare("co.revenue >= ", filter.revenue_min)
        .compare("co.revenue <= ", filter.revenue_max)
        .compare("co.founded_year >= ", filter.founded_year_min)
        .compare("co.founded_year <= ", filter.founded_year_max)
        .compare("co.linkedin_followers >= ", filter.linkedin_followers_min)
        .compare("co.linkedin_followers <= ", filter.linkedin_followers_max)
        .compare("co.country = ", filter.country)
        .compare("co.state = ", filter.state)
        .contains("co.city_fold LIKE ", filter.city.as_deref(), Index::Own);
    search.into_iter().fold(conditions, narrow)
}
