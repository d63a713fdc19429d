//! Every refused row, as a file.

use crate::{Fault, Visitor, named};
use axum::{extract::Path, response::Response};
use g8_service::ops::import::FaultsFile;

pub async fn show(Path(id): Path<String>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.download::<FaultsFile>(named::<FaultsFile>(&[("import_id", &id)])).await
}
