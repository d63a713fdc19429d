//! Writing tasks: what creating, changing and finishing them have in common.

use super::{
    Priority, RecordRef, Status, TaskView,
    input::due,
    links::{check, show_one},
    view::unnamed,
};
use crate::events::{TaskCompleted, TaskPayload, TaskUpdated};
use g8_core::{Ctx, events::Event};
use g8_domain::{
    Error, Patch, Result,
    record::{Disposition, Task, TaskKind, TaskStatus},
};
use g8_storage::{Session, Tx, tasks, users};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Subtasks that a task can have.
const MOST_SUBTASKS: i64 = 100;

/// What can be written of a task. A field left out stays; `null` clears.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TaskFields {
    /// More about it
    #[schemars(length(max = 10_000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// A day or a time, as 2026-11-30
    #[schemars(length(max = 40))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub due_date: Patch<String>,
    /// User who is to do it
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub assignee_id: Patch<Uuid>,
    /// 0 none, 1 urgent, 2 high, 3 normal, 4 low, or the word
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Where it stands
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What a sequence wants of a person
    #[serde(rename = "type", skip_serializing_if = "Patch::is_keep")]
    pub kind: Patch<TaskKind>,
    /// A type of your own
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub task_type: Patch<String>,
    /// Task that this is a part of; one level only
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub parent_task_id: Patch<Uuid>,
    /// Its place among the parts
    #[schemars(range(min = 0, max = 1_000_000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub subtask_sort_order: Patch<i64>,
    /// Where it came from
    #[schemars(length(max = 2000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub source_url: Patch<String>,
    /// How a call went
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub disposition: Patch<Disposition>,
}

impl TaskFields {
    /// Whether nothing is given.
    pub(super) fn is_empty(&self) -> bool {
        serde_json::to_value(self).is_ok_and(|given| given.as_object().is_some_and(serde_json::Map::is_empty))
    }

    /// Writes them into a task, checked against what is there.
    pub(super) async fn apply(self, ctx: &Ctx, tx: &mut Tx, task: &mut Task) -> Result<()> {
        if let Patch::Set(user) = self.assignee_id {
            assign(ctx, tx, task, Some(user)).await?;
        } else if self.assignee_id == Patch::Clear {
            assign(ctx, tx, task, None).await?;
        }
        if let Patch::Set(parent) = self.parent_task_id
            && task.parent_task_id != Some(parent)
        {
            nest(ctx, tx, task, parent).await?;
        }
        self.parent_task_id.apply(&mut task.parent_task_id);
        self.description.trimmed().apply(&mut task.description);
        match self.due_date.trimmed() {
            Patch::Set(text) => task.due_date = Some(due(&text)?),
            Patch::Clear => task.due_date = None,
            Patch::Keep => {}
        }
        task.priority = self.priority.map_or(task.priority, Priority::stored);
        self.kind.apply(&mut task.kind);
        self.task_type.trimmed().apply(&mut task.task_type);
        self.subtask_sort_order.apply(&mut task.subtask_sort_order);
        self.source_url.trimmed().apply(&mut task.source_url);
        self.disposition.apply(&mut task.disposition);
        if let Some(Status(status)) = self.status {
            stand(ctx, task, status);
        }
        task.updated_at = ctx.now();
        disposed(task)
    }
}

/// Only a call goes one way or another.
pub(super) fn disposed(task: &Task) -> Result<()> {
    if task.disposition.is_some() && task.kind != Some(TaskKind::Call) {
        return Err(Error::rule("Only a task of type CALL has a disposition."));
    }
    Ok(())
}

/// Sets where a task stands, and when it came there.
pub(super) fn stand(ctx: &Ctx, task: &mut Task, status: TaskStatus) {
    if task.status == status {
        return;
    }
    if task.status.is_over() && !status.is_over() {
        task.reopened_at = Some(ctx.now());
    }
    task.completed_at = (status == TaskStatus::Completed).then(|| ctx.now());
    task.skipped_at = (status == TaskStatus::Skipped).then(|| ctx.now());
    task.status = status;
    task.updated_at = ctx.now();
}

