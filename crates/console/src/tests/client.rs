//! A browser, as far as tests need one: it keeps its cookie, and posts forms of pages that it has read.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use g8_core::{admin, testing::TestApp};
use g8_domain::record::Role;
use g8_doors::{
    http::{HttpConfig, site},
    metrics::Traffic,
};
use g8_product::testing::test_app;
use g8_storage::testing::TestDb;
use std::net::SocketAddr;
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;
use url::form_urlencoded;
use uuid::Uuid;

/// A site on a fresh database.
pub struct Web {
    pub kit: TestApp,
    pub site: NormalizePath<Router>,
}

/// What a browser is shown.
pub struct Shown {
    pub status: StatusCode,
    /// Where it is sent on to.
    pub location: String,
    pub headers: HeaderMap,
    pub text: String,
}

/// A request from this machine.
pub fn near(mut request: Request<Body>) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    request
}

/// Somebody who is signed in.
pub struct Browser {
    site: NormalizePath<Router>,
    cookie: String,
}

impl Web {
    pub async fn new() -> Self {
        let kit = test_app(TestDb::sqlite().await).await;
        kit.app.reached_at("http://g8.test");
        let site = site(
            HttpConfig {
                app: kit.app.clone(),
                public_url: "http://g8.test".into(),
                body_limit: 1 << 20,
                trusted_proxies: [].into(),
                hsts: None,
                traffic: Traffic::default(),
            },
            crate::routes(),
        );
        Self { kit, site }
    }

    /// Signs somebody of the first organisation in.
    pub async fn sign_in(&self, email: &str, role: Role) -> Browser {
        self.sign_in_to(self.kit.org, email, role).await
    }

    /// Signs in who administers another organisation.
    pub async fn stranger(&self) -> Browser {
        let org = admin::create_org(&self.kit.app, "Somebody else").await.unwrap();
        admin::set_plan(&self.kit.app, org.id, "unlimited").await.unwrap();
        self.sign_in_to(org.id, "eve@example.com", Role::Admin).await
    }

    async fn sign_in_to(&self, org: Uuid, email: &str, role: Role) -> Browser {
        let password = "correct horse";
        let name = email.split('@').next().unwrap();
        admin::create_user(&self.kit.app, org, email, name, Some(password), role).await.unwrap();
        let mut browser = Browser { site: self.site.clone(), cookie: String::new() };
        let fields = [("email", email), ("password", password), ("next", "")];
        assert_eq!(browser.submit("/sign-in", &fields).await.status, StatusCode::SEE_OTHER, "{email}");
        browser
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Shown {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// A part of a page, as htmx asks for it.
    pub async fn part(&mut self, path: &str) -> Shown {
        let request = self.request("GET", path).header("hx-request", "true");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Reads a page, and sends a form of it.
    pub async fn post(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Shown {
        let shown = self.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.text);
        let token = shown.csrf();
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.submit(action, &fields).await
    }

    /// Sends these fields and no others.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) -> Shown {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request =
            self.request("POST", action).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header("cookie", &self.cookie)
    }

    async fn send(&mut self, request: Request<Body>) -> Shown {
        let response = self.site.clone().oneshot(near(request)).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            self.cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        let location = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Shown {
            status: parts.status,
            location: location.unwrap_or_default(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}

impl Shown {
    /// Whether these words are on the page.
    pub fn has(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// The token of the page's forms.
    pub fn csrf(&self) -> String {
        self.between("name=\"csrf\" value=\"", "\"")
    }

    /// What stands between the first `before` and the next `after`.
    pub fn between(&self, before: &str, after: &str) -> String {
        let rest = self.text.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.text)).1;
        rest.split(after).next().unwrap().to_owned()
    }

    /// Asserts what is on the page, and what is not.
    #[track_caller]
    pub fn shows(&self, there: &[&str], not_there: &[&str]) {
        for words in there {
            assert!(self.has(words), "{words} is not in\n{}", self.text);
        }
        for words in not_there {
            assert!(!self.has(words), "{words} is in\n{}", self.text);
        }
    }
}
