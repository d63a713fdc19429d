//! `POST /deals`

use super::{
    DealFields, DealView,
    write::{add, detail},
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Add a deal.
pub struct CreateDeal;

/// The new deal.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What people will call it
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// What else is known of it.
    #[serde(flatten)]
    pub fields: DealFields,
    /// Ids of the contacts who take part, the primary one first
    #[schemars(length(max = 100))]
    pub contact_ids: Option<Vec<i64>>,
}

impl Operation for CreateDeal {
    const SPEC: Spec = Spec::on(Verb::Post, "/deals", "deal.create", &[Scope::DEALS_WRITE])
        .about("Create a deal, in the first stage of the default pipeline unless given")
        .created()
        .tool(ToolAudience::Shared, &["g8_create_deal"])
        .command(&["create-deal"]);
    type Input = Input;
    type Output = DealView;

    async fn run(ctx: &Ctx, input: Input) -> Result<DealView> {
        let mut issues = Vec::new();
        let fields = input.fields.checked(Some(input.name), &mut issues);
        if !issues.is_empty() {
            return Err(Error::invalid(&issues));
        }
        let mut tx = ctx.begin().await?;
        let id = add(ctx, &mut tx, fields, input.contact_ids.unwrap_or_default()).await?;
        let view = detail(ctx, &mut *tx, id).await?;
        tx.commit(view).await
    }
}
