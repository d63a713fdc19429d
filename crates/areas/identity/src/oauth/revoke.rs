//! `POST /oauth/revoke` (RFC 7009): a program gives back what it has.

use super::{OauthError, Params, client, grant::RETURNED};
use crate::people::note;
use futures_util::future::BoxFuture;
use g8_auth::{Label, Token};
use g8_core::{
    App, Origin,
    throttle::{count, place},
};
use g8_domain::{Plan, record::Key};
use g8_storage::{Session, keys, oauth_grants, oauth_tokens};

const NEAR: Plan = Plan { per_second: Some(20), per_minute: Some(120), per_day: None };

/// Ends the grant that a token belongs to, whichever of its tokens it is. What is no token of the client's is no
/// fault: it opens nothing, as was asked.
///
/// # Errors
/// The client is not known, or has not proved to be it.
pub fn revoke<'a>(
    app: &'a App,
    params: &'a Params,
    authorization: Option<&'a [u8]>,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<(), OauthError>> {
    Box::pin(async move {
        count(app, "oauth revoke", &place(origin), NEAR).await?;
        let client = client::authenticate(app, params, authorization).await?;
        let shown = params.require("token")?;
        let mut tx = app.db.begin().await?;
        let Some(key) = key_of(app, &mut tx, shown).await? else { return Ok(()) };
        if oauth_grants::client_of(&mut tx, key.org_id, key.id).await?.as_ref() != Some(&client.id) {
            return Ok(());
        }
        if oauth_grants::end(&mut tx, key.org_id, key.id, app.clock.now()).await? {
            note(app, &mut tx, &key, RETURNED, origin).await?;
            tx.commit().await?;
            app.callers.forget();
        }
        Ok(())
    })
}

/// What a token belongs to: a grant, or the personal key that it is.
async fn key_of(app: &App, on: &mut impl Session, shown: &str) -> Result<Option<Key>, OauthError> {
    let Some(token) = Token::parse(shown) else { return Ok(None) };
    let digest = token.digest(&app.pepper);
    match token.label() {
        Label::Access | Label::Refresh => {
            let Some(token) = oauth_tokens::find(on, &digest).await? else { return Ok(None) };
            Ok(keys::any(on, token.grant_id).await?)
        }
        Label::Live | Label::Test => Ok(keys::by_digest(on, &digest).await?),
        _ => Ok(None),
    }
}
