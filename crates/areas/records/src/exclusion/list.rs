//! Pages of exclusions, whichever family of the API asks.

use super::ExclusionView;
use g8_core::{Ctx, Paging};
use g8_domain::{Page, Result};
use g8_storage::exclusions::{self, ExclusionFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum SortBy {
    /// When it was made.
    CreatedAt,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum SortOrder {
    /// The newest first.
    Desc,
}

/// A page of the exclusions that meet a filter.
pub(crate) async fn page(ctx: &Ctx, filter: ExclusionFilter, paging: &Paging) -> Result<Page<ExclusionView>> {
    let slice = paging.slice::<Uuid>(ctx)?;
    let rows = exclusions::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
    Ok(paging.page(ctx, rows, |one| one.id).map(ExclusionView::from))
}
