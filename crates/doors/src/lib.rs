//! The doors: REST, OpenAPI, MCP and the command line.
//!
//! Each is a function of a list of operations ([`g8_core::Action`]) and knows none of them.

pub mod cli;
pub mod http;
pub mod mcp;
pub mod metrics;
pub mod openapi;
mod schema;
