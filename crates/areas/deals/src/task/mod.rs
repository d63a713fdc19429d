//! What people are to do, in graph8's shape; Topo's words are taken and shown beside it.

mod assign;
mod complete;
mod create;
mod delete;
mod get;
mod input;
mod links;
mod list;
mod of_company;
mod of_contact;
mod priority;
mod reopen;
mod skip;
mod update;
mod view;
mod write;

pub use assign::{Assign, Assigned, Reassign};
pub use complete::Complete;
pub use create::Create;
pub use delete::Delete;
pub use get::{Get, Input as GetInput};
pub use input::{RecordId, RecordRef, Status};
pub use list::List;
pub use of_company::ListOfCompany;
pub use of_contact::{CreateOnContact, ListOfContact};
pub use priority::{Bucket, Priority};
pub use reopen::Reopen;
pub use skip::Skip;
pub use update::Update;
pub(crate) use view::plain;
pub use view::{TaskLinkView, TaskView};
