//! `GET /companies/columns`

use super::{ColumnView, input::ListColumnsInput, write};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

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
