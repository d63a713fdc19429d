//! `POST /imports/{import_id}/cancel`

use super::{
    ImportView, WRITE,
    get::{Input, open},
};
use crate::records::Records;
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{
    Error, Result,
    record::{Import, TransferState},
};
use g8_storage::imports;

/// Stop an import.
pub struct CancelImport;

impl Operation for CancelImport {
    const SPEC: Spec = Spec::on(Verb::Post, "/imports/{import_id}/cancel", "import.cancel", WRITE)
        .about("Stop an import; rows that were taken stay")
        .effect(Effect::Destroy)
        .command(&["cancel-import"]);
    type Input = Input;
    type Output = ImportView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ImportView> {
        let mut tx = ctx.begin().await?;
        let import = open(ctx, &mut tx, input.import_id, Records::writable).await?;
        let state = TransferState::Cancelled;
        if !imports::end(&mut tx, (ctx.org(), import.id), state, None, ctx.now()).await? {
            return Err(Error::rule(format!("The import is over: it is {}.", import.state.word())));
        }
        tx.commit(Import { state, finished_at: Some(ctx.now()), ..import }.into()).await
    }
}
