//! What people are to do, in graph8's shape; Topo's words are taken and shown beside it.

mod assign;
mod complete;
mod create;
mod create_on_contact;
mod delete;
mod get;
mod input;
mod links;
mod list;
mod list_of_company;
mod list_of_contact;
mod payload;
mod reassign;
mod reopen;
mod skip;
mod update;
mod view;
mod write;

pub use crate::priority::{Bucket, Priority};
pub use assign::{AssignTask, Assigned};
pub use complete::CompleteTask;
pub use create::CreateTask;
pub use create_on_contact::CreateTaskOnContact;
pub use delete::DeleteTask;
pub use get::{GetTask, Input as GetTaskInput};
pub use input::{RecordId, RecordRef, Status};
pub use list::ListTasks;
pub use list_of_company::ListTasksOfCompany;
pub use list_of_contact::ListTasksOfContact;
pub use reassign::ReassignTask;
pub use reopen::ReopenTask;
pub use skip::SkipTask;
pub use update::UpdateTask;
pub use view::{TaskLinkView, TaskView};
