//! `POST /contacts/columns/create`

use super::{NewColumnView, input::CreateColumnInput, write};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

/// Make a column of contacts.
pub struct CreateColumnOfContacts;

impl Operation for CreateColumnOfContacts {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/columns/create",
        "column.create_of_contacts",
        &[Scope::CONTACTS_WRITE],
    )
    .about("Create a custom field of contacts")
    .created()
    .command(&["create-contact-column"]);
    type Input = CreateColumnInput;
    type Output = NewColumnView;

    async fn run(ctx: &Ctx, input: CreateColumnInput) -> Result<NewColumnView> {
        write::create(ctx, Subject::Contact, input).await
    }
}
