//! `GET /tasks/{task_id}`

use super::{TaskView, links::show_one};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::tasks;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show a task.
pub struct GetTask;

/// Which task.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the task
    pub task_id: Uuid,
}

impl Operation for GetTask {
    const SPEC: Spec = Spec::on(Verb::Get, "/tasks/{task_id}", "task.get", &[Scope::TASKS_READ])
        .about("Show a task")
        .command(&["get-task"]);
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        let task = tasks::get(&mut ctx.db(), ctx.org(), input.task_id).await?;
        let task = task.ok_or_else(|| Error::not_found("task", input.task_id))?;
        show_one(ctx, &mut ctx.db(), task).await
    }
}
