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
    let (visitor, named) = (&posted.visitor, posted.fields.get("member").unwrap_or_default());
    let done = put_on(visitor, &id, named).await;
    finish(visitor, &id, &posted.fields, done).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let (visitor, member) = (&posted.visitor, posted.fields.get("member_id").unwrap_or_default());
    let done = take_off(visitor, &id, member).await;
    finish(visitor, &id, &posted.fields, done).await
}

/// Back to the page of the list that was looked at.
async fn finish(visitor: &CurrentUser, id: &str, fields: &Fields, done: Result<(), PageError>) -> Response {
    let cursor = fields.get("cursor").map(|cursor| format!("?{}", Fields::default().with("cursor", cursor)));
    let to = format!("/lists/{id}{}", cursor.unwrap_or_default());
    then(done, |()| to, async |fault| page(visitor, id, fields, Some(fault)).await).await
}

async fn holds_companies(visitor: &CurrentUser, id: &str) -> Result<bool, PageError> {
    Ok(visitor.send::<GetList>(named::<GetList>(&[("list_id", id)])).await?.kind.holds_companies())
}

/// Somebody by their e-mail address, or a company by its domain.
async fn put_on(visitor: &CurrentUser, id: &str, given: &str) -> Result<(), PageError> {
    if holds_companies(visitor, id).await? {
        let found = visitor
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
        visitor.send::<AddCompaniesToList>(named::<AddCompaniesToList>(&args)).await?;
    } else {
        let found = visitor
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
        visitor.send::<AddContactsToList>(named::<AddContactsToList>(&args)).await?;
    }
    Ok(())
}

fn unknown(what: &str) -> Error {
    Error::rule(format!("No {what}."))
}

async fn take_off(visitor: &CurrentUser, id: &str, member: &str) -> Result<(), PageError> {
    if holds_companies(visitor, id).await? {
        let args = [("list_id", id), ("company_ids", member)];
        visitor.send::<RemoveCompaniesFromList>(named::<RemoveCompaniesFromList>(&args)).await?;
    } else {
        let args = [("list_id", id), ("contact_ids", member)];
        visitor.send::<RemoveContactsFromList>(named::<RemoveContactsFromList>(&args)).await?;
    }
    Ok(())
}
