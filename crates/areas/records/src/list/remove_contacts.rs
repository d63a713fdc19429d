//! `DELETE /lists/{list_id}/contacts`

use crate::membership::{WRITE, leave};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Take people off a list.
pub struct RemoveContactsFromList;

/// Which list, and whom.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Ids of the contacts, up to 1000
    #[schemars(length(min = 1, max = 1000))]
    pub contact_ids: Vec<i64>,
}

/// Who is off the list now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Removed")]
pub struct ContactsRemoved {
    /// How many were on the list
    pub removed: i64,
}

impl Operation for RemoveContactsFromList {
    const SPEC: Spec = Spec::on(Verb::Delete, "/lists/{list_id}/contacts", "list.remove_contacts", WRITE)
        .about("Take contacts off a list; the contacts stay")
        .in_body()
        .command(&["remove-from-list"]);
    type Input = Input;
    type Output = ContactsRemoved;

    async fn run(ctx: &Ctx, input: Input) -> Result<ContactsRemoved> {
        let mut tx = ctx.begin().await?;
        let removed = leave(ctx, &mut tx, input.list_id, Subject::Contact, input.contact_ids).await?;
        tx.commit(ContactsRemoved { removed }).await
    }
}
