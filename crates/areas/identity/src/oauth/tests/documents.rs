//! Programs that describe themselves at an address of their own.

use super::*;
use axum::{Json, Router, http::header, response::IntoResponse, routing::get};
use g8_storage::on_both;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// A server with descriptions, and how often it was asked.
async fn server(
    document: impl Fn(&str) -> Value + Clone + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let (at, count) = (base.clone(), Arc::clone(&asked));
    let answer = move || async move {
        count.fetch_add(1, Ordering::Relaxed);
        ([(header::CACHE_CONTROL, "max-age=600")], Json(document(&at))).into_response()
    };
    let elsewhere = || async { axum::response::Redirect::temporary("/client.json") };
    let large = || async { "x".repeat(100_000) };
    let router = Router::new()
        .route("/client.json", get(answer))
        .route("/elsewhere.json", get(elsewhere))
        .route("/large.json", get(large));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, asked)
}

fn good(base: &str) -> Value {
    json!({
        "client_id": format!("{base}/client.json"), "client_name": "Assistant",
        "redirect_uris": ["http://127.0.0.1/callback", "javascript:alert(1)"], "logo_uri": "https://x/y.png",
        "token_endpoint_auth_method": "none",
    })
}

on_both! {
    async fn a_description_is_fetched_believed_and_kept_for_a_while(test) {
        let mut world = World::new(test).await;
        let (base, asked) = server(good).await;
        world.client = format!("{base}/client.json");
        let stranger = ask(world.app(), world.params(&[]), false, &here()).await;
        assert!(matches!(stranger, Err(AuthorizeError::SignIn)), "strangers do not make this server ask others");
        assert_eq!(asked.load(Ordering::Relaxed), 0);
        let page = consent(world.app(), &world.caller().await, &world.ask(&[]).await.unwrap()).await.unwrap();
        assert_eq!((page.program.as_str(), page.described_at.as_deref()), ("Assistant", Some("127.0.0.1")));
        let granted = world.connect(&[]).await;
        assert!(world.enter(&granted).await.is_ok());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert!(ask(world.app(), world.params(&[]), false, &here()).await.is_ok(), "known by now");
        let foreign = world.ask(&[("redirect_uri", "https://evil.example/")]).await;
        assert!(matches!(foreign, Err(AuthorizeError::Page(_))));
        world.kit.advance_seconds(600);
        world.ask(&[]).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 2, "as long as its server says");
        assert!(world.refresh(&granted, &[]).await.is_ok());
    }

    async fn what_is_no_description_of_it_is_refused(test) {
        let mut world = World::new(test).await;
        for change in [
            json!({ "client_id": "https://other.example/client.json" }),
            json!({ "token_endpoint_auth_method": "client_secret_basic" }),
            json!({ "client_secret": "x" }),
            json!({ "redirect_uris": ["https://evil.example/"] }),
            json!({ "redirect_uris": "x" }),
        ] {
            let changed = move |base: &str| {
                let mut document = good(base);
                change.as_object().unwrap().iter().for_each(|(name, value)| document[name] = value.clone());
                document
            };
            let (base, _) = server(changed).await;
            world.client = format!("{base}/client.json");
            assert!(matches!(world.ask(&[]).await, Err(AuthorizeError::Page(_))));
        }
        let (base, asked) = server(good).await;
        for path in ["/elsewhere.json", "/large.json", "/missing.json", "", "/", "/a/../client.json", "/client.json#x"] {
            world.client = format!("{base}{path}");
            assert!(matches!(world.ask(&[]).await, Err(AuthorizeError::Page(_))), "{path}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 0, "no redirect is followed");
        for id in ["https://10.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://169.254.169.254/latest", "http://example.com/x", "https://a:b@example.com/x"] {
            world.client = id.to_owned();
            assert!(matches!(world.ask(&[]).await, Err(AuthorizeError::Page(_))), "{id}");
        }
    }
}
