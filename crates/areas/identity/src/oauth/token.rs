//! `POST /oauth/token`.

use super::{OauthError, Params, client, code, refresh};
use futures_util::future::BoxFuture;
use g8_core::{
    App, Origin,
    throttle::{count, place},
};
use g8_domain::Plan;
use serde::Serialize;
use uuid::Uuid;

/// Requests of one program from one address: assistants in the cloud come from few addresses for many people.
const NEAR: Plan = Plan { per_second: Some(50), per_minute: Some(300), per_day: None };
/// Requests of anything from one address.
const ADDRESS: Plan = Plan { per_second: Some(100), per_minute: Some(1200), per_day: None };

/// What a program gets.
#[derive(Debug, Clone, Serialize)]
pub struct Granted {
    /// Opens the tools, or everything where a personal key was made.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds that it works.
    pub expires_in: i64,
    /// What it opens.
    pub scope: String,
    /// New tokens, once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The personal key that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key_id: Option<Uuid>,
    /// Whose key it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Exchanges a code or a refresh token.
///
/// # Errors
/// By RFC 6749 §5.2.
pub fn token<'a>(
    app: &'a App,
    params: &'a Params,
    authorization: Option<&'a [u8]>,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Granted, OauthError>> {
    Box::pin(async move {
        let from = place(origin);
        count(app, "oauth address", &from, ADDRESS).await?;
        let client = client::authenticate(app, params, authorization).await?;
        count(app, "oauth token", &format!("{}\n{from}", client.id), NEAR).await?;
        match params.require("grant_type")? {
            "authorization_code" => code::exchange(app, &client, params, origin).await,
            "refresh_token" => refresh::refresh(app, &client, params, origin).await,
            _ => Err(OauthError::new(
                "unsupported_grant_type",
                "Offered are authorization_code and refresh_token.",
            )),
        }
    })
}
