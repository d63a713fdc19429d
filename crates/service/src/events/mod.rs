//! What happens in the product, in the words of seed 000: each kind of event is declared once, with its
//! payload. The vocabulary, its JSON Schemas and examples, webhooks and the activity stream follow from it.

mod company;
mod contact;
mod deal;
mod emit;
mod exclusion;
mod list;
mod meeting;
mod sequence;
mod task;
mod vocabulary;

pub use company::{CompanyCreated, CompanyDeleted, CompanyUpdated};
pub use contact::{ContactCreated, ContactDeleted, ContactErased, ContactUpdated, Erasure};
pub use deal::{
    DealCreated, DealDeleted, DealFact, DealLost, DealStageChanged, DealUpdated, DealWon, PipelineFact,
    StageChange, StageFact,
};
pub(crate) use emit::{Author, emit, emit_sample};
pub use exclusion::{ExclusionCreated, ExclusionDeleted, ExclusionLifted, ExclusionUpdated};
pub use list::{ListCreated, ListDeleted, ListMembersAdded, ListMembersRemoved, ListUpdated, Membership};
pub use meeting::{Meeting, MeetingBooked};
pub use sequence::{Progress, SequenceCompleted};
pub use task::{TaskCompleted, TaskCreated, TaskDeleted, TaskUpdated};
pub use vocabulary::{Kind, kind, shown, vocabulary};

use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// One kind of event; a value of it is what is said of one.
pub trait Event: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The published name: `noun.what_happened`.
    const NAME: &'static str;
    /// Other published names of the same; who subscribes by one of them is told it by that name.
    const ALSO: &'static [&'static str] = &[];
    /// One line for people.
    const ABOUT: &'static str;
    /// The records it is about, the one it happened to first.
    fn about(&self) -> Vec<Ref>;
    /// What one looks like.
    fn example() -> Self;
}

/// The moment of every example: the first of 2026.
const EXAMPLE: Ts = Ts(1_767_225_600_000_000);

/// Takes in every kind of event.
pub trait Events {
    /// Takes in one kind.
    fn add<E: Event>(&mut self);
}

/// Lists them all, in the order in which they are shown.
pub fn register(events: &mut impl Events) {
    contact::register(events);
    company::register(events);
    list::register(events);
    sequence::register(events);
    meeting::register(events);
    task::register(events);
    exclusion::register(events);
    deal::register(events);
}

/// Declares kinds of events by their payloads: what each is about and an example are functions of it.
macro_rules! events {
    ($($payload:ty, $about:expr, $example:expr => {
        $($name:ident = $published:literal $(or $also:literal)*: $text:literal;)*
    })*) => {
        $($(
            #[doc = $text]
            #[derive(Debug, Clone, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
            #[serde(transparent)]
            pub struct $name(pub $payload);

            impl $crate::events::Event for $name {
                const NAME: &'static str = $published;
                const ALSO: &'static [&'static str] = &[$($also),*];
                const ABOUT: &'static str = $text;
                fn about(&self) -> Vec<g8_domain::event::Ref> {
                    $about(&self.0)
                }
                fn example() -> Self {
                    Self($example())
                }
            }
        )*)*

        pub(super) fn register(events: &mut impl $crate::events::Events) {
            $($(events.add::<$name>();)*)*
        }
    };
}
pub(crate) use events;

#[cfg(test)]
mod tests;
