//! `GET /companies/columns`, `POST /companies/columns/create`, `DELETE /companies/columns/{column_id}`

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

/// List the columns of companies.
pub struct ListColumnsOfCompanies;

impl Operation for ListColumnsOfCompanies {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/companies/columns", "column.list_of_companies", &[Scope::COMPANIES_READ])
            .about("List the fields of companies, built in and custom")
            .command(&["company-columns"]);
    type Input = ListColumnsInput;
    type Output = Vec<ColumnView>;

    async fn run(ctx: &Ctx, input: ListColumnsInput) -> Result<Vec<ColumnView>> {
        write::list(ctx, Subject::Company, input.list_id).await
    }
}

/// Make a column of companies.
pub struct CreateColumnOfCompanies;

impl Operation for CreateColumnOfCompanies {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/companies/columns/create",
        "column.create_of_companies",
        &[Scope::COMPANIES_WRITE],
    )
    .about("Create a custom field of companies")
    .created()
    .command(&["create-company-column"]);
    type Input = CreateColumnInput;
    type Output = NewColumnView;

    async fn run(ctx: &Ctx, input: CreateColumnInput) -> Result<NewColumnView> {
        let names = (input.title.as_str(), input.name.as_deref());
        let data_type = input.data_type.map_or(DataType::Text, DataType::from);
        write::create(ctx, Subject::Company, names, data_type, input.list_id).await
    }
}

/// Hide a column of companies.
pub struct DeleteColumnOfCompanies;

impl Operation for DeleteColumnOfCompanies {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/companies/columns/{column_id}",
        "column.delete_of_companies",
        &[Scope::COMPANIES_WRITE],
    )
    .about("Delete a custom field of companies and its values")
    .command(&["delete-company-column"]);
    type Input = DeleteColumnInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: DeleteColumnInput) -> Result<Deleted> {
        write::delete(ctx, Subject::Company, input.column_id).await
    }
}
