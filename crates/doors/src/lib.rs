//! The doors: REST, OpenAPI, MCP and the command line.
//!
//! Each is a projection of the same list of operations ([`g8_service::ops::register`]) and holds
//! nothing that is about one of them.

pub mod cli;
pub mod http;
pub mod mcp;
pub mod metrics;
mod oauth;
pub mod openapi;
mod schema;
