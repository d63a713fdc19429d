//! What the framework and the driver cost on their own: two handlers of bare axum and sqlx.
//!
//! They give the shapes that our list and our contact have, by the statements that ours run, without
//! anything around them: no keys, no limits, no record of who asked.

mod database;
mod sql;
mod view;

use crate::Result;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing,
    serve::ListenerExt,
};
use database::Database;
use serde::Deserialize;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Serves until it is ended; says where on standard output.
pub async fn serve(database_url: &str) -> Result<ExitCode> {
    let database = Database::open(database_url).await?;
    let router = Router::new()
        .route("/api/v1/contacts", routing::get(list))
        .route("/api/v1/contacts/{id}", routing::get(one))
        .with_state(database);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("ready at http://{}", listener.local_addr()?);
    // As ours does.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, router).await?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Deserialize)]
struct Paging {
    limit: i64,
}

async fn list(State(database): State<Database>, Query(paging): Query<Paging>) -> Response {
    answer(database.page(paging.limit).await.map(Some))
}

async fn one(State(database): State<Database>, Path(id): Path<i64>) -> Response {
    answer(database.detail(id).await)
}

fn answer(found: sqlx::Result<Option<impl serde::Serialize>>) -> Response {
    match found {
        Ok(Some(body)) => Json(body).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(cause) => (StatusCode::INTERNAL_SERVER_ERROR, cause.to_string()).into_response(),
    }
}
