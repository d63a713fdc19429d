//! Signing in by an identity provider: one on loopback that holds people to the rules of the real ones.

use super::{code, enter, here, owned};
use crate::people::*;
use crate::testing::{configured_app, test_app};
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use g8_config::{OidcSettings, Secret};
use g8_core::{App, testing::TestApp};
use g8_domain::{Error, ErrorKind, record::Role};
use g8_storage::on_both;
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, EndUserName, IssuerUrl, JsonWebKeyId, LocalizedClaim,
    Nonce, PrivateSigningKey, StandardClaims, SubjectIdentifier,
    core::{CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// What the provider will sign next, and what it was asked.
#[derive(Clone)]
struct Provider {
    url: String,
    says: Arc<Mutex<Says>>,
}

#[derive(Default)]
struct Says {
    subject: String,
    email: Option<String>,
    verified: bool,
    audience: String,
    /// What the browser was sent with, and the code that came of it.
    asked: HashMap<String, String>,
    spent: bool,
    seconds: i64,
}

fn key() -> CoreEdDsaPrivateSigningKey {
    let prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let der = [prefix.as_slice(), &[7; 32]].concat();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("one".to_owned()))).unwrap()
}

impl Provider {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            subject: "one".to_owned(),
            email: Some("ann@example.com".to_owned()),
            verified: true,
            audience: "g8".to_owned(),
            ..Says::default()
        };
        let provider = Self { url, says: Arc::new(Mutex::new(says)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn set(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().unwrap());
    }

    /// The person signs in there: the code that their browser brings back.
    fn visit(&self, url: &str) -> String {
        let url = url::Url::parse(url).unwrap();
        assert!(url.as_str().starts_with(&format!("{}/authorize?", self.url)));
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(
            (asked["response_type"].as_str(), asked["code_challenge_method"].as_str()),
            ("code", "S256")
        );
        assert!(asked["scope"].contains("openid") && asked["redirect_uri"].ends_with("/sign-in/oidc/return"));
        self.set(|says| (says.asked, says.spent) = (asked, false));
        "the code".to_owned()
    }
}

async fn discovery(State(provider): State<Provider>) -> Json<Value> {
    let url = &provider.url;
    Json(json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [key().as_verification_key()] }))
}

/// RFC 6749 §4.1.3 and RFC 7636 §4.6: who asks, with the same redirect, the right verifier, once.
async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let mut says = provider.says.lock().unwrap();
    let known = format!("Basic {}", STANDARD.encode("g8:hush"));
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let fits = headers.get("authorization").is_some_and(|header| header == known.as_str())
        && form["grant_type"] == "authorization_code"
        && form["code"] == "the code"
        && form["redirect_uri"] == says.asked["redirect_uri"]
        && challenge == says.asked["code_challenge"]
        && !says.spent;
    if !fits {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    says.spent = true;
    let at = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    let standard = StandardClaims::new(SubjectIdentifier::new(says.subject.clone()))
        .set_email(says.email.clone().map(EndUserEmail::new))
        .set_email_verified(Some(says.verified))
        .set_name(Some(LocalizedClaim::from(EndUserName::new("Ann Elsewhere".to_owned()))));
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(provider.url.clone()).unwrap(),
        vec![Audience::new(says.audience.clone())],
        at(says.seconds + 300),
        at(says.seconds),
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(says.asked["nonce"].clone())));
    let token = CoreIdToken::new(claims, &key(), CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap();
    let answer = json!({ "access_token": "x", "token_type": "Bearer", "id_token": token.to_string() });
    (StatusCode::OK, Json(answer))
}

async fn kit(test: g8_storage::testing::TestDb, provider: &Provider) -> TestApp {
    let oidc = OidcSettings {
        issuer: provider.url.clone(),
        client_id: "g8".to_owned(),
        client_secret: Secret("hush".to_owned()),
        name: "Example".to_owned(),
        join_domains: vec!["own.example".to_owned()],
        join_role: Role::ReadOnly,
    };
    let kit = configured_app(test, |config| config.oidc = Some(oidc)).await;
    let now = kit.now().unix_seconds();
    provider.set(|says| says.seconds = now);
    kit
}

