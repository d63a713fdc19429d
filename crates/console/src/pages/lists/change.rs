//! Renaming a list, and deleting it.

use super::show::page;
use crate::{Fields, PageError, Posted, named, pages::record::then};
use axum::{
    extract::Path,
    response::{Redirect, Response},
};
use g8_records::list::{DeleteList, UpdateList};

pub async fn rename(Path(id): Path<String>, posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let mut args = fields.changes::<UpdateList>();
    args.extend(named::<UpdateList>(&[("list_id", &id)]));
    let done = user.send::<UpdateList>(args).await;
    let again = async |fault: &PageError| page(user, &id, &Fields::default(), Some(fault)).await;
    then(done, |_| format!("/lists/{id}"), again).await
}

pub async fn delete(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    posted.user.send::<DeleteList>(named::<DeleteList>(&[("list_id", &id)])).await?;
    Ok(Redirect::to("/lists"))
}
