//! A sale that is hoped for, made or missed.

use super::{StageType, words};
use crate::Ts;
use uuid::Uuid;

words! {
    /// What somebody has to say in a deal.
    DealRole {
        /// Wants it, and says so inside.
        Champion = "champion",
        /// Says yes or no.
        DecisionMaker = "decision_maker",
        /// Is listened to.
        Influencer = "influencer",
        /// Is against it.
        Blocker = "blocker",
        /// Helps the seller to understand the buyer.
        Coach = "coach",
        /// Will use what is sold.
        EndUser = "end_user",
    }
}

impl DealRole {
    /// Every role.
    pub const ALL: [Self; 6] =
        [Self::Champion, Self::DecisionMaker, Self::Influencer, Self::Blocker, Self::Coach, Self::EndUser];
}

/// A deal as stored, with its stage and the first of its contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    pub id: Uuid,
    pub org_id: Uuid,
    pub name: String,
    pub description: Option<String>,
    /// In hundredths of the currency's unit.
    pub amount: Option<i64>,
    /// ISO 4217, three capital letters.
    pub currency: String,
    pub pipeline_id: Uuid,
    pub stage_id: Uuid,
    pub company_id: Option<i64>,
    /// As it was given: a user's id or e-mail address.
    pub owner_id: Option<String>,
    /// As `2026-12-31`.
    pub close_date: Option<String>,
    /// Since when it has been in its stage.
    pub stage_since: Ts,
    pub created_at: Ts,
    pub updated_at: Ts,
    /// Read with the row, written nowhere.
    pub stage_name: String,
    pub stage_type: StageType,
    pub contact_count: i64,
    pub primary_id: Option<i64>,
    pub primary_first_name: Option<String>,
    pub primary_last_name: Option<String>,
    pub primary_email: Option<String>,
    pub primary_title: Option<String>,
    pub primary_role: Option<DealRole>,
    pub company_name: Option<String>,
}

/// Somebody who takes part in a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    pub deal_id: Uuid,
    pub contact_id: i64,
    pub role: Option<DealRole>,
    /// The lowest is the deal's primary contact.
    pub position: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub title: Option<String>,
}

/// One step of a deal from stage to stage. Stages are named as they were then: they may be gone.
#[derive(Debug, Clone, PartialEq)]
pub struct DealMove {
    pub id: Uuid,
    pub org_id: Uuid,
    pub deal_id: Uuid,
    /// None where the deal began.
    pub from_stage_id: Option<Uuid>,
    pub from_stage_name: Option<String>,
    pub to_stage_id: Uuid,
    pub to_stage_name: String,
    pub pipeline_id: Uuid,
    pub at: Ts,
    /// When it went on.
    pub left_at: Option<Ts>,
    pub user_id: Option<Uuid>,
    pub author: Option<String>,
}

/// A remark on a deal, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct DealNote {
    pub id: Uuid,
    pub org_id: Uuid,
    pub deal_id: Uuid,
    pub content: String,
    pub created_by: Option<Uuid>,
    pub created_by_name: Option<String>,
    pub created_at: Ts,
    pub updated_at: Ts,
}
