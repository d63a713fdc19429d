//! What happened, and who is told: events, webhooks, activities, notifications, background jobs.

pub mod activity;
pub mod event;
pub mod events;
pub mod job;
pub mod notification;
mod person;
mod retention;
#[cfg(test)]
mod testing;
pub mod webhook;

use g8_core::{Action, Area, EventKind, JobKind, PersonalData, Retain};
use g8_domain::Scope;

/// Everything that this area brings to the product.
pub static AREA: Area = Area {
    name: "signals",
    operations: OPERATIONS,
    order: ORDER,
    events: EVENTS,
    jobs: JOBS,
    scopes: &[],
    readers: &[
        ("meeting", Scope::CONTACTS_READ),
        ("message", Scope::CONTACTS_READ),
        ("invitation", Scope::CONTACTS_READ),
        ("hot_lead", Scope::CONTACTS_READ),
        ("engagement", Scope::CONTACTS_READ),
        ("sequence_step", Scope::SEQUENCES_READ),
    ],
    retain: Retain::Until(|app, tx, now, limit| Box::pin(retention::forget(app, tx, now, limit))),
    person: PersonalData::Kept(&person::KEPT),
};

/// In the order in which they are shown.
const OPERATIONS: &[Action] = &[
    Action::of::<webhook::Kinds>(),
    Action::of::<webhook::OneKind>(),
    Action::of::<webhook::List>(),
    Action::of::<webhook::Create>(),
    Action::of::<webhook::Get>(),
    Action::of::<webhook::Update>(),
    Action::of::<webhook::Delete>(),
    Action::of::<webhook::RotateSecret>(),
    Action::of::<webhook::Test>(),
    Action::of::<webhook::Deliveries>(),
    Action::of::<webhook::Delivery>(),
    Action::of::<webhook::Redeliver>(),
    Action::of::<webhook::Recover>(),
    Action::of::<event::List>(),
    Action::of::<event::Follow>(),
    Action::of::<event::Trigger>(),
    Action::of::<event::Get>(),
    Action::of::<event::Resend>(),
    Action::of::<notification::List>(),
    Action::of::<notification::Read>(),
    Action::of::<job::List>(),
    Action::of::<job::Retry>(),
    Action::of::<job::Discard>(),
    Action::of::<activity::List>(),
    Action::of::<activity::Get>(),
    Action::of::<activity::OfContact>(),
    Action::of::<activity::OfCompany>(),
];

const EVENTS: &[EventKind] =
    &[EventKind::of::<events::SequenceCompleted>(), EventKind::of::<events::MeetingBooked>()];

const JOBS: &[JobKind] =
    &[JobKind::of::<webhook::Deliver>(), JobKind::of::<webhook::Lanes>(), JobKind::of::<webhook::Catchup>()];

/// Where each noun stands among all of the API.
const ORDER: &[(&str, u16)] =
    &[("webhook", 220), ("event", 230), ("notification", 240), ("job", 250), ("activity", 300)];
