//! Stopping an import.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::import::{Cancel, Get};

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let visitor = &posted.visitor;
    let done = visitor.send::<Cancel>(named::<Cancel>(&[("import_id", &id)])).await;
    then(
        done,
        |_| format!("/imports/{id}"),
        async |fault| {
            let import = visitor.send::<Get>(named::<Get>(&[("import_id", &id)])).await?;
            page(visitor, &import, Some(fault)).await
        },
    )
    .await
}
