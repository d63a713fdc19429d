//! Writing contacts: what create, update, assert and the batch have in common.

use super::{ContactDetail, ContactFields};
use crate::{
    built_in::Company,
    column, company,
    events::{ContactCreated, ContactPayload, ContactUpdated},
    person::refuse_erased,
    upsert::{Custom, Outcome},
};
use g8_core::{Ctx, events::Event};
use g8_domain::{
    Error, Result,
    record::{Contact, Subject},
};
use g8_storage::{Session, Tx, companies, contacts};
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
pub(super) async fn emit<E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(ContactPayload) -> E,
    id: i64,
) -> Result<()> {
    let contact = detail(ctx, tx, id).await?;
    ctx.emit(tx, event(contact.into())).await
}

/// Says in an event that a contact has changed.
pub(crate) async fn changed(ctx: &Ctx, tx: &mut Tx, id: i64) -> Result<()> {
    emit(ctx, tx, ContactUpdated, id).await
}

/// Adds a contact, or names the one that has its address already.
pub(super) async fn insert(ctx: &Ctx, tx: &mut Tx, fields: ContactFields, custom: Custom) -> Result<i64> {
    add(ctx, tx, fields.addressable()?, custom).await
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
    revise(ctx, tx, id, fields, custom).await
}

/// Finds a contact by address, then by LinkedIn, and changes it; adds one when there is none.
pub(super) async fn upsert(
    ctx: &Ctx,
    tx: &mut Tx,
    fields: ContactFields,
    custom: Custom,
) -> Result<(Outcome, i64)> {
    let fields = fields.addressable()?;
    let found = match by_email(ctx, tx, fields.work_email.value()).await? {
        Some(id) => Some(id),
        None => by_linkedin(ctx, tx, fields.linkedin_url.value()).await?,
    };
    match found {
        Some(id) => revise(ctx, tx, id, fields, custom).await.map(|()| (Outcome::Updated, id)),
        None => add(ctx, tx, fields, custom).await.map(|id| (Outcome::Created, id)),
    }
}

/// Adds a contact of canonical fields.
async fn add(ctx: &Ctx, tx: &mut Tx, fields: ContactFields, custom: Custom) -> Result<i64> {
    let private = fields.personal_emails.value().map(Vec::as_slice).unwrap_or_default();
    refuse_erased(ctx, tx, (fields.work_email.value(), fields.linkedin_url.value()), private).await?;
    let mut contact = Contact {
        org_id: ctx.org(),
        meta_data: json!({ "source": "api" }),
        created_at: ctx.now(),
        ..Contact::default()
    };
    fill(ctx, tx, &mut contact, fields).await?;
    if let Some(id) = contacts::insert(tx, &contact).await? {
        column::write(ctx, tx, (Subject::Contact, id), custom.values, custom.create_missing).await?;
        if contact.company_id.is_some() {
            emit(ctx, tx, ContactCreated, id).await?;
        } else {
            // Nothing is shown that is not in hand: reading it again would cost a statement.
            let contact = Contact { id, ..contact };
            ctx.emit(tx, ContactCreated(ContactDetail::new(contact, None).into())).await?;
        }
        return Ok(id);
    }
    let (taken, id) = match by_email(ctx, tx, contact.work_email.as_ref()).await? {
        Some(id) => ("work_email", Some(id)),
        None => ("linkedin_url", by_linkedin(ctx, tx, contact.linkedin_url.as_ref()).await?),
    };
    let message = format!("`{taken}` belongs to contact {}; update that one.", id.unwrap_or_default());
    Err(Error::conflict(message).with(json!({ "contact_id": id, "field": taken })))
}

/// Writes canonical fields into a contact that is there.
async fn revise(ctx: &Ctx, tx: &mut Tx, id: i64, fields: ContactFields, custom: Custom) -> Result<()> {
    let mut contact =
        contacts::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("contact", id))?;
    // What the contact has already cannot be another's.
    let email = fields.work_email.value().filter(|email| Some(*email) != contact.work_email.as_ref());
    let linkedin = fields.linkedin_url.value().filter(|url| Some(*url) != contact.linkedin_url.as_ref());
    let mut private = fields.personal_emails.value().cloned().unwrap_or_default();
    private.retain(|email| !contact.personal_emails.contains(email));
    refuse_erased(ctx, tx, (email, linkedin), &private).await?;
    for (taken, other) in [
        ("work_email", by_email(ctx, tx, email).await?),
        ("linkedin_url", by_linkedin(ctx, tx, linkedin).await?),
    ] {
        if let Some(other) = other {
            let message =
                format!("`{taken}` belongs to contact {other}; it cannot be contact {id}'s as well.");
            return Err(Error::conflict(message).with(json!({ "contact_id": other, "field": taken })));
        }
    }
    fill(ctx, tx, &mut contact, fields).await?;
    contacts::update(tx, &contact).await?;
    column::write(ctx, tx, (Subject::Contact, id), custom.values, custom.create_missing).await?;
    emit(ctx, tx, ContactUpdated, id).await
}

async fn by_email(ctx: &Ctx, tx: &mut Tx, email: Option<&String>) -> Result<Option<i64>> {
    match email {
        Some(email) => Ok(contacts::by_email(tx, ctx.org(), email).await?),
        None => Ok(None),
    }
}

async fn by_linkedin(ctx: &Ctx, tx: &mut Tx, url: Option<&String>) -> Result<Option<i64>> {
    match url {
        Some(url) => Ok(contacts::by_linkedin(tx, ctx.org(), url).await?),
        None => Ok(None),
    }
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
