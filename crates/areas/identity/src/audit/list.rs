//! `GET /audit`

use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope, Ts};
use g8_storage::audit::{self, AuditFilter, NamedAuditEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List who changed what.
pub struct ListAuditEntries;

/// Which changes.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// By this operation, as contact.create
    #[schemars(length(max = 100))]
    pub operation: Option<String>,
    /// Through this API key
    pub api_key_id: Option<Uuid>,
    /// By this user
    pub user_id: Option<Uuid>,
    /// Of this request
    #[schemars(length(max = 100))]
    pub request_id: Option<String>,
    /// No earlier than this moment
    pub since: Option<Ts>,
    /// Before this moment
    pub until: Option<Ts>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

/// A change, and who made it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct AuditView {
    pub id: Uuid,
    pub at: Ts,
    /// What was done, as contact.create
    pub operation: String,
    /// The key it was done through
    pub api_key_id: Uuid,
    pub api_key_name: String,
    pub user_id: Option<Uuid>,
    pub user_name: Option<String>,
    /// http, mcp, cli, job or embedded
    pub door: String,
    pub address: Option<String>,
    pub request_id: String,
}

impl From<NamedAuditEntry> for AuditView {
    fn from(told: NamedAuditEntry) -> Self {
        Self {
            id: told.id,
            at: told.at,
            operation: told.operation,
            api_key_id: told.key_id,
            api_key_name: told.key_name,
            user_id: told.user_id,
            user_name: told.user_name,
            door: told.door,
            address: told.address,
            request_id: told.request_id,
        }
    }
}

impl Operation for ListAuditEntries {
    const SPEC: Spec = Spec::on(Verb::Get, "/audit", "audit.list", &[Scope::AUDIT_READ])
        .about("List who changed what, through which key, door and address, newest first")
        .page()
        .command(&["audit"]);
    type Input = Input;
    type Output = Page<AuditView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<AuditView>> {
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let filter = AuditFilter {
            operation: input.operation,
            key: input.api_key_id,
            user: input.user_id,
            request: input.request_id,
            since: input.since,
            until: input.until,
        };
        let rows = audit::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
        Ok(input.paging.page(ctx, rows, |told| told.id).map(AuditView::from))
    }
}
