//! A company.

use crate::Ts;
use serde_json::Value;
use uuid::Uuid;

/// A company as stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Company {
    pub id: i64,
    pub org_id: Uuid,
    pub name: Option<String>,
    /// Bare site name; unique among the organisation's living companies.
    pub domain: Option<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub industry: Option<String>,
    pub industry_group: Option<String>,
    pub employee_count: Option<i64>,
    /// Yearly revenue in whole units of the workspace's currency.
    pub revenue: Option<i64>,
    pub founded_year: Option<i64>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub zip: Option<String>,
    /// Canonical form; unique among the organisation's living companies.
    pub linkedin_url: Option<String>,
    pub linkedin_followers: Option<i64>,
    pub facebook_url: Option<String>,
    pub twitter_url: Option<String>,
    pub crunchbase_url: Option<String>,
    pub logo_url: Option<String>,
    pub owner_id: Option<Uuid>,
    pub meta_data: Value,
    pub created_at: Ts,
    pub updated_at: Ts,
    /// Read with the row, written nowhere.
    pub owner_name: Option<String>,
    pub contact_count: i64,
}
