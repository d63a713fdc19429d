//! `GET /contacts/{contact_id}/deals`

use super::LinkedDeal;
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Error, Page, Result, Scope};
use g8_storage::{
    contacts, deal_contacts,
    deals::{self, DealFilter},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// List the deals a contact takes part in.
pub struct ListDealsOfContact;

/// Whose deals, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListDealsOfContact {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/{contact_id}/deals", "deal.list_of_contact", &[Scope::DEALS_READ])
            .about("List the deals that a contact takes part in, with their role")
            .page()
            .tool(ToolAudience::Shared, &["g8_get_contact_deals"])
            .command(&["contact-deals"]);
    type Input = Input;
    type Output = Page<LinkedDeal>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<LinkedDeal>> {
        let (org, contact) = (ctx.org(), input.contact_id);
        if contacts::get(&mut ctx.db(), org, contact).await?.is_none() {
            return Err(Error::not_found("contact", contact));
        }
        let filter = DealFilter { contact_id: Some(contact), ..DealFilter::default() };
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = deals::page(&mut ctx.db(), org, filter, &slice).await?;
        let mut page = input.paging.page(ctx, rows, |deal| deal.id).map(LinkedDeal::from);
        let ids: Vec<Uuid> = page.data.iter().map(|deal| deal.deal_id).collect();
        let parties = deal_contacts::of_contact(&mut ctx.db(), org, contact, &ids).await?;
        let roles: HashMap<Uuid, _> = parties.into_iter().map(|party| (party.deal_id, party.role)).collect();
        for deal in &mut page.data {
            deal.role = roles.get(&deal.deal_id).copied().flatten();
        }
        Ok(page)
    }
}
