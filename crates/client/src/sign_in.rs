//! Signing in with a browser: the person agrees there, and a personal key comes back here (OAuth 2.1 with PKCE).

use crate::Client;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_domain::{Error, ErrorKind, Result};
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded};
use uuid::Uuid;

/// As the server knows this program.
const PROGRAM: &str = "g8-cli";

/// A sign-in that has begun.
pub struct PendingSignIn {
    client: Client,
    issuer: String,
    page: String,
    redirect_uri: String,
    verifier: String,
    state: String,
}

/// What comes of it.
#[derive(Debug, Deserialize)]
pub struct SignedIn {
    /// The personal key.
    pub access_token: String,
    /// Whose it is.
    pub email: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
}

impl PendingSignIn {
    /// Whether what a browser brings back belongs to this sign-in.
    #[must_use]
    pub fn is_meant(&self, query: &str) -> bool {
        form_urlencoded::parse(query.as_bytes())
            .any(|(name, value)| name == "state" && value == self.state.as_str())
    }

    /// Begins to sign in at a server; its answer comes to `redirect_uri`. `device` is what the key will be called by.
    ///
    /// # Errors
    /// The server cannot be reached, or offers no sign-in.
    pub async fn begin(client: Client, redirect_uri: String, device: &str) -> Result<Self> {
        let metadata: Metadata = client.ask("/.well-known/oauth-authorization-server").await?;
        let verifier = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let state = Uuid::new_v4().simple().to_string();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let asked = [
            ("response_type", "code"),
            ("client_id", PROGRAM),
            ("redirect_uri", &redirect_uri),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("state", &state),
            ("device", device),
        ];
        let page =
            Url::parse_with_params(&metadata.authorization_endpoint, asked).map_err(Error::internal)?;
        if !["http", "https"].contains(&page.scheme()) {
            return Err(Error::new(ErrorKind::Internal, "The server's sign-in page is no web page."));
        }
        Ok(Self { client, issuer: metadata.issuer, page: page.into(), redirect_uri, verifier, state })
    }

    /// The page that the person's browser must open.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// Takes the answer that the browser brought, and fetches the key.
    ///
    /// # Errors
    /// The person did not agree; or the answer is not to what was asked.
    pub async fn finish(&self, query: &str) -> Result<SignedIn> {
        let told = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.into_owned())
        };
        // Somebody else's answer would sign this person in as them.
        if told("state").as_ref() != Some(&self.state) || told("iss").as_ref() != Some(&self.issuer) {
            let foreign = "The browser brought an answer to something else; run g8 login again.";
            return Err(Error::new(ErrorKind::Unauthorized, foreign));
        }
        let Some(code) = told("code") else {
            let why = told("error_description").unwrap_or_else(|| "The server gave no reason.".to_owned());
            return Err(Error::new(ErrorKind::Unauthorized, format!("You were not signed in. {why}")));
        };
        let sent = [
            ("grant_type", "authorization_code"),
            ("client_id", PROGRAM),
            ("code", &code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", &self.verifier),
        ];
        serde_json::from_value(self.client.tell("/oauth/token", &sent).await?).map_err(Error::internal)
    }
}

impl Client {
    /// Gives back a key that signing in with a browser has made: it opens nothing from now on.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn sign_out(&self, key: &str) -> Result<()> {
        self.tell("/oauth/revoke", &[("client_id", PROGRAM), ("token", key)]).await.map(drop)
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T> {
        let answer = self.http.get(format!("{}{path}", self.base)).send().await;
        let answer = answer.map_err(|cause| self.unreachable(cause))?;
        let none = |_| {
            let message = format!("{} offers no sign-in with a browser; use g8 login --api-key.", self.base);
            Error::new(ErrorKind::NotFound, message)
        };
        answer.error_for_status().map_err(none)?.json().await.map_err(none)
    }

    /// Sends a form; an answer without a body is null.
    async fn tell(&self, path: &str, fields: &[(&str, &str)]) -> Result<Value> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let sent = self.http.post(format!("{}{path}", self.base)).body(body);
        let sent = sent.header(CONTENT_TYPE, "application/x-www-form-urlencoded").send().await;
        let answer = sent.map_err(|cause| self.unreachable(cause))?;
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        if status.is_success() {
            return Ok(body);
        }
        let why = body["error_description"].as_str().unwrap_or("The server gave no reason.");
        Err(Error::new(ErrorKind::from_status(status.as_u16()), why))
    }
}
