//! Who is asking, what they may do and how much of it: tokens, bearer headers, callers, passwords, limits.
//!
//! Everything here is a pure function of what it is given. Looking a token up is the service's work;
//! this crate says what to look up and what to make of the answer.

mod bearer;
mod caller;
pub mod limit;
mod password;
mod pepper;
mod seal;
mod sealed;
mod second;
mod token;
mod webhook;

pub use bearer::{Audience, BearerError, bearer};
pub use caller::{Caller, admit};
pub use limit::{Meter, Quota, Window};
pub use password::{hash_password, verify_password};
pub use pepper::Pepper;
pub use seal::{Broken, Seal, Sealed};
pub use sealed::{KeptSecret, SealedEnvelope, SealedRow, SealingKey, Unopenable};
pub use second::{Totp, recovery_code};
pub use token::{Label, Token};
pub use webhook::WebhookSecret;
