//! The authorization server, as programs reach it over HTTP.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Request, StatusCode},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use g8_core::testing::TestApp;
use g8_core::{Audience, Caller, Credential, Origin};
use g8_doors::{
    http::{HttpConfig, Transport, site},
    metrics::Traffic,
};
use g8_identity::{
    oauth::{Params, ask, decide},
    people::{Account, set_up, setup_link},
};
use g8_product::testing::test_app;
use g8_storage::{on_both, testing::TestDb};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;

const URL: &str = "http://g8.test";
const VERIFIER: &str = "a-verifier-that-only-the-program-knows-0123456789";
const CALLBACK: &str = "http://127.0.0.1:4711/callback";

/// The product on a fresh database, driven without a socket, over TLS.
struct Web {
    kit: TestApp,
    site: NormalizePath<Router>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Web {
    async fn new(test: TestDb) -> Self {
        let kit = test_app(test).await;
        let site = site(
            HttpConfig {
                app: kit.app.clone(),
                public_url: URL.into(),
                body_limit: 4096,
                trusted_proxies: [].into(),
                hsts: Some(HeaderValue::from_static("max-age=31536000")),
                traffic: Traffic::default(),
            },
            crate::routes(),
        );
        Self { kit, site }
    }

    async fn raw(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Transport::Tls);
        let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn send(&self, verb: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Answer {
        let mut request =
            Request::builder().method(verb).uri(path).header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap()).await
    }
}

fn here() -> Origin {
    Origin { door: "console", ..Origin::default() }
}

struct World {
    web: Web,
    ann: Caller,
    client: String,
}

impl World {
    async fn new(test: TestDb) -> Self {
        let web = Web::new(test).await;
        let app = &web.kit.app;
        app.reached_at(URL);
        let link = setup_link(app).await.unwrap().unwrap();
        let account =
            Account { email: "ann@example.com".into(), name: "Ann".into(), password: "correct horse".into() };
        let signed = set_up(app, link.split_once('#').unwrap().1, &account, &here()).await.unwrap();
        let shown = format!("Bearer {}", signed.token.reveal());
        let authorization = Some(shown.as_bytes());
        let credential = Credential { authorization, audience: Audience::Console, ..Credential::default() };
        let ann = app.enter(credential).await.unwrap().caller().clone();
        let asks =
            json!({ "client_name": "Inspector", "redirect_uris": [CALLBACK], "application_type": "native" });
        let made = json(&web, "/oauth/register", &asks).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        assert_eq!(made.body["token_endpoint_auth_method"], "none");
        Self { client: made.body["client_id"].as_str().unwrap().to_owned(), ann, web }
    }

    async fn code(&self) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let asked = [
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", CALLBACK),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("scope", "contacts"),
        ];
        let pairs = asked.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let app = &self.web.kit.app;
        let asked = ask(app, Params::of(pairs).unwrap(), true, &here()).await.unwrap();
        let to = decide(app, &self.ann, &asked, (self.web.kit.org, true), &here()).await.unwrap();
        let url = url::Url::parse(&to).unwrap();
        url.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
    }

    async fn exchange(&self, code: &str, verifier: &str) -> Answer {
        let sent = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.client),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", verifier),
        ];
        form(&self.web, "/oauth/token", &sent).await
    }

    async fn refresh(&self, token: &Value) -> Answer {
        let token = token.as_str().unwrap();
        let sent = [("grant_type", "refresh_token"), ("client_id", &self.client), ("refresh_token", token)];
        form(&self.web, "/oauth/token", &sent).await
    }
}

async fn json(web: &Web, path: &str, body: &Value) -> Answer {
    web.send("POST", path, None, Some(body)).await
}

async fn form(web: &Web, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    web.raw(request.body(Body::from(body)).unwrap()).await
}

/// What every answer to a program has.
fn is_for_programs(answer: &Answer) {
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["content-type"], "application/json");
}

