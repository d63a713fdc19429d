//! What happens to tasks.

use crate::priority::Bucket;
use g8_core::{events, events::EXAMPLE};
use g8_domain::{
    Ts,
    event::Ref,
    record::{Disposition, TaskKind, TaskStatus},
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
    TaskPayload {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001),
        entity_type: Some("contact".to_owned()),
        entity_id: Some("42".to_owned()),
        entity_label: None,
        links: vec![
            TaskLinkPayload {
                entity_type: "contact".to_owned(),
                entity_id: "42".to_owned(),
                entity_label: None,
            },
            TaskLinkPayload {
                entity_type: "company".to_owned(),
                entity_id: "7".to_owned(),
                entity_label: None,
            },
        ],
        title: "Call Ann about the offer".to_owned(),
        description: None,
        due_date: Some(EXAMPLE),
        assignee_id: None,
        assignee_name: None,
        status: TaskStatus::Open,
        priority: 2,
        priority_bucket: Bucket::Hot,
        kind: None,
        task_type: None,
        created_by: Some("Ann".to_owned()),
        parent_task_id: None,
        subtask_sort_order: None,
        subtask_count: 0,
        completed_subtask_count: 0,
        contact_id: Some(42),
        company_id: Some(7),
        source_url: None,
        disposition: None,
        reopened_at: None,
        skipped_at: None,
        completed_at: None,
        created_at: EXAMPLE,
        updated_at: EXAMPLE,
    }
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
