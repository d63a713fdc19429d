//! `POST /companies/columns/create`

use super::{NewColumnView, input::CreateColumnInput, write};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};

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
        write::create(ctx, Subject::Company, input).await
    }
}
