//! `POST /tasks/{task_id}/complete`

use super::{
    TaskView,
    write::{disposed, lock_for_update, stand, store},
};
use g8_core::{Ctx, Effect, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Disposition, TaskStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Finish a task.
pub struct CompleteTask;

/// Which task, and how it went.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the task
    pub task_id: Uuid,
    /// How a call went; for tasks of type CALL
    pub disposition: Option<Disposition>,
}

impl Operation for CompleteTask {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/tasks/{task_id}/complete", "task.complete", &[Scope::TASKS_WRITE])
            .about("Complete a task that is open or in progress")
            .effect(Effect::Put)
            .tool(ToolAudience::Shared, &["g8_complete_task"])
            .command(&["complete-task"]);
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let was = task.status;
        if was.is_over() {
            return Err(Error::rule(format!("The task is {} already.", was.word())));
        }
        task.disposition = input.disposition.or(task.disposition);
        disposed(&task)?;
        stand(ctx, &mut task, TaskStatus::Completed);
        let view = store(ctx, &mut tx, task, was).await?;
        tx.commit(view).await
    }
}
