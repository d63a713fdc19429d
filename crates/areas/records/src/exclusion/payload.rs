//! An exclusion as its events say it.

use super::ExclusionView;
use crate::events::ExclusionPayload;

impl From<ExclusionView> for ExclusionPayload {
    fn from(view: ExclusionView) -> Self {
        Self {
            id: view.id,
            kind: view.kind,
            email: view.email,
            linkedin_url: view.linkedin_url,
            phone: view.phone,
            contact_id: view.contact_id,
            domain: view.domain,
            channel: view.channel,
            reason: view.reason,
            category: view.category,
            until: view.until,
            message: view.message,
            created_by: view.created_by,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
