//! Signing out.

use crate::{PageError, Posted};
use axum::response::Response;
use g8_identity::people::sign_out;

pub async fn submit(posted: Posted) -> Result<Response, PageError> {
    let visitor = &posted.visitor;
    sign_out(&visitor.stranger.site.app, visitor.caller(), &visitor.stranger.origin).await?;
    Ok(visitor.stranger.clear_session())
}
