//! `GET /exports/{export_id}`

use super::{ExportView, READ};
use crate::records::Records;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, record::Export};
use g8_storage::exports;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show an export.
pub struct GetExport;

/// Which export.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the export
    pub export_id: Uuid,
}

impl Operation for GetExport {
    const SPEC: Spec = Spec::on(Verb::Get, "/exports/{export_id}", "export.get", READ)
        .about("Show an export and how far it is")
        .command(&["export-status"]);
    type Input = Input;
    type Output = ExportView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ExportView> {
        Ok(open(ctx, input.export_id).await?.into())
    }
}

/// An export whose records the caller may see.
pub(super) async fn open(ctx: &Ctx, id: Uuid) -> Result<Export> {
    let export = exports::get(&mut ctx.db(), ctx.org(), id).await?;
    let export = export.ok_or_else(|| Error::not_found("export", id))?;
    Records::of(export.subject).readable(ctx)?;
    Ok(export)
}
