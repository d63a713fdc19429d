//! Webhooks: events sent to where their owner wants them, at least once.

mod create;
mod delete;
mod deliver;
mod deliveries;
mod delivery;
mod fields;
mod get;
mod health;
mod kind;
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
pub(crate) use fields::active;
pub use get::{Get, Input as GetInput};
pub use kind::OneKind;
pub use kinds::{KindView, Kinds, Nothing as KindsInput};
pub use lanes::Lanes;
pub use list::List;
pub use payload::Forwarder;
pub use recover::{Catchup, Recover};
pub use redeliver::Redeliver;
pub use rotate_secret::RotateSecret;
pub use test::Test;
pub use update::Update;
pub use view::{AttemptView, DeliveryDetail, DeliveryView, NewWebhookView, WebhookView};

#[cfg(test)]
pub(crate) mod tests;
