//! A task as callers see it (contract/rest.md §9, platform.md §10).

use super::Bucket;
use g8_domain::{
    Ts,
    record::{Disposition, Task, TaskKind, TaskStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A record that a task is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskLinkView {
    /// contact, company, deal, team_member
    pub entity_type: String,
    /// Its id
    pub entity_id: String,
    /// Its name, for those who may read it
    pub entity_label: Option<String>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct TaskView {
    pub id: Uuid,
    /// What it is mainly about
    pub entity_type: Option<String>,
    pub entity_id: Option<String>,
    pub entity_label: Option<String>,
    /// Everything it is about
    pub links: Vec<TaskLinkView>,
    pub title: String,
    pub description: Option<String>,
    pub due_date: Option<Ts>,
    pub assignee_id: Option<Uuid>,
    pub assignee_name: Option<String>,
    pub status: TaskStatus,
    /// 0 none, 1 urgent, 2 high, 3 normal, 4 low
    pub priority: i64,
    /// HOT for 1 and 2, TODAY for 3, else EXTRA
    pub priority_bucket: Bucket,
    #[serde(rename = "type")]
    pub kind: Option<TaskKind>,
    pub task_type: Option<String>,
    pub created_by: Option<String>,
    pub parent_task_id: Option<Uuid>,
    pub subtask_sort_order: Option<i64>,
    pub subtask_count: i64,
    pub completed_subtask_count: i64,
    /// The first contact it is about
    pub contact_id: Option<i64>,
    /// The first company it is about
    pub company_id: Option<i64>,
    pub source_url: Option<String>,
    /// How a call went
    pub disposition: Option<Disposition>,
    pub reopened_at: Option<Ts>,
    pub skipped_at: Option<Ts>,
    pub completed_at: Option<Ts>,
    pub created_at: Ts,
    pub updated_at: Ts,
}

/// A link without its name.
pub(super) fn unnamed(subject: &str) -> Option<TaskLinkView> {
    let (kind, id) = subject.split_once(':')?;
    Some(TaskLinkView { entity_type: kind.to_owned(), entity_id: id.to_owned(), entity_label: None })
}

/// A task and what it is about.
pub(super) fn view(task: Task, links: Vec<TaskLinkView>) -> TaskView {
    let first = |kind: &str| {
        links.iter().find(|link| link.entity_type == kind).and_then(|link| link.entity_id.parse().ok())
    };
    let (contact_id, company_id) = (first("contact"), first("company"));
    let main = links.first().cloned();
    TaskView {
        id: task.id,
        entity_type: main.as_ref().map(|link| link.entity_type.clone()),
        entity_id: main.as_ref().map(|link| link.entity_id.clone()),
        entity_label: main.and_then(|link| link.entity_label),
        links,
        title: task.title,
        description: task.description,
        due_date: task.due_date,
        assignee_id: task.assignee_id,
        assignee_name: task.assignee_name,
        status: task.status,
        priority: task.priority,
        priority_bucket: Bucket::of(task.priority),
        kind: task.kind,
        task_type: task.task_type,
        created_by: task.created_by,
        parent_task_id: task.parent_task_id,
        subtask_sort_order: task.subtask_sort_order,
        subtask_count: task.subtask_count,
        completed_subtask_count: task.completed_subtask_count,
        contact_id,
        company_id,
        source_url: task.source_url,
        disposition: task.disposition,
        reopened_at: task.reopened_at,
        skipped_at: task.skipped_at,
        completed_at: task.completed_at,
        created_at: task.created_at,
        updated_at: task.updated_at,
    }
}
