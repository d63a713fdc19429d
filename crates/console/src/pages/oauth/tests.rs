//! A program sends a person here: what the person sees, and where their browser goes.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
};
use g8_core::{Origin, admin, testing::TestApp};
use g8_domain::record::Role;
use g8_doors::{
    http::{HttpConfig, site},
    metrics::Traffic,
};
use g8_identity::oauth::{Registration, register};
use g8_product::testing::test_app;
use g8_storage::{on_both, testing::TestDb};
use std::net::SocketAddr;
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;
use url::{Url, form_urlencoded};

const CALLBACK: &str = "https://assistant.example/callback";

struct World {
    kit: TestApp,
    site: NormalizePath<Router>,
    client: String,
}

struct Shown {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Shown {
    fn to(&self) -> &str {
        self.headers["location"].to_str().unwrap()
    }

    fn told(&self, name: &str) -> Option<String> {
        let url = Url::parse(self.to()).unwrap();
        url.query_pairs().find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
    }

    /// What a hidden field carries.
    fn hidden(&self, name: &str) -> String {
        let at = self.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
        at.split_once('"').unwrap().0.replace("&amp;", "&")
    }
}

impl World {
    async fn new(test: TestDb) -> Self {
        let kit = test_app(test).await;
        kit.app.reached_at("http://g8.test");
        let site = site(
            HttpConfig {
                app: kit.app.clone(),
                public_url: "http://g8.test".into(),
                body_limit: 65_536,
                trusted_proxies: [].into(),
                hsts: None,
                traffic: Traffic::default(),
            },
            crate::routes(),
        );
        for email in ["ann@example.com", "rob@example.com"] {
            let password = Some("correct horse");
            admin::create_user(&kit.app, kit.org, email, "Ann", password, Role::Admin).await.unwrap();
        }
        let asks = Registration {
            client_name: Some("<b>Assistant</b>".to_owned()),
            redirect_uris: vec![CALLBACK.to_owned()],
            ..Registration::default()
        };
        let client = register(&kit.app, asks, &Origin::default()).await.unwrap().client_id;
        Self { kit, site, client }
    }

    /// From this machine.
    async fn send(&self, mut request: Request<Body>) -> Shown {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Shown { status: parts.status, headers: parts.headers, text }
    }

    async fn get(&self, path: &str, cookie: &str) -> Shown {
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Shown {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Request::post(path).header("cookie", cookie).body(Body::from(body)).unwrap()).await
    }

    /// Signs in and goes where that leads.
    async fn sign_in(&self, email: &str, next: &str) -> (String, Shown) {
        let fields = [("email", email), ("password", "correct horse"), ("next", next)];
        let signed = self.post("/sign-in", "", &fields).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
        let cookie = signed.headers["set-cookie"].to_str().unwrap().split_once(';').unwrap().0.to_owned();
        let shown = self.get(signed.to(), &cookie).await;
        (cookie, shown)
    }

    fn address(&self, other: &[(&str, &str)]) -> String {
        let usual = [
            ("response_type", "code"),
            ("client_id", self.client.as_str()),
            ("redirect_uri", CALLBACK),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"),
            ("state", "s&\"<t"),
            ("scope", "contacts:read"),
            ("resource", "http://g8.test/mcp"),
        ];
        let kept = usual.iter().filter(|(name, _)| other.iter().all(|(another, _)| another != name));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept).extend_pairs(other);
        format!("/oauth/authorize?{}", query.finish())
    }

    async fn decide(&self, cookie: &str, page: &Shown, decision: &str) -> Shown {
        let (csrf, request, org) =
            (page.hidden("csrf"), page.hidden("request"), page.hidden("organization_id"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("request", &request),
            ("organization_id", &org),
            ("decision", decision),
        ];
        self.post("/oauth/authorize", cookie, &fields).await
    }
}

on_both! {
    async fn whoever_is_not_signed_in_signs_in_first_and_comes_back(test) {
        let world = World::new(test).await;
        let address = world.address(&[]);
        let front = world.get(&address, "").await;
        assert_eq!(front.status, StatusCode::SEE_OTHER);
        assert!(front.to().starts_with("/sign-in?next=%2Foauth%2Fauthorize"), "{}", front.to());
        let (cookie, page) = world.sign_in("ann@example.com", &address).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["&lt;b&gt;Assistant&lt;/b&gt;", "assistant.example", "Read contacts", "registered itself", "My workspace", "ann@example.com"] {
            assert!(page.text.contains(words), "{words} is not in {}", page.text);
        }
        assert!(!page.text.contains("<b>"));
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("form-action"), "{policy}");
        assert_eq!(page.headers["x-frame-options"], "DENY");
        assert_eq!(page.headers["cache-control"], "no-store");
        let done = world.decide(&cookie, &page, "allow").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        assert!(done.to().starts_with(&format!("{CALLBACK}?")), "{}", done.to());
        assert_eq!(done.told("state").as_deref(), Some("s&\"<t"));
        assert_eq!(done.told("iss").as_deref(), Some("http://g8.test"));
        assert!(done.told("code").unwrap().starts_with("g8_code_"));
        let denied = world.decide(&cookie, &page, "deny").await;
        assert_eq!((denied.told("error").as_deref(), denied.told("code")), (Some("access_denied"), None));
        assert_eq!(world.decide(&cookie, &page, "perhaps").await.status, StatusCode::BAD_REQUEST);
    }

