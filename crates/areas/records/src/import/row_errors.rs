//! `GET /imports/{import_id}/faults`

use super::{FaultView, READ, get::open};
use crate::records::Records;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Page, Result,
    page::{DEFAULT_LIMIT, MAX_LIMIT, Pagination},
};
use g8_storage::imports;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the rows that were refused.
pub struct ListRowErrors;

/// Of which import, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the import
    pub import_id: Uuid,
    /// Page number, from 1
    #[schemars(range(min = 1, max = 1_000_000))]
    pub page: Option<i64>,
    /// Rows per page, 50 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
}

impl Operation for ListRowErrors {
    const SPEC: Spec = Spec::on(Verb::Get, "/imports/{import_id}/faults", "import.faults", READ)
        .about("List why rows of an import were refused, in the order of the file")
        .page()
        .command(&["import-faults"]);
    type Input = Input;
    type Output = Page<FaultView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<FaultView>> {
        let import = open(ctx, &mut ctx.db(), input.import_id, Records::readable).await?;
        let limit = input.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        let page = input.page.unwrap_or(1);
        let from = (page - 1).saturating_mul(limit);
        let total = imports::faults(&mut ctx.db(), import.id).await?;
        let rows = imports::faults_from(&mut ctx.db(), import.id, from, limit).await?;
        let has_next = from.saturating_add(limit) < total;
        let pagination = Pagination { page, limit, total, total_or_more: false, has_next, next_cursor: None };
        Ok(Page { data: rows.into_iter().map(FaultView::from).collect(), pagination })
    }
}
