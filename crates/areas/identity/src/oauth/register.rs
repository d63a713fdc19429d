//! Programs that register themselves (RFC 7591).

use super::{OauthError, client, redirect};
use futures_util::future::BoxFuture;
use g8_auth::{Label, Token};
use g8_core::{
    App, Origin,
    throttle::{count, place},
};
use g8_domain::{
    Plan, Ts,
    record::{ClientAuth, ClientKind, OauthClient},
};
use g8_storage::oauth_clients;
use serde::{Deserialize, Serialize};

/// Registrations from one address, and all together.
const NEAR: Plan = Plan { per_second: None, per_minute: Some(20), per_day: Some(200) };
const ALL: Plan = Plan { per_second: None, per_minute: Some(60), per_day: None };
const MOST_URIS: usize = 10;

/// What a program says of itself; what else it says is ignored.
#[derive(Debug, Default, Deserialize)]
pub struct Registration {
    /// Its name.
    pub client_name: Option<String>,
    /// Where it wants codes sent to.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// How it will prove itself.
    pub token_endpoint_auth_method: Option<String>,
    /// What it will ask for.
    pub grant_types: Option<Vec<String>>,
    /// How it wants to be answered.
    pub response_types: Option<Vec<String>>,
}

/// What became of it.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "each field is one of RFC 7591")]
pub struct Registered {
    pub client_id: String,
    pub client_id_issued_at: i64,
    pub client_name: String,
    pub redirect_uris: Vec<String>,
    pub grant_types: [&'static str; 2],
    pub response_types: [&'static str; 1],
    pub token_endpoint_auth_method: ClientAuth,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret_expires_at: Option<i64>,
}

/// Registers a program.
///
/// # Errors
/// What it says cannot be; or there are too many.
pub fn register<'a>(
    app: &'a App,
    asks: Registration,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Registered, OauthError>> {
    Box::pin(async move {
        let auth = check(&asks)?;
        count(app, "oauth register", &place(origin), NEAR).await?;
        count(app, "oauth register", "all", ALL).await?;
        let now = app.clock.now();
        let secret = (auth != ClientAuth::None)
            .then(|| app.entropy.with(|mut rng| Token::generate(Label::Client, &mut rng)));
        let client = OauthClient {
            id: app.entropy.id(now).to_string(),
            kind: ClientKind::Registered,
            name: client::name(asks.client_name.as_deref()),
            redirect_uris: asks.redirect_uris,
            auth,
            secret_digest: secret.as_ref().map(|secret| secret.digest(&app.pepper).to_vec()),
            created_at: now,
            used_at: now,
            fresh_until: None,
        };
        let mut tx = app.db.begin().await?;
        oauth_clients::put(&mut tx, &client).await?;
        tx.commit().await?;
        Ok(shown(client, secret.as_ref(), now))
    })
}

fn shown(client: OauthClient, secret: Option<&Token>, now: Ts) -> Registered {
    Registered {
        client_id: client.id,
        client_id_issued_at: now.unix_seconds(),
        client_name: client.name,
        redirect_uris: client.redirect_uris,
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: client.auth,
        client_secret: secret.map(|secret| secret.reveal().to_owned()),
        client_secret_expires_at: secret.map(|_| 0),
    }
}

fn check(asks: &Registration) -> Result<ClientAuth, OauthError> {
    let uris = &asks.redirect_uris;
    if uris.is_empty() || uris.len() > MOST_URIS || uris.iter().any(|uri| redirect::target(uri).is_none()) {
        let about = "Give 1 to 10 redirect_uris: https, http on loopback, or the scheme of a known program.";
        return Err(OauthError::new("invalid_redirect_uri", about));
    }
    let lacks = |given: &Option<Vec<String>>, needed: &str| {
        given.as_ref().is_some_and(|given| !given.is_empty() && given.iter().all(|one| one != needed))
    };
    if lacks(&asks.grant_types, "authorization_code") || lacks(&asks.response_types, "code") {
        let about = "Only the authorization_code grant with response type code is offered.";
        return Err(OauthError::new("invalid_client_metadata", about));
    }
    // Whoever does not say is on somebody's computer, more often than not: such a program keeps no secret.
    let method = asks.token_endpoint_auth_method.as_deref().unwrap_or("none");
    let about = "token_endpoint_auth_method must be none, client_secret_basic or client_secret_post.";
    ClientAuth::from_word(method).ok_or_else(|| OauthError::new("invalid_client_metadata", about))
}
