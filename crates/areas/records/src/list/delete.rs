//! `DELETE /lists/{list_id}`

use crate::events::ListDeleted;
use crate::membership::{WRITE, open};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::Result;
use g8_storage::lists;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hide a list.
pub struct DeleteList;

/// Which list.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
}

impl Operation for DeleteList {
    const SPEC: Spec = Spec::on(Verb::Delete, "/lists/{list_id}", "list.delete", WRITE)
        .about("Delete a list; its members stay")
        .command(&["delete-list"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        let list = open(ctx, &mut tx, input.list_id, WRITE).await?;
        ctx.emit(&mut tx, ListDeleted(super::ListView::from(list).into())).await?;
        lists::delete(&mut tx, ctx.org(), input.list_id, ctx.now()).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}
