//! Serves what the MCP conformance suite looks for (`test_simple_text` and its like) at `/mcp`, behind the very
//! layers that are before the product's own tools: the site, the guard, the sessions, rmcp's transport.
//!
//! The suite can send no key. A layer in front adds that of a fresh database, which is the one thing that is
//! not as in the product. `cargo xtask test` starts this program and runs the suite; it prints the address.
#![expect(deprecated, reason = "the suite tests what the older era has and the newer has not")]

mod asked;
mod fixture;
mod legacy;
mod prompts;
mod resources;
mod tasks;
mod tools;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
};
use fixture::Fixture;
use g8_config::{Overrides, Settings};
use g8_core::{admin, open};
use g8_doors::{
    http::{HttpConfig, More, site_with},
    mcp::remote::Bounds,
    metrics::Traffic,
};
use std::{
    error::Error,
    io::{self, Write},
    time::Duration,
};
use tower::ServiceExt;

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let data = Overrides { data_dir: Some(folder.path().join("data")), ..Overrides::default() };
    let app = open(&Settings::load(data, None)?, &[]).await?;
    let (org, key) = admin::first_start(&app).await?.ok_or("the database is not empty")?;
    admin::set_plan(&app, org.id, "unlimited").await?;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let public_url = format!("http://{}", listener.local_addr()?);
    let site = HttpConfig {
        app: app.clone(),
        public_url: public_url.clone(),
        body_limit: 1 << 20,
        trusted_proxies: [].into(),
        hsts: None,
        traffic: Traffic::default(),
    };
    let site = site_with(site, More::default(), Fixture::new(app.seal()), Bounds::default());
    let bearer = HeaderValue::from_str(&format!("Bearer {}", key.reveal()))?;
    let with_key = site.map_request(move |mut request: Request| {
        request.headers_mut().insert(header::AUTHORIZATION, bearer.clone());
        request
    });
    let service =
        axum::ServiceExt::<Request>::into_make_service_with_connect_info::<std::net::SocketAddr>(with_key);
    writeln!(io::stdout(), "{public_url}/mcp")?;
    axum::serve(listener, service).await?;
    Ok(())
}

/// The suite looks at what comes one after the other.
#[expect(clippy::disallowed_methods, reason = "the suite asks for time to pass in the middle of a call")]
async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
