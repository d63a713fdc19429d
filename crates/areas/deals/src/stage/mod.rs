//! The stages of pipelines.

mod create;
mod delete;
mod reorder;
mod update;

pub use create::CreateStage;
pub use delete::{DeleteStage, StageDeleted};
pub use reorder::ReorderStages;
pub use update::UpdateStage;

use g8_core::Ctx;
use g8_domain::{Error, Result, record::Stage};
use g8_storage::{Session, stages};
use uuid::Uuid;

/// One stage of a pipeline.
async fn of(ctx: &Ctx, on: &mut impl Session, pipeline: Uuid, id: Uuid) -> Result<Stage> {
    let stage = stages::get(on, ctx.org(), id).await?.filter(|stage| stage.pipeline_id == pipeline);
    stage.ok_or_else(|| Error::not_found("stage", id))
}

/// The name without outer white space.
fn named(name: &str) -> Result<String> {
    match name.trim() {
        "" => Err(Error::field("name", "must not be empty")),
        name => Ok(name.to_owned()),
    }
}
