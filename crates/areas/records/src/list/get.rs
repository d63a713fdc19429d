//! `GET /lists/{list_id}`

use super::ListView;
use crate::membership::{READ, open};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Read one list.
pub struct GetList;

/// Which list.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
}

impl Operation for GetList {
    const SPEC: Spec = Spec::on(Verb::Get, "/lists/{list_id}", "list.get", READ)
        .about("Show a list and how many are on it")
        .command(&["get-list"]);
    type Input = Input;
    type Output = ListView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ListView> {
        Ok(open(ctx, &mut ctx.db(), input.list_id, READ).await?.into())
    }
}
