//! Replacing a key, and ending it.

use super::secret;
use crate::{PageError, Posted, session::local};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use g8_identity::key::{RevokeKey, RotateKey};
use maud::Markup;

pub async fn rotate(Path(id): Path<String>, posted: Posted) -> Result<Markup, PageError> {
    let mut args = posted.fields.args::<RotateKey>();
    args.insert("api_key_id".to_owned(), id.into());
    let made = posted.user.send::<RotateKey>(args).await?;
    Ok(secret::page(&posted.user, &made))
}

pub async fn revoke(Path(id): Path<String>, posted: Posted) -> Result<Response, PageError> {
    let args = [("api_key_id".to_owned(), id.into())].into_iter().collect();
    posted.user.send::<RevokeKey>(args).await?;
    let back = local(posted.fields.get("back")).unwrap_or("/profile/developer");
    Ok(Redirect::to(back).into_response())
}
