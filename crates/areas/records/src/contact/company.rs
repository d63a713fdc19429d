//! `GET /contacts/{contact_id}/company`

use crate::{company::CompanyDetail, record::detail};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope, record::Company};
use g8_storage::contacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Read the company a contact works for.
pub struct GetCompanyOfContact;

/// Whose company.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
}

impl Operation for GetCompanyOfContact {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/{contact_id}/company", "contact.company", &[Scope::CONTACTS_READ])
            .about("Get the company a contact works for")
            .tool(ToolAudience::Shared, &["g8_get_contact_company"])
            .command(&["contact-company"]);
    type Input = Input;
    type Output = CompanyDetail;

    async fn run(ctx: &Ctx, input: Input) -> Result<CompanyDetail> {
        let id = input.contact_id;
        let contact = contacts::get(&mut ctx.db(), ctx.org(), id).await?;
        let contact = contact.ok_or_else(|| Error::not_found("contact", id))?;
        match contact.company_id {
            Some(company) => detail::<Company>(ctx, &mut ctx.db(), company).await,
            None => Err(Error::not_found("company of contact", id)),
        }
    }
}
