//! A list as its events say it.

use super::ListView;
use crate::events::ListPayload;

impl From<ListView> for ListPayload {
    fn from(view: ListView) -> Self {
        Self {
            id: view.id,
            title: view.title,
            kind: view.kind,
            source: view.source,
            status: view.status,
            total: view.total,
            is_dynamic: view.is_dynamic,
            tags: view.tags,
            description: view.description,
            contact_count: view.contact_count,
            company_count: view.company_count,
            created_at: view.created_at,
            created_by: view.created_by,
            updated_at: view.updated_at,
        }
    }
}
