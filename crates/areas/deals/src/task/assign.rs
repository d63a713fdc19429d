//! `PUT /tasks/{task_id}/assignment`

use super::{
    TaskView,
    write::{assign, lock_for_update, store},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Patch, Result, Scope, Ts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Give a task to somebody, unless somebody else has changed it meanwhile.
pub struct AssignTask;

/// Which task, whose it is, and what it was when it was read.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the task
    pub task_id: Uuid,
    /// User who is to do it; null for nobody
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub agent_id: Patch<Uuid>,
    /// `updated_at` as it was read; the task is left alone when it has changed since
    pub expected_updated_at: Option<Ts>,
}

/// A task with its new owner.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assigned {
    /// The task
    #[serde(flatten)]
    pub task: TaskView,
    /// Always false: giving a task to somebody does not begin it
    pub execution_started: bool,
}

impl Operation for AssignTask {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/tasks/{task_id}/assignment", "task.assign", &[Scope::TASKS_WRITE])
            .about("Assign a task to a user, or to nobody; refused when it has changed since it was read")
            .command(&["assign-task"]);
    type Input = Input;
    type Output = Assigned;

    async fn run(ctx: &Ctx, input: Input) -> Result<Assigned> {
        let mut tx = ctx.begin().await?;
        let mut task = lock_for_update(ctx, &mut tx, input.task_id).await?;
        let user = match input.agent_id {
            Patch::Keep => return Err(Error::field("agent_id", "is required; null assigns to nobody")),
            Patch::Clear => None,
            Patch::Set(user) => Some(user),
        };
        if input.expected_updated_at.is_some_and(|expected| expected != task.updated_at) {
            let message = "The task has changed since it was read; read it again.";
            let data = serde_json::json!({ "updated_at": task.updated_at });
            return Err(Error::conflict(message).with(data));
        }
        assign(ctx, &mut *tx, &mut task, user).await?;
        task.updated_at = ctx.now();
        let was = task.status;
        let task = store(ctx, &mut tx, task, was).await?;
        tx.commit(Assigned { task, execution_started: false }).await
    }
}
