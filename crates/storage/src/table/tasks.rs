//! Tasks and what they are about.

use crate::{
    Session, Tx,
    arg::args,
    bulk::{self, among},
    error::StorageResult,
    filter::{Filter, Index, RowCount, Rows, Slice},
    row::record,
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{Task, TaskKind, TaskLink, TaskStatus},
    value::fold,
};
use serde_json::json;
use uuid::Uuid;

record!(Task =>
    id, org_id, title, description, due_date, assignee_id, status, priority, kind, task_type, created_by,
    parent_task_id, subtask_sort_order, source_url, disposition, reopened_at, skipped_at, completed_at,
    created_at, updated_at, assignee_name, subtask_count, completed_subtask_count
);
record!(TaskLink => task_id, subject, place);

/// Which tasks a list shows; every condition must hold.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the column it filters")]
pub struct TaskFilter {
    pub status: Option<TaskStatus>,
    /// Any of these; all when empty.
    pub priorities: Vec<i64>,
    pub kind: Option<TaskKind>,
    pub assignee_id: Option<Uuid>,
    pub parent_task_id: Option<Uuid>,
    /// A part of the title or the description.
    pub search: Option<String>,
    /// About this record, as `contact:5`.
    pub subject: Option<String>,
    pub created_after: Option<Ts>,
    pub created_before: Option<Ts>,
    pub due_before: Option<Ts>,
}

/// Adds a task.
pub async fn insert(tx: &mut Tx, task: &Task) -> StorageResult<()> {
    let row = values!(task => id, org_id, created_by, created_at).and(values(task));
    row.insert(tx, "tasks", "").await.map(drop)
}

/// Writes every field of a task that may change.
pub async fn update(tx: &mut Tx, task: &Task) -> StorageResult<()> {
    values(task).update(tx, "tasks", "org_id = ? AND id = ?", args![task.org_id, task.id]).await.map(drop)
}

/// The columns that insert and update share.
fn values(task: &Task) -> Values {
    values!(task => title, description, due_date, assignee_id, status, priority, kind, task_type, parent_task_id,
        subtask_sort_order, source_url, disposition, reopened_at, skipped_at, completed_at, updated_at;
        text_fold = fold(&format!("{}\n{}", task.title, task.description.as_deref().unwrap_or_default())))
}

/// Removes a task and what it is about; its subtasks must be gone.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM tasks WHERE org_id = $1 AND id = $2", args![org, id]).await.map(drop)
}

/// One task.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Task>> {
    ROWS.one(on, "t.org_id = $1 AND t.id = $2", args![org, id]).await
}

/// One task, to be changed: nobody else changes it meanwhile.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<Option<Task>> {
    let sql = "SELECT CAST(1 AS BIGINT) AS n FROM tasks WHERE org_id = $1 AND id = $2 {lock}";
    if tx.number(sql, args![org, id]).await?.is_none() {
        return Ok(None);
    }
    get(tx, org, id).await
}

/// A task's subtasks, in their order.
pub async fn subtasks(on: &mut impl Session, org: Uuid, parent: Uuid) -> StorageResult<Vec<Task>> {
    let theirs = "t.org_id = $1 AND t.parent_task_id = $2 ORDER BY t.subtask_sort_order, t.id";
    ROWS.all(on, theirs, args![org, parent]).await
}

const ROWS: Rows = Rows {
    select: "SELECT t.*, u.name AS assignee_name,
             (SELECT COUNT(*) FROM tasks s WHERE s.parent_task_id = t.id) AS subtask_count,
             (SELECT COUNT(*) FROM tasks s WHERE s.parent_task_id = t.id AND s.status = 'completed') AS completed_subtask_count",
    from: "FROM tasks t LEFT JOIN users u ON u.id = t.assignee_id",
    count_from: "FROM tasks t",
    key: "t.id",
    index: None,
    narrow: None,
};

