//! Signing out.

use crate::{PageError, Posted};
use axum::response::Response;
use g8_identity::people::sign_out;

pub async fn submit(posted: Posted) -> Result<Response, PageError> {
    let user = &posted.user;
    sign_out(&user.anonymous.site.app, user.caller(), &user.anonymous.origin).await?;
    Ok(user.anonymous.clear_session())
}
