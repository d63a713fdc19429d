//! Writing companies: what create, update, assert, the batch and a contact's employer have in common.

use super::{CompanyDetail, CompanyFields};
use crate::{
    Ctx,
    ops::{
        column, list,
        upsert::{Custom, Outcome},
    },
};
use g8_domain::{
    Error, Issue, Patch, Result,
    event::{COMPANY_CREATED, COMPANY_UPDATED, Event},
    record::{Company, ListKind, Subject},
};
use g8_storage::{Session, Tx, companies, lists};
use serde_json::json;

/// One company in full, inside or outside a transaction.
pub(in crate::ops) async fn detail(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<CompanyDetail> {
    let company = companies::get(on, ctx.org(), id).await?;
    company.map(CompanyDetail::from).ok_or_else(|| Error::not_found("company", id))
}

/// Says in an event what a company now is.
pub(super) async fn emit(ctx: &Ctx, tx: &mut Tx, name: &'static str, id: i64) -> Result<()> {
    let data = serde_json::to_value(detail(ctx, tx, id).await?).map_err(Error::internal)?;
    ctx.emit(tx, &Event { name, subject: format!("company:{id}"), data }).await
}

/// Adds a company, or names the one that has its domain already.
pub(super) async fn insert(ctx: &Ctx, tx: &mut Tx, fields: CompanyFields, custom: Custom) -> Result<i64> {
    let fields = fields.canonical().map_err(|issues| Error::invalid(&issues))?;
    let (domain, linkedin) = (fields.domain.value().cloned(), fields.linkedin_url.value().cloned());
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
        emit(ctx, tx, COMPANY_CREATED, id).await?;
        return Ok(id);
    }
    let (taken, id) = match known(ctx, tx, domain.as_deref(), None).await? {
        Some(id) => ("domain", Some(id)),
        None => ("linkedin_url", known(ctx, tx, None, linkedin.as_deref()).await?),
    };
    let message = format!("`{taken}` belongs to company {}; update that one.", id.unwrap_or_default());
    Err(Error::conflict(message).with(json!({ "company_id": id, "field": taken })))
}

/// Changes a company that is there.
pub(super) async fn change(
    ctx: &Ctx,
    tx: &mut Tx,
    id: i64,
    fields: CompanyFields,
    custom: Custom,
) -> Result<()> {
    let fields = fields.canonical().map_err(|issues| Error::invalid(&issues))?;
    let mut company =
        companies::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("company", id))?;
    for (taken, other) in [
        ("domain", known(ctx, tx, fields.domain.value().map(String::as_str), None).await?),
        ("linkedin_url", known(ctx, tx, None, fields.linkedin_url.value().map(String::as_str)).await?),
    ] {
        if let Some(other) = other.filter(|other| *other != id) {
            let message =
                format!("`{taken}` belongs to company {other}; it cannot be company {id}'s as well.");
            return Err(Error::conflict(message).with(json!({ "company_id": other, "field": taken })));
        }
    }
    fields.apply(&mut company);
    company.updated_at = ctx.now();
    companies::update(tx, &company).await?;
    column::write(ctx, tx, (Subject::Company, id), custom.values, custom.create_missing).await?;
    emit(ctx, tx, COMPANY_UPDATED, id).await
}

/// Finds a company by domain, then by LinkedIn, and changes it; adds one when there is none.
pub(super) async fn upsert(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: CompanyFields,
    custom: Custom,
) -> Result<(Outcome, i64)> {
    let fields = fields.canonical().map_err(|issues| Error::invalid(&issues))?;
    if fields.domain.value().is_none() && fields.linkedin_url.value().is_none() {
        return Err(Error::invalid(&[Issue::new("domain", "or `linkedin_url` is required")]));
    }
    let found = match known(ctx, tx, fields.domain.value().map(String::as_str), None).await? {
        Some(id) => Some(id),
        None => known(ctx, tx, None, fields.linkedin_url.value().map(String::as_str)).await?,
    };
    match found {
        Some(id) => change(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id)),
        None => insert(ctx, tx, fields, custom).await.map(|id| (Outcome::Created, id)),
    }
}

/// The company that a contact's fields name: by domain, else by name; added when there is none.
pub(in crate::ops) async fn find_or_add(
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

/// Puts a company on a list of companies, if one is named.
pub(super) async fn enlist(ctx: &Ctx, tx: &mut Tx, list: Option<i64>, company: i64) -> Result<()> {
    let Some(list) = list else { return Ok(()) };
    list::holding(ctx, tx, list, ListKind::holds_companies).await?;
    lists::add_company(tx, ctx.org(), list, company, ctx.now()).await?;
    Ok(())
}

async fn known(ctx: &Ctx, tx: &mut Tx, domain: Option<&str>, linkedin: Option<&str>) -> Result<Option<i64>> {
    Ok(match (domain, linkedin) {
        (Some(domain), _) => companies::by_domain(tx, ctx.org(), domain).await?,
        (None, Some(url)) => companies::by_linkedin(tx, ctx.org(), url).await?,
        (None, None) => None,
    })
}
