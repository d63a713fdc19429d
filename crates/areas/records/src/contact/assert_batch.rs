//! `PUT /contacts/assert/batch`

use super::{ContactFields, write::upsert};
use crate::{
    membership::{add_to_list, resolve_list},
    upsert::{BatchOutput, Custom, Outcome},
};
use g8_core::{Args, Ctx, Operation, Shape, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};
use g8_storage::Tx;
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
        let mut output = BatchOutput::default();
        let mut tx = ctx.begin().await?;
        let list = resolve_list(ctx, &mut tx, input.list_id, Subject::Contact).await?;
        for contact in input.contacts {
            output.count(assert(ctx, &mut tx, contact, list).await)?;
        }
        tx.commit(output).await
    }
}

async fn assert(ctx: &Ctx, tx: &mut Tx, contact: Args, list: Option<i64>) -> Result<(Outcome, i64)> {
    let fields: ContactFields = Shape::of::<ContactFields>().read(contact)?;
    let done = upsert(ctx, tx, fields, Custom::default()).await?;
    add_to_list(ctx, tx, list, (Subject::Contact, done.1)).await?;
    Ok(done)
}
