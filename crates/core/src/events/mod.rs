//! What happens in the product: an area declares each kind of event once, with its payload. The vocabulary, its JSON
//! Schemas and examples, webhooks and the activity stream follow from it.
//!
//! A payload is a type of its own, never a view of the API: views change with the API, an event says the same words
//! for ever. What was emitted is stored as the text that is sent, and so another release, on another node or after an
//! upgrade, sends the very same bytes.

mod emit;
mod kind;
mod nulls;

pub use emit::{Author, emit, emit_sample};
pub use kind::{EventKind, Vocabulary};
pub use nulls::without_nulls;

use g8_domain::{Ts, event::Ref};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// One kind of event; a value of it is what is said of one.
pub trait Event: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The published name: `noun.what_happened`.
    const NAME: &'static str;
    /// Other published names of the same; who subscribes by one of them is told it by that name.
    const ALIASES: &'static [&'static str] = &[];
    /// One line for people.
    const ABOUT: &'static str;
    /// The version of the payload. It goes up when a field changes its meaning or goes; a new field needs none.
    const VERSION: u16 = 1;
    /// The records it is about, the one it happened to first.
    fn about(&self) -> Vec<Ref>;
    /// What one looks like.
    fn example() -> Self;
}

/// The moment of every example: the first of 2026.
pub const EXAMPLE: Ts = Ts(1_767_225_600_000_000);

/// Declares kinds of events by their payloads: what each is about and an example are functions of it.
#[macro_export]
macro_rules! events {
    ($($payload:ty, $about:expr, $example:expr => {
        $($name:ident = $published:literal $(or $alias:literal)*: $text:literal;)*
    })*) => {
        $($(
            #[doc = $text]
            #[derive(Debug, Clone, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
            #[serde(transparent)]
            pub struct $name(pub $payload);

            impl $crate::events::Event for $name {
                const NAME: &'static str = $published;
                const ALIASES: &'static [&'static str] = &[$($alias),*];
                const ABOUT: &'static str = $text;
                fn about(&self) -> Vec<g8_domain::event::Ref> {
                    $about(&self.0)
                }
                fn example() -> Self {
                    Self($example())
                }
            }
        )*)*
    };
}
