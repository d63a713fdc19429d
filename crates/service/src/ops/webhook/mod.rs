//! Webhooks: events sent to where their owner wants them, at least once.

mod create;
mod delete;
mod deliver;
mod deliveries;
mod delivery;
mod fields;
mod get;
mod health;
mod kinds;
mod lanes;
mod list;
mod payload;
mod recover;
mod redeliver;
mod rotate_secret;
mod test;
mod update;
mod view;

pub use create::Create;
pub use delete::Delete;
pub use deliver::Deliver;
pub use deliveries::Deliveries;
pub use delivery::{Delivery, Input as DeliveryInput};
pub(in crate::ops) use fields::active;
pub use get::{Get, Input as GetInput};
pub use kinds::{KindView, Kinds, Nothing as KindsInput, OneKind};
pub use lanes::Lanes;
pub use list::List;
pub use payload::Forwarder;
pub use recover::{Catchup, Recover};
pub use redeliver::Redeliver;
pub use rotate_secret::RotateSecret;
pub use test::Test;
pub use update::Update;
pub use view::{AttemptView, DeliveryDetail, DeliveryView, NewWebhookView, WebhookView};

use crate::{Doors, jobs::Jobs};

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<Kinds>();
    doors.add::<OneKind>();
    doors.add::<List>();
    doors.add::<Create>();
    doors.add::<Get>();
    doors.add::<Update>();
    doors.add::<Delete>();
    doors.add::<RotateSecret>();
    doors.add::<Test>();
    doors.add::<Deliveries>();
    doors.add::<Delivery>();
    doors.add::<Redeliver>();
    doors.add::<Recover>();
}

/// The jobs that deliver.
pub(crate) fn jobs(jobs: &mut impl Jobs) {
    jobs.add::<Deliver>();
    jobs.add::<Lanes>();
    jobs.add::<Catchup>();
}

#[cfg(test)]
pub(crate) mod tests;
