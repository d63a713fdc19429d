//! Writing contacts: what create, update, assert and the batch have in common.

use super::{ContactDetail, ContactFields, fields::Company};
use crate::{
    Ctx,
    ops::{
        column, company, list,
        upsert::{Custom, Outcome},
    },
};
use g8_domain::{
    Error, Issue, Result,
    event::{CONTACT_CREATED, CONTACT_UPDATED, Event},
    record::{Contact, ListKind, Subject},
};
use g8_storage::{Session, Tx, companies, contacts, lists};
use serde_json::json;

/// One contact in full, inside or outside a transaction.
pub(super) async fn detail(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<ContactDetail> {
    let contact = contacts::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("contact", id))?;
    let company = match contact.company_id {
        Some(company) => companies::get(on, ctx.org(), company).await?,
        None => None,
    };
    Ok(ContactDetail::new(contact, company))
}

/// Says in an event what a contact now is.
pub(super) async fn emit(ctx: &Ctx, tx: &mut Tx, name: &'static str, id: i64) -> Result<()> {
    let data = serde_json::to_value(detail(ctx, tx, id).await?).map_err(Error::internal)?;
    ctx.emit(tx, &Event { name, subject: format!("contact:{id}"), data }).await
}

/// Adds a contact, or names the one that has its address already.
pub(super) async fn insert(ctx: &Ctx, tx: &mut Tx, fields: ContactFields, custom: Custom) -> Result<i64> {
    let fields = addressable(fields)?;
    let (email, linkedin) = (fields.work_email.value().cloned(), fields.linkedin_url.value().cloned());
    let mut contact = Contact {
        org_id: ctx.org(),
        meta_data: json!({ "source": "api" }),
        created_at: ctx.now(),
        ..Contact::default()
    };
    fill(ctx, tx, &mut contact, fields).await?;
    if let Some(id) = contacts::insert(tx, &contact).await? {
        column::write(ctx, tx, (Subject::Contact, id), custom.values, custom.create_missing).await?;
        emit(ctx, tx, CONTACT_CREATED, id).await?;
        return Ok(id);
    }
    let (taken, id) = match known(ctx, tx, email.as_deref(), None).await? {
        Some(id) => ("work_email", Some(id)),
        None => ("linkedin_url", known(ctx, tx, None, linkedin.as_deref()).await?),
    };
    let message = format!("`{taken}` belongs to contact {}; update that one.", id.unwrap_or_default());
    Err(Error::conflict(message).with(json!({ "contact_id": id, "field": taken })))
}

/// Changes a contact that is there.
pub(super) async fn change(
    ctx: &Ctx,
    tx: &mut Tx,
    id: i64,
    fields: ContactFields,
    custom: Custom,
) -> Result<()> {
    let fields = fields.canonical().map_err(|issues| Error::invalid(&issues))?;
    let mut contact =
        contacts::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("contact", id))?;
    for (taken, other) in [
        ("work_email", known(ctx, tx, fields.work_email.value().map(String::as_str), None).await?),
        ("linkedin_url", known(ctx, tx, None, fields.linkedin_url.value().map(String::as_str)).await?),
    ] {
        if let Some(other) = other.filter(|other| *other != id) {
            let message =
                format!("`{taken}` belongs to contact {other}; it cannot be contact {id}'s as well.");
            return Err(Error::conflict(message).with(json!({ "contact_id": other, "field": taken })));
        }
    }
    fill(ctx, tx, &mut contact, fields).await?;
    contacts::update(tx, &contact).await?;
    column::write(ctx, tx, (Subject::Contact, id), custom.values, custom.create_missing).await?;
    emit(ctx, tx, CONTACT_UPDATED, id).await
}

/// Finds a contact by address, then by LinkedIn, and changes it; adds one when there is none.
pub(super) async fn upsert(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: ContactFields,
    custom: Custom,
) -> Result<(Outcome, i64)> {
    let fields = addressable(fields)?;
    let email = fields.work_email.value().map(String::as_str);
    let linkedin = fields.linkedin_url.value().map(String::as_str);
    let found = match known(ctx, tx, email, None).await? {
        Some(id) => Some(id),
        None => known(ctx, tx, None, linkedin).await?,
    };
    match found {
        Some(id) => change(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id)),
        None => insert(ctx, tx, fields, custom).await.map(|id| (Outcome::Created, id)),
    }
}

/// Puts a contact on a list of people, if one is named.
pub(super) async fn enlist(ctx: &Ctx, tx: &mut Tx, list: Option<i64>, contact: i64) -> Result<()> {
    let Some(list) = list else { return Ok(()) };
    list::holding(ctx, tx, list, ListKind::holds_contacts).await?;
    lists::add_contact(tx, ctx.org(), list, contact, ctx.now()).await?;
    Ok(())
}

/// A contact needs something to be recognised by.
fn addressable(fields: ContactFields) -> Result<ContactFields> {
    let fields = fields.canonical().map_err(|issues| Error::invalid(&issues))?;
    if fields.work_email.value().is_none() && fields.linkedin_url.value().is_none() {
        return Err(Error::invalid(&[Issue::new("work_email", "or `linkedin_url` is required")]));
    }
    Ok(fields)
}

async fn known(ctx: &Ctx, tx: &mut Tx, email: Option<&str>, linkedin: Option<&str>) -> Result<Option<i64>> {
    Ok(match (email, linkedin) {
        (Some(email), _) => contacts::by_email(tx, ctx.org(), email).await?,
        (None, Some(url)) => contacts::by_linkedin(tx, ctx.org(), url).await?,
        (None, None) => None,
    })
}

async fn fill(ctx: &Ctx, tx: &mut Tx, contact: &mut Contact, fields: ContactFields) -> Result<()> {
    match fields.company() {
        Company::Keep => {}
        Company::Clear => contact.company_id = None,
        Company::Id(id) => {
            companies::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("company", id))?;
            contact.company_id = Some(id);
        }
        Company::Known { domain, name } => {
            contact.company_id = Some(company::find_or_add(ctx, tx, domain, name).await?);
        }
    }
    fields.apply(contact);
    contact.updated_at = ctx.now();
    Ok(())
}
