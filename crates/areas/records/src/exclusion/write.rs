//! Writing exclusions, whichever family of the API asks.

use super::ExclusionView;
use crate::events::{ExclusionCreated, ExclusionDeleted, ExclusionUpdated};
use g8_core::{Ctx, suppression::Recipient};
use g8_domain::{
    Error, Result, Scope,
    record::{Channel, Contact, Exclusion},
    value,
};
use g8_storage::{Session, Tx, contacts, exclusions};

/// Adds exclusions with an event for each; gives those that are new, and those that last longer now.
pub(crate) async fn add(ctx: &Ctx, tx: &mut Tx, all: &[Exclusion]) -> Result<Vec<ExclusionView>> {
    let new: Vec<ExclusionView> =
        exclusions::insert(tx, all).await?.into_iter().map(ExclusionView::from).collect();
    let (begun, longer): (Vec<_>, Vec<_>) = new.iter().cloned().partition(|one| one.created_at == ctx.now());
    ctx.emit_all(tx, begun.into_iter().map(|view| ExclusionCreated(view.into())).collect()).await?;
    ctx.emit_all(tx, longer.into_iter().map(|view| ExclusionUpdated(view.into())).collect()).await?;
    Ok(new)
}

/// Takes an exclusion back, and says so.
pub(crate) async fn remove(ctx: &Ctx, tx: &mut Tx, one: Exclusion) -> Result<()> {
    exclusions::delete(tx, ctx.org(), one.id).await?;
    ctx.emit(tx, ExclusionDeleted(ExclusionView::from(one).into())).await
}

/// A contact that the caller may read: without that scope it is not there.
pub(crate) async fn somebody(ctx: &Ctx, on: &mut impl Session, id: i64) -> Result<Contact> {
    let missing = || Error::not_found("contact", id);
    if !ctx.caller.allows(Scope::CONTACTS_READ) {
        return Err(missing());
    }
    contacts::get(on, ctx.org(), id).await?.ok_or_else(missing)
}

/// Adds to an exclusion of a contact the names that outlive its record: an address that is imported again
/// is still excluded.
pub(crate) fn complete(one: &mut Exclusion, contact: &Contact) {
    let known = Recipient::from_contact(contact);
    if one.email.is_none() {
        one.email = contact.work_email.as_deref().and_then(|email| value::email(email).ok());
    }
    if one.linkedin_url.is_none() {
        one.linkedin_url = known.linkedin_url;
    }
    if one.phone.is_none() && one.channel == Channel::Phone {
        one.phone = known.phones.into_iter().next();
    }
}
