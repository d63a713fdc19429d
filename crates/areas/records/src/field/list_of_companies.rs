//! `GET /fields/companies`

use crate::column::{self, ColumnView};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the fields of companies.
pub struct ListFieldsOfCompanies;

/// Of which list, too.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Show this list's own fields, too
    pub list_id: Option<i64>,
}

impl Operation for ListFieldsOfCompanies {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/fields/companies", "field.list_of_companies", &[Scope::COMPANIES_READ])
            .about("List the fields of companies, built in and custom");
    type Input = Input;
    type Output = Vec<ColumnView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Vec<ColumnView>> {
        column::list(ctx, Subject::Company, input.list_id).await
    }
}
