//! `POST /lists/{list_id}/contacts`

use crate::{membership::WRITE, record::join};
use g8_core::{Ctx, Effect, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, record::Contact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Put people on a list.
pub struct AddContactsToList;

/// Which list, and whom.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Ids of the contacts, up to 1000
    #[schemars(length(min = 1, max = 1000))]
    pub contact_ids: Vec<i64>,
}

/// Who is on the list now.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Added")]
pub struct ContactsAdded {
    /// How many are new on the list
    pub added: i64,
    /// Ids that are no contacts of this organization
    pub not_found: Vec<i64>,
}

impl Operation for AddContactsToList {
    const SPEC: Spec = Spec::on(Verb::Post, "/lists/{list_id}/contacts", "list.add_contacts", WRITE)
        .about("Add contacts to a list; those on it already stay")
        .created()
        .effect(Effect::Put)
        .tool(ToolAudience::Shared, &["g8_add_to_list"])
        .command(&["add-to-list"]);
    type Input = Input;
    type Output = ContactsAdded;

    async fn run(ctx: &Ctx, input: Input) -> Result<ContactsAdded> {
        let mut tx = ctx.begin().await?;
        let (added, not_found) = join::<Contact>(ctx, &mut tx, input.list_id, input.contact_ids).await?;
        tx.commit(ContactsAdded { added, not_found }).await
    }
}
