//! `POST /contacts`

use super::ContactFields;
use crate::{
    column::Custom,
    membership::{add_to_list, resolve_list},
    record::{NamedRecord, insert},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Result, Scope,
    record::{Contact, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Add a contact.
pub struct CreateContact;

/// The new contact; an e-mail or LinkedIn address is needed to recognise it by.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What is known of the person.
    #[serde(flatten)]
    pub fields: ContactFields,
    /// List to put the contact on
    pub list_id: Option<i64>,
}

/// The new contact's id, in the published form.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// Always `ok`
    pub status: String,
    /// Always 1
    pub count: i64,
    /// Always empty: a contact with faults is refused
    pub validation_errors: Vec<String>,
    /// Id of the contact
    pub id: i64,
    /// The same as `id`
    pub contact_id: i64,
}

impl Operation for CreateContact {
    const SPEC: Spec = Spec::on(Verb::Post, "/contacts", "contact.create", &[Scope::CONTACTS_WRITE])
        .about("Create a contact; a duplicate e-mail or LinkedIn address is refused with the existing id")
        .created()
        .tool(ToolAudience::Shared, &["g8_create_contact"])
        .command(&["create-contact"]);
    type Input = Input;
    type Output = Created;

    async fn run(ctx: &Ctx, input: Input) -> Result<Created> {
        let mut tx = ctx.begin().await?;
        let list = resolve_list(ctx, &mut tx, input.list_id, Subject::Contact).await?;
        let id = insert::<Contact>(ctx, &mut tx, input.fields, Custom::default()).await?.id();
        add_to_list(ctx, &mut tx, list, (Subject::Contact, id)).await?;
        tx.commit(Created {
            status: "ok".to_owned(),
            count: 1,
            validation_errors: Vec::new(),
            id,
            contact_id: id,
        })
        .await
    }
}
