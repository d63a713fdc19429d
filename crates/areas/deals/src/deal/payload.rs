//! A deal as its events say it.

use super::DealView;
use crate::events::DealFact;
use g8_domain::record::Deal;

/// A deal and the ids of its contacts.
pub(super) fn fact(deal: Deal, contact_ids: Vec<i64>) -> DealFact {
    let view = DealView::from(deal);
    DealFact {
        id: view.id,
        name: view.name,
        description: view.description,
        amount: view.amount,
        currency: view.currency,
        stage_id: view.stage_id,
        stage_name: view.stage_name,
        pipeline_id: view.pipeline_id,
        company_id: view.company_id,
        company_name: None,
        owner_id: view.owner_id,
        status: view.status,
        close_date: view.close_date,
        stage_changed_at: view.stage_changed_at,
        created_at: view.created_at,
        updated_at: view.updated_at,
        contact_count: view.contact_count,
        primary_contact: None,
        contacts: None,
        contact_ids,
    }
}