on_both! {
    async fn the_metadata_is_where_programs_look_for_it(test) {
        let world = World::new(test).await;
        for path in ["", "/mcp", "/mcp/"] {
            let told = world.web.send("GET", &format!("/.well-known/oauth-authorization-server{path}"), None, None).await;
            assert_eq!(told.status, StatusCode::OK);
            assert_eq!(told.headers["content-type"], "application/json");
            assert_eq!(told.headers["access-control-allow-origin"], "*");
            insta::allow_duplicates! { insta::assert_json_snapshot!("oauth_metadata", told.body); }
        }
        let oidc = world.web.send("GET", "/.well-known/openid-configuration", None, None).await;
        assert_eq!(oidc.status, StatusCode::NOT_FOUND, "nobody is identified here");
    }

    async fn a_page_in_a_browser_may_ask(test) {
        let world = World::new(test).await;
        for path in ["/oauth/token", "/oauth/register", "/oauth/revoke", "/.well-known/oauth-authorization-server"] {
            let asked = Request::options(path).header("origin", "http://localhost:6274")
                .header("access-control-request-method", "POST").body(Body::empty()).unwrap();
            let told = world.web.raw(asked).await;
            assert_eq!(told.status, StatusCode::NO_CONTENT, "{path}");
            assert_eq!(told.headers["access-control-allow-origin"], "*");
            assert!(told.headers["access-control-allow-headers"].to_str().unwrap().contains("content-type"));
        }
    }

    async fn a_code_becomes_tokens_that_rotate_and_can_be_given_back(test) {
        let world = World::new(test).await;
        let first = world.exchange(&world.code().await, VERIFIER).await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.body);
        is_for_programs(&first);
        assert_eq!(first.body["token_type"], "Bearer");
        assert_eq!(first.body["scope"], "contacts:read contacts:write");
        let access = first.body["access_token"].as_str().unwrap();
        let rest = world.web.send("GET", "/api/v1/me", Some(access), None).await;
        assert_eq!((rest.status, &rest.body["data"]["reason"]), (StatusCode::UNAUTHORIZED, &json!("oauth_token_not_accepted")));
        let second = world.refresh(&first.body["refresh_token"]).await;
        assert_eq!(second.status, StatusCode::OK);
        is_for_programs(&second);
        let token = second.body["refresh_token"].as_str().unwrap();
        let back = form(&world.web, "/oauth/revoke", &[("client_id", &world.client), ("token", token)]).await;
        assert_eq!(back.status, StatusCode::OK);
        let over = world.refresh(&second.body["refresh_token"]).await;
        assert_eq!((over.status, &over.body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    }

    async fn refusals_are_in_the_words_of_the_standard(test) {
        let world = World::new(test).await;
        let code = world.code().await;
        let wrong = world.exchange(&code, "another-verifier-that-is-long-enough-0123456789").await;
        assert_eq!((wrong.status, &wrong.body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
        is_for_programs(&wrong);
        let code = world.code().await;
        let granted = world.exchange(&code, VERIFIER).await.body;
        assert_eq!(world.exchange(&code, VERIFIER).await.body["error"], "invalid_grant", "replayed");
        assert_eq!(world.refresh(&granted["refresh_token"]).await.body["error"], "invalid_grant", "and so over");
        let reused = world.exchange(&world.code().await, VERIFIER).await.body;
        let heir = world.refresh(&reused["refresh_token"]).await.body;
        world.web.kit.advance_seconds(121);
        assert_eq!(world.refresh(&reused["refresh_token"]).await.body["error"], "invalid_grant");
        assert_eq!(world.refresh(&heir["refresh_token"]).await.body["error"], "invalid_grant", "the family is over");
        let nobody = form(&world.web, "/oauth/token", &[("grant_type", "refresh_token"), ("client_id", "nobody")]).await;
        assert_eq!((nobody.status, &nobody.body["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));
        assert!(nobody.headers.contains_key("www-authenticate"));
    }

    async fn what_is_no_request_is_refused(test) {
        let world = World::new(test).await;
        let as_json = json(&world.web, "/oauth/token", &json!({ "grant_type": "authorization_code" })).await;
        assert_eq!((as_json.status, &as_json.body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
        let long = "x".repeat(40_000);
        for (path, body) in [("/oauth/token", "a=1&a=2"), ("/oauth/token", &long), ("/oauth/token", ""), ("/oauth/revoke", "token=x")] {
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
            let refused = world.web.raw(request.body(Body::from(body.to_owned())).unwrap()).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{path}");
            is_for_programs(&refused);
        }
        for body in [json!([]), json!("x"), json!({ "redirect_uris": [1] }), json!({ "redirect_uris": ["http://x.example/"] })] {
            assert_eq!(json(&world.web, "/oauth/register", &body).await.status, StatusCode::BAD_REQUEST, "{body}");
        }
        let wrong = world.web.send("GET", "/oauth/token", None, None).await;
        assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}
