//! Every refused row, as a file.

use crate::{CurrentUser, PageError, named};
use axum::{extract::Path, response::Response};
use g8_records::import::DownloadRowErrors;

pub async fn show(Path(id): Path<String>, user: CurrentUser) -> Result<Response, PageError> {
    user.download::<DownloadRowErrors>(named::<DownloadRowErrors>(&[("import_id", &id)])).await
}
