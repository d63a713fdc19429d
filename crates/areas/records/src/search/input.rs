//! What a search asks, of people and companies alike.

use super::{Criterion, LIMIT};
use g8_core::Paging;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What they must meet, and which page.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Conditions {
    /// Conditions, all of which must hold
    #[schemars(length(min = 1, max = 50))]
    pub filters: Vec<Criterion>,
    /// Page number, from 1
    #[schemars(range(min = 1, max = 100))]
    pub page: Option<i64>,
    /// Rows per page, 25 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
}

impl Conditions {
    /// Which page.
    pub(super) fn paging(&self) -> Paging {
        Paging { page: self.page, limit: Some(self.limit.unwrap_or(LIMIT)), ..Paging::default() }
    }
}
