//! `PATCH /organization`

use super::OrganizationView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::Organization};
use g8_storage::orgs;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rename the organization.
pub struct UpdateOrganization;

/// How it is to be called.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The new name
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
}

impl Operation for UpdateOrganization {
    const SPEC: Spec = Spec::on(Verb::Patch, "/organization", "organization.update", &[Scope::MEMBERS_WRITE])
        .about("Rename the organization")
        .command(&["update-organization"]);
    type Input = Input;
    type Output = OrganizationView;

    async fn run(ctx: &Ctx, input: Input) -> Result<OrganizationView> {
        let name = input.name.trim().to_owned();
        if name.is_empty() {
            return Err(Error::field("name", "must have 1 to 200 characters"));
        }
        let mut tx = ctx.begin().await?;
        orgs::rename(&mut tx, ctx.org(), &name).await?;
        let done = tx.commit(Organization { name, ..ctx.caller.org.clone() }.into()).await;
        ctx.app.callers.forget();
        done
    }
}
