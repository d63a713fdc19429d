//! Who is asking, and what they may do: tokens, bearer headers, callers, passwords.
//!
//! Everything here is a pure function of what it is given. Looking a token up is the service's work;
//! this crate says what to look up and what to make of the answer.

mod bearer;
mod caller;
mod password;
mod pepper;
mod token;

pub use bearer::{Refusal, bearer};
pub use caller::{Caller, admit};
pub use password::{hash_password, verify_password};
pub use pepper::Pepper;
pub use token::Token;
