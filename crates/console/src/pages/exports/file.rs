//! The file of an export.

use crate::{CurrentUser, Fault, named};
use axum::{extract::Path, response::Response};
use g8_records::export::Download;

pub async fn show(Path(id): Path<String>, visitor: CurrentUser) -> Result<Response, Fault> {
    visitor.download::<Download>(named::<Download>(&[("export_id", &id)])).await
}
