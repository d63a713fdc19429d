//! Pipelines, stages, deals and tasks.

pub mod deal;
pub mod events;
mod person;
pub mod pipeline;
mod priority;
pub mod stage;
pub mod task;
#[cfg(test)]
mod testing;

use g8_core::{Action, Area, EventKind, JobKind, PersonalData, Retain};
use g8_domain::Scope;

/// Everything that this area brings to the product.
pub static AREA: Area = Area {
    name: "deals",
    operations: OPERATIONS,
    order: ORDER,
    events: EVENTS,
    jobs: JOBS,
    scopes: &[],
    readers: &[("stage", Scope::PIPELINES_READ)],
    retain: Retain::Everything,
    person: PersonalData::Kept(&person::KEPT),
};

/// In the order in which they are shown.
const OPERATIONS: &[Action] = &[
    Action::of::<deal::ListDeals>(),
    Action::of::<deal::CreateDeal>(),
    Action::of::<deal::AssertDeal>(),
    Action::of::<deal::ForecastDeals>(),
    Action::of::<deal::TotalDeals>(),
    Action::of::<deal::GetDeal>(),
    Action::of::<deal::UpdateDeal>(),
    Action::of::<deal::DeleteDeal>(),
    Action::of::<deal::MoveDeal>(),
    Action::of::<deal::ListDealHistory>(),
    Action::of::<deal::SetDealRole>(),
    Action::of::<deal::ListDealsOfContact>(),
    Action::of::<deal::LinkDeal>(),
    Action::of::<deal::ListDealsOfCompany>(),
    Action::of::<pipeline::ListDealPipelines>(),
    Action::of::<pipeline::ListPipelines>(),
    Action::of::<pipeline::ListEvidence>(),
    Action::of::<pipeline::CreatePipeline>(),
    Action::of::<pipeline::GetPipeline>(),
    Action::of::<pipeline::UpdatePipeline>(),
    Action::of::<pipeline::SetDefaultPipeline>(),
    Action::of::<pipeline::DeletePipeline>(),
    Action::of::<stage::CreateStage>(),
    Action::of::<stage::ReorderStages>(),
    Action::of::<stage::UpdateStage>(),
    Action::of::<stage::DeleteStage>(),
    Action::of::<task::ListTasks>(),
    Action::of::<task::CreateTask>(),
    Action::of::<task::ListTasksOfContact>(),
    Action::of::<task::CreateTaskOnContact>(),
    Action::of::<task::ListTasksOfCompany>(),
    Action::of::<task::GetTask>(),
    Action::of::<task::UpdateTask>(),
    Action::of::<task::DeleteTask>(),
    Action::of::<task::AssignTask>(),
    Action::of::<task::ReassignTask>(),
    Action::of::<task::SkipTask>(),
    Action::of::<task::ReopenTask>(),
    Action::of::<task::CompleteTask>(),
];

const EVENTS: &[EventKind] = &[
    EventKind::of::<events::TaskCreated>(),
    EventKind::of::<events::TaskUpdated>(),
    EventKind::of::<events::TaskCompleted>(),
    EventKind::of::<events::TaskDeleted>(),
    EventKind::of::<events::DealCreated>(),
    EventKind::of::<events::DealUpdated>(),
    EventKind::of::<events::DealDeleted>(),
    EventKind::of::<events::DealStageChanged>(),
    EventKind::of::<events::DealWon>(),
    EventKind::of::<events::DealLost>(),
];

const JOBS: &[JobKind] = &[];

/// Where each noun stands among all of the API.
const ORDER: &[(&str, u16)] = &[("deal", 130), ("pipeline", 140), ("stage", 150), ("task", 280)];
