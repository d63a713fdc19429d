//! People, organizations and keys: who may come in, how they prove it, and what they did.

pub mod assistant;
pub mod audit;
pub mod invitation;
pub mod key;
pub mod log;
pub mod me;
pub mod member;
pub mod oauth;
pub mod organization;
pub mod people;
pub mod profile;
mod retention;
#[cfg(test)]
mod testing;
pub mod usage;

use g8_core::{Action, Area, EventKind, JobKind, PersonalData, Retain};

/// Everything that this area brings to the product.
pub static AREA: Area = Area {
    name: "identity",
    operations: OPERATIONS,
    order: ORDER,
    events: EVENTS,
    jobs: JOBS,
    scopes: &[],
    readers: &[],
    retain: Retain::Until(|_, tx, now, limit| Box::pin(retention::forget(tx, now, limit))),
    // What it keeps is about users, who sign in; whom they write to is no business of it.
    person: PersonalData::None,
};

/// In the order in which they are shown.
const OPERATIONS: &[Action] = &[
    Action::of::<me::Show>(),
    Action::of::<usage::Limits>(),
    Action::of::<organization::Show>(),
    Action::of::<organization::Update>(),
    Action::of::<member::List>(),
    Action::of::<member::Update>(),
    Action::of::<member::Remove>(),
    Action::of::<invitation::List>(),
    Action::of::<invitation::Create>(),
    Action::of::<invitation::Revoke>(),
    Action::of::<profile::Sessions>(),
    Action::of::<profile::EndSession>(),
    Action::of::<profile::Assistants>(),
    Action::of::<profile::EndAssistant>(),
    Action::of::<assistant::List>(),
    Action::of::<assistant::Revoke>(),
    Action::of::<key::List>(),
    Action::of::<key::Scopes>(),
    Action::of::<key::Create>(),
    Action::of::<key::Get>(),
    Action::of::<key::Rotate>(),
    Action::of::<key::Revoke>(),
    Action::of::<audit::List>(),
    Action::of::<log::List>(),
];

const EVENTS: &[EventKind] = &[];

const JOBS: &[JobKind] = &[JobKind::of::<people::LinkMail>()];

/// Where each noun stands among all of the API.
const ORDER: &[(&str, u16)] = &[
    ("me", 10),
    ("usage", 20),
    ("organization", 30),
    ("member", 40),
    ("invitation", 50),
    ("profile", 60),
    ("assistant", 70),
    ("key", 80),
    ("audit", 260),
    ("log", 270),
];
