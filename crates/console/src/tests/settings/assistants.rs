//! Assistants that one has let in.

use super::super::client::Web;
use axum::http::StatusCode;
use g8_core::Origin;
use g8_domain::record::Role;
use g8_identity::oauth::{Registration, register};
use url::Url;

const PAGE: &str = "/profile/developer";
const CALLBACK: &str = "https://assistant.example/callback";

#[tokio::test]
async fn an_assistant_is_seen_and_disconnected_by_its_person_alone() {
    let web = Web::new().await;
    let mut ann = web.sign_in("ann@example.com", Role::Admin).await;
    let mut bob = web.sign_in("bob@example.com", Role::Member).await;
    ann.get(PAGE).await.shows(&["None yet"], &[]);
    let asks = Registration {
        client_name: Some("<b>Helper</b>".to_owned()),
        redirect_uris: vec![CALLBACK.to_owned()],
        ..Registration::default()
    };
    let client = register(&web.kit.app, asks, &Origin::default()).await.unwrap().client_id;
    let (code, challenge) = ("code", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let asked = Url::parse_with_params(
        "http://g8.test/oauth/authorize",
        [
            ("response_type", code),
            ("client_id", &client),
            ("redirect_uri", CALLBACK),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
            ("state", "s"),
            ("scope", "contacts:read"),
        ],
    )
    .unwrap();
    let address = format!("{}?{}", asked.path(), asked.query().unwrap());
    let consent = ann.get(&address).await;
    consent.shows(&["&lt;b&gt;Helper"], &["<b>Helper"]);
    let request = consent.between("name=\"request\" value=\"", "\"").replace("&amp;", "&");
    let org = web.kit.org.to_string();
    let fields = [("request", request.as_str()), ("organization_id", &org), ("decision", "allow")];
    let back = ann.post(&address, "/oauth/authorize", &fields).await;
    assert!(back.location.starts_with(CALLBACK), "{} {}", back.location, back.text);
    let code = Url::parse(&back.location).unwrap();
    let code = code.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let trade = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("client_id", &client),
        ("redirect_uri", CALLBACK),
        ("code_verifier", verifier),
    ];
    assert_eq!(ann.submit("/oauth/token", &trade).await.status, StatusCode::OK);
    let page = ann.get(PAGE).await;
    page.shows(&["&lt;b&gt;Helper", "assistant.example", "contacts:read"], &["None yet", "<b>Helper"]);
    bob.get(PAGE).await.shows(&["None yet"], &[]);
    let path = format!("{PAGE}/assistants/{}/disconnect", page.between("/assistants/", "/"));
    assert_eq!(bob.post(PAGE, &path, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ann.submit(&path, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ann.post(PAGE, &path, &[]).await.status, StatusCode::SEE_OTHER);
    ann.get(PAGE).await.shows(&["None yet"], &["Helper"]);
}
