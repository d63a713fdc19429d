//! `PATCH /tasks/{task_id}/assignee`

use super::{
    TaskView,
    write::{assign, lock_for_update, store},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Give a task to somebody else.
pub struct ReassignTask;

/// Which task, and whose it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the task
    pub task_id: Uuid,
    /// User who is to do it
    pub assignee_user_id: Uuid,
    /// This task, or every task of its sequence; TASK unless given
    pub scope: Option<Reach>,
}

/// How much is reassigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Reach {
    /// One task.
    Task,
    /// Every task of its sequence.
    Sequence,
}

impl Operation for ReassignTask {
    const SPEC: Spec =
        Spec::on(Verb::Patch, "/tasks/{task_id}/assignee", "task.reassign", &[Scope::TASKS_WRITE])
            .about("Reassign a task to another user");
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        if input.scope == Some(Reach::Sequence) {
            return Err(Error::rule("The task belongs to no sequence; reassign it with scope TASK."));
        }
        assign(ctx, &mut *tx, &mut task, Some(input.assignee_user_id)).await?;
        task.updated_at = ctx.now();
        let was = task.status;
        let view = store(ctx, &mut tx, task, was).await?;
        tx.commit(view).await
    }
}
