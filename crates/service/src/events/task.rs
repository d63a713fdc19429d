//! What happens to tasks.

use super::{EXAMPLE, events};
use crate::ops::task::{TaskView, plain};
use g8_domain::{
    event::Ref,
    record::{Task, TaskStatus},
};
use uuid::Uuid;

events! {
    TaskView, about, example => {
        TaskCreated = "task.created": "A task was made";
        TaskUpdated = "task.updated": "A task was changed";
        TaskCompleted = "task.completed": "A task was completed";
        TaskDeleted = "task.deleted": "A task was deleted";
    }
}

fn about(task: &TaskView) -> Vec<Ref> {
    let link = |link: &crate::ops::task::TaskLinkView| match link.entity_type.as_str() {
        "contact" => link.entity_id.parse().ok().map(Ref::Contact),
        "company" => link.entity_id.parse().ok().map(Ref::Company),
        "deal" => link.entity_id.parse().ok().map(Ref::Deal),
        _ => None,
    };
    std::iter::once(Ref::Task(task.id)).chain(task.links.iter().filter_map(link)).collect()
}

fn example() -> TaskView {
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
    plain(task, &["contact:42".to_owned(), "company:7".to_owned()])
}
