//! `POST /lists`

use super::ListView;
use crate::events::ListCreated;
use crate::membership::{WRITE, new_list, opens};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, ErrorKind, Result,
    record::{List, ListKind},
};
use g8_storage::lists;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a list.
pub struct CreateList;

/// The new list.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What people will call it
    #[schemars(length(min = 1, max = 255))]
    pub title: String,
    /// What it holds; contacts unless given
    #[serde(rename = "type")]
    pub kind: Option<ListKind>,
    /// What it is for
    #[schemars(length(max = 2000))]
    pub description: Option<String>,
}

impl Operation for CreateList {
    const SPEC: Spec = Spec::on(Verb::Post, "/lists", "list.create", WRITE)
        .about("Create an empty list of contacts or companies")
        .created()
        .tool(ToolAudience::Shared, &["g8_create_list"])
        .command(&["create-list"]);
    type Input = Input;
    type Output = ListView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ListView> {
        let kind = input.kind.unwrap_or(ListKind::Contacts);
        if !opens(ctx, WRITE, kind) {
            let message = format!("This key may not make lists of {}.", kind.word());
            return Err(Error::new(ErrorKind::Forbidden, message));
        }
        let description =
            input.description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let list = List { description, ..new_list(ctx, &input.title, kind)? };
        let mut tx = ctx.begin().await?;
        let id = lists::insert(&mut tx, &list).await?.unwrap_or_default();
        let view = ListView::from(List { id, ..list });
        ctx.emit(&mut tx, ListCreated(view.clone().into())).await?;
        tx.commit(view).await
    }
}
