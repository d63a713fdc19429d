//! What happens to tasks.

use crate::task::{Bucket, TaskLinkView, TaskView, plain};
use g8_core::{events, events::EXAMPLE};
use g8_domain::{
    Ts,
    event::Ref,
    record::{Disposition, Task, TaskKind, TaskStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

events! {
    TaskPayload, about, example => {
        TaskCreated = "task.created": "A task was made";
        TaskUpdated = "task.updated": "A task was changed";
        TaskCompleted = "task.completed": "A task was completed";
        TaskDeleted = "task.deleted": "A task was deleted";
    }
}

fn about(task: &TaskPayload) -> Vec<Ref> {
    let link = |link: &TaskLinkPayload| match link.entity_type.as_str() {
        "contact" => link.entity_id.parse().ok().map(Ref::Contact),
        "company" => link.entity_id.parse().ok().map(Ref::Company),
        "deal" => link.entity_id.parse().ok().map(Ref::Deal),
        _ => None,
    };
    std::iter::once(Ref::Task(task.id)).chain(task.links.iter().filter_map(link)).collect()
}

fn example() -> TaskPayload {
    let task = Task {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001),
        org_id: Uuid::nil(),
        title: "Call Ann about the offer".to_owned(),
        description: None,
        due_date: Some(EXAMPLE),
        assignee_id: None,
        status: TaskStatus::Open,
        priority: 2,
        kind: None,
        task_type: None,
        created_by: Some("Ann".to_owned()),
        parent_task_id: None,
        subtask_sort_order: None,
        source_url: None,
        disposition: None,
        reopened_at: None,
        skipped_at: None,
        completed_at: None,
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
        assignee_name: None,
        subtask_count: 0,
        completed_subtask_count: 0,
    };
    plain(task, &["contact:42".to_owned(), "company:7".to_owned()]).into()
}

/// A task as events say it; the names of what it is about are null. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct TaskPayload {
    pub id: Uuid,
    /// What it is mainly about
    pub entity_type: Option<String>,
    pub entity_id: Option<String>,
    pub entity_label: Option<String>,
    /// Everything it is about
    pub links: Vec<TaskLinkPayload>,
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

impl From<TaskView> for TaskPayload {
    fn from(view: TaskView) -> Self {
        Self {
            id: view.id,
            entity_type: view.entity_type,
            entity_id: view.entity_id,
            entity_label: view.entity_label,
            links: view.links.into_iter().map(TaskLinkPayload::from).collect(),
            title: view.title,
            description: view.description,
            due_date: view.due_date,
            assignee_id: view.assignee_id,
            assignee_name: view.assignee_name,
            status: view.status,
            priority: view.priority,
            priority_bucket: view.priority_bucket,
            kind: view.kind,
            task_type: view.task_type,
            created_by: view.created_by,
            parent_task_id: view.parent_task_id,
            subtask_sort_order: view.subtask_sort_order,
            subtask_count: view.subtask_count,
            completed_subtask_count: view.completed_subtask_count,
            contact_id: view.contact_id,
            company_id: view.company_id,
            source_url: view.source_url,
            disposition: view.disposition,
            reopened_at: view.reopened_at,
            skipped_at: view.skipped_at,
            completed_at: view.completed_at,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A record that a task is about, as events say it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskLinkPayload {
    /// contact, company, deal, team_member
    pub entity_type: String,
    /// Its id
    pub entity_id: String,
    /// Its name, for those who may read it
    pub entity_label: Option<String>,
}

impl From<TaskLinkView> for TaskLinkPayload {
    fn from(view: TaskLinkView) -> Self {
        Self { entity_type: view.entity_type, entity_id: view.entity_id, entity_label: view.entity_label }
    }
}
