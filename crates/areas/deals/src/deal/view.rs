//! A deal as callers see it (contract/rest.md §8).

use g8_auth::Caller;
use g8_domain::{
    Scope, Ts,
    record::{Deal, DealRole, Party, StageType},
    value::Money,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct DealView {
    pub id: Uuid,
    pub name: String,
    pub description: Option<String>,
    /// In units of the currency
    pub amount: Option<Money>,
    /// ISO 4217
    pub currency: String,
    pub stage_id: Uuid,
    pub stage_name: String,
    pub pipeline_id: Uuid,
    pub company_id: Option<i64>,
    /// Null without the scope to read companies
    pub company_name: Option<String>,
    /// A user's id or e-mail address, as it was given
    pub owner_id: Option<String>,
    /// What its stage says: open, won or lost
    pub status: StageType,
    /// The day it is expected to close, as 2026-12-31
    pub close_date: Option<String>,
    /// Since when it has been in its stage
    pub stage_changed_at: Ts,
    pub created_at: Ts,
    pub updated_at: Ts,
    pub contact_count: i64,
    /// The first of its contacts
    pub primary_contact: Option<PartyView>,
    /// Null on lists
    pub contacts: Option<Vec<PartyView>>,
}

impl DealView {
    /// A deal with everybody who takes part in it.
    #[must_use]
    pub fn new(deal: Deal, parties: Vec<Party>) -> Self {
        let contacts = parties.into_iter().map(PartyView::from).collect();
        Self { contacts: Some(contacts), ..deal.into() }
    }

    /// The same as a caller may see it: without the scope to read people, they are ids and roles, and a company
    /// without that to read companies is its id.
    pub(super) fn for_caller(mut self, caller: &Caller) -> Self {
        if !caller.allows(Scope::CONTACTS_READ) {
            let parties = self.contacts.iter_mut().flatten().chain(&mut self.primary_contact);
            parties.for_each(|party| (party.name, party.email, party.title) = (None, None, None));
        }
        if !caller.allows(Scope::COMPANIES_READ) {
            self.company_name = None;
        }
        self
    }
}

impl From<Deal> for DealView {
    fn from(deal: Deal) -> Self {
        let primary_contact = deal.primary_id.map(|id| PartyView {
            id,
            name: full_name(deal.primary_first_name.as_ref(), deal.primary_last_name.as_ref()),
            email: deal.primary_email,
            title: deal.primary_title,
            role: deal.primary_role,
        });
        Self {
            id: deal.id,
            name: deal.name,
            description: deal.description,
            amount: deal.amount.map(Money),
            currency: deal.currency,
            stage_id: deal.stage_id,
            stage_name: deal.stage_name,
            pipeline_id: deal.pipeline_id,
            company_id: deal.company_id,
            company_name: deal.company_name,
            owner_id: deal.owner_id,
            status: deal.stage_type,
            close_date: deal.close_date,
            stage_changed_at: deal.stage_since,
            created_at: deal.created_at,
            updated_at: deal.updated_at,
            contact_count: deal.contact_count,
            primary_contact,
            contacts: None,
        }
    }
}

/// Somebody who takes part in a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DealContact")]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct PartyView {
    /// Id of the contact
    pub id: i64,
    pub name: Option<String>,
    pub email: Option<String>,
    pub title: Option<String>,
    /// What they have to say in it
    pub role: Option<DealRole>,
}

impl From<Party> for PartyView {
    fn from(party: Party) -> Self {
        Self {
            id: party.contact_id,
            name: full_name(party.first_name.as_ref(), party.last_name.as_ref()),
            email: party.email,
            title: party.title,
            role: party.role,
        }
    }
}

fn full_name(first: Option<&String>, last: Option<&String>) -> Option<String> {
    let parts: Vec<&str> = [first, last].into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A deal as its contacts and its company show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct LinkedDeal {
    pub deal_id: Uuid,
    pub name: String,
    /// Name of its stage
    pub stage: String,
    /// Its amount, in units of the currency
    pub value: Option<Money>,
    pub currency: String,
    /// What the contact has to say in it; null for companies
    pub role: Option<DealRole>,
    pub status: StageType,
    pub stage_id: Uuid,
    pub pipeline_id: Uuid,
    pub close_date: Option<String>,
    pub owner_id: Option<String>,
    pub created_at: Ts,
}

impl From<Deal> for LinkedDeal {
    fn from(deal: Deal) -> Self {
        Self {
            deal_id: deal.id,
            name: deal.name,
            stage: deal.stage_name,
            value: deal.amount.map(Money),
            currency: deal.currency,
            role: None,
            status: deal.stage_type,
            stage_id: deal.stage_id,
            pipeline_id: deal.pipeline_id,
            close_date: deal.close_date,
            owner_id: deal.owner_id,
            created_at: deal.created_at,
        }
    }
}
