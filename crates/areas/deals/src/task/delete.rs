//! `DELETE /tasks/{task_id}`

use super::{
    GetTaskInput,
    links::show_one,
    write::{emit, lock_for_update},
};
use crate::events::TaskDeleted;
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::tasks;

/// Remove a task.
pub struct DeleteTask;

impl Operation for DeleteTask {
    const SPEC: Spec = Spec::on(Verb::Delete, "/tasks/{task_id}", "task.delete", &[Scope::TASKS_WRITE])
        .about("Delete a task and its subtasks for good")
        .command(&["delete-task"]);
    type Input = GetTaskInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: GetTaskInput) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        let task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let parts = tasks::subtasks(&mut *tx, ctx.org(), task.id).await?;
        for task in parts.into_iter().chain([task]) {
            let view = show_one(ctx, &mut *tx, task).await?;
            emit(ctx, &mut tx, TaskDeleted, &view).await?;
            tasks::delete(&mut tx, ctx.org(), view.id).await?;
        }
        tx.commit(Deleted { deleted: true }).await
    }
}
