//! `GET /contacts/columns`

use super::{ColumnView, input::ListColumnsInput, write};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

/// List the columns of contacts.
pub struct ListColumnsOfContacts;

impl Operation for ListColumnsOfContacts {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/columns", "column.list_of_contacts", &[Scope::CONTACTS_READ])
            .about("List the fields of contacts, built in and custom")
            .command(&["contact-columns"]);
    type Input = ListColumnsInput;
    type Output = Vec<ColumnView>;

    async fn run(ctx: &Ctx, input: ListColumnsInput) -> Result<Vec<ColumnView>> {
        write::list(ctx, Subject::Contact, input.list_id).await
    }
}
