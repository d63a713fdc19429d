//! Programs that describe themselves at an address of their own (Client ID Metadata Documents).

use super::{client, redirect};
use g8_connect::OutboundResponse;
use g8_core::{
    App, Origin,
    throttle::{count, place},
};
use g8_domain::{
    Error, ErrorKind, Plan, Result, Ts,
    record::{ClientAuth, ClientKind, OauthClient},
};
use g8_storage::oauth_clients;
use serde::Deserialize;

const MOST: usize = 64 * 1024;
const SECONDS: u64 = 5;
/// How long a description counts, whatever its server says.
const SHORTEST: i64 = 5 * 60 * Ts::SECOND;
const LONGEST: i64 = Ts::DAY;
const USUAL: i64 = 60 * 60 * Ts::SECOND;
/// Fetches that one address may cause, and all together.
const NEAR: Plan = Plan { per_second: None, per_minute: Some(20), per_day: Some(500) };
const ALL: Plan = Plan { per_second: None, per_minute: Some(120), per_day: None };

#[derive(Deserialize)]
struct Document {
    client_id: String,
    client_name: Option<String>,
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    client_secret: Option<serde_json::Value>,
}

/// Whether an id is the address of a description: public, and with a path.
pub(super) fn is_address(app: &App, id: &str) -> bool {
    let web = id.starts_with("https://") || id.starts_with("http://");
    let dots = id.split('/').any(|part| part == "." || part == "..");
    let url = if web && !dots && !id.contains('#') { app.guard().url(id).ok() } else { None };
    url.is_some_and(|url| url.path() != "/" && !url.path().is_empty())
}

/// Fetches a description and remembers it.
pub(super) async fn fetch(app: &App, id: &str, origin: &Origin) -> Result<OauthClient> {
    count(app, "oauth document", &place(origin), NEAR).await?;
    count(app, "oauth document", "all", ALL).await?;
    let answer =
        app.outbound()?.get(id, SECONDS, MOST).await.map_err(|fault| unusable(&fault.to_string()))?;
    let now = app.clock.now();
    let client = read(id, &answer, now)?;
    let mut tx = app.db.begin().await?;
    oauth_clients::put(&mut tx, &client).await?;
    tx.commit().await?;
    Ok(client)
}

fn unusable(why: &str) -> Error {
    Error::new(ErrorKind::Invalid, format!("The program's description of itself cannot be used: {why}."))
}

fn read(id: &str, answer: &OutboundResponse, now: Ts) -> Result<OauthClient> {
    if answer.status != 200 {
        return Err(unusable(&format!("its server answered {}", answer.status)));
    }
    let document: Document =
        serde_json::from_str(&answer.body).map_err(|_| unusable("it is not such a description"))?;
    if document.client_id != id {
        return Err(unusable("it describes another program"));
    }
    // A secret that stands where everybody reads it proves nothing.
    let public = document.token_endpoint_auth_method.as_deref().is_none_or(|method| method == "none");
    if !public || document.client_secret.is_some() {
        return Err(unusable("it asks for a way to prove itself that is not offered"));
    }
    let usable = |uri: &String| redirect::target(uri).is_some();
    let redirect_uris: Vec<String> = document.redirect_uris.into_iter().take(50).filter(usable).collect();
    Ok(OauthClient {
        id: id.to_owned(),
        kind: ClientKind::Document,
        name: client::name(document.client_name.as_deref()),
        redirect_uris,
        auth: ClientAuth::None,
        secret_digest: None,
        created_at: now,
        used_at: now,
        fresh_until: Some(now.plus(life(answer))),
    })
}

/// How long the answer counts, by its headers and within our bounds.
fn life(answer: &OutboundResponse) -> i64 {
    let says = answer
        .headers
        .iter()
        .find(|(name, _)| name == "cache-control")
        .map(|(_, value)| value.to_lowercase());
    let Some(says) = says else { return USUAL };
    let age =
        says.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.trim_matches('"').parse().ok());
    match age {
        _ if says.contains("no-store") || says.contains("no-cache") => SHORTEST,
        Some(seconds) => i64::saturating_mul(seconds, Ts::SECOND).clamp(SHORTEST, LONGEST),
        None => USUAL,
    }
}
