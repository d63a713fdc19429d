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
    Action::of::<me::ShowMe>(),
    Action::of::<usage::GetUsage>(),
    Action::of::<organization::ShowOrganization>(),
    Action::of::<organization::UpdateOrganization>(),
    Action::of::<member::ListMembers>(),
    Action::of::<member::UpdateMember>(),
    Action::of::<member::RemoveMember>(),
    Action::of::<invitation::ListInvitations>(),
    Action::of::<invitation::CreateInvitation>(),
    Action::of::<invitation::RevokeInvitation>(),
    Action::of::<profile::ListOwnSessions>(),
    Action::of::<profile::EndOwnSession>(),
    Action::of::<profile::ListOwnAssistants>(),
    Action::of::<profile::EndOwnAssistant>(),
    Action::of::<assistant::ListAssistants>(),
    Action::of::<assistant::RevokeAssistant>(),
    Action::of::<key::ListKeys>(),
    Action::of::<key::ListScopes>(),
    Action::of::<key::CreateKey>(),
    Action::of::<key::GetKey>(),
    Action::of::<key::RotateKey>(),
    Action::of::<key::RevokeKey>(),
    Action::of::<audit::ListAuditEntries>(),
    Action::of::<log::ListRequests>(),
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