    async fn only_the_page_of_the_very_person_counts(test) {
        let world = World::new(test).await;
        let (ann, page) = world.sign_in("ann@example.com", &world.address(&[])).await;
        let (rob, _) = world.sign_in("rob@example.com", "/profile").await;
        let foreign = world.decide(&rob, &page, "allow").await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "a form of somebody else's");
        assert!(!foreign.headers.contains_key("location"));
        let nobody = world.decide("", &page, "allow").await;
        assert!(nobody.to().starts_with("/sign-in"));
        let fields = [("csrf", page.hidden("csrf")), ("request", page.hidden("request"))];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let elsewhere = Request::post("/oauth/authorize").header("cookie", &ann).header("sec-fetch-site", "cross-site");
        assert_eq!(world.send(elsewhere.body(Body::from(body)).unwrap()).await.status, StatusCode::FORBIDDEN);
        let tampered = Shown { text: page.text.replace("assistant.example%2F", "evil.example%2F"), ..page };
        let refused = world.decide(&ann, &tampered, "allow").await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(!refused.headers.contains_key("location"), "what the form carries is checked once more");
    }

    async fn a_foreign_address_gets_nothing_and_other_faults_go_back(test) {
        let world = World::new(test).await;
        let (cookie, _) = world.sign_in("ann@example.com", "/profile").await;
        for other in [("redirect_uri", "https://evil.example/callback"), ("client_id", "nobody"), ("client_id", "https://10.0.0.1/x")] {
            for who in ["", cookie.as_str()] {
                let shown = world.get(&world.address(&[other]), who).await;
                assert_eq!(shown.status, StatusCode::BAD_REQUEST, "{other:?}");
                assert!(!shown.headers.contains_key("location") && !shown.text.contains("evil.example"));
            }
        }
        let back = world.get(&world.address(&[("code_challenge_method", "plain")]), &cookie).await;
        assert_eq!((back.status, back.told("error").as_deref()), (StatusCode::SEE_OTHER, Some("invalid_request")));
        assert_eq!(back.told("iss").as_deref(), Some("http://g8.test"));
        let twice = world.get(&format!("{}&state=x", world.address(&[])), &cookie).await;
        assert_eq!(twice.status, StatusCode::BAD_REQUEST);
        let long = "x".repeat(2000);
        let page = world.get(&world.address(&[("state", &long)]), &cookie).await;
        assert_eq!(world.decide(&cookie, &page, "allow").await.told("state"), Some(long));
    }

    async fn the_command_line_says_that_it_makes_a_key(test) {
        let world = World::new(test).await;
        let own = [("client_id", "g8-cli"), ("redirect_uri", "http://127.0.0.1:5000/callback"), ("device", "laptop"), ("scope", ""), ("resource", "")];
        let (cookie, page) = world.sign_in("ann@example.com", &world.address(&own)).await;
        assert!(page.text.contains("g8 on laptop") && page.text.contains("Everything that you may do"), "{}", page.text);
        assert!(world.decide(&cookie, &page, "allow").await.to().starts_with("http://127.0.0.1:5000/callback?code="));
        let other = admin::create_org(&world.kit.app, "Other & Co").await.unwrap();
        admin::create_user(&world.kit.app, other.id, "ann@example.com", "Ann", None, Role::ReadOnly).await.unwrap();
        let several = world.get(&world.address(&own), &cookie).await;
        assert!(several.text.contains("<select id=\"organization_id\"") && several.text.contains("Other &amp; Co (read-only)"));
    }
}
