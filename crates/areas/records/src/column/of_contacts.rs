//! `GET /contacts/columns`, `POST /contacts/columns/create`, `DELETE /contacts/columns/{column_id}`

use super::{
    ColumnView, NewColumnView,
    input::{CreateColumnInput, DeleteColumnInput, ListColumnsInput},
    write,
};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{
    Result, Scope,
    record::{DataType, Subject},
};

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
        let names = (input.title.as_str(), input.name.as_deref());
        let data_type = input.data_type.map_or(DataType::Text, DataType::from);
        write::create(ctx, Subject::Contact, names, data_type, input.list_id).await
    }
}

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
