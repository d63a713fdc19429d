//! Changing who belongs to the organisation, and what it is called.

use super::{PATH, one, show};
use crate::{PageError, Posted};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use g8_identity::{invitation, member, organization};

pub async fn role(Path(id): Path<String>, posted: Posted) -> Response {
    let mut args = posted.fields.args::<member::UpdateMember>();
    args.insert("user_id".to_owned(), id.into());
    let done = posted.user.send::<member::UpdateMember>(args).await;
    back(&posted, done).await
}

pub async fn remove(Path(id): Path<String>, posted: Posted) -> Response {
    let done = posted.user.send::<member::RemoveMember>(one("user_id", &id)).await;
    back(&posted, done).await
}

pub async fn revoke(Path(id): Path<String>, posted: Posted) -> Response {
    let done = posted.user.send::<invitation::RevokeInvitation>(one("invitation_id", &id)).await;
    back(&posted, done).await
}

pub async fn rename(posted: Posted) -> Response {
    let args = posted.fields.args::<organization::UpdateOrganization>();
    let done = posted.user.send::<organization::UpdateOrganization>(args).await;
    back(&posted, done).await
}

async fn back<T>(posted: &Posted, done: Result<T, PageError>) -> Response {
    match done {
        Ok(_) => Redirect::to(PATH).into_response(),
        Err(fault) => show::again(&posted.user, &posted.fields, fault).await,
    }
}
