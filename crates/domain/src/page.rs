//! The answer of every list: rows and where they stand (contract/rest.md §1.5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows per page when the caller does not say.
pub const DEFAULT_LIMIT: i64 = 50;
/// More than this is not refused but clamped.
pub const MAX_LIMIT: i64 = 200;

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    /// The rows, newest first.
    pub data: Vec<T>,
    /// Where these rows stand in the whole list.
    pub pagination: Pagination,
}

/// Where a page stands in its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pagination {
    /// The page asked for, from 1; 1 when a cursor was used.
    pub page: i64,
    /// The most rows this page can hold.
    pub limit: i64,
    /// Rows in the whole list under the same filters. Hits of filters are counted up to 10,000.
    pub total: i64,
    /// Whether there are more than `total` says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total_or_more: bool,
    /// Whether rows follow.
    pub has_next: bool,
    /// Pass as `cursor` to continue after the last row; stable while rows are added. Null at the end.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each row turned into another shape.
    pub fn map<U>(self, shape: impl FnMut(T) -> U) -> Page<U> {
        Page { data: self.data.into_iter().map(shape).collect(), pagination: self.pagination }
    }
}
