//! The way that deals go, and its stages.

use super::words;
use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

words! {
    /// What being in a stage means for a deal.
    StageType {
        /// It is being worked on.
        Open = "open",
        /// It was won.
        Won = "won",
        /// It was lost.
        Lost = "lost",
    }
}

words! {
    /// Whom a pipeline is for, and what it is to bring about.
    PipelineTarget {
        /// Revenue from new customers.
        ProspectsRevenue = "prospects_revenue",
        /// Meetings with people who are no customers yet.
        ProspectsMeeting = "prospects_meeting",
        /// Revenue from those who are customers.
        CustomersRevenue = "customers_revenue",
    }
}

/// A pipeline as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    pub id: Uuid,
    pub org_id: Uuid,
    pub name: String,
    pub target: Option<PipelineTarget>,
    /// 1 for the one that deals go into when nobody says which.
    pub is_default: i64,
    pub created_at: Ts,
    pub updated_at: Ts,
}

/// A stage as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    pub id: Uuid,
    pub org_id: Uuid,
    pub pipeline_id: Uuid,
    pub name: String,
    /// Chance that a deal in it is won, in percent.
    pub probability: i64,
    /// From 0, without gaps.
    pub position: i64,
    pub stage_type: StageType,
    pub color: Option<String>,
    /// What must be known of a deal before it goes on, by keys of the evidence library.
    pub required_elements: Vec<String>,
    pub recommended_elements: Vec<String>,
    /// What to say, by channel.
    pub channel_scripts: Value,
    pub created_at: Ts,
    pub updated_at: Ts,
}
