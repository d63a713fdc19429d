//! `GET /contacts/{contact_id}`

use super::ContactDetail;
use crate::{column, record::detail};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Result, Scope,
    record::{Contact, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Read one contact.
pub struct GetContact;

/// Which contact.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Whether to show custom fields
    pub include_custom_fields: Option<bool>,
}

impl Operation for GetContact {
    const SPEC: Spec = Spec::on(Verb::Get, "/contacts/{contact_id}", "contact.get", &[Scope::CONTACTS_READ])
        .about("Get a contact's full profile with its company")
        .aliases(&["/contacts/{contact_id}/detail"])
        .tool(ToolAudience::Shared, &["g8_get_contact", "g8_get_contact_detail"])
        .command(&["get-contact"]);
    type Input = Input;
    type Output = ContactDetail;

    async fn run(ctx: &Ctx, input: Input) -> Result<ContactDetail> {
        let mut contact = detail::<Contact>(ctx, &mut ctx.db(), input.contact_id).await?;
        if input.include_custom_fields == Some(true) {
            let mut values = column::read(ctx, &mut ctx.db(), Subject::Contact, &[input.contact_id]).await?;
            contact.row.custom_fields = Some(values.remove(&input.contact_id).unwrap_or_default());
        }
        Ok(contact)
    }
}
