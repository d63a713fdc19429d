//! Putting records on a list and taking them off.

use super::show::page;
use crate::{CurrentUser, Fields, PageError, Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_domain::Error;
use g8_records::{
    company, contact,
    list::{AddCompaniesToList, AddContactsToList, GetList, RemoveCompaniesFromList, RemoveContactsFromList},
};

pub async fn add(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, named) = (&posted.user, posted.fields.get("member").unwrap_or_default());
    let done = put_on(user, &id, named).await;
    finish(user, &id, &posted.fields, done).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, member) = (&posted.user, posted.fields.get("member_id").unwrap_or_default());
    let done = take_off(user, &id, member).await;
    finish(user, &id, &posted.fields, done).await
}

/// Back to the page of the list that was looked at.
async fn finish(user: &CurrentUser, id: &str, fields: &Fields, done: Result<(), PageError>) -> Response {
    let cursor = fields.get("cursor").map(|cursor| format!("?{}", Fields::default().with("cursor", cursor)));
    let to = format!("/lists/{id}{}", cursor.unwrap_or_default());
    then(done, |()| to, async |fault| page(user, id, fields, Some(fault)).await).await
}

async fn holds_companies(user: &CurrentUser, id: &str) -> Result<bool, PageError> {
    Ok(user.send::<GetList>(named::<GetList>(&[("list_id", id)])).await?.kind.holds_companies())
}

/// Somebody by their e-mail address, or a company by its domain.
async fn put_on(user: &CurrentUser, id: &str, given: &str) -> Result<(), PageError> {
    if holds_companies(user, id).await? {
        let found = user
            .send::<company::ListCompanies>(named::<company::ListCompanies>(&[
                ("domain", given),
                ("limit", "1"),
            ]))
            .await?;
        let one = found
            .data
            .first()
            .filter(|_| !given.is_empty())
            .ok_or_else(|| unknown("company has this domain"))?;
        let args = [("list_id", id), ("company_ids", &one.id.to_string())];
        user.send::<AddCompaniesToList>(named::<AddCompaniesToList>(&args)).await?;
    } else {
        let found = user
            .send::<contact::ListContacts>(named::<contact::ListContacts>(&[
                ("email", given),
                ("limit", "1"),
            ]))
            .await?;
        let one = found
            .data
            .first()
            .filter(|_| !given.is_empty())
            .ok_or_else(|| unknown("contact has this e-mail address"))?;
        let args = [("list_id", id), ("contact_ids", &one.id.to_string())];
        user.send::<AddContactsToList>(named::<AddContactsToList>(&args)).await?;
    }
    Ok(())
}

fn unknown(what: &str) -> Error {
    Error::rule(format!("No {what}."))
}

async fn take_off(user: &CurrentUser, id: &str, member: &str) -> Result<(), PageError> {
    if holds_companies(user, id).await? {
        let args = [("list_id", id), ("company_ids", member)];
        user.send::<RemoveCompaniesFromList>(named::<RemoveCompaniesFromList>(&args)).await?;
    } else {
        let args = [("list_id", id), ("contact_ids", member)];
        user.send::<RemoveContactsFromList>(named::<RemoveContactsFromList>(&args)).await?;
    }
    Ok(())
}
