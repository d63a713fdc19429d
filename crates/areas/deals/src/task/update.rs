//! `PATCH /tasks/{task_id}`

use super::{
    RecordRef, TaskView,
    write::{TaskFields, link, lock_for_update, store},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Change a task.
pub struct UpdateTask;

/// Which task, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the task
    pub task_id: Uuid,
    /// What is to be done
    #[schemars(length(min = 1, max = 500))]
    pub title: Option<String>,
    /// The rest of it.
    #[serde(flatten)]
    pub fields: TaskFields,
    /// Records it is about, in place of those it was about; left out, they stay
    #[schemars(length(max = 50))]
    pub records: Option<Vec<RecordRef>>,
}

impl Operation for UpdateTask {
    const SPEC: Spec = Spec::on(Verb::Patch, "/tasks/{task_id}", "task.update", &[Scope::TASKS_WRITE])
        .about("Change a task; fields left out stay, null clears")
        .tool(ToolAudience::Shared, &["g8_update_task"])
        .command(&["update-task"]);
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        let title = input.title.map(|title| title.trim().to_owned());
        if title.as_ref().is_some_and(String::is_empty) {
            return Err(Error::field("title", "must not be empty"));
        }
        if title.is_none() && input.records.is_none() && input.fields.is_empty() {
            return Err(Error::field("", "Nothing to change: give at least one field"));
        }
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let was = task.status;
        task.title = title.unwrap_or(task.title);
        input.fields.apply(ctx, &mut tx, &mut task).await?;
        if let Some(records) = input.records {
            link(ctx, &mut tx, &task, &records).await?;
        }
        let view = store(ctx, &mut tx, task, was).await?;
        tx.commit(view).await
    }
}
