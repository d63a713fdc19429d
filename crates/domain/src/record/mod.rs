//! The things a workspace keeps, as they are stored. What a caller sees of them is decided by the
//! operation that shows them.
#![expect(missing_docs, reason = "a field that its name explains needs no second line")]

mod column;
mod company;
mod contact;
mod deal;
mod exclusion;
mod filter;
mod job;
mod key;
mod link;
mod list;
mod note;
mod notification;
mod oauth;
mod operator;
mod org;
mod pipeline;
mod task;
mod transfer;
mod webhook;

pub use column::{Column, DataType};
pub use company::Company;
pub use contact::Contact;
pub use deal::{Deal, DealMove, DealNote, DealRole, Party};
pub use exclusion::{Category, Channel, Exclusion, ExclusionKind, Reason};
pub use filter::{CompanyFilter, ContactFilter};
pub use job::{JobRow, JobState};
pub use key::{Key, KeyKind, KeyMode, Via};
pub use link::{Link, Purpose};
pub use list::{List, ListKind};
pub use note::{Note, Subject};
pub use notification::Notification;
pub use oauth::{Assistant, ClientAuth, ClientKind, OauthClient, OauthCode, OauthToken, TokenKind};
pub use operator::Operator;
pub use org::{Organization, Role, User};
pub use pipeline::{Pipeline, PipelineTarget, Stage, StageType};
pub use task::{Disposition, Task, TaskKind, TaskLink, TaskStatus};
pub use transfer::{Export, FileFormat, Import, ImportProgress, ImportRowError, TransferState};
pub use webhook::{Attempt, Delivery, DeliveryStatus, PausedReason, Webhook, WebhookStatus};

/// Declares an enum that is stored and sent as one fixed word per variant.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[schemars(inline)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// The word as stored and sent.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The variant a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;
