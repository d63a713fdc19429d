//! The file of an export.

use crate::{Fault, Visitor, named};
use axum::{extract::Path, response::Response};
use g8_service::ops::export::Download;

pub async fn show(Path(id): Path<String>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.download::<Download>(named::<Download>(&[("export_id", &id)])).await
}