async fn through(app: &App, provider: &Provider) -> Result<Signed, Error> {
    let (url, trip) = begin_oidc(app, &here()).await?;
    let code = provider.visit(&url);
    match finish_oidc(app, &trip, &code, &here()).await? {
        SignInStep::Done(signed) => Ok(*signed),
        SignInStep::Code(_) => Err(Error::rule("asks for a code")),
    }
}

on_both! {
    async fn who_has_an_account_is_signed_in_to_it(test) {
        let provider = Provider::start().await;
        let kit = kit(test, &provider).await;
        let owner = owned(&kit).await;
        let signed = through(&kit.app, &provider).await.unwrap();
        assert_eq!(signed.key.user_id, owner.key.user_id);
        assert!(enter(&kit.app, &signed).await.is_ok());
        // From now on by what the provider calls her, whatever her address becomes.
        provider.set(|says| says.email = None);
        assert_eq!(through(&kit.app, &provider).await.unwrap().key.user_id, owner.key.user_id);
    }

    async fn what_others_set_up_under_an_address_ends_when_its_owner_comes(test) {
        let provider = Provider::start().await;
        let kit = kit(test, &provider).await;
        owned(&kit).await;
        // Whoever invited also had the link, and may have chosen the password.
        let made = kit.call::<crate::invitation::CreateInvitation>(json!({ "email": "ceo@example.com" })).await.unwrap();
        let squatter = Account { name: "C".to_owned(), password: "squatted".to_owned(), ..Account::default() };
        let SignInStep::Done(first) = accept(&kit.app, &code(&made.link), &squatter, &here()).await.unwrap() else {
            panic!("no code was to be asked for");
        };
        provider.set(|says| says.email = Some("ceo@example.com".to_owned()));
        let owner = through(&kit.app, &provider).await.unwrap();
        assert!(enter(&kit.app, &owner).await.is_ok() && enter(&kit.app, &first).await.is_err());
        assert!(sign_in(&kit.app, "ceo@example.com", "squatted", &here()).await.is_err());
    }

    async fn strangers_join_only_from_our_own_domains_and_by_verified_addresses(test) {
        let provider = Provider::start().await;
        let kit = kit(test, &provider).await;
        owned(&kit).await;
        for (email, verified) in [("eve@else.example", true), ("eve@own.example", false), ("ann@example.com", false)] {
            provider.set(|says| (says.email, says.verified) = (Some(email.to_owned()), verified));
            assert_eq!(through(&kit.app, &provider).await.err().unwrap().kind, ErrorKind::Forbidden, "{email}");
        }
        provider.set(|says| (says.email, says.verified) = (Some("eve@own.example".to_owned()), true));
        let signed = through(&kit.app, &provider).await.unwrap();
        let entry = enter(&kit.app, &signed).await.unwrap();
        assert_eq!(entry.caller().role, Some(Role::ReadOnly));
    }

    async fn what_the_provider_signed_for_others_or_before_is_refused(test) {
        let provider = Provider::start().await;
        let kit = kit(test, &provider).await;
        owned(&kit).await;
        provider.set(|says| says.audience = "another".to_owned());
        assert_eq!(through(&kit.app, &provider).await.err().unwrap().kind, ErrorKind::Unauthorized, "for another");
        provider.set(|says| says.audience = "g8".to_owned());
        let (url, trip) = begin_oidc(&kit.app, &here()).await.unwrap();
        let code = provider.visit(&url);
        let other = AuthorizationState { nonce: "another".to_owned(), ..trip.clone() };
        assert!(finish_oidc(&kit.app, &other, &code, &here()).await.is_err(), "of another trip");
        provider.visit(&url);
        let other = AuthorizationState { verifier: "x".repeat(48), ..trip.clone() };
        assert!(finish_oidc(&kit.app, &other, &code, &here()).await.is_err(), "without the verifier");
        finish_oidc(&kit.app, &trip, &code, &here()).await.unwrap();
        assert!(finish_oidc(&kit.app, &trip, &code, &here()).await.is_err(), "the code is spent");
        kit.advance_seconds(600);
        assert!(through(&kit.app, &provider).await.is_err(), "too old");
    }

    async fn without_a_provider_there_is_no_such_door(test) {
        let kit = test_app(test).await;
        assert_eq!(provider(&kit.app), None);
        assert_eq!(begin_oidc(&kit.app, &here()).await.err().unwrap().kind, ErrorKind::NotFound);
    }
}
