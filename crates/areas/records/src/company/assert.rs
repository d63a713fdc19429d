//! `PUT /companies/assert`

use super::CompanyFields;
use crate::column::Custom;
use crate::record::{Asserted, assert};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Company};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Add a company or change the one that is there.
pub struct AssertCompany;

/// What is known of a company.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What is known of the company.
    #[serde(flatten)]
    pub fields: CompanyFields,
    /// List to put the company on
    pub list_id: Option<i64>,
    /// Values of custom fields, by title or slug; null clears
    #[schemars(extend("additionalProperties" = true, "maxProperties" = 100))]
    pub custom_fields: Option<Map<String, Value>>,
    /// Whether to make custom fields that do not exist, as text
    pub create_missing_fields: Option<bool>,
}

impl Operation for AssertCompany {
    const SPEC: Spec = Spec::on(Verb::Put, "/companies/assert", "company.assert", &[Scope::COMPANIES_WRITE])
        .about("Create a company, or update the one with the same domain, else the same LinkedIn address")
        .tool(ToolAudience::Shared, &["g8_assert_company"])
        .command(&["assert-company"]);
    type Input = Input;
    type Output = Asserted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Asserted> {
        let custom =
            Custom { values: input.custom_fields, create_missing: input.create_missing_fields == Some(true) };
        assert::<Company>(ctx, input.fields, custom, input.list_id).await
    }
}
