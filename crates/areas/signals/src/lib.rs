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
    Action::of::<webhook::ListEventKinds>(),
    Action::of::<webhook::GetEventKind>(),
    Action::of::<webhook::ListWebhooks>(),
    Action::of::<webhook::CreateWebhook>(),
    Action::of::<webhook::GetWebhook>(),
    Action::of::<webhook::UpdateWebhook>(),
    Action::of::<webhook::DeleteWebhook>(),
    Action::of::<webhook::RotateWebhookSecret>(),
    Action::of::<webhook::TestWebhook>(),
    Action::of::<webhook::ListDeliveries>(),
    Action::of::<webhook::GetDelivery>(),
    Action::of::<webhook::RedeliverEvent>(),
    Action::of::<webhook::RedeliverMissing>(),
    Action::of::<event::ListEvents>(),
    Action::of::<event::FollowEvents>(),
    Action::of::<event::TriggerEvent>(),
    Action::of::<event::GetEvent>(),
    Action::of::<event::ResendEvent>(),
    Action::of::<notification::ListNotifications>(),
    Action::of::<notification::ReadNotifications>(),
    Action::of::<job::ListJobs>(),
    Action::of::<job::RetryJob>(),
    Action::of::<job::DiscardJob>(),
    Action::of::<activity::ListActivities>(),
    Action::of::<activity::GetActivity>(),
    Action::of::<activity::ListActivitiesOfContact>(),
    Action::of::<activity::ListActivitiesOfCompany>(),
];

const EVENTS: &[EventKind] =
    &[EventKind::of::<events::SequenceCompleted>(), EventKind::of::<events::MeetingBooked>()];

const JOBS: &[JobKind] =
    &[JobKind::of::<webhook::Deliver>(), JobKind::of::<webhook::Lanes>(), JobKind::of::<webhook::Catchup>()];

/// Where each noun stands among all of the API.
const ORDER: &[(&str, u16)] =
    &[("webhook", 220), ("event", 230), ("notification", 240), ("job", 250), ("activity", 300)];
