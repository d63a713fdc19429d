//! `GET /contacts/{contact_id}/tasks`

use super::{
    RecordRef, Status, TaskView,
    links::there,
    list::{TaskPart, page},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::tasks::TaskFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the tasks about a contact.
pub struct ListTasksOfContact;

/// About whom, and which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Where they stand
    pub status: Option<Status>,
    /// Which of them.
    #[serde(flatten)]
    pub part: TaskPart,
}

impl Operation for ListTasksOfContact {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/{contact_id}/tasks", "task.list_of_contact", &[Scope::TASKS_READ])
            .about("List the tasks about a contact, newest first")
            .page()
            .command(&["contact-tasks"]);
    type Input = Input;
    type Output = Page<TaskView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<TaskView>> {
        let subject = there(ctx, &mut ctx.db(), &RecordRef::contact(input.contact_id)).await?;
        let status = input.status.map(|status| status.0);
        page(ctx, TaskFilter { subject: Some(subject), status, ..TaskFilter::default() }, input.part).await
    }
}
