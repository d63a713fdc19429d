//! The ways that deals go: pipelines. Their stages are written in [`super::stage`].

mod create;
mod default;
mod delete;
mod evidence;
mod get;
mod list;
mod list_for_deals;
mod set_default;
mod template;
mod update;
mod view;

pub use create::CreatePipeline;
pub(super) use default::{MOST_STAGES, lock_for_update, lock_shared, one, shown};
pub use delete::DeletePipeline;
pub(super) use evidence::known;
pub use evidence::{Evidence, ListEvidence};
pub use get::GetPipeline;
pub use list::ListPipelines;
pub use list_for_deals::ListDealPipelines;
pub use set_default::SetDefaultPipeline;
pub use update::UpdatePipeline;
pub use view::{ChannelScripts, PipelineView, StageView};

#[cfg(test)]
mod tests;
