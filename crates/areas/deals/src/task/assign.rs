//! `PUT /tasks/{task_id}/assignment` and `PATCH /tasks/{task_id}/assignee`

use super::{
    TaskView,
    write::{assign, held, store},
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
pub struct AssignInput {
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
    type Input = AssignInput;
    type Output = Assigned;

    async fn run(ctx: &Ctx, input: AssignInput) -> Result<Assigned> {
        let mut tx = ctx.begin().await?;
        let mut task = held(ctx, &mut tx, input.task_id).await?;
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

/// Give a task to somebody else.
pub struct ReassignTask;

/// Which task, and whose it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReassignInput {
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
    type Input = ReassignInput;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: ReassignInput) -> Result<TaskView> {
        let mut tx = ctx.begin().await?;
        let mut task = held(ctx, &mut tx, input.task_id).await?;
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
