//! The file of an export.

use crate::{CurrentUser, PageError, named};
use axum::{extract::Path, response::Response};
use g8_records::export::DownloadExport;

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Response, PageError> {
    user.download::<DownloadExport>(named::<DownloadExport>(&[("export_id", &id)])).await
}
