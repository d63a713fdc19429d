//! `POST /tasks`

use super::{
    RecordId, RecordRef, TaskView,
    input::{EntityType, pair},
    links::show_one,
    write::{TaskFields, emit, inherited, link, lock_for_update},
};
use crate::events::TaskCreated;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Task, TaskStatus},
};
use g8_storage::tasks;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a task.
pub struct CreateTask;

/// The new task; a record that it is about must be there, and the caller must be allowed to read it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What is to be done
    #[schemars(length(min = 1, max = 500))]
    pub title: String,
    /// The rest of it.
    #[serde(flatten)]
    pub fields: TaskFields,
    /// Records it is about, the main one first
    #[schemars(length(max = 50))]
    pub records: Option<Vec<RecordRef>>,
    /// Type of the record it is about, in place of `records`
    pub entity_type: Option<EntityType>,
    /// Id of the record it is about
    pub entity_id: Option<RecordId>,
}

impl Operation for CreateTask {
    const SPEC: Spec = Spec::on(Verb::Post, "/tasks", "task.create", &[Scope::TASKS_WRITE])
        .about("Create a task about records, or about none; a subtask is about what its parent is about")
        .created();
    type Input = Input;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: Input) -> Result<TaskView> {
        let mut records = input.records.unwrap_or_default();
        if let Some(main) = pair(input.entity_type, input.entity_id)? {
            if !records.is_empty() {
                return Err(Error::field("entity_type", "cannot be given together with `records`"));
            }
            records.push(main);
        }
        create(ctx, &input.title, input.fields, &records).await
    }
}

/// Makes a task about these records.
pub(super) async fn create(
    ctx: &Ctx,
    title: &str,
    fields: TaskFields,
    records: &[RecordRef],
) -> Result<TaskView> {
    let mut task = fresh(ctx, title)?;
    let mut tx = ctx.begin().await?;
    fields.apply(ctx, &mut tx, &mut task).await?;
    tasks::insert(&mut tx, &task).await?;
    match task.parent_task_id {
        Some(parent) if records.is_empty() => {
            let subjects = inherited(ctx, &mut tx, parent).await?;
            tasks::link(&mut tx, ctx.org(), task.id, &subjects).await?;
        }
        _ => link(ctx, &mut tx, &task, records).await?,
    }
    let task = lock_for_update(ctx, &mut tx, task.id).await?;
    let view = show_one(ctx, &mut *tx, task).await?;
    emit(ctx, &mut tx, TaskCreated, &view).await?;
    tx.commit(view).await
}

/// A task that is not stored yet.
fn fresh(ctx: &Ctx, title: &str) -> Result<Task> {
    let title = title.trim().to_owned();
    if title.is_empty() {
        return Err(Error::field("title", "must not be empty"));
    }
    Ok(Task {
        id: ctx.id(),
        org_id: ctx.org(),
        title,
        description: None,
        due_date: None,
        assignee_id: None,
        status: TaskStatus::Open,
        priority: 0,
        kind: None,
        task_type: None,
        created_by: Some(ctx.author()),
        parent_task_id: None,
        subtask_sort_order: None,
        source_url: None,
        disposition: None,
        reopened_at: None,
        skipped_at: None,
        completed_at: None,
        created_at: ctx.now(),
        updated_at: ctx.now(),
        assignee_name: None,
        subtask_count: 0,
        completed_subtask_count: 0,
    })
}
