//! The same operations over HTTP: [`Client`] is a [`Backend`](g8_core::Backend) that asks a server.
//!
//! [`Connection`] is what `g8` and `g8-mcp-server` use: a server where one is named, else the embedded
//! database, by the same rules and with the same checks.

mod client;
mod connection;
mod credentials;
mod sign_in;

pub use client::{Client, Greeting};
pub use connection::{ConnectError, Connection, ConnectionTarget};
pub use credentials::Credentials;
pub use sign_in::{PendingSignIn, SignedIn};
