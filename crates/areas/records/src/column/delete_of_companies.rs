//! `DELETE /companies/columns/{column_id}`

use super::{input::DeleteColumnInput, write};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

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
