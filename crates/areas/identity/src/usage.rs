//! `GET /usage/limits`: what is left of the calling key's plan.

use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Ts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Show what is left.
pub struct GetUsage;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// The calling key's plan and what is left of it, this request counted.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Usage {
    /// The organization's plan
    pub plan: String,
    /// The key's own plan, where it has a lower one
    pub key_plan: Option<String>,
    /// The limits, the shortest first; none for a plan without limits
    pub limits: Vec<Limit>,
}

/// One limit.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// second, minute or day
    pub window: String,
    /// Most requests in it
    pub limit: u32,
    /// How many more may come now
    pub remaining: u32,
    /// When one more may come than now
    pub frees_at: Ts,
}

impl Operation for GetUsage {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/usage/limits", "usage.limits")
        .about("Show what is left of the calling key's rate limits")
        .tool(ToolAudience::Shared, &["g8_usage"])
        .command(&["usage"]);
    type Input = Input;
    type Output = Usage;

    async fn run(ctx: &Ctx, _: Input) -> Result<Usage> {
        let limits = ctx.quota.meters.iter().map(|meter| Limit {
            window: meter.name.to_owned(),
            limit: meter.limit,
            remaining: meter.remaining,
            frees_at: meter.frees_at,
        });
        Ok(Usage {
            plan: ctx.caller.org.plan.clone(),
            key_plan: ctx.caller.key.plan.clone(),
            limits: limits.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test_app;
    use g8_core::admin;
    use g8_storage::on_both;

    on_both! {
        async fn it_shows_what_is_left_after_this_request(test) {
            let kit = test_app(test).await;
            assert!(kit.run::<GetUsage>(Input {}).await.unwrap().limits.is_empty());
            admin::set_plan(&kit.app, kit.org, "starter").await.unwrap();
            kit.run::<GetUsage>(Input {}).await.unwrap();
            let usage = kit.run::<GetUsage>(Input {}).await.unwrap();
            let left: Vec<(&str, u32)> = usage.limits.iter().map(|l| (l.window.as_str(), l.remaining)).collect();
            assert_eq!(left, [("second", 8), ("minute", 58), ("day", 9998)]);
        }
    }
}
