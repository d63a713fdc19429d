//! MCP: operations as tools, offered by mode and scope.
//!
//! The catalogue is data: a tool's name, schemas and hints come from its operation's declaration. What
//! rmcp leaves to the server is done once, here: arguments are checked by the operation's own schema,
//! a panic is answered, an error says what a model can do about it.

mod catalogue;
mod server;

pub use catalogue::{Catalogue, ToolMode};
pub use server::{Server, serve_stdio};

#[cfg(test)]
mod tests;
