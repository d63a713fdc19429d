//! An identity provider (OpenID Connect Core 1.0): who somebody is, on its word, by the code flow with PKCE.
//!
//! The operator names the provider; its documents and keys are read anew for each sign-in, so that a key it has
//! changed is never a stale one here.

use chrono::{DateTime, Utc};
use g8_domain::{Error, ErrorKind, Result};
use openidconnect::{
    AsyncHttpClient, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType},
};
use reqwest::{Client, redirect};
use std::{pin::Pin, time::Duration};
use url::Url;

/// Longest answer of the provider that is read.
const MOST: usize = 1 << 20;

type Known = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider.
pub struct OidcProvider {
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: ClientSecret,
    back: RedirectUrl,
    http: Http,
}

/// Sends what the library asks for, and reads no more than [`MOST`].
struct Http(Client);

/// What goes out with somebody and must come back with them.
#[derive(Debug, Clone)]
pub struct AuthorizationState {
    /// Names the trip.
    pub state: String,
    /// Stands in what the provider signs.
    pub nonce: String,
    /// Opens the code (RFC 7636).
    pub verifier: String,
}

/// Who somebody is, on the provider's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person, at the provider; never given to another.
    pub subject: String,
    /// Their address, where the provider has verified it.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
}

impl OidcProvider {
    /// A provider, and where it sends people back to.
    ///
    /// # Errors
    /// A setting that is no URL.
    pub fn new(issuer: &str, (client_id, secret): (&str, &str), back: &str) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bad =
            |field: &str, cause: url::ParseError| Error::field(format!("oidc.{field}"), cause.to_string());
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(15))
            .user_agent(concat!("g8/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::internal)?;
        Ok(Self {
            issuer: IssuerUrl::new(issuer.to_owned()).map_err(|cause| bad("issuer", cause))?,
            client_id: ClientId::new(client_id.to_owned()),
            secret: ClientSecret::new(secret.to_owned()),
            back: RedirectUrl::new(back.to_owned()).map_err(|cause| bad("public_url", cause))?,
            http: Http(http),
        })
    }

    /// Where to send somebody.
    ///
    /// # Errors
    /// The provider does not answer.
    pub async fn begin(&self, trip: &AuthorizationState) -> Result<Url> {
        let client = self.client().await?;
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(trip.verifier.clone()));
        let (state, nonce) = (trip.state.clone(), trip.nonce.clone());
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let (url, _, _) = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(url)
    }

    /// Who came back with this code.
    ///
    /// # Errors
    /// The provider refuses the code, or what it signed is not for us, not of this trip, or too old.
    pub async fn finish(
        &self,
        trip: &AuthorizationState,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Identity> {
        let client = self.client().await?;
        let asked = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(refused)?
            .set_pkce_verifier(PkceCodeVerifier::new(trip.verifier.clone()));
        let answer = asked.request_async(&self.http).await.map_err(refused)?;
        let token = answer.id_token().ok_or_else(|| refused("it says nothing about the person"))?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPssSha256,
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::EdDsa,
            ])
            .set_time_fn(move || now);
        let claims = token.claims(&verifier, &Nonce::new(trip.nonce.clone())).map_err(refused)?;
        let verified = claims.email().filter(|_| claims.email_verified() == Some(true));
        let name = claims.name().and_then(|names| names.get(None)).map(|name| name.to_string());
        Ok(Identity {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: verified.map(|email| email.to_string()),
            name,
        })
    }

    async fn client(&self) -> Result<Known> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let found = found.map_err(|cause| {
            Error::new(ErrorKind::Unavailable, "The identity provider does not answer; try again.")
                .because(cause.to_string())
        })?;
        let client =
            CoreClient::from_provider_metadata(found, self.client_id.clone(), Some(self.secret.clone()));
        Ok(client.set_redirect_uri(self.back.clone()))
    }
}

impl Http {
    async fn send(&self, request: HttpRequest) -> std::result::Result<HttpResponse, Broken> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MOST {
                return Err(Broken::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        let mut made = HttpResponse::new(body);
        *made.status_mut() = answer.status();
        *made.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(made)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Broken;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, Broken>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the answer is too long")]
    TooLong,
}

fn refused(cause: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Unauthorized, "The identity provider did not confirm who you are; begin again.")
        .because(cause.to_string())
}
