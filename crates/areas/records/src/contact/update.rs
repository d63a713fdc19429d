//! `PATCH /contacts/{contact_id}`

use super::ContactFields;
use crate::column::Custom;
use crate::record::change;
use g8_core::{Ctx, Operation, Spec, ToolAudience, Updated, Verb};
use g8_domain::{Error, Result, Scope, record::Contact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Change a contact.
pub struct UpdateContact;

/// Which contact, and what changes.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// What changes.
    #[serde(flatten)]
    pub fields: ContactFields,
}

impl Operation for UpdateContact {
    const SPEC: Spec =
        Spec::on(Verb::Patch, "/contacts/{contact_id}", "contact.update", &[Scope::CONTACTS_WRITE])
            .about("Update a contact; fields left out stay, null clears")
            .tool(ToolAudience::Shared, &["g8_update_contact"])
            .command(&["update-contact"]);
    type Input = Input;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: Input) -> Result<Updated> {
        if input.fields.is_empty() {
            return Err(Error::field("", "Nothing to change: give at least one field"));
        }
        let mut tx = ctx.begin().await?;
        change::<Contact>(ctx, &mut tx, input.contact_id, input.fields, Custom::default()).await?;
        tx.commit(Updated { updated: 1 }).await
    }
}
