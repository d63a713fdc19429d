//! `PATCH /lists/{list_id}`

use super::ListView;
use crate::events::ListUpdated;
use crate::membership::{WRITE, open};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Patch, Result};
use g8_storage::lists;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rename a list.
pub struct UpdateList;

/// Which list, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// New title
    #[schemars(length(min = 1, max = 255))]
    pub title: Option<String>,
    /// New description; null clears
    #[schemars(length(max = 2000))]
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
}

impl Operation for UpdateList {
    const SPEC: Spec = Spec::on(Verb::Patch, "/lists/{list_id}", "list.update", WRITE)
        .about("Rename a list or describe it")
        .command(&["update-list"]);
    type Input = Input;
    type Output = ListView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ListView> {
        let title = input.title.map(|title| title.trim().to_owned());
        match &title {
            None if input.description.is_keep() => {
                return Err(Error::field("", "Nothing to change: give `title` or `description`"));
            }
            Some(title) if title.is_empty() => return Err(Error::field("title", "must not be empty")),
            _ => {}
        }
        let mut tx = ctx.begin().await?;
        let mut list = open(ctx, &mut tx, input.list_id, WRITE).await?;
        list.title = title.unwrap_or(list.title);
        input.description.trimmed().apply(&mut list.description);
        list.updated_at = ctx.now();
        lists::update(&mut tx, &list).await?;
        let view = ListView::from(list);
        ctx.emit(&mut tx, ListUpdated(view.clone().into())).await?;
        tx.commit(view).await
    }
}
