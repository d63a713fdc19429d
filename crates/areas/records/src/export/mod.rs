//! Exports: contacts and companies as files that a worker writes.

mod create;
mod file;
mod get;
mod job;
mod list;
mod view;

pub use create::{CreateExport, CreateExportInput};
pub use file::DownloadExport;
pub use get::{GetExport, Input as GetExportInput};
pub use job::ExportJob;
pub use list::ListExports;
pub use view::ExportView;

use g8_domain::Scope;

/// Any of these lets a caller make exports; whose records an export is about decides the rest.
const READ: &[Scope] = &[Scope::CONTACTS_READ, Scope::COMPANIES_READ];

#[cfg(test)]
mod tests;
