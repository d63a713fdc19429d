//! The ways that deals go: pipelines. Their stages are written in [`super::stage`].

mod create;
mod default;
mod delete;
mod evidence;
mod get;
mod list;
mod set_default;
mod template;
mod update;
mod view;

pub use create::Create;
pub(super) use default::{MOST_STAGES, held, one, settled, shown};
pub use delete::Delete;
pub(super) use evidence::known;
pub use evidence::{Evidence, EvidenceLibrary};
pub use get::Get;
pub use list::{List, OfDeals};
pub use set_default::SetDefault;
pub use update::Update;
pub use view::{ChannelScripts, PipelineView, StageView};

#[cfg(test)]
mod tests;