/// Brings a task that stands where `from` admits it to another status; `only` says of which ones this can be done.
pub(super) async fn turn(
    ctx: &Ctx,
    id: Uuid,
    to: TaskStatus,
    from: impl Fn(TaskStatus) -> bool,
    only: &str,
) -> Result<TaskView> {
    let mut tx = ctx.begin().await?;
    let mut task = lock_for_update(ctx, &mut tx, id).await?;
    let was = task.status;
    if !from(was) {
        return Err(Error::rule(format!("The task is {}; only one that is {only}.", was.word())));
    }
    stand(ctx, &mut task, to);
    let view = store(ctx, &mut tx, task, was).await?;
    tx.commit(view).await
}

/// Gives a task to a member of the organization, or to nobody.
pub(super) async fn assign(
    ctx: &Ctx,
    on: &mut impl Session,
    task: &mut Task,
    user: Option<Uuid>,
) -> Result<()> {
    task.assignee_name = match user {
        Some(user) => {
            let member = users::member(on, user, ctx.org()).await?;
            Some(member.ok_or_else(|| Error::not_found("user", user))?.0.name)
        }
        None => None,
    };
    task.assignee_id = user;
    Ok(())
}

/// Refuses a parent that cannot be one.
async fn nest(ctx: &Ctx, tx: &mut Tx, task: &Task, parent: Uuid) -> Result<()> {
    let above = lock_for_update(ctx, tx, parent).await?;
    if parent == task.id || above.parent_task_id.is_some() || task.subtask_count > 0 {
        return Err(Error::rule("Tasks nest one level only: a subtask has no subtasks of its own."));
    }
    if above.subtask_count >= MOST_SUBTASKS {
        return Err(Error::rule(format!("A task has at most {MOST_SUBTASKS} subtasks.")));
    }
    Ok(())
}

/// One task, to be changed.
pub(super) async fn lock_for_update(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Task> {
    tasks::lock_for_update(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("task", id))
}

/// Checks the records and says that the task is about them.
pub(super) async fn link(ctx: &Ctx, tx: &mut Tx, task: &Task, records: &[RecordRef]) -> Result<()> {
    let mut subjects = Vec::with_capacity(records.len());
    for record in records {
        subjects.push(check(ctx, tx, record).await?);
    }
    Ok(tasks::link(tx, ctx.org(), task.id, &subjects).await?)
}

/// Stores a changed task and says so in events; gives what the caller sees.
pub(super) async fn store(ctx: &Ctx, tx: &mut Tx, task: Task, was: TaskStatus) -> Result<TaskView> {
    let completed = task.status == TaskStatus::Completed && was != TaskStatus::Completed;
    tasks::update(tx, &task).await?;
    let task = lock_for_update(ctx, tx, task.id).await?;
    let view = show_one(ctx, tx, task).await?;
    emit(ctx, tx, TaskUpdated, &view).await?;
    if completed {
        emit(ctx, tx, TaskCompleted, &view).await?;
    }
    Ok(view)
}

/// Says in an event what a task is; the names of people stay out of it.
pub(super) async fn emit<E: Event>(
    ctx: &Ctx,
    tx: &mut Tx,
    event: fn(TaskPayload) -> E,
    view: &TaskView,
) -> Result<()> {
    let mut told = view.clone();
    told.entity_label = None;
    told.links.iter_mut().for_each(|link| link.entity_label = None);
    ctx.emit(tx, event(told.into())).await
}

/// What a subtask is about unless it says so: what its parent is about.
pub(super) async fn inherited(ctx: &Ctx, tx: &mut Tx, parent: Uuid) -> Result<Vec<String>> {
    let links = tasks::links(tx, ctx.org(), vec![parent]).await?;
    Ok(links.into_iter().map(|link| link.subject).filter(|subject| unnamed(subject).is_some()).collect())
}
