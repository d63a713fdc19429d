//! `PUT /contacts/assert`

use super::ContactFields;
use crate::column::Custom;
use crate::record::{Asserted, assert};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Contact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Add a contact or change the one that is there.
pub struct AssertContact;

/// What is known of a person.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What is known of the person.
    #[serde(flatten)]
    pub fields: ContactFields,
    /// List to put the contact on
    pub list_id: Option<i64>,
    /// Values of custom fields, by title or slug; null clears
    #[schemars(extend("additionalProperties" = true, "maxProperties" = 100))]
    pub custom_fields: Option<Map<String, Value>>,
    /// Whether to make custom fields that do not exist, as text
    pub create_missing_fields: Option<bool>,
}

impl Operation for AssertContact {
    const SPEC: Spec = Spec::on(Verb::Put, "/contacts/assert", "contact.assert", &[Scope::CONTACTS_WRITE])
        .about("Create a contact, or update the one with the same e-mail, else the same LinkedIn address")
        .tool(ToolAudience::Shared, &["g8_assert_contact"])
        .command(&["assert-contact"]);
    type Input = Input;
    type Output = Asserted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Asserted> {
        let custom =
            Custom { values: input.custom_fields, create_missing: input.create_missing_fields == Some(true) };
        assert::<Contact>(ctx, input.fields, custom, input.list_id).await
    }
}
