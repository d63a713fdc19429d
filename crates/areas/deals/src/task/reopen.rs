//! `POST /tasks/{task_id}/reopen`

use super::{
    GetTaskInput, TaskView,
    write::{lock_for_update, stand, store},
};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::TaskStatus};

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
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let was = task.status;
        if !was.is_over() {
            let message =
                format!("The task is {}; only one that is completed or skipped can be reopened.", was.word());
            return Err(Error::rule(message));
        }
        stand(ctx, &mut task, TaskStatus::Open);
        let view = store(ctx, &mut tx, task, was).await?;
        tx.commit(view).await
    }
}
