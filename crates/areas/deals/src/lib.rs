//! Pipelines, stages, deals and tasks.

pub mod deal;
pub mod events;
mod person;
pub mod pipeline;
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
    Action::of::<deal::List>(),
    Action::of::<deal::Create>(),
    Action::of::<deal::Assert>(),
    Action::of::<deal::Forecast>(),
    Action::of::<deal::Totals>(),
    Action::of::<deal::Get>(),
    Action::of::<deal::Update>(),
    Action::of::<deal::Delete>(),
    Action::of::<deal::Move>(),
    Action::of::<deal::History>(),
    Action::of::<deal::SetRole>(),
    Action::of::<deal::OfContact>(),
    Action::of::<deal::Link>(),
    Action::of::<deal::OfCompany>(),
    Action::of::<pipeline::OfDeals>(),
    Action::of::<pipeline::List>(),
    Action::of::<pipeline::EvidenceLibrary>(),
    Action::of::<pipeline::Create>(),
    Action::of::<pipeline::Get>(),
    Action::of::<pipeline::Update>(),
    Action::of::<pipeline::SetDefault>(),
    Action::of::<pipeline::Delete>(),
    Action::of::<stage::Create>(),
    Action::of::<stage::Reorder>(),
    Action::of::<stage::Update>(),
    Action::of::<stage::Delete>(),
    Action::of::<task::List>(),
    Action::of::<task::Create>(),
    Action::of::<task::ListOfContact>(),
    Action::of::<task::CreateOnContact>(),
    Action::of::<task::ListOfCompany>(),
    Action::of::<task::Get>(),
    Action::of::<task::Update>(),
    Action::of::<task::Delete>(),
    Action::of::<task::Assign>(),
    Action::of::<task::Reassign>(),
    Action::of::<task::Skip>(),
    Action::of::<task::Reopen>(),
    Action::of::<task::Complete>(),
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
