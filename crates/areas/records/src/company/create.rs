//! `POST /companies`

use super::{CompanyDetail, CompanyFields};
use crate::{
    column::Custom,
    membership::{add_to_list, resolve_list},
    record::insert,
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Company, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Add a company.
pub struct CreateCompany;

/// The new company; a name, a domain or a LinkedIn page is needed.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What is known of the company.
    #[serde(flatten)]
    pub fields: CompanyFields,
    /// List to put the company on
    pub list_id: Option<i64>,
}

impl Operation for CreateCompany {
    const SPEC: Spec = Spec::on(Verb::Post, "/companies", "company.create", &[Scope::COMPANIES_WRITE])
        .about("Create a company; a duplicate domain or LinkedIn page is refused with the existing id")
        .created()
        .tool(ToolAudience::Shared, &["g8_create_company"])
        .command(&["create-company"]);
    type Input = Input;
    type Output = CompanyDetail;

    async fn run(ctx: &Ctx, input: Input) -> Result<CompanyDetail> {
        let fields = &input.fields;
        if [&fields.name, &fields.domain, &fields.linkedin_url].iter().all(|field| field.value().is_none()) {
            return Err(Error::field("name", "or `domain` or `linkedin_url` is required"));
        }
        let mut tx = ctx.begin().await?;
        let list = resolve_list(ctx, &mut tx, input.list_id, Subject::Company).await?;
        let company = insert::<Company>(ctx, &mut tx, input.fields, Custom::default()).await?;
        add_to_list(ctx, &mut tx, list, (Subject::Company, company.id)).await?;
        tx.commit(company.into()).await
    }
}
