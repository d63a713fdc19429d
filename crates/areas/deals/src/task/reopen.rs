//! `POST /tasks/{task_id}/reopen`

use super::{GetTaskInput, TaskView, write::turn};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::TaskStatus};

/// Take up a task again.
pub struct ReopenTask;

impl Operation for ReopenTask {
    const SPEC: Spec = Spec::on(Verb::Post, "/tasks/{task_id}/reopen", "task.reopen", &[Scope::TASKS_WRITE])
        .about("Reopen a task that was completed or skipped")
        .effect(Effect::Put)
        .command(&["reopen-task"]);
    type Input = GetTaskInput;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: GetTaskInput) -> Result<TaskView> {
        turn(
            ctx,
            input.task_id,
            TaskStatus::Open,
            TaskStatus::is_over,
            "completed or skipped can be reopened",
        )
        .await
    }
}
