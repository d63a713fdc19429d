//! `DELETE /contacts/columns/{column_id}`

use super::{input::DeleteColumnInput, write};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

/// Hide a column of contacts.
pub struct DeleteColumnOfContacts;

impl Operation for DeleteColumnOfContacts {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/contacts/columns/{column_id}",
        "column.delete_of_contacts",
        &[Scope::CONTACTS_WRITE],
    )
    .about("Delete a custom field of contacts and its values")
    .command(&["delete-contact-column"]);
    type Input = DeleteColumnInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: DeleteColumnInput) -> Result<Deleted> {
        write::delete(ctx, Subject::Contact, input.column_id).await
    }
}
