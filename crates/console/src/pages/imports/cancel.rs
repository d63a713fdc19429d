//! Stopping an import.

use super::show::page;
use crate::{Posted, named, pages::record::then};
use axum::{extract::Path, response::Response};
use g8_records::import::{CancelImport, GetImport};

pub async fn submit(Path(id): Path<String>, posted: Posted) -> Response {
    let user = &posted.user;
    let done = user.send::<CancelImport>(named::<CancelImport>(&[("import_id", &id)])).await;
    then(
        done,
        |_| format!("/imports/{id}"),
        async |fault| {
            let import = user.send::<GetImport>(named::<GetImport>(&[("import_id", &id)])).await?;
            page(user, &import, Some(fault)).await
        },
    )
    .await
}
