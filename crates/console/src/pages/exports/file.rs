//! The file of an export.

use crate::{CurrentUser, PageError, named};
use axum::{extract::Path, response::Response};
use g8_records::export::DownloadExport;

pub async fn show(Path(id): Path<String>, visitor: CurrentUser) -> Result<Response, PageError> {
    visitor.download::<DownloadExport>(named::<DownloadExport>(&[("export_id", &id)])).await
}
