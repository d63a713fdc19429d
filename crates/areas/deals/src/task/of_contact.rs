//! `GET` and `POST /contacts/{contact_id}/tasks`

use super::{
    RecordRef, Status, TaskView,
    create::create,
    links::there,
    list::{TaskPart, page},
    write::TaskFields,
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::tasks::TaskFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the tasks about a contact.
pub struct ListTasksOfContact;

/// About whom, and which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListInput {
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
    type Input = ListInput;
    type Output = Page<TaskView>;

    async fn run(ctx: &Ctx, input: ListInput) -> Result<Page<TaskView>> {
        let subject = there(ctx, &mut ctx.db(), &RecordRef::contact(input.contact_id)).await?;
        let status = input.status.map(|status| status.0);
        page(ctx, TaskFilter { subject: Some(subject), status, ..TaskFilter::default() }, input.part).await
    }
}

/// Make a task about a contact.
pub struct CreateTaskOnContact;

/// About whom, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateInput {
    /// Id of the contact
    pub contact_id: i64,
    /// What is to be done
    #[schemars(length(min = 1, max = 500))]
    pub title: String,
    /// The rest of it.
    #[serde(flatten)]
    pub fields: TaskFields,
}

impl Operation for CreateTaskOnContact {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/contacts/{contact_id}/tasks", "task.create_on_contact", &[Scope::TASKS_WRITE])
            .about("Create a task about a contact")
            .created()
            .tool(ToolAudience::Shared, &["g8_create_task"])
            .command(&["create-task"]);
    type Input = CreateInput;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: CreateInput) -> Result<TaskView> {
        create(ctx, &input.title, input.fields, &[RecordRef::contact(input.contact_id)]).await
    }
}
