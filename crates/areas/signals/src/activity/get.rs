//! `GET /activities/{activity_id}`

use super::{
    ActivityView,
    view::{Asked, view},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::activities;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show one thing that happened.
pub struct GetActivity;

/// Which activity.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the activity
    pub activity_id: Uuid,
}

impl Operation for GetActivity {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/activities/{activity_id}", "activity.get", &[Scope::ACTIVITIES_READ])
            .about("Show one activity")
            .command(&["get-activity"]);
    type Input = Input;
    type Output = ActivityView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ActivityView> {
        let found = activities::get(&mut ctx.db(), ctx.org(), input.activity_id).await?;
        let one = found.ok_or_else(|| Error::not_found("activity", input.activity_id))?;
        Ok(view(ctx, Asked::default(), one))
    }
}
