//! `PUT /contacts/assert/batch`

use super::ContactFields;
use crate::record::{BatchOutput, assert_each};
use g8_core::{Args, Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Contact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Add or change up to 100 contacts.
pub struct AssertContacts;

/// Contacts to add or change.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AssertContactsInput {
    /// List to put the contacts on
    pub list_id: Option<i64>,
    /// 1 to 100 contacts; one with faults is reported and does not stop the others
    #[schemars(with = "Vec<ContactFields>", length(min = 1, max = 100), extend("x-each" = true))]
    pub contacts: Vec<Args>,
}

impl Operation for AssertContacts {
    const SPEC: Spec =
        Spec::on(Verb::Put, "/contacts/assert/batch", "contact.assert_batch", &[Scope::CONTACTS_WRITE])
            .about("Create or update up to 100 contacts at once")
            .command(&["assert-contacts"]);
    type Input = AssertContactsInput;
    type Output = BatchOutput;

    async fn run(ctx: &Ctx, input: AssertContactsInput) -> Result<BatchOutput> {
        assert_each::<Contact>(ctx, input.contacts, input.list_id).await
    }
}
