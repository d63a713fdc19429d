//! Writing companies: what create, update, assert, the batch and a contact's employer have in common.

use super::{CompanyDetail, CompanyFields};
use crate::{
    column,
    events::{CompanyCreated, CompanyPayload, CompanyUpdated},
    upsert::{Custom, Outcome},
};
use g8_core::{Ctx, events::Event};
use g8_domain::{
    Error, Patch, Result,
    record::{Company, Subject},
};
use g8_storage::{Session, Tx, companies};
use serde_json::json;

/// One company in full, inside or outside a transaction.
pub(crate) async fn detail(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<CompanyDetail> {
    let company = companies::get(on, ctx.org(), id).await?;
    company.map(CompanyDetail::from).ok_or_else(|| Error::not_found("company", id))
}

/// Says in an event what a company now is.
pub(super) async fn emit<E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(CompanyPayload) -> E,
    id: i64,
) -> Result<()> {
    let company = detail(ctx, tx, id).await?;
    ctx.emit(tx, event(company.into())).await
}

/// Says in an event that a company has changed.
pub(crate) async fn changed(ctx: &Ctx, tx: &mut Tx, id: i64) -> Result<()> {
    emit(ctx, tx, CompanyUpdated, id).await
}

/// Adds a company, or names the one that has its domain already.
pub(super) async fn insert(ctx: &Ctx, tx: &mut Tx, fields: CompanyFields, custom: Custom) -> Result<i64> {
    add(ctx, tx, canonical(fields)?, custom).await
}

/// Changes a company that is there.
pub(super) async fn change(
    ctx: &Ctx,
    tx: &mut Tx,
    id: i64,
    fields: CompanyFields,
    custom: Custom,
) -> Result<()> {
    revise(ctx, tx, id, canonical(fields)?, custom).await
}

/// Finds a company by domain, then by LinkedIn, and changes it; adds one when there is none.
pub(super) async fn upsert(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: CompanyFields,
    custom: Custom,
) -> Result<(Outcome, i64)> {
    let fields = fields.recognisable()?;
    let found = match by_domain(ctx, tx, fields.domain.value()).await? {
        Some(id) => Some(id),
        None => by_linkedin(ctx, tx, fields.linkedin_url.value()).await?,
    };
    match found {
        Some(id) => revise(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id)),
        None => add(ctx, tx, fields, custom).await.map(|id| (Outcome::Created, id)),
    }
}

fn canonical(fields: CompanyFields) -> Result<CompanyFields> {
    fields.canonical().map_err(|issues| Error::invalid(&issues))
}

/// Adds a company of canonical fields.
async fn add(ctx: &Ctx, tx: &mut Tx, fields: CompanyFields, custom: Custom) -> Result<i64> {
    let mut company = Company {
        org_id: ctx.org(),
        meta_data: json!({ "source": "api" }),
        created_at: ctx.now(),
        updated_at: ctx.now(),
        ..Company::default()
    };
    fields.apply(&mut company);
    if let Some(id) = companies::insert(tx, &company).await? {
        column::write(ctx, tx, (Subject::Company, id), custom.values, custom.create_missing).await?;
        emit(ctx, tx, CompanyCreated, id).await?;
        return Ok(id);
    }
    let (taken, id) = match by_domain(ctx, tx, company.domain.as_ref()).await? {
        Some(id) => ("domain", Some(id)),
        None => ("linkedin_url", by_linkedin(ctx, tx, company.linkedin_url.as_ref()).await?),
    };
    let message = format!("`{taken}` belongs to company {}; update that one.", id.unwrap_or_default());
    Err(Error::conflict(message).with(json!({ "company_id": id, "field": taken })))
}

/// Writes canonical fields into a company that is there.
async fn revise(ctx: &Ctx, tx: &mut Tx, id: i64, fields: CompanyFields, custom: Custom) -> Result<()> {
    let mut company =
        companies::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("company", id))?;
    // What the company has already cannot be another's.
    let domain = fields.domain.value().filter(|domain| Some(*domain) != company.domain.as_ref());
    let linkedin = fields.linkedin_url.value().filter(|url| Some(*url) != company.linkedin_url.as_ref());
    for (taken, other) in [
        ("domain", by_domain(ctx, tx, domain).await?),
        ("linkedin_url", by_linkedin(ctx, tx, linkedin).await?),
    ] {
        if let Some(other) = other {
            let message =
                format!("`{taken}` belongs to company {other}; it cannot be company {id}'s as well.");
            return Err(Error::conflict(message).with(json!({ "company_id": other, "field": taken })));
        }
    }
    fields.apply(&mut company);
    company.updated_at = ctx.now();
    companies::update(tx, &company).await?;
    column::write(ctx, tx, (Subject::Company, id), custom.values, custom.create_missing).await?;
    emit(ctx, tx, CompanyUpdated, id).await
}

/// The company that a contact's fields name: by domain, else by name; added when there is none.
pub(crate) async fn find_or_add(
    ctx: &Ctx,
    tx: &mut Tx,
    domain: Option<String>,
    name: Option<String>,
) -> Result<i64> {
    let found = match (&domain, &name) {
        (Some(domain), _) => companies::by_domain(tx, ctx.org(), domain).await?,
        (None, Some(name)) => companies::by_name(tx, ctx.org(), name).await?,
        (None, None) => None,
    };
    match found {
        Some(id) => Ok(id),
        None => {
            let name = Patch::from(name.or_else(|| domain.clone()));
            let fields = CompanyFields { name, domain: domain.into(), ..CompanyFields::default() };
            insert(ctx, tx, fields, Custom::default()).await
        }
    }
}

async fn by_domain(ctx: &Ctx, tx: &mut Tx, domain: Option<&String>) -> Result<Option<i64>> {
    match domain {
        Some(domain) => Ok(companies::by_domain(tx, ctx.org(), domain).await?),
        None => Ok(None),
    }
}

async fn by_linkedin(ctx: &Ctx, tx: &mut Tx, url: Option<&String>) -> Result<Option<i64>> {
    match url {
        Some(url) => Ok(companies::by_linkedin(tx, ctx.org(), url).await?),
        None => Ok(None),
    }
}