/// The tasks that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: TaskFilter,
    slice: &Slice,
) -> StorageResult<(Vec<Task>, RowCount)> {
    let conditions = Filter::new("t.org_id = ", org)
        .compare("t.status = ", filter.status.map(TaskStatus::word))
        .compare("t.kind = ", filter.kind.map(TaskKind::word))
        .compare("t.assignee_id = ", filter.assignee_id)
        .compare("t.parent_task_id = ", filter.parent_task_id)
        .contains("t.text_fold LIKE ", filter.search.as_deref(), Index::No)
        .compare("t.created_at > ", filter.created_after)
        .compare("t.created_at < ", filter.created_before)
        .compare("t.due_date < ", filter.due_before);
    let conditions = match filter.subject {
        Some(subject) => conditions.and_built(
            "t.id IN (SELECT task_id FROM task_links WHERE org_id = ? AND subject = ?)",
            args![org, subject],
        ),
        None => conditions,
    };
    let conditions = match *filter.priorities {
        [] => conditions,
        [one] => conditions.compare("t.priority = ", Some(one)),
        [one, other, ..] => conditions.and_built("t.priority IN (?, ?)", args![one, other]),
    };
    conditions.page(on, ROWS, slice).await
}

/// Says anew what a task is about.
pub async fn link(tx: &mut Tx, org: Uuid, task: Uuid, subjects: &[String]) -> StorageResult<()> {
    tx.change("DELETE FROM task_links WHERE org_id = $1 AND task_id = $2", args![org, task]).await?;
    let row = |(place, subject): (usize, &String)| {
        values!(
            org_id = org,
            task_id = task,
            subject = subject,
            place = i64::try_from(place).unwrap_or_default()
        )
    };
    let rows = subjects.iter().enumerate().map(row);
    bulk::write(tx, "task_links", rows, "ON CONFLICT DO NOTHING").await
}

/// What these tasks are about, in order.
pub async fn links(on: &mut impl Session, org: Uuid, tasks: Vec<Uuid>) -> StorageResult<Vec<TaskLink>> {
    let before = "SELECT task_id, subject, place FROM task_links WHERE org_id = $1 AND task_id IN ";
    let mut links: Vec<TaskLink> = among(on, before, args![org], tasks).await?;
    links.sort_by_key(|link| link.place);
    Ok(links)
}

/// Every task that is about a record.
pub async fn about(on: &mut impl Session, org: Uuid, subject: &str) -> StorageResult<Vec<Task>> {
    let about = "t.id IN (SELECT task_id FROM task_links WHERE org_id = $1 AND subject = $2) ORDER BY t.id";
    ROWS.all(on, about, args![org, subject]).await
}

/// Forgets a record that is erased: its links, the tasks that were about nothing else with their subtasks,
/// and what the events of its tasks said.
pub async fn forget(tx: &mut Tx, org: Uuid, subject: &str) -> StorageResult<()> {
    let events = "UPDATE events SET data = $3 WHERE org_id = $1 AND subject IN
                  (SELECT e.subject FROM event_links l JOIN events e ON e.id = l.event_id
                   WHERE l.org_id = $1 AND l.subject = $2 AND e.name LIKE 'task.%')";
    tx.change(events, args![org, subject, json!({ "erased": true })]).await?;
    for task in about(tx, org, subject).await? {
        let others =
            "SELECT COUNT(*) AS n FROM task_links WHERE org_id = $1 AND task_id = $2 AND subject <> $3";
        if tx.number(others, args![org, task.id, subject]).await? > Some(0) {
            continue;
        }
        for part in subtasks(tx, org, task.id).await? {
            silence(tx, org, part.id).await?;
            delete(tx, org, part.id).await?;
        }
        silence(tx, org, task.id).await?;
        delete(tx, org, task.id).await?;
    }
    tx.change("DELETE FROM task_links WHERE org_id = $1 AND subject = $2", args![org, subject])
        .await
        .map(drop)
}

/// Takes out of a task's events what they said.
async fn silence(tx: &mut Tx, org: Uuid, task: Uuid) -> StorageResult<()> {
    let sql = "UPDATE events SET data = $3 WHERE org_id = $1 AND subject = $2";
    tx.change(sql, args![org, format!("task:{task}"), json!({ "erased": true })]).await.map(drop)
}
