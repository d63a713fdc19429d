//! `POST /tasks/{task_id}/skip`

use super::{
    GetTaskInput, TaskView,
    write::{lock_for_update, stand, store},
};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::TaskStatus};

/// Leave a task undone.
pub struct SkipTask;

impl Operation for SkipTask {
    const SPEC: Spec = Spec::on(Verb::Post, "/tasks/{task_id}/skip", "task.skip", &[Scope::TASKS_WRITE])
        .about("Skip a task: it will not be done")
        .effect(Effect::Put)
        .command(&["skip-task"]);
    type Input = GetTaskInput;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: GetTaskInput) -> Result<TaskView> {
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let was = task.status;
        if was.is_over() {
            let message = format!("The task is {}; only one that is open can be skipped.", was.word());
            return Err(Error::rule(message));
        }
        stand(ctx, &mut task, TaskStatus::Skipped);
        let view = store(ctx, &mut tx, task, was).await?;
        tx.commit(view).await
    }
}
