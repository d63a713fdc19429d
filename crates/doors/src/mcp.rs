//! MCP: operations as tools, offered by mode and scope, over standard input and output and at `/mcp`.
//!
//! The catalogue is data: a tool's name, schema and hints come from its operation's declaration. What
//! rmcp leaves to the server is done once, here: arguments are checked by the operation's own schema,
//! a call has its time, a panic is answered, an answer is cut where it is too long, an error says what a
//! model can do about it, and what destroys is confirmed.

mod answer;
mod brief;
mod call;
mod catalogue;
mod confirm;
mod host;
mod instructions;
mod mode;
mod prompts;
mod read;
pub mod remote;
mod server;
mod tool;
mod view;

pub use catalogue::Catalogue;
pub use host::{CallerProvider, CallerSession, StdioHost};
pub use mode::{ToolMode, is_yes};
pub use server::{Server, serve_stdio};
pub use view::View;

#[cfg(test)]
mod tests;
