//! `POST /contacts/{contact_id}/tasks`

use super::{RecordRef, TaskView, create::create, write::TaskFields};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a task about a contact.
pub struct CreateTaskOnContact;

/// About whom, and what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
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
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        create(ctx, &input.title, input.fields, &[RecordRef::contact(input.contact_id)]).await
    }
}
