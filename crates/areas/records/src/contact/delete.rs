//! `DELETE /contacts/{contact_id}`

use crate::{events::ContactDeleted, record::emit};
use g8_core::{Ctx, Deleted, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Contact};
use g8_storage::contacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hide a contact.
pub struct DeleteContact;

/// Which contact.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
}

impl Operation for DeleteContact {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/contacts/{contact_id}", "contact.delete", &[Scope::CONTACTS_WRITE])
            .about("Delete a contact; it leaves every list")
            .tool(ToolAudience::Shared, &["g8_delete_contact"])
            .command(&["delete-contact"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        emit::<Contact, _>(ctx, &mut tx, ContactDeleted, input.contact_id).await?;
        contacts::delete(&mut tx, ctx.org(), input.contact_id, ctx.now()).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}
