//! `GET /organization`

use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Ts, record::Organization};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show the organization of the calling key.
pub struct ShowOrganization;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// An organization.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct OrganizationView {
    pub id: Uuid,
    pub name: String,
    /// The rate-limit plan
    pub plan: String,
    pub created_at: Ts,
}

impl From<Organization> for OrganizationView {
    fn from(org: Organization) -> Self {
        Self { id: org.id, name: org.name, plan: org.plan, created_at: org.created_at }
    }
}

impl Operation for ShowOrganization {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/organization", "organization.show")
        .about("Show the organization of the calling key")
        .command(&["organization"]);
    type Input = Input;
    type Output = OrganizationView;

    async fn run(ctx: &Ctx, _: Input) -> Result<OrganizationView> {
        Ok(ctx.caller.org.clone().into())
    }
}
