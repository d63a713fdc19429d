//! `GET /imports/{import_id}`

use super::{ImportView, READ};
use crate::records::Records;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, record::Import};
use g8_storage::{Session, imports};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show an import.
pub struct GetImport;

/// Which import.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the import
    pub import_id: Uuid,
}

impl Operation for GetImport {
    const SPEC: Spec = Spec::on(Verb::Get, "/imports/{import_id}", "import.get", READ)
        .about("Show an import and how far it is")
        .command(&["import-status"]);
    type Input = Input;
    type Output = ImportView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ImportView> {
        Ok(open(ctx, &mut ctx.db(), input.import_id, Records::readable).await?.into())
    }
}

/// An import whose records the caller may see, or write.
pub(super) async fn open(
    ctx: &Ctx,
    on: &mut impl Session,
    id: Uuid,
    may: fn(Records, &Ctx) -> Result<()>,
) -> Result<Import> {
    let import = imports::get(on, ctx.org(), id).await?.ok_or_else(|| Error::not_found("import", id))?;
    may(Records::of(import.subject), ctx)?;
    Ok(import)
}
