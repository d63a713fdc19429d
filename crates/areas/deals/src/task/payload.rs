//! A task as its events say it.

use super::{TaskLinkView, TaskView};
use crate::events::{TaskLinkPayload, TaskPayload};

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

impl From<TaskLinkView> for TaskLinkPayload {
    fn from(view: TaskLinkView) -> Self {
        Self { entity_type: view.entity_type, entity_id: view.entity_id, entity_label: view.entity_label }
    }
}
