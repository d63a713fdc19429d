//! The authorization server, as programs and people meet it.

mod asking;
mod codes;
mod documents;
mod grants;
mod refreshing;
mod registering;

use super::*;
use crate::people::{Account, Signed, set_up, setup_link};
use crate::testing::test_app;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_core::{App, Audience, Caller, Credential, Entry, Origin, admin, testing::TestApp};
use g8_domain::{Error, record::Role};
use g8_storage::testing::TestDb;
use sha2::{Digest, Sha256};

const VERIFIER: &str = "a-verifier-that-only-the-program-knows-0123456789";
const CALLBACK: &str = "http://127.0.0.1:4711/callback";
const URL: &str = "https://g8.example.com";

fn here() -> Origin {
    Origin { door: "oauth", address: Some("192.0.2.1".to_owned()), ..Origin::default() }
}

/// An installation whose owner is signed in, and a program that has registered itself.
struct World {
    kit: TestApp,
    signed: Signed,
    client: String,
}

impl World {
    async fn new(test: TestDb) -> Self {
        let kit = test_app(test).await;
        kit.app.reached_at(URL);
        let link = setup_link(&kit.app).await.unwrap().unwrap();
        let account = Account {
            email: "ann@example.com".to_owned(),
            name: "Ann".to_owned(),
            password: "correct horse".to_owned(),
        };
        let signed = set_up(&kit.app, link.split_once('#').unwrap().1, &account, &here()).await.unwrap();
        let asks = Registration {
            client_name: Some("Claude Code".to_owned()),
            redirect_uris: vec!["http://127.0.0.1/callback".to_owned()],
            ..Registration::default()
        };
        let client = register(&kit.app, asks, &here()).await.unwrap().client_id;
        Self { kit, signed, client }
    }

    fn app(&self) -> &App {
        &self.kit.app
    }

    async fn caller(&self) -> Caller {
        session(self.app(), &self.signed).await
    }

    /// The usual request, with some parameters in place of others; an empty one is left out.
    fn params(&self, other: &[(&str, &str)]) -> Params {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let usual = [
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", CALLBACK),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("state", "s t&te"),
            ("resource", "https://g8.example.com/mcp"),
        ];
        pairs(&usual, other)
    }

    async fn ask(&self, other: &[(&str, &str)]) -> Result<AuthorizationRequest, AuthorizeError> {
        ask(self.app(), self.params(other), true, &here()).await
    }

    /// Ann agrees; what comes of it is at the address of the program.
    async fn allow(&self, other: &[(&str, &str)]) -> String {
        let asked = self.ask(other).await.unwrap();
        decide(self.app(), &self.caller().await, &asked, (self.kit.org, true), &here()).await.unwrap()
    }

    async fn code(&self, other: &[(&str, &str)]) -> String {
        told(&self.allow(other).await, "code").unwrap()
    }

    /// Exchanges a code, with some parameters in place of the usual.
    async fn exchange(&self, code: &str, other: &[(&str, &str)]) -> Result<Granted, OauthError> {
        let usual = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.client),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("resource", "https://g8.example.com/mcp/"),
        ];
        token(self.app(), &pairs(&usual, other), None, &here()).await
    }

    async fn connect(&self, other: &[(&str, &str)]) -> Granted {
        self.exchange(&self.code(other).await, &[]).await.unwrap()
    }

    async fn refresh(&self, granted: &Granted, other: &[(&str, &str)]) -> Result<Granted, OauthError> {
        let refresh = granted.refresh_token.as_deref().unwrap();
        let usual =
            [("grant_type", "refresh_token"), ("client_id", &self.client), ("refresh_token", refresh)];
        token(self.app(), &pairs(&usual, other), None, &here()).await
    }

    async fn enter(&self, granted: &Granted) -> Result<Entry, Error> {
        enter(self.app(), &granted.access_token, Audience::Tools).await
    }
}

async fn session(app: &App, signed: &Signed) -> Caller {
    enter(app, signed.token.reveal(), Audience::Console).await.unwrap().caller().clone()
}

async fn enter(app: &App, token: &str, audience: Audience) -> Result<Entry, Error> {
    let shown = format!("Bearer {token}");
    let authorization = Some(shown.as_bytes());
    app.enter(Credential { authorization, audience, ..Credential::default() }).await
}

fn pairs(usual: &[(&str, &str)], other: &[(&str, &str)]) -> Params {
    let kept = usual.iter().filter(|(name, _)| other.iter().all(|(another, _)| another != name));
    let all = kept.chain(other.iter().filter(|(_, value)| !value.is_empty()));
    Params::of(all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()).unwrap()
}

/// What an address tells the program.
fn told(address: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}

fn why(refused: Result<Granted, OauthError>) -> &'static str {
    refused.err().unwrap().code
}

fn reason(refused: Result<Entry, Error>) -> String {
    refused.err().unwrap().data.unwrap()["reason"].as_str().unwrap().to_owned()
}

/// Another member of the organisation, signed in.
async fn member(kit: &TestApp, email: &str, role: Role) -> Caller {
    let user = kit.user(email, role).await;
    let link = crate::people::password_link(&kit.app, email).await.unwrap();
    let token = link.split_once('#').unwrap().1.to_owned();
    crate::people::reset_password(&kit.app, &token, "correct horse").await.unwrap();
    let crate::people::SignInStep::Done(signed) =
        crate::people::sign_in(&kit.app, email, "correct horse", &here()).await.unwrap()
    else {
        panic!("no code was set up");
    };
    let caller = session(&kit.app, &signed).await;
    assert_eq!(caller.user.as_ref().map(|found| found.id), Some(user.id));
    caller
}

async fn operations(kit: &TestApp) -> Vec<String> {
    let told = crate::audit::audit_log(&kit.app, kit.org, None, 100).await.unwrap();
    told.into_iter().map(|entry| entry.operation).collect()
}
