//! Imports: files of contacts and companies that a worker writes, row by row refused or taken.

mod cancel;
mod create;
mod file;
mod get;
mod job;
mod list;
mod row_errors;
mod row_errors_file;
mod view;

pub use cancel::CancelImport;
pub use create::{CreateImport, CreateImportInput};
pub use file::UploadImport;
pub use get::{GetImport, Input as GetImportInput};
pub use job::ImportJob;
pub use list::ListImports;
pub use row_errors::ListRowErrors;
pub use row_errors_file::DownloadRowErrors;
pub use view::{ColumnMap, FaultView, ImportView};

use g8_domain::Scope;

/// Any of these lets a caller see imports; whose records an import is about decides the rest.
const READ: &[Scope] = &[Scope::CONTACTS_READ, Scope::COMPANIES_READ];
const WRITE: &[Scope] = &[Scope::CONTACTS_WRITE, Scope::COMPANIES_WRITE];

#[cfg(test)]
pub(crate) mod tests;
