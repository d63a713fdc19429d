//! Puts what meets conditions on a new list, of whichever subject.

use super::{Criterion, Fill};
use crate::membership;
use g8_core::Ctx;
use g8_domain::{
    Error, Result,
    record::{ListKind, Subject},
};
use g8_storage::{Slice, lists};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What they must meet, and what the list is called.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-ignored" = ["page", "limit"]))]
pub struct Input {
    /// Conditions, all of which must hold
    #[schemars(length(min = 1, max = 50))]
    pub filters: Vec<Criterion>,
    /// Title of the new list
    #[schemars(length(min = 1, max = 255), extend("x-alias" = ["title"]))]
    pub list_title: String,
    /// Most members, 1000 unless given
    #[schemars(range(min = 1, max = 10_000))]
    pub max_results: Option<i64>,
    /// Whether to only say how many there would be
    pub dry_run: Option<bool>,
}

/// The list that is being filled.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Saved {
    /// Id of the list; null in a dry run
    pub list_id: Option<i64>,
    /// Its title
    pub list_title: String,
    /// How many will be on it
    pub estimated_total: i64,
    /// processing, or dry_run
    pub status: String,
}

/// Only the number is of interest.
pub(super) const NONE: Slice = Slice { after: None, offset: 0, limit: 0 };

pub(super) async fn save(ctx: &Ctx, subject: Subject, input: Input, found: i64) -> Result<Saved> {
    let most = input.max_results.unwrap_or(1000);
    let estimated_total = found.min(most);
    if input.dry_run == Some(true) {
        let status = "dry_run".to_owned();
        return Ok(Saved { list_id: None, list_title: input.list_title, estimated_total, status });
    }
    let mut tx = ctx.begin().await?;
    let list =
        lists::insert(&mut tx, &membership::new_list(ctx, &input.list_title, ListKind::of(subject))?).await?;
    let list = list.ok_or_else(|| Error::internal("a list got no id"))?;
    lists::processing(&mut tx, ctx.org(), list, true).await?;
    let key_id = ctx.caller.key.id;
    tx.enqueue(&Fill { list, subject, criteria: input.filters, most, key_id }).await?;
    let status = "processing".to_owned();
    tx.commit(Saved { list_id: Some(list), list_title: input.list_title, estimated_total, status }).await
}
